"""A table as it stands on one page, before continuations are joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.pages.lines import Line
from pipeline.pages.model import Box
from pipeline.tables.lattice import Region


@dataclass(slots=True, eq=False)
class PageCell:
    """A cell on one page: its region of the grid, its lines and its shading. Two cells are never equal.

    `source` is the page and the place where it was read, where that is another copy of this page.
    """

    region: Region
    lines: list[Line] = field(default_factory=list)
    fill: tuple[int, int, int] | None = None
    source: tuple[int, Box] | None = None
    unsure: bool = False  # where its rows part is in doubt

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class PageTable:
    """A table on one page. `above` holds the lines between it and what stands before it on the page,
    `below` those below the last table; `room_above` and `room_below` are the points up to the ends of the text area.
    """

    page: int
    xs: list[float]
    ys: list[float]
    cells: list[PageCell]
    engine: str = "lattice"
    signs: list[str] = field(default_factory=list)
    above: list[Line] = field(default_factory=list)
    below: list[Line] = field(default_factory=list)
    room_above: float = 0.0  # points between the head of the text area and the table
    room_below: float = 0.0

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def row_texts(self, row: int) -> tuple[str, ...]:
        """The texts of the cells that begin in a row, without white space, in lower case."""
        cells = [cell for cell in self.cells if cell.region.row == row]
        return tuple(re.sub(r"\s", "", cell.text).casefold() for cell in cells)
