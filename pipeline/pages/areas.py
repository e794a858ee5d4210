"""What is seen of fills and of the lines between them: strips of one colour are one area, whatever they were drawn for.

Programs draw the shading of a cell line by line and piece by piece, and borders in the colour of the shading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.pages.model import Box, Color, Fill, Rule

TOUCHING = 0.3  # points: what rounding leaves between two strips; the thinnest line that is drawn has more
BESIDE = 1.6  # points from the middle of a line, which is 2.6 thick at most, to the fill at its side
MEETING = 3.0  # points from the end of a line to the rest of it
LYING_IN = 0.8  # of a line's length with fill at both of its sides
MOST_FILLS = 8_000  # a page of cells shaded line by line has 2,000; with more it is a picture, and shades no table
SQUARE = 48.0  # points: fills are looked up by the squares of the page that they reach

_Area = tuple[float, float, float, float, Color]


def settle(rules: Sequence[Rule], pale: Sequence[Rule], fills: Sequence[Fill]) -> tuple[list[Rule], list[Fill]]:
    """The rules and fills that are seen, of those that are drawn; `pale` are lines in the colour of the page.

    A line in the colour of the fill that it lies in is none; but a column's edge goes on through the fill of a header.
    A pale one over a fill parts it, and is a rule; between two fills their own edges say so, which `unruled_shades`
    reads. Of more than `MOST_FILLS` none is kept.
    """
    if not fills or len(fills) > MOST_FILLS:
        return list(rules), []
    areas = merged(fills)
    places = _Places(areas)
    hidden = [rule for rule in rules if places.hides(rule)]
    if hidden:
        hidden = _without_edges(hidden, rules)
        areas = merged([*areas, *(Fill(_strip(rule), rule.color) for rule in hidden if rule.color)])
    gone = {id(rule) for rule in hidden}
    seen = [rule for rule in rules if id(rule) not in gone]
    return [*seen, *(line for line in pale if places.parts(line))], areas


def _without_edges(hidden: Sequence[Rule], rules: Iterable[Rule]) -> list[Rule]:
    gone = {id(rule) for rule in hidden}
    columns = [rule for rule in rules if rule.vertical and id(rule) not in gone]
    return [rule for rule in hidden if not (rule.vertical and _goes_on(rule, columns))]


def _goes_on(rule: Rule, seen: Iterable[Rule]) -> bool:
    """Whether a vertical line is the rest of one that is seen."""
    return any(
        abs(other.position - rule.position) <= BESIDE and max(other.start - rule.end, rule.start - other.end) <= MEETING
        for other in seen
    )


def merged(fills: Sequence[Fill]) -> list[Fill]:
    """The fills with those of one colour put together that touch along a whole side, in the order of drawing."""
    xs = _snapped(x for fill in fills for x in (fill.box.x0, fill.box.x1))
    ys = _snapped(y for fill in fills for y in (fill.box.y0, fill.box.y1))
    areas = dict.fromkeys((xs[f.box.x0], ys[f.box.y0], xs[f.box.x1], ys[f.box.y1], f.color) for f in fills)
    before = 0
    while len(areas) != before:
        before = len(areas)
        areas = dict.fromkeys(_joined(_joined(areas)))
    return [Fill(Box(x0, y0, x1, y1), color) for x0, y0, x1, y1, color in areas]


def _snapped(values: Iterable[float]) -> dict[float, float]:
    """Each value with the one that stands for it and for those nearer than rounding can tell."""
    ordered = sorted(set(values))
    found = dict(zip(ordered[:1], ordered[:1], strict=True))
    for before, value in pairwise(ordered):
        found[value] = found[before] if value - found[before] <= TOUCHING else value
    return found


def _joined(areas: Iterable[_Area]) -> Iterator[_Area]:
    """Areas of one colour and width that touch, from above, as one; turned over, so that twice is both directions."""
    columns: dict[tuple[float, float, Color], list[tuple[float, float]]] = defaultdict(list)
    for x0, y0, x1, y1, color in areas:
        columns[x0, x1, color].append((y0, y1))
    for (x0, x1, color), spans in columns.items():
        spans.sort()
        top, bottom = spans[0]
        for y0, y1 in spans[1:]:
            if y0 > bottom:
                yield top, x0, bottom, x1, color
                top = y0
            bottom = max(bottom, y1)
        yield top, x0, bottom, x1, color


def _strip(rule: Rule) -> Box:
    """The area of a hairline, as far to its sides as the fills that it lies in are looked for."""
    if rule.vertical:
        return Box(rule.position - BESIDE, rule.start, rule.position + BESIDE, rule.end)
    return Box(rule.start, rule.position - BESIDE, rule.end, rule.position + BESIDE)


class _Places:
    """Fills by the squares of the page that they reach."""

    def __init__(self, fills: Sequence[Fill]) -> None:
        self.colors = {fill.color for fill in fills}
        self.squares: dict[tuple[int, int], list[Fill]] = defaultdict(list)
        for fill in fills:
            for square in _squares(fill.box):
                self.squares[square].append(fill)

    def hides(self, rule: Rule) -> bool:
        """Whether a line lies in fills of its own colour."""
        if rule.color not in self.colors:
            return False
        return _lies_in(rule, [box for box, color in self._near(rule).items() if color == rule.color])

    def parts(self, line: Rule) -> bool:
        """Whether a line lies over one fill, with some of it at both of its sides."""
        return any(_lies_in(line, [box]) for box in self._near(line))

    def _near(self, rule: Rule) -> dict[Box, Color]:
        """The fills that a line may touch; of those of one box, the last one drawn."""
        return {fill.box: fill.color for square in _squares(_strip(rule)) for fill in self.squares.get(square, ())}


def _lies_in(rule: Rule, boxes: Sequence[Box]) -> bool:
    """Whether a line has the areas at both of its sides."""
    return all(
        _covered(rule, side, boxes) >= LYING_IN * (rule.end - rule.start)
        for side in (rule.position - BESIDE, rule.position + BESIDE)
    )


def _covered(rule: Rule, side: float, boxes: Iterable[Box]) -> float:
    """How much of a line's length has one of the areas beside it, at `side`; areas that overlap count twice."""
    length = 0.0
    for x0, y0, x1, y1 in boxes:
        low, high, start, end = (x0, x1, y0, y1) if rule.vertical else (y0, y1, x0, x1)
        if low <= side <= high:
            length += max(0.0, min(end, rule.end) - max(start, rule.start))
    return length


def _squares(box: Box) -> Iterator[tuple[int, int]]:
    for x in range(int(box.x0 // SQUARE), int(box.x1 // SQUARE) + 1):
        for y in range(int(box.y0 // SQUARE), int(box.y1 // SQUARE) + 1):
            yield x, y
