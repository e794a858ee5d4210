"""Tables of scanned pages that go on over pages: where each sheet lay a little differently, and letters are misread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from pipeline.tables.page_table import PageTable

SCANNED = "opencv"
FARTHEST = 40.0  # points by which a sheet may lie further left or right than the one before it
SAME_EDGE = 5.0
HEADER_ALIKE = 80.0
CELLS_ALIKE = 0.7
LONGEST_NUMBER = 4
DIGITS = re.compile(r"\d+")


def align_sheets(pages: Sequence[Sequence[PageTable]]) -> None:
    """Give the first scanned table of a page the edges of the last one of the page before it, where its own agree.

    `pages` are the tables of successive pages, from top to bottom. Whether they are one table is not decided here.
    """
    for before, after in pairwise(pages):
        if before and after and is_scanned(before[-1]) and is_scanned(after[0]):
            _lay_on(before[-1].xs, after[0])


def is_scanned(table: PageTable) -> bool:
    """Whether a table's rules were found in a picture."""
    return table.engine == SCANNED


def alike(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two rows are one row read twice: the same cells but for some letters, with the same digits in them."""
    if len(first) != len(second) or not any(first):
        return False
    if any(DIGITS.findall(a) != DIGITS.findall(b) for a, b in zip(first, second, strict=True)):
        return False
    similar = sum(fuzz.ratio(a, b) >= HEADER_ALIKE for a, b in zip(first, second, strict=True))
    return similar >= CELLS_ALIKE * len(first)


def _lay_on(edges: Sequence[float], table: PageTable) -> None:
    """Move a table sideways onto the edges of another that lies elsewhere on its sheet."""
    offset = edges[0] - table.xs[0]
    if abs(offset) > FARTHEST or abs(edges[-1] - table.xs[-1] - offset) > SAME_EDGE:
        return
    shifted = [x + offset for x in table.xs]
    nearest = [min(edges, key=lambda edge: abs(edge - x)) for x in shifted]
    xs = [edge if abs(edge - x) <= SAME_EDGE else x for edge, x in zip(nearest, shifted, strict=True)]
    if all(a < b for a, b in pairwise(xs)):
        table.xs = xs


def counts_columns(texts: Sequence[str], numbers: Sequence[int]) -> bool:
    """Whether a row numbers the columns although one in five of its numbers, or one, was misread.

    `texts` are those of its cells from left to right, `numbers` those among them that are numbers.
    """
    strange = len(texts) - len(numbers)
    short = all(len(text) <= LONGEST_NUMBER for text in texts)
    return short and strange <= max(1, len(texts) // 5) and all(a < b for a, b in pairwise(numbers))
