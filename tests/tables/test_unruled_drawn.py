"""Tables with horizontal rules only, and tables that only their shading frames."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from tests.tables.unruled_pages import Sheet, read, texts

HEADER = ("No", "Sasaran", "Indikator", "Target")
XS = (60.0, 90.0, 250.0, 450.0, 530.0)


def fill_row(sheet: Sheet, y: float, row: tuple[str, ...]) -> None:
    for x, cell in zip(XS, row, strict=False):
        for number, line in enumerate(cell.split("|")):
            sheet.text(x + 4, y + 12 + 12 * number, line)


def test_horizontal_rules_part_the_rows(tmp_path: Path) -> None:
    rows = [
        HEADER,
        ("1", "Meningkatnya minat|baca", "Indeks minat baca", "65"),
        ("2", "Tertibnya arsip", "Persentase arsip yang|tertata menurut aturan", "90 %"),
        ("", "", "Nilai pengawasan arsip", "BB"),
    ]

    def page(sheet: Sheet) -> None:
        for number, row in enumerate(rows):
            sheet.rule(60, 530, 100 + 32 * number)
            fill_row(sheet, 100 + 32 * number, row)
        sheet.rule(60, 530, 100 + 32 * len(rows))
        sheet.text(60, 280, "Sumber: dokumen contoh")

    [table], rest = read(tmp_path / "garis.pdf", page)
    assert table.engine == "garis-mendatar"
    assert texts(table) == [[cell.replace("|", " ") for cell in row] for row in rows]
    assert [word.text for word in rest] == ["Sumber:", "dokumen", "contoh"]


def test_shading_frames_cells_that_white_lines_part(tmp_path: Path) -> None:
    rows = [
        HEADER,
        ("1", "Meningkatnya minat", "Indeks minat baca", "65"),
        ("2", "Tertibnya arsip", "Nilai arsip", "80"),
    ]

    def page(sheet: Sheet) -> None:
        for number, row in enumerate(rows):
            y = 100 + 22 * number
            for left, right in pairwise(XS):
                sheet.shade(left, y, right - 1.5, y + 20.5)
            fill_row(sheet, y, row)

    [table], rest = read(tmp_path / "arsiran.pdf", page)
    assert table.engine == "arsiran"
    assert texts(table) == [list(row) for row in rows]
    assert rest == []
