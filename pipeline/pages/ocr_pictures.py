"""Pages of text with a table pasted in as a picture: the picture is read, the text stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.pages.image import Picture
from pipeline.pages.model import OCR_ENGINE, Box, Page
from pipeline.pages.ocr_engine import find_lines
from pipeline.pages.ocr_gaps import fill_gaps
from pipeline.pages.ocr_need import wordless_pictures
from pipeline.pages.ocr_words import ReadLine, read_lines
from pipeline.pages.rules_in_image import find_rules

FEWEST_LINES = 4
LEGIBLE = 0.8
FEWEST_LETTERS = 3


def read_pictures(picture: Picture, page: Page) -> Page:
    """The page with the words and rules of its wordless pictures added; the same page where they hold no writing.

    Photographs hold signs and faces that look like a word or two; writing is several lines that read surely.
    """
    seen = _only(picture, wordless_pictures(page))
    ruling = find_rules(seen)
    lines = read_lines(ruling.clean, find_lines(ruling.clean), ruling.rules)
    if sum(_is_legible(line) for line in lines) < FEWEST_LINES:
        return page
    filled = fill_gaps(ruling.clean, lines, ruling.rules)
    return replace(
        page,
        words=[*page.words, *(word for line in filled.lines for word in line.words)],
        rules=[*page.rules, *ruling.rules],
        kind="campuran",
        engine=OCR_ENGINE,
        dpi=picture.native_dpi,
        doubts=filled.doubts,
    )


def _is_legible(line: ReadLine) -> bool:
    scores = [word.confidence for word in line.words if sum(map(str.isalnum, word.text)) >= FEWEST_LETTERS]
    return bool(scores) and sum(scores) / len(scores) >= LEGIBLE


def _only(picture: Picture, boxes: Sequence[Box]) -> Picture:
    """The picture of the page, white outside of the boxes."""
    pixels = np.full_like(picture.pixels, 255)
    for box in boxes:
        x0, y0, x1, y1 = (max(0, round(edge * picture.scale)) for edge in box)
        pixels[y0:y1, x0:x1] = picture.pixels[y0:y1, x0:x1]
    return replace(picture, pixels=pixels)
