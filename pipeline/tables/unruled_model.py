"""An unruled list as found on a page: its lines, its gutters, and where its figures stand."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.pages.lines import Line
from pipeline.tables.unruled_lines import Segment, is_signed

UNSURE_ROWS = "batas baris diragukan"  # the sign of a table whose rows may be parted wrongly


BESIDE = 5.0  # points that lines leave free beside the figures
BESIDE_CURRENCY = 1.5  # the same where each figure begins with its currency sign
NEXT_LINE = 1.6  # times the pitch: as far as a line of the same row may be
NEXT_ROW = 3.5  # times the pitch: as far as the next row or the header may be


@dataclass(frozen=True, slots=True)
class Band:
    """Where a column of figures stands, in points; `signed` where each begins with its currency sign."""

    left: float
    right: float
    signed: bool

    @property
    def free(self) -> float:
        """The left edge of the strip beside the figures that lines leave free."""
        return self.left - (BESIDE_CURRENCY if self.signed else BESIDE)

    def with_figure(self, segment: Segment) -> Band:
        signed = self.signed and is_signed(segment)
        return Band(min(self.left, segment.x0), max(self.right, segment.x1), signed)


@dataclass(slots=True)
class UnruledList:
    """A list on a page: the lines of its header and body, its gutters, and which of its columns hold what.

    `gutters` are the strips (left, right) between columns, in points; `value` and `name` are columns by number;
    `anchors` are the body's lines that hold a figure, one per row; `total` is an amount below them without a name.
    """

    header: list[Line]
    body: list[Line]
    anchors: list[Line]
    gutters: list[tuple[float, float]]
    value: int
    name: int
    band: Band = field(default_factory=lambda: Band(0.0, 0.0, False))
    total: Line | None = None

    @property
    def lines(self) -> list[Line]:
        """All its lines, from top to bottom."""
        return [*self.header, *self.body, *([self.total] if self.total else [])]

    @property
    def edges(self) -> list[float]:
        """The column edges in points: the middles of the gutters, and just outside the outermost words."""
        words = [word for line in self.lines for word in line.words]
        left = min(self.gutters[0][0], *(word.box.x0 for word in words)) - 2
        right = max(self.gutters[-1][1], *(word.box.x1 for word in words)) + 2
        return [left, *((a + b) / 2 for a, b in self.gutters), right]
