"""What is doubted of a document that was read from pictures: its figures and its gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.checks import DocumentContext
from pipeline.checks.corroboration import Corroboration, corroborate
from pipeline.document import Document
from pipeline.figures import FIGURES, listed
from pipeline.pages.lines import Line
from pipeline.pages.lookalikes import Mended
from pipeline.pages.model import Box, Page, PageDoubt, Word
from pipeline.pages.trust import SURE_OF_MARKS, doubtful_figure, explain
from pipeline.pages.upright import turned_box
from schemas.ledger import Ledger, Record


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell, or a block of text, that was read from a picture, or stands empty in one."""

    sel_id: str
    page: int
    box: Box
    lines: Sequence[Line]

    def reaches(self, page: int, y: float) -> bool:
        return self.page == page and self.box.y0 <= y <= self.box.y1


@dataclass(frozen=True, slots=True)
class _Scan:
    """What was read from pictures: its cells by key, the resolution of each page, and what the sums say."""

    ledger: Ledger
    cells: dict[str, _Cell]
    dpi: dict[int, float | None]
    sums: Corroboration


def doubt_scans(ledger: Ledger, document: Document, context: DocumentContext) -> None:
    """Write a finding for each figure of a record, and each patch of ink that is in doubt.

    A figure that is hard to read is borne out by a printed sum that agrees to the rupiah; `context` holds the totals.
    """
    cells = {cell.sel_id: cell for cell in _scanned_cells(document)}
    if any(cell.lines for cell in cells.values()):
        dpi = {page.number: page.dpi for page in document.pages}
        scan = _Scan(ledger, cells, dpi, corroborate(ledger, context))
        _doubt_figures(scan)
        _doubt_suspects(scan)
        _doubt_blanks(scan)
        for page in document.unique:
            _doubt_ink(scan, page)
    for page in document.pages:
        _say_mended(ledger, page.number, [one for one in document.mended if one.page == page.number])


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
    value = record.get(text_column or column)
    if value is None:
        return None
    return str(value) if text_column else str(int(value))


def _doubt_figures(scan: _Scan) -> None:
    for name, columns in FIGURES.items():
        for record in scan.ledger.rows(name):
            held = [scan.cells[sel_id] for sel_id in record.bukti if sel_id in scan.cells]
            for column, text_column, rupiah in columns if held else ():
                text = _printed(record, column, text_column)
                if text is not None and (record.baris_id, column) not in scan.sums.borne_out:
                    _doubt_figure(scan, record, column, text, held, rupiah)


def _doubt_figure(scan: _Scan, record: Record, column: str, text: str, cells: Sequence[_Cell], rupiah: bool) -> None:
    for cell, words in _places(text, cells):
        reason = doubtful_figure(words, dpi=scan.dpi[cell.page], rupiah=rupiah)
        if reason is not None:
            _write(scan.ledger, record, column, text, explain(reason), cell)
            return
        unsure = min(word.confidence for word in words) < SURE_OF_MARKS
        if unsure and (record.baris_id, column) in scan.sums.in_failing_sums:
            _write(scan.ledger, record, column, text, "jumlahnya tidak cocok dengan bagian-bagiannya", cell)
            return


def _write(ledger: Ledger, record: Record, column: str, text: str, reason: str, cell: _Cell) -> None:
    message = f"«{text}» dibaca dari gambar dan perlu dicocokkan dengan halamannya: {reason}."
    where: dict[str, Any] = {"nilai": text, "halaman": cell.page, "bukti": (cell.sel_id,)}
    ledger.doubt_record(record, column, "OCR_MERAGUKAN", "pembacaan", "peringatan", message, **where)


def _doubt_suspects(scan: _Scan) -> None:
    """Amounts that a sum contradicts by a single digit: what it would have to be goes to `pembanding`."""
    for suspect in scan.sums.suspects:
        held = [scan.cells[sel_id] for sel_id in suspect.record.bukti if sel_id in scan.cells]
        if any(cell.lines for cell in held):
            message = (
                f"Satu angka dari {suspect.printed:.0f} mungkin salah dibaca dari gambar: "
                f"penjumlahannya cocok bila nilainya {suspect.proposal:.0f}."
            )
            where: dict[str, Any] = {"nilai": str(suspect.printed), "pembanding": str(suspect.proposal)}
            record, column = suspect.record, suspect.column
            scan.ledger.doubt_record(record, column, "OCR_SATU_ANGKA", "pembacaan", "peringatan", message, **where)


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


