"""What a drawn table is made of: cells with spans, columns, and how it is ruled and broken over pages."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

Align = Literal["left", "center", "right"]
VAlign = Literal["top", "middle", "bottom"]
Rules = Literal["stroke", "fill", "double"]
Header = Literal["all", "numbers", "none"]
Break = Literal["rows", "anywhere"]
A4 = (595.0, 842.0)
A4_WIDE = (842.0, 595.0)
FOLIO_WIDE = (935.0, 612.0)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text in a cell; `gap` is the free space above it, in points."""

    text: str
    bold: bool = False
    gap: float = 0.0
    x: float = 0.0  # an indent from the left padding


@dataclass(slots=True)
class Cell:
    """A cell at its place in the grid. `paragraphs` are wrapped to the cell's width, `lines` are what came of it.

    `top` and `bottom` say whether the rule there is drawn; `overflow` keeps the text on one line, clipped at the
    cell's edge; `offset` moves the text down by points.
    """

    row: int
    column: int
    paragraphs: list[TextLine] = field(default_factory=list)
    row_span: int = 1
    column_span: int = 1
    align: Align = "left"
    valign: VAlign = "top"
    fill: float | None = None  # grey, 0 to 1
    top: bool = True
    bottom: bool = True
    left: bool = True
    right: bool = True
    overflow: bool = False
    offset: float = 0.0
    lines: list[TextLine] | None = None

    @property
    def last_row(self) -> int:
        return self.row + self.row_span - 1


def cell(row: int, column: int, text: str = "", bold: bool = False, **more: Any) -> Cell:
    """A cell whose paragraphs are parted by line feeds; an empty one makes a gap."""
    paragraphs: list[TextLine] = []
    gap = 0.0
    for part in text.split("\n") if text else []:
        if not part:
            gap += 8.0
            continue
        strong = part.startswith("**")
        paragraphs.append(TextLine(part.removeprefix("**"), bold or strong, gap))
        gap = 0.0
    return replace(Cell(row, column, paragraphs), **more)


@dataclass(slots=True)
class Look:
    """How a table is set: sizes in points."""

    page: tuple[float, float] = A4_WIDE
    margin: float = 40.0
    size: float = 7.0
    leading: float = 1.25
    padding: float = 3.0
    font: str = "Times-Roman"
    bold: str = "Times-Bold"
    rules: Rules = "stroke"
    header: Header = "all"
    breaks: Break = "anywhere"
    open_ends: bool = False  # no rule where a page break cuts the table
    sliver: bool = False  # a cut right at a row's end leaves an empty strip on the next page
    rotate: int = 0
    footer: str = ""
    footer_box: bool = False
    top: float = 40.0  # free space above a table that goes on
    drift: float = 0.0  # every further page moves inner column edges by this
    repeat_title: str = ""


@dataclass(slots=True)
class Sheet:
    """A table to be drawn: column widths as shares, header cells and body cells with their own row counts."""

    widths: list[float]
    header: list[Cell]
    body: list[Cell]
    numbers: list[str] = field(default_factory=list)  # the number row under the header, "" where empty

    @property
    def header_rows(self) -> int:
        return max((c.last_row + 1 for c in self.header), default=0)

    @property
    def body_rows(self) -> int:
        return max((c.last_row + 1 for c in self.body), default=0)


def number_cells(sheet: Sheet, row: int) -> list[Cell]:
    """The number row's cells: a number stands over its column and the blank-marked (`<`) ones after it."""
    cells: list[Cell] = []
    for column, text in enumerate(sheet.numbers):
        if text == "<":
            cells[-1].column_span += 1
        else:
            cells.append(cell(row, column, text, align="center"))
    return cells


def fill_gaps(cells: list[Cell], rows: int, columns: int) -> list[Cell]:
    """The cells, and an empty ruled one wherever the grid has none."""
    taken = {(r, c) for one in cells for r in range(one.row, one.row + one.row_span)
             for c in range(one.column, one.column + one.column_span)}  # fmt: skip
    return [*cells, *(Cell(r, c) for r in range(rows) for c in range(columns) if (r, c) not in taken)]
