"""`indikator` and `target_periode`: a record per indicator of each block, with its unit, targets and context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.layouts.blocks import Block
from pipeline.layouts.columns import Column, is_node_column
from pipeline.layouts.entries import Entry
from pipeline.layouts.figures import Doubt, Evidence, money_context, money_values, target_values, write_doubts
from pipeline.layouts.labels import read_kind, split_ordinal
from pipeline.layouts.nodes import add_dana
from pipeline.layouts.sheet import Sheet
from pipeline.layouts.stacks import Item, Stack, is_one_text, read_stack
from pipeline.layouts.vocabulary import LEVELS, NODE_LEVELS, letters
from pipeline.pages.lines import Line
from pipeline.reference.units import known_unit
from pipeline.tables.model import Cell
from pipeline.values import read_ordinal, strip_bullet, tidy
from schemas.ledger import Record

CONTEXT = ("misi", "tujuan", "sasaran", "program", "kegiatan", "sub_kegiatan")


@dataclass(slots=True)
class Slot:
    """The cells of a block in one row, or in several where they are all merged."""

    row: int
    owner: Entry | None
    indicator: list[Line]
    values: dict[str, list[Line]]


@dataclass(slots=True)
class Draft:
    """An indicator read, before its figures are: its row and owner, its item, and its texts by value column."""

    slot: Slot
    item: Item
    texts: dict[str, str | None] = field(default_factory=dict)
    satuan: str | None = None


def write_indicators(sheet: Sheet, block: Block, nodes: dict[Entry, Record]) -> None:
    """Write the indicators of one block in reading order."""
    names = {_name(column): column for column in block.columns if column is not block.indicator}
    drafts = [draft for slot in slots(sheet, block, names) for draft in slot]
    evidence = Evidence()
    for draft in drafts:
        _texts(sheet, block, names, draft)
        for name, text in draft.texts.items():
            if text and name in ("target", "target:next", "kondisi_awal"):
                evidence.add("target", draft.satuan, text)
    for draft in drafts:
        _write(sheet, block, names, draft, evidence, nodes)


def _name(column: Column) -> str:
    """How a value column is called among a block's: its field, with role or period."""
    if column.field == "periode":
        return f"{'anggaran' if column.unit == 'Rupiah' else 'periode'}:{column.period}"
    if column.field == "indikator":
        return "ukuran"
    return column.field if column.role == "plan" else f"{column.field}:{column.role}"


def slots(sheet: Sheet, block: Block, names: dict[str, Column]) -> Iterator[list[Draft]]:
    """The drafts of each slot of a block, from top to bottom."""
    kind: str | None = None
    before: Slot | None = None
    waiting: Draft | None = None
    for slot in _slots(sheet, block, names):
        if before is None or slot.owner is not before.owner:
            kind, waiting = None, None
        leading = _leading(slot)
        if waiting and not slot.indicator and slot.values.get(leading):
            _complete(waiting, slot)
            waiting = None
            continue
        sheet.use(line for line in slot.indicator if read_kind(line.text, sheet.vocabulary))
        others = {name: lines for name, lines in slot.values.items() if name != leading}
        edge = sheet.text_edge(block.indicator) if block.indicator else None
        widths = {name: sheet.text_width(names[name]) for name in others}
        stack = Stack(slot.indicator, slot.values.get(leading, []), others, leading, edge, widths)
        items, kind = read_stack(stack, kind, sheet.vocabulary)
        drafts = [Draft(slot, item) for item in items]
        waiting = drafts[-1] if drafts and not drafts[-1].item.values.get(leading) else None
        before = slot
        yield drafts


def _leading(slot: Slot) -> str:
    """The column whose values count the items: the target, else the first value column that holds any."""
    for name in ("target", "target:next", *(n for n in slot.values if n.startswith("periode")), "kondisi_awal"):
        if slot.values.get(name):
            return name
    return "target"


def _complete(draft: Draft, slot: Slot) -> None:
    """Values in a row of their own under an indicator that has none belong to it."""
    for name, lines in slot.values.items():
        draft.item.values.setdefault(name, []).extend(lines)


