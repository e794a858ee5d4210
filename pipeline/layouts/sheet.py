"""One table while it is being read into records: its words, what was used of it, and what its totals say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.layouts.codes import RowCode
from pipeline.layouts.columns import Column
from pipeline.layouts.entries import Entry, Reading
from pipeline.layouts.header import Header
from pipeline.layouts.hierarchy import Hierarchy, read_hierarchy
from pipeline.layouts.text import TextReader
from pipeline.layouts.vocabulary import Vocabulary
from pipeline.pages.lines import Line
from pipeline.tables.model import Cell, Table
from schemas.ledger import Ledger, Level

LONGEST_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Total:
    """A printed total: what it says it sums up, the column, the amount, and where it stands."""

    label: str
    kolom: str
    nilai: Decimal
    tabel_id: str
    halaman: int
    bukti: tuple[str, ...]
    scope: Entry | None = None  # what it totals; None: the whole table


@dataclass(slots=True)
class Sheet:
    """A table, its header and hierarchy, and the book of what its records came from."""

    table: Table
    header: Header
    hierarchy: Hierarchy
    codes: dict[int, RowCode]
    text: TextReader
    vocabulary: Vocabulary
    ledger: Ledger
    total_rows: dict[int, str] = field(default_factory=dict)
    totals: list[Total] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    sel_of: dict[int, str] = field(default_factory=dict)
    _text_edges: dict[Column, float] = field(default_factory=dict)
    _text_widths: dict[Column, float] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading, ledger: Ledger) -> Sheet:
        """The sheet of a table whose header, codes and total rows are read: reads its hierarchy."""
        table, hierarchy = reading.table, read_hierarchy(reading)
        sheet = cls(table, reading.header, hierarchy, reading.codes, reading.text, reading.vocabulary, ledger)
        sheet.total_rows = reading.total_rows
        for cell in table.cells():
            for part in cell.parts:
                sheet.sel_of |= {id(word): part.sel_id for line in part.lines for word in line.words}
        return sheet

    @property
    def body(self) -> range:
        return range(self.header.rows, len(self.table.rows))

    def cell(self, row: int, column: Column) -> Cell:
        """The cell of a one-column field in a row; of a wider field, its first cell with text."""
        cells = dict.fromkeys(self.table.grid[row][column.start : column.end])
        return next((cell for cell in cells if not cell.empty), next(iter(cells)))

    def lines(self, row: int, column: Column) -> list[Line]:
        """The lines of a field in a row, those of all its leaf columns from left to right."""
        cells = dict.fromkeys(self.table.grid[row][column.start : column.end])
        return [line for cell in cells for line in cell.lines]

    def lines_of_row(self, cell: Cell, row: int) -> list[Line]:
        """Those lines of a cell that stand at the height of one of the rows that it spans."""
        where = self.table.rows[row]
        return [line for line in cell.lines if line.page == where.page and where.top <= line.middle < where.bottom]

    def use(self, lines: Iterable[Line]) -> list[str]:
        """The `sel_id`s of lines, noted as used by a record."""
        found = list(dict.fromkeys(self.sel_of[id(word)] for line in lines for word in line.words))
        self.used.update(found)
        return found

    def doubt(self, lines: Sequence[Line], code: str, message: str, level: Level = "peringatan") -> None:
        """Write a finding about lines that no record took; `message` has `{}` where their text belongs."""
        text = self.text.join(lines)
        self.ledger.doubt(
            code,
            "pembacaan",
            level,
            message.format(text[:LONGEST_QUOTE]),
            halaman=lines[0].page,
            tabel_id=self.table.tabel_id,
            nilai=text,
            bukti=tuple(dict.fromkeys(self.sel_of[id(line.words[0])] for line in lines)),
        )

    def text_edge(self, column: Column) -> float:
        """How far to the right the text of a column reaches, in points: where its lines are broken."""
        if column not in self._text_edges:
            ends = [line.box.x1 for line in self._own_lines(column)]
            self._text_edges[column] = min(max(ends, default=0.0), self.table.edges[column.end])
        return self._text_edges[column]

    def text_width(self, column: Column) -> float:
        """The width of the widest line of a column, in points."""
        if column not in self._text_widths:
            self._text_widths[column] = max((line.box.width for line in self._own_lines(column)), default=0.0)
        return self._text_widths[column]

    def _own_lines(self, column: Column) -> Iterator[Line]:
        for cell in {self.table.grid[row][column.end - 1] for row in self.body}:
            if cell.column >= column.start and cell.column + cell.column_span <= column.end:
                yield from cell.lines

    def join(self, lines: Sequence[Line], row: int, column: Column) -> str | None:
        """Lines of a cell as one text, None where there are none."""
        text = self.text.join(lines, self.table.edges[column.end] if lines else None)
        return text or None

    def is_single_row(self, row: int) -> bool:
        """Whether a row is one cell as wide as the table."""
        return len(self.table.row_cells(row)) == 1

    def entries(self) -> list[Entry]:
        """The entries that name something, in reading order, total rows left out."""
        return [e for e in self.hierarchy.entries() if not e.text_row and e.row not in self.total_rows]
