"""Lists without rules: names that wrap, amounts beside them, and much that only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tables.unruled_pages import LEADING, Sheet, programs, read, texts

ROWS = [
    ("1.", ["Program Pelayanan Arsip"], "1.208.000.000", "APBD"),
    (
        "2.",
        ["Program Peningkatan Sarana dan", "Prasarana Baca bagi Masyarakat", "Pulau Terluar dan", "Terpencil"],
        "165.000.000",
        "APBD",
    ),
    ("3.", ["Program Pengembangan Sistem", "Pelaporan"], "98.500.250", "APBN"),
    ("4.", ["Program Penyelamatan Naskah"], "30.000.000", "APBD"),
]
BODY = [[ordinal, " ".join(name), f"Rp {amount}", remark] for ordinal, name, amount, remark in ROWS]


def header(sheet: Sheet, y: float = 96.0) -> None:
    sheet.centre(180, y, "Program")
    sheet.centre(390, y, "Anggaran")
    sheet.centre(500, y, "Keterangan")


@pytest.mark.parametrize("place", ["top", "middle", "bottom"])
@pytest.mark.parametrize("gap", [0.0, 6.0])
def test_wrapped_names_belong_to_their_amount_wherever_it_stands(tmp_path: Path, place: str, gap: float) -> None:
    def page(sheet: Sheet) -> None:
        header(sheet)
        programs(sheet, ROWS, place=place, gap=gap)

    [table], rest = read(tmp_path / "daftar.pdf", page)
    assert texts(table) == [["", "Program", "Anggaran", "Keterangan"], *BODY]
    assert rest == []


def test_title_total_date_and_signatures_around_a_list(tmp_path: Path) -> None:
    def page(sheet: Sheet) -> None:
        sheet.centre(300, 50, "PERJANJIAN KINERJA TAHUN 2031")
        sheet.centre(300, 64, "DINAS PERPUSTAKAAN DAN ARSIP")
        header(sheet)
        y = programs(sheet, ROWS)
        sheet.centre(180, y, "Jumlah")
        sheet.text(330, y, "Rp")
        sheet.right(440, y, "1.400.500.250")
        sheet.text(380, y + 30, "Kota Contoh, Januari 2031")
        sheet.centre(140, y + 58, "WALI KOTA CONTOH")
        sheet.centre(440, y + 58, "KEPALA DINAS")
        sheet.centre(440, y + 120, "NIP. 19700101 199503 1 001")

    [table], rest = read(tmp_path / "daftar.pdf", page)
    assert texts(table)[1:] == [*BODY, ["", "Jumlah", "Rp 1.400.500.250", ""]]
    assert " ".join(word.text for word in rest).startswith("PERJANJIAN KINERJA TAHUN 2031 DINAS PERPUSTAKAAN")
    assert "Kota" in {word.text for word in rest}


def test_justified_names_are_one_column(tmp_path: Path) -> None:
    def page(sheet: Sheet) -> None:
        header(sheet)
        y = 120.0
        names = ["Program Peningkatan Budaya", "Program Pengembangan Seni", "Program Pembinaan Bahasa"]
        for number, name in enumerate(names, 1):
            sheet.text(60, y, f"{number}.")
            sheet.justified(80, y, 220, name)
            sheet.text(80, y + LEADING, "Daerah dan Sastra")
            sheet.text(330, y, "Rp")
            sheet.right(440, y, f"{number}00.000.000,00")
            y += 2 * LEADING

    [table], _ = read(tmp_path / "daftar.pdf", page)
    assert texts(table)[1][:3] == ["1.", "Program Peningkatan Budaya Daerah dan Sastra", "Rp 100.000.000,00"]


def test_ordinals_before_the_names_and_no_header(tmp_path: Path) -> None:
    def page(sheet: Sheet) -> None:
        y = 100.0
        for number, name in enumerate(["Program Arsip", "Program Perpustakaan Keliling", "Program Naskah"], 1):
            sheet.text(60, y, f"{number}. {name}")
            sheet.text(330, y, f"Rp. {number}50.000.000,-")
            y += 18

    [table], rest = read(tmp_path / "daftar.pdf", page)
    assert texts(table)[0] == ["1. Program Arsip", "Rp. 150.000.000,-"]
    assert len(texts(table)) == 3
    assert rest == []


def test_number_row_and_two_columns_of_money(tmp_path: Path) -> None:
    def page(sheet: Sheet) -> None:
        for number, (x, name) in enumerate(((70, "No"), (180, "Program"), (340, "Sebelum"), (450, "Sesudah")), 1):
            sheet.centre(x, 96, name)
            sheet.centre(x, 110, f"({number})")
        for number, y in enumerate((130, 145, 160), 1):
            sheet.centre(70, y, str(number))
            sheet.text(100, y, "Program Pembinaan Perpustakaan")
            sheet.right(370, y, f"{number}.250.000")
            sheet.right(480, y, f"{number}.500.000" if number != 2 else "-")

    [table], _ = read(tmp_path / "daftar.pdf", page)
    assert texts(table)[:3] == [
        ["No", "Program", "Sebelum", "Sesudah"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["1", "Program Pembinaan Perpustakaan", "1.250.000", "1.500.000"],
    ]
    assert texts(table)[3][3] == "-"


def test_remark_that_wraps_and_dot_leaders(tmp_path: Path) -> None:
    def page(sheet: Sheet) -> None:
        header(sheet)
        y = programs(sheet, ROWS[:1])
        sheet.text(60, y, "2.")
        sheet.text(80, y, "Program Layanan ............................................")
        sheet.text(330, y, "Rp")
        sheet.right(440, y, "4.688.230.000")
        sheet.centre(500, y - 5, "APBN")
        sheet.centre(500, y + 6, "(Dekonsentrasi)")

    [table], rest = read(tmp_path / "daftar.pdf", page)
    assert texts(table)[2][3] == "APBN (Dekonsentrasi)"
    assert rest == []


def test_one_program_and_its_total_under_a_header(tmp_path: Path) -> None:
    def page(sheet: Sheet) -> None:
        header(sheet)
        programs(sheet, [("1.", ["Program Kearsipan"], "250.000.000", "APBD"), ("", ["Jumlah"], "250.000.000", "")])

    [table], _ = read(tmp_path / "daftar.pdf", page)
    assert texts(table)[1:] == [
        ["1.", "Program Kearsipan", "Rp 250.000.000", "APBD"],
        ["", "Jumlah", "Rp 250.000.000", ""],
    ]


def test_a_row_without_grouped_thousands_does_not_cut_the_list(tmp_path: Path) -> None:
    rows = [*ROWS[:2], ("3.", ["Program Tanpa Dana"], "0", "-"), ("4.", ["Program Kecil"], "500000", "APBD"), ROWS[0]]

    def page(sheet: Sheet) -> None:
        header(sheet)
        programs(sheet, rows)

    [table], _ = read(tmp_path / "daftar.pdf", page)
    assert [row[2] for row in texts(table)[1:]] == [f"Rp {amount}" for _, _, amount, _ in rows]


def test_indicators_and_targets_under_a_header(tmp_path: Path) -> None:
    rows = [
        ("1.", ["Indeks minat baca masyarakat"], "Indeks", "65,5"),
        ("2.", ["Persentase arsip yang tertata", "menurut aturan"], "Persen", "90 %"),
        ("3.", ["Nilai pengawasan kearsipan"], "Kategori", "BB"),
        ("4.", ["Jumlah perpustakaan desa yang", "dibina"], "Desa", "12"),
        ("5.", ["Jumlah naskah yang dialihmedia"], "Naskah", "10"),
    ]

    def page(sheet: Sheet) -> None:
        for x, name in ((66, "No"), (180, "Indikator Kinerja"), (370, "Satuan"), (470, "Target")):
            sheet.centre(x, 100, name)
        y = 124.0
        for ordinal, name, unit, target in rows:
            sheet.text(60, y, ordinal)
            for number, line in enumerate(name):
                sheet.text(84, y + number * LEADING, line)
            sheet.centre(370, y, unit)
            sheet.centre(470, y, target)
            y += LEADING * len(name) + 5

    [table], rest = read(tmp_path / "target.pdf", page)
    assert texts(table)[1:] == [[ordinal, " ".join(name), unit, target] for ordinal, name, unit, target in rows]
    assert rest == []


def test_currency_signs_close_to_long_names(tmp_path: Path) -> None:
    def page(sheet: Sheet) -> None:
        header(sheet)
        for number, y in enumerate((120, 146, 172), 1):
            sheet.text(60, y, f"{number}.")
            sheet.justified(80, y, 247, "Program Peningkatan dan Pengembangan Pengelolaan")
            sheet.text(80, y + LEADING, "Keuangan")
            sheet.text(330, y, "Rp")
            sheet.right(440, y, f"{number}25.000.000,00")
            sheet.centre(500, y, "APBD")

    [table], _ = read(tmp_path / "daftar.pdf", page)
    name = "Program Peningkatan dan Pengembangan Pengelolaan Keuangan"
    assert texts(table)[1] == ["1.", name, "Rp 125.000.000,00", "APBD"]


def test_rows_that_cannot_be_told_apart_are_doubted(tmp_path: Path) -> None:
    def page(sheet: Sheet) -> None:
        header(sheet)
        for line, y in enumerate((120, 133, 146, 159, 172, 185)):
            sheet.text(60, y, f"{line + 1}.")
            sheet.text(80, y, "Program Pembinaan Arsip")
        for y in (120, 133, 185):
            sheet.text(330, y, "Rp")
            sheet.right(440, y, "1.250.000.000")

    [table], _ = read(tmp_path / "daftar.pdf", page)
    assert "batas baris diragukan" in table.signs


def test_a_column_that_has_only_a_heading(tmp_path: Path) -> None:
    def page(sheet: Sheet) -> None:
        header(sheet)
        programs(sheet, [(ordinal, name, amount, "") for ordinal, name, amount, _ in ROWS])

    [table], _ = read(tmp_path / "daftar.pdf", page)
    assert texts(table) == [["", "Program", "Anggaran", "Keterangan"], *([*row[:3], ""] for row in BODY)]


@pytest.mark.parametrize("total", ["1.501.500.250", "1.501.500.750"], ids=["sum", "misread"])
def test_a_bare_amount_below_is_the_total(tmp_path: Path, total: str) -> None:
    def page(sheet: Sheet) -> None:
        header(sheet)
        y = programs(sheet, ROWS)
        sheet.text(330, y, "Rp")
        sheet.right(440, y, total)

    [table], _ = read(tmp_path / "daftar.pdf", page)
    assert texts(table)[1:] == [*BODY, ["", "", f"Rp {total}", ""]]


@pytest.mark.parametrize("number", range(len(ROWS)))
@pytest.mark.parametrize("amount", ["RpA.868.180.000", "Rp1B.868.180.000,-"])
def test_a_misread_amount_does_not_part_the_list(tmp_path: Path, number: int, amount: str) -> None:
    rows = [(str(n), name, amount if n == number else f"Rp{printed}") for n, (_, name, printed, _) in enumerate(ROWS)]

    def page(sheet: Sheet) -> None:
        y = 120.0
        for ordinal, name, printed in rows:
            sheet.text(60, y, f"{ordinal}.")
            sheet.right(440, y, printed)
            for line in name:
                sheet.text(80, y, line)
                y += LEADING
            y += 6

    [table], _ = read(tmp_path / "daftar.pdf", page)
    assert texts(table) == [[f"{ordinal}.", " ".join(name), printed] for ordinal, name, printed in rows]
