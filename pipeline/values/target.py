"""The text of a target cell as the target columns of the contract, and stacked cells pulled apart."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from pipeline.reference.units import find_unit
from pipeline.values.model import NO_CONTEXT, ColumnContext, Doubt, Quantity, Target
from pipeline.values.quantity import read_quantity
from pipeline.values.text import tidy

# A name or a period where a target belongs has figures in it that are no target.
_DOUBTED_KINDS = ("identifier", "year_range", "heading_no")


@lru_cache(maxsize=8192)
def read_target(text: str, satuan: str | None, context: ColumnContext | None = None) -> Target:
    """Read a target by the contract's section "How cells become values".

    `satuan` is the unit from the unit column, else the one in the header (`Target %`), else None; `context` the
    evidence of the figures beside it that have the same unit. A point has target, target_min and target_maks equal;
    a range or a bound only its ends; a grade its category. A single number's own unit goes before `satuan`.
    Composite text has no figure, and `satuan` as given. Never raises on any text.
    """
    quantity = read_quantity(text, satuan, context or NO_CONTEXT, figure=True)
    unit = _unit(quantity, tidy(satuan) if satuan else None)
    number = quantity.number
    return Target(
        _float(number),
        _float(quantity.minimum),
        _float(quantity.maximum),
        quantity.category,
        unit,
        _doubt(quantity),
        quantity.rule,
    )


def _unit(quantity: Quantity, given: str | None) -> str | None:
    """The unit in the cell for a number, range or bound; a unit word alone only where none is given."""
    if quantity.unit is None:
        return given or None
    if quantity.kind in ("text", "text_period", "grade"):
        return given or quantity.unit
    printed = find_unit(quantity.unit)
    if given and printed is not None and printed.kind == "uang" and printed == find_unit(given):
        return given
    return quantity.unit


def _doubt(quantity: Quantity) -> Doubt | None:
    if quantity.doubt is not None:
        return quantity.doubt
    if quantity.kind in _DOUBTED_KINDS or (quantity.kind == "text_period" and _has_digit(quantity.value)):
        return "AMBIGU"
    if quantity.number is not None and quantity.number < 0:
        return "NEGATIF"
    return None


def _has_digit(period: str) -> bool:
    return any(char.isdigit() for char in period)


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


def split_stacked(numbers: Sequence[str], units: Sequence[str]) -> list[tuple[str, str]] | None:
    """Pair the numbers of a stacked cell with the units beside them, in order.

    None where the counts differ, or where some number is none: then nothing tells which belongs to which.
    """
    if len(numbers) != len(units) or not numbers:
        return None
    for number, unit in zip(numbers, units, strict=True):
        if read_quantity(number, unit, figure=True).kind in ("text", "composite", "identifier", "stacked"):
            return None
    return list(zip(numbers, units, strict=True))
