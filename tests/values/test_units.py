from __future__ import annotations

import pytest

from pipeline.reference.units import find_unit, known_unit, same_unit, split_units, units


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rp.", "Rupiah"),
        ("%", "Persen"),
        ("DOKUMEN", "Dokumen"),
        ("dok.", "Dokumen"),
        ("Dokumen Perencanaan", "Dokumen"),
        ("Laporan hasil pengawasan", "Laporan"),
        ("Peringkat (PORDA 2018)", "Peringkat"),
        ("Buah / Lembar", "Buah"),
        ("Persen (%)", "Persen"),
        ("Orang/Bulan", "Orang/bulan"),
    ],
)
def test_find_unit(text: str, name: str) -> None:
    unit = find_unit(text)
    assert unit is not None
    assert unit.name == name


def test_unknown_units() -> None:
    assert find_unit("") is None
    assert find_unit("Xyz Dokumen") is None
    assert known_unit("Dokumen Perencanaan") is None


def test_same_unit() -> None:
    assert same_unit("%", "Persen")
    assert same_unit("Xyz", "xyz.")
    assert not same_unit("Dokumen", "Laporan")
    assert not same_unit("Xyz", "Laporan")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Eksemplar", "Judul"), ("Meter", "Cm"), ("Rupiah", "Juta Rupiah"), ("Jam", "Minggu"), ("Kali", "Rapat")],
)
def test_units_that_are_read_alike_are_not_the_same(one: str, other: str) -> None:
    first, second = find_unit(one), find_unit(other)
    assert first is not None
    assert first == second
    assert not same_unit(one, other)


def test_spellings_of_a_unit_of_a_kind_are_the_same() -> None:
    assert same_unit("Izin", "Ijin")
    assert same_unit("Rp Juta", "juta rupiah")
    assert "" not in units()


def test_split_units() -> None:
    assert split_units("Rupiah  Jam Pelajaran Poin") == ["Rupiah", "Jam Pelajaran", "Poin"]
    assert split_units("Dokumen Perencanaan") is None
    assert split_units("") == []


def test_every_spelling_of_the_table_leads_to_one_unit() -> None:
    assert len(units()) > 200
    for spelling, unit in units().items():
        assert known_unit(spelling) == unit
    assert {unit.kind for unit in units().values()} == {"uang", "skor", "persen", "grade", "cacah", "ukur"}
