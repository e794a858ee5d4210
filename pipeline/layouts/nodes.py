"""`program_kegiatan`: a record per entry of the nomenclature's levels, with what its row says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pipeline.layouts.columns import Column, is_node_column
from pipeline.layouts.entries import Entry
from pipeline.layouts.figures import Doubt, money_context, money_values, write_doubts
from pipeline.layouts.sheet import Sheet
from pipeline.layouts.stacks import group_values
from pipeline.layouts.vocabulary import NODE_LEVELS, letters
from pipeline.pages.lines import Line
from pipeline.values import ColumnContext
from schemas.ledger import Level, Record

TEXT_FIELDS = ("penjabaran", "lokasi", "sumber_dana", "keterangan", "penanggung_jawab")
RUNNING_NAME = 10
FEW_SHARE = 0.2  # of a table's rows: so few in doubt are noted, more are a warning about the table
MOST_PAGES = 10  # that a message names
MOST_SHOWN = 20  # cells that stand as evidence for a finding about many


@dataclass(slots=True)
class _Row:
    """What is read for one node before it is written."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def write_nodes(sheet: Sheet) -> dict[Entry, Record]:
    """Write the nodes of a table in reading order; returns the record of each entry."""
    records: dict[Entry, Record] = {}
    contexts = {column: amounts_of(sheet, column) for column in sheet.header.of("pagu")}
    for entry in sheet.entries():
        if entry.level in NODE_LEVELS and not entry.repeated and not _is_running_header(sheet, entry, records):
            records[entry] = _write(sheet, entry, contexts)
    _link(records)
    unsure = [record for entry, record in records.items() if not entry.sure]
    _doubt_levels(sheet, unsure, "info" if len(unsure) <= FEW_SHARE * len(records) else "peringatan")
    return records


def _doubt_levels(sheet: Sheet, records: Sequence[Record], grade: Level) -> None:
    """One finding for all rows of a table whose level could well be another."""
    if not records:
        return
    for record in records:
        record.values["level_keyakinan"] = "diragukan"
    pages = ", ".join(
        str(page) for page in sorted({record.halaman for record in records if record.halaman})[:MOST_PAGES]
    )
    sheet.ledger.doubt(
        "TINGKAT_DIRAGUKAN",
        "pembacaan",
        grade,
        f"Tingkat {len(records)} baris tabel ini (program, kegiatan, atau sub kegiatan) tidak pasti; cocokkan dengan "
        f"halaman {pages}.",
        dataset="program_kegiatan",
        kolom="level",
        halaman=records[0].halaman,
        tabel_id=sheet.table.tabel_id,
        bukti=tuple(sel for record in records for sel in record.bukti[:1])[:MOST_SHOWN],
    )


def amounts_of(sheet: Sheet, column: Column) -> ColumnContext:
    """What the amounts of a column tell about each other's notation."""
    return money_context(line.text for row in sheet.body for line in sheet.cell(row, column).lines)


def _write(sheet: Sheet, entry: Entry, contexts: dict[Column, ColumnContext]) -> Record:
    read = _Row(lines=_own_lines(entry))
    _read_texts(sheet, entry, read)
    for column, context in contexts.items():
        if binds(sheet, column, entry):
            _read_money(sheet, entry, column, context, read)
    names = {one.level: one.context for one in entry.ancestors()}
    over = sheet.hierarchy.context(entry.row, [c for c in sheet.header.levels if c.start <= entry.column.start])
    record = sheet.ledger.add(
        "program_kegiatan",
        halaman=sheet.table.rows[entry.row].page,
        tabel_id=sheet.table.tabel_id,
        bukti=sheet.use(read.lines),
        level=entry.level,
        kode=entry.kode,
        nomor=entry.nomor,
        nama=entry.nama or None,
        tujuan=over["tujuan"].context if "tujuan" in over else None,
        sasaran=over["sasaran"].context if "sasaran" in over else None,
        program=names.get("program"),
        kegiatan=names.get("kegiatan"),
        versi=entry.column.versi,
        **read.values,
    )
    record.values["node_id"] = record.baris_id
    entry.baris_id = record.baris_id
    write_doubts(sheet.ledger, record, read.doubts)
    if not entry.nama:
        message = "Baris ini memuat pagu tetapi nama dan kodenya tidak tercetak; tingkatnya diduga dari tampilannya."
        sheet.ledger.doubt_record(record, None, "BARIS_TANPA_NAMA", "isi", "peringatan", message)
    return record


def _own_lines(entry: Entry) -> list[Line]:
    """The lines of the name, and of the ordinal and code cells beside it."""
    marks = [line for cell in entry.cells if not any(own in cell.lines for own in entry.lines) for line in cell.lines]
    return [*marks, *entry.lines]


def binds(sheet: Sheet, column: Column, entry: Entry) -> bool:
    """Whether a value column speaks of an entry's level column: the nearest node column to its left, else right."""
    nodes = [c for c in sheet.header.levels if is_node_column(c)]
    left = [c for c in nodes if c.end <= column.start]
    nearest = left[-1] if left else nodes[0]
    return entry.column == nearest


