"""The rows of one document's plan as they are matched: with their parents, and what the document says of itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from pipeline.pages.model import OCR_ENGINE
from pipeline.reference.nomenclature import RegionLevel
from pipeline.reference.words import expand
from pipeline.values.codes import code_level

_COLUMNS = ["baris_id", "node_id", "induk_id", "level", "kode", "nama", "halaman", "tabel_id", "bukti"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of `program_kegiatan`. `kode` is as printed, and `own_code` says whether it is one of the row's level."""

    baris_id: str
    node_id: str
    induk_id: str | None
    level: str
    kode: str | None
    nama: str | None
    halaman: int | None
    tabel_id: str | None
    bukti: tuple[str, ...]
    own_code: bool
    scanned: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """All rows of a document in their order; `office` tells it from other offices, `own` are words it may add."""

    dokumen_id: str
    tahun: int | None
    region_level: RegionLevel | None
    office: str
    own: frozenset[str]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Heading:
    """What a document says of itself beside its rows; `scanned` are its pages that were read by OCR."""

    tahun: int | None
    region_level: RegionLevel | None
    office: str
    own: frozenset[str]
    scanned: frozenset[int]


def heading_of(dokumen_id: str, table: Callable[[str], pa.Table]) -> Heading:
    """The heading of a document out of its tables."""
    document: dict[str, Any] = (
        table("dokumen").select(["tahun", "wilayah", "kode_wilayah", "perangkat_daerah"]).to_pylist()[0]
    )
    wilayah, office = document["wilayah"] or "", document["perangkat_daerah"]
    return Heading(
        tahun=document["tahun"],
        region_level=_region_level(document["kode_wilayah"], wilayah),
        office=" ".join(expand(f"{office} {wilayah}")) if office else dokumen_id,
        own=frozenset(expand(wilayah)),
        scanned=_scanned_pages(table("halaman")),
    )


def listing_of(dokumen_id: str, heading: Heading, programs: pa.Table) -> Listing:
    """The listing of a document out of its heading and its `program_kegiatan`."""
    return Listing(
        dokumen_id=dokumen_id,
        tahun=heading.tahun,
        region_level=heading.region_level,
        office=heading.office,
        own=heading.own,
        rows=[_row(record, heading.scanned) for record in programs.select(_COLUMNS).to_pylist()],
    )


def _scanned_pages(pages: pa.Table) -> frozenset[int]:
    records = pages.select(["halaman", "mesin"]).to_pylist()
    return frozenset(page["halaman"] for page in records if page["mesin"] == OCR_ENGINE)


def _row(record: dict[str, Any], scanned: frozenset[int]) -> Row:
    kode = record["kode"]
    return Row(
        **record | {"bukti": tuple(record["bukti"] or ())},
        own_code=kode is not None and code_level(kode) == record["level"],
        scanned=record["halaman"] in scanned,
    )


def _region_level(kode: str | None, wilayah: str) -> RegionLevel | None:
    """A Kemendagri code of a province has one part (`32`), that of a kabupaten or kota two (`18.08`)."""
    if kode:
        return "kabupaten/kota" if "." in kode else "provinsi"
    first = wilayah.split(" ", 1)[0].lower()
    if first in ("kabupaten", "kota"):
        return "kabupaten/kota"
    return "provinsi" if first == "provinsi" else None
