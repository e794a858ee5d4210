"""Row bands where only some columns are ruled: cells that lack the rules beside them, and colours that part rows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.pages.lines import Line
from pipeline.pages.model import Box, Fill
from pipeline.tables.page_table import PageCell, PageTable
from pipeline.tables.row_evidence import CROSSED, beside, between, pitch_of
from pipeline.tables.unruled_model import UNSURE_ROWS

DIGIT = re.compile(r"\d")
SAME_EDGE = 2.5  # points between the edge of a fill and that of its cell
LOWEST_BAND = 5.0  # points: lower than a line of text
INSIDE_LINE = 1.0  # points of a line on each side of an edge that it stands on
MERGED = -2.0  # what speaks for a merged cell wherever a rule is not drawn
MERGED_LEFT = -4.0  # the same where the leftmost cell over the same bands is merged: rows begin on the left
SUPPORT = 0.5  # of the score of the surest cell over the same bands: what it says of those beside it
DOUBT = 1.0  # a score nearer to 0 says hardly more for one reading than for the other
EMPTY = -0.5  # a band that is filled beside a cell, and empty in it


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
    """A cell over several bands: its lines by band, and a score for the edge above each filled band but the first."""

    cell: PageCell
    lines: dict[int, list[Line]]
    scores: dict[int, float]
    merged: float

    @property
    def total(self) -> float:
        return self.merged + sum(self.scores.values())

    @property
    def edges(self) -> list[int]:
        """Where it is cut: everywhere but where its text runs on."""
        first, last = self.cell.region.row, self.cell.region.row_end
        return [row for row in range(first + 1, last) if self.scores.get(row, 0.0) >= 0 or row - 1 not in self.lines]


def _part_tall(table: PageTable) -> None:
    """Cut the cells over several bands that merely lack horizontal rules where other columns rule the bands.

    Each has a score, the sum over its edges; what the surest cell over the same bands says of an edge counts for the
    others. A cell with text on one band at most, unless in the middle, goes with the leftmost of those bands.
    """
    groups: dict[tuple[int, int], list[PageCell]] = defaultdict(list)
    for cell in table.cells:
        if cell.region.row_end - cell.region.row > 1:
            groups[cell.region.row, cell.region.row_end].append(cell)
    pitch = pitch_of([cell.lines for cell in table.cells]) if groups else 0.0
    first = _first_lines(table.cells)
    for cells in sorted(groups.values(), key=lambda cells: cells[0].region.column):
        alike = [_judge(cell, table.ys, first, pitch) for cell in cells]
        parted, margin = _parted(alike, table.ys)
        if abs(margin) < DOUBT and any(_is_figures(cell) for cell in cells):
            table.signs.append(UNSURE_ROWS)
            for cell in cells:
                cell.unsure = True
        for one in parted:
            pieces = _cut(table, one.cell, one.edges)
            for row, lines in _first_lines(pieces).items():
                first[row] += lines
        if parted:
            table.signs.append("kolom tanpa garis mendatar")
    table.cells.sort(key=lambda cell: (cell.region.row, cell.region.column))


def _parted(alike: Sequence[_Tall], ys: Sequence[float]) -> tuple[list[_Tall], float]:
    """The cells over the same bands, in order of their columns, that are to be cut, and the score that says so.

    Where the leftmost is, the bands are rows, and the others need no more than not to speak against it.
    """
    surest = max(alike, key=lambda one: one.total)
    rows = alike[0].total > 0
    margin = surest.total + (0.0 if rows or surest is alike[0] else MERGED_LEFT)
    if margin <= 0:
        return [], margin
    for one in alike:
        if one is not surest:
            one.scores = {row: at + SUPPORT * surest.scores.get(row, 0.0) for row, at in one.scores.items()}
    if not rows:
        return [one for one in alike if one.total + MERGED_LEFT > 0], margin
    alone = [one for one in alike if len(one.lines) < 2 and not _in_middle(one, ys)]
    return [one for one in alike if one in alone or one.total > one.merged], margin


def _is_figures(cell: PageCell) -> bool:
    return len(cell.lines) > 1 and all(DIGIT.search(line.text) for line in cell.lines)


def _first_lines(cells: Iterable[PageCell]) -> dict[int, list[Line]]:
    """By band, the first line of each cell that is ruled there."""
    found: dict[int, list[Line]] = defaultdict(list)
    for cell in cells:
        if cell.lines and cell.region.row_end - cell.region.row == 1:
            found[cell.region.row].append(cell.lines[0])
    return found


def _judge(cell: PageCell, ys: Sequence[float], first: dict[int, list[Line]], pitch: float) -> _Tall:
    region = cell.region
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in cell.lines:
        lines[_row_of(line, region.row, region.row_end, ys)].append(line)
    empty = sum(row in first and row not in lines for row in range(region.row, region.row_end))
    scores = {}
    for above, below in pairwise(sorted(lines)):
        upper, lower = lines[above][-1], lines[below][0]
        scores[below] = between(upper, lower, pitch)
        if below in first:
            scores[below] += beside(lower, first[below])
        if any(_stands_on(line, ys[below]) for line in (upper, lower)):
            scores[below] += CROSSED
    return _Tall(cell, lines, scores, MERGED + EMPTY * empty)


def _in_middle(one: _Tall, ys: Sequence[float]) -> bool:
    """Whether its one text is set around the middle of the bands, as in a merged cell."""
    lines, region = one.cell.lines, one.cell.region
    if not lines:
        return False
    middle = (lines[0].box.y0 + lines[-1].box.y1) / 2
    return abs(middle - (ys[region.row] + ys[region.row_end]) / 2) <= lines[0].box.height


def _cut(table: PageTable, cell: PageCell, edges: Sequence[int]) -> list[PageCell]:
    """Put a cell of its own between every two of a cell's edges, given by the number of the row below each."""
    table.cells.remove(cell)
    pieces = list(_pieces(cell, edges, table.ys))
    table.cells.extend(pieces)
    return pieces


def _pieces(cell: PageCell, edges: Sequence[int], ys: Sequence[float]) -> Iterator[PageCell]:
    region = cell.region
    bounds = [region.row, *edges, region.row_end]
    for top, bottom in pairwise(bounds):
        box = region.box._replace(y0=ys[top], y1=ys[bottom])
        lines = [line for line in cell.lines if top <= _row_of(line, region.row, region.row_end, ys) < bottom]
        yield PageCell(replace(region, row=top, row_end=bottom, box=box), lines, unsure=cell.unsure)


def _row_of(line: Line, first: int, last: int, ys: Sequence[float]) -> int:
    return bisect_right(ys, line.middle, first + 1, last) - 1
