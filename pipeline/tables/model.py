"""Tables as a grid of cells. A logical table may run over several pages; a cell may be cut by a page break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.pages.lines import Line
from pipeline.pages.model import Box


@dataclass(slots=True)
class Part:
    """The piece of a cell that stands on one page. `row` and `row_span` are rows of the logical table."""

    page: int
    box: Box
    row: int
    row_span: int
    lines: list[Line] = field(default_factory=list)
    fill: tuple[int, int, int] | None = None
    sel_id: str = ""
    unsure: bool = False  # where its rows part is in doubt


@dataclass(slots=True, eq=False)
class Cell:
    """A cell of the grid, merged cells being one. Two cells are never equal."""

    row: int
    column: int
    row_span: int
    column_span: int
    parts: list[Part]

    @property
    def lines(self) -> list[Line]:
        return [line for part in self.parts for line in part.lines]

    @property
    def text(self) -> str:
        """All lines joined with one space, before line-break hyphens are resolved."""
        return " ".join(line.text for line in self.lines)

    @property
    def empty(self) -> bool:
        return not any(part.lines for part in self.parts)

    @property
    def bold(self) -> bool:
        lines = self.lines
        return bool(lines) and sum(line.bold for line in lines) * 2 > len(lines)

    @property
    def fill(self) -> tuple[int, int, int] | None:
        return self.parts[0].fill

    @property
    def page(self) -> int:
        return self.parts[0].page


@dataclass(slots=True)
class Row:
    """Where a row of the logical table stands. `starts_page` marks the first body row after a page break."""

    page: int
    top: float
    bottom: float
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class Join:
    """Why the rows from `page` on belong to a table: a score above 0, its distance to the other reading, and reasons.

    `reasons` names what was weighed, with its weight, the heaviest first. `margin` is 0 to 1.
    """

    page: int
    score: float
    margin: float
    reasons: tuple[tuple[str, float], ...] = ()


@dataclass(slots=True)
class Table:
    """A logical table: `grid[row][column]` is the cell there, the same object wherever a merged cell reaches.

    `edges` are the column edges in points; `header_rows` counts the rows of the header, a number row included,
    at the top of the grid. `engine` names the reader; `confidence` is 0 to 1.
    """

    rows: list[Row]
    edges: list[float]
    grid: list[list[Cell]]
    engine: str = "lattice"
    confidence: float = 1.0
    header_rows: int = 0
    number_row: int | None = None
    title: str = ""
    above: list[Line] = field(default_factory=list)
    tabel_id: str = ""
    signs: list[str] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)  # one for each page that it runs on to
    repeated: list[Cell] = field(default_factory=list)  # cells of headers printed again on later pages

    @property
    def first_page(self) -> int:
        return self.rows[0].page

    @property
    def last_page(self) -> int:
        return self.rows[-1].page

    @property
    def box(self) -> Box:
        """The box of its part on the first page."""
        rows = [row for row in self.rows if row.page == self.first_page]
        return Box(self.edges[0], rows[0].top, self.edges[-1], rows[-1].bottom)

    def cells(self) -> Iterator[Cell]:
        """Every cell once, in reading order."""
        seen: set[int] = set()
        for row in self.grid:
            for cell in row:
                if id(cell) not in seen:
                    seen.add(id(cell))
                    yield cell

    def row_cells(self, row: int) -> list[Cell]:
        """The cells that reach a row, each once, from left to right."""
        return list(dict.fromkeys(self.grid[row]))

    @property
    def body(self) -> range:
        return range(self.header_rows, len(self.rows))
