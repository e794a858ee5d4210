"""Code and ordinal columns: which is which, and each row's code and ordinal.

Letters, roman numerals and numbers that count on or restart are ordinals, whatever the header calls them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import zip_longest

from pipeline.layouts.columns import Column
from pipeline.layouts.header import Header
from pipeline.layouts.ordinals import own_cell
from pipeline.tables.model import Cell, Table
from pipeline.values import read_code, read_ordinal

FULL_SHARE = 0.7  # of its width: more than that a narrow cell does not hold on one line
CODE_PART = re.compile(r"[\dXx]{1,5}(?:\s*\.\s*[\dXx]{1,5})*\.?")


@dataclass(slots=True)
class RowCode:
    """The code and the ordinal printed for one row, with the cells that they stand in."""

    kode: str | None = None
    nomor: str | None = None
    depth: int = 0  # which of the code columns the last part stands in, from 1; 0 without a code
    cells: list[Cell] = field(default_factory=list)


def read_codes(table: Table, header: Header) -> dict[int, RowCode]:
    """By body row: the code out of the code columns and the ordinal out of the ordinal columns."""
    rows: dict[int, RowCode] = {}
    for column in header.columns:
        if column.field == "kode":
            _read_code_column(table, header, column, rows)
        elif column.field == "nomor" and column.role != "indikator":
            _read_ordinals(table, header, range(column.start, column.end), rows)
    return rows


def _read_code_column(table: Table, header: Header, column: Column, rows: dict[int, RowCode]) -> None:
    leaves = range(column.start, column.end)
    for row in range(header.rows, len(table.rows)):
        parts = [(leaf, cell) for leaf in leaves if (cell := own_cell(table, row, leaf)) is not None]
        parts = [(leaf, cell) for leaf, cell in parts if CODE_PART.fullmatch(_code_text(cell))]
        texts = [_code_text(cell).strip(". ") for cell in dict.fromkeys(cell for _, cell in parts)]
        code = read_code(".".join(texts)) if texts else None
        if code:
            entry = rows.setdefault(row, RowCode())
            entry.kode = code
            entry.depth = _depth(code, parts[-1][0] - leaves[0] + 1, len(leaves))
            entry.cells += dict.fromkeys(cell for _, cell in parts)


def _code_text(cell: Cell) -> str:
    """A code cell's text: lines that would not fit into one are one code, cut by a cell too narrow for it."""
    text = ""
    for part in cell.parts:
        room = FULL_SHARE * part.box.width
        for line, following in zip_longest(part.lines, part.lines[1:]):
            broken = following is not None and line.box.width + following.box.width > room
            text += line.text + ("" if broken or line.text.endswith(".") else " ")
    return text.strip()


def _depth(code: str, last_leaf: int, leaves: int) -> int:
    """How deep a code is: by the column of its last part, or by its parts where one column holds them all."""
    return last_leaf if leaves > 1 else code.count(".") + 1


def _read_ordinals(table: Table, header: Header, leaves: range, rows: dict[int, RowCode]) -> None:
    for row in range(header.rows, len(table.rows)):
        for leaf in leaves:
            cell = own_cell(table, row, leaf)
            ordinal = read_ordinal(cell.text) if cell else None
            if cell and ordinal:
                entry = rows.setdefault(row, RowCode())
                entry.nomor = ordinal.text
                entry.cells.append(cell)
