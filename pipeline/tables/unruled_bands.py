"""Tables with horizontal rules only: the rules part the rows, the free strips between words part the columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.pages.lines import Line, group_lines
from pipeline.pages.model import Page, Word
from pipeline.tables.lattice import RuleLine, merge_rules
from pipeline.tables.page_table import PageTable
from pipeline.tables.unruled_grid import make_table
from pipeline.tables.unruled_lines import GUTTER, free_strips, stands_aligned, within

ENGINE = "garis-mendatar"
SHORTEST = 0.3  # of the page's width
SAME_END = 6.0
HIGHEST_BAND = 160.0
FEWEST_BANDS = 3
FILLED = 0.6


def banded_tables(page: Page, words: Sequence[Word]) -> tuple[list[PageTable], list[Word]]:
    """Tables between horizontal rules alike in length, and the loose words that none of them holds."""
    tables: list[PageTable] = []
    rest = list(words)
    for stack in _stacks(page):
        table = _table(stack, rest, page)
        if table is not None:
            tables.append(table)
            held = {id(word) for cell in table.cells for line in cell.lines for word in line.words}
            rest = [word for word in rest if id(word) not in held]
    return tables, rest


def _stacks(page: Page) -> list[list[RuleLine]]:
    """Rules below one another that begin and end at the same places, enough of them for a header and two rows."""
    long = [rule for rule in page.rules if not rule.vertical]
    if len(long) <= FEWEST_BANDS:
        return []
    lines = [line for line in merge_rules(long) if line.end - line.start >= SHORTEST * page.width]
    stacks: list[list[RuleLine]] = []
    for line in lines:
        stack = next((one for one in stacks if _goes_on(one[-1], line)), None)
        if stack is None:
            stacks.append([line])
        else:
            stack.append(line)
    return [stack for stack in stacks if len(stack) > FEWEST_BANDS]


def _goes_on(last: RuleLine, line: RuleLine) -> bool:
    flush = abs(last.start - line.start) <= SAME_END and abs(last.end - line.end) <= SAME_END
    return flush and line.position - last.position <= HIGHEST_BAND


def _table(stack: Sequence[RuleLine], words: Sequence[Word], page: Page) -> PageTable | None:
    """The table of a stack of rules; None where the words between them stand in no columns."""
    left, right = stack[0].start, stack[0].end
    ys: list[float] = [stack[0].position]
    rows: list[list[Line]] = []
    for above, below in pairwise(line.position for line in stack):
        inside = [w for w in words if above <= w.box.center[1] < below and left <= w.box.center[0] <= right]
        if inside:
            rows.append(group_lines(inside, page.number))
            ys.append(below)
        elif rows:
            break
        else:
            ys = [below]
    if len(rows) < FEWEST_BANDS:
        return None
    xs = _edges(rows, left, right)
    return make_table(rows, xs, ys, page.number, ENGINE) if xs else None


def _edges(rows: Sequence[Sequence[Line]], left: float, right: float) -> list[float] | None:
    """Column edges from the rows under the first; None where they are not columns of their own in most rows."""
    strips = free_strips([line for row in rows[1:] for line in row], GUTTER)
    xs = [left, *(x for x in ((a + b) / 2 for a, b in strips) if left < x < right), right]
    if len(xs) < 3:
        return None
    for start, end in pairwise(xs):
        spans = []
        for row in rows[1:]:
            found = [word for line in row for word in within(line, start, end)]
            if found:
                spans.append((min(word.box.x0 for word in found), max(word.box.x1 for word in found)))
        if len(spans) < FILLED * (len(rows) - 1) or not stands_aligned(spans):
            return None
    headed = [any(within(line, start, end) for line in rows[0]) for start, end in pairwise(xs)]
    return xs if sum(headed) > 1 else None
