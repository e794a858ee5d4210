"""Row bands where only some columns are ruled: cells that lack the rules of those beside them, colours that part rows."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.pages.lines import Line
from pipeline.pages.model import Box, Fill
from pipeline.tables.page_table import PageCell, PageTable
from pipeline.tables.row_evidence import BESIDE, CROSSED, OFF, between, pitch_of, same_height

SAME_EDGE = 2.5  # points between the edge of a fill and that of its cell
LOWEST_BAND = 5.0  # points: lower than a line of text
INSIDE_LINE = 1.0  # points of a line on each side of an edge that it stands on
MERGED = -1.0  # what speaks for a merged cell wherever a rule is not drawn
EMPTY = -0.5  # a band that is filled beside a cell, and empty in it
DOUBT = 1.0  # a score nearer to 0 is that of one reading as much as of the other


def part_rows(table: PageTable, fills: Sequence[Fill]) -> None:
    """Cut rows where the colour changes halfway, and cells that merely lack the rules of the columns beside them."""
    for row in reversed(range(len(table.ys) - 1)):
        edge = _colour_edge(table, row, fills)
        if edge is not None:
            _insert_edge(table, row, edge)
    _part_tall(table)


def _colour_edge(table: PageTable, row: int, fills: Sequence[Fill]) -> float | None:
    """Where the colour of a cell of one row changes between two lines; strips of one colour are one area."""
    top, bottom = table.ys[row], table.ys[row + 1]
    cells = [cell for cell in table.cells if cell.region.row <= row < cell.region.row_end]
    own = [cell for cell in cells if cell.region.row_end - cell.region.row == 1]
    for fill in fills:
        for edge in (fill.box.y0, fill.box.y1):
            if top + LOWEST_BAND < edge < bottom - LOWEST_BAND and any(
                _spans(fill.box, cell.region.box) and _changes(cell.region.box, edge, fills) for cell in own
            ):
                lines = [line for cell in cells for line in cell.lines if top < line.middle < bottom]
                both = any(line.middle < edge for line in lines) and any(line.middle > edge for line in lines)
                if both and not any(_stands_on(line, edge) for line in lines):
                    return edge
    return None


def _spans(fill: Box, cell: Box) -> bool:
    return abs(fill.x0 - cell.x0) <= SAME_EDGE and abs(fill.x1 - cell.x1) <= SAME_EDGE


def _changes(cell: Box, edge: float, fills: Sequence[Fill]) -> bool:
    return _colour(cell, edge - SAME_EDGE, fills) != _colour(cell, edge + SAME_EDGE, fills)


def _colour(cell: Box, y: float, fills: Sequence[Fill]) -> tuple[int, int, int] | None:
    x, _ = cell.center
    return next((f.color for f in reversed(fills) if f.box.x0 < x < f.box.x1 and f.box.y0 <= y <= f.box.y1), None)


def _stands_on(line: Line, edge: float) -> bool:
    return line.box.y0 + INSIDE_LINE < edge < line.box.y1 - INSIDE_LINE


def _insert_edge(table: PageTable, row: int, edge: float) -> None:
    """Make two rows of one; cells that reach over it grow by a row."""
    table.ys.insert(row + 1, edge)
    for cell in list(table.cells):
        region = cell.region
        inside = region.row == row and region.row_end == row + 1
        region.row += region.row > row
        region.row_end += region.row_end > row
        if inside:
            _cut(table, cell, [row + 1])
    table.signs.append("baris dipisah menurut arsiran")


@dataclass(slots=True)
class _Tall:
    """A cell over several bands: its lines by band, and the score of cutting it at the edges between them."""

    cell: PageCell
    lines: dict[int, list[Line]]
    score: float
    edges: list[int]


def _part_tall(table: PageTable) -> None:
    """Cut the cells over several bands that merely lack horizontal rules where other columns rule the bands.

    Each has a score, the sum over its edges. A cell with text on one band at most goes with those beside it, unless
    it stands left of them, as a merged one does, or in the middle of its bands.
    """
    tall = [cell for cell in table.cells if cell.region.row_end - cell.region.row > 1]
    if not tall:
        return
    pitch = pitch_of([cell.lines for cell in table.cells])
    first = _first_lines(table)
    groups: dict[tuple[int, int], list[_Tall]] = defaultdict(list)
    for cell in tall:
        groups[cell.region.row, cell.region.row_end].append(_judge(cell, table.ys, first, pitch))
    for alike in groups.values():
        parted = [one for one in alike if one.score > 0]
        left = min((one.cell.region.column for one in parted), default=0)
        for one in alike:
            if one in parted or (parted and _goes_along(one, left, table.ys)):
                _cut(table, one.cell, one.edges)
        if parted:
            table.signs.append("kolom tanpa garis mendatar")
    table.cells.sort(key=lambda cell: (cell.region.row, cell.region.column))


def _first_lines(table: PageTable) -> dict[int, list[Line]]:
    """By band, the first line of each cell that is ruled there."""
    found: dict[int, list[Line]] = defaultdict(list)
    for cell in table.cells:
        if cell.lines and cell.region.row_end - cell.region.row == 1:
            found[cell.region.row].append(cell.lines[0])
    return found


def _judge(cell: PageCell, ys: Sequence[float], first: dict[int, list[Line]], pitch: float) -> _Tall:
    region = cell.region
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in cell.lines:
        lines[bisect_right(ys, line.middle, region.row + 1, region.row_end) - 1].append(line)
    rows = range(region.row, region.row_end)
    score = MERGED + EMPTY * sum(row in first and row not in lines for row in rows)
    edges = list(rows)[1:]
    filled = sorted(lines)
    for above, below in zip(filled, filled[1:], strict=False):
        upper, lower = lines[above][-1], lines[below][0]
        at = between(upper, lower, pitch)
        if below in first:
            at += BESIDE if any(same_height(lower, line) for line in first[below]) else OFF
        if any(_stands_on(line, ys[below]) for line in (upper, lower)):
            at += CROSSED
        score += at
        if at < 0 and below == above + 1:
            edges.remove(below)
    return _Tall(cell, lines, score, edges)


def _goes_along(one: _Tall, left: int, ys: Sequence[float]) -> bool:
    region = one.cell.region
    if not one.lines:
        return True
    if len(one.lines) > 1 or region.column < left:
        return False
    lines = one.cell.lines
    middle, height = (lines[0].box.y0 + lines[-1].box.y1) / 2, lines[0].box.height
    return abs(middle - (ys[region.row] + ys[region.row_end]) / 2) > height


def _cut(table: PageTable, cell: PageCell, edges: Sequence[int]) -> None:
    """Put a cell of its own between every two of a cell's edges, given by the number of the row below each."""
    table.cells.remove(cell)
    table.cells.extend(_pieces(cell, edges, table.ys))


def _pieces(cell: PageCell, edges: Sequence[int], ys: Sequence[float]) -> Iterator[PageCell]:
    region = cell.region
    bounds = [region.row, *edges, region.row_end]
    for top, bottom in zip(bounds, bounds[1:], strict=False):
        box = region.box._replace(y0=ys[top], y1=ys[bottom])
        lines = [line for line in cell.lines if top <= _row_of(line, region.row, region.row_end, ys) < bottom]
        yield PageCell(replace(region, row=top, row_end=bottom, box=box), lines)


def _row_of(line: Line, first: int, last: int, ys: Sequence[float]) -> int:
    return bisect_right(ys, line.middle, first + 1, last) - 1
