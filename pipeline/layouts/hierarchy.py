"""A table's entries as one hierarchy: what stands over each row, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.layouts.columns import Column, is_node_column
from pipeline.layouts.entries import Entry, Reading, column_entries
from pipeline.layouts.labels import read_level_word
from pipeline.layouts.outline import assign_levels, set_ends, set_parents
from pipeline.layouts.vocabulary import LEVELS, letters
from pipeline.tables.model import Cell
from pipeline.values import read_ordinal

FEWEST_ROWS = 4  # of a register
REGISTER_SHARE = 0.8  # of its rows that print the coarser name
AGAIN_SHARE = 0.3  # … that print it again right below


@dataclass(slots=True)
class Hierarchy:
    """The entries of each level column, in reading order, with bands (full-width rows) as context over them."""

    by_column: dict[Column, list[Entry]]
    bands: list[Entry] = field(default_factory=list)
    covering: dict[tuple[int, int], Entry] = field(default_factory=dict)

    @property
    def columns(self) -> list[Column]:
        return list(self.by_column)

    def entries(self) -> list[Entry]:
        """All entries by row, coarser columns first."""
        found = [entry for entries in self.by_column.values() for entry in entries]
        return sorted(found, key=lambda entry: (entry.row, entry.column.start))

    def at(self, column: Column, row: int) -> Entry | None:
        """The finest entry of a column that covers a row."""
        return self.covering.get((column.start, row))

    def context(self, row: int, columns: Sequence[Column]) -> dict[str, Entry]:
        """By level, the entries over a row in the given columns; a finer column may name the parent itself."""
        found: dict[str, Entry] = {}
        for band in self.bands:
            if band.row < row:
                found = {level: entry for level, entry in found.items() if LEVELS.index(level) < band.depth}
                found[band.level] = band
        for column in columns:
            entry = self.at(column, row)
            for one in reversed(entry.ancestors() if entry else []):
                found[one.level] = one
        return found


def read_hierarchy(reading: Reading) -> Hierarchy:
    """Read every level column of a table; the levels of later columns move down where an earlier one holds two."""
    by_column: dict[Column, list[Entry]] = {}
    headed: dict[Column, tuple[str, ...]] = {}
    deeper = 0
    for column in reading.header.levels:
        by_column[column] = column_entries(reading, column)
        headed[column] = _moved(column.levels, deeper)
        if _holds_two(by_column[column], column):
            headed[column], deeper = ("program", "kegiatan"), 1
    assign_levels(reading, by_column, headed)
    _note_registers(by_column)
    for column, entries in by_column.items():
        _finish(reading, column, entries)
    hierarchy = Hierarchy(by_column, _bands(reading))
    _cover(reading, hierarchy)
    _note_labels(reading, hierarchy)
    _hang_columns(hierarchy)
    return hierarchy


def _note_registers(by_column: dict[Column, list[Entry]]) -> None:
    """In a register each row prints the coarser names again: they are its context.

    A grid prints them once for all their rows, merged or with empty cells below.
    """
    nodes = [column for column in by_column if is_node_column(column)]
    for coarse, fine in pairwise(nodes):
        beside = {entry.row: entry for entry in by_column[coarse] if entry.nama and not entry.text_row}
        finer = [entry for entry in by_column[fine] if entry.nama and not entry.text_row]
        shared = [entry for entry in finer if entry.row in beside]
        again = sum(letters(a.nama) == letters(b.nama) for a, b in pairwise(beside.values()))
        if len(shared) < FEWEST_ROWS or len(shared) < REGISTER_SHARE * len(finer) or again < AGAIN_SHARE * len(shared):
            continue
        for entry in shared:
            beside[entry.row].repeated = True


def _moved(levels: tuple[str, ...], deeper: int) -> tuple[str, ...]:
    """A kegiatan column right of one that holds program and kegiatan holds sub kegiatan."""
    if deeper and levels == ("kegiatan",):
        return ("sub_kegiatan",)
    return levels


def _holds_two(entries: Sequence[Entry], column: Column) -> bool:
    """Whether a program column holds kegiatan too: names that begin with `Program`, and numbered ones that do not."""
    if column.levels != ("program",):
        return False
    worded = [entry for entry in entries if entry.nama.casefold().startswith("program")]
    numbered = [entry for entry in entries if entry.nomor and not entry.nama.casefold().startswith("program")]
    return bool(worded and numbered)


def _finish(reading: Reading, column: Column, entries: list[Entry]) -> None:
    """Hang the entries of a column that holds several levels on one another, and tell how far each reaches."""
    levels = {entry.level for entry in entries if not entry.text_row}
    if len(levels) > 1 or len(column.levels) > 1:
        set_parents(entries)
        set_ends(entries, len(reading.table.rows))
    elif is_node_column(column):
        _carry_down(entries, len(reading.table.rows))


def _carry_down(entries: Sequence[Entry], last_row: int) -> None:
    """A node's indicators may stand in rows of their own under its name."""
    if not any(entry.level in ("kegiatan", "sub_kegiatan") for entry in entries):
        return
    for entry, following in zip(entries, [*entries[1:], None], strict=True):
        entry.end = max(entry.end, following.row if following else last_row)


