"""Tables whose cells are told apart by shading: white lines between shaded cells leave no rules, but edges."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from pipeline.pages.model import Box, Fill, Page, Rule, Word
from pipeline.tables.build import page_tables
from pipeline.tables.lattice import cluster
from pipeline.tables.page_table import PageTable

FEWEST_SHADES = 6
LOWEST_SHADE = 6.0
NARROWEST_SHADE = 10.0
WHITE_LINE = 3.6
FEWEST_ROWS = 2
FEWEST_COLUMNS = 2
ENGINE = "arsiran"


def shaded_tables(page: Page, words: Sequence[Word]) -> tuple[list[PageTable], list[Word]]:
    """Tables that the edges of shaded areas frame, and the loose words that none of them holds."""
    shades = _cells(page.fills, words)
    if len(shades) < FEWEST_SHADES:
        return [], list(words)
    rules = [rule for shade in shades for rule in _edges(shade)]
    tables, _ = page_tables(replace(page, words=list(words), rules=[*page.rules, *rules]))
    tables = [table for table in tables if _has_columns(table)]
    for table in tables:
        table.engine = ENGINE
    held = {id(word) for table in tables for cell in table.cells for line in cell.lines for word in line.words}
    return tables, [word for word in words if id(word) not in held]


def _has_columns(table: PageTable) -> bool:
    """Whether two columns have text in two rows at least: a shaded box around a formula has not."""
    rows: dict[int, set[int]] = defaultdict(set)
    for cell in table.cells:
        if cell.lines:
            rows[cell.region.column].add(cell.region.row)
    return sum(len(found) >= FEWEST_ROWS for found in rows.values()) >= FEWEST_COLUMNS


def _cells(fills: Sequence[Fill], words: Sequence[Word]) -> list[Box]:
    """The shaded areas that could be cells: enough of them hold loose words, and they touch one another."""
    boxes = {f.box for f in fills if f.box.height >= LOWEST_SHADE and f.box.width >= NARROWEST_SHADE}
    if len(boxes) < FEWEST_SHADES or _with_words(boxes, words) < FEWEST_SHADES:
        return []
    outer = _outermost(sorted(boxes))
    beside = _touching(outer, lambda box: box.y0, _beside)
    if len(beside) < FEWEST_SHADES:
        return []
    return _close_gaps(sorted(beside | _touching(outer, lambda box: box.x0, _stacked)))


def _outermost(boxes: Sequence[Box]) -> list[Box]:
    """The areas that lie in no larger one; what lies in one is the shading of a paragraph in its cell."""
    by_top = sorted(boxes, key=lambda box: box.y0)
    tops = [box.y0 for box in by_top]
    tallest = max(box.height for box in boxes)
    kept = []
    for box in boxes:
        (x, y), area = box.center, box.width * box.height
        around = by_top[bisect_left(tops, y - tallest) : bisect_left(tops, y)]
        if not any(
            other.x0 < x < other.x1 and other.y0 < y < other.y1 and area < other.width * other.height
            for other in around
        ):
            kept.append(box)
    return kept


def _touching(boxes: Sequence[Box], edge: Callable[[Box], float], touch: Callable[[Box, Box], bool]) -> set[Box]:
    """The areas that touch another one whose `edge` stands at the same place."""
    shelves: dict[int, list[Box]] = defaultdict(list)
    for box in boxes:
        shelves[int(edge(box) // WHITE_LINE)].append(box)
    return {
        box
        for box in boxes
        for shelf in range(int(edge(box) // WHITE_LINE) - 1, int(edge(box) // WHITE_LINE) + 2)
        if shelf in shelves and any(touch(box, other) for other in shelves[shelf])
    }


def _with_words(boxes: Iterable[Box], words: Sequence[Word]) -> int:
    """How many of the areas hold the middle of a word."""
    middles = sorted((word.box.center[1], word.box.center[0]) for word in words)
    count = 0
    for box in boxes:
        first, last = bisect_left(middles, (box.y0,)), bisect_left(middles, (box.y1,))
        count += any(box.x0 <= x <= box.x1 for _, x in middles[first:last])
    return count


def _close_gaps(boxes: Sequence[Box]) -> list[Box]:
    """The areas with edges that nearly meet moved to where they would."""
    xs = cluster(((x, 1.0) for box in boxes for x in (box.x0, box.x1)), WHITE_LINE)
    ys = cluster(((y, 1.0) for box in boxes for y in (box.y0, box.y1)), WHITE_LINE)
    return [
        Box(_nearest(xs, box.x0), _nearest(ys, box.y0), _nearest(xs, box.x1), _nearest(ys, box.y1)) for box in boxes
    ]


def _nearest(values: Sequence[float], value: float) -> float:
    """The value nearest to a given one, among at least one."""
    return min(values, key=lambda one: abs(one - value))


def _beside(a: Box, b: Box) -> bool:
    """Whether two areas stand side by side at one height, with nothing but a thin white line between them."""
    level = abs(a.y0 - b.y0) <= WHITE_LINE and abs(a.y1 - b.y1) <= WHITE_LINE
    return level and (abs(a.x1 - b.x0) <= WHITE_LINE or abs(b.x1 - a.x0) <= WHITE_LINE)


def _stacked(a: Box, b: Box) -> bool:
    """The same for two areas of one width below each other."""
    flush = abs(a.x0 - b.x0) <= WHITE_LINE and abs(a.x1 - b.x1) <= WHITE_LINE
    return flush and (abs(a.y1 - b.y0) <= WHITE_LINE or abs(b.y1 - a.y0) <= WHITE_LINE)


def _edges(box: Box) -> list[Rule]:
    return [
        Rule(False, box.y0, box.x0, box.x1),
        Rule(False, box.y1, box.x0, box.x1),
        Rule(True, box.x0, box.y0, box.y1),
        Rule(True, box.x1, box.y0, box.y1),
    ]
