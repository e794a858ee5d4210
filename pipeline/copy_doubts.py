"""Pages that repeat others and do not say the same: a finding for each figure in which two copies differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pipeline.document import Document
from pipeline.figures import FIGURES, listed
from pipeline.pages.copy_figures import CopyDifference
from schemas.ledger import Kind, Ledger, Level, Record


def doubt_copies(ledger: Ledger, document: Document) -> None:
    """Write a finding for each difference between copies, about the records that the figure stands in, if any do."""
    if not document.copy_differences:
        return
    sels = document.sels()
    scanned = {page.number for page in document.pages if page.recognised}
    for difference in document.copy_differences:
        jenis, tingkat = _weight(difference, scanned)
        bukti = tuple(dict.fromkeys(sels[id(word)] for word in difference.words_there if id(word) in sels))
        _write(ledger, difference, jenis, tingkat, bukti)


def _weight(difference: CopyDifference, scanned: set[int]) -> tuple[Kind, Level]:
    """Between two texts the document contradicts itself; a scan that is hard to read says little against a text."""
    if difference.page not in scanned and difference.copy_of not in scanned:
        return "isi", "peringatan"
    weak = difference.copy_of not in scanned and not difference.sure
    return "pembacaan", "info" if weak else "peringatan"


def _write(ledger: Ledger, difference: CopyDifference, jenis: Kind, tingkat: Level, bukti: tuple[str, ...]) -> None:
    here, there = listed(difference.only_here), listed(difference.only_there)
    message = (
        f"Halaman {difference.page} mengulang halaman {difference.copy_of}, tetapi angkanya tidak sama: "
        f"{here or 'tidak ada'} di halaman {difference.page}, {there or 'tidak ada'} di halaman {difference.copy_of}."
    )
    kept, other = (here, there) if difference.taken else (there, here)
    where: dict[str, Any] = {"nilai": kept or None, "pembanding": other or None, "bukti": bukti}
    where["halaman"] = difference.copy_of
    records = list(_records(ledger, set(bukti), (*difference.only_there, *difference.only_here)))
    for record, column in records:
        ledger.doubt_record(record, column, "SALINAN_BEDA_ANGKA", jenis, tingkat, message, **where)
    if not records:
        ledger.doubt("SALINAN_BEDA_ANGKA", jenis, tingkat, message, **where)


def _records(ledger: Ledger, bukti: set[str], figures: Sequence[str]) -> Iterator[tuple[Record, str]]:
    """The records with evidence in these cells, and their columns that print one of the figures, or nothing."""
    for name, columns in FIGURES.items():
        for record in ledger.rows(name):
            if not bukti.isdisjoint(record.bukti):
                for column, text_column, _ in columns:
                    if _prints(record, column, text_column, figures):
                        yield record, column


def _prints(record: Record, column: str, text_column: str | None, figures: Iterable[str]) -> bool:
    if text_column is not None:
        text = record.get(text_column) or ""
        return any(figure in text for figure in figures)
    value = record.get(column)
    digits = "" if value is None else str(int(value))
    return bool(digits) and any(digits in "".join(filter(str.isdigit, figure)) for figure in figures)