def _read_texts(sheet: Sheet, entry: Entry, read: _Row) -> None:
    for name in TEXT_FIELDS:
        for column in sheet.header.of(name):
            if column.role != "plan" or not binds(sheet, column, entry):
                continue
            lines = lines_for(sheet, entry, column)
            read.values[name] = sheet.join(lines, entry.row, column)
            read.lines += lines


def _read_money(sheet: Sheet, entry: Entry, column: Column, context: ColumnContext, read: _Row) -> None:
    if column.role == "past" or (column.role == "plan" and read.values.get("pagu_teks")):
        return
    name = "pagu" if column.role == "plan" else "prakiraan_pagu"
    cell = sheet.cell(entry.row, column)
    if cell.row != entry.row:
        return
    lines = lines_for(sheet, entry, column)
    text = sheet.join(lines, entry.row, column)
    amount, doubts = money_values(text, column.scale, context, name)
    read.values[name] = amount
    if name == "pagu":
        read.values["pagu_teks"] = text
    read.doubts += doubts
    read.lines += lines


def lines_for(sheet: Sheet, entry: Entry, column: Column) -> list[Line]:
    """The lines of a value cell that belong to an entry: all of them, or its share where its cell holds several."""
    lines = sheet.lines(entry.row, column)
    if not entry.shared or not lines:
        return lines
    siblings = [e for e in sheet.hierarchy.by_column[entry.column] if e.row == entry.row and not e.text_row]
    finest = max(e.depth for e in siblings)
    takers = [e for e in siblings if e.depth == finest] if len(group_values(lines)) < len(siblings) else siblings
    values = group_values(lines)
    if len(values) == len(takers):
        return values[takers.index(entry)].lines if entry in takers else []
    return _beside(entry, siblings, lines)


def _beside(entry: Entry, siblings: Sequence[Entry], lines: Sequence[Line]) -> list[Line]:
    """The lines between the first line of an entry and the first of the next one in its cell."""
    top = (entry.lines[0].page, entry.lines[0].box.y0)
    later = [
        (e.lines[0].page, e.lines[0].box.y0) for e in siblings if e.lines and (e.lines[0].page, e.lines[0].box.y0) > top
    ]
    bottom = min(later, default=entry.bottom or (10**6, 0.0))
    return [line for line in lines if top <= (line.page, line.box.y1) and (line.page, line.middle) < bottom]


def _is_running_header(sheet: Sheet, entry: Entry, records: dict[Entry, Record]) -> bool:
    """A row printed again directly under a page's header: the same name, ordinal, code and amount as an earlier one.

    Only what can head a page does so: a row that stood under a header before, or one with finer rows below it.
    """
    if not sheet.table.rows[entry.row].starts_page or len(entry.nama) < RUNNING_NAME:
        return False
    finest = max((one.depth for one in records), default=0)
    for other in records:
        heads = entry.depth < finest or sheet.table.rows[other.row].starts_page
        if heads and (entry.nomor or entry.kode) and _prints(sheet, entry) == _prints(sheet, other):
            _become(sheet, entry, other)
            return True
    return False


def _prints(sheet: Sheet, entry: Entry) -> tuple[object, ...]:
    """What a row prints of a node, to tell whether another one is the same."""
    amounts = tuple(sheet.cell(entry.row, column).text for column in sheet.header.of("pagu"))
    return entry.level, letters(entry.nama), entry.nomor, entry.kode, amounts


def _become(sheet: Sheet, entry: Entry, earlier: Entry) -> None:
    """Rows under a running header belong to the entry that it repeats."""
    sheet.use(line for cell in entry.cells for line in cell.lines)
    for column in sheet.header.columns:
        sheet.use(sheet.lines(entry.row, column))
    for one in sheet.hierarchy.entries():
        if one.parent is entry:
            one.parent = earlier
    for place, covering in list(sheet.hierarchy.covering.items()):
        if covering is entry:
            sheet.hierarchy.covering[place] = earlier


def _link(records: dict[Entry, Record]) -> None:
    for entry, record in records.items():
        above = next((one for one in entry.ancestors()[1:] if one in records), None)
        record.values["induk_id"] = records[above].baris_id if above else None


def add_dana(sheet: Sheet, record: Record, text: str, bukti: Sequence[str]) -> None:
    """A node's money input is its budget ceiling; where a column prints another amount, that stays and is doubted."""
    amount, doubts = money_values(text, 1, money_context([text]))
    printed: Decimal | None = record.get("pagu")
    if printed is None and not record.get("pagu_teks"):
        record.values |= {"pagu": amount, "pagu_teks": text}
        record.bukti = list(dict.fromkeys([*record.bukti, *bukti]))
        write_doubts(sheet.ledger, record, doubts)
    elif amount != printed:
        message = f"Dana {text} berbeda dengan pagu {record.get('pagu_teks')} pada baris yang sama."
        sheet.ledger.doubt_record(record, "pagu", "DANA_BEDA_PAGU", "isi", "peringatan", message, pembanding=text)
