"""What is no table stays prose, word for word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tables.unruled_pages import Sheet, read

SENTENCE = "alokasi anggaran sebesar Rp 21.840.517.000,- dengan realisasi sebesar Rp 20.951.225.130,- atau 95,92 persen"


def paragraphs(sheet: Sheet) -> None:
    for number in range(12):
        sheet.justified(60, 100 + 14 * number, 470, SENTENCE)


def ragged_amounts(sheet: Sheet) -> None:
    for number in range(6):
        sheet.text(60, 100 + 42 * number, "Kegiatan Pembinaan mendapat alokasi anggaran sebesar")
        sheet.text(60, 114 + 42 * number, f"{number + 1}.160.751.000,- dengan realisasi anggaran sebesar")
        sheet.text(60, 128 + 42 * number, f"{number + 1}.130.000.000,- pada akhir tahun.")


def contents(sheet: Sheet) -> None:
    for number in range(1, 12):
        sheet.text(60, 100 + 14 * number, f"{number}.")
        sheet.text(80, 100 + 14 * number, "Gambaran Umum ..................................................")
        sheet.right(520, 100 + 14 * number, str(number * 3))


def contents_without_leaders(sheet: Sheet) -> None:
    sheet.text(60, 80, "DAFTAR ISI")
    sheet.centre(300, 80, "Uraian")
    sheet.right(525, 80, "Halaman")
    for number in range(1, 9):
        sheet.text(60, 100 + 14 * number, f"BAB {number}")
        sheet.text(120, 100 + 14 * number, "Perencanaan dan Perjanjian Kinerja")
        sheet.right(520, 100 + 14 * number, str(number * 3))


def legal_bases(sheet: Sheet) -> None:
    for number in range(1, 9):
        y = 100 + 28 * number
        sheet.text(60, y, f"{number}.")
        sheet.text(80, y, f"Peraturan Daerah Nomor {number} Tahun 2031 (Lembaran Daerah Tahun 2031")
        sheet.text(80, y + 14, f"Nomor {number}, Tambahan Lembaran Daerah Nomor 5.{number}72);")


def signatures(sheet: Sheet) -> None:
    for x, name in ((80, "WALI KOTA"), (360, "KEPALA DINAS")):
        sheet.text(x, 100, name)
        sheet.text(x, 160, "Nama Lengkap, M.Si.")
        sheet.text(x, 174, "NIP. 19700101 199503 1 001")
    sheet.text(80, 220, "Jalan Contoh Nomor 10")
    sheet.text(360, 220, "Telepon 021.555.123")
    sheet.text(80, 234, "Kode Pos 10.110")


def two_stray_amounts(sheet: Sheet) -> None:
    sheet.text(60, 100, "Pendapatan")
    sheet.right(300, 100, "1.250.000")
    sheet.text(60, 400, "Belanja")
    sheet.right(300, 400, "2.250.000")


def decorated(sheet: Sheet) -> None:
    for number in range(6):
        sheet.rule(60, 530, 90 + 60 * number)
        sheet.text(60, 110 + 60 * number, "Rencana kerja tahunan adalah penjabaran dari sasaran dan program yang")
        sheet.text(60, 124 + 60 * number, "telah ditetapkan dalam rencana strategis, dan akan dilaksanakan.")


def chart(sheet: Sheet) -> None:
    for number in range(7):
        sheet.rule(120, 500, 100 + 30 * number)
        sheet.right(110, 104 + 30 * number, str(100 - 5 * number))
    for number in range(5):
        sheet.centre(160 + 70 * number, 300, f"Sasaran {number + 1}")


def highlighted(sheet: Sheet) -> None:
    for number in range(9):
        sheet.shade(60, 100 + 14 * number, 480, 114 + 14 * number)
        sheet.text(62, 110 + 14 * number, "Persentase Realisasi Indikator adalah jumlah yang dicapai dibagi target")


@pytest.mark.parametrize(
    "page",
    [
        paragraphs,
        ragged_amounts,
        contents,
        contents_without_leaders,
        legal_bases,
        signatures,
        two_stray_amounts,
        decorated,
        chart,
        highlighted,
    ],
)
def test_no_table_in(page: Callable[[Sheet], None], tmp_path: Path) -> None:
    tables, rest = read(tmp_path / "prosa.pdf", page)
    assert tables == []
    assert rest