def _doubt_blanks(scan: _Scan) -> None:
    """Rows of a scan without a figure where most of their kind in the table have one: it may have been overlooked."""
    for name, columns in FIGURES.items():
        for column, text_column, _ in columns:
            for records in _kinds(scan, name):
                blank = [record for record in records if record.get(text_column or column) is None]
                if 2 * len(blank) < len(records):
                    for record in blank:
                        _write_blank(scan.ledger, record, column)


def _kinds(scan: _Scan, name: str) -> Iterable[list[Record]]:
    """The records of a dataset that were read from pictures, by table, level and kind."""
    kinds: dict[tuple[Any, ...], list[Record]] = defaultdict(list)
    for record in scan.ledger.rows(name):
        if any(sel_id in scan.cells and scan.cells[sel_id].lines for sel_id in record.bukti):
            kinds[record.tabel_id, record.get("level"), record.get("jenis")].append(record)
    return kinds.values()


def _write_blank(ledger: Ledger, record: Record, column: str) -> None:
    message = "Pada pindaian ini kolomnya kosong, padahal baris sejenis terisi; pastikan memang kosong di gambarnya."
    ledger.doubt_record(record, column, "KOSONG_DI_PINDAIAN", "pembacaan", "peringatan", message)


def _doubt_ink(scan: _Scan, page: Page) -> None:
    """Ink that could not be read: doubts the figures missing from the records of its rows, and is said in any case."""
    missing: dict[tuple[str, str], tuple[Record, str, PageDoubt]] = {}
    for doubt in page.doubts:
        _, y = doubt.box.center
        row = {cell.sel_id for cell in scan.cells.values() if cell.reaches(page.number, y)}
        for record, column in _missing_figures(scan.ledger, row):
            missing.setdefault((record.baris_id, column), (record, column, doubt))
    for record, column, doubt in missing.values():
        message = f"Angkanya tidak terbaca, padahal di baris ini ada tulisan yang tidak terbaca{_perhaps(doubt)}."
        where: dict[str, Any] = {"nilai": doubt.text or None, "halaman": page.number}
        scan.ledger.doubt_record(record, column, "TULISAN_TAK_TERBACA", "pembacaan", "peringatan", message, **where)
    if page.doubts:
        _say_ink(scan, page)


def _say_ink(scan: _Scan, page: Page) -> None:
    texts = [doubt.text for doubt in page.doubts if doubt.text]
    read = f", mungkin antara lain «{listed(texts)}»" if texts else ""
    message = f"Di halaman {page.number} ada tulisan yang tidak terbaca di {len(page.doubts)} tempat{read}."
    around = dict.fromkeys(
        cell.sel_id
        for doubt in page.doubts
        for cell in scan.cells.values()
        if cell.reaches(page.number, doubt.box.center[1]) and cell.box.x0 <= doubt.box.center[0] <= cell.box.x1
    )
    where: dict[str, Any] = {"nilai": listed(texts) or None, "halaman": page.number, "bukti": tuple(around)}
    scan.ledger.doubt("TULISAN_TAK_TERBACA", "pembacaan", "peringatan", message, **where)


def _perhaps(doubt: PageDoubt) -> str:
    return f" (mungkin «{doubt.text}»)" if doubt.text else ""


def _missing_figures(ledger: Ledger, beside: set[str]) -> Iterator[tuple[Record, str]]:
    """The figures that records with evidence in these cells do not have, and others of their table do."""
    for name, columns in FIGURES.items():
        rows = ledger.rows(name)
        for column, text_column, _ in columns:
            given = {record.tabel_id for record in rows if record.get(text_column or column) is not None}
            for record in rows:
                blank = record.tabel_id in given and record.get(text_column or column) is None
                if blank and not beside.isdisjoint(record.bukti):
                    yield record, column


def _say_mended(ledger: Ledger, page: int, mended: Sequence[Mended]) -> None:
    if mended:
        pairs = list(dict.fromkeys(f"«{one.read}» sebagai «{one.known}»" for one in mended))
        message = f"Di halaman {page}, kata yang hurufnya mirip dibaca menurut kata yang dikenal: {listed(pairs)}."
        ledger.doubt("KATA_MIRIP", "pembacaan", "info", message, halaman=page)