def _slots(sheet: Sheet, block: Block, names: dict[str, Column]) -> Iterator[Slot]:
    last: tuple[int, ...] | None = None
    for row in sheet.body:
        if row in sheet.total_rows or sheet.is_single_row(row) or block.indicator is None:
            continue
        cells = {name: sheet.cell(row, column) for name, column in names.items()}
        indicator = sheet.cell(row, block.indicator)
        owner = _owner(sheet, block, row)
        key = (id(owner), id(indicator), *(id(cell) for cell in cells.values()))
        if key == last:
            continue
        last = key
        yield _slot(sheet, block, row, owner, indicator, cells, names)


def _slot(
    sheet: Sheet,
    block: Block,
    row: int,
    owner: Entry | None,
    indicator: Cell,
    cells: dict[str, Cell],
    names: dict[str, Column],
) -> Slot:
    assert block.indicator is not None
    values = {name: _lines(sheet, block, cell, row, names[name]) for name, cell in cells.items()}
    own = _lines(sheet, block, indicator, row, block.indicator)
    figures = any(lines for name, lines in values.items() if name.startswith(("target", "periode", "kondisi")))
    if indicator.row < row and not figures:
        own = []
    return Slot(row, owner, own, values)


def _lines(sheet: Sheet, block: Block, cell: Cell, row: int, column: Column) -> list[Line]:
    """A cell's lines for a row.

    A merged cell belongs to every row that it spans; but where it reaches over several owners and its lines stand
    apart, or all in the row of one of several levels, a rule is missing: then only those that stand in the row.
    """
    if cell.row_span == 1:
        return sheet.lines(row, column)
    rows = [r for r in range(cell.row, cell.row + cell.row_span) if r not in sheet.total_rows]
    owners = list(dict.fromkeys(_owner(sheet, block, r) for r in rows))
    if len(owners) == 1 or not cell.lines:
        return cell.lines
    own = sheet.lines_of_row(cell, row)
    in_one_row = any(len(sheet.lines_of_row(cell, r)) == len(cell.lines) for r in rows)
    if in_one_row:
        return cell.lines if len({owner.level if owner else None for owner in owners}) == 1 else own
    return cell.lines if is_one_text(cell.lines) else own


def _level_columns(sheet: Sheet, block: Block) -> list[Column]:
    """The level columns that give a block its context, nodes last: its own, else left of its indicators, else all.

    A sasaran between a kegiatan and its indicators is the kegiatan's.
    """
    assert block.indicator is not None
    left = [column for column in sheet.header.levels if column.start < block.indicator.start]
    return sorted(block.levels or left or sheet.header.levels, key=is_node_column)


def _owner(sheet: Sheet, block: Block, row: int) -> Entry | None:
    """The entry that a block's indicators in a row belong to: the finest of its own level columns.

    Where that column's cell is empty and a coarser name begins in the row itself, they are the coarser one's.
    """
    columns = _level_columns(sheet, block)
    found = [sheet.hierarchy.at(column, row) for column in reversed(columns)]
    return next((entry for i, entry in enumerate(found) if entry and (i == 0 or entry.row == row)), None)


def _texts(sheet: Sheet, block: Block, names: dict[str, Column], draft: Draft) -> None:
    for name, lines in draft.item.values.items():
        draft.texts[name] = sheet.join(lines, draft.slot.row, names[name])
    unit = draft.texts.get("satuan") or _measure(draft) or _header_unit(block)
    draft.satuan = unit


def _measure(draft: Draft) -> str | None:
    """A second indicator column often names the unit."""
    text = draft.texts.get("ukuran")
    return text if text and known_unit(text) else None


def _header_unit(block: Block) -> str | None:
    column = block.column("target")
    return column.unit if column else None


