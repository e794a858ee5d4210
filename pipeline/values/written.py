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
    pattern = "{:+,f}" if signed and value else "{:,f}"
    return group_thousands(pattern.format(Decimal(str(value)))).replace("-", "\u2212" if signed else "-")
