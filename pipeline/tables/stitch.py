"""Page tables into logical tables: continuations over pages, repeated headers, cells cut by a page break."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.pages.lines import Line
from pipeline.tables.breaks import begins_entry, goes_on_inside, row_is_cut, running_on
from pipeline.tables.lattice import cluster
from pipeline.tables.model import Cell, Part, Row, Table
from pipeline.tables.page_table import PageCell, PageTable
from pipeline.tables.scanned import counts_columns, is_scanned, rows_read_again

SAME_EDGE = 3.0
NUMBER_ROW = re.compile(r"\(?(\d{1,2})\)?\.?(?:=.*)?")
FEWEST_NUMBERS = 3
CONTINUED = re.compile(r"^\W*(?:lanjutan|sambungan)\b|\(\s*(?:lanjutan|sambungan)\s*\)", re.IGNORECASE)
LONGEST_HEADER = 8


@dataclass(slots=True)
class _Chain:
    """Page tables that continue one another."""

    tables: list[PageTable]
    header: list[tuple[str, ...]] = field(default_factory=list)


def stitch(pages: Sequence[Sequence[PageTable]]) -> list[Table]:
    """Logical tables of a document out of the tables of its unique pages, in page order."""
    chains: list[_Chain] = []
    open_chain: _Chain | None = None
    for tables in pages:
        for position, table in enumerate(tables):
            if open_chain and position == 0 and continues(open_chain.tables, table):
                open_chain.tables.append(table)
            else:
                open_chain = _Chain([table])
                chains.append(open_chain)
    return [_join(chain.tables) for chain in chains]


def continues(before: Sequence[PageTable], table: PageTable) -> bool:
    """Whether a page's first table goes on with the last one of the page before it."""
    last = before[-1]
    if not same_columns(last, table):
        return False
    repeated = common_rows(before[0], table)
    if last.below and not repeated:
        return False
    return not table.above or (repeated > 0 and _titles_again(before[0], table))


def _titles_again(first: PageTable, table: PageTable) -> bool:
    """Whether the lines above a table are the first part's own title printed again, figures aside, or say so."""
    titles = {_plain(line.text) for line in first.above}
    return all(_plain(line.text) in titles or CONTINUED.search(line.text) for line in table.above)


def _plain(text: str) -> str:
    return re.sub(r"[\d\W]", "", text).casefold()


def same_columns(a: PageTable, b: PageTable) -> bool:
    """Whether the outer edges agree and the inner edges of one are among those of the other."""
    if abs(a.xs[0] - b.xs[0]) > SAME_EDGE or abs(a.xs[-1] - b.xs[-1]) > SAME_EDGE:
        return False
    few, many = sorted((a.xs, b.xs), key=len)
    return all(any(abs(x - y) <= SAME_EDGE for y in many) for x in few)


def number_row(table: PageTable, rows: int) -> int | None:
    """The row that numbers the columns (`1 2 3 …`, `(1) (2) …`) among the first rows; None where there is none."""
    for row in range(min(rows, len(table.ys) - 1)):
        cells = [cell for cell in table.cells if cell.region.row == row and cell.lines]
        texts = [cell.text.strip() for cell in sorted(cells, key=lambda cell: cell.region.column)]
        numbers = [int(match[1]) for match in map(NUMBER_ROW.fullmatch, texts) if match]
        if len(numbers) < FEWEST_NUMBERS or not _all_count(table, texts, numbers):
            continue
        if min(numbers) <= 2 and max(numbers) - min(numbers) < 2 * len(numbers):
            return row
    return None


def _all_count(table: PageTable, texts: Sequence[str], numbers: Sequence[int]) -> bool:
    return len(numbers) == len(texts) or (is_scanned(table) and counts_columns(texts, numbers))


def common_rows(first: PageTable, table: PageTable) -> int:
    """How many rows at the top of `table` print the top rows of `first` again; a number row alone counts."""
    count = 0
    limit = min(len(first.ys), len(table.ys), LONGEST_HEADER + 1) - 1
    while count < limit and first.row_texts(count) == table.row_texts(count):
        count += 1
    if is_scanned(first) and is_scanned(table):
        count = max(count, rows_read_again(first, table, limit))
    if count and not any(any(first.row_texts(row)) for row in range(count)):
        return 0
    numbered, own = number_row(table, LONGEST_HEADER), number_row(first, LONGEST_HEADER)
    if numbered is not None and own is not None and own < count:
        return own + 1
    if numbered == 0 and own is not None:
        return 1
    return count


def _union_edges(tables: Sequence[PageTable]) -> list[float]:
    return cluster(((x, 1.0) for table in tables for x in table.xs), SAME_EDGE)


def _nearest(edges: Sequence[float], x: float) -> int:
    at = bisect_left(edges, x)
    choices = [i for i in (at - 1, at) if 0 <= i < len(edges)]
    return min(choices, key=lambda i: abs(edges[i] - x))