def _write(
    sheet: Sheet,
    block: Block,
    names: dict[str, Column],
    draft: Draft,
    evidence: Evidence,
    nodes: dict[Entry, Record],
) -> None:
    assert block.indicator is not None
    item, slot = draft.item, draft.slot
    texts = [piece.text for piece in item.pieces]
    text = sheet.text.join_texts(texts, item.lines, sheet.table.edges[block.indicator.end])
    nomor, text = split_ordinal(strip_bullet(text))
    nomor = nomor or _number(sheet, block.indicator, slot)
    is_money = letters(text) in sheet.vocabulary.money
    values, doubts = _figures(draft, evidence, is_money)
    over = sheet.hierarchy.context(slot.row, _level_columns(sheet, block))
    bukti = sheet.use([*item.lines, *(line for lines in item.values.values() for line in lines)])
    record = sheet.ledger.add(
        "indikator",
        halaman=item.lines[0].page if item.lines else sheet.table.rows[slot.row].page,
        tabel_id=sheet.table.tabel_id,
        bukti=[*bukti, *_context_sels(sheet, over)],
        level=_level(sheet, block, slot),
        node_id=_node_id(slot.owner, nodes),
        kode=slot.owner.kode if slot.owner and slot.owner.level in NODE_LEVELS else None,
        nomor=nomor,
        jenis=item.kind or block.indicator.jenis or ("masukan" if is_money and values["satuan"] == "Rupiah" else None),
        indikator=tidy(strip_bullet(text)),
        formulasi=draft.texts.get("formulasi"),
        keterangan=draft.texts.get("keterangan"),
        penanggung_jawab=draft.texts.get("penanggung_jawab"),
        versi=block.indicator.versi,
        **{level: over[level].context if level in over else None for level in CONTEXT},
        **values,
    )
    write_doubts(sheet.ledger, record, doubts)
    _doubt_pairing(sheet, record, item)
    if is_money and slot.owner in nodes and draft.texts.get("target"):
        add_dana(sheet, nodes[slot.owner], draft.texts["target"] or "", bukti)
    _write_periods(sheet, names, draft, record)


def _number(sheet: Sheet, indicator: Column, slot: Slot) -> str | None:
    """The ordinal in a narrow column of its own beside an indicator; None where the row has none, or several."""
    beside = next((c for c in sheet.header.of("nomor", "indikator") if c.end == indicator.start), None)
    cell = sheet.cell(slot.row, beside) if beside is not None else None
    ordinal = read_ordinal(cell.text) if cell is not None else None
    if cell is None or ordinal is None or cell.row != slot.row:
        return None
    sheet.use(cell.lines)
    return ordinal.text


def _level(sheet: Sheet, block: Block, slot: Slot) -> str | None:
    columns = _level_columns(sheet, block)
    if slot.owner is not None:
        return slot.owner.level
    if not columns:
        return None
    found = {entry.level for entry in sheet.hierarchy.by_column[columns[-1]] if entry.level}
    levels = found or set(columns[-1].levels)
    return max(levels, key=LEVELS.index) if len(levels) == 1 else None


def _node_id(owner: Entry | None, nodes: dict[Entry, Record]) -> str | None:
    return nodes[owner].baris_id if owner in nodes else None


def _context_sels(sheet: Sheet, over: dict[str, Entry]) -> list[str]:
    return [sel for entry in over.values() for sel in sheet.use(entry.lines)]


def _figures(draft: Draft, evidence: Evidence, is_money: bool) -> tuple[dict[str, Any], list[Doubt]]:
    satuan = "Rupiah" if is_money and letters(draft.satuan or "rupiah") in ("rupiah", "rp") else draft.satuan
    context = evidence.context("target", draft.satuan)
    target, doubts = target_values(draft.texts.get("target"), satuan, context)
    following, more = target_values(draft.texts.get("target:next"), satuan, context, "prakiraan_target")
    before, most = target_values(draft.texts.get("kondisi_awal"), satuan, context, "kondisi_awal")
    values = {
        "satuan": satuan if is_money else target.satuan,
        "target_teks": draft.texts.get("target"),
        "target": target.target,
        "target_min": target.target_min,
        "target_maks": target.target_maks,
        "target_kategori": target.target_kategori,
        "kondisi_awal_teks": draft.texts.get("kondisi_awal"),
        "kondisi_awal": before.target,
        "prakiraan_target_teks": draft.texts.get("target:next"),
        "prakiraan_target": following.target,
    }
    return values, [*doubts, *more, *most]


