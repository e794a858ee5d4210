"""`pendanaan`: what each source gives to a node where a table splits the budget by source."""

from __future__ import annotations

from decimal import Decimal

from pipeline.layouts.columns import Column
from pipeline.layouts.entries import Entry
from pipeline.layouts.figures import Doubt, money_values, write_doubts
from pipeline.layouts.nodes import amounts_of, binds, lines_for
from pipeline.layouts.sheet import Sheet
from pipeline.values import ColumnContext
from schemas.ledger import Kind, Record

Shares = dict[Entry, list[Record]]


def write_shares(sheet: Sheet, nodes: dict[Entry, Record]) -> None:
    """Write a record per node and source; the node's `pagu` is the printed total, else their sum, which is said."""
    contexts = {column: amounts_of(sheet, column) for column in sheet.header.of("pendanaan", "plan")}
    shares: Shares = {}
    for entry, node in nodes.items():
        read = [_write(sheet, entry, node, column, context) for column, context in contexts.items()]
        shares[entry] = [record for record in read if record is not None]
    for entry, records in shares.items():
        if records and nodes[entry].get("pagu_teks") is None:
            _add_up(sheet, nodes[entry], records)
    _doubt_totals(sheet, [(nodes[entry], records) for entry, records in shares.items() if records])


def _write(sheet: Sheet, entry: Entry, node: Record, column: Column, context: ColumnContext) -> Record | None:
    cell = sheet.cell(entry.row, column)
    if cell.row != entry.row or not binds(sheet, column, entry):
        return None
    lines = lines_for(sheet, entry, column)
    text = sheet.join(lines, entry.row, column)
    if text is None or not any(char.isdigit() for char in text):
        sheet.use(lines)
        return None
    amount, doubts = money_values(text, column.scale, context, "jumlah")
    record = sheet.ledger.add(
        "pendanaan",
        halaman=node.halaman,
        tabel_id=node.tabel_id,
        bukti=sheet.use(lines),
        node_id=node.baris_id,
        sumber=column.source or column.path[-1],
        jumlah=amount,
        jumlah_teks=text,
    )
    write_doubts(sheet.ledger, record, doubts)
    return record


def _sum(records: list[Record]) -> Decimal | None:
    """What the sources add up to, None where one of them could not be read."""
    amounts = [record.get("jumlah") for record in records]
    return None if None in amounts else sum(amounts, Decimal(0))


def _add_up(sheet: Sheet, node: Record, records: list[Record]) -> None:
    """The sum of the sources as the node's budget where no total is printed."""
    total = _sum(records)
    node.bukti = list(dict.fromkeys([*node.bukti, *(sel for record in records for sel in record.bukti)]))
    if total is None:
        text = " + ".join(record.get("jumlah_teks") for record in records)
        write_doubts(sheet.ledger, node, [Doubt("pagu", "AMBIGU", text, "sumber")])
        return
    node.values["pagu"] = total
    message = "Pagu tidak tercetak; nilainya dijumlahkan dari sumber-sumber dana pada baris yang sama."
    sheet.ledger.doubt_record(node, "pagu", "PAGU_DARI_SUMBER", "isi", "info", message, nilai=str(total))


def _doubt_totals(sheet: Sheet, rows: list[tuple[Record, list[Record]]]) -> None:
    """Doubt a printed total that its sources do not add up to.

    Where most rows of the table hold, its columns are read rightly and it is the document that contradicts itself.
    """
    printed = [(node, records) for node, records in rows if node.get("pagu_teks") and node.get("pagu") is not None]
    failing = [(node, records) for node, records in printed if _sum(records) != node.get("pagu")]
    jenis: Kind = "isi" if 2 * len(failing) < len(printed) else "pembacaan"
    for node, records in failing:
        total = _sum(records)
        message = f"Pagu {node.get('pagu_teks')} tidak sama dengan jumlah sumber dananya, {total}."
        for record, column in [(node, "pagu"), *((record, "jumlah") for record in records)]:
            sheet.ledger.doubt_record(
                record, column, "SUMBER_TIDAK_COCOK", jenis, "peringatan", message, pembanding=str(total)
            )
