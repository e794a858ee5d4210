"""A scanned page read into words and rules, after which it is a page like any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2 as pdfium

from pipeline.pages.image import Picture, Pixels, draw_page
from pipeline.pages.model import OCR_ENGINE, Box, Page, Word
from pipeline.pages.ocr_engine import find_lines, read_line
from pipeline.pages.ocr_gaps import fill_gaps
from pipeline.pages.ocr_layer import keep_layer
from pipeline.pages.ocr_need import LAYER
from pipeline.pages.ocr_pictures import read_pictures
from pipeline.pages.ocr_specks import without_specks
from pipeline.pages.ocr_words import read_lines
from pipeline.pages.rules_in_image import Ruling, find_rules
from pipeline.pages.upright import lean_of, lies_sideways, quarter_turned, skew_of, squared, straighten

TRIED_LINES = 8
STAIN = 0.75


@dataclass(frozen=True, slots=True)
class Upright:
    """A scan that stands upright and straight, its rules, and its lines of text; turns are clockwise, in degrees."""

    picture: Picture
    ruling: Ruling
    lines: list[Box]
    quarter: int
    skew: float


def read_scan(document: pdfium.PdfDocument, page: Page) -> Page:
    """The page with the words and rules that its picture shows, whatever its text layer is worth.

    A scan is read as a picture, one with a sound text layer keeps that, and pictures on a page of text are read in
    addition. `page` is one of `document`. Costs two to four seconds of one core for an A4 page; raises
    pypdfium2.PdfiumError where it cannot be drawn.
    """
    picture = _draw(document, page)
    if page.kind == "pindai":
        return read_picture(picture, page)
    if page.engine == LAYER:
        return keep_layer(picture, page) or read_picture(picture, page)
    return read_pictures(picture, page)


def _draw(document: pdfium.PdfDocument, page: Page) -> Picture:
    handle = document[page.number - 1]
    try:
        return draw_page(handle)
    finally:
        handle.close()


def read_picture(picture: Picture, page: Page) -> Page:
    """The page with the words and rules of `picture`, whichever way that lies."""
    upright = set_upright(picture)
    ruling = upright.ruling
    read = read_lines(ruling.clean, upright.lines, ruling.rules)
    filled = fill_gaps(ruling.clean, [line for line in read if not _is_stain(line.words)], ruling.rules)
    width, height = upright.picture.size
    return replace(
        page,
        width=width,
        height=height,
        words=[word for line in filled.lines for word in line.words],
        rules=ruling.rules,
        fills=[],
        images=[Box(0, 0, width, height)],
        kind="pindai",
        engine=OCR_ENGINE,
        orientation=upright.quarter,
        skew=upright.skew,
        dpi=picture.native_dpi,
        doubts=filled.doubts,
    )


def set_upright(picture: Picture) -> Upright:
    """Turn a scan upright by its lines of text, straighten it, and find its rules and lines."""
    quarter = 90 if lies_sideways(picture) else 0
    upright = _straight(quarter_turned(picture, quarter), quarter)
    if _reads_better_upside_down(upright.ruling.clean, upright.lines):
        turned = (quarter + 180) % 360
        upright = _straight(quarter_turned(picture, turned), turned)
    return upright


def _straight(picture: Picture, quarter: int) -> Upright:
    skew = skew_of(picture)
    straight = straighten(picture, skew)
    straight = without_specks(squared(straight, lean_of(straight)))
    ruling = find_rules(straight)
    return Upright(straight, ruling, find_lines(ruling.clean), quarter, skew)


def _reads_better_upside_down(picture: Picture, lines: Sequence[Box]) -> bool:
    """Whether the widest lines score better when they are turned round."""
    widest = sorted(lines, key=lambda box: -box.width)[:TRIED_LINES]
    crops = [picture.crop(box) for box in widest]
    upright = sum(_score(crop) for crop in crops)
    turned = sum(_score(np.ascontiguousarray(np.rot90(crop, 2))) for crop in crops)
    return turned > upright


def _score(pixels: Pixels) -> float:
    """How surely a line is read, 0 to 1; 0 where nothing is."""
    scores = [glyph.score for glyph in read_line(pixels)]
    return sum(scores) / len(scores) if scores else 0.0


def _is_stain(words: Sequence[Word]) -> bool:
    """Whether a line is one lone character that the recogniser itself does not believe in; it is looked at again."""
    return len(words) == 1 and len(words[0].text) == 1 and words[0].confidence < STAIN
