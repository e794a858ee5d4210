from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.compare.values import change_of_amount
from pipeline.values.written import round_percent, write_amount


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (-0.5, "−0,5"),
        (-0.04, "−0,04"),
        (0.0042, "+0,004"),
        (Decimal("-0.049"), "−0,05"),
        (-0.0, "0"),
        (Decimal("-0.00"), "0"),
        (23.4567, "+23,5"),
        (-1234.56, "−1.234,6"),
        (3e-7, "+0,0000003"),
    ],
)
def test_percentages_keep_their_sign_and_a_digit_that_counts(value: float | Decimal, written: str) -> None:
    assert write_amount(round_percent(value), signed=True) == written


@pytest.mark.parametrize("signed", [True, False])
def test_nothing_is_written_without_a_sign(signed: bool) -> None:
    assert write_amount(-0.0, signed=signed) == write_amount(Decimal("-0.0"), signed=signed) == "0"


def test_a_share_too_small_for_its_column_is_no_negative_zero() -> None:
    _, share = change_of_amount(Decimal(10) ** 12, Decimal(10) ** 12 - 1)
    assert str(share) == "0.0"
