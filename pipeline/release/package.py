"""The `datapackage.json` of a release (Data Package v2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.release.manifest import NO_YEAR, ReleaseFile
from schemas.datapackage import PROFILE, table_schema
from schemas.registry import CONTRACT_VERSION, dataset

_MEDIA_TYPES = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
_CSV_NOTE = (
    " Teks yang dapat dibaca sebagai rumus diberi satu tanda petik di depan; lihat kamus data."
    " Texts that a spreadsheet could run carry one leading apostrophe."
)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a document came from, as its `dokumen` row says."""

    berkas: str
    sumber_url: str | None
    penerbit: str | None
    lisensi: str | None


def data_package(
    files: Iterable[ReleaseFile], documents: Sequence[Provenance], notes: Mapping[str, str]
) -> dict[str, Any]:
    """The Data Package descriptor: a resource per file, the documents as sources, their licences.

    `notes` say more of a dataset than holds for every release.
    """
    package: dict[str, Any] = {
        "$schema": PROFILE,
        "name": "rkt",
        "title": "Rencana Kinerja Tahunan perangkat daerah",
        "description": (
            "Isi dokumen rencana kinerja pemerintah daerah sebagai data, dengan bukti untuk setiap angka. "
            "The yearly performance plans of Indonesian government offices as data, with evidence for every figure."
        ),
        "version": CONTRACT_VERSION,
        "keywords": ["RKT", "SAKIP", "kinerja", "anggaran", "Indonesia"],
        "resources": [_resource(file, notes.get(file.dataset, "")) for file in files],
    }
    sources = [_source(document) for document in documents]
    licences = [_licence(text) for text in sorted({entry.lisensi for entry in documents if entry.lisensi})]
    # The standard forbids empty lists.
    return package | ({"sources": sources} if sources else {}) | ({"licenses": licences} if licences else {})


def _resource(file: ReleaseFile, note: str) -> dict[str, Any]:
    entry = dataset(file.dataset)
    year = Path(file.path).stem
    is_csv = file.form == "csv"
    described: dict[str, Any] = {
        "name": f"{file.dataset}-csv" if is_csv else f"{file.dataset}-parquet-{year}",
        "type": "table",
        "title": entry.title if is_csv or year == NO_YEAR else f"{entry.title} {year}",
        "description": " ".join(filter(None, [entry.description, entry.english, note])) + (_CSV_NOTE if is_csv else ""),
        "path": file.path,
        "format": file.form,
        "mediatype": _MEDIA_TYPES[file.form],
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "schema": table_schema(file.dataset),
    }
    if is_csv:
        described |= {"encoding": "utf-8", "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True}}
    return described


def _source(document: Provenance) -> dict[str, Any]:
    source = {"title": document.berkas if document.penerbit is None else f"{document.berkas} ({document.penerbit})"}
    if document.sumber_url is not None:
        source["path"] = document.sumber_url
    return source


def _licence(text: str) -> dict[str, str]:
    if text.startswith(("http://", "https://")):
        return {"path": text, "title": text}
    return {"name": text.replace(" ", "-"), "title": text}
