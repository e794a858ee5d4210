"""The levels of a table's entries, and what each entry hangs on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.layouts.columns import Column, is_node_column
from pipeline.layouts.entries import Entry, Reading
from pipeline.layouts.labels import level_word
from pipeline.layouts.levels import Row, tell_levels
from pipeline.layouts.vocabulary import LEVELS, NODE_LEVELS
from pipeline.values import code_level, read_money, read_ordinal

FIRST_WITH_SUB_KEGIATAN = 2021  # the first plan year of Permendagri 90/2019
INDENT = 4.0  # points: a step of an indentation is at least as wide as a letter


def assign_levels(
    reading: Reading, by_column: Mapping[Column, list[Entry]], headed: Mapping[Column, tuple[str, ...]]
) -> None:
    """Tell the levels of all entries of a table: those of its node columns together, other columns each by itself.

    `headed` are the levels that each column's header names, coarsest first.
    """
    nodes = [column for column in by_column if is_node_column(column)]
    groups = [nodes, *([column] for column in by_column if column not in nodes)]
    for columns in groups:
        named = [entry for column in columns for entry in by_column[column] if not entry.text_row]
        named.sort(key=lambda entry: (entry.row, entry.column.start))
        if not named:
            continue
        every = [level for column in columns for level in headed[column]]
        if len(every) == 1 and every[0] not in NODE_LEVELS:
            for entry in named:
                entry.level = every[0]
            continue
        scale = LEVELS if any(level not in NODE_LEVELS for level in every) else NODE_LEVELS
        rows = [_row(reading, entry, headed[entry.column]) for entry in named]
        told = tell_levels(rows, scale, below_kegiatan=(reading.year or 0) >= FIRST_WITH_SUB_KEGIATAN)
        for entry, one in zip(named, told, strict=True):
            entry.level, entry.sure = one.level, one.sure


def _row(reading: Reading, entry: Entry, headed: tuple[str, ...]) -> Row:
    """What the table shows of an entry."""
    ordinal = read_ordinal(entry.nomor) if entry.nomor else None
    name = entry.cells[-1]
    return Row(
        name=entry.nama,
        header=_headed(entry, headed),
        word=_word(reading, entry),
        code=entry.kode,
        code_depth=entry.code_depth,
        code_level=code_level(entry.kode) if entry.kode else None,
        ordinal=_style(entry.nomor, ordinal.style) if entry.nomor and ordinal else None,
        count=ordinal.value if ordinal else 0,
        label_column=entry.label_column,
        column=entry.column.start,
        step=name.column,
        indent=round((entry.indent - reading.table.edges[name.column]) / INDENT) if entry.lines else 0,
        bold=entry.bold,
        fill=name.fill,
        amount=_amount(reading, entry),
        indicator=_filled(reading, entry, "indikator"),
        target=_filled(reading, entry, "target"),
    )


def _style(text: str, style: str) -> str:
    """The style of an ordinal, `01` and the depth of nested ones told apart."""
    if style == "nested":
        return f"nested {text.count('.')}"
    return "01" if re.fullmatch(r"0\d", text) else style


def _headed(entry: Entry, headed: tuple[str, ...]) -> tuple[str, ...]:
    """The levels that the header names for an entry's place; in a staircase, the level of its step."""
    column = entry.column
    if not column.steps:
        return headed
    place = max(entry.cells[-1].column, column.start)
    return (column.levels[max(i for i, start in enumerate(column.steps) if start <= place)],)


def _word(reading: Reading, entry: Entry) -> str | None:
    if not entry.lines:
        return None
    text = " ".join(line.text for line in entry.lines)
    bare = text[text.find(" ") + 1 :] if entry.nomor and text.startswith(entry.nomor) else text
    return level_word(entry.nama if entry.nomor else text, reading.vocabulary) or level_word(bare, reading.vocabulary)


def _amount(reading: Reading, entry: Entry) -> int | None:
    """The amount of this year beside an entry, in the unit that it is printed in; None where its cell holds several."""
    for column in reading.header.of("pagu", "plan"):
        cell = reading.table.grid[entry.row][column.start]
        if cell.row == entry.row and not cell.empty and not entry.shared:
            amount = read_money(cell.text).amount
            return int(amount) if amount is not None else None
    return None


def _filled(reading: Reading, entry: Entry, field: str) -> bool:
    cells = [reading.table.grid[entry.row][column.start] for column in reading.header.of(field, "plan")]
    return any(cell.row == entry.row and not cell.empty for cell in cells)


def set_parents(entries: Sequence[Entry]) -> None:
    """Hang every entry of an outline on the entry whose code begins its own, else on the last coarser one above."""
    coded = [entry for entry in entries if entry.kode and not entry.text_row]
    open_entries: list[Entry] = []
    named: dict[str, Entry] = {}
    for entry in entries:
        if entry.text_row:
            continue
        while open_entries and open_entries[-1].depth >= entry.depth:
            open_entries.pop()
        above = open_entries[-1] if open_entries else None
        if entry.nama:
            named[entry.level] = entry
        else:
            entry.before = named.get(entry.level)
        entry.parent = _by_prefix(entry, coded) or above
        open_entries.append(entry)


def _by_prefix(entry: Entry, coded: Sequence[Entry]) -> Entry | None:
    """The coarser entry whose code begins an entry's: the nearest above, else the first below."""
    if not entry.kode:
        return None
    parts, place = entry.kode.split("."), coded.index(entry)
    near = [*reversed(coded[:place]), *coded[place + 1 :]]
    for length in range(len(parts) - 1, 0, -1):
        prefix = ".".join(parts[:length])
        found = next((one for one in near if one.kode == prefix and one.depth < entry.depth), None)
        if found is not None:
            return found
    return None


def set_ends(entries: Sequence[Entry], last_row: int) -> None:
    """In an outline a row belongs to the last entry above it: each entry reaches to the next of any level."""
    names = [entry for entry in entries if not entry.text_row]
    for entry, next_row in zip(names, [*(entry.row for entry in names), last_row][1:], strict=True):
        entry.end = max(entry.row + 1, next_row)
