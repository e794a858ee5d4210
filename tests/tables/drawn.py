"""Pages and PDFs drawn for tests: small tables of our own making, in points from the top left corner."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
from reportlab.pdfgen.canvas import Canvas

from pipeline.pages.model import Box, Page, Rule, Word
from pipeline.pages.pdfium import read_page
from pipeline.tables.build import page_tables, set_room, set_surroundings
from pipeline.tables.model import Table
from pipeline.tables.page_table import PageTable
from pipeline.tables.stitch import stitch

WIDTH, HEIGHT = 600.0, 800.0
LINE = 12.0
CHAR = 5.0
ROW_ABOVE, COLUMN_BEFORE = "^", "<"


def words_at(text: str, x: float, y: float, char: float = CHAR) -> list[Word]:
    """The words of a line 9 points high whose upper edge is `y`."""
    words = []
    for token in text.split(" "):
        if token:
            words.append(Word(token, Box(x, y, x + char * len(token), y + 9)))
        x += char * (len(token) + 1)
    return words


def lines_at(text: str, x: float, y: float) -> list[Word]:
    return [word for row, line in enumerate(text.split("\n")) for word in words_at(line, x, y + row * LINE)]


def horizontal(y: float, x0: float, x1: float) -> Rule:
    return Rule(False, y, x0, x1)


def vertical(x: float, y0: float, y1: float) -> Rule:
    return Rule(True, x, y0, y1)


def grid_rules(xs: Sequence[float], ys: Sequence[float]) -> list[Rule]:
    """All lines of a grid, each drawn in one piece."""
    return [horizontal(y, xs[0], xs[-1]) for y in ys] + [vertical(x, ys[0], ys[-1]) for x in xs]


def add_table(
    page: Page, xs: Sequence[float], rows: Sequence[Sequence[str]], top: float = 100.0, *, closed: bool = True
) -> float:
    """Draw a table on a page; returns where it ends.

    A cell's text may have several lines; `^` is merged with the cell above, `<` with the one before. Without
    `closed` the last row has no rule below.
    """
    y = top
    for number, row in enumerate(rows):
        bottom = y + LINE * max(text.count("\n") + 1 for text in row) + 6
        for column, text in enumerate(row):
            left, right = xs[column], xs[column + 1]
            if text != ROW_ABOVE:
                page.rules.append(horizontal(y, left, right))
            if text != COLUMN_BEFORE:
                page.rules.append(vertical(left, y, bottom))
            if text not in (ROW_ABOVE, COLUMN_BEFORE):
                page.words.extend(lines_at(text, left + 3, y + 3))
            if number == len(rows) - 1 and closed:
                page.rules.append(horizontal(bottom, left, right))
        page.rules.append(vertical(xs[-1], y, bottom))
        y = bottom
    return y


def table_page(
    number: int, xs: Sequence[float], rows: Sequence[Sequence[str]], title: str = "", below: str = ""
) -> Page:
    page = Page(number, WIDTH, HEIGHT)
    if title:
        page.words.extend(lines_at(title, xs[0], 50))
    bottom = add_table(page, xs, rows)
    if below:
        page.words.extend(lines_at(below, xs[0], bottom + 20))
    return page


def tables_of(page: Page) -> list[PageTable]:
    tables, loose = page_tables(page)
    set_surroundings(tables, loose, page.number)
    return tables


def stitched(*pages: Page) -> list[Table]:
    """The logical tables of pages whose text areas begin where their tables do, and end where the longest does."""
    found = [tables_of(page) for page in pages]
    boxes = [table.box for tables in found for table in tables]
    for tables in found:
        set_room(tables, (min(box.y0 for box in boxes), max(box.y1 for box in boxes)))
    return stitch(found)


def grid_of(table: Table) -> list[list[str]]:
    """The texts of the logical grid; a merged cell's text stands wherever it reaches."""
    return [[cell.text for cell in row] for row in table.grid]


def texts_of(table: PageTable) -> list[list[str]]:
    """The texts of a page's grid, as of a logical one."""
    rows, columns = len(table.ys) - 1, len(table.xs) - 1
    grid = [[""] * columns for _ in range(rows)]
    for cell in table.cells:
        for row in range(cell.region.row, cell.region.row_end):
            for column in range(cell.region.column, cell.region.column_end):
                grid[row][column] = cell.text
    return grid


class Sheet:
    """A page of a PDF, drawn from its top left corner."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self.canvas = canvas
        self.height = height

    def text(self, x: float, y: float, text: str, size: float = 9, font: str = "Helvetica", mode: int = 0) -> None:
        """Text whose baseline is at `y`; mode 3 is invisible."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - y, text, mode=mode)

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def area(self, x0: float, y0: float, x1: float, y1: float, grey: float = 0.0) -> None:
        """A filled rectangle without outline; grey 0 is black, 1 white."""
        self.canvas.setFillGray(grey)
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])

    @contextmanager
    def clipped(self, x0: float, y0: float, x1: float, y1: float) -> Iterator[None]:
        self.canvas.saveState()
        path = self.canvas.beginPath()
        path.rect(x0, self.height - y1, x1 - x0, y1 - y0)
        self.canvas.clipPath(path, stroke=0)
        yield
        self.canvas.restoreState()


def draw(path: Path, *pages: Callable[[Sheet], None], width: float = WIDTH, height: float = HEIGHT) -> Path:
    """A PDF with one page per function."""
    canvas = Canvas(str(path), pagesize=(width, height), invariant=True)
    for fill in pages:
        fill(Sheet(canvas, height))
        canvas.showPage()
    canvas.save()
    return path


def read(path: Path) -> list[Page]:
    with pdfium.PdfDocument(path) as document:
        return [read_page(document, index) for index in range(len(document))]


def word_texts(page: Page) -> list[str]:
    return [word.text for word in page.words]
