"""Rows of lines and column edges made into a page table; a run of words over several columns is a merged cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.pages.lines import Line, group_lines
from pipeline.pages.model import Box, Word
from pipeline.tables.lattice import Region
from pipeline.tables.page_table import PageCell, PageTable
from pipeline.tables.unruled_lines import Segment, segments

MARGIN = 2.0
CROSSING = 2.0  # points that a segment must reach over a column edge to be in both columns
WORD_GAP = 5.0


def row_edges(rows: Sequence[Sequence[Line]]) -> list[float]:
    """Heights between rows of lines, in points: halfway between their boxes, or their middles where boxes overlap."""
    ys = [min(line.box.y0 for line in rows[0]) - MARGIN]
    for above, below in pairwise(rows):
        bottom, top = max(line.box.y1 for line in above), min(line.box.y0 for line in below)
        if bottom > top:
            bottom, top = max(line.middle for line in above), min(line.middle for line in below)
        ys.append((bottom + top) / 2)
    return [*ys, max(line.box.y1 for line in rows[-1]) + MARGIN]


def make_table(
    rows: Sequence[Sequence[Line]], xs: Sequence[float], ys: Sequence[float], page: int, engine: str
) -> PageTable:
    """A grid of `rows` between the edges `xs` and `ys`; every slot has a cell, empty or not."""
    cells = [cell for row, lines in enumerate(rows) for cell in _cells(row, lines, xs, ys, page)]
    return PageTable(page, list(xs), list(ys), cells, engine=engine)


def _cells(row: int, lines: Sequence[Line], xs: Sequence[float], ys: Sequence[float], page: int) -> list[PageCell]:
    reaches = [(segment, _reach(segment, xs)) for line in lines for segment in segments(line, WORD_GAP)]
    merged = _spans({reach for _, reach in reaches}, len(xs) - 1)
    held: dict[tuple[int, int], list[Word]] = defaultdict(list)
    for segment, (first, _) in reaches:
        span = next(span for span in merged if span[0] <= first < span[1])
        held[span].extend(segment.words)
    cells = []
    for span in merged:
        box = Box(xs[span[0]], ys[row], xs[span[1]], ys[row + 1])
        region = Region(row, span[0], row + 1, span[1], box)
        cells.append(PageCell(region, group_lines(held[span], page) if span in held else []))
    return cells


def _reach(segment: Segment, xs: Sequence[float]) -> tuple[int, int]:
    """The columns first..last (excluded) that a segment reaches; the one with its middle where it barely crosses."""
    columns = len(xs) - 1
    reached = [i for i in range(columns) if min(segment.x1, xs[i + 1]) - max(segment.x0, xs[i]) > CROSSING]
    if reached:
        return reached[0], reached[-1] + 1
    middle = (segment.x0 + segment.x1) / 2
    column = min(max(sum(edge <= middle for edge in xs) - 1, 0), columns - 1)
    return column, column + 1


def _spans(reaches: Iterable[tuple[int, int]], columns: int) -> list[tuple[int, int]]:
    """Disjoint spans that cover all columns: overlapping reaches as one, columns that nothing reaches alone."""
    spans: list[tuple[int, int]] = []
    for first, last in sorted({*reaches, *((i, i + 1) for i in range(columns))}):
        if spans and first < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], last))
        else:
            spans.append((first, last))
    return spans
