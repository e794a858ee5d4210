"""The entries of a table's level columns: each mission, goal, objective, program, … with the rows that it covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.layouts.codes import RowCode
from pipeline.layouts.columns import Column, is_node_column
from pipeline.layouts.header import Header
from pipeline.layouts.labels import is_bullet, read_kind, read_level_word, split_ordinal, starts_ordinal
from pipeline.layouts.ordinals import counts
from pipeline.layouts.text import TextReader, gaps
from pipeline.layouts.vocabulary import LEVELS, Vocabulary
from pipeline.pages.lines import Line
from pipeline.tables.breaks import is_label
from pipeline.tables.model import Cell, Table
from pipeline.values import read_ordinal, strip_bullet, tidy

WIDE_GAP = 1.35
CODED_ROWS = 3
FEWEST_BARE = 3
BARE_ORDINAL = re.compile(r"(?P<ordinal>[1-9]\d?)\s+(?=[A-Z])")


@dataclass(slots=True, eq=False)
class Entry:
    """One name in a level column. It covers the rows `row`..`end`; `lines` are its own, `column` where it stands."""

    level: str
    row: int
    end: int
    column: Column
    nama: str
    lines: list[Line]
    cells: list[Cell]
    nomor: str | None = None
    kode: str | None = None
    code_depth: int = 0
    parent: Entry | None = None
    sure: bool = True  # of its level
    repeated: bool = False  # printed again in every row of a register: context of what stands beside it, no row
    shared: bool = False  # its cell holds other entries too
    label_column: int = -1
    texts: list[list[Line]] = field(default_factory=list)  # indicator texts printed under the name
    text_row: bool = False  # a row that holds nothing but such texts
    baris_id: str | None = None
    beside_label: bool = True  # a name of the next coarser column is printed, or reaches, beside it
    beside_empty: bool = False  # the cell of the next coarser column beside it is empty and ruled off with it
    bottom: tuple[int, float] | None = None  # page and height of a total stacked under it in its cell
    before: Entry | None = None  # of a nameless entry: the last named one of its level

    @property
    def context(self) -> str | None:
        """The name that rows below it carry; under a nameless row, that of the last named one of its level."""
        return self.nama or (self.before.nama if self.before else None)

    @property
    def depth(self) -> int:
        return LEVELS.index(self.level)

    @property
    def bold(self) -> bool:
        return bool(self.lines) and sum(line.bold for line in self.lines) * 2 > len(self.lines)

    @property
    def indent(self) -> float:
        return min((line.box.x0 for line in self.lines), default=0.0)

    def ancestors(self) -> list[Entry]:
        """Itself and what it stands under, finest first."""
        chain: list[Entry] = []
        entry: Entry | None = self
        while entry is not None and entry not in chain:
            chain.append(entry)
            entry = entry.parent
        return chain


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading entries needs: the table, its header, its codes and the words."""

    table: Table
    header: Header
    codes: dict[int, RowCode]
    text: TextReader
    vocabulary: Vocabulary
    total_rows: dict[int, str]
    year: int | None = None  # the plan year, where it is known

    @property
    def has_indicators(self) -> bool:
        return bool(self.header.of("indikator"))


def column_entries(reading: Reading, column: Column) -> list[Entry]:
    """The entries of one level column in reading order; in an outline their levels are still to be told."""
    entries: list[Entry] = []
    for row in range(reading.header.rows, len(reading.table.rows)):
        if row in reading.total_rows:
            continue
        own = [cell for cell in _cells(reading.table, row, column) if cell.row == row]
        found = _row_entries(reading, column, row, own)
        if not own and _is_nameless(reading, column, row):
            found = [_nameless(reading, column, row)]
        entries += found
    _take_bare_ordinals(entries)
    return entries


