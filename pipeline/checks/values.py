"""Target values against the kind of their unit, and rows without a unit among rows that have one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from pipeline.checks.amounts import stand_out
from pipeline.checks.book import Book
from pipeline.checks.registry import Doubt, check
from pipeline.checks.wording import figure, pages, quote
from pipeline.reference.units import Unit, find_unit
from pipeline.reference.words import measure_of
from schemas.ledger import Record

_MONTHS = 12
# Three decimals may be a thousands separator that was read as a decimal one; fewer or more cannot.
_DECIMALS = re.compile(r"\d[.,](?P<decimals>\d+)(?![\d.,])")
_FIGURES = ("persen", "cacah", "ukur", "uang")


def looks_like_thousands(text: str | None) -> bool:
    """Whether a printed figure may hold a thousands separator instead of decimals: `1.250`, not `1,5`."""
    groups = [match["decimals"] for match in _DECIMALS.finditer(text or "")]
    return not groups or any(len(decimals) == 3 for decimals in groups)


def _mismatch(record: Record, unit: Unit) -> str | None:
    """Why a target cannot be of its unit, as the end of a sentence; None where it can."""
    target, grade = record.get("target"), record.get("target_kategori")
    if grade is not None and record.get("target_min") is None and unit.kind in _FIGURES:
        return f"berupa predikat ({grade}), padahal {unit.name} dinyatakan dengan angka"
    if target is None:
        return None
    if unit.kind == "grade" and grade is None and measure_of(record.get("indikator") or "") != "cacah":
        return f"berupa angka {figure(target)}, padahal {unit.name} dinyatakan dengan huruf atau kata"
    whole = unit.kind != "cacah" or unit.fractions or target % 1 == 0
    if not whole and not looks_like_thousands(record.get("target_teks")):
        return f"pecahan, yaitu {figure(target)}, padahal {unit.name} dihitung bulat"
    if unit.name == "Bulan" and target > _MONTHS:
        return f"{figure(target)} bulan, padahal rencana ini untuk satu tahun"
    return None


@check(
    "NILAI_TIDAK_SESUAI_SATUAN",
    "peringatan",
    "isi",
    judul="Nilai target tidak sesuai satuannya",
    datasets=["indikator"],
    example="Half a document (0,5 Dokumen), or the grade BB in Persen.",
)
def value_against_unit(book: Book) -> Iterator[Doubt]:
    """The target with the kind of value that its unit takes: whole numbers of things, figures of percent, words of
    grades, at most twelve months of a year."""
    for record in book.rows("indikator"):
        unit = find_unit(record.get("satuan") or "")
        if unit is None or record.get("jenis") == "masukan" or (record.baris_id, "target") in book.doubted:
            continue
        why = _mismatch(record, unit)
        if why is not None:
            name = quote(record.get("indikator") or "tanpa nama")
            yield Doubt(
                f"Target {name} dengan satuan {record.values['satuan']} {why}.",
                record=record,
                kolom="target",
                nilai=record.get("target_teks"),
                pembanding=unit.name,
            )


def _needs_unit(record: Record) -> bool:
    """Whether a target is a bare figure: grades and composite texts have no unit, scores need none."""
    return record.get("target") is not None and measure_of(record.get("indikator") or "") != "skor"


@check(
    "SATUAN_KOSONG",
    "info",
    "isi",
    judul="Satuan kosong di antara yang terisi",
    datasets=["indikator"],
    example="Two of 30 outputs have a target without a unit.",
)
def blank_units(book: Book) -> Iterator[Doubt]:
    """Targets without a unit with others of their level and kind in the same table that have one, scores apart."""
    groups: dict[tuple[str | None, str, str | None], list[Record]] = defaultdict(list)
    for record in book.rows("indikator"):
        if _needs_unit(record):
            groups[record.tabel_id, record.values["level"], record.get("jenis")].append(record)
    for records in groups.values():
        blank = [record for record in records if not record.get("satuan")]
        if not stand_out(blank, records) or any((record.baris_id, "satuan") in book.doubted for record in blank):
            continue
        yield Doubt(
            f"{len(blank)} dari {len(records)} target sejenis tidak memuat satuan, antara lain "
            f"{quote(blank[0].get('indikator') or 'tanpa nama')}{pages(*(record.halaman for record in blank))}.",
            record=blank[0],
            kolom="satuan",
            others=tuple(blank[1:]),
        )
