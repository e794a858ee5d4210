"""What pictures on a page of text say beside that text: a pasted table, a scan with a few words printed on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from pipeline.pages.image import Picture
from pipeline.pages.kinds import FEWEST_OUTLINES, FULL_IMAGE
from pipeline.pages.model import Box, Page, Rule, Word
from pipeline.pages.ocr_need import large_pictures, untold_outlines
from pipeline.pages.upright import binary_ink, turned_box

FEWEST_LONG_WORDS = 4
LEGIBLE = 0.8
FEWEST_LETTERS = 3
COARSE_DPI = 150.0
LETTER_HEIGHTS = (3.0, 24.0)
WIDEST_LETTER = 40.0
FEWEST_PIECES = 20
WORD_MARGIN = 1.5
OUTLINE_MARGIN = 8.0  # the rules around writing belong to it


def untold(picture: Picture, page: Page) -> Picture | None:
    """The picture of a page where its pictures and drawn letters are, white elsewhere and under its words.

    None where too little ink of the size of letters is left to be writing: the text is set on a background.
    """
    pixels = np.full_like(picture.pixels, 255)
    for box in untold_places(page):
        inside = _slices(picture, box)
        pixels[inside] = picture.pixels[inside]
    for word in page.words:
        if word.visible:
            pixels[_slices(picture, _grown(word.box, WORD_MARGIN))] = 255
    seen = replace(picture, pixels=pixels)
    return seen if _letters(seen) >= FEWEST_PIECES else None


def _letters(picture: Picture) -> int:
    """How many pieces of ink have the size of letters, or of letters that touch."""
    small = picture.at_dpi(COARSE_DPI)
    _, _, stats, _ = cv2.connectedComponentsWithStats(binary_ink(small), connectivity=8)
    width, height = (stats[1:, column] / small.scale for column in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT))
    return int(((height >= LETTER_HEIGHTS[0]) & (height <= LETTER_HEIGHTS[1]) & (width <= WIDEST_LETTER)).sum())


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
