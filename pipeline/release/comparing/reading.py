"""Comparisons out of a published release: of any two of its documents, and of each office in two years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.compare.differ import compare_plans
from pipeline.compare.model import Plan
from pipeline.release.comparing.pairs import COLUMNS as OWNER_COLUMNS
from pipeline.release.comparing.pairs import Pair, documents_table, pairs_of
from pipeline.release.comparing.plans import COLUMNS, plan_of_rows
from pipeline.release.comparing.rows import Comparison
from pipeline.release.errors import ReleaseError
from pipeline.release.query import fetch, open_catalog
from pipeline.release.views import key_of

_AT_ONCE = 100  # pairs whose plans are in memory together
_DOCUMENT = "SELECT dokumen_id, tahun, status FROM dokumen WHERE list_contains($keys, dokumen_id)"
_ORDER = {"program_kegiatan": "baris_id", "indikator": "baris_id", "temuan": "temuan_id", "karantina": "baris_id"}

_OF_YEARS = f"""
    WITH tersaring AS (
        SELECT *, concat_ws('|', {key_of("perangkat_daerah")}, {key_of("wilayah")}, jenis_dokumen) AS kunci
        FROM v_terkini
        WHERE tahun IN ($dari, $ke) AND jenis_dokumen IS NOT NULL AND perangkat_daerah IS NOT NULL
            AND wilayah IS NOT NULL AND ($kantor IS NULL OR list_contains($kantor, perangkat_daerah))
            AND ($wilayah IS NULL OR list_contains($wilayah, wilayah))
    )
    SELECT a.dokumen_id AS dari, b.dokumen_id AS ke, coalesce(a.perangkat_daerah, b.perangkat_daerah) AS kantor,
        coalesce(a.wilayah, b.wilayah) AS wilayah, coalesce(a.jenis_dokumen, b.jenis_dokumen) AS jenis,
        coalesce(a.tahun, b.tahun) AS tahun
    FROM (FROM tersaring WHERE tahun = $dari) a FULL JOIN (FROM tersaring WHERE tahun = $ke) b USING (kunci)
    ORDER BY wilayah, kantor, jenis
"""  # noqa: S608 (no value of a user or a document is in it)


@dataclass(frozen=True, slots=True)
class Alone:
    """A plan that has no other one to be compared with: its office has none of this kind in the other year."""

    dokumen_id: str
    tahun: int
    jenis: str
    perangkat_daerah: str
    wilayah: str


class UnknownDocumentError(ReleaseError):
    """The release holds no such document."""

    def __init__(self, dokumen_id: str) -> None:
        super().__init__(
            f"Dokumen {dokumen_id} tidak ada di rilis ini. Salin `dokumen_id` dari dataset dokumen.",
            f"There is no document {dokumen_id} in this release. Copy a `dokumen_id` from the dataset dokumen.",
        )


def compare_documents(release: Path, dari_dokumen_id: str, ke_dokumen_id: str) -> Comparison:
    """Compare two documents of the release in that folder, whether or not `perbandingan` holds this pair.

    Raises UnknownDocumentError, and ValueError where both are one.
    """
    (comparison,) = compare_pairs(release, [Pair(dari_dokumen_id, ke_dokumen_id)])
    return comparison


def compare_pairs(release: Path, pairs: Sequence[Pair]) -> Iterator[Comparison]:
    """Compare pairs of documents of a release, in their order, some at a time. Raises as `compare_documents` does."""
    for pair in pairs:
        if pair.dari == pair.ke:
            raise ValueError(f"document {pair.dari} is compared with itself")
    with open_catalog(release) as connection:
        for start in range(0, len(pairs), _AT_ONCE):
            some = pairs[start : start + _AT_ONCE]
            plans = _plans(connection, list(dict.fromkeys(key for pair in some for key in (pair.dari, pair.ke))))
            for pair in some:
                dari, ke = plans[pair.dari], plans[pair.ke]
                yield Comparison(dari, ke, compare_plans(dari, ke))


def pairs_of_years(
    release: Path, dari: int, ke: int, kantor: Sequence[str] | None, wilayah: Sequence[str] | None
) -> tuple[list[Pair], list[Alone]]:
    """The current documents of two years of each office and kind, and those that only one year has.

    `kantor` and `wilayah`: only these names, as the documents print them; None for all.
    """
    names = {"dari": dari, "ke": ke, "kantor": kantor, "wilayah": wilayah}
    with open_catalog(release) as connection:
        rows = fetch(connection, _OF_YEARS, names).records()
        pairs, alone = [], []
        for row in rows:
            if row["dari"] is not None and row["ke"] is not None:
                pairs.append(Pair(row["dari"], row["ke"]))
            else:
                key = row["dari"] or row["ke"]
                alone.append(Alone(key, row["tahun"], row["jenis"], row["kantor"], row["wilayah"]))
    return pairs, alone


def compared_with(release: Path, ke_dokumen_id: str) -> str | None:
    """The document that a release compares this one with: of the latest earlier year, or else of the same year.

    Null where it compares it with none.
    """
    with open_catalog(release) as connection:
        rows = list(fetch(connection, f"SELECT {', '.join(OWNER_COLUMNS)} FROM dokumen").records())  # noqa: S608
    years = {row["dokumen_id"]: row["tahun"] for row in rows}
    found = [pair.dari for pair in pairs_of(documents_table(rows)) if pair.ke == ke_dokumen_id]
    earlier = [key for key in found if years[key] < years[ke_dokumen_id]]
    return max(earlier or found, key=lambda key: (years[key], key), default=None)


def file_names(release: Path) -> dict[str, str]:
    """The file of each document, by `dokumen_id`."""
    with open_catalog(release) as connection:
        return dict(fetch(connection, "SELECT dokumen_id, berkas FROM dokumen").rows)


def _plans(connection: duckdb.DuckDBPyConnection, keys: Sequence[str]) -> dict[str, Plan]:
    parameters = {"keys": list(keys)}
    documents = {row["dokumen_id"]: row for row in fetch(connection, _DOCUMENT, parameters).records()}
    for key in keys:
        if key not in documents:
            raise UnknownDocumentError(key)
    rows = {name: _rows(connection, name, parameters) for name in COLUMNS}
    return {
        key: plan_of_rows(documents[key], {name: found.get(key, []) for name, found in rows.items()}) for key in keys
    }


def _rows(
    connection: duckdb.DuckDBPyConnection, name: str, parameters: Mapping[str, object]
) -> dict[str, list[dict[str, Any]]]:
    """The rows of a dataset by document, in the order of reading."""
    columns = COLUMNS[name]
    sql = (
        f'SELECT dokumen_id, {", ".join(columns)} FROM "{name}" '  # noqa: S608 (names of the registry)
        f"WHERE list_contains($keys, dokumen_id) ORDER BY dokumen_id, {_ORDER[name]}"
    )
    by_document: dict[str, list[dict[str, Any]]] = {}
    for key, *values in connection.execute(sql, dict(parameters)).fetchall():
        by_document.setdefault(key, []).append(dict(zip(columns, values, strict=True)))
    return by_document
