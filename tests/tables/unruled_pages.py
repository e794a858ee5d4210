"""Pages drawn for the tests of unruled tables: made as a PDF, read back as words and rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from pipeline.pages.model import Page, Word
from pipeline.pages.pdfium import read_page
from pipeline.tables.page_table import PageTable
from pipeline.tables.unruled import unruled_tables

FONT, SIZE, LEADING = "Helvetica", 10.0, 13.0
WIDTH, HEIGHT = A4


@dataclass(slots=True)
class Sheet:
    """A page to draw on; y counts downwards from the top, in points."""

    canvas: Canvas

    def text(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, HEIGHT - y, text)

    def right(self, x: float, y: float, text: str) -> None:
        self.canvas.setFont(FONT, SIZE)
        self.canvas.drawRightString(x, HEIGHT - y, text)

    def centre(self, x: float, y: float, text: str) -> None:
        self.canvas.setFont(FONT, SIZE)
        self.canvas.drawCentredString(x, HEIGHT - y, text)

    def justified(self, x: float, y: float, width: float, text: str) -> None:
        """A line whose words are spread over the whole width."""
        words = text.split()
        room = width - sum(stringWidth(word, FONT, SIZE) for word in words)
        gap = room / (len(words) - 1)
        for word in words:
            self.text(x, y, word)
            x += stringWidth(word, FONT, SIZE) + gap

    def rule(self, x0: float, x1: float, y: float) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, HEIGHT - y, x1, HEIGHT - y)

    def shade(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.setFillColorRGB(0.8, 0.85, 0.95)
        self.canvas.rect(x0, HEIGHT - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
        self.canvas.setFillColorRGB(0, 0, 0)


def draw(path: Path, *sheets: Callable[[Sheet], None]) -> list[Page]:
    """Draw one page per function, and read them back."""
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    for sheet in sheets:
        sheet(Sheet(canvas))
        canvas.showPage()
    canvas.save()
    with pdfium.PdfDocument(path) as document:
        return [read_page(document, index) for index in range(len(document))]


def read(path: Path, *sheets: Callable[[Sheet], None]) -> tuple[list[PageTable], list[Word]]:
    """The unruled tables and the words left over of a page drawn by a function; of several pages, all together."""
    tables: list[PageTable] = []
    rest: list[Word] = []
    for page in draw(path, *sheets):
        found, left = unruled_tables(page, page.words)
        held = sum(len(line.words) for table in found for cell in table.cells for line in cell.lines)
        assert held + len(left) == len(page.words)
        tables += found
        rest += left
    return tables, rest


def texts(table: PageTable) -> list[list[str]]:
    """The cells' texts, row by row."""
    rows: list[list[str]] = [[] for _ in table.ys[1:]]
    for cell in table.cells:
        rows[cell.region.row].append(cell.text)
    return rows


def programs(
    sheet: Sheet,
    rows: Sequence[tuple[str, Sequence[str], str, str]],
    y: float = 120.0,
    *,
    place: str = "top",
    gap: float = 6.0,
) -> float:
    """Rows of (ordinal, lines of the name, amount, remark); the amount at the top, middle or bottom of its row."""
    for ordinal, name, amount, remark in rows:
        height = (len(name) - 1) * LEADING
        at = y + {"top": 0.0, "middle": height / 2, "bottom": height}[place]
        sheet.text(60, y, ordinal)
        for number, line in enumerate(name):
            sheet.text(80, y + number * LEADING, line)
        sheet.text(330, at, "Rp")
        sheet.right(440, at, amount)
        sheet.centre(500, at, remark)
        y += height + LEADING + gap
    return y
