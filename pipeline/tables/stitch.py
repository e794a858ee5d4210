"""Page tables into logical tables: continuations over pages, repeated headers, cells cut by a page break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.tables.breaks import begins_entry, goes_on_inside, row_is_cut, running_on
from pipeline.tables.headers import LONGEST_HEADER, number_row, repeated_rows
from pipeline.tables.joins import SAME_EDGE, judge, lay_on, nearest, same_edge
from pipeline.tables.lattice import Region, cluster
from pipeline.tables.model import Cell, Join, Part, Row, Table
from pipeline.tables.page_table import PageCell, PageTable


@dataclass(slots=True)
class _Chain:
    """Page tables that continue one another, and what spoke for each join."""

    tables: list[PageTable]
    edges: list[list[float]]  # of each part, laid on those of the first
    joins: list[Join] = field(default_factory=list)


def stitch(pages: Sequence[Sequence[PageTable]]) -> list[Table]:
    """Logical tables of a document out of the tables of its unique pages, in page order."""
    chains: list[_Chain] = []
    for tables in pages:
        for position, table in enumerate(tables):
            join = judge(chains[-1].tables, table) if chains and position == 0 else None
            if join is not None and join.score > 0:
                chains[-1].edges.append(_same_edges(chains[-1].tables[-1], chains[-1].edges[-1], table))
                chains[-1].tables.append(table)
                chains[-1].joins.append(join)
            else:
                chains.append(_Chain([table], [table.xs]))
    return [_join(chain) for chain in chains]


def _same_edges(last: PageTable, laid: Sequence[float], table: PageTable) -> list[float]:
    """The edges of a part laid on those of the part before it, `laid` themselves: each on its like, if there is one."""
    moved, _ = lay_on(last, table)
    places = [nearest(last.xs, x) for x in moved]
    if places == list(range(len(laid))):
        return list(laid)
    steps = [x - last.xs[at] for at, x in zip(places, moved, strict=True)]
    near = same_edge(table)
    edges = [laid[at] + (0.0 if abs(step) <= near else step) for at, step in zip(places, steps, strict=True)]
    return edges if all(a < b for a, b in pairwise(edges)) else moved


def _take_rows(table: PageTable, rows: range) -> tuple[PageTable, list[PageCell]]:
    """A page's table without some of its rows, and the cells of those rows."""
    if not rows:
        return table, []
    pieces = list(_parted(table, rows))
    taken = [cell for cell in pieces if rows.start <= cell.region.row and cell.region.row_end <= rows.stop]
    kept = [replace(cell, region=_moved_up(cell, rows)) for cell in pieces if cell not in taken]
    start = rows.start + 1 if rows.start else 0
    ys = [*table.ys[:start], *table.ys[rows.stop + (start > 0) :]]
    return replace(table, ys=ys, cells=kept), taken


def _moved_up(cell: PageCell, rows: range) -> Region:
    top, end = (
        at if at <= rows.start else max(rows.start, at - len(rows)) for at in (cell.region.row, cell.region.row_end)
    )
    return replace(cell.region, row=top, row_end=end)


def _parted(table: PageTable, rows: range) -> Iterator[PageCell]:
    """A page's cells, each that a missing rule lets run from the repeated header into the body parted in two."""
    for cell in table.cells:
        rest = cell
        for row in (rows.start, rows.stop):
            if not rest.source and rest.region.row < row < rest.region.row_end:
                upper, rest = _cut(rest, row, table.ys[row])
                yield upper
        yield rest


def _cut(cell: PageCell, row: int, at: float) -> tuple[PageCell, PageCell]:
    head, body = cell.region.box._replace(y1=at), cell.region.box._replace(y0=at)
    above = [line for line in cell.lines if line.middle < at]
    below = [line for line in cell.lines if line.middle >= at]
    upper = replace(cell, region=replace(cell.region, row_end=row, box=head), lines=above)
    return upper, replace(cell, region=replace(cell.region, row=row, box=body), lines=below)


@dataclass(slots=True)
class _Builder:
    """The logical table as it grows page by page."""

    edges: list[float]
    rows: list[Row] = field(default_factory=list)
    grid: list[list[Cell]] = field(default_factory=list)
    repeated: list[Cell] = field(default_factory=list)

    def add(self, whole: PageTable, header: range) -> None:
        """Append a page's rows without the rows of its repeated header."""
        table, again = _take_rows(whole, header)
        self.repeated += [self._cell(cell, table, 0) for cell in again]
        first, count = len(self.rows), len(table.ys) - 1
        for row in range(count):
            self.rows.append(Row(table.page, table.ys[row], table.ys[row + 1], bool(first) and row == 0))
        slots: list[list[Cell | None]] = [[None] * (len(self.edges) - 1) for _ in range(count)]
        for page_cell in table.cells:
            cell = self._cell(page_cell, table, first)
            for row in range(page_cell.region.row, page_cell.region.row_end):
                slots[row][cell.column : cell.column + cell.column_span] = [cell] * cell.column_span
        self.grid += [self._complete(slots[row], row + first, table) for row in range(count)]
        if first and count:
            self._mend(first)

    def _cell(self, page_cell: PageCell, table: PageTable, offset: int) -> Cell:
        region = page_cell.region
        left, right = nearest(self.edges, table.xs[region.column]), nearest(self.edges, table.xs[region.column_end])
        page, box = page_cell.source or (table.page, region.box)
        row, rows = region.row + offset, region.row_end - region.row
        part = Part(page, box, row, rows, page_cell.lines, page_cell.fill, unsure=page_cell.unsure)
        return Cell(row, left, rows, right - left, [part])

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


def _join(chain: _Chain) -> Table:
    first, *others = (replace(table, xs=xs) for table, xs in zip(chain.tables, chain.edges, strict=True))
    builder = _Builder(cluster(((x, 1.0) for xs in chain.edges for x in xs), SAME_EDGE))
    builder.add(first, range(0))
    repeats = [repeated_rows(first, table) for table in others]
    for table, again in zip(others, repeats, strict=True):
        builder.add(table, again)
    numbered = number_row(first, LONGEST_HEADER)
    return Table(
        rows=builder.rows,
        edges=builder.edges,
        grid=builder.grid,
        engine=first.engine,
        header_rows=max([len(again) for again in repeats] + [0 if numbered is None else numbered + 1]),
        number_row=numbered,
        above=first.above,
        signs=list(dict.fromkeys(sign for table in chain.tables for sign in table.signs)),
        joins=chain.joins,
        repeated=builder.repeated,
    )
