"""Unruled lists that go on over pages."""

from __future__ import annotations

from pathlib import Path

from pipeline.tables.stitch import stitch
from pipeline.tables.unruled import unruled_tables
from pipeline.tables.unruled_join import align_columns
from tests.tables.unruled_pages import Sheet, draw, programs

FIRST = [
    ("1.", ["Program Pelayanan Arsip Statis dan", "Naskah Kuno"], "1.208.000.000", "APBD"),
    ("2.", ["Program Layanan"], "65.000.000", "APBD"),
]
SECOND = [
    ("3.", ["Program Pembinaan"], "98.500.250", "APBD"),
    ("4.", ["Program Penyelamatan"], "30.000.000", "APBN (Dekonsentrasi)"),
    ("", ["Jumlah"], "1.300.500.250", ""),
]


def first(sheet: Sheet) -> None:
    for x, name in ((180, "Program"), (390, "Anggaran"), (500, "Keterangan")):
        sheet.centre(x, 680, name)
    programs(sheet, FIRST, y=700)


def second(sheet: Sheet) -> None:
    programs(sheet, SECOND, y=80)


def other(sheet: Sheet) -> None:
    for number in range(1, 5):
        sheet.text(60, 80 + 16 * number, f"{number}. Kegiatan Pembinaan Perpustakaan Desa yang Luas Sekali Namanya")
        sheet.text(450, 80 + 16 * number, f"Rp {number}.000.000")


def tables_of(path: Path, *sheets: object) -> list[list[object]]:
    pages = draw(path, *sheets)  # type: ignore[arg-type]
    return [list(unruled_tables(page, page.words)[0]) for page in pages]


def test_a_list_over_two_pages_becomes_one_table(tmp_path: Path) -> None:
    found = tables_of(tmp_path / "daftar.pdf", first, second)
    align_columns(found)  # type: ignore[arg-type]
    [table] = stitch(found)  # type: ignore[arg-type]
    assert [row[1].text for row in table.grid] == [
        "Program",
        "Program Pelayanan Arsip Statis dan Naskah Kuno",
        "Program Layanan",
        "Program Pembinaan",
        "Program Penyelamatan",
        "Jumlah",
    ]
    assert table.grid[4][3].text == "APBN (Dekonsentrasi)"
    for row in table.grid:
        for cell in row:
            for line in cell.lines:
                assert cell.parts[0].box.x0 <= line.box.x0
                assert line.box.x1 <= cell.parts[0].box.x1


def test_lists_with_other_columns_stay_apart(tmp_path: Path) -> None:
    found = tables_of(tmp_path / "daftar.pdf", first, other)
    align_columns(found)  # type: ignore[arg-type]
    assert len(stitch(found)) == 2  # type: ignore[arg-type]
