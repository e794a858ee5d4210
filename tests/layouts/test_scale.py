"""Rupiah, thousands or millions: what the header says against what the amounts are, each on a small drawn table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.layouts.scale import mark_of
from pipeline.values import ColumnContext, read_money
from tests.forms.sheet import cell
from tests.layouts.test_columns import read

HEADS = ["Program", "Indikator", "Target"]
FULL = ["1.250.000.000", "350.000.000", "82.500.000"]
THOUSANDS = ["1.250.000", "350.000", "82.500"]


def rows(amounts: list[str]) -> list[list[str]]:
    names = ("Hutan Rakyat", "Hasil Hutan", "Tata Ruang")
    return [[f"Program {name}", "Luas kawasan", "4 ha", amount] for name, amount in zip(names, amounts, strict=True)]


def read_amounts(folder: Path, header: str, amounts: list[str]) -> tuple[list[Any], list[Any], set[str]]:
    """The amounts in rupiah, how sure they are, and the codes of the findings about scale."""
    head = [cell(0, column, text) for column, text in enumerate([*HEADS, header])]
    result = read(folder, [40, 40, 20, 40], head, rows(amounts))
    nodes = result.table("program_kegiatan").to_pylist()
    codes = {row["kode"] for row in result.table("temuan").to_pylist() if row["kode"].startswith("SKALA")}
    return [node["pagu"] for node in nodes], [node["pagu_keyakinan"] for node in nodes], codes


@pytest.mark.parametrize("header", ["Pagu (Rp. 000)", "Pagu (dalam ribuan)", "Pagu (Ribuan)", "Pagu (x Rp 1.000)"])
def test_a_mark_over_thousands_multiplies(tmp_path: Path, header: str) -> None:
    amounts, sure, codes = read_amounts(tmp_path, header, THOUSANDS)
    assert amounts == [1_250_000_000, 350_000_000, 82_500_000]
    assert set(sure) == {"terbaca"}
    assert not codes


def test_a_mark_over_whole_rupiah_is_not_meant_and_that_is_said(tmp_path: Path) -> None:
    amounts, sure, codes = read_amounts(tmp_path, "Pagu (Rp. 000)", FULL)
    assert amounts == [1_250_000_000, 350_000_000, 82_500_000]
    assert set(sure) == {"terbaca"}
    assert codes == {"SKALA_TIDAK_COCOK"}


def test_amounts_between_the_two_are_left_open(tmp_path: Path) -> None:
    amounts, sure, codes = read_amounts(tmp_path, "Pagu (Rp. 000)", ["25.000.000", "35.000.000", "12.000.000"])
    assert amounts == [None] * 3
    assert set(sure) == {"diragukan"}
    assert codes == {"SKALA_DIRAGUKAN"}


def test_small_amounts_without_a_mark_are_left_open(tmp_path: Path) -> None:
    amounts, sure, codes = read_amounts(tmp_path, "Pagu (Rp)", ["250.000", "350.000", "82.500"])
    assert amounts == [None] * 3
    assert set(sure) == {"diragukan"}
    assert codes == {"SKALA_DIRAGUKAN"}


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("Kebutuhan Dana/ Pagu Indikatif (dlm juta)", 1_000_000),
        ("(dalam jutaan rupiah)", 1_000_000),
        ("Anggaran (Rp. Milyar)", 1_000_000_000),
        ("Rp 000", 1_000),
        ("Anggaran (Rp.000,-)", 1_000),
        ("Pajak dan Retribusi", 1),
        ("Pagu 2000", 1),
        ("Anggaran Rp", 1),
    ],
)
def test_marks_are_known_wherever_they_stand(text: str, scale: int) -> None:
    assert mark_of([text]) == scale


def test_one_mark_for_thousands_and_cents_is_read_where_the_column_has_it_again_and_again() -> None:
    column = ["619.125.000.00", "82.500.000.00", "1.250.000.000.00"]
    assert read_money(column[0], 1, ColumnContext.of(column)).amount == 619_125_000
    assert (
        read_money(
            "190,000,000,00", 1, ColumnContext.of(["190,000,000,00", "75,500,000,00", "1,200,000,000,00"])
        ).amount
        == 190_000_000
    )
    lone = read_money(column[0], 1, ColumnContext.of(["619.125.000.00", "82.500.000"]))
    assert (lone.amount, lone.ambiguous) == (None, True)
