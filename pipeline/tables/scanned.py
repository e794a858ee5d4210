"""Tables of scanned pages that go on over pages: where each sheet lay a little differently, and letters are misread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz import fuzz

from pipeline.pages.model import Rule
from pipeline.tables.page_table import PageTable

SCANNED = "opencv"
CLOSEST_RULES = 4.0
HEADER_ALIKE = 80.0
SHORTEST_HEADER = 8
LONGEST_NUMBER = 4
LONG_NUMBER = re.compile(r"\d{2,}")


def single_rules(rules: Sequence[Rule]) -> list[Rule]:
    """Rules with those closer than a line of text is high put on one line: double rules, and blurred ones."""
    settled: list[Rule] = []
    for vertical in (False, True):
        group: list[Rule] = []
        for rule in sorted((r for r in rules if r.vertical == vertical), key=lambda rule: rule.position):
            if group and rule.position - group[0].position > CLOSEST_RULES:
                settled += _on_one_line(group)
                group = []
            group.append(rule)
        settled += _on_one_line(group)
    return settled


def _on_one_line(group: Sequence[Rule]) -> list[Rule]:
    length = sum(rule.end - rule.start for rule in group)
    middle = sum(rule.position * (rule.end - rule.start) for rule in group) / length if length else 0.0
    return [replace(rule, position=middle) for rule in group]


def is_scanned(table: PageTable) -> bool:
    """Whether a table's rules were found in a picture."""
    return table.engine == SCANNED


def rows_read_again(first: PageTable, table: PageTable, most: int) -> int:
    """How many rows at the top of a scanned table are those of another read once more: their words as a whole are
    alike, and so is the last row by itself.
    """
    found = 0
    for count in range(1, most + 1):
        row, again = first.row_texts(count - 1), table.row_texts(count - 1)
        if any(_other_number(a, b) for a, b in zip(row, again, strict=False)):
            break
        whole, other = ("".join("".join(one.row_texts(row)) for row in range(count)) for one in (first, table))
        if len(whole) >= SHORTEST_HEADER and fuzz.ratio(whole, other) >= HEADER_ALIKE:
            found = count if alike(row, again) else found
    return found


def alike(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two rows are one row read twice: the same cells but for some letters."""
    return any(first) and fuzz.ratio("|".join(first), "|".join(second)) >= HEADER_ALIKE


def _other_number(a: str, b: str) -> bool:
    """Whether two texts hold numbers of several digits that differ, as years do."""
    numbers, others = (LONG_NUMBER.findall(text) for text in (a, b))
    return bool(numbers and others) and numbers != others


def counts_columns(texts: Sequence[str], numbers: Sequence[int]) -> bool:
    """Whether a row numbers the columns although one in five of its numbers, or one, was misread.

    `texts` are those of its cells from left to right, `numbers` those among them that are numbers.
    """
    strange = len(texts) - len(numbers)
    short = all(len(text) <= LONGEST_NUMBER for text in texts)
    return short and strange <= max(1, len(texts) // 5) and all(a < b for a, b in pairwise(numbers))
