"""Frames that hold more than one table: one below the other under a title or header of its own, or side by side.

Signs add up, as they do for people: a title across the whole frame, a header that is printed again or has columns of
its own, the row that numbers the columns, the look of the first header. No single one parts a frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from operator import or_

from pipeline.pages.model import Word
from pipeline.tables.page_table import PageCell, PageTable

PARTS = 3  # the sum of signs from which on a header begins a table of its own
HEADER_AGAIN, OTHER_COLUMNS, SEVERAL, NUMBERED, TITLE, GAP, LOOK = 2, 2, 1, 2, 1, 1, 1
SHARED_EDGES = 0.5  # of the fewer inner edges: with more in common, two column grids are one
NAMED = 0.7  # of the cells of a header: as many have words
LEVEL_ROWS = 0.25  # of the fewer row edges: with more of them level, what stands side by side is one table
FEWEST_EDGES = 3  # between rows on either side, before it counts that they differ
NARROW = 14.0  # points: no column of text is narrower, but the gap between two tables is
FIGURE = re.compile(r"(?:Rp\.?)?[\s\d.,()%-]*\d[\s\d.,()%-]*", re.IGNORECASE)
COLUMN_NUMBER = re.compile(r"\(?(\d{1,2})\)?")


class _Grid:
    """A table's cells by the row in which they begin, its rows of one cell, and the row edges that cells cross."""

    def __init__(self, table: PageTable) -> None:
        self.table = table
        self.rows: list[list[PageCell]] = [[] for _ in table.ys[1:]]
        self.across: dict[int, int] = {}
        self.crossed: set[int] = set()
        for cell in table.cells:
            region = cell.region
            self.rows[region.row].append(cell)
            self.crossed.update(range(region.row + 1, region.row_end))
            if _width(cell) == len(table.xs) - 1:
                self.across[region.row] = region.row_end

    def between(self, first: int, last: int) -> list[PageCell]:
        """The cells that begin in the rows first..last, `last` excluded."""
        return [cell for row in self.rows[first:last] for cell in row]

    def after_titles(self, row: int) -> int:
        """The first row from `row` on that is more than one cell across the frame."""
        while row in self.across:
            row = self.across[row]
        return row

    def titled(self, row: int) -> bool:
        """Whether a row stands right under one that is a single cell."""
        return row in self.across.values()


def tables_apart(table: PageTable) -> tuple[list[PageTable], list[Word]]:
    """The tables that a frame holds, and the words of the titles between them, which no table holds."""
    grid = _Grid(table)
    starts = [(0, 0), *_beginnings(grid)]
    ends = [*(start for start, _ in starts[1:]), len(grid.rows)]
    titles = [cell for start, head in starts for cell in grid.between(start, head)]
    bodies = [grid.between(head, end) for (_, head), end in zip(starts, ends, strict=True)]
    words = [word for cell in titles for line in cell.lines for word in line.words]
    return [beside for body in bodies for beside in _side_by_side(_piece(table, body))], words


def _beginnings(grid: _Grid) -> list[tuple[int, int]]:
    """By table after the first, the row where its title begins, and the one where its header does."""
    found: list[tuple[int, int]] = []
    first = grid.after_titles(0)
    row = first + 1
    while (head := grid.after_titles(row)) < len(grid.rows) - 1:
        if row not in grid.crossed and _is_header(grid.rows[head]) and _signs(grid, first, row, head) >= PARTS:
            found.append((row, head))
            first = head
        row = head + 1
    return found


def _is_header(cells: Sequence[PageCell]) -> bool:
    """Whether a row could be the first one of a header: words in nearly all its cells, and no figure."""
    named = [cell for cell in cells if any(char.isalpha() for char in cell.text)]
    figures = any(FIGURE.fullmatch(cell.text) for cell in cells)
    return len(named) >= 2 and len(named) >= NAMED * len(cells) and not figures


def _signs(grid: _Grid, first: int, row: int, head: int) -> int:
    """What speaks for a new table: its title begins at `row`, its header at `head`; the one above begins at `first`."""
    titles = grid.between(row, head)
    signs = TITLE * any(cell.lines for cell in titles) + GAP * any(not cell.lines for cell in titles)
    if _is_again(grid, first, head):
        signs += HEADER_AGAIN
    elif any(_numbers_columns(cells) for cells in grid.rows[head + 1 : head + 3]):
        signs += NUMBERED
    alike = _look(grid.rows[head]) == _look(grid.rows[first]) != _look(grid.rows[row - 1])
    return signs + _other_columns(grid, first, row, head) + LOOK * alike


def _is_again(grid: _Grid, first: int, head: int) -> bool:
    """Whether a header reads as the one of the table above, or as another row that stands under a title."""
    texts = grid.table.row_texts(head)
    others = [row for row in range(len(grid.rows)) if row == first or (row != head and grid.titled(row))]
    return any(grid.table.row_texts(row) == texts for row in others)


