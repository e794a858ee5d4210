"""A page with what was read of it drawn over it, and a legend below: for people who look at a table read wrongly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdfium2
from matplotlib import get_data_path
from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont, truetype

from pipeline.cli.messages import say
from pipeline.cli.page_marks import CellKind, JoinMark, PageMarks, TableMark, join_text
from pipeline.cli.picture import Rectangle, drawn_page, scaled, straight_page
from pipeline.pages.model import Page

Colour = tuple[int, int, int]

LONGEST_SIDE = 2400  # pixels: what a screen and a viewer show without trouble
MOST_SCALE = 3.0  # pixels per point: beyond it a small page only grows
LEAST_WIDTH = 1200  # pixels: a legend needs them, however narrow the page is
FADED = 0.3  # how much white is mixed into the page, so that lines stand out and text stays legible
LEFT, TOP, RIGHT, BOTTOM = 52, 70, 16, 44  # pixels around the page, for row numbers and joins
SMALL, NORMAL = 17, 21  # pixels of letters: on the page, in the legend
LEAST_LETTERS = 9  # pixels: letters of rows that are lower than one of SMALL
LINE = 28  # pixels from line to line of the legend
ENTRY = 420  # pixels that an entry of the legend takes at least
MOST_NOTES = 16
LONGEST_TEXT = 400  # letters: no line of the legend holds more
DASH = 6  # pixels
GUTTER = 38  # pixels of the strip with row numbers
BADGE = 24  # pixels: the height of a label

WHITE, INK, GREY = (255, 255, 255), (40, 40, 40), (110, 110, 110)
COLOURS: tuple[Colour, ...] = ((0, 98, 184), (190, 30, 45), (0, 128, 64), (136, 51, 163), (180, 95, 0), (0, 125, 140))
TINTS: dict[CellKind, tuple[int, int, int, int]] = {"header": (255, 190, 0, 70), "repeated": (150, 80, 220, 60)}
OUTSIDE, UNREAD, CUT = (90, 140, 90), (230, 90, 0), (230, 0, 130)


@dataclass(slots=True)
class _Sheet:
    """The picture being made: where the page begins on it, and its pixels per point."""

    image: Image.Image
    scale: float

    @property
    def pen(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image, "RGBA")

    def at(self, box: Rectangle) -> Rectangle:
        return scaled(box, self.scale, LEFT, TOP)

    def y(self, points: float) -> float:
        return TOP + points * self.scale


def draw_reading(pdf: Path, page: Page, marks: PageMarks) -> Image.Image:
    """A page of a PDF with its marks and a legend, its longest side at most 2,400 pixels.

    Raises pypdfium2.PdfiumError where the page cannot be drawn.
    """
    scale, legend = _measures(page, marks)
    with pypdfium2.PdfDocument(pdf) as document:
        picture = drawn_page(document, page.number, scale, page.orientation)
    if page.skew or page.kind == "pindai":
        picture = straight_page(picture, scale, page.skew)
    picture = Image.blend(picture, Image.new("RGB", picture.size, WHITE), FADED)
    width = max(LEAST_WIDTH, LEFT + picture.width + RIGHT)
    height = TOP + picture.height + BOTTOM
    sheet = _Sheet(Image.new("RGB", (width, height + legend), WHITE), scale)
    sheet.image.paste(picture, (LEFT, TOP))
    _draw_marks(sheet, marks)
    sheet.pen.text((LEFT, 8), _cut(marks.heading, NORMAL, width - LEFT), INK, _font(NORMAL))
    _draw_legend(sheet, marks, height)
    return sheet.image


def _measures(page: Page, marks: PageMarks) -> tuple[float, int]:
    """Pixels per point, and the height of the legend in pixels, with which picture and legend fit together."""
    widest = (LONGEST_SIDE - LEFT - RIGHT - 1) / page.width
    scale = min(MOST_SCALE, widest, (LONGEST_SIDE - TOP - BOTTOM) / page.height)
    while True:
        width = max(LEAST_WIDTH, LEFT + round(page.width * scale) + RIGHT)
        legend = _legend_height(marks, width)
        if TOP + page.height * scale + BOTTOM + legend < LONGEST_SIDE:
            return scale, legend
        scale *= 0.98


def _draw_marks(sheet: _Sheet, marks: PageMarks) -> None:
    for box in marks.outside:
        x0, _, x1, y1 = sheet.at(box)
        sheet.pen.line((x0, y1, x1, y1), (*OUTSIDE, 170), 2)
    for box in marks.unread:
        sheet.pen.rectangle(sheet.at(box), outline=UNREAD, width=2)
    for box in marks.running:
        _dashed_box(sheet.pen, sheet.at(box), GREY)
    for box in marks.running[:1]:
        x0, _, _, y1 = sheet.at(box)
        _badge(sheet.pen, (x0, y1 + 2), say("drawn.running"), GREY)
    for table in marks.tables:
        _draw_table(sheet, table, _colour(table))


def _colour(table: TableMark) -> Colour:
    return COLOURS[(table.number - 1) % len(COLOURS)]


def _draw_table(sheet: _Sheet, table: TableMark, colour: Colour) -> None:
    pen = sheet.pen
    for cell in table.cells:
        box = sheet.at(cell.box)
        if cell.kind in TINTS:
            pen.rectangle(box, fill=TINTS[cell.kind])
        pen.rectangle(box, outline=(*colour, 200), width=2)
    for cell in table.cells:
        x0, y0, x1, y1 = sheet.at(cell.box)
        for y in [y0] * cell.cut_above + [y1] * cell.cut_below:
            _dashed(pen, (x0 + 4, y), (x1 - 4, y), CUT, 5)
    x0, y0, x1, y1 = sheet.at(table.box)
    pen.rectangle((x0 - 3, y0 - 3, x1 + 3, y1 + 3), outline=colour, width=5)
    _draw_rows(sheet, table, colour)
    _draw_columns(sheet, table, colour)
    for join in table.joins:
        _draw_join(sheet, table, join, colour)


def _draw_rows(sheet: _Sheet, table: TableMark, colour: Colour) -> None:
    """A strip left of the table: a field per row, in turn dark and light, with the row's number."""
    right = sheet.at(table.box)[0] - 6
    for place, row in enumerate(table.rows):
        top, bottom = sheet.y(row.top), sheet.y(row.bottom)
        dark = place % 2 == 0
        sheet.pen.rectangle((right - GUTTER, top, right, bottom), (*(colour if dark else WHITE), 215), colour)
        size = max(LEAST_LETTERS, min(SMALL, int(bottom - top - 2)))
        middle = (right - GUTTER / 2, (top + bottom) / 2)
        sheet.pen.text(middle, _cut(row.label, size, GUTTER), WHITE if dark else colour, _font(size), anchor="mm")


