"""Frames that hold more than one table: one below the other under a title or header of its own, or side by side.

Signs add up, as they do for people: a title across the whole frame, a header that is printed again or has columns of
its own, the row that numbers the columns, the look of the first header. No single one parts a frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

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


def tables_apart(table: PageTable) -> tuple[list[PageTable], list[Word]]:
    """The tables that a frame holds, and the words of the titles between them, which no table holds."""
    starts = [(0, 0), *_beginnings(table)]
    ends = [*(start for start, _ in starts[1:]), len(table.ys) - 1]
    titles = [cell for start, head in starts for cell in _between(table, start, head)]
    bodies = [_between(table, head, end) for (_, head), end in zip(starts, ends, strict=True)]
    words = [word for cell in titles for line in cell.lines for word in line.words]
    return [beside for body in bodies for beside in _side_by_side(_piece(table, body))], words


def _beginnings(table: PageTable) -> list[tuple[int, int]]:
    """By table after the first, the row where its title begins, and the one where its header does."""
    found: list[tuple[int, int]] = []
    first = _after_titles(table, 0)
    rows = len(table.ys) - 1
    row = first + 1
    while row < rows:
        head = _after_titles(table, row)
        if head < rows - 1 and _is_edge(table, row) and _signs(table, first, row, head) >= PARTS:
            found.append((row, head))
            first = head
        row = head + 1
    return found


def _signs(table: PageTable, first: int, row: int, head: int) -> int:
    """What speaks for a new table: its title begins at `row`, its header at `head`; the one above begins at `first`."""
    if not _is_header(table, head):
        return 0
    titles = [cell for cell in _between(table, row, head)]
    again = any(_titled(table, other, first) for other in _rows_like(table, head))
    signs = TITLE * any(cell.lines for cell in titles) + GAP * any(not cell.lines for cell in titles)
    signs += HEADER_AGAIN * again
    signs += NUMBERED * (not again and any(_numbers_columns(table, below) for below in (head + 1, head + 2)))
    signs += _other_columns(table, first, row, head)
    alike = _look(table, head) == _look(table, first) != _look(table, row - 1)
    return signs + LOOK * alike


def _rows_like(table: PageTable, row: int) -> list[int]:
    """The other rows with the same texts."""
    texts = table.row_texts(row)
    return [other for other in range(len(table.ys) - 1) if other != row and table.row_texts(other) == texts]


def _titled(table: PageTable, row: int, first: int) -> bool:
    """Whether a row stands right under a title, or is the first one of the table above."""
    return row == first or any(_width(cell) == len(table.xs) - 1 and cell.region.row_end == row for cell in table.cells)


def _after_titles(table: PageTable, row: int) -> int:
    """The first row from `row` on that is more than one cell across the frame."""
    across = {(cell.region.row, cell.region.row_end) for cell in table.cells if _width(cell) == len(table.xs) - 1}
    while following := next((end for start, end in across if start == row), None):
        row = following
    return row


def _width(cell: PageCell) -> int:
    return cell.region.column_end - cell.region.column


def _is_edge(table: PageTable, row: int) -> bool:
    return not any(cell.region.row < row < cell.region.row_end for cell in table.cells)


def _is_header(table: PageTable, row: int) -> bool:
    """Whether a row could be the first one of a header: words in nearly all its cells, and no figure."""
    cells = [cell for cell in table.cells if cell.region.row == row]
    named = [cell for cell in cells if any(char.isalpha() for char in cell.text)]
    figures = any(FIGURE.fullmatch(cell.text) for cell in cells)
    return len(named) >= 2 and len(named) >= NAMED * len(cells) and not figures


def _numbers_columns(table: PageTable, row: int) -> bool:
    texts = [cell.text for cell in table.cells if cell.region.row == row and cell.lines]
    numbers = [int(match[1]) for text in texts if (match := COLUMN_NUMBER.fullmatch(text))]
    return len(numbers) == len(texts) > 1 and all(b > a for a, b in zip(numbers, numbers[1:], strict=False))


def _other_columns(table: PageTable, first: int, row: int, head: int) -> int:
    """What it says that the columns below are not those above: each has edges of its own, and they share few."""
    above = _inner_edges(table, _between(table, first, row))
    below = _inner_edges(table, _between(table, head, len(table.ys) - 1))
    own = min(len(above - below), len(below - above))
    if not own or len(above & below) > SHARED_EDGES * min(len(above), len(below)):
        return 0
    return OTHER_COLUMNS + SEVERAL * (own > 1)


def _inner_edges(table: PageTable, cells: Sequence[PageCell]) -> set[int]:
    edges = {edge for cell in cells for edge in (cell.region.column, cell.region.column_end)}
    return edges - {0, len(table.xs) - 1}


def _look(table: PageTable, row: int) -> tuple[bool, tuple[int, int, int] | None]:
    """Whether the words of a row are bold, and the fill of its first cell."""
    cells = [cell for cell in table.cells if cell.region.row == row and cell.lines]
    bold = all(line.bold for cell in cells for line in cell.lines)
    return bold, cells[0].fill if cells else None


def _side_by_side(table: PageTable) -> Iterator[PageTable]:
    """A table as the tables that stand in it beside one another; titles over all of them stay with the first."""
    top = _after_titles(table, 0)
    body = _between(table, top, len(table.ys) - 1)
    for edge in range(2, len(table.xs) - 2):
        if any(cell.region.column < edge < cell.region.column_end for cell in body):
            continue
        left = [cell for cell in body if cell.region.column < edge]
        right = [cell for cell in body if cell.region.column >= _after_gap(table, body, edge)]
        if _differ_in_rows(left, right) or _same_header(left, right, top):
            titles = _between(table, 0, top)
            yield _piece(table, [*titles, *left])
            yield from _side_by_side(_piece(table, right))
            return
    yield table


def _after_gap(table: PageTable, body: Sequence[PageCell], edge: int) -> int:
    """The edge right of a narrow strip without words that begins at `edge`; `edge` itself where there is none."""
    strip = [cell for cell in body if cell.region.column == edge]
    empty = all(not cell.lines and _width(cell) == 1 for cell in strip)
    return edge + 1 if empty and table.xs[edge + 1] - table.xs[edge] < NARROW else edge


def _differ_in_rows(left: Sequence[PageCell], right: Sequence[PageCell]) -> bool:
    """Whether the row edges on either side are others: in one table, merged cells end where others end too."""
    a, b = ({cell.region.row for cell in side if cell.region.row > 0} for side in (left, right))
    few = min(len(a), len(b))
    return few >= FEWEST_EDGES and len(a & b) <= LEVEL_ROWS * few


def _same_header(left: Sequence[PageCell], right: Sequence[PageCell], top: int) -> bool:
    """Whether both sides have the same header: a long table in two halves."""
    a, b = ([cell.text.casefold() for cell in side if cell.region.row == top] for side in (left, right))
    return a == b and len(a) > 1 and all(any(char.isalpha() for char in text) for text in a)


def _between(table: PageTable, first: int, last: int) -> list[PageCell]:
    """The cells that begin in the rows first..last, `last` excluded."""
    return [cell for cell in table.cells if first <= cell.region.row < last]


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
