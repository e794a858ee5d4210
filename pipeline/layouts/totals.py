"""Rows that print a total: checks for the sums, never records."""

from __future__ import annotations

from pipeline.layouts.codes import RowCode
from pipeline.layouts.columns import Column
from pipeline.layouts.entries import Entry
from pipeline.layouts.figures import money_context, money_values
from pipeline.layouts.header import Header
from pipeline.layouts.number_rows import is_number_row
from pipeline.layouts.sheet import Sheet, Total
from pipeline.layouts.vocabulary import NODE_LEVELS, Vocabulary, letters
from pipeline.tables.model import Cell, Table


def total_rows(table: Table, header: Header, codes: dict[int, RowCode], vocabulary: Vocabulary) -> dict[int, str]:
    """By row, what the total rows of a table are called: `JUMLAH`, or `Jumlah Program …` where no code stands.

    Rows that number the columns hold no records either: they are called nothing.
    """
    found: dict[int, str] = {}
    for row in range(header.rows, len(table.rows)):
        if is_number_row(table, row):
            found[row] = ""
            continue
        label = next((cell for cell in table.row_cells(row) if cell.row == row and _has_words(cell)), None)
        if label is None:
            stacked = _stacked_label(table, header, row, vocabulary) or _unlabelled(table, header, row)
            found |= {row: stacked} if stacked else {}
            continue
        text = label.text
        partial = vocabulary.starts_total(text) and not _coded(codes, row) and _has_amount(table, header, row)
        if vocabulary.is_total(text) or (partial and not _is_indicator(header, label)):
            found[row] = text
    return found


def _stacked_label(table: Table, header: Header, row: int, vocabulary: Vocabulary) -> str | None:
    """The total at a row's height that ends a cell of stacked names, where rules part the amounts alone."""
    if not _has_amount(table, header, row):
        return None
    where = table.rows[row]
    lines = [cell.lines[-1] for cell in table.row_cells(row) if cell.row < row and cell.lines]
    beside = [line for line in lines if line.page == where.page and where.top <= line.middle < where.bottom]
    return next((line.text for line in beside if vocabulary.is_total(line.text)), None)


def _unlabelled(table: Table, header: Header, row: int) -> str | None:
    """`Jumlah` where the last row is nothing but the sum of the amounts above it."""
    own = [cell for cell in table.row_cells(row) if not cell.empty]
    columns = [column for column in header.of("pagu") if own and column.start <= own[0].column < column.end]
    if row < len(table.rows) - 1 or len(own) > 1 or not columns:
        return None
    cells = dict.fromkeys(table.grid[at][own[0].column] for at in range(header.rows, len(table.rows)))
    *parts, total = (money_values(cell.text, 1, money_context([cell.text]))[0] for cell in cells if not cell.empty)
    return "Jumlah" if len(parts) > 1 and None not in parts and sum(filter(None, parts)) == total else None


def _has_words(cell: Cell) -> bool:
    return letters(cell.text) not in ("", "rp")


def _coded(codes: dict[int, RowCode], row: int) -> bool:
    return row in codes and bool(codes[row].kode)


def _has_amount(table: Table, header: Header, row: int) -> bool:
    cells = [table.grid[row][leaf] for column in header.money for leaf in range(column.start, column.end)]
    return any(cell.row == row and any(char.isdigit() for char in cell.text) for cell in cells)


def _is_indicator(header: Header, cell: Cell) -> bool:
    return any(column.start <= cell.column < column.end for column in header.of("indikator"))


def read_totals(sheet: Sheet) -> None:
    """Note the amounts of the total rows, each with the node that it totals."""
    for row, label in sheet.total_rows.items():
        for cell in sheet.table.row_cells(row):
            if cell.row == row and (_has_words(cell) or not label):
                sheet.use(cell.lines)
        for column in sheet.header.of("pendanaan"):
            sheet.use(sheet.lines(row, column))
        if not label:
            continue
        known, scope = _scope(sheet, row, label)
        for column in sheet.header.of("pagu"):
            _read_amount(sheet, row, column, label, scope if known else None, known)


def _scope(sheet: Sheet, row: int, label: str) -> tuple[bool, Entry | None]:
    """Whether it is known what a total sums up, and the entry that it is; None: the whole table."""
    above = [entry for entry in sheet.entries() if entry.row < row and entry.level in NODE_LEVELS]
    rest = letters(sheet.vocabulary.without_total(label))
    if not rest:
        more = any(entry.row > row for entry in sheet.entries())
        coarsest = min((entry.depth for entry in above), default=0)
        return True, next((e for e in reversed(above) if e.depth == coarsest), None) if more else None
    named = [entry for entry in above if letters(entry.nama) and letters(entry.nama) in (rest, f"program{rest}")]
    if named:
        return True, named[-1]
    level = next((level for level in NODE_LEVELS if rest.startswith(letters(level))), None)
    found = next((entry for entry in reversed(above) if entry.level == level), None)
    return found is not None, found


def _read_amount(sheet: Sheet, row: int, column: Column, label: str, scope: Entry | None, known: bool) -> None:
    lines = sheet.lines(row, column)
    text = sheet.join(lines, row, column)
    amount, _ = money_values(text, column.scale, money_context([text or ""]))
    bukti = tuple(sheet.use(lines))
    if amount is not None and known:
        name = "pagu" if column.role == "plan" else "prakiraan_pagu"
        page = sheet.table.rows[row].page
        sheet.totals.append(Total(label, name, amount, sheet.table.tabel_id, page, bukti, scope))
