"""Amounts of rupiah in budget columns."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.reference.units import known_unit
from pipeline.values.amounts import Amount, read_amount, slipped
from pipeline.values.model import NO_CONTEXT, ColumnContext, Money
from pipeline.values.text import narrow
from pipeline.values.vocabulary import WORDS

_RUPIAH = "Rupiah"
# Figures that a header scales behave like measures: they may have any decimals.
_MEASURE = "Ha"
_LONGEST = 160
# More rupiah than the country spends in years; more digits than the column holds.
_TOO_MUCH = Decimal(10) ** 17
_HAS_DIGIT = re.compile(r"[0-9]")
_SEVERAL = re.compile(r"[0-9][.,\-=]*\s+(?:Rp\.?\s*)?[-(]?[0-9]", re.IGNORECASE)
_PAIR = re.compile(r"[0-9][.,\-=]*\s*(?:Rp\.?|/|[-–—]|s/d)\s*[0-9]", re.IGNORECASE)
# A closing point may stand before groups that were cut off; a comma only before the decimals.
_CUT_OFF = re.compile(r"[0-9]\.$")
# The number of a column, or of a remark.
_NUMBER_IN_PARENTHESES = re.compile(r"\(\s*[0-9]{1,2}\s*\)")


def read_money(text: str, scale: int = 1, context: ColumnContext = NO_CONTEXT) -> Money:
    """Read the text of a budget column.

    `scale` is what the header says its figures are counted in: 1000 for `(Rp. 000)`, 1000000 for `(juta Rp)`; the
    amount comes back in rupiah. An empty cell, a dash or a bare `Rp.` is None and not ambiguous. What cannot be one
    amount for certain (groups that are not of three, two amounts, other words) is None and ambiguous. An amount
    that was read with a letter for a digit comes back and is ambiguous. Never raises on any text.
    """
    text = narrow(text)
    lowered = text.casefold()
    if lowered in WORDS.missing:
        return Money(None)
    if lowered in WORDS.spreadsheet_errors:
        return Money(None, True, "an error of a spreadsheet formula")
    if not _HAS_DIGIT.search(text):
        return Money(None, True, "words where an amount belongs")
    if len(text) > _LONGEST:
        return Money(None, True, "more than an amount")
    money = _within_reason(_read(text, scale, context))
    mended = slipped(text) if money.amount is None else None
    if mended is None:
        return money
    amount = _within_reason(_read(mended, scale, context)).amount
    return money if amount is None else Money(amount, True, "OCR l/1 or O/0, flag")


def _read(text: str, scale: int, context: ColumnContext) -> Money:
    if _SEVERAL.search(text) or _PAIR.search(text):
        return Money(None, True, "two amounts, or one with a space inside")
    if _NUMBER_IN_PARENTHESES.fullmatch(text):
        return Money(None, True, "a number in parentheses: a column's number, or a negative amount")
    if _CUT_OFF.search(text):
        return Money(None, True, "a closing point: digits may be cut off")
    amount = read_amount(text, _RUPIAH, context)
    if amount is None or not _is_rupiah(amount):
        return Money(None, True, "more than an amount, or none")
    if scale != 1:
        return _scaled(text, scale, context)
    if amount.number is None:
        return Money(None, True, amount.rule)
    if not _is_whole_cents(amount.number) or _has_loose_fraction(amount):
        return Money(None, True, "an amount of rupiah with an odd fraction")
    return Money(amount.number, False, amount.rule)


def _within_reason(money: Money) -> Money:
    if money.amount is None or money.amount.copy_abs() < _TOO_MUCH:
        return money
    return Money(None, True, "larger than any budget")


def _is_rupiah(amount: Amount) -> bool:
    if amount.unit is None:
        return True
    unit = known_unit(amount.unit)
    return unit is not None and unit.name == _RUPIAH


def _is_whole_cents(number: Decimal) -> bool:
    return number * 100 == (number * 100).to_integral_value()


def _has_loose_fraction(amount: Amount) -> bool:
    """`1,5` in a column of rupiah: it has a unit of thousands or millions that is not printed here."""
    number = amount.number
    return number is not None and amount.scale == 1 and 0 < abs(number) < 1000 and number != number.to_integral_value()


def _scaled(text: str, scale: int, context: ColumnContext) -> Money:
    """In thousands or millions a figure can have decimals, so three digits after a comma are not decided."""
    if _has_own_scale(text):
        return Money(None, True, "a scale word under a header that has one")
    figure = read_amount(text, _RUPIAH, context)
    if figure is not None and figure.number is not None and not _is_lone_comma_group(text):
        return Money(figure.number * scale, False, figure.rule)
    measured = read_amount(text, _MEASURE, context)
    if measured is None or measured.number is None:
        return Money(None, True, measured.rule if measured is not None else "more than an amount, or none")
    return Money(measured.number * scale, False, measured.rule)


def _has_own_scale(text: str) -> bool:
    return not WORDS.scales.keys().isdisjoint(re.findall(r"[^\W\d_]+", text.casefold()))


def _is_lone_comma_group(text: str) -> bool:
    return re.search(r"(?<![0-9.,])[0-9]{1,3},[0-9]{3}(?![0-9.,])", text) is not None
