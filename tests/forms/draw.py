"""Tables onto PDF pages, with exact control over rules, breaks, clipping and rotation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from tests.forms.layout import Placed, Strip, heights, place, take, wrap
from tests.forms.sheet import Cell, Look, Sheet, TextLine, fill_gaps, number_cells


class Paper:
    """A PDF being written from the top down. `y` is the place on the page, in points from the top."""

    def __init__(self, path: Path, look: Look, title: str = "") -> None:
        self.look = look
        self.canvas = Canvas(str(path), pagesize=look.page, invariant=True)
        self.canvas.setTitle(title)
        self.page = 0
        self.y = 0.0
        self._open()

    @property
    def width(self) -> float:
        return self.look.page[0] - 2 * self.look.margin

    @property
    def bottom(self) -> float:
        return self.look.page[1] - self.look.margin - 14

    def _open(self) -> None:
        self.page += 1
        self.y = self.look.top
        if self.look.rotate:
            self.canvas.setPageRotation(self.look.rotate)
            width, height = self.look.page
            if self.look.rotate == 90:
                self.canvas.transform(0, 1, -1, 0, height, 0)
            elif self.look.rotate == 270:
                self.canvas.transform(0, -1, 1, 0, 0, width)

    def new_page(self) -> None:
        self._foot()
        self.canvas.showPage()
        self._open()

    def turn(self, look: Look) -> None:
        """Go on with a new page of another look, of another size perhaps."""
        self._foot()
        self.canvas.showPage()
        self.look = look
        self.canvas.setPageSize(look.page)
        self._open()

    def _foot(self) -> None:
        look = self.look
        if not look.footer:
            return
        text = f"{look.footer} | {self.page}"
        base = look.page[1] - look.margin + 2
        if look.footer_box:
            top = self.bottom + 0.5
            self.rule(look.margin, top, look.page[0] - look.margin, top)
            self.rule(look.margin, base + 4, look.page[0] - look.margin, base + 4)
            for x in (look.margin, look.page[0] - 160, look.page[0] - look.margin):
                self.rule(x, top, x, base + 4)
        self.text(look.page[0] - look.margin - stringWidth(text, look.font, 7) - 4, base, text, look.font, 7)

    def save(self) -> None:
        self._foot()
        self.canvas.save()

    def text(self, x: float, baseline: float, text: str, font: str, size: float) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.look.page[1] - baseline, text)

    def hidden(self, x: float, baseline: float, text: str) -> None:
        """Text that a clipping path keeps from being seen."""
        self.canvas.saveState()
        path = self.canvas.beginPath()
        path.rect(2, 2, 1, 1)
        self.canvas.clipPath(path, stroke=0, fill=0)
        self.text(x, baseline, text, self.look.font, self.look.size)
        self.canvas.restoreState()

    def say(self, text: str, size: float = 11, bold: bool = False, center: bool = False, after: float = 4) -> None:
        """A paragraph of running text, wrapped to the page."""
        look = replace(self.look, size=size)
        for line in wrap([TextLine(text, bold)], self.width, look):
            if self.y + size * 1.3 > self.bottom:
                self.new_page()
            font = look.bold if bold else look.font
            x = look.margin + ((self.width - stringWidth(line.text, font, size)) / 2 if center else 0)
            self.text(x, self.y + size, line.text, font, size)
            self.y += size * 1.3
        self.y += after

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A horizontal or vertical rule, in the look's manner."""
        height = self.look.page[1]
        if self.look.rules == "fill":
            self.canvas.setFillGray(0)
            self.canvas.rect(x0 - 0.25, height - y1 - 0.25, x1 - x0 + 0.5, y1 - y0 + 0.5, stroke=0, fill=1)
            return
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, height - y0, x1, height - y1)
        if self.look.rules == "double":
            dx, dy = (1.2, 0.0) if x0 == x1 else (0.0, 1.2)
            self.canvas.line(x0 + dx, height - y0 - dy, x1 + dx, height - y1 - dy)

    def table(self, sheet: Sheet) -> None:
        """Draw a table from here on, over as many pages as it takes."""
        columns = len(sheet.widths)
        strip = Strip(self._wrapped(sheet, fill_gaps(sheet.body, sheet.body_rows, columns)), _minimum(sheet, self.look))
        first = True
        while strip is not None:
            header = self._header(sheet, first)
            header_heights = heights(header, _rows(header), [self.look.size + 6] * _rows(header), self.look)
            if not first and self.look.repeat_title:
                self.say(self.look.repeat_title, 9, after=2)
            room = self.bottom - self.y - sum(header_heights)
            above, row_heights, rest = take(strip, room, self.look)
            self._draw(sheet, header, header_heights)
            self._draw(sheet, above, row_heights, cut=rest is not None)
            first = False
            if rest is None:
                break
            strip = rest
            self.new_page()

    def _wrapped(self, sheet: Sheet, cells: Sequence[Cell]) -> list[Cell]:
        done = []
        for one in cells:
            width = sum(
                self._edges(sheet)[i + 1] - self._edges(sheet)[i]
                for i in range(one.column, one.column + one.column_span)
            )
            lines = one.paragraphs if one.overflow else wrap(one.paragraphs, width - 2 * self.look.padding, self.look)
            done.append(replace(one, lines=list(lines)))
        return done

    def _edges(self, sheet: Sheet) -> list[float]:
        total = sum(sheet.widths)
        edges = [self.look.margin]
        for width in sheet.widths:
            edges.append(edges[-1] + self.width * width / total)
        return edges

    def _header(self, sheet: Sheet, first: bool) -> list[Cell]:
        cells = list(sheet.header) if first or self.look.header == "all" else []
        if sheet.numbers and (first or self.look.header != "none"):
            cells += number_cells(sheet, _rows(cells))
        return self._wrapped(sheet, fill_gaps(cells, _rows(cells), len(sheet.widths))) if cells else []

    def _draw(self, sheet: Sheet, cells: Sequence[Cell], row_heights: Sequence[float], cut: bool = False) -> None:
        edges = self._edges(sheet)
        shift = self.look.drift * (self.page - 1)
        edges = [edge + (shift if 0 < i < len(edges) - 1 else 0.0) for i, edge in enumerate(edges)]
        last = len(row_heights) - 1
        for one in sorted(place(cells, row_heights, self.look), key=lambda p: p.cell.fill is None):
            self._cell(one, edges, last, cut)
        self.y += sum(row_heights)

    def _cell(self, one: Placed, edges: Sequence[float], last: int, cut: bool) -> None:
        c = one.cell
        x0, x1 = edges[c.column], edges[c.column + c.column_span]
        top, bottom = self.y + one.top, self.y + one.bottom
        if c.fill is not None:
            self.canvas.setFillGray(c.fill)
            self.canvas.rect(x0, self.look.page[1] - bottom, x1 - x0, bottom - top, stroke=0, fill=1)
            self.canvas.setFillGray(0)
        ends = cut and c.last_row == last
        closed = (ends and not self.look.open_ends) or (not ends and c.bottom)
        starts = c.row == 0 and not c.top and not self.look.open_ends
        sides: list[tuple[bool, tuple[float, float, float, float]]] = [
            (c.top or starts, (x0, top, x1, top)),
            (closed, (x0, bottom, x1, bottom)),
            (c.left, (x0, top, x0, bottom)),
            (c.right, (x1, top, x1, bottom)),
        ]
        for drawn, (a, b, d, e) in sides:
            if drawn:
                self.rule(a, b, d, e)
        self._lines(one, x0, x1, top, bottom)

    def _lines(self, one: Placed, x0: float, x1: float, top: float, bottom: float) -> None:
        look, c = self.look, one.cell
        if c.overflow:
            self.canvas.saveState()
            path = self.canvas.beginPath()
            path.rect(x0, look.page[1] - bottom, x1 - x0, bottom - top)
            self.canvas.clipPath(path, stroke=0, fill=0)
        for line, y in zip(c.lines or [], one.tops, strict=True):
            font = look.bold if line.bold else look.font
            width = stringWidth(line.text, font, look.size)
            left = x0 + look.padding + line.x
            x = {"left": left, "center": (x0 + x1 - width) / 2, "right": x1 - look.padding - width}[c.align]
            self.text(x, self.y + y + look.size * 0.95, line.text, font, look.size)
        if c.overflow:
            self.canvas.restoreState()


def _rows(cells: Sequence[Cell]) -> int:
    return max((c.last_row + 1 for c in cells), default=0)


def _minimum(sheet: Sheet, look: Look) -> list[float]:
    return [look.size * look.leading + 2 * look.padding] * sheet.body_rows


def draw(path: Path, look: Look, write: Callable[[Paper], None]) -> Path:
    """A PDF whose content `write` puts on the paper."""
    paper = Paper(path, look)
    write(paper)
    paper.save()
    return path
