"""The rows of an unruled list: which lines of a wrapped name belong to which amount.

Amounts stand at the top, in the middle or at the bottom of their rows, all alike in one list. For each of the
three, the best cut of the name's lines into rows is found; the one whose rows fit their amounts best is taken.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from statistics import median

LOOSE_INSIDE = 0.5  # weight of a wide gap inside a row against an amount beside its row
SECOND_ORDINAL = 4.0  # times the pitch squared: what a second ordinal in a row costs
NO_ORDINAL = 0.25  # times the pitch squared: what a row without an ordinal costs where others have one
ABOVE_ITS_LINE = 0.4  # of the gap to the line before: an ordinal lower than that belongs to the line after
MISPLACED = 0.75  # of the pitch: an amount further from where its row has it is in doubt
LARGEST_SHIFT = 0.6  # of the pitch
LONGEST_ROW = 16
WORST = 1e12

Place = Callable[[float, float], float]


@dataclass(frozen=True, slots=True)
class Names:
    """The lines of the names, as heights in points from the top, and what is known of them.

    `ordinals` are the heights of ordinals, in order; `openers` the numbers of lines that begin with one.
    `pitch` is the usual distance between two lines.
    """

    lines: tuple[float, ...]
    ordinals: tuple[float, ...]
    openers: frozenset[int]
    pitch: float

    def ordinals_in(self, start: int, end: int) -> int:
        """How many ordinals stand beside the lines start..end, `end` excluded."""
        return bisect_left(self.ordinals, self._border(end)) - bisect_left(self.ordinals, self._border(start))

    def _border(self, line: int) -> float:
        if line in (0, len(self.lines)):
            return -WORST if line == 0 else WORST
        return self.lines[line - 1] + ABOVE_ITS_LINE * (self.lines[line] - self.lines[line - 1])


@dataclass(frozen=True, slots=True)
class RowCut:
    """The first line of each row, as numbers of the lines given; what the cut costs.

    `offsets` say how far each amount stands above where its row has it, in points; `doubtful`, that one is far off
    or that a row has two ordinals.
    """

    starts: tuple[int, ...]
    cost: float
    offsets: tuple[float, ...]
    doubtful: bool


def _top(first: float, _last: float) -> float:
    return first


def _middle(first: float, last: float) -> float:
    return (first + last) / 2


def _bottom(_first: float, last: float) -> float:
    return last


ALIGNMENTS: tuple[Place, ...] = (_top, _middle, _bottom)


def cut_rows(names: Names, anchors: Sequence[float]) -> RowCut | None:
    """Cut lines into one row per anchor, a height in points. None where there are fewer lines than anchors.

    Lines with an ordinal open a row; where no cut heeds that without doubt, ordinals may stand anywhere in theirs.
    """
    cuts: list[RowCut] = []
    for heeded in (names, replace(names, openers=frozenset())):
        cuts += [cut for place in ALIGNMENTS if (cut := _settled_cut(heeded, anchors, place))]
        if any(not cut.doubtful for cut in cuts):
            break
    return min(cuts, key=lambda cut: (cut.doubtful, cut.cost), default=None)


def _settled_cut(names: Names, anchors: Sequence[float], place: Place) -> RowCut | None:
    """The cut after taking out what all amounts stand too low or too high, as figures in another type size do."""
    cut = _cut(names, anchors, place)
    if cut is None:
        return None
    shift = median(cut.offsets)
    if abs(shift) > LARGEST_SHIFT * names.pitch:
        return cut
    return _cut(names, [y + shift for y in anchors], place)


def _cut(names: Names, anchors: Sequence[float], place: Place) -> RowCut | None:
    """The cheapest cut for one alignment, by dynamic programming over (lines taken, rows made)."""
    count = len(names.lines)
    cost_of = partial(_row_cost, names, place)
    best = [[WORST] * (count + 1) for _ in range(len(anchors) + 1)]
    came = [[0] * (count + 1) for _ in range(len(anchors) + 1)]
    best[0][0] = 0.0
    for row, anchor in enumerate(anchors, start=1):
        for end in range(row, count + 1):
            for start in range(end - 1, max(row - 2, end - LONGEST_ROW - 1), -1):
                before = best[row - 1][start]
                if before < best[row][end]:
                    cost = before + cost_of(start, end, anchor)
                    if cost < best[row][end]:
                        best[row][end], came[row][end] = cost, start
                if start in names.openers:
                    break
    if best[-1][count] >= WORST:
        return None
    return _as_cut(names, _trace(came, count), anchors, place, best[-1][count])


def _as_cut(names: Names, starts: tuple[int, ...], anchors: Sequence[float], place: Place, cost: float) -> RowCut:
    rows = list(pairwise((*starts, len(names.lines))))
    offsets = tuple(place(names.lines[a], names.lines[b - 1]) - y for (a, b), y in zip(rows, anchors, strict=True))
    crowded = any(names.ordinals_in(a, b) > 1 for a, b in rows)
    return RowCut(starts, cost, offsets, crowded or max(map(abs, offsets)) > MISPLACED * names.pitch)


def _row_cost(names: Names, place: Place, start: int, end: int, anchor: float) -> float:
    lines, pitch = names.lines, names.pitch
    off = place(lines[start], lines[end - 1]) - anchor
    gaps = (lines[i + 1] - lines[i] - pitch for i in range(start, end - 1))
    cost = off * off + LOOSE_INSIDE * sum(gap * gap for gap in gaps if gap > 0)
    if names.ordinals:
        count = names.ordinals_in(start, end)
        cost += (SECOND_ORDINAL * max(0, count - 1) if count else NO_ORDINAL) * pitch * pitch
    return cost


def _trace(came: Sequence[Sequence[int]], count: int) -> tuple[int, ...]:
    starts = []
    end = count
    for row in range(len(came) - 1, 0, -1):
        end = came[row][end]
        starts.append(end)
    return tuple(reversed(starts))