def _bands(reading: Reading) -> list[Entry]:
    """Rows of one cell as wide as the table that begin with a level word: context for the rows below."""
    bands = []
    for row in range(reading.header.rows, len(reading.table.rows)):
        cells = reading.table.row_cells(row)
        if len(cells) == 1 and not cells[0].empty and cells[0].row == row:
            band = _band(reading, row, cells[0])
            if band:
                bands.append(band)
    return bands


def _band(reading: Reading, row: int, cell: Cell) -> Entry | None:
    text = reading.text.cell(cell)
    word = read_level_word(text, reading.vocabulary)
    if word is None:
        return None
    column = Column(cell.column, cell.column + cell.column_span, "level", (), (word.name,))
    return Entry(word.name, row, row + 1, column, word.rest, cell.lines, [cell])


def _cover(reading: Reading, hierarchy: Hierarchy) -> None:
    for column, entries in hierarchy.by_column.items():
        for entry in entries:
            if not entry.text_row:
                for row in range(entry.row, min(entry.end, len(reading.table.rows))):
                    hierarchy.covering[column.start, row] = entry


def _note_labels(reading: Reading, hierarchy: Hierarchy) -> None:
    """Note for each entry whether a name of the level above it is printed, or reaches, beside its row."""
    before: Column | None = None
    for column, entries in hierarchy.by_column.items():
        for entry in entries:
            entry.beside_label = before is None or _names_kegiatan(
                reading, hierarchy.by_column[before], before, entry.row
            )
            heads_page = reading.table.rows[entry.row].starts_page
            entry.beside_empty = before is not None and not heads_page and _stands_empty(reading, before, entry)
        before = column


def _stands_empty(reading: Reading, column: Column, entry: Entry) -> bool:
    """Whether the cell of a coarser column beside an entry is empty and ruled off with it."""
    cell = reading.table.grid[entry.row][column.end - 1]
    return cell.empty and (cell.row, cell.row_span) == (entry.row, entry.cells[-1].row_span)


def _names_kegiatan(reading: Reading, entries: Sequence[Entry], column: Column, row: int) -> bool:
    cells = reading.table.grid[row][column.start : column.end]
    return any(one.level == "kegiatan" and cell in one.cells for cell in cells for one in entries)


def _hang_columns(hierarchy: Hierarchy) -> None:
    """Hang entries without a parent in their own column on the coarser entry that covers their row to the left."""
    before: list[Column] = []
    for column, entries in hierarchy.by_column.items():
        for entry in entries:
            if entry.parent is None and not entry.text_row:
                above = hierarchy.context(entry.row, before)
                coarser = [one for one in above.values() if one.depth < entry.depth]
                entry.parent = max(coarser, key=lambda one: one.depth, default=None)
        before.append(column)
    _adopt_early(hierarchy)


def _adopt_early(hierarchy: Hierarchy) -> None:
    """A label printed beside a later row of its block holds for the rows above it too.

    These are the entries right above the label, beside no other label of its level, from which the ordinals count
    on to the label's own first entry; or all of them, where nothing else stands between them and the label's parent.
    """
    entries = hierarchy.entries()
    for label in entries:
        if label.level == "kegiatan" and not label.text_row:
            finer = [one for one in entries if one.level == "sub_kegiatan" and one.column != label.column]
            early = [*_counted_up_to(label, finer), *_unlabelled_before(label, finer), *_ruled_off_above(label, finer)]
            for entry in early:
                entry.parent = label


def _unlabelled_before(label: Entry, finer: Sequence[Entry]) -> list[Entry]:
    return [one for one in finer if one.row < label.row and one.parent and one.parent is label.parent]


def _counted_up_to(label: Entry, finer: Sequence[Entry]) -> list[Entry]:
    """The entries above a label whose ordinals run from 1 up to that of its first entry, each beside an empty cell."""
    above = [one for one in finer if one.row < label.row]
    first = next((one for one in finer if one.row >= label.row), None)
    expected = (_number(first) or 2) - 1 if first else 0
    chain: list[Entry] = []
    for one in reversed(above):
        if expected < 1 or _number(one) != expected or one.beside_label:
            break
        chain.append(one)
        expected -= 1
    return chain if expected == 0 else []


def _ruled_off_above(label: Entry, finer: Sequence[Entry]) -> list[Entry]:
    """The entry right above a label beside an empty cell of its own, where labels are merged over their blocks: the
    cell is not the former label's, or it would be merged with it.
    """
    above = [one for one in finer if one.row < label.row]
    merged = label.cells[-1].row_span > above[-1].cells[-1].row_span if above else False
    return above[-1:] if merged and above[-1].beside_empty else []


def _number(entry: Entry) -> int:
    ordinal = read_ordinal(entry.nomor) if entry.nomor else None
    return ordinal.value if ordinal else 0
