from __future__ import annotations

import pytest

from pipeline.values import ColumnContext, Target, read_target, split_stacked


def _point(number: float, satuan: str | None) -> tuple[object, ...]:
    return number, number, number, None, satuan, None


def _columns(target: Target) -> tuple[object, ...]:
    return (
        target.target,
        target.target_min,
        target.target_maks,
        target.target_kategori,
        target.satuan,
        target.doubt,
    )


@pytest.mark.parametrize(
    ("text", "satuan", "columns"),
    [
        ("71.4", "Poin", _point(71.4, "Poin")),
        ("14 Bulan", "Dokumen", _point(14, "Bulan")),
        ("90%", None, _point(90, "%")),
        ("90%", "Persen", _point(90, "%")),
        ("90", "%", _point(90, "%")),
        ("23.400 Orang", None, _point(23400, "Orang")),
        ("Rp 3.000.000", "Rupiah", _point(3000000, "Rupiah")),
        ("Rp 3.000.000", None, _point(3000000, "Rp")),
        ("2.3", None, _point(2.3, None)),
        ("30 jp/tahun", None, _point(30, "jp/tahun")),
        ("2", "Peringkat (PORDA 2018)", _point(2, "Peringkat (PORDA 2018)")),
        ("70-75", "Poin", (None, 70, 75, None, "Poin", None)),
        ("70 - 75 %", None, (None, 70, 75, None, "%", None)),
        ("≥ 70", "Poin", (None, 70, None, None, "Poin", None)),
        ("≤ 6%", "Persen", (None, None, 6, None, "%", None)),
        ("WDP", "Opini", (None, None, None, "WDP", "Opini", None)),
        ("B (60-70)", None, (None, 60, 70, "B", None, None)),
        ("-", "Orang", (None, None, None, None, "Orang", None)),
        ("Indeks", None, (None, None, None, None, "Indeks", None)),
        ("Indeks", "Nilai", (None, None, None, None, "Nilai", None)),
        ("Bulan", None, (None, None, None, None, "Bulan", None)),
        ("1. Dokumen", None, (None, None, None, None, None, "GABUNGAN")),
        (">90 Sangat Baik", None, (None, None, None, None, None, "GABUNGAN")),
        ("7 Xyz abc def ghi", None, (None, None, None, None, None, "GABUNGAN")),
        ("7 Xyz abc", None, _point(7, "Xyz abc")),
        ("Laporan tersusun tepat waktu", None, (None, None, None, None, None, None)),
        ("Tersedia", None, (None, None, None, None, None, None)),
        ("3 Diklat, total 120 peserta", "Diklat", (None, None, None, None, "Diklat", "GABUNGAN")),
        ("50 dari 60 Desa", "Persen", (None, None, None, None, "Persen", "GABUNGAN")),
        ("12 Kelompok (240 orang)", "Kelompok", (None, None, None, None, "Kelompok", "GABUNGAN")),
        ("3.125", "Poin", (None, None, None, None, "Poin", "AMBIGU")),
        ("3,125 Orang", None, (None, None, None, None, "Orang", "AMBIGU")),
        ("1:30", None, (None, None, None, None, None, "AMBIGU")),
        ("2020-2024", None, (None, None, None, None, None, "AMBIGU")),
        ("Tahun 2024", None, (None, None, None, None, None, "AMBIGU")),
        ("71 305", "Poin Poin", (None, None, None, None, "Poin Poin", "BERTUMPUK")),
        ("#REF!", "Poin", (None, None, None, None, "Poin", "SALAH_RUMUS")),
        ("l00", "persen", (100, 100, 100, None, "persen", "SALAH_OCR")),
        ("-100%", None, (-100, -100, -100, None, "%", "NEGATIF")),
    ],
)
def test_columns_of_a_target(text: str, satuan: str | None, columns: tuple[object, ...]) -> None:
    assert _columns(read_target(text, satuan)) == columns


def test_neighbours_decide_a_target() -> None:
    alone = read_target("2.415", "Skor")
    beside = read_target("2.415", "Skor", ColumnContext.of(["2.61", "3,1"]))
    assert (alone.target, alone.doubt) == (None, "AMBIGU")
    assert (beside.target, beside.doubt) == (2.415, None)


def test_split_stacked() -> None:
    assert split_stacked(["71", "305"], ["Poin", "Orang"]) == [("71", "Poin"), ("305", "Orang")]
    assert split_stacked(["71", "305"], ["Poin"]) is None
    assert split_stacked(["71", "Dokumen"], ["Poin", "Orang"]) is None
    assert split_stacked([], []) is None