def _numbers_columns(cells: Sequence[PageCell]) -> bool:
    texts = [cell.text for cell in cells if cell.lines]
    numbers = [int(match[1]) for text in texts if (match := COLUMN_NUMBER.fullmatch(text))]
    return len(numbers) == len(texts) > 1 and all(b > a for a, b in pairwise(numbers))


def _other_columns(grid: _Grid, first: int, row: int, head: int) -> int:
    """What it says that the columns below are not those above: each has edges of its own, and they share few."""
    above, below = _edges(grid.between(first, row)), _edges(grid.between(head, len(grid.rows)))
    outer = {0, len(grid.table.xs) - 1}
    above, below = above - outer, below - outer
    own = min(len(above - below), len(below - above))
    if not own or len(above & below) > SHARED_EDGES * min(len(above), len(below)):
        return 0
    return OTHER_COLUMNS + SEVERAL * (own > 1)


def _edges(cells: Sequence[PageCell]) -> set[int]:
    return {edge for cell in cells for edge in (cell.region.column, cell.region.column_end)}


def _look(cells: Sequence[PageCell]) -> tuple[bool, tuple[int, int, int] | None]:
    """Whether the words of a row are bold, and the fill of its first cell with words."""
    worded = [cell for cell in cells if cell.lines]
    return all(line.bold for cell in worded for line in cell.lines), worded[0].fill if worded else None


def _side_by_side(table: PageTable) -> Iterator[PageTable]:
    """A table as the tables that stand in it beside one another; titles over all of them stay with the first."""
    grid = _Grid(table)
    top = grid.after_titles(0)
    body = grid.between(top, len(grid.rows))
    header = grid.rows[top] if body else []
    crossed = {edge for cell in body for edge in range(cell.region.column + 1, cell.region.column_end)}
    columns: list[list[PageCell]] = [[] for _ in table.xs[1:]]
    for cell in body:
        columns[cell.region.column].append(cell)
    begin = [{cell.region.row for cell in column} - {0} for column in columns]
    before, behind = list(accumulate(begin, or_)), list(accumulate(reversed(begin), or_))[::-1]
    for edge in range(2, len(table.xs) - 2):
        after = _after_gap(table, columns[edge], edge)
        differ = _differ_in_rows(before[edge - 1], behind[after])
        if edge not in crossed and (differ or _same_header(header, edge, after)):
            yield _piece(table, [*grid.between(0, top), *_with_words(_left(body, edge))])
            yield from _side_by_side(_piece(table, _with_words(_right(body, after))))
            return
    yield table


def _left(cells: Sequence[PageCell], edge: int) -> list[PageCell]:
    return [cell for cell in cells if cell.region.column < edge]


def _right(cells: Sequence[PageCell], edge: int) -> list[PageCell]:
    return [cell for cell in cells if cell.region.column >= edge]


def _after_gap(table: PageTable, strip: Sequence[PageCell], edge: int) -> int:
    """The edge right of a narrow strip without words that begins at `edge`; `edge` itself where there is none."""
    if table.xs[edge + 1] - table.xs[edge] >= NARROW:
        return edge
    return edge + 1 if all(not cell.lines and _width(cell) == 1 for cell in strip) else edge


def _differ_in_rows(left: set[int], right: set[int]) -> bool:
    """Whether the row edges on either side are others: in one table, merged cells end where others end too."""
    few = min(len(left), len(right))
    return few >= FEWEST_EDGES and len(left & right) <= LEVEL_ROWS * few


def _same_header(header: Sequence[PageCell], edge: int, after: int) -> bool:
    """Whether both sides have the same header: a long table in two halves."""
    left, right = ([cell.text.casefold() for cell in side] for side in (_left(header, edge), _right(header, after)))
    return left == right and len(left) > 1 and all(any(char.isalpha() for char in text) for text in left)


def _with_words(cells: Sequence[PageCell]) -> list[PageCell]:
    """The cells from the first words to the last: the frame above or below the shorter of two tables is no row."""
    rows = [cell.region.row for cell in cells if cell.lines]
    return [cell for cell in cells if rows and rows[0] <= cell.region.row <= rows[-1]]


def _width(cell: PageCell) -> int:
    return cell.region.column_end - cell.region.column


def _piece(table: PageTable, cells: Sequence[PageCell]) -> PageTable:
    """Some cells of a table as one of their own, with the edges at which they begin and end."""
    if len(cells) == len(table.cells):
        return table
    rows = sorted({edge for cell in cells for edge in (cell.region.row, cell.region.row_end)})
    columns = sorted({edge for cell in cells for edge in (cell.region.column, cell.region.column_end)})
    row, column = ({old: new for new, old in enumerate(edges)} for edges in (rows, columns))
    for cell in cells:
        region = cell.region
        top, bottom = row[region.row], row[region.row_end]
        left, right = column[region.column], column[region.column_end]
        cell.region = replace(region, row=top, column=left, row_end=bottom, column_end=right)
    xs, ys = [table.xs[edge] for edge in columns], [table.ys[edge] for edge in rows]
    return replace(table, xs=xs, ys=ys, cells=list(cells), signs=list(table.signs))
