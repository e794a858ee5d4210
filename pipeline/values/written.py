"""Numbers as an Indonesian reader writes them: 1.234.567,5."""

from __future__ import annotations

from decimal import Decimal


def group_thousands(english: str) -> str:
    """`1,234.50` to `1.234,5`: Indonesian separators, and no zeros behind the last digit that counts."""
    if "." in english:
        english = english.rstrip("0").rstrip(".")
    return english.translate(str.maketrans(",.", ".,"))


def write_amount(value: Decimal | float | int | None, signed: bool = False) -> str:
    """A figure with grouped thousands, with its sign where a difference is meant; nothing for null."""
    if value is None:
        return ""
    exact = Decimal(str(value))
    pattern = "{:+,f}" if signed and exact else "{:,f}"
    return group_thousands(pattern.format(exact if exact else abs(exact))).replace("-", "\u2212" if signed else "-")


def round_percent(value: Decimal | float) -> Decimal:
    """A percentage with one decimal; one nearer to 0 keeps its first digit that counts, so that no change reads 0."""
    exact = Decimal(str(value))
    rounded = exact.quantize(Decimal("0.1"))
    if rounded or not exact:
        return abs(rounded) if not exact else rounded
    return exact.quantize(Decimal(1).scaleb(exact.adjusted()))
