"""What a table prints and no record took: each figure is a finding, never dropped."""

from __future__ import annotations

from pipeline.layouts.columns import Column
from pipeline.layouts.sheet import Sheet
from pipeline.pages.lines import Line
from pipeline.tables.model import Cell

FIGURE_FIELDS = ("target", "pagu", "pendanaan", "kondisi_awal", "periode")
TEXT_FIELDS = ("indikator", "level", "strategi", "kebijakan", "unknown", "uraian")


def report_leftovers(sheet: Sheet) -> None:
    """Write a finding for every figure, and for every text of a named column, that stands in no record."""
    for cell in sheet.table.cells():
        if cell.row < sheet.header.rows:
            continue
        column = _column(sheet, cell)
        lines = [line for line in cell.lines if sheet.sel_of[id(line.words[0])] not in sheet.used]
        if column is None or column.role == "past" or not lines:
            continue
        if column.field == "kode" and any(_has_digit(line) for line in lines):
            sheet.doubt(lines, "KODE_TAK_TERBACA", "Kode «{}» tidak dapat dibaca, sehingga tidak dipakai.")
        elif column.field in (*FIGURE_FIELDS, "unknown") and any(_has_digit(line) for line in lines):
            sheet.doubt(lines, "ANGKA_TANPA_REKAMAN", "Angka «{}» tidak dapat dikaitkan dengan baris mana pun.")
        elif column.field in TEXT_FIELDS and any(char.isalpha() for line in lines for char in line.text):
            message = "Teks «{}» tidak dapat dikaitkan dengan baris mana pun."
            sheet.doubt(lines, "TEKS_TANPA_REKAMAN", message, "info" if column.worded else "peringatan")


def _column(sheet: Sheet, cell: Cell) -> Column | None:
    return next((c for c in sheet.header.columns if c.start <= cell.column < c.end), None)


def _has_digit(line: Line) -> bool:
    return any(char.isdigit() for char in line.text)