def _draw_columns(sheet: _Sheet, table: TableMark, colour: Colour) -> None:
    """Above the table, for each column its number, and what it is read as where there is room for it."""
    top = sheet.at(table.box)[1] - 6 - BADGE
    for column in table.columns:
        x0, _, x1, _ = sheet.at((column.left, 0, column.right, 0))
        whole = f"{column.number} {column.field}".strip()
        room = x1 - x0 - 6
        text = whole if _wide(whole, SMALL) <= room else column.number
        sheet.pen.rectangle((x0 + 1, top, x1 - 1, top + BADGE), (*WHITE, 225), colour)
        sheet.pen.text(((x0 + x1) / 2, top + BADGE / 2), text, colour, _font(SMALL), anchor="mm")


def _draw_join(sheet: _Sheet, table: TableMark, join: JoinMark, colour: Colour) -> None:
    """An arrow down to the first row from the page before, or from the last row to the page after, and its text."""
    x0, y0, _, y1 = sheet.at(table.box)
    x = x0 - 6 - GUTTER / 2
    start, end = (y0 - 60, y0 - 2) if join.at_top else (y1 + 4, y1 + 36)
    sheet.pen.line((x, start, x, end - 8), colour, 6)
    sheet.pen.polygon(((x - 10, end - 12), (x + 10, end - 12), (x, end)), fill=colour)
    _badge(sheet.pen, (x + 16, start if join.at_top else end - BADGE), join_text(table.number, join), colour)


def _badge(pen: ImageDraw.ImageDraw, place: tuple[float, float], text: str, colour: Colour) -> None:
    """White words on a field of a colour, from their upper left corner."""
    x, y = place
    pen.rectangle((x, y, x + _wide(text, SMALL) + 10, y + BADGE), (*colour, 225))
    pen.text((x + 5, y + BADGE / 2), text, WHITE, _font(SMALL), anchor="lm")


def _dashed_box(pen: ImageDraw.ImageDraw, box: Rectangle, colour: Colour) -> None:
    x0, y0, x1, y1 = box[0] - 3, box[1] - 2, box[2] + 3, box[3] + 2
    for start, end in (((x0, y0), (x1, y0)), ((x0, y1), (x1, y1)), ((x0, y0), (x0, y1)), ((x1, y0), (x1, y1))):
        _dashed(pen, start, end, colour, 2)


