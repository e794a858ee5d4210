from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.values import ColumnContext, read_money


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("3.450.000", "3450000"),
        ("Rp 3.450.000,-", "3450000"),
        ("Rp. 3.450.000.-", "3450000"),
        ("Rp3.450.000,00", "3450000"),
        ("3,450,000.00", "3450000"),
        ("3,450,000", "3450000"),
        ("61.450.000,50", "61450000.50"),
        ("3.450", "3450"),
        ("3,450", "3450"),
        ("345000000", "345000000"),
        ("0", "0"),
        ("Rp 0,-", "0"),
        ("(2.000)", "-2000"),
        ("-2.000", "-2000"),
        ("Rp 3,5 juta", "3500000"),
        ("1,25 Miliar", "1250000000"),
        ("3.450.000,", "3450000"),
    ],
)
def test_amount(text: str, amount: str) -> None:
    money = read_money(text)
    assert (money.amount, money.ambiguous) == (Decimal(amount), False)


@pytest.mark.parametrize("text", ["", "-", "Rp.", "Rp. -", "Rp", "n/a", "…"])
def test_nothing_printed_is_no_doubt(text: str) -> None:
    money = read_money(text)
    assert (money.amount, money.ambiguous) == (None, False)


@pytest.mark.parametrize(
    "text",
    [
        "35.00.000",
        "3.450.00",
        "3.950.0000",
        "3.450.000.00",
        "Rp 1.000 Rp 2.000",
        "0 Rp 2.000",
        "1.000.000 2.000.000",
        "1.000.000 - 2.000.000",
        "3 .450.000",
        "3. 450.000",
        "35.000.",
        "3.5",
        "3,5",
        "3.450.000 APBD",
        "12 Orang",
        "100%",
        "#REF!",
        "nihil",
        "(3)",
        "3,450.000",
        "0.450.000",
        "123456789012345678901",
    ],
)
def test_what_may_be_another_amount_is_none_and_ambiguous(text: str) -> None:
    money = read_money(text)
    assert (money.amount, money.ambiguous) == (None, True)
    assert money.rule


def test_letters_read_for_digits() -> None:
    money = read_money("3.45O.000")
    assert (money.amount, money.ambiguous) == (Decimal(3450000), True)


@pytest.mark.parametrize(
    ("text", "scale", "amount"),
    [
        ("3.450", 1000, 3450000),
        ("3.450.000", 1000, 3450000000),
        ("12,5", 10**6, 12500000),
        ("12.5", 10**6, 12500000),
        ("3.450,75", 10**6, 3450750000),
        ("-", 1000, None),
    ],
)
def test_scale_of_the_header(text: str, scale: int, amount: int | None) -> None:
    money = read_money(text, scale)
    assert (money.amount, money.ambiguous) == (amount, False)


def test_three_digits_after_a_comma_need_evidence_where_a_header_scales() -> None:
    assert read_money("3,450", 1000).ambiguous
    assert read_money("3,450", 1000, ColumnContext.of(["12,500,000"])).amount == 3450000
    assert read_money("3,450", 10**6, ColumnContext.of(["12,5"])).amount == 3450000
    assert read_money("3 juta", 1000).ambiguous


@pytest.mark.parametrize("mark", [".", ","])
def test_cents_parted_as_thousands_are_read_where_the_column_writes_them_so(mark: str) -> None:
    column = [text.replace(".", mark) for text in ("619.125.000.00", "184.300.000.00", "Rp 190.000.000.00")]
    amounts = [read_money(text, 1, ColumnContext.of(column)) for text in column]
    assert [money.amount for money in amounts] == [Decimal(619125000), Decimal(184300000), Decimal(190000000)]
    assert not any(money.ambiguous for money in amounts)


@pytest.mark.parametrize(
    "column",
    [
        ["619.125.000.00"],
        ["619.125.000.00"] * 5,
        ["619.125.000.00", "1.506.190.00", "2.586.750.00", "2.000.000", "1.250.000", "3.100.000"],
    ],
)
def test_cents_parted_as_thousands_stay_open_where_a_digit_may_be_lost(column: list[str]) -> None:
    money = read_money("619.125.000.00", 1, ColumnContext.of(column))
    assert (money.amount, money.ambiguous) == (None, True)
