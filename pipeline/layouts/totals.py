"""Rows that print a total: checks for the sums, never records."""

from __future__ import annotations

from pipeline.layouts.figures import money_context, money_values
from pipeline.layouts.header import Column
from pipeline.layouts.sheet import Sheet, Total


def read_totals(sheet: Sheet) -> None:
    """Find the total rows of a table, note their amounts, and take them out of the hierarchy."""
    for row in sheet.body:
        label = _label(sheet, row)
        if label is None:
            continue
        sheet.total_rows.add(row)
        for column in sheet.header.of("pagu"):
            _read_amount(sheet, row, column, label)


def _label(sheet: Sheet, row: int) -> str | None:
    """The words of a total row: they stand before its first figure."""
    for cell in sheet.table.row_cells(row):
        if cell.row != row or cell.empty:
            continue
        text = sheet.text.cell(cell)
        if sheet.vocabulary.is_total(text):
            sheet.use(cell.lines)
            return text
        if any(char.isalpha() for char in text):
            return None
    return None


def _read_amount(sheet: Sheet, row: int, column: Column, label: str) -> None:
    lines = sheet.lines(row, column)
    text = sheet.join(lines, row, column)
    amount, _ = money_values(text, column.scale, money_context([text or ""]))
    bukti = tuple(sheet.use(lines))
    if amount is not None:
        name = "pagu" if column.role == "plan" else "prakiraan_pagu"
        page = sheet.table.rows[row].page
        sheet.totals.append(Total(label, name, amount, sheet.table.tabel_id, page, bukti))
