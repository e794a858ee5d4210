"""A perjanjian kinerja: indicators in a ruled table, and below it the programs in a list that nothing rules."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.release.result import DocumentResult
from tests.forms.reading import read
from tests.tables.drawn import Sheet, draw

GOALS = [
    ("NO", "SASARAN STRATEGIS", "INDIKATOR KINERJA", "TARGET"),
    ("1", "Arsip daerah tertib", "Nilai pengawasan arsip", "82"),
    ("2", "Minat baca meningkat", "Indeks literasi", "67"),
]
XS = (50.0, 80.0, 250.0, 450.0, 550.0)
NAMES = ["Pengelolaan Arsip", "Pembinaan Perpustakaan", "Pelestarian Koleksi Nasional", "Penunjang Urusan Daerah"]
AMOUNTS = [1_250_000_000, 845_500_250, 75_000_000, 3_020_000_000]


@dataclass(frozen=True, slots=True)
class Below:
    """How the list is set: with a header or not, each name with a word before it, what stands before the total."""

    header: bool = True
    word: str = "Program "
    total: str | None = None
    remark: str = ""


def money(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def page(sheet: Sheet, below: Below) -> None:
    sheet.text(200, 50, "PERJANJIAN KINERJA TAHUN 2025", font="Helvetica-Bold")
    sheet.text(200, 64, "DINAS PERPUSTAKAAN DAN KEARSIPAN")
    ys = [100.0 + 22 * row for row in range(len(GOALS) + 1)]
    sheet.grid(XS, ys)
    for y, row in zip(ys, GOALS, strict=False):
        for x, text in zip(XS, row, strict=False):
            sheet.text(x + 4, y + 14, text)
    y = 210.0
    if below.header:
        sheet.text(180, y, "Program")
        sheet.text(430, y, "Anggaran")
        y += 20
    for number, (name, amount) in enumerate(zip(NAMES, AMOUNTS, strict=True), start=1):
        sheet.text(60, y, f"{number}.")
        sheet.text(80, y, below.word + name)
        price(sheet, y, amount)
        sheet.text(520, y, below.remark)
        y += 18
    if below.total is not None:
        sheet.text(80, y, below.total)
        price(sheet, y, sum(AMOUNTS))


def price(sheet: Sheet, y: float, amount: int) -> None:
    sheet.text(400, y, "Rp")
    width = sheet.canvas.stringWidth(money(amount), "Helvetica", 9)
    sheet.text(500 - width, y, money(amount))


def programs(result: DocumentResult) -> list[tuple[str, str, str, float]]:
    rows = result.table("program_kegiatan").to_pylist()
    return [(row["level"], row["nomor"], row["nama"], float(row["pagu"] or 0)) for row in rows]


@pytest.mark.parametrize("total", [None, "", "Jumlah", "TOTAL ANGGARAN"])
@pytest.mark.parametrize("word", ["Program ", ""], ids=["word", "bare"])
@pytest.mark.parametrize("header", [True, False], ids=["header", "headless"])
def test_programs_of_a_list(tmp_path: Path, header: bool, word: str, total: str | None) -> None:
    below = Below(header, word, total)
    result = read(draw(tmp_path / "pk.pdf", lambda sheet: page(sheet, below)))
    wanted = zip(NAMES, AMOUNTS, strict=True)
    assert programs(result) == [("program", str(n), word + name, pagu) for n, (name, pagu) in enumerate(wanted, 1)]
    assert [row["target_teks"] for row in result.table("indikator").to_pylist()] == ["82", "67"]
    codes = {row["kode"] for row in result.table("temuan").to_pylist()}
    assert not codes & {"TABEL_TAK_DIKENAL", "ANGKA_TANPA_REKAMAN", "BARIS_TANPA_NAMA", "TOTAL_TIDAK_COCOK"}


def test_a_remark_beside_the_amounts(tmp_path: Path) -> None:
    result = read(draw(tmp_path / "pk.pdf", lambda sheet: page(sheet, Below(header=False, remark="APBD"))))
    assert [row["keterangan"] for row in result.table("program_kegiatan").to_pylist()] == ["APBD"] * len(NAMES)


def test_amounts_without_level_or_indicators_above_are_not_taken_for_programs(tmp_path: Path) -> None:
    def bare(sheet: Sheet) -> None:
        for number, (name, amount) in enumerate(zip(NAMES, AMOUNTS, strict=True), start=1):
            sheet.text(60, 100 + 18 * number, f"{number}. {name}")
            price(sheet, 100 + 18 * number, amount)

    result = read(draw(tmp_path / "daftar.pdf", bare))
    assert programs(result) == []
    assert "TABEL_TAK_DIKENAL" in {row["kode"] for row in result.table("temuan").to_pylist()}