def _take_bare_ordinals(entries: Sequence[Entry]) -> None:
    """A bare number before a name (`1 Penyusunan …`) is its ordinal where the numbers of the column count."""
    found = [(entry, match) for entry in entries if not entry.nomor and (match := BARE_ORDINAL.match(entry.nama))]
    ordinals = [ordinal for _, match in found if (ordinal := read_ordinal(match["ordinal"]))]
    unnumbered = [entry for entry in entries if entry.nama and not entry.nomor]
    if len(found) >= FEWEST_BARE and 2 * len(found) > len(unnumbered) and counts([ordinals]):
        for entry, match in found:
            entry.nomor, entry.nama = match["ordinal"], entry.nama[match.end() :]


def _nameless(reading: Reading, column: Column, row: int) -> Entry:
    entry = Entry("", row, row + 1, column, "", [], [reading.table.grid[row][column.start]])
    _mark(entry, [], reading.codes.get(row))
    return entry


def _is_nameless(reading: Reading, column: Column, row: int) -> bool:
    """Whether a row is a node whose name is not printed: an amount and other text of its own, in a table of codes."""
    cells = [cell for cell in reading.table.row_cells(row) if cell.row == row]
    if len(reading.codes) < CODED_ROWS or not _coded(reading, column) or not is_node_column(column):
        return False
    if reading.table.grid[row][column.start].row != row or any(reading.vocabulary.is_total(c.text) for c in cells):
        return False
    amounts = [cell for cell in cells if any(c.start <= cell.column < c.end for c in reading.header.money)]
    texts = [cell for cell in cells if cell not in amounts and any(char.isalpha() for char in cell.text)]
    marks = reading.codes[row].cells if row in reading.codes else []
    texts = [cell for cell in texts if cell not in marks]
    return bool(texts or marks) and any(any(char.isdigit() for char in cell.text) for cell in amounts)


def _cells(table: Table, row: int, column: Column) -> list[Cell]:
    inside = [cell for cell in table.row_cells(row) if column.start <= cell.column < column.end]
    return [cell for cell in inside if not cell.empty]


def _row_entries(reading: Reading, column: Column, row: int, own: Sequence[Cell]) -> list[Entry]:
    names = [cell for cell in own if not (is_label(cell) and cell is not own[-1])]
    if len(names) == 1 and is_label(names[0]) and column.end - column.start > 1:
        names = []
    labels = [cell for cell in own if cell not in names]
    code = reading.codes.get(row) if _coded(reading, column) else None
    if not names:
        return []
    worded = read_level_word(names[0].text, reading.vocabulary) is not None
    if column.worded and not worded and not (code and code.kode):
        return []
    if not labels and code is None and _is_text_row(reading, column, row, names):
        return [Entry("", row, row + 1, column, "", [], names, text_row=True, texts=_segments(reading, names[0].lines))]
    return _split(reading, column, row, names, labels, code)


def _is_text_row(reading: Reading, column: Column, row: int, names: Sequence[Cell]) -> bool:
    """Whether a row names no node: no code or ordinal where nodes have them, no amount, and no indicator column."""
    if reading.has_indicators or len(reading.codes) < CODED_ROWS or not _coded(reading, column) or len(names) != 1:
        return False
    if read_level_word(names[0].text, reading.vocabulary):
        return False
    amounts = reading.header.money
    return all(reading.table.grid[row][c.start].row < row or reading.table.grid[row][c.start].empty for c in amounts)


def _coded(reading: Reading, column: Column) -> bool:
    """Whether the table's code or ordinal columns belong to this level column.

    An ordinal belongs to the next one to its right; a code to the one whose names reach over the same rows as the
    codes do, the finest of several: a name that is printed in every row is what the row stands under.
    """
    marks = [mark for mark in reading.header.columns if mark.field in ("kode", "nomor")]
    return any(_owner(reading, mark) is column for mark in marks)


def _owner(reading: Reading, mark: Column) -> Column | None:
    right = sorted((c for c in reading.header.levels if c.start >= mark.end), key=lambda c: c.start)
    if mark.field == "nomor" or not right or not all(len(c.levels) == 1 and is_node_column(c) for c in right):
        return right[0] if right else None
    return max(reversed(right), key=lambda c: _same_extents(reading, mark, c))


