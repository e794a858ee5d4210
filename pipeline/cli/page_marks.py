"""What is drawn over a page to show how it was read: tables, cells, rows, columns, joins, and what is in no table.

Boxes are in points of the upright, straight page, as everywhere; nothing here knows of pixels.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from typing import Literal, NamedTuple

from pipeline.cli.messages import language, say
from pipeline.document import Document
from pipeline.layouts.columns import Column
from pipeline.layouts.tables import TableReading
from pipeline.pages.lines import group_lines
from pipeline.pages.model import Box, Page
from pipeline.tables.model import Cell, Table

CellKind = Literal["header", "repeated", "body"]


REPEATED = "↻"  # in the place of a row's number


class CellMark(NamedTuple):
    """The piece of a cell on this page; a cell that goes on on another page is cut `above` or `below`."""

    box: Box
    kind: CellKind
    cut_above: bool = False
    cut_below: bool = False


class RowMark(NamedTuple):
    """A row of the logical table, numbered from 1, or the rows of a header printed again."""

    label: str
    top: float
    bottom: float
    kind: CellKind


class ColumnMark(NamedTuple):
    """Columns of the grid that are read as one: from where to where, `1–2`, and as what."""

    left: float
    right: float
    number: str
    field: str


class Score(NamedTuple):
    """How well two pages join as one table, and how far the other reading is away."""

    score: float
    margin: float


class JoinMark(NamedTuple):
    """Where a table goes on: on the page before, at the top, or on the page after, at the bottom."""

    page: int
    at_top: bool
    score: Score | None = None


@dataclass(frozen=True, slots=True)
class TableMark:
    """A table's part on one page. `number` is its number in `rkt explain`; `rows` and `notes` are told in order."""

    number: int
    box: Box
    cells: list[CellMark]
    rows: list[RowMark]
    columns: list[ColumnMark]
    joins: list[JoinMark]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class PageMarks:
    """All that is drawn over a page; `heading` says which page it is."""

    heading: str
    tables: list[TableMark] = field(default_factory=list)
    running: list[Box] = field(default_factory=list)
    outside: list[Box] = field(default_factory=list)
    unread: list[Box] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def on_page(readings: Sequence[TableReading], page: Page) -> dict[int, TableReading]:
    """By its number in the document, each table with rows, or a header printed again, on a page.

    A page that is a copy has none: what was read there in place of a spoilt cell belongs to the page that it repeats.
    """
    if page.copy_of is not None:
        return {}
    numbered = enumerate(readings, start=1)
    return {number: reading for number, reading in numbered if _stands_on(reading.table, page.number)}


def _stands_on(table: Table, page: int) -> bool:
    return any(row.page == page for row in table.rows) or any(cell.page == page for cell in table.repeated)


def marks_of(name: str, document: Document, readings: Sequence[TableReading], number: int) -> PageMarks:
    """What is drawn over page `number` of a document whose tables were read as `readings` say, in their order."""
    page = document.pages[number - 1]
    heading = [say("drawn.page", name=name, page=number, pages=len(document.pages))]
    if page.orientation or page.skew:
        heading.append(say("drawn.scan", turn=page.orientation, skew=_figure(page.skew, 2)))
    return PageMarks(
        " · ".join(heading),
        [_table_mark(*one, number) for one in on_page(readings, page).items()],
        [line.box for line in group_lines(page.furniture, number)],
        [line.box for block in document.blocks if block.page == number for line in block.lines],
        [doubt.box for doubt in page.doubts],
        copy_notes(page),
    )


def copy_notes(page: Page) -> list[str]:
    """A line that says of which page this one is a copy, where it is one."""
    return [] if page.copy_of is None else [say("explain.copy", page=page.number, original=page.copy_of)]


def read_as(column: Column) -> str:
    """What a column is read as, for people."""
    if column.field == "unknown":
        return say("explain.unknown") if column.path else say("explain.unnamed")
    if column.field == "level":
        return "/".join(column.levels)
    return f"periode {column.period}" if column.field == "periode" else column.field


def leaves(column: Column) -> str:
    """The columns of the grid that a column takes, counted from 1."""
    return str(column.start + 1) if column.end == column.start + 1 else f"{column.start + 1}–{column.end}"


def pages_of(table: Table) -> str:
    """The pages of a table, as `3` or `3–5`."""
    last = "" if table.last_page == table.first_page else f"–{table.last_page}"
    return f"{table.first_page}{last}"


