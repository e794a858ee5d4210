"""What a text can mean: quantities, amounts of money, targets, and the evidence that decides between readings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

Kind = Literal[
    "scalar",
    "range",
    "bound",
    "grade",
    "stacked",
    "rate",
    "ratio",
    "identifier",
    "text_period",
    "missing",
    "year_range",
    "heading_no",
    "composite",
    "text",
]
Doubt = Literal["AMBIGU", "GABUNGAN", "BERTUMPUK", "SALAH_OCR", "SALAH_RUMUS", "NEGATIF", "PECAHAN"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a text says, with exact numbers.

    `value` by `kind`, in plain JSON types: scalar a number, range and year_range and ratio two numbers, stacked
    several, bound `{"op", "value"}`, rate `{"value", "unit", "per"}`, grade `{"grade"}` (with `"range"` where one
    is printed beside it), text_period the period; None for the other kinds, and where no reading could be chosen.
    `number` is set for a scalar, a rate and a grade with one figure; `minimum` and `maximum` for what is bounded
    (both equal to `number` for a point). `unit` is the unit printed inside the text, worded as there.
    `ambiguous` says that the text has more than one reading on its face; `rule` which was chosen and why, or why
    none was. `doubt` is the reason code where that is worth a finding.
    """

    kind: Kind
    value: Any = None
    number: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    category: str | None = None
    unit: str | None = None
    ambiguous: bool = False
    rule: str = ""
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in rupiah; None with `ambiguous` where something is printed that cannot be read for certain."""

    amount: Decimal | None
    ambiguous: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """The target columns of the dataset `indikator`; `doubt` is the reason for a finding, `rule` says it in words."""

    target: float | None = None
    target_min: float | None = None
    target_maks: float | None = None
    target_kategori: str | None = None
    satuan: str | None = None
    doubt: Doubt | None = None
    rule: str = ""


_FIGURE = re.compile(r"(?<![\w.,/])[0-9][0-9.,]*(?<=[0-9])(?![\w/])")
_DECIMAL_POINT = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})*\.(?:[0-9]{1,2}|[0-9]{4,})|0\.[0-9]+")
_DECIMAL_COMMA = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})*,(?:[0-9]{1,2}|[0-9]{4,})|0,[0-9]+")
_POINT_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){2,}|(?:\.[0-9]{3})+,[0-9]{1,2})")
_COMMA_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){2,}|(?:,[0-9]{3})+\.[0-9]{1,2})")
_POINT_CENTS = re.compile(r"[1-9][0-9]{0,2}(?P<mark>[.,])[0-9]{3}(?:(?P=mark)[0-9]{3})*(?P=mark)[0-9]{2}")
_FEWEST_CENTS = 3  # different figures of that form in a column: one or two may be slips of the pen
_CENTS_SHARE = 0.9  # of a column's figures in groups; where both forms are common, a digit may be lost


@dataclass(frozen=True, slots=True)
class ColumnContext:
    """Evidence from neighbours: the figures of the same column that carry the same unit.

    The flags tell which conventions are seen there beyond doubt; `plausible_max` is the largest figure read there
    without doubt, a sign of the scale.
    """

    decimal_point_seen: bool = False
    decimal_comma_seen: bool = False
    thousands_point_seen: bool = False
    thousands_comma_seen: bool = False
    plausible_max: Decimal | None = None
    same_mark_cents: bool = False  # `1.250.000.00` again and again: one mark for thousands and cents

    @classmethod
    def of(cls, texts: Iterable[str]) -> ColumnContext:
        """The evidence in the given sibling texts. Figures that have two readings themselves prove nothing."""
        figures = [figure for text in texts for figure in _FIGURE.findall(text)]
        sure = [number for number in map(_sure_number, figures) if number is not None]
        return cls(
            decimal_point_seen=any(map(_DECIMAL_POINT.fullmatch, figures)),
            decimal_comma_seen=any(map(_DECIMAL_COMMA.fullmatch, figures)),
            thousands_point_seen=any(map(_POINT_GROUPS.fullmatch, figures)),
            thousands_comma_seen=any(map(_COMMA_GROUPS.fullmatch, figures)),
            plausible_max=max(sure, default=None),
            same_mark_cents=_share_a_mark(set(figures)),
        )


def _share_a_mark(figures: set[str]) -> bool:
    """Whether a column's different figures part cents with the mark that parts thousands, nearly all of them."""
    cents = sum(1 for figure in figures if _POINT_CENTS.fullmatch(figure))
    others = sum(1 for figure in figures if _POINT_GROUPS.fullmatch(figure) or _COMMA_GROUPS.fullmatch(figure))
    return cents >= _FEWEST_CENTS and cents >= _CENTS_SHARE * (cents + others)


def _sure_number(figure: str) -> Decimal | None:
    if figure.isdigit():
        return Decimal(figure)
    if _POINT_GROUPS.fullmatch(figure) or _DECIMAL_COMMA.fullmatch(figure):
        return Decimal(figure.replace(".", "").replace(",", "."))
    if _COMMA_GROUPS.fullmatch(figure) or _DECIMAL_POINT.fullmatch(figure):
        return Decimal(figure.replace(",", ""))
    return None


def plain(number: Decimal | None) -> int | float | None:
    """An exact number as JSON shows it: an int where it is whole, else a float."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


NO_CONTEXT = ColumnContext()