def _same_extents(reading: Reading, mark: Column, column: Column) -> int:
    """How many rows begin both a code and a name that reaches as far down."""
    grid = reading.table.grid
    rows = range(reading.header.rows, len(grid))
    pairs = ((row, grid[row][mark.start], grid[row][column.start]) for row in rows)
    return sum(
        not code.empty and not name.empty and code.row == name.row == row and code.row_span == name.row_span
        for row, code, name in pairs
    )


def _split(
    reading: Reading, column: Column, row: int, names: Sequence[Cell], labels: Sequence[Cell], code: RowCode | None
) -> list[Entry]:
    """The entries of one row: one per name, texts under a name apart."""
    lines = [line for cell in names for line in cell.lines]
    several = is_node_column(column) or len(column.levels) > 1
    groups = _segments(reading, lines) if several else [lines]
    end = row + max(cell.row_span for cell in names)
    entries: list[Entry] = []
    for group in groups:
        if reading.vocabulary.is_total(group[0].text):
            _end_stack(entries, group[0])
            continue
        if not reading.has_indicators and is_bullet(group[0].text):
            _add_text(reading, column, row, end, entries, group, names)
            continue
        entry = _entry(reading, column, row, end, group, names)
        entry.shared = len(groups) > 1
        entries.append(entry)
    named = [entry for entry in entries if not entry.text_row]
    if named:
        _mark(named[0], labels, code)
    return entries


def _end_stack(entries: Sequence[Entry], total: Line) -> None:
    """A total under stacked names: what stands beside it is not the last name's."""
    if entries:
        entries[-1].bottom = (total.page, total.box.y0)


def _add_text(
    reading: Reading,
    column: Column,
    row: int,
    end: int,
    entries: list[Entry],
    group: list[Line],
    names: Sequence[Cell],
) -> None:
    if not entries:
        entries.append(Entry("", row, end, column, "", [], list(names), text_row=True))
    entries[-1].texts.append(group)


def _entry(reading: Reading, column: Column, row: int, end: int, group: list[Line], names: Sequence[Cell]) -> Entry:
    cells = [cell for cell in names if any(line in cell.lines for line in group)]
    text = reading.text.join(group, cells[0].parts[0].box.x1)
    nomor, name = split_ordinal(text)
    word = read_level_word(name, reading.vocabulary)
    nama = strip_bullet(word.rest if word else name)
    level = column.levels[0] if len(column.levels) == 1 else ""
    return Entry(level, row, end, column, tidy(nama), group, cells, nomor=nomor)


def _mark(entry: Entry, labels: Sequence[Cell], code: RowCode | None) -> None:
    """Give an entry the ordinal and code printed beside it."""
    if labels:
        entry.nomor = labels[-1].text.strip(" .()")
        entry.label_column = labels[-1].column
        entry.cells = [*labels, *entry.cells]
    if code:
        entry.kode = code.kode
        entry.code_depth = code.depth
        entry.nomor = entry.nomor or code.nomor
        entry.cells = [*code.cells, *entry.cells]


def _segments(reading: Reading, lines: Sequence[Line]) -> list[list[Line]]:
    """Lines grouped by entry: a new one begins with an ordinal, a bullet, or a level word after a gap."""
    distances = gaps(lines)
    pitch = min((d for d in distances if 0 < d < 200), default=0.0)
    groups: list[list[Line]] = []
    for index, line in enumerate(lines):
        if groups and not _begins(reading, lines, index, distances[index] > WIDE_GAP * pitch):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _begins(reading: Reading, lines: Sequence[Line], index: int, gap: bool) -> bool:
    text = lines[index].text
    if reading.vocabulary.is_total(text):
        return True
    if starts_ordinal(text):
        return gap or not lines[index - 1].text.endswith((",", "dan", "No.", "Nomor", "Tahun"))
    if is_bullet(text):
        return not reading.has_indicators
    word = read_level_word(text, reading.vocabulary)
    if word is None or read_kind(text, reading.vocabulary):
        return False
    colon = word.rest != text.strip()
    return colon or (gap and lines[index].page == lines[index - 1].page)
