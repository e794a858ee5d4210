"""What is doubted of a document that was read from pictures: its figures, its gaps, and copies that disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.document import Document
from pipeline.pages.lines import Line
from pipeline.pages.model import Box, PageDoubt, Word
from pipeline.pages.scanned_copies import CopyDifference
from pipeline.pages.trust import Reason, doubtful_figure, explain
from pipeline.pages.upright import turned_box
from schemas.ledger import Ledger, Record

# By dataset: the columns that hold figures, each with the column of its printed text and whether it is rupiah.
FIGURES: dict[str, tuple[tuple[str, str | None, bool], ...]] = {
    "program_kegiatan": (("pagu", "pagu_teks", True), ("prakiraan_pagu", None, True)),
    "indikator": (
        ("target", "target_teks", False),
        ("kondisi_awal", "kondisi_awal_teks", False),
        ("prakiraan_target", "prakiraan_target_teks", False),
    ),
    "target_periode": (("target", "target_teks", False), ("anggaran", None, True)),
    "rekening": (("jumlah", "jumlah_teks", True),),
}
LONGEST_LIST = 12


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell, or a block of text, that was read from a picture."""

    sel_id: str
    page: int
    box: Box
    lines: Sequence[Line]


def doubt_scans(ledger: Ledger, document: Document) -> None:
    """Write a finding for each figure of a record, each patch of ink and each pair of copies that is in doubt."""
    cells = {cell.sel_id: cell for cell in _scanned_cells(document)}
    resolution = {page.number: page.dpi for page in document.pages}
    for name, columns in FIGURES.items():
        for record in ledger.rows(name):
            held = [cells[sel_id] for sel_id in record.bukti if sel_id in cells]
            for column, text_column, rupiah in columns if held else ():
                text = _printed(record, column, text_column)
                if text is not None:
                    _doubt_figure(ledger, record, column, text, held, rupiah, resolution)
    for page in document.unique:
        for doubt in page.doubts:
            _doubt_ink(ledger, page.number, doubt, list(cells.values()))
    for difference in document.copy_differences:
        _doubt_copy(ledger, difference)


def tilt_back(ledger: Ledger, document: Document) -> None:
    """Put the boxes of `sel` where they stand on the upright page: they were measured once it had been straightened."""
    tilted = {page.number: page for page in document.pages if page.skew}
    for record in ledger.rows("sel") if tilted else ():
        page = tilted.get(record.halaman or 0)
        if page is not None:
            box = Box(*(float(record.values[edge]) for edge in Box._fields))
            record.values |= turned_box(box, page.width, page.height, -page.skew).rounded()


def _scanned_cells(document: Document) -> Iterator[_Cell]:
    for table in document.tables:
        for cell in table.cells():
            for part in cell.parts:
                if _is_scanned(part.lines) or not part.lines:
                    yield _Cell(part.sel_id, part.page, part.box, part.lines)
    for block in document.blocks:
        if _is_scanned(block.lines):
            yield _Cell(block.sel_id, block.page, block.box, block.lines)


def _is_scanned(lines: Sequence[Line]) -> bool:
    return any(word.confidence < 1.0 for line in lines for word in line.words)


def _printed(record: Record, column: str, text_column: str | None) -> str | None:
    """A figure as it was read; of one whose text has no column of its own, its digits."""
    if text_column is not None:
        return record.get(text_column)
    value = record.get(column)
    return None if value is None else str(int(value))


def _doubt_figure(
    ledger: Ledger,
    record: Record,
    column: str,
    text: str,
    cells: Sequence[_Cell],
    rupiah: bool,
    resolution: dict[int, float | None],
) -> None:
    for cell, words in _places(text, cells):
        reason = doubtful_figure(words, dpi=resolution[cell.page], rupiah=rupiah)
        if reason is not None:
            _write(ledger, record, column, text, reason, cell)
            return


def _write(ledger: Ledger, record: Record, column: str, text: str, reason: Reason, cell: _Cell) -> None:
    message = f"«{text}» dibaca dari gambar dan perlu dicocokkan dengan halamannya: {explain(reason)}."
    where: dict[str, Any] = {"nilai": text, "halaman": cell.page, "bukti": (cell.sel_id,)}
    ledger.doubt_record(record, column, "OCR_MERAGUKAN", "pembacaan", "peringatan", message, **where)


def _places(text: str, cells: Sequence[_Cell]) -> Iterator[tuple[_Cell, list[Word]]]:
    """Where in the evidence a figure stands: the runs of words that are its text, else all that share its digits."""
    wanted = text.split()
    found = False
    for cell in cells:
        words = [word for line in cell.lines for word in line.words]
        for start in range(len(words) - len(wanted) + 1):
            run = words[start : start + len(wanted)]
            if [word.text for word in run] == wanted:
                found = True
                yield cell, _with_tail(words, start, len(wanted))
    digits = _digits(text)
    for cell in cells if not found and digits else ():
        for line in cell.lines:
            if digits in _digits(line.text):
                yield cell, line.words


def _with_tail(words: Sequence[Word], start: int, length: int) -> list[Word]:
    """A figure's words, and the next one of its line, which may be its loose end."""
    following = words[start + length : start + length + 1]
    last = words[start + length - 1].box
    same_line = [word for word in following if abs(word.box.center[1] - last.center[1]) < last.height / 2]
    return [*words[start : start + length], *same_line]


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _doubt_ink(ledger: Ledger, page: int, doubt: PageDoubt, cells: Sequence[_Cell]) -> None:
    """Ink that could not be read: doubts the figures missing from the records of its row, and is said in any case."""
    x, y = doubt.box.center
    around = [c for c in cells if c.page == page and c.box.x0 <= x <= c.box.x1 and c.box.y0 <= y <= c.box.y1]
    read = f" (mungkin «{doubt.text}»)" if doubt.text else ""
    message = f"Di halaman {page} ada tulisan yang tidak terbaca{read}; cocokkan dengan gambarnya."
    where: dict[str, Any] = {"nilai": doubt.text or None, "halaman": page, "bukti": tuple(c.sel_id for c in around)}
    beside = {c.sel_id for c in cells if c.page == page and c.box.y0 <= y <= c.box.y1}
    written = False
    for name, columns in FIGURES.items():
        for record in ledger.rows(name):
            missing = [column for column, _, _ in columns if record.get(column) is None]
            if not beside.isdisjoint(record.bukti):
                for column in missing:
                    ledger.doubt_record(
                        record, column, "TULISAN_TAK_TERBACA", "pembacaan", "peringatan", message, **where
                    )
                    written = True
    if not written:
        ledger.doubt("TULISAN_TAK_TERBACA", "pembacaan", "peringatan", message, **where)


def _doubt_copy(ledger: Ledger, difference: CopyDifference) -> None:
    here, there = (_listed(figures) for figures in (difference.only_here, difference.only_there))
    message = (
        f"Halaman {difference.page} mengulang halaman {difference.copy_of}, tetapi angkanya tidak sama: "
        f"{here or 'tidak ada'} di halaman {difference.page}, {there or 'tidak ada'} di halaman {difference.copy_of}."
    )
    where: dict[str, Any] = {"nilai": there or None, "pembanding": here or None, "halaman": difference.copy_of}
    ledger.doubt("SALINAN_BEDA_ANGKA", "pembacaan", "peringatan", message, **where)


def _listed(figures: Sequence[str]) -> str:
    shown = ", ".join(figures[:LONGEST_LIST])
    return f"{shown}, dan {len(figures) - LONGEST_LIST} lainnya" if len(figures) > LONGEST_LIST else shown
