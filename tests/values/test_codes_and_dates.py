from __future__ import annotations

import pytest

from pipeline.values import (
    Ordinal,
    code_level,
    read_code,
    read_date,
    read_nip,
    read_ordinal,
    strip_bullet,
    strip_ordinal,
    years_in,
)


@pytest.mark.parametrize(
    ("text", "code", "level"),
    [
        ("7", "7", "urusan"),
        ("X", "X", "urusan"),
        ("7.01", "7.01", "bidang"),
        ("7.01.02", "7.01.02", "program"),
        ("x.xx.01", "X.XX.01", "program"),
        ("7.01.02.2.03", "7.01.02.2.03", "kegiatan"),
        ("7 . 01 . 02 . 2.03 . 0004", "7.01.02.2.03.0004", "sub_kegiatan"),
        ("X.XX.01.2.03.04", "X.XX.01.2.03.04", "sub_kegiatan"),
        ("7 01 02", "7.01.02", "program"),
        ("7.01.7.01.02.03", "7.01.7.01.02.03", None),
        ("5.1.02.01.001.00024", "5.1.02.01.001.00024", None),
    ],
)
def test_code(text: str, code: str, level: str | None) -> None:
    assert read_code(text) == code
    assert code_level(code) == level


@pytest.mark.parametrize("text", ["", "12 Bulan", "3.450.000", "3.450", "7.01,02", "a.b", "7..01x"])
def test_no_code(text: str) -> None:
    assert read_code(text) is None


@pytest.mark.parametrize(
    ("text", "ordinal"),
    [
        ("3.", Ordinal("3", 3, "number")),
        ("(12)", Ordinal("12", 12, "number")),
        ("b)", Ordinal("b", 2, "letter")),
        ("C", Ordinal("C", 3, "letter")),
        ("IV", Ordinal("IV", 4, "roman")),
        ("xix.", Ordinal("xix", 19, "roman")),
        ("2.1.4", Ordinal("2.1.4", 4, "nested")),
    ],
)
def test_ordinal(text: str, ordinal: Ordinal) -> None:
    assert read_ordinal(text) == ordinal


def test_no_ordinal() -> None:
    assert [read_ordinal(text) for text in ("", "ab", "IIII", "3 Orang", "3.450", "iX")] == [None] * 6


def test_an_ordinal_with_two_readings() -> None:
    ordinal = read_ordinal("i.")
    assert ordinal is not None
    assert (ordinal.value, ordinal.style, ordinal.value_as("letter")) == (1, "roman", 9)
    letter = read_ordinal("b")
    assert letter is not None
    assert (letter.value_as("letter"), letter.value_as("roman")) == (2, None)


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("1. Meningkatnya mutu", "1", "Meningkatnya mutu"),
        ("2.Perda Nomor 4", "2", "Perda Nomor 4"),
        ("(3) Program", "3", "Program"),
        ("b) jalan", "b", "jalan"),
        ("IV. Kegiatan", "IV", "Kegiatan"),
        ("1.2 Maksud", "1.2", "Maksud"),
        ("3.450 Orang", None, "3.450 Orang"),
        ("12 Bulan", None, "12 Bulan"),
        ("a.n. Bupati", None, "a.n. Bupati"),
        ("1.", None, "1."),
    ],
)
def test_strip_ordinal(text: str, label: str | None, rest: str) -> None:
    ordinal, stripped = strip_ordinal(text)
    assert (ordinal.text if ordinal else None, stripped) == (label, rest)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("- satu", "satu"),
        ("• dua", "dua"),
        ("\uf0b7 tiga", "tiga"),
        ("o empat", "empat"),
        ("orang", "orang"),
        ("-5", "-5"),
        ("-", "-"),
    ],
)
def test_strip_bullet(text: str, rest: str) -> None:
    assert strip_bullet(text) == rest


@pytest.mark.parametrize(
    ("text", "iso", "printed"),
    [
        ("5 Maret 2021", "2021-03-05", "5 Maret 2021"),
        ("Kota Baru,    Pebruari 2021", "2021-02", "Pebruari 2021"),
        ("pada 30 Nop. 2020.", "2020-11-30", "30 Nop. 2020"),
        ("14-02-2022", "2022-02-14", "14-02-2022"),
        ("2022-02-14", "2022-02-14", "2022-02-14"),
        ("31 Februari 2022", None, "31 Februari 2022"),
        ("Tahun 2022", "2022", "Tahun 2022"),
        ("tanpa  tanggal", None, "tanpa tanggal"),
    ],
)
def test_date(text: str, iso: str | None, printed: str) -> None:
    assert read_date(text) == (iso, printed)


def test_nip() -> None:
    assert read_nip("NIP. 19750214 199803 2 004") == "197502141998032004"
    assert read_nip("NIP 1975 0214 1998 03 2 004") == "197502141998032004"
    assert read_nip("197502141998032004") == "197502141998032004"
    assert read_nip("NIP. 19750214 199803 2 0044") is None
    assert read_nip("0812 3456 7890") is None


def test_years() -> None:
    text = "RPJMD 2021-2026, UU 23/2014, Rp 2.024.000, 12.2019, NIP 19750214, tahun 2022."
    assert years_in(text) == [2021, 2026, 2014, 2022]
