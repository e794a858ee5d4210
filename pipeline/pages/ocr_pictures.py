"""What pictures on a page of text say beside that text: a pasted table, a scan with a few words printed on it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
import pypdfium2 as pdfium

from pipeline.pages.image import Picture, Pixels, draw
from pipeline.pages.kinds import FEWEST_OUTLINES, FULL_IMAGE
from pipeline.pages.language import is_no_language
from pipeline.pages.model import Box, Page, Rule, Word
from pipeline.pages.ocr_need import LAYER, large_pictures, untold_outlines
from pipeline.pages.rules_in_image import find_rules
from pipeline.pages.rules_mended import REACH
from pipeline.pages.upright import binary_ink, turned_box

FEWEST_LONG_WORDS = 4
LEGIBLE = 0.8
FEWEST_LETTERS = 3
LOOK_DPI = 100.0
COARSE_DPI = 150.0
# Of the pictures on pages of text that were looked at, tables have 54 lines or more, others 6 at most.
FEWEST_LINES = 8
LETTER_HEIGHTS = (2.0, 16.0)  # points; pieces of ink that may be letters, and lines of them
WIDEST_LETTER = 40.0  # points, for letters that touch
LETTER_GAP = 5.0  # points; wider gaps part a line
LOWEST_LINE = 3.0  # points
LINE_LENGTH = 3.0  # heights
FEWEST_STROKES = 1.2  # per height of the line; edges in photographs are crossed more rarely
FIGURE = re.compile(r"(?i)(?:gambar|bagan|grafik|diagram|peta|foto)")
NUMBER = re.compile(r"\d|[IVX]+\b")
CAPTION_REACH = 80.0  # points above and below a picture: a caption of two lines, and blank lines before it
SMALLEST_GRID = 3  # rules in either direction
CROSSING_SHARE = 0.42  # of the places of a grid; 0.53 in the pasted table that was called a figure, 0.32 in diagrams
WORD_MARGIN = 1.5
OUTLINE_MARGIN = 8.0  # the rules around writing belong to it


def may_say_more(document: pdfium.PdfDocument, page: Page) -> bool:
    """Whether a page is a scan, or its pictures show lines of writing at a coarse look. Raises PdfiumError."""
    if page.kind == "pindai" or page.engine == LAYER or is_no_language(page.words):
        return True
    return shows_lines(untold(draw(document, page.number, LOOK_DPI), page))


def untold(picture: Picture, page: Page) -> Picture:
    """The picture of a page where its pictures and drawn letters are, white elsewhere and under its words."""
    pixels = np.full_like(picture.pixels, 255)
    for box in untold_places(page):
        inside = _slices(picture, box)
        pixels[inside] = picture.pixels[inside]
    for word in page.words:
        if word.visible:
            pixels[_slices(picture, _grown(word.box, WORD_MARGIN))] = 255
    return replace(picture, pixels=pixels)


def shows_lines(picture: Picture) -> bool:
    """Whether a picture shows lines of writing, upright or on its side: photographs, crests and backgrounds do not."""
    small = picture.at_dpi(LOOK_DPI)
    ink = binary_ink(small)
    return any(_count_lines(one, small.scale) >= FEWEST_LINES for one in (ink, np.ascontiguousarray(ink.T)))


def _count_lines(ink: Pixels, scale: float) -> int:
    """How many runs of ink are long, as high as a line of text, and crossed by strokes as densely as writing is."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    width, height = (stats[:, column] / scale for column in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT))
    small = (height >= LETTER_HEIGHTS[0]) & (height <= LETTER_HEIGHTS[1]) & (width <= WIDEST_LETTER)
    small[0] = False
    letters = np.asarray((small.astype(np.uint8) * 255)[labels], dtype=np.uint8)
    closed = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((1, round(LETTER_GAP * scale)), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    high = (stats[1:, cv2.CC_STAT_HEIGHT] >= LOWEST_LINE * scale) & (
        stats[1:, cv2.CC_STAT_HEIGHT] <= LETTER_HEIGHTS[1] * scale
    )
    long = stats[1:, cv2.CC_STAT_WIDTH] >= LINE_LENGTH * stats[1:, cv2.CC_STAT_HEIGHT]
    return sum(_strokes(letters[y : y + h, x : x + w]) >= FEWEST_STROKES for x, y, w, h, _ in stats[1:][high & long])


def _strokes(line: Pixels) -> float:
    """How many strokes a level cut through a line meets, per height of the line; the emptiest quarter is left out."""
    ink = line > 0
    starts = (ink[:, 1:] & ~ink[:, :-1]).sum(axis=1) + ink[:, 0]
    return float(np.sort(starts)[len(starts) // 4 :].mean() * line.shape[0] / line.shape[1])


def is_figure(picture: Picture, place: Box, page: Page) -> bool:
    """Whether a caption calls the picture at a place of a page a figure, and it does not look like a table either."""
    near = Box(place.x0, place.y0 - CAPTION_REACH, place.x1, place.y1 + CAPTION_REACH)
    called = any(
        word.box.overlap(near) > 0 and FIGURE.fullmatch(word.text) and NUMBER.match(after.text)
        for before, word, after in zip(page.words, page.words[1:], page.words[2:], strict=False)
        if not (before.box.x0 < word.box.x0 and before.box.y0 < word.box.center[1] < before.box.y1)  # it opens its line
    )
    return called and not _looks_like_table(find_rules(picture.at_dpi(COARSE_DPI)).rules)


def _looks_like_table(rules: Sequence[Rule]) -> bool:
    """Whether rules cross at many of the places where those of a grid would; boxes of a diagram stand anywhere."""
    xs, ys = (_places([rule.position for rule in rules if rule.vertical == way]) for way in (True, False))
    if min(len(xs), len(ys)) < SMALLEST_GRID:
        return False
    crossings = sum(_passes(rules, True, x, y) and _passes(rules, False, y, x) for x in xs for y in ys)
    return crossings >= CROSSING_SHARE * len(xs) * len(ys)


def _passes(rules: Sequence[Rule], vertical: bool, across: float, along: float) -> bool:
    """Whether a rule of one direction stands at a place across it, and reaches a place along it."""
    return any(
        rule.vertical == vertical
        and abs(rule.position - across) <= REACH
        and rule.start - REACH <= along <= rule.end + REACH
        for rule in rules
    )


def _places(positions: Sequence[float]) -> list[float]:
    ordered = sorted(positions)
    return [place for before, place in pairwise([-math.inf, *ordered]) if place - before > REACH]


def covers_page(page: Page) -> bool:
    """Whether one picture is most of the page: then the page lies as that picture lies."""
    sheet = Box(0, 0, page.width, page.height)
    return any(box.overlap(sheet) >= FULL_IMAGE * page.width * page.height for box in untold_places(page))


def untold_places(page: Page) -> list[Box]:
    """Where on a page its pictures stand, and the letters that are drawn as shapes."""
    drawn = drawn_place(page)
    return [*large_pictures(page), *([drawn] if drawn else [])]


def drawn_place(page: Page) -> Box | None:
    """The box around the letters that a page draws as shapes; None where there are too few to be writing."""
    outlines = untold_outlines(page)
    if len(outlines) < FEWEST_OUTLINES:
        return None
    xs0, ys0, xs1, ys1 = zip(*outlines, strict=True)
    return _grown(Box(min(xs0), min(ys0), max(xs1), max(ys1)), OUTLINE_MARGIN)


def is_inside(rule: Rule, place: Box) -> bool:
    """Whether the middle of a rule lies in a box."""
    middle = (rule.start + rule.end) / 2
    x, y = (rule.position, middle) if rule.vertical else (middle, rule.position)
    return place.x0 <= x <= place.x1 and place.y0 <= y <= place.y1


def part_of(picture: Picture, box: Box) -> Picture:
    """The part of a picture in a box, as a picture of its own."""
    return replace(picture, pixels=np.ascontiguousarray(picture.crop(box)))


def holds_writing(words: Sequence[Word]) -> bool:
    """Whether enough of the words read surely: photographs hold signs and faces that look like a word or two."""
    long = [word for word in words if sum(map(str.isalnum, word.text)) >= FEWEST_LETTERS]
    sure = [word for word in long if word.confidence >= LEGIBLE]
    return len(sure) >= FEWEST_LONG_WORDS and 2 * len(sure) >= len(long)


def moved(page: Page, read: Page) -> list[Word]:
    """The words of a page's text layer where they stand on the page that `read` made of its picture."""
    return [replace(word, box=_moved(word.box, page, read)) for word in page.words]


def _moved(box: Box, page: Page, read: Page) -> Box:
    width, height = page.width, page.height
    match read.orientation:
        case 90:
            box = Box(height - box.y1, box.x0, height - box.y0, box.x1)
        case 180:
            box = Box(width - box.x1, height - box.y1, width - box.x0, height - box.y0)
        case 270:
            box = Box(box.y0, width - box.x1, box.y1, width - box.x0)
    return turned_box(box, read.width, read.height, read.skew) if read.skew else box


def shifted(box: Box, place: Box) -> Box:
    """A box of the part of a page that begins at the corner of `place`, on that page."""
    return Box(box.x0 + place.x0, box.y0 + place.y0, box.x1 + place.x0, box.y1 + place.y0)


def shifted_rule(rule: Rule, place: Box) -> Rule:
    """The same for a rule."""
    across, along = (place.x0, place.y0) if rule.vertical else (place.y0, place.x0)
    return Rule(rule.vertical, rule.position + across, rule.start + along, rule.end + along)


def _grown(box: Box, by: float) -> Box:
    return Box(box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by)


def _slices(picture: Picture, box: Box) -> tuple[slice, slice]:
    x0, y0, x1, y1 = (max(0, round(edge * picture.scale)) for edge in box)
    return slice(y0, y1), slice(x0, x1)
