"""Rows that the rules do not tell apart: missing horizontals, columns without any, shading instead of rules."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipeline.pages.model import Box, Fill
from pipeline.tables.page_table import PageCell, PageTable

SINGLE_VALUE = re.compile(r"[\(\[]?[\dIVXivx]{1,6}[.)\]]?|[a-zA-Z][.)]?|(?:Rp\.?\s*)?[\d.,]+\s*%?|-")
LABEL = re.compile(r"\(?(?:\d{1,3}|[IVXLC]{1,5}|[A-Za-z])[.)]?|\d+(?:\s*\.\s*\d+)+\.?")
SAME_EDGE = 2.5
LOWEST_BAND = 5.0
VALUED_SHARE = 0.5


def split_at_fills(table: PageTable, fills: Sequence[Fill]) -> None:
    """Cut a row where the shading of one of its cells ends halfway and no line of text crosses that height."""
    for row in reversed(range(len(table.ys) - 1)):
        edge = _shading_edge(table, row, fills)
        if edge is not None:
            _insert_edge(table, row, edge)


def _shading_edge(table: PageTable, row: int, fills: Sequence[Fill]) -> float | None:
    top, bottom = table.ys[row], table.ys[row + 1]
    cells = [cell for cell in table.cells if cell.region.row <= row < cell.region.row_end]
    own = [cell for cell in cells if cell.region.row_end - cell.region.row == 1]
    for fill in fills:
        for edge, other, anchor in ((fill.box.y1, fill.box.y0, top), (fill.box.y0, fill.box.y1, bottom)):
            halfway = top + LOWEST_BAND < edge < bottom - LOWEST_BAND and abs(other - anchor) <= SAME_EDGE
            if halfway and any(_spans(fill.box, cell.region.box) for cell in own):
                lines = [line for cell in cells for line in cell.lines if top < line.middle < bottom]
                crossed = any(line.box.y0 + 1 < edge < line.box.y1 - 1 for line in lines)
                both = any(line.middle < edge for line in lines) and any(line.middle > edge for line in lines)
                if both and not crossed:
                    return edge
    return None


def _spans(fill: Box, cell: Box) -> bool:
    return abs(fill.x0 - cell.x0) <= SAME_EDGE and abs(fill.x1 - cell.x1) <= SAME_EDGE


def _insert_edge(table: PageTable, row: int, edge: float) -> None:
    """Make two rows of one; cells that reach over it grow by a row."""
    table.ys.insert(row + 1, edge)
    added: list[PageCell] = []
    for cell in table.cells:
        region = cell.region
        inside = region.row == row and region.row_end == row + 1
        region.row += region.row > row
        region.row_end += region.row_end > row
        if inside:
            below = replace(region, row=row + 1, row_end=row + 2, box=region.box._replace(y0=edge))
            added.append(PageCell(below, [line for line in cell.lines if line.middle > edge]))
            cell.region = replace(region, row=row, row_end=row + 1, box=region.box._replace(y1=edge))
            cell.lines = [line for line in cell.lines if line.middle <= edge]
    table.cells.extend(added)
    table.cells.sort(key=lambda cell: (cell.region.row, cell.region.column))
    table.signs.append("baris dipisah menurut arsiran")


def split_unruled(table: PageTable) -> None:
    """Cut columns that merely lack horizontal rules where other columns rule the bands.

    A region over several bands is unruled, not merged, when it holds nothing but single values, each alone on
    its band, on half of the bands at least, and no region over some of them holds exactly one: that one would be
    merged.
    A text beside an ordinal or code on each of its bands is unruled too.
    """
    tall = [cell for cell in table.cells if cell.region.row_end - cell.region.row > 1]
    groups: dict[tuple[int, int], list[PageCell]] = defaultdict(list)
    for cell in tall:
        groups[cell.region.row, cell.region.row_end].append(cell)
    for (top, bottom), alike in groups.items():
        counts = [_values_on_bands(cell, table.ys) for cell in alike]
        merged = any(
            top <= c.region.row and c.region.row_end <= bottom and _values_on_bands(c, table.ys) == 1 for c in tall
        )
        if not merged and max(counts) >= max(2, VALUED_SHARE * _texts_on_bands(table, top, bottom)):
            table.signs.append("kolom tanpa garis mendatar")
            for cell in alike:
                _split_by_band(table, cell)
    for cell in tall:
        if cell in table.cells and _beside_labels(table, cell):
            table.signs.append("garis antarbaris hilang")
            _split_by_band(table, cell)
    table.cells.sort(key=lambda cell: (cell.region.row, cell.region.column))


def _texts_on_bands(table: PageTable, top: int, bottom: int) -> int:
    """How many bands of top..bottom hold a ruled cell of their own with text."""
    return len(
        {
            cell.region.row
            for cell in table.cells
            if cell.lines and cell.region.row_end - cell.region.row == 1 and top <= cell.region.row < bottom
        }
    )


def _bands(cell: PageCell, ys: Sequence[float]) -> list[int]:
    return [bisect_right(ys, line.middle) - 1 for line in cell.lines]


def _values_on_bands(cell: PageCell, ys: Sequence[float]) -> int:
    """How many single values the cell holds, each alone on its band; -1 where it holds anything else."""
    bands = _bands(cell, ys)
    if len(set(bands)) < len(bands) or not all(SINGLE_VALUE.fullmatch(line.text) for line in cell.lines):
        return -1
    return len(bands)


def _beside_labels(table: PageTable, cell: PageCell) -> bool:
    """Whether each band of the cell has text of its own and, just left of it, an ordinal or code of its own."""
    region = cell.region
    rows = set(range(region.row, region.row_end))
    if set(_bands(cell, table.ys)) != rows:
        return False
    labelled = {
        other.region.row
        for other in table.cells
        if other.region.column_end == region.column
        and other.region.row_end - other.region.row == 1
        and LABEL.fullmatch(other.text)
    }
    return rows <= labelled


def _split_by_band(table: PageTable, cell: PageCell) -> None:
    region = cell.region
    table.cells.remove(cell)
    for row in range(region.row, region.row_end):
        top, bottom = table.ys[row], table.ys[row + 1]
        part = replace(region, row=row, row_end=row + 1, box=region.box._replace(y0=top, y1=bottom))
        lines = [line for line in cell.lines if bisect_right(table.ys, line.middle) - 1 == row]
        table.cells.append(PageCell(part, lines))
