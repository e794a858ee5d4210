"""Grades and opinions: `WTP`, `BB`, `Sangat Baik`, `A (80-85)`."""

from __future__ import annotations

import re

from pipeline.reference.units import find_unit
from pipeline.values.amounts import read_amount
from pipeline.values.model import NO_CONTEXT, Quantity, plain
from pipeline.values.vocabulary import WORDS, alternatives

_PREFIX = re.compile(rf"(?:{alternatives(WORDS.grade_prefixes)})\s*[:=]?\s+(?P<grade>\S.*)", re.IGNORECASE)
_WITH_FIGURE = re.compile(r"(?P<grade>[^\W\d_][^()\d]*?)\s*\(\s*(?P<figure>[^()]+?)\s*\)")
_FIGURE_FIRST = re.compile(r"(?P<figure>[0-9][^()]*?)\s*\(\s*(?P<grade>[^\W\d_][^()\d]*?)\s*\)")
_BOUND = re.compile(rf"(?P<op>{alternatives(WORDS.bounds_before)})\s*(?P<grade>\S.*)", re.IGNORECASE)
_RANGE = re.compile(r"(?P<low>[0-9.,]+)\s*(?:[-–—]|s/d|s\.d\.?|sd)\s*(?P<high>[0-9.,]+)\s*%?")
_FIGURED_UNITS = ("uang", "cacah", "ukur")


def read_grade(text: str, satuan: str | None) -> Quantity | None:
    """The grade that a tidy text consists of, with the figure or range printed beside it; None for other texts."""
    grade = _grade(text)
    if grade is not None:
        unit = find_unit(satuan) if satuan else None
        odd = unit is not None and unit.kind in _FIGURED_UNITS
        rule = "a grade where the unit counts or measures" if odd else ""
        return Quantity(
            "grade", {"grade": grade}, category=grade, ambiguous=odd, rule=rule, doubt="AMBIGU" if odd else None
        )
    match = _WITH_FIGURE.fullmatch(text) or _FIGURE_FIRST.fullmatch(text)
    if match is not None:
        return _graded_figure(match["grade"], match["figure"])
    return _bounded_grade(text)


def _grade(text: str) -> str | None:
    """The grade without the word that announces it (`Predikat A`), worded as printed."""
    match = _PREFIX.fullmatch(text)
    word = match["grade"] if match else text
    return word if word in WORDS.letter_grades or word.casefold() in WORDS.word_grades else None


def _graded_figure(word: str, figure: str) -> Quantity | None:
    grade = _grade(word)
    if grade is None:
        # An opinion spelled out with its short form: the short form is the grade.
        return Quantity("grade", {"grade": figure}, category=figure) if figure in WORDS.letter_grades else None
    if _grade(figure) is not None:
        short = figure if figure in WORDS.letter_grades else grade
        return Quantity("grade", {"grade": short}, category=short)
    span = _RANGE.fullmatch(figure)
    if span is None:
        amount = read_amount(figure, None, NO_CONTEXT)
        if amount is None or amount.number is None:
            return None
        number = amount.number
        return Quantity("grade", {"grade": grade}, number, number, number, grade, amount.unit)
    low, high = (read_amount(span[side].strip(".,"), None, NO_CONTEXT) for side in ("low", "high"))
    if low is None or high is None or low.number is None or high.number is None or low.number > high.number:
        return None
    ends = [plain(low.number), plain(high.number)]
    return Quantity("grade", {"grade": grade, "range": ends}, None, low.number, high.number, grade)


def _bounded_grade(text: str) -> Quantity | None:
    match = _BOUND.fullmatch(text)
    grade = _grade(match["grade"]) if match else None
    if grade is None:
        return None
    rule = "a bound on a grade: the bound has no column"
    return Quantity("grade", {"grade": grade}, category=grade, ambiguous=True, rule=rule, doubt="AMBIGU")
