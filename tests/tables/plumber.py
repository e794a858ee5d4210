"""A second opinion on ruled tables: pdfplumber's cells, set against ours.

pdfplumber knows a cell by its four corners, so it loses cells with an open side and merges rows that only shading
tells apart. What it lost or merged is no contradiction; a figure that it reads differently is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pdfplumber
from pdfplumber.page import Page as PlumberPage

from pipeline.pages.drawing import NEARLY_WHITE, THICKEST_RULE
from pipeline.pages.model import Box
from pipeline.tables.page_table import PageCell, PageTable

INSIDE = 0.6
BEYOND = 4.0
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class OtherCell:
    """A cell as another reader sees it: its box in points of the upright page, its text with line breaks."""

    box: Box
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that two readers read differently. `row` and `column` count from 0 in the page's table.

    `theirs` is None where the other reader has no cell there.
    """

    page: int
    row: int
    column: int
    ours: str
    theirs: str | None
    figures_differ: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many of our cells with text the other reader has too, with the same text, white space aside."""

    compared: int
    alike: int
    differences: list[Difference] = field(default_factory=list)

    @property
    def share(self) -> float:
        """0 to 1; a table without text is agreed upon."""
        return self.alike / self.compared if self.compared else 1.0


def cells_by_pdfplumber(path: Path, page_number: int) -> list[OtherCell]:
    """pdfplumber's cells on one page, counted from 1, shading and nearly white lines taken out first."""
    with pdfplumber.open(path, pages=[page_number]) as document:
        return read_cells(document.pages[0])


def read_cells(page: PlumberPage) -> list[OtherCell]:
    """The cells of all tables of an open page, which is closed afterwards: pdfplumber keeps pages in memory."""
    found = [cell for table in page.filter(_is_wanted).find_tables() for cell in _texts(table)]
    page.close()
    left, top = _origin(page)
    return [OtherCell(Box(box[0] - left, box[1] - top, box[2] - left, box[3] - top), text) for box, text in found]


def _origin(page: PlumberPage) -> tuple[float, float]:
    """The top left corner of the visible page in pdfplumber's coordinates.

    pdfplumber counts from the media box, and turns only the figures of a crop box with the page, not its sides.
    """
    media, crop = page.page_obj.mediabox, page.page_obj.cropbox
    sides = [max(0.0, c - m) for c, m in zip(crop[:2], media[:2], strict=True)]  # left, bottom
    sides += [max(0.0, m - c) for c, m in zip(crop[2:], media[2:], strict=True)]  # right, top
    turns = page.rotation // 90
    # A quarter turn clockwise brings the bottom to the left, and the left to the top.
    return page.bbox[0] + sides[turns], page.bbox[1] + sides[turns - 1]


def _texts(table: Any) -> Iterator[tuple[tuple[float, float, float, float], str]]:
    """The boxes and the texts of one table's cells, corners without a cell left out."""
    for row, texts in zip(table.rows, table.extract(), strict=True):
        for box, text in zip(row.cells, texts, strict=True):
            if box is not None:
                yield box, text or ""


def _is_wanted(item: Mapping[str, Any]) -> bool:
    """All but shading and what is nearly white, whose edges pdfplumber would take for rules."""
    match item["object_type"]:
        case "rect" | "curve":
            stroked = bool(item["stroke"]) and not _is_white(item["stroking_color"])
            thin: bool = min(item["width"], item["height"]) <= THICKEST_RULE
            return stroked or (thin and bool(item["fill"]) and not _is_white(item["non_stroking_color"]))
        case "line":
            return not _is_white(item["stroking_color"])
        case _:
            return True


def _is_white(color: Any) -> bool:
    """Whether a colour of 1 (grey), 3 (RGB) or 4 (CMYK) parts, 0 to 1 each, is nearly white; patterns are not."""
    parts = list(color) if isinstance(color, (tuple, list)) else [color]
    if not parts or not all(isinstance(part, (int, float)) for part in parts):
        return False
    values = [float(part) for part in parts]
    if len(values) == 4:
        return max(values) <= 1 - NEARLY_WHITE / 255
    return min(values) >= NEARLY_WHITE / 255


def agreement(table: PageTable, other: Iterable[OtherCell]) -> Agreement:
    """Compare the cells of a table that hold text with another reader's cells on the same page."""
    cells = [cell for cell in other if cell.box.overlap(table.box) > 0]
    ours = [cell for cell in table.cells if cell.lines]
    differences = []
    for cell in ours:
        at_place = _at_place(cell.region.box, cells)
        if not any(_plain(one.text) == _plain(cell.text) for one in at_place):
            differences.append(_difference(table.page, cell, at_place))
    return Agreement(len(ours), len(ours) - len(differences), differences)


def _at_place(box: Box, cells: Sequence[OtherCell]) -> list[OtherCell]:
    """The other reader's cells that lie in the box, or the box in them."""
    found = []
    for cell in cells:
        smaller = min(box.width * box.height, cell.box.width * cell.box.height)
        if smaller > 0 and cell.box.overlap(box) >= INSIDE * smaller:
            found.append(cell)
    return found


def _difference(page: int, cell: PageCell, at_place: Sequence[OtherCell]) -> Difference:
    """How a cell differs from what the other reader has at its place, be it several cells or a wider one."""
    ordered = sorted(at_place, key=lambda one: (one.box.y0, one.box.x0))
    theirs = " ".join(" ".join(one.text.split()) for one in ordered) if ordered else None
    wider = any(_is_wider(one.box, cell.region.box) for one in ordered)
    contradicted = theirs is not None and _contradicted(cell.text, theirs, wider)
    return Difference(page, cell.region.row, cell.region.column, cell.text, theirs, contradicted)


def _is_wider(other: Box, own: Box) -> bool:
    """Whether the other box reaches beyond ours by more than rules are thick."""
    beyond = (own.x0 - other.x0, own.y0 - other.y0, other.x1 - own.x1, other.y1 - own.y1)
    return max(beyond) > BEYOND


def _contradicted(ours: str, theirs: str, wider: bool) -> bool:
    """Whether the figures are others. A wider cell may hold more than ours; blanks between digits do not matter."""
    if any(kept(ours) == kept(theirs) for kept in (_figures, _digits)):
        return False
    return not wider or not all(_spaced(figure).search(theirs) for figure in FIGURE.findall(ours))


def _spaced(figure: str) -> re.Pattern[str]:
    """A figure whose digits may stand apart, as pdfplumber has them where letters are set wide."""
    return re.compile(r"(?<!\d)" + r"\s*".join(map(re.escape, figure)) + r"(?!\d)")


def _figures(text: str) -> str:
    """The figures without what stands between them."""
    return "".join(FIGURE.findall(text))


def _digits(text: str) -> str:
    """Digits and separators without what stands between them: for figures that white space cuts at a separator."""
    return re.sub(r"[^\d.,]", "", text)


def _plain(text: str) -> str:
    return "".join(text.split())
