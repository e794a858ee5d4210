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


def test_split_units() -> None:
    assert split_units("Rupiah  Jam Pelajaran Poin") == ["Rupiah", "Jam Pelajaran", "Poin"]
    assert split_units("Dokumen Perencanaan") is None
    assert split_units("") == []


def test_every_spelling_of_the_table_leads_to_one_unit() -> None:
    assert len(units()) > 200
    for spelling, unit in units().items():
        assert known_unit(spelling) == unit
    assert {unit.kind for unit in units().values()} == {"uang", "skor", "persen", "grade", "cacah", "ukur"}
