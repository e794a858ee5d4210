"""Running headers and footers in ruled boxes that touch a table: rows that are the page's, not the table's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.pages.furniture import FEWEST_PAGES, SAME_HEIGHT, SHARE_OF_PAGES, plain
from pipeline.pages.model import Page
from pipeline.tables.page_table import PageCell, PageTable


@dataclass(frozen=True, slots=True)
class _Edge:
    """The first or last row of a page's table, where one cell of it holds text."""

    page: Page
    table: PageTable
    row: int
    cell: PageCell
    distance: float  # from the nearer edge of the page


def drop_running_rows(pages: Sequence[Page], tables: Mapping[int, Sequence[PageTable]]) -> None:
    """Take rows out of tables that print the same line, figures aside, at the same height on page after page.

    Their words become running headers or footers of their pages.
    """
    groups: dict[str, list[_Edge]] = defaultdict(list)
    for page in pages:
        for table in tables[page.number]:
            for edge in _edges(page, table):
                groups[plain(edge.cell.text)].append(edge)
    needed = max(FEWEST_PAGES, SHARE_OF_PAGES * len(pages))
    for edges in groups.values():
        level = [one for one in edges if abs(one.distance - edges[0].distance) <= SAME_HEIGHT]
        if len({one.page.number for one in level}) >= needed:
            for edge in level:
                _drop(edge)


def _edges(page: Page, table: PageTable) -> list[_Edge]:
    found = []
    last = len(table.ys) - 2
    for row in {0, last} if last > 1 else ():
        cells = [cell for cell in table.cells if cell.region.row <= row < cell.region.row_end and cell.lines]
        only = cells[0] if len(cells) == 1 else None
        if only and only.region.row_end - only.region.row == 1 and len(only.lines) == 1:
            middle = only.lines[0].middle
            found.append(_Edge(page, table, row, only, min(middle, page.height - middle)))
    return found


def _drop(edge: _Edge) -> None:
    table, row = edge.table, edge.row
    words = {id(word) for line in edge.cell.lines for word in line.words}
    edge.page.words = [word for word in edge.page.words if id(word) not in words]
    edge.page.furniture.extend(word for line in edge.cell.lines for word in line.words)
    table.ys.pop(row if row == 0 else row + 1)
    kept = []
    for cell in table.cells:
        region = cell.region
        top = region.row - (region.row > row)
        bottom = region.row_end - (region.row_end > row)
        if bottom > top:
            box = region.box._replace(y0=table.ys[top], y1=table.ys[bottom])
            cell.region = replace(region, row=top, row_end=bottom, box=box)
            kept.append(cell)
    table.cells = kept
    _drop_edges(table)


def _drop_edges(table: PageTable) -> None:
    """Forget column edges at which no cell begins or ends any more."""
    used = sorted({edge for cell in table.cells for edge in (cell.region.column, cell.region.column_end)})
    place = {old: new for new, old in enumerate(used)}
    for cell in table.cells:
        cell.region = replace(cell.region, column=place[cell.region.column], column_end=place[cell.region.column_end])
    table.xs = [table.xs[edge] for edge in used]