def _doubt_pairing(sheet: Sheet, record: Record, item: Item) -> None:
    if item.sure or not item.values:
        return
    message = "Indikator dan target bertumpuk dalam satu sel dan dipasangkan menurut tingginya saja; periksalah."
    sheet.ledger.doubt_record(record, "target", "PASANGAN_DIDUGA", "pembacaan", "peringatan", message)


def _write_periods(sheet: Sheet, names: dict[str, Column], draft: Draft, record: Record) -> None:
    """A record per period, with its target and its money; of several years, the plan's and the next one too."""
    periods: dict[str, dict[str, str]] = {}
    planned = any(column.field == "periode" and (column.period or "").isdigit() for column in names.values())
    for name, column in names.items():
        text = draft.texts.get(name)
        period = str(column.year) if planned and column.field == "target" and column.year else column.period
        if text and period and (column.field == "periode" or (planned and column.field == "target")):
            periods.setdefault(period, {})["anggaran" if name.startswith("anggaran") else "target"] = name
    for period in sorted(periods) if planned else periods:
        _write_period(sheet, names, draft, record, period, periods[period])


def _write_period(
    sheet: Sheet, names: dict[str, Column], draft: Draft, record: Record, period: str, of: dict[str, str]
) -> None:
    """`of` names the value columns of the period's target and money, where it has them."""
    text = draft.texts.get(of["target"]) if "target" in of else None
    target, doubts = target_values(text, record.get("satuan"), Evidence().context("target", None))
    money = draft.texts.get(of["anggaran"]) if "anggaran" in of else None
    scale = names[of["anggaran"]].scale if "anggaran" in of else 1
    amount, more = money_values(money, scale, money_context([money or ""]), "anggaran")
    row = sheet.ledger.add(
        "target_periode",
        halaman=record.halaman,
        tabel_id=record.tabel_id,
        bukti=sheet.use([line for name in of.values() for line in draft.item.values[name]]),
        indikator_id=record.baris_id,
        periode=period,
        target_teks=text,
        target=target.target,
        anggaran=amount,
    )
    write_doubts(sheet.ledger, row, [*doubts, *more])


def write_text_rows(sheet: Sheet, nodes: dict[Entry, Record]) -> None:
    """Indicator texts printed in the name column, under their node, where a table has no indicator column."""
    for column, entries in sheet.hierarchy.by_column.items():
        named = [entry for entry in entries if not entry.text_row and entry.row not in sheet.total_rows]
        for entry in entries:
            if entry.texts and entry.row not in sheet.total_rows:
                owner = sheet.hierarchy.at(column, entry.row)
                owner = _cut_from(sheet, entry, owner, named) if entry.text_row else owner
                for lines in entry.texts:
                    _write_text(sheet, column, entry, owner, lines, nodes)


def _cut_from(sheet: Sheet, text: Entry, owner: Entry | None, named: Sequence[Entry]) -> Entry | None:
    """A text cut off by a page break, under a coarser row that heads the page, is the finer node's before it."""
    if owner is None or owner.row != text.row - 1 or not sheet.table.rows[owner.row].starts_page:
        return owner
    before = [entry for entry in named if entry.row < owner.row]
    has_texts = bool(before) and (
        before[-1].texts or sheet.hierarchy.at(before[-1].column, owner.row - 1) is not before[-1]
    )
    if not before or before[-1].depth <= owner.depth or has_texts or owner.row - before[-1].row > 1:
        return owner
    return before[-1]


def _write_text(
    sheet: Sheet, column: Column, entry: Entry, owner: Entry | None, lines: Sequence[Line], nodes: dict[Entry, Record]
) -> None:
    over = {one.level: one for one in owner.ancestors()} if owner else {}
    bukti = sheet.use(lines)
    sheet.ledger.add(
        "indikator",
        halaman=lines[0].page,
        tabel_id=sheet.table.tabel_id,
        bukti=[*bukti, *_context_sels(sheet, over)],
        level=owner.level if owner else None,
        node_id=_node_id(owner, nodes),
        kode=owner.kode if owner else None,
        indikator=strip_bullet(sheet.join(lines, entry.row, column) or ""),
        **{level: over[level].context if level in over else None for level in CONTEXT},
    )