def join_text(table: int, join: JoinMark) -> str:
    """A join in words, with its score where it has one."""
    said = say("drawn.before" if join.at_top else "drawn.after", number=table, page=join.page)
    if join.score is None:
        return said
    score, margin = (_figure(value, 1) for value in join.score)
    return say("drawn.score", said=said, score=score, margin=margin)


def _figure(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if language() == "id" else text


def _table_mark(number: int, reading: TableReading, page: int) -> TableMark:
    table = reading.table
    cells = [mark for cell in table.cells() for mark in _pieces(cell, page, _kind(table, cell.row))]
    cells += [mark for cell in table.repeated for mark in _pieces(cell, page, "repeated")]
    rows = [*_rows(table, page), *_repeated_rows(table, page)]
    return TableMark(
        number,
        _frame(table, cells, rows),
        cells,
        rows,
        _columns(reading, page),
        list(_joins(table, page)),
        _notes(number, reading, page),
    )


def _kind(table: Table, row: int) -> CellKind:
    return "header" if row < table.header_rows else "body"


def _pieces(cell: Cell, page: int, kind: CellKind) -> Iterator[CellMark]:
    """The piece of a cell on a page: its parts there as one, and whether it goes on before and behind them."""
    here = [part.page == page for part in cell.parts]
    if any(here):
        box = reduce(Box.union, (part.box for part in cell.parts if part.page == page))
        yield CellMark(box, kind, not here[0], not here[-1])


def _rows(table: Table, page: int) -> Iterator[RowMark]:
    for index, row in enumerate(table.rows):
        if row.page == page:
            yield RowMark(str(index + 1), row.top, row.bottom, _kind(table, index))


def _repeated_rows(table: Table, page: int) -> Iterator[RowMark]:
    boxes = [part.box for cell in table.repeated for part in cell.parts if part.page == page]
    if boxes:
        whole = reduce(Box.union, boxes)
        yield RowMark(REPEATED, whole.y0, whole.y1, "repeated")


def _frame(table: Table, cells: Sequence[CellMark], rows: Sequence[RowMark]) -> Box:
    """The box around its cells on the page, as high as its rows; cells may all have been read from a copy."""
    top, bottom = min(row.top for row in rows), max(row.bottom for row in rows)
    around = [mark.box for mark in cells] or [Box(table.edges[0], top, table.edges[-1], bottom)]
    return reduce(Box.union, around)._replace(y0=top, y1=bottom)


def _columns(reading: TableReading, page: int) -> list[ColumnMark]:
    """The columns with the edges that their cells have on this page, which may lie a little beside those of others."""
    edges = _edges(reading.table, page)
    named = reading.header.columns
    return [ColumnMark(edges[c.start], edges[c.end], leaves(c), read_as(c) if c.path else "") for c in named]


def _edges(table: Table, page: int) -> list[float]:
    found: dict[int, list[float]] = defaultdict(list)
    for cell in [*table.cells(), *table.repeated]:
        for part in cell.parts:
            if part.page == page:
                found[cell.column].append(part.box.x0)
                found[cell.column + cell.column_span].append(part.box.x1)
    return [sorted(found[at])[len(found[at]) // 2] if at in found else x for at, x in enumerate(table.edges)]


def _joins(table: Table, page: int) -> Iterator[JoinMark]:
    pages = sorted({row.page for row in table.rows} | {page})
    for before, after in pairwise(pages):
        if page == after:
            yield JoinMark(before, at_top=True)
        if page == before:
            yield JoinMark(after, at_top=False)


def _notes(number: int, reading: TableReading, page: int) -> list[str]:
    """Which part of which table this is, how it is read, and what is doubtful about it."""
    table = reading.table
    rows = [index + 1 for index, row in enumerate(table.rows) if row.page == page]
    notes = [
        say(
            "drawn.table_line",
            number=number,
            pages=pages_of(table),
            rows="–".join(dict.fromkeys(str(row) for row in rows[:1] + rows[-1:])) or "–",
            count=len(table.rows),
            title=table.title or say("explain.untitled"),
        )
        + " · "
        + say("drawn.layout", layout=reading.layout)
    ]
    return notes + ([say("drawn.signs", signs="; ".join(table.signs))] if table.signs else [])
