"""`arah_kebijakan`: strategies and policies, an item per ordinal, under the goal and objective of their row."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.layouts.columns import Column
from pipeline.layouts.entries import Entry
from pipeline.layouts.sheet import Sheet
from pipeline.pages.lines import Line
from pipeline.values import strip_ordinal

FIELDS = ("strategi", "kebijakan")
LIST_MARKS = " ;."


def write_policies(sheet: Sheet) -> None:
    """Write the items of every strategy and policy cell, row by row."""
    for row in sheet.body:
        for field in FIELDS:
            for column in sheet.header.of(field):
                _write_cell(sheet, row, field, column)


def _write_cell(sheet: Sheet, row: int, field: str, column: Column) -> None:
    cell = sheet.cell(row, column)
    if cell.row != row or cell.empty:
        return
    over = sheet.hierarchy.context(row, [c for c in sheet.header.levels if c.start < column.start])
    for position, lines in enumerate(numbered_items(cell.lines), start=1):
        text = sheet.join(lines, row, column) or ""
        ordinal, rest = strip_ordinal(text)
        own = sheet.use(lines)
        sheet.ledger.add(
            "arah_kebijakan",
            halaman=lines[0].page,
            tabel_id=sheet.table.tabel_id,
            bukti=[*own, *(sel for entry in over.values() for sel in sheet.use(entry.lines))],
            tujuan=_name(over, "tujuan"),
            sasaran=_name(over, "sasaran"),
            jenis=field,
            nomor=ordinal.value if ordinal else position,
            uraian=rest.rstrip(LIST_MARKS),
        )


def _name(over: dict[str, Entry], level: str) -> str | None:
    return over[level].nama if level in over else None


def numbered_items(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines cut before each ordinal that counts on; one item where nothing is numbered."""
    items: list[list[Line]] = []
    expected = 1
    for line in lines:
        ordinal, _ = strip_ordinal(line.text)
        if ordinal is not None and ordinal.style in ("number", "letter") and ordinal.value == expected:
            items.append([line])
            expected += 1
        elif items:
            items[-1].append(line)
        else:
            items.append([line])
    return items
