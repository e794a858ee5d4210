"""In which unit the amounts of a column are printed: rupiah, thousands or millions.

What the header, the caption or the title says is one witness; what the figures are is another. Plans are about amounts
of millions and more: of 116 columns without a mark in 38 documents not one had a median below one million, and of 44
marked ones those that were meant lay below nine million as printed, those that were not far above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median

from pipeline.layouts.columns import Column
from pipeline.tables.model import Table
from pipeline.values import read_money

OPEN = 0  # the scale of a column of which two readings are left
MARK = re.compile(
    r"\(\s*(?:x\s*)?(?:(?:dalam|dlm\.?)\s+)?(?:Rp\.?)?\s*(?:[.,x]|1[.,])?\s*(?P<zeros>000)(?:\s*,-)?\s*\)"
    r"|\bRp\.?\s*(?:x\s*)?(?:1[.,])?(?P<loose>000)\b"
    r"|(?<![^\W\d_])(?P<word>ribu|juta|mil[iy]ar)(?:an)?(?![^\W\d_])",
    re.IGNORECASE,
)
SCALES = {"000": 1_000, "ribu": 1_000, "juta": 1_000_000, "miliar": 1_000_000_000, "milyar": 1_000_000_000}
MONEY_FIELDS = ("pagu", "pendanaan")
MEANT_BELOW = 10_000_000  # a marked column with a median below it, as printed, is meant so
IGNORED_FROM = 50_000_000  # and from here on not: a whole office has no such amounts in thousands
SMALLEST_MEDIAN = 1_000_000  # rupiah: below it an unmarked column is in a larger unit, or no plan's
FEWEST_AMOUNTS = 3  # tell a magnitude
ALIKE = 50  # times: as far apart as the medians of columns in one unit may lie


@dataclass(frozen=True, slots=True)
class Money:
    """A money column with the median of its amounts as printed (None: too few), and the scale that words give it."""

    column: Column
    median: Decimal | None
    marked: int


def mark_of(texts: Iterable[str]) -> int:
    """The scale that texts name, 1 where they name none: `(Rp. 000)`, `dalam ribuan`, `dlm juta`, `Rp 000`."""
    found = MARK.search(" ".join(texts))
    return SCALES[next(word for word in found.groups() if word).casefold()] if found else 1


def settle_scales(
    tables: Sequence[tuple[Table, int, Sequence[Column], str]],
) -> list[tuple[list[Column], list[str]]]:
    """The columns of each table with the scale that all evidence gives them, and the headers that do not mean theirs.

    `tables` are the tables of a document: each with the number of its header rows, its columns, and its title. A column
    of which two readings are left gets the scale `OPEN`.
    """
    money = [list(_money(table, rows, columns, title)) for table, rows, columns, title in tables]
    meant = [one for found in money for one in found if _decided(one) not in (1, OPEN)]
    settled = []
    for (_, _, columns, _), found in zip(tables, money, strict=True):
        scales = {one.column: _scale(one, found, meant) for one in found}
        ignored = [one.column.name for one in found if one.marked != 1 and scales[one.column] == 1]
        settled.append(([replace(c, scale=scales[c]) if c in scales else c for c in columns], ignored))
    return settled


def _money(table: Table, rows: int, columns: Sequence[Column], title: str) -> Iterator[Money]:
    above = mark_of([title, *(line.text for line in table.above)])
    for column in columns:
        if column.field in MONEY_FIELDS:
            amounts = [amount for amount in _amounts(table, rows, column) if amount > 0]
            middle = median(amounts) if len(amounts) >= FEWEST_AMOUNTS else None
            yield Money(column, middle, column.scale if column.scale != 1 else above)


def _amounts(table: Table, rows: int, column: Column) -> Iterator[Decimal]:
    cells = dict.fromkeys(table.grid[row][at] for row in range(rows, len(table.rows)) for at in _leaves(column))
    for cell in cells:
        for line in cell.lines:
            amount = read_money(line.text).amount
            if amount is not None:
                yield amount


def _leaves(column: Column) -> range:
    return range(column.start, column.end)


def _decided(one: Money) -> int:
    """What a column's mark and its own figures say."""
    if one.marked == 1:
        return 1 if one.median is None or one.median >= SMALLEST_MEDIAN else OPEN
    if one.median is None or one.median < MEANT_BELOW:
        return one.marked
    return 1 if one.median >= IGNORED_FROM else OPEN


def _scale(one: Money, table: Sequence[Money], document: Sequence[Money]) -> int:
    """The scale of a column; one that its own evidence leaves open takes that of columns alike, in its table first."""
    own = _decided(one)
    if own != OPEN:
        return own
    for others in (table, document):
        found = {_decided(other) for other in others if other is not one and _alike(one, other)} - {OPEN}
        if len(found) == 1:
            return found.pop()
    return OPEN


def _alike(one: Money, other: Money) -> bool:
    """Whether the amounts of two columns are of one magnitude, as printed."""
    if one.median is None or other.median is None:
        return False
    return max(one.median, other.median) <= ALIKE * min(one.median, other.median)
