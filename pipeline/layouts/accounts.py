"""`rekening`: the accounts of a budget annex, a record per row with a code or an amount."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.layouts.codes import FULL_SHARE
from pipeline.layouts.columns import Column
from pipeline.layouts.figures import money_context, money_values, write_doubts
from pipeline.layouts.header import Header
from pipeline.layouts.number_rows import is_number_row
from pipeline.layouts.sheet import Sheet, Total
from pipeline.layouts.vocabulary import Vocabulary, letters
from pipeline.pages.lines import Line, group_lines
from pipeline.tables.model import Table
from pipeline.tables.unruled_frame import MARK
from pipeline.tables.unruled_model import UNSURE_ROWS
from pipeline.values import ColumnContext, read_code
from schemas.ledger import Ledger, Record

# Akun 4 pendapatan, 5 belanja, 6 pembiayaan; then kelompok, jenis, objek, rincian objek and sub rincian objek
# (Permendagri 90/2019, and 13/2006 with one digit for a jenis). Codes of urusan have two digits in second place.
ACCOUNT = re.compile(r"[456](?:\.[1-9](?:\.\d{1,2}(?:\.\d{2}(?:\.\d{2,3}(?:\.\d{2,5})?)?)?)?)?")
ACCOUNT_SHARE = 0.7
FEWEST_ACCOUNTS = 2
# Columns beside code, name and amount that such an annex may have.
BESIDE = frozenset({"kode", "uraian", "jumlah", "pagu", "dasar_hukum", "nomor", "keterangan", "satuan", "target"})
BESIDE |= {"ignored", "past", "unknown", "formulasi", "sumber_dana", "lokasi", "penanggung_jawab"}


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """A code as joined with dots, its lines, and whether its first parts were taken from the code above."""

    kode: str | None
    lines: list[Line]
    completed: bool = False


@dataclass(slots=True)
class Account:
    """One row of the annex before it is written: the lines of each of its columns."""

    row: int
    code: PrintedCode
    name: list[Line]
    amount: list[Line]
    law: list[Line] = field(default_factory=list)


def account_header(header: Header, vocabulary: Vocabulary) -> Header | None:
    """The header of a budget annex, its one amount column as `jumlah`; None where the columns are not those of one.

    Amounts before a change, and differences, are `past` and `ignored`.
    """
    if any(column.field not in BESIDE for column in header.columns):
        return None
    amounts = [c for c in header.columns if c.field in ("jumlah", "pagu") and c.role == "plan"]
    amounts = [c for c in amounts if not _is_beside_the_plan(c, vocabulary)]
    named = [c for c in amounts if c.field == "jumlah"]
    chosen = named if len(named) == 1 else amounts
    if len(chosen) != 1 or len(header.of("kode")) != 1 or len(header.of("uraian")) != 1:
        return None
    columns = [_as_account_column(column, chosen[0]) for column in header.columns]
    return Header(header.rows, columns, header.unknown)


def _is_beside_the_plan(column: Column, vocabulary: Vocabulary) -> bool:
    meanings = [vocabulary.meaning(text) for text in column.path]
    return any(meaning is not None and meaning.kind in ("ignored", "past") for meaning in meanings)


def _as_account_column(column: Column, amount: Column) -> Column:
    if column is amount:
        return replace(column, field="jumlah")
    return replace(column, field="ignored") if column.field in ("jumlah", "pagu", "target") else column


def is_account_table(table: Table, header: Header, vocabulary: Vocabulary) -> bool:
    """Whether a table is a budget annex: code, name and one amount, and most of its codes are those of accounts."""
    known = account_header(header, vocabulary)
    if known is None:
        return False
    [column] = known.of("kode")
    codes = list(_codes_by_line(table, known.rows, column))
    accounts = [code for code in codes if ACCOUNT.fullmatch(code)]
    deep = any("." in code for code in accounts)
    return deep and len(accounts) >= max(FEWEST_ACCOUNTS, ACCOUNT_SHARE * len(codes))


def _codes_by_line(table: Table, first: int, column: Column) -> Iterator[str]:
    """Every code of the code columns, also where one cell stacks those of many rows."""
    path: list[str] = []
    broken = ""
    for row in range(first, len(table.rows)):
        cells = [cell for cell in dict.fromkeys(table.grid[row][column.start : column.end]) if cell.row == row]
        for part in [part for cell in cells for part in cell.parts][:1]:
            words = [w for cell in cells for line in cell.lines for w in line.words]
            for line in group_lines(words, part.page):
                text = broken + line.text
                broken = text if text.endswith(".") and text.count(".") > 1 else ""
                code = read_code(text) if MARK.fullmatch(text) else None
                if code and not broken:
                    path = complete(code, _leaf(table, column, line), path)
                    yield ".".join(path)


def _leaf(table: Table, column: Column, line: Line) -> int:
    """Which of the code columns a line begins in, from 0."""
    left = line.words[0].box.center[0]
    return sum(edge <= left for edge in table.edges[column.start + 1 : column.end])


def complete(code: str, leaf: int, above: Sequence[str]) -> list[str]:
    """The parts of a code that begins in the column `leaf`: those before it stand in the row above."""
    parts = code.split(".")
    return [*above[:leaf], *parts] if 0 < leaf <= len(above) else parts


def write_accounts(sheet: Sheet) -> None:
    """Write a record per account, note the totals, and report what belongs to neither.

    The sheet's header is that of `account_header`, its table has one row per account.
    """
    [amount_column], [name_column] = sheet.header.of("jumlah"), sheet.header.of("uraian")
    accounts = list(_joined(sheet, _accounts(sheet)))
    texts = [sheet.join(account.amount, account.row, amount_column) for account in accounts]
    context = money_context(text for text in texts if text)
    waiting: Record | None = None
    for account, text in zip(accounts, texts, strict=True):
        name = sheet.join(account.name, account.row, name_column)
        if not account.code.lines and text and name and _is_total(name, sheet.vocabulary):
            _note_total(sheet, account, name, text, context)
        elif (account.code.lines and (name or text)) or (name and text):
            record = _write(sheet, account, name, text, context)
            if waiting is not None and not account.code.lines:
                _doubt_rows(sheet.ledger, waiting, record)
            waiting = record if not text else None
        else:
            _report(sheet, account)


def _doubt_rows(ledger: Ledger, *records: Record) -> None:
    """Doubt where one row ends and the next begins: a code without amount, then an amount without code."""
    message = "Batas baris rekening ini tidak pasti, sehingga uraiannya perlu dicocokkan dengan halamannya."
    for record in records:
        ledger.doubt_record(record, "uraian", "BARIS_DIRAGUKAN", "pembacaan", "peringatan", message)


def _is_total(name: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.is_total(name) or vocabulary.starts_total(name)


def _accounts(sheet: Sheet) -> Iterator[Account]:
    """The rows of the body that hold a code, a name or an amount."""
    [code_column], [name_column] = sheet.header.of("kode"), sheet.header.of("uraian")
    [amount_column], laws = sheet.header.of("jumlah"), sheet.header.of("dasar_hukum")
    path: list[str] = []
    for row in (row for row in sheet.body if not is_number_row(sheet.table, row)):
        beside = _own_lines(sheet, row, code_column)
        code = _read_code(sheet, [line for line in beside if MARK.fullmatch(line.text)], code_column, path)
        path = code.kode.split(".") if code.kode else path
        name = [line for line in beside if line not in code.lines] + _own_lines(sheet, row, name_column)
        law = [line for column in laws for line in sheet.lines(row, column)]
        amount = _own_lines(sheet, row, amount_column)
        if code.lines or name or amount or law:
            yield Account(row, code, _once(name), amount, law)


def _once(lines: Sequence[Line]) -> list[Line]:
    return list({id(line): line for line in lines}.values())


def _own_lines(sheet: Sheet, row: int, column: Column) -> list[Line]:
    cells = dict.fromkeys(sheet.table.grid[row][column.start : column.end])
    return [line for cell in cells if cell.row == row for line in cell.lines]


def _read_code(sheet: Sheet, lines: list[Line], column: Column, above: Sequence[str]) -> PrintedCode:
    if not lines:
        return PrintedCode(None, [])
    on_line = group_lines([word for line in lines for word in line.words], lines[0].page)
    room = FULL_SHARE * (sheet.table.edges[column.end] - sheet.table.edges[column.start])
    text = on_line[0].text
    for before, line in pairwise(on_line):
        wraps = text.endswith(".") or line.text.startswith(".") or before.box.width + line.box.width > room
        text += line.text if wraps else f" {line.text}"
    code = read_code(text)
    if code is None:
        return PrintedCode(None, lines)
    parts = complete(code, _leaf(sheet.table, column, on_line[0]), above)
    return PrintedCode(".".join(parts), lines, completed=len(parts) > code.count(".") + 1)


def _joined(sheet: Sheet, accounts: Iterator[Account]) -> Iterator[Account]:
    """Accounts, a text at the top of a page that has neither code nor amount being the rest of the one before."""
    last: Account | None = None
    for account in accounts:
        rest = sheet.table.rows[account.row].starts_page and not account.code.lines and not account.amount
        if last is not None and rest:
            last.name += account.name
            last.law += [line for line in account.law if line not in last.law]
            continue
        if last is not None:
            yield last
        last = account
    if last is not None:
        yield last


def _write(sheet: Sheet, account: Account, name: str | None, text: str | None, context: ColumnContext) -> Record:
    [column], laws = sheet.header.of("jumlah"), sheet.header.of("dasar_hukum")
    amount, doubts = money_values(text, column.scale, context, "jumlah")
    record = sheet.ledger.add(
        "rekening",
        halaman=sheet.table.rows[account.row].page,
        tabel_id=sheet.table.tabel_id,
        bukti=sheet.use([*account.code.lines, *account.name, *account.amount, *account.law]),
        kode=account.code.kode,
        uraian=name,
        jumlah=amount,
        jumlah_teks=text,
        dasar_hukum=sheet.join(account.law, account.row, laws[0]) if laws else None,
    )
    write_doubts(sheet.ledger, record, doubts)
    _doubt_code(sheet.ledger, record, account.code)
    if UNSURE_ROWS in sheet.table.signs or name is None:
        _doubt_rows(sheet.ledger, record)
    return record


def _doubt_code(ledger: Ledger, record: Record, code: PrintedCode) -> None:
    printed = " ".join(line.text for line in code.lines)
    if code.lines and code.kode is None:
        message = f"Kode «{printed}» tidak dapat dibaca, sehingga dikosongkan."
        ledger.doubt_record(record, "kode", "KODE_TAK_TERBACA", "pembacaan", "peringatan", message, nilai=printed)
    if code.completed:
        message = f"Kode «{printed}» dilengkapi menjadi «{code.kode}» menurut baris di atasnya."
        ledger.doubt_record(record, "kode", "KODE_DILENGKAPI", "pembacaan", "info", message, nilai=printed)


def _note_total(sheet: Sheet, account: Account, name: str, text: str, context: ColumnContext) -> None:
    [column] = sheet.header.of("jumlah")
    amount, doubts = money_values(text, column.scale, context, "jumlah")
    if amount is None or doubts:
        _report(sheet, account)
        return
    bukti = tuple(sheet.use([*account.name, *account.amount, *account.law]))
    page = sheet.table.rows[account.row].page
    sheet.totals.append(Total(name, "jumlah", amount, sheet.table.tabel_id, page, bukti))


def _report(sheet: Sheet, account: Account) -> None:
    """Write a finding for a row that is no account."""
    lines = [*account.code.lines, *account.name, *account.amount, *account.law]
    figure = any(char.isdigit() for line in account.amount for char in line.text)
    if not figure and not letters(sheet.text.join(lines)) and not account.code.lines:
        return
    code, what = ("ANGKA_TANPA_REKAMAN", "Angka") if figure else ("TEKS_TANPA_REKAMAN", "Teks")
    sheet.use(lines)
    sheet.doubt(lines, code, what + " «{}» tidak dapat dikaitkan dengan rekening mana pun.")
