"""One printed numeral, digits with points and commas, read by its form, its unit and its neighbours.

Indonesian writes `1.250,5`; spreadsheets set up in English write `1,250.5`; both stand in one document, so the
form decides where it can, then the unit, then the column. What is left is None: nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pipeline.reference.units import Unit
from pipeline.values.model import ColumnContext

GROUP = 3
CENTS = 2
# A percentage beyond this is no plan's target, so the point in it is decimal.
_LARGEST_PERCENTAGE = 10_000
# A figure this many times the largest sibling is on another scale.
_OFF_SCALE = 10


@dataclass(frozen=True, slots=True)
class Numeral:
    """The number, None where its readings stay open; `doubtful` marks a number that was read and is still odd."""

    number: Decimal | None
    ambiguous: bool = False
    rule: str = ""
    doubtful: bool = False


def read_numeral(body: str, unit: Unit | None, context: ColumnContext) -> Numeral:
    """Read a numeral without sign: ASCII digits, points and commas, beginning and ending with a digit."""
    if body.isdigit():
        return Numeral(Decimal(body))
    has_point, has_comma = "." in body, "," in body
    if has_point and has_comma:
        return _mixed(body, unit)
    separator = "." if has_point else ","
    parts = body.split(separator)
    if len(parts) > 2:
        return _grouped(parts, unit, context)
    whole, tail = parts
    if len(tail) != GROUP:
        return _decimal(whole, tail, separator, unit)
    return _three_digits(whole, tail, separator, unit, context)


def are_groups(parts: list[str]) -> bool:
    """Whether the parts are a number's groups of thousands: one to three digits, then three each."""
    first = parts[0]
    return 0 < len(first) <= GROUP and first[0] != "0" and all(len(part) == GROUP for part in parts[1:])


def _grouped(parts: list[str], unit: Unit | None, context: ColumnContext) -> Numeral:
    if are_groups(parts):
        return Numeral(Decimal("".join(parts)), rule="thousands: all groups of 3")
    if context.same_mark_cents and _is(unit, "uang") and are_groups(parts[:-1]) and len(parts[-1]) == CENTS:
        return Numeral(_joined("".join(parts[:-1]), parts[-1]), rule="one mark for thousands and cents, as beside it")
    return Numeral(None, True, "malformed groups: neither thousands nor a decimal")


def _mixed(body: str, unit: Unit | None) -> Numeral:
    """Both separators: the last one is the decimal one, the other must make groups of three."""
    decimal = "." if body.rfind(".") > body.rfind(",") else ","
    whole, _, tail = body.rpartition(decimal)
    parts = whole.split("," if decimal == "." else ".")
    if decimal in whole or not tail or not are_groups(parts):
        return Numeral(None, True, "malformed groups: neither thousands nor a decimal")
    if len(tail) == GROUP and _is(unit, "uang", "cacah"):
        return Numeral(None, True, "two kinds of separators, each before three digits")
    return _checked_fraction(Numeral(_joined("".join(parts), tail)), unit)


def _decimal(whole: str, tail: str, separator: str, unit: Unit | None) -> Numeral:
    """One separator, and not three digits after it: a decimal, whatever the locale."""
    if not whole or not tail or (len(whole) > 1 and whole[0] == "0"):
        return Numeral(None, True, "malformed numeral")
    if _is(unit, "uang") and int(whole + tail) and (len(tail) > GROUP or (separator == "." and len(whole) <= GROUP)):
        return Numeral(None, True, "an amount of money with a broken group of thousands")
    rule = "one point, not three digits after it => decimal whatever the locale" if separator == "." else ""
    return _checked_fraction(Numeral(_joined(whole, tail), separator == ".", rule), unit)


def _checked_fraction(numeral: Numeral, unit: Unit | None) -> Numeral:
    """A counted thing has no fraction: the number is kept, and marked."""
    number = numeral.number
    if number is None or unit is None or unit.kind != "cacah" or unit.dimension == "waktu":
        return numeral
    if number == number.to_integral_value():
        return numeral
    return Numeral(number, True, "a counted unit with a fraction", doubtful=True)


def _three_digits(whole: str, tail: str, separator: str, unit: Unit | None, context: ColumnContext) -> Numeral:
    """One separator before three digits: thousands or a decimal."""
    decimal = _joined(whole, tail)
    if whole == "0":
        return _checked_fraction(Numeral(decimal, separator == ".", "a leading zero => decimal"), unit)
    if not whole or whole[0] == "0":
        return Numeral(None, True, "malformed numeral")
    if len(whole) > GROUP:
        if _is(unit, "uang", "cacah"):
            return Numeral(None, True, "malformed groups: neither thousands nor a decimal")
        return Numeral(decimal, True, "more than three digits before the separator => decimal")
    thousands = Decimal(whole + tail)
    if separator == ".":
        return _three_after_point(decimal, thousands, unit, context)
    return _three_after_comma(decimal, thousands, unit, context)


def _three_after_point(decimal: Decimal, thousands: Decimal, unit: Unit | None, context: ColumnContext) -> Numeral:
    if _is(unit, "uang", "cacah"):
        certain = thousands % 1000 == 0
        return Numeral(thousands, not certain, "3 digits after one point + money/count unit => thousands")
    if _is(unit, "persen") and thousands >= _LARGEST_PERCENTAGE:
        return Numeral(decimal, True, "too large for a percentage of thousands => decimal")
    off_scale = context.plausible_max is not None and thousands > _OFF_SCALE * context.plausible_max
    if context.decimal_point_seen:
        if off_scale:
            return Numeral(decimal, True, "siblings use the decimal point and thousands are off their scale => decimal")
        return Numeral(None, True, "siblings use the decimal point, yet thousands are on their scale")
    if (context.thousands_point_seen or context.decimal_comma_seen) and not off_scale:
        return Numeral(thousands, True, "siblings use the point for thousands => thousands")
    return Numeral(None, True, "3 digits after one point: thousands or a decimal, and no evidence which")


def _three_after_comma(decimal: Decimal, thousands: Decimal, unit: Unit | None, context: ColumnContext) -> Numeral:
    if _is(unit, "uang"):
        return Numeral(thousands, True, "3 digits after one comma + money => thousands, English style")
    if context.thousands_comma_seen and not context.decimal_comma_seen:
        return Numeral(thousands, True, "siblings use the comma for thousands => thousands")
    if _is(unit, "cacah"):
        return Numeral(None, True, "a decimal comma on a counted unit, or thousands in English style")
    if context.thousands_comma_seen:
        return Numeral(None, True, "siblings use the comma both ways")
    if _is(unit, "skor", "persen") or context.decimal_comma_seen:
        return Numeral(decimal, True, "3 digits after one comma + score/percent or commas beside it => decimal")
    return Numeral(None, True, "3 digits after one comma: thousands or a decimal, and no evidence which")


def _joined(whole: str, tail: str) -> Decimal:
    return Decimal(f"{whole}.{tail}")


def _is(unit: Unit | None, *kinds: str) -> bool:
    return unit is not None and unit.kind in kinds
