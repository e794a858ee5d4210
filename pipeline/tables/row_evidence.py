"""What speaks for and against an end of row between two lines of one column: one scorer for every kind of table.

A score is a sum of the weights below, positive where the lines stand in two rows. Each weight says how much a reader
would give for what is seen, one being a gap that is plainly wider than that between the lines of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import quantiles

from pipeline.pages.lines import Line

SINGLE_VALUE = re.compile(r"[\(\[]?[\dIVXivx]{1,6}[.)\]]?|[a-zA-Z][.)]?|(?:Rp\.?\s*)?[\d.,]+\s*%?|-")
LABEL = re.compile(r"\(?(?:\d{1,3}|[IVXLC]{1,5}|[A-Za-z])[.)]?|\d+(?:\s*\.\s*\d+)+\.?")
OPENING = re.compile(r"\(?(?:\d{1,3}|[IVXLC]{1,5}|[A-Za-z])[.)]\s|[-•]\s?\S")

APART = 1.0  # a gap at least `WIDE` pitches high; the same against a cut where it is no higher than `CLOSE`
VALUES = 2.0  # values or like texts on both sides: neither wraps
LABELLED = 1.5  # the lower line is or begins with an ordinal or code
GOES_ON = -1.0  # the lower line begins with a small letter
LOOK = 0.5  # bold on one side only
BESIDE = 1.0  # the lower line begins at the height of a ruled row's first line
OFF = -0.5  # it does not
CROSSED = -1.5  # a line stands on the edge itself
CLOSE, WIDE = 1.25, 1.6  # times the pitch: the gap between lines of one text, and one that is none
LOOSEST_PITCH = 1.5  # times a line's height: further apart, lines are not the lines of one text
SAME_HEIGHT = 0.45  # of a line's height


def pitch_of(columns: Iterable[Sequence[Line]]) -> float:
    """The usual distance in points between two lines of one text, given the lines of every cell; 0 without any."""
    lines = [line for column in columns for line in column]
    if not lines:
        return 0.0
    heights = sorted(line.box.height for line in lines)
    loosest = LOOSEST_PITCH * heights[len(heights) // 2]
    steps = [b.middle - a.middle for column in columns for a, b in pairwise(column)]
    near = [step for step in steps if step <= loosest]
    return quantiles(near, n=2)[0] if len(near) > 1 else near[0] if near else loosest / WIDE * CLOSE


def between(upper: Line, lower: Line, pitch: float) -> float:
    """The score of an end of row between two lines that follow one another in one column."""
    score = gap_score(lower.middle - upper.middle, pitch)
    if upper.text == lower.text or (SINGLE_VALUE.fullmatch(upper.text) and SINGLE_VALUE.fullmatch(lower.text)):
        score += VALUES
    if LABEL.fullmatch(lower.text) or OPENING.match(lower.text):
        score += LABELLED
    if lower.text[:1].islower():
        score += GOES_ON
    return score + LOOK * (upper.bold != lower.bold)


def gap_score(gap: float, pitch: float) -> float:
    """The part of a score that a gap in points gives: from -1 at the pitch to 1 where it is plainly wider."""
    share = (gap / pitch - CLOSE) / (WIDE - CLOSE)
    return APART * (2 * min(1.0, max(0.0, share)) - 1)


def beside(line: Line, first: Sequence[Line]) -> float:
    """The part of a score that the first lines of a band's ruled cells give, for a line that is to begin there."""
    level = [
        one for one in first if abs(line.middle - one.middle) <= SAME_HEIGHT * min(line.box.height, one.box.height)
    ]
    if any(LABEL.fullmatch(one.text) for one in level):
        return BESIDE + LABELLED
    return BESIDE if level else OFF


def at_height(line: Line, other: Line) -> bool:
    """Whether two lines stand beside one another."""
    return abs(line.middle - other.middle) <= SAME_HEIGHT * line.box.height
