"""The rows of an unruled list: which lines of a wrapped name belong to which amount.

Amounts stand at the top, in the middle or at the bottom of their rows, all alike in one list. For each of the
three, the best cut of the name's lines into rows is found; the one whose rows fit their amounts best is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

LOOSE_INSIDE = 0.5  # weight of a wide gap inside a row against an amount beside its row
MISPLACED = 0.75  # of the pitch: an amount further from where its row has it is in doubt
WORST = 1e12


@dataclass(frozen=True, slots=True)
class RowCut:
    """The first line of each row, as numbers of the lines given; what the cut costs; whether an amount is far off."""

    starts: tuple[int, ...]
    cost: float
    doubtful: bool


def _top(first: float, _last: float) -> float:
    return first


def _middle(first: float, last: float) -> float:
    return (first + last) / 2


def _bottom(_first: float, last: float) -> float:
    return last


ALIGNMENTS: tuple[Callable[[float, float], float], ...] = (_top, _middle, _bottom)


def cut_rows(lines: Sequence[float], anchors: Sequence[float], openers: Collection[int], pitch: float) -> RowCut | None:
    """Cut lines into one row per anchor. None where there are fewer lines than anchors.

    `lines` and `anchors` are heights in points, counting downwards, `openers` numbers of lines that must open a
    row (those with an ordinal); where no cut heeds them, they are left out of account.
    """
    for forced in (frozenset(openers), frozenset[int]()):
        cuts = [cut for place in ALIGNMENTS if (cut := _cut(lines, anchors, forced, pitch, place))]
        if cuts:
            return min(cuts, key=lambda cut: cut.cost)
    return None


def _cut(
    lines: Sequence[float],
    anchors: Sequence[float],
    openers: frozenset[int],
    pitch: float,
    place: Callable[[float, float], float],
) -> RowCut | None:
    """The cheapest cut for one alignment, by dynamic programming over (lines taken, rows made)."""
    count = len(lines)
    cost_of = partial(_row_cost, lines, pitch, place)
    best = [[WORST] * (count + 1) for _ in range(len(anchors) + 1)]
    came = [[0] * (count + 1) for _ in range(len(anchors) + 1)]
    best[0][0] = 0.0
    for row, anchor in enumerate(anchors, start=1):
        for end in range(row, count + 1):
            for start in range(end - 1, row - 2, -1):
                cost = best[row - 1][start] + cost_of(start, end, anchor)
                if cost < best[row][end]:
                    best[row][end], came[row][end] = cost, start
                if start in openers:
                    break
    if best[-1][count] >= WORST:
        return None
    starts = _trace(came, count)
    ends = [*starts[1:], count]
    offsets = [abs(place(lines[a], lines[b - 1]) - y) for a, b, y in zip(starts, ends, anchors, strict=True)]
    return RowCut(starts, best[-1][count], max(offsets) > MISPLACED * pitch)


def _row_cost(
    lines: Sequence[float], pitch: float, place: Callable[[float, float], float], start: int, end: int, anchor: float
) -> float:
    off = place(lines[start], lines[end - 1]) - anchor
    gaps = (lines[i + 1] - lines[i] - pitch for i in range(start, end - 1))
    return off * off + LOOSE_INSIDE * sum(max(0.0, gap) ** 2 for gap in gaps)


def _trace(came: Sequence[Sequence[int]], count: int) -> tuple[int, ...]:
    starts = []
    end = count
    for row in range(len(came) - 1, 0, -1):
        end = came[row][end]
        starts.append(end)
    return tuple(reversed(starts))
