"""Unruled tables that go on over pages: one set of column edges for all parts, so that they can be joined.

Column edges of an unruled table come from its words, so they differ a little from page to page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.tables.page_table import PageTable
from pipeline.tables.scanned import SCANNED

RULED = ("lattice", "arsiran", SCANNED)
FARTHEST = 30.0  # points between the outer edges of two parts


def align_columns(pages: Sequence[Sequence[PageTable]]) -> None:
    """Give the last unruled table of a page and the first one of the next the same edges, where their words allow it.

    `pages` are the tables of successive pages, from top to bottom. Whether they are one table is not decided here.
    """
    chain: list[PageTable] = []
    for tables in pages:
        if not tables or not chain or not _fit([*chain, tables[0]]):
            _settle(chain)
            chain = []
        else:
            chain.append(tables[0])
            if len(tables) == 1:
                continue
            _settle(chain)
            chain = []
        if tables:
            chain = [tables[-1]]
    _settle(chain)


def _settle(chain: Sequence[PageTable]) -> None:
    if len(chain) > 1:
        xs = _common_edges(chain)
        for table in chain:
            _move(table, xs)


def _fit(chain: Sequence[PageTable]) -> bool:
    """Whether tables are unruled, have as many columns each, and no column of one reaches into another of the next."""
    first = chain[0]
    if any(table.engine in RULED or len(table.xs) != len(first.xs) for table in chain):
        return False
    far = max(abs(table.xs[i] - first.xs[i]) for table in chain for i in (0, -1))
    return far <= FARTHEST and all(a < b for a, b in pairwise(_common_edges(chain))) and _clear(chain)


def _spans(chain: Sequence[PageTable]) -> list[tuple[float, float] | None]:
    """Left and right of the words of each column over all parts; None where a column has none."""
    spans: list[tuple[float, float] | None] = [None] * (len(chain[0].xs) - 1)
    for table in chain:
        for cell in table.cells:
            if not cell.lines or cell.region.column_end - cell.region.column > 1:
                continue
            left, right = min(line.box.x0 for line in cell.lines), max(line.box.x1 for line in cell.lines)
            known = spans[cell.region.column]
            spans[cell.region.column] = (left, right) if known is None else (min(known[0], left), max(known[1], right))
    return spans


def _clear(chain: Sequence[PageTable]) -> bool:
    spans = [span for span in _spans(chain) if span is not None]
    return all(a[1] <= b[0] for a, b in pairwise(spans))


def _common_edges(chain: Sequence[PageTable]) -> list[float]:
    """The outermost edges of all parts, and between them the middles of the strips that all parts leave free."""
    spans = _spans(chain)
    xs = [min(table.xs[0] for table in chain)]
    for column, (left, right) in enumerate(pairwise(spans), start=1):
        xs.append((left[1] + right[0]) / 2 if left and right else chain[0].xs[column])
    return [*xs, max(table.xs[-1] for table in chain)]


def _move(table: PageTable, xs: Sequence[float]) -> None:
    table.xs = list(xs)
    for cell in table.cells:
        region = cell.region
        box = region.box._replace(x0=xs[region.column], x1=xs[region.column_end])
        cell.region = replace(region, box=box)
