"""A PDF as pages, logical tables and prose blocks, before any of it is understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium

from pipeline.layouts.prose import TextBlock, number_blocks, prose_blocks
from pipeline.layouts.text import TextReader
from pipeline.pages.copies import mark_copies
from pipeline.pages.copy_figures import CopyDifference
from pipeline.pages.furniture import mark_furniture, mark_stamps
from pipeline.pages.kinds import settle_kind
from pipeline.pages.lookalikes import Mended, mend_lookalikes
from pipeline.pages.model import Page, Word
from pipeline.pages.ocr_need import read_scans
from pipeline.pages.pdfium import read_or_blank
from pipeline.pages.scanned_copies import mark_scanned_copies
from pipeline.pages.text_area import text_areas
from pipeline.tables.better_cells import take_better_cells
from pipeline.tables.build import page_tables, set_room, set_surroundings
from pipeline.tables.model import Part, Table
from pipeline.tables.page_table import PageTable
from pipeline.tables.running import drop_running_rows
from pipeline.tables.stitch import stitch
from pipeline.tables.unruled import unruled_tables
from pipeline.tables.unruled_frame import split_rows
from pipeline.tables.unruled_join import align_columns


@dataclass(slots=True)
class Document:
    """What a PDF holds. `unique` are its pages without repeated ones; `table_words` counts a page's words in tables."""

    pages: list[Page]
    unique: list[Page]
    tables: list[Table]
    blocks: list[TextBlock]
    text: TextReader
    table_words: dict[int, int] = field(default_factory=dict)
    copy_differences: list[CopyDifference] = field(default_factory=list)
    mended: list[Mended] = field(default_factory=list)

    def sels(self) -> dict[int, str]:
        """By identity of a word: the key of the cell or block that it stands in."""
        blocks = {id(word): block.sel_id for block in self.blocks for line in block.lines for word in line.words}
        return _cells_of_words(self.tables) | blocks


def open_document(path: Path, dokumen_id: str) -> Document:
    """The pages, tables and prose of a PDF. Raises pypdfium2.PdfiumError where it cannot be opened as one."""
    pages = read_pages(path)
    mended = mend_lookalikes(pages)
    tables, loose = _find_tables(pages)
    differences = [*mark_copies(pages), *mark_scanned_copies(pages)]
    differences = take_better_cells(pages, tables, differences)
    unique = [page for page in pages if page.copy_of is None]
    for page in unique:
        more, loose[page.number] = unruled_tables(page, loose[page.number])
        tables[page.number] = sorted([*tables[page.number], *more], key=lambda t: (t.box.y0, t.box.x0))
    areas = text_areas(unique, {number: [table.box for table in found] for number, found in tables.items()}, loose)
    for page in unique:
        set_surroundings(tables[page.number], loose[page.number], page.number)
        set_room(tables[page.number], areas[page.number])
    in_order = [tables[page.number] for page in unique]
    align_columns(in_order)
    joined = stitch(in_order)
    for table in joined:
        split_rows(table)
    name_cells(joined, dokumen_id)
    blocks = [b for page in unique for b in prose_blocks(page.number, loose[page.number], page.width)]
    number_blocks(blocks, dokumen_id)
    held = {number: _held(of_page) for number, of_page in tables.items()}
    return Document(pages, unique, joined, blocks, TextReader.of(unique), held, differences, mended)


def read_pages(path: Path) -> list[Page]:
    """Every page of a PDF, its kind told. Raises pypdfium2.PdfiumError where not one of them can be loaded."""
    with pdfium.PdfDocument(path) as document:
        pages = [read_or_blank(document, index) for index in range(len(document))]
        if all(page.damaged for page in pages):
            raise pdfium.PdfiumError("no page can be loaded")
        for page in pages:
            settle_kind(page)
        return read_scans(document, pages)


def _find_tables(pages: Sequence[Page]) -> tuple[dict[int, list[PageTable]], dict[int, list[Word]]]:
    """By page, its ruled tables and the words outside them; running headers and footers are taken out of both."""
    mark_stamps(pages)
    tables: dict[int, list[PageTable]] = {}
    loose: dict[int, list[Word]] = {}
    for page in pages:
        tables[page.number], loose[page.number] = page_tables(page)
    drop_running_rows(pages, tables)
    mark_furniture(pages, {number: [table.box for table in found] for number, found in tables.items()})
    for page in pages:
        furniture = {id(word) for word in page.furniture}
        loose[page.number] = [word for word in loose[page.number] if id(word) not in furniture]
    return tables, loose


def _held(tables: Sequence[PageTable]) -> int:
    return sum(len(line.words) for table in tables for cell in table.cells for line in cell.lines)


def name_cells(tables: Sequence[Table], dokumen_id: str) -> None:
    """Give every table and every piece of a cell its key: the same file and reader give the same keys."""
    for number, table in enumerate(tables, start=1):
        table.tabel_id = f"{dokumen_id}-t{number:03d}"
        for cell in table.repeated:
            for part in cell.parts:
                part.sel_id = f"{table.tabel_id}-h{part.page:03d}-u{cell.row:03d}-k{cell.column:02d}"
        for cell in table.cells():
            for part in cell.parts:
                part.sel_id = f"{table.tabel_id}-h{part.page:03d}-b{part.row:04d}-k{cell.column:02d}"


def _cells_of_words(tables: Sequence[Table]) -> dict[int, str]:
    return {id(w): part.sel_id for table in tables for part in _parts(table) for line in part.lines for w in line.words}


def _parts(table: Table) -> Iterator[Part]:
    for cell in [*table.cells(), *table.repeated]:
        yield from cell.parts
