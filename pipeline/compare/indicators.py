"""The indicators of two nodes, or of two documents above the program, matched one to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.compare.assignment import best_pairs
from pipeline.compare.model import STRATEGIC, Indicator
from pipeline.compare.wording import likeness, same_wording
from pipeline.reference.units import same_unit

_LEAST = 0.6
_CONTEXT = 0.1  # what the sasaran or tujuan adds to the likeness of two indicators above the program
_KIND = "indikator"


@dataclass(frozen=True, slots=True)
class IndicatorPair:
    """Two rows that are one indicator, and how alike their wording is (0 to 1)."""

    dari: Indicator
    ke: Indicator
    kemiripan: float


@dataclass(frozen=True, slots=True)
class IndicatorPairs:
    """The pairs, and the indicators that only one of the two sides has, each in its order."""

    pairs: Sequence[IndicatorPair]
    gone: Sequence[Indicator]
    new: Sequence[Indicator]


def match_indicators(dari: Sequence[Indicator], ke: Sequence[Indicator]) -> IndicatorPairs:
    """Match indicators of one kind (output, outcome …) by their wording.

    A row that repeats an indicator of its side, in the same or in another table, is no other indicator: left over, it
    is neither new nor gone.
    """
    here, there = _once(dari), _once(ke)
    words = likeness(_KIND, [one.indikator for one in here], [one.indikator for one in there])
    scores = _scores(here, there, words)
    found = best_pairs(scores, _ties(here, there))
    pairs = [IndicatorPair(here[r], there[c], round(float(words[r, c]), 4)) for r, c in found]
    rows, columns = {r for r, _ in found}, {c for _, c in found}
    gone = _left(here, rows)
    new = _left(there, columns)
    return IndicatorPairs(pairs, gone, new)


def same_target(one: Indicator, other: Indicator) -> bool:
    """Whether two targets are the same figure, range or grade; by their text where neither is one."""
    here, there = _value(one), _value(other)
    if any(part is not None for part in (*here, *there)):
        return here == there
    return same_wording(_KIND, one.target_teks or "", other.target_teks or "")


def _value(one: Indicator) -> tuple[float | str | None, ...]:
    grade = one.target_kategori.upper() if one.target_kategori else None
    return one.target, one.target_min, one.target_maks, grade


def _once(indicators: Sequence[Indicator]) -> list[Indicator]:
    """Rows that are printed again with everything the same are left out."""
    kept: list[Indicator] = []
    for one in indicators:
        if not any(_repeats(one, other) and same_target(one, other) and _like_unit(one, other) for other in kept):
            kept.append(one)
    return kept


def _repeats(one: Indicator, other: Indicator) -> bool:
    return _same_kind(one, other) and same_wording(_KIND, one.indikator, other.indikator)


def _like_unit(one: Indicator, other: Indicator) -> bool:
    return not one.satuan or not other.satuan or same_unit(one.satuan, other.satuan)


def _left(listed: Sequence[Indicator], matched: set[int]) -> list[Indicator]:
    taken = [listed[place] for place in sorted(matched)]
    left = [one for place, one in enumerate(listed) if place not in matched]
    return [one for one in left if not any(_repeats(one, other) for other in taken)]


def _same_kind(one: Indicator, other: Indicator) -> bool:
    """Whether both may be one indicator: an unnamed kind is any; above the program readers differ on the level."""
    if (one.level in STRATEGIC) != (other.level in STRATEGIC):
        return False
    return one.jenis == other.jenis or one.jenis is None or other.jenis is None


def _scores(here: Sequence[Indicator], there: Sequence[Indicator], words: np.ndarray) -> np.ndarray:
    scores = np.zeros_like(words)
    for row, one in enumerate(here):
        for column, other in enumerate(there):
            if words[row, column] >= _LEAST and _same_kind(one, other):
                kind = one.jenis == other.jenis and one.level == other.level
                context = 0.5 * kind + 0.5 * _same_context(one, other)
                scores[row, column] = (1 - _CONTEXT) * words[row, column] + _CONTEXT * context
    return scores


def _same_context(one: Indicator, other: Indicator) -> bool:
    return all(
        not a or not b or same_wording(_KIND, a, b)
        for a, b in ((one.sasaran, other.sasaran), (one.tujuan, other.tujuan))
    )


def _ties(here: Sequence[Indicator], there: Sequence[Indicator]) -> np.ndarray:
    """Of pairs that are alike otherwise, those at one place in the order are taken."""
    rows = np.arange(len(here))[:, None] / max(len(here), 1)
    columns = np.arange(len(there))[None, :] / max(len(there), 1)
    ties: np.ndarray = 1 - np.abs(rows - columns)
    return ties
