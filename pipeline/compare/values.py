"""The two values of a change as text, and their difference."""

from __future__ import annotations

from decimal import Decimal

from pipeline.compare.model import Indicator
from pipeline.reference.units import same_unit

_HUNDRED = Decimal(100)
_PLACES = 4


def amount_text(amount: Decimal | None) -> str | None:
    """An amount or figure with a decimal point and no zeros behind the last digit that counts: `1827000`, `0.5`."""
    if amount is None:
        return None
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def target_text(one: Indicator) -> str | None:
    """The target as a figure where it is one, else as printed; None where the document gives none."""
    return one.target_teks if one.target is None else amount_text(Decimal(str(one.target)))


def change_of_amount(before: Decimal | None, after: Decimal | None) -> tuple[Decimal | None, float | None]:
    """Later minus earlier, and that in percent of the earlier: null where one is missing, or the earlier is 0."""
    if before is None or after is None:
        return None, None
    difference = after - before
    if not before:
        return difference, None
    return difference, round(float(difference / abs(before) * _HUNDRED), _PLACES) + 0.0  # no minus before a 0


def change_of_target(before: Indicator, after: Indicator) -> tuple[Decimal | None, float | None]:
    """The same of two figures; null where one is no figure, or their units differ (12 Bulan and 1 Tahun)."""
    if before.target is None or after.target is None:
        return None, None
    if before.satuan and after.satuan and not same_unit(before.satuan, after.satuan):
        return None, None
    return change_of_amount(Decimal(str(before.target)), Decimal(str(after.target)))
