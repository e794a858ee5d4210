"""The header of an unruled list: the lines right above it whose words stand over its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.pages.lines import Line
from pipeline.tables.unruled_lines import Segment, is_number_row, segments, within
from pipeline.tables.unruled_model import NEXT_LINE, NEXT_ROW, UnruledList

LONGEST_HEADING = 6
MOST_HEADER_LINES = 3
OVER_OTHER = 0.3


def find_header(above: Sequence[Line], grown: UnruledList, pitch: float) -> None:
    """Take the lines above the list whose words stand over its columns, one of them over the figures."""
    header: list[Line] = []
    below = grown.body[0]
    for line in reversed(above):
        near = below.middle - line.middle <= (NEXT_LINE if header else NEXT_ROW) * pitch
        if not near or len(header) == MOST_HEADER_LINES or not _stands_over(line, grown):
            break
        header.insert(0, line)
        below = line
    while header and not _names_figures(header[0], grown):
        header.pop(0)
    if header:
        grown.header = header
        _add_headed_columns(grown)


def headed_columns(grown: UnruledList) -> int:
    """How many columns have a heading."""
    spans = _column_spans(grown)
    named = [line for line in grown.header if not is_number_row(line)]
    return len({_column_over(segment, spans) for line in named for segment in segments(line)})


def _stands_over(line: Line, grown: UnruledList) -> bool:
    """Whether each segment of a line is a short heading over one column, or the line numbers the columns."""
    spans = _column_spans(grown)
    over = [_column_over(segment, spans) for segment in segments(line)]
    return None not in over and len(set(over)) == len(over) and (is_number_row(line) or _is_heading(line))


def _is_heading(line: Line) -> bool:
    parts = segments(line)
    return all(re.search(r"[^\W\d]", part.text) and len(part.words) <= LONGEST_HEADING for part in parts)


def _names_figures(line: Line, grown: UnruledList) -> bool:
    spans = _column_spans(grown)
    over = [_column_over(segment, spans) for segment in segments(line)]
    return len(over) > 1 and grown.value in over and not is_number_row(line)


def _column_spans(grown: UnruledList) -> list[tuple[float, float]]:
    """Left and right of the words of each column; its edges where the body has none."""
    edges = grown.edges
    spans = []
    for left, right in pairwise(edges):
        words = [word for line in grown.body for word in within(line, left, right)]
        spans.append((min(w.box.x0 for w in words), max(w.box.x1 for w in words)) if words else (left, right))
    return spans


def _column_over(segment: Segment, spans: Sequence[tuple[float, float]]) -> int | None:
    """The column that a segment stands over: the one that it shares most with, no other one much.

    A segment right of all columns stands over the next one, which has no words in the body.
    """
    width = segment.x1 - segment.x0
    shared = [max(0.0, min(segment.x1, right) - max(segment.x0, left)) for left, right in spans]
    best = max(range(len(spans)), key=lambda i: shared[i])
    if shared[best] > 0:
        others = sum(shared) - shared[best]
        return best if others <= OVER_OTHER * width else None
    if segment.x0 > spans[-1][1]:
        return len(spans)
    gaps = [max(left - segment.x1, segment.x0 - right) for left, right in spans]
    nearest = min(range(len(spans)), key=lambda i: gaps[i])
    return nearest if gaps[nearest] <= width else None


def _add_headed_columns(grown: UnruledList) -> None:
    """Widen the gutters' positions for headings wider than their columns, and add a column that only has a heading."""
    spans = [list(span) for span in _column_spans(grown)]
    for line in grown.header:
        for segment in segments(line):
            column = _column_over(segment, _column_spans(grown))
            if column is None:
                continue
            if column == len(spans):
                spans.append([segment.x0, segment.x1])
            spans[column][0] = min(spans[column][0], segment.x0)
            spans[column][1] = max(spans[column][1], segment.x1)
    gutters = [(a[1], b[0]) for a, b in pairwise(spans)]
    grown.gutters = [gutter if gutter[0] < gutter[1] else grown.gutters[i] for i, gutter in enumerate(gutters)]