def _without_repeats(table: PageTable, skipped: int) -> Iterator[PageCell]:
    """A page's cells, each that a missing rule lets run from the repeated header into the body parted in two."""
    for cell in table.cells:
        region = cell.region
        if cell.source or not region.row < skipped < region.row_end:
            yield cell
            continue
        cut = table.ys[skipped]
        head, body = region.box._replace(y1=cut), region.box._replace(y0=cut)
        above = [line for line in cell.lines if line.middle < cut]
        below = [line for line in cell.lines if line.middle >= cut]
        yield replace(cell, region=replace(region, row_end=skipped, box=head), lines=above)
        yield replace(cell, region=replace(region, row=skipped, box=body), lines=below)


@dataclass(slots=True)
class _Builder:
    """The logical table as it grows page by page."""

    edges: list[float]
    rows: list[Row] = field(default_factory=list)
    grid: list[list[Cell]] = field(default_factory=list)
    repeated: list[Cell] = field(default_factory=list)

    def add(self, table: PageTable, skipped: int) -> None:
        """Append a page's rows without its `skipped` repeated header rows."""
        offset = len(self.rows) - skipped
        page_break = bool(self.rows)
        for row in range(skipped, len(table.ys) - 1):
            starts = page_break and row == skipped
            self.rows.append(Row(table.page, table.ys[row], table.ys[row + 1], starts))
            self.grid.append([])
        blank = [[None] * (len(self.edges) - 1) for _ in range(len(table.ys) - 1)]
        slots: list[list[Cell | None]] = [list(row) for row in blank]
        for page_cell in _without_repeats(table, skipped):
            self._place(page_cell, table, slots, offset, skipped)
        for row in range(skipped, len(table.ys) - 1):
            self.grid[row + offset] = self._complete(slots[row], row + offset, table)
        if page_break and len(table.ys) - 1 > skipped:
            self._mend(skipped + offset)

    def _place(
        self, page_cell: PageCell, table: PageTable, slots: list[list[Cell | None]], offset: int, skipped: int
    ) -> None:
        region = page_cell.region
        left, right = _nearest(self.edges, table.xs[region.column]), _nearest(self.edges, table.xs[region.column_end])
        row = max(region.row, skipped)
        page, box = page_cell.source or (table.page, region.box)
        part = Part(page, box, row + offset, region.row_end - row, page_cell.lines, page_cell.fill)
        cell = Cell(row + offset, left, region.row_end - row, right - left, [part])
        if region.row_end <= skipped:
            cell.row, cell.row_span = region.row, region.row_end - region.row
            part.row, part.row_span = cell.row, cell.row_span
            self.repeated.append(cell)
            return
        for at in range(row, region.row_end):
            for column in range(left, right):
                slots[at][column] = cell

    def _complete(self, slots: list[Cell | None], row: int, table: PageTable) -> list[Cell]:
        """Slots that no region covers get an empty cell of their own."""
        where = self.rows[row]
        for column, cell in enumerate(slots):
            if cell is None:
                box = table.box._replace(
                    x0=self.edges[column], x1=self.edges[column + 1], y0=where.top, y1=where.bottom
                )
                slots[column] = Cell(row, column, 1, 1, [Part(table.page, box, row, 1)])
        return [cell for cell in slots if cell is not None]

    def _mend(self, first: int) -> None:
        """Join what the page break before row `first` cut: merged cells, and a row whose text runs on."""
        pairs = [(self.grid[first - 1][cell.column], cell) for cell in dict.fromkeys(self.grid[first])]
        pairs = [
            (above, cell)
            for above, cell in pairs
            if above.column == cell.column and above.column_span == cell.column_span
        ]
        rest, above_row = self._row(first), self._row(first - 1)
        begins = begins_entry(rest, self._beginning(first))
        cut = row_is_cut(rest, above_row) or goes_on_inside(rest, above_row, begins)
        for above, cell in pairs if cut else running_on(pairs, begins is True):
            self._join(above, cell)

    def _beginning(self, row: int) -> Iterator[list[Cell]]:
        """The cells that begin in each of the rows above a row, the nearest row first."""
        for above in range(row - 1, -1, -1):
            yield [cell for cell in self._row(above) if cell.row == above]

    def _row(self, row: int) -> list[Cell]:
        return list(dict.fromkeys(self.grid[row]))

    def _join(self, above: Cell, cell: Cell) -> None:
        above.parts.extend(cell.parts)
        above.row_span = cell.row + cell.row_span - above.row
        for row in range(cell.row, cell.row + cell.row_span):
            self.grid[row] = [above if other is cell else other for other in self.grid[row]]


def _join(tables: Sequence[PageTable]) -> Table:
    builder = _Builder(_union_edges(tables))
    header = max((common_rows(tables[0], table) for table in tables[1:]), default=0)
    for table in tables:
        builder.add(table, common_rows(tables[0], table) if table is not tables[0] else 0)
    numbered = number_row(tables[0], LONGEST_HEADER)
    if numbered is not None:
        header = max(header, numbered + 1)
    signs = list(dict.fromkeys(sign for table in tables for sign in table.signs))
    above: list[Line] = tables[0].above
    return Table(
        rows=builder.rows,
        edges=builder.edges,
        grid=builder.grid,
        engine=tables[0].engine,
        header_rows=header,
        number_row=numbered,
        above=above,
        signs=signs,
        repeated=builder.repeated,
    )
