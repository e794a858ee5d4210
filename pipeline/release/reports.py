"""What the fast commands ask of a release: its findings and its status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.release.manifest import Manifest
from pipeline.release.query import QueryResult, fetch, open_catalog
from pipeline.release.store import MANIFEST, need_release, number_of

_FINDINGS = """
    SELECT t.tingkat, t.jenis, t.kode, d.berkas, t.halaman, t.dataset, t.kolom, t.pesan, t.nilai, t.pembanding,
        t.baris_id, t.temuan_id
    FROM temuan t JOIN dokumen d USING (dokumen_id)
    WHERE ($kode IS NULL OR t.kode = $kode)
        AND ($tingkat IS NULL OR t.tingkat = $tingkat)
        AND ($jenis IS NULL OR t.jenis = $jenis)
        AND ($dataset IS NULL OR t.dataset = $dataset)
        AND ($dokumen IS NULL OR t.dokumen_id = $dokumen OR contains(lower(d.berkas), lower($dokumen)))
        AND ($berkas::VARCHAR[] IS NULL OR d.berkas IN (SELECT unnest($berkas::VARCHAR[])))
    ORDER BY
        CASE t.tingkat WHEN 'galat' THEN 0 WHEN 'peringatan' THEN 1 ELSE 2 END,
        d.tahun, d.berkas, t.halaman NULLS FIRST, t.temuan_id
    LIMIT $most
"""

_UNFINISHED = """
    SELECT d.dokumen_id, d.berkas, d.status, d.tahun,
        (SELECT count(*) FROM karantina k WHERE k.dokumen_id = d.dokumen_id) AS karantina,
        (SELECT first(t.pesan ORDER BY CASE t.tingkat WHEN 'galat' THEN 0 WHEN 'peringatan' THEN 1 ELSE 2 END,
            t.temuan_id)
         FROM temuan t WHERE t.dokumen_id = d.dokumen_id AND t.tingkat <> 'info') AS pesan
    FROM dokumen d WHERE d.status <> 'lengkap' ORDER BY d.status, d.berkas
"""


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """Which findings to show; null means all. `dokumen` is a `dokumen_id` or a part of the file's name, `berkas` are
    whole names, and `most` is how many are shown.
    """

    kode: str | None = None
    tingkat: str | None = None
    jenis: str | None = None
    dataset: str | None = None
    dokumen: str | None = None
    berkas: Sequence[str] | None = None
    most: int | None = None


def findings(curated: Path, wanted: FindingFilter) -> QueryResult:
    """The findings of the current release, the gravest first. Raises NoReleaseError."""
    parameters = {
        "kode": wanted.kode,
        "tingkat": wanted.tingkat,
        "jenis": wanted.jenis,
        "dataset": wanted.dataset,
        "dokumen": wanted.dokumen,
        "berkas": None if wanted.berkas is None else list(wanted.berkas),
        "most": wanted.most,
    }
    with open_catalog(need_release(curated)) as connection:
        return fetch(connection, _FINDINGS, parameters)


@dataclass(frozen=True, slots=True)
class Status:
    """The state of the current release. `unfinished` lists the documents that are not `lengkap`, and why.

    `duplicates` counts the documents that deliver another one again.
    """

    number: int
    path: Path
    published: datetime
    age: timedelta
    documents: Mapping[str, int]
    duplicates: int
    counts: Mapping[str, int]
    unfinished: QueryResult


def status(curated: Path) -> Status:
    """The state of the current release, its age by the time at which its manifest was written.

    Raises NoReleaseError.
    """
    release = need_release(curated)
    manifest = Manifest.read(release / MANIFEST)
    published = datetime.fromtimestamp((release / MANIFEST).stat().st_mtime, UTC)
    with open_catalog(release) as connection:
        unfinished = fetch(connection, _UNFINISHED)
    return Status(
        number_of(release),
        release,
        published,
        datetime.now(UTC) - published,
        manifest.documents,
        manifest.duplicates,
        manifest.counts,
        unfinished,
    )
