"""Which figures of a scan are doubted, and which are not."""

from __future__ import annotations

import pytest

from pipeline.pages.model import Box, Word
from pipeline.pages.trust import Reason, doubtful, doubtful_figure, explain

SURE = 0.9995


def word(text: str, confidence: float = SURE) -> Word:
    return Word(text, Box(0, 0, 40, 10), confidence=confidence)


@pytest.mark.parametrize(
    "text",
    ["2.766.014.900", "59.1", "0,81", "72,13", "100", "90%", "4", "1.208.000.000,00", "750,000,000.00", "Rp1.000.000"],
)
def test_a_clear_figure_is_trusted(text: str) -> None:
    assert doubtful(word(text), dpi=200) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("25.00.000", "kelompok"),
        ("2.766.14.900", "kelompok"),
        ("1.250.0000", "kelompok"),
        ("O,65", "huruf"),
        ("1O0", "huruf"),
        ("l.250.000", "huruf"),
        ("l", "huruf"),
    ],
)
def test_a_figure_of_wrong_form_is_doubted_however_sure(text: str, reason: Reason) -> None:
    assert doubtful(word(text)) == reason


@pytest.mark.parametrize("text", ["5.03.02.2.01.0001", "1.20.1.20.03"])
def test_codes_are_not_amounts_of_wrong_form(text: str) -> None:
    assert doubtful(word(text)) is None


def test_a_figure_is_as_sure_as_its_worst_character() -> None:
    assert doubtful(word("45.200.000", 0.98)) == "keyakinan"
    assert doubtful(word("Pegawai", 0.5)) is None  # no figure


def test_text_layers_are_never_doubted() -> None:
    assert doubtful(word("25.00.000", 1.0)) is None
    assert doubtful_figure([word("1", 1.0), word("250", 1.0)], rupiah=True) is None


def test_decimal_marks_of_coarse_scans_are_doubted() -> None:
    assert doubtful(word("59.1", 0.995), dpi=100) == "pemisah"
    assert doubtful(word("59.1", 0.995), dpi=300) is None
    assert doubtful(word("2.975.040"), dpi=100) is None


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        (["Rp", "45.200.000"], None),
        (["45.200"], "terlalu_kecil"),
        (["Rp", "45.200"], "terlalu_kecil"),
        (["2.766", "014.900"], "terputus"),
        (["45.200.", "000"], "terputus"),
        (["1.25.000"], "kelompok"),
    ],
)
def test_amounts_of_money(texts: list[str], reason: Reason | None) -> None:
    assert doubtful_figure([word(text) for text in texts], rupiah=True) == reason


def test_every_reason_can_be_told() -> None:
    assert "kurang jelas" in explain("keyakinan")
    assert "terpisah" in explain("terputus")