def _dashed(
    pen: ImageDraw.ImageDraw, start: tuple[float, float], end: tuple[float, float], colour: Colour, width: int
) -> None:
    """A dashed line that is level or upright."""
    (x0, y0), (x1, y1) = start, end
    steps = max(1, int(max(x1 - x0, y1 - y0) / DASH))
    for step in range(0, steps, 2):
        a, b = step / steps, min(1.0, (step + 1) / steps)
        pen.line((x0 + (x1 - x0) * a, y0 + (y1 - y0) * a, x0 + (x1 - x0) * b, y0 + (y1 - y0) * b), colour, width)


def _legend_height(marks: PageMarks, width: int) -> int:
    entries = -(-len(_ENTRIES) // _columns(width))
    return LINE * (entries + len(list(_notes(marks, width)))) + LINE


def _columns(width: int) -> int:
    return max(1, (width - LEFT) // ENTRY)


def _draw_legend(sheet: _Sheet, marks: PageMarks, top: int) -> None:
    """The notes on the page's tables, each in its table's colour, and what the lines and tints mean."""
    pen, width = sheet.pen, sheet.image.width
    y = top + LINE // 2
    for text, colour in _notes(marks, width):
        pen.text((LEFT, y), text, colour, _font(NORMAL))
        y += LINE
    columns = _columns(width)
    for place, key in enumerate(_ENTRIES):
        left, line = LEFT + place % columns * ((width - LEFT) // columns), y + place // columns * LINE
        _swatch(pen, key, (left, line + 3, left + 34, line + 21))
        room = (width - LEFT) // columns - 50
        pen.text((left + 42, line), _fitting(say(f"legend.{key}"), room), INK, _font(SMALL + 2))


_ENTRIES = ("frame", "cell", "cut", "header", "repeated", "row", "column", "running", "outside", "unread")


def _swatch(pen: ImageDraw.ImageDraw, key: str, box: Rectangle) -> None:
    colour = COLOURS[0]
    x0, y0, x1, y1 = box
    match key:
        case "frame":
            pen.rectangle(box, outline=colour, width=5)
        case "cell":
            pen.rectangle(box, outline=colour, width=2)
        case "cut":
            pen.rectangle(box, outline=colour, width=2)
            _dashed(pen, (x0, y1), (x1, y1), CUT, 5)
        case "header" | "repeated":
            pen.rectangle(box, fill=TINTS["header" if key == "header" else "repeated"], outline=colour, width=2)
        case "row" | "column":
            pen.rectangle(box, fill=colour if key == "row" else WHITE, outline=colour)
            pen.text(((x0 + x1) / 2, (y0 + y1) / 2), "12", WHITE if key == "row" else colour, _font(SMALL), anchor="mm")
        case "running":
            _dashed_box(pen, box, GREY)
        case "outside":
            pen.line((x0, y1 - 4, x1, y1 - 4), OUTSIDE, 2)
        case _:
            pen.rectangle(box, outline=UNREAD, width=2)


def _notes(marks: PageMarks, width: int) -> Iterator[tuple[str, Colour]]:
    """The lines of text below the page, broken to its width, and their colours; no more than there is room for."""
    texts = [(text, INK) for text in marks.notes]
    texts += [(text, _colour(table)) for table in marks.tables for text in table.notes]
    lines = [(line, colour) for text, colour in texts for line in _wrapped(text, NORMAL, width - LEFT - RIGHT)]
    yield from lines[:MOST_NOTES]
    if len(lines) > MOST_NOTES:
        yield say("drawn.more", count=len(lines) - MOST_NOTES), INK


def _wrapped(text: str, size: int, room: float) -> Sequence[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _wide(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(_cut(word, size, room))
    return lines


def _cut(text: str, size: int, room: float) -> str:
    """A text with its end left out where it is wider than `room` pixels."""
    text = text[:LONGEST_TEXT]
    if _wide(text, size) <= room:
        return text
    while text and _wide(text + "…", size) > room:
        text = text[:-1]
    return text + "…"


def _fitting(text: str, room: float) -> str:
    return _cut(text, SMALL + 2, room)


def _wide(text: str, size: int) -> float:
    return _font(size).getlength(text)


@cache
def _font(size: int) -> FreeTypeFont:
    """The letters of the reports' charts, `size` pixels high: they come with a library, whatever the machine has."""
    return truetype(Path(get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf", size)
