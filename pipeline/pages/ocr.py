"""A scanned page read into words and rules, after which it is a page like any other."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2 as pdfium

from pipeline.pages.garbage import text_is_garbled
from pipeline.pages.image import Picture, Pixels, draw
from pipeline.pages.language import is_no_language
from pipeline.pages.light import evened
from pipeline.pages.model import OCR_ENGINE, Box, Page, PageDoubt, Word
from pipeline.pages.ocr_engine import find_lines, read_line
from pipeline.pages.ocr_gaps import Filled, fill_gaps
from pipeline.pages.ocr_layer import keep_layer
from pipeline.pages.ocr_need import LAYER
from pipeline.pages.ocr_pictures import (
    covers_page,
    drawn_place,
    holds_writing,
    is_figure,
    is_inside,
    moved,
    part_of,
    shifted,
    shifted_rule,
    shows_lines,
    untold,
    untold_places,
)
from pipeline.pages.ocr_specks import without_specks
from pipeline.pages.ocr_words import read_lines
from pipeline.pages.rules_in_image import Ruling, find_rules
from pipeline.pages.upright import lean_of, lies_sideways, quarter_turned, skew_of, squared, straighten

TRIED_LINES = 8
DECISIVE = 0.8
STAIN = 0.75
_drawing = threading.Lock()  # pdfium does one thing at a time


@dataclass(frozen=True, slots=True)
class Upright:
    """A scan that stands upright and straight, its rules, and its lines of text; turns are clockwise, in degrees."""

    picture: Picture
    ruling: Ruling
    lines: list[Box]
    quarter: int
    skew: float


class Readings:
    """The scans of a document that were read, by their pixels: one that stands in it again is not read again."""

    def __init__(self) -> None:
        self._read: dict[bytes, Page] = {}

    def of(self, picture: Picture, page: Page) -> Page:
        """The page with the words and rules of its picture."""
        key = hashlib.sha256(picture.pixels.tobytes()).digest()
        if key not in self._read:
            self._read[key] = read_picture(picture, page)
        read = self._read[key]
        return replace(read, number=page.number, words=[replace(word) for word in read.words])


def read_scan(document: pdfium.PdfDocument, page: Page, readings: Readings) -> Page:
    """The page with the words and rules that its picture shows, whatever its text layer is worth.

    A scan is read as a picture, one with a sound text layer keeps that, and pictures on a page of text are read in
    addition. Text whose fonts do not say which letters they draw is not believed. `page` is one of `document`. Costs
    three to six seconds of one core for an A4 page; raises pypdfium2.PdfiumError where it cannot be drawn.
    """
    if page.kind == "pindai" or page.engine == LAYER:
        picture = evened(_draw(document, page))
        kept = keep_layer(picture, page) if page.engine == LAYER else None
        return kept or readings.of(picture, page)
    if is_no_language(page.words) and text_is_garbled(page.words, picture := evened(_draw(document, page))):
        return read_picture(picture, page)
    read = _read_whole if covers_page(page) else _read_places
    return read(untold(evened(_draw(document, page)), page), page, readings)


def _read_whole(seen: Picture, page: Page, readings: Readings) -> Page:
    """A scan with a few printed words on it: what its picture shows beside them, and the words where they then stand.

    `seen` is the picture without them. The same page where the picture holds no writing of its own.
    """
    read = readings.of(seen, page)
    if not holds_writing(read.words):
        return page
    return replace(read, words=[*read.words, *moved(page, read)], kind="campuran")


def _read_places(seen: Picture, page: Page, readings: Readings) -> Page:
    """A page of text with the words and rules of its pictures added where they stand; it lies as its text does.

    A picture on its side is read, but has no place for its lines on this page: it is told as a doubt.
    """
    words, rules, doubts = [*page.words], [*page.rules], [*page.doubts]
    drawn = drawn_place(page)
    for place in untold_places(page):
        part = part_of(seen, place)
        if not shows_lines(part) or is_figure(part, place, page):
            continue
        read = readings.of(part, Page(page.number, *part.size))
        if not holds_writing(read.words):
            continue
        if read.orientation in (90, 270):
            doubts.append(PageDoubt(place, " ".join(word.text for word in read.words)))
            continue
        if place == drawn:  # strokes of letters pass for rules
            rules = [rule for rule in rules if not is_inside(rule, place)]
        words += [replace(word, box=shifted(word.box, place)) for word in read.words]
        rules += [shifted_rule(rule, place) for rule in read.rules]
        doubts += [replace(doubt, box=shifted(doubt.box, place)) for doubt in read.doubts]
    if len(words) + len(doubts) == len(page.words) + len(page.doubts):
        return page
    return replace(
        page, words=words, rules=rules, kind="campuran", engine=OCR_ENGINE, dpi=seen.native_dpi, doubts=doubts
    )


def _draw(document: pdfium.PdfDocument, page: Page) -> Picture:
    with _drawing:
        return draw(document, page.number)


def read_picture(picture: Picture, page: Page) -> Page:
    """The page with the words and rules of `picture`, whichever way that lies."""
    upright = set_upright(picture)
    ruling = upright.ruling
    read = read_lines(ruling.clean, upright.lines, ruling.rules)
    kept = [line for line in read if not _is_stain(line.words)]
    # Where not one line of text is found, what stands between rules is a drawing, and no lost figures.
    filled = fill_gaps(ruling.clean, kept, ruling.rules) if upright.lines else Filled([])
    width, height = upright.picture.size
    words = [word for line in filled.lines for word in line.words]
    return replace(
        page,
        width=width,
        height=height,
        words=words,
        rules=ruling.rules,
        fills=[],
        images=[Box(0, 0, width, height)],
        outlines=[],
        kind="pindai" if words or ruling.rules or filled.doubts else "kosong",
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
    square = squared(straight, lean_of(straight))
    straight = without_specks(square)
    ruling = find_rules(straight, dotted=square)
    return Upright(straight, ruling, find_lines(ruling.clean), quarter, skew)


def _reads_better_upside_down(picture: Picture, lines: Sequence[Box]) -> bool:
    """Whether the widest lines score better when they are turned round; as few of them as it takes to tell."""
    better = 0.0
    for box in sorted(lines, key=lambda box: -box.width)[:TRIED_LINES]:
        crop = picture.crop(box)
        better += _score(np.ascontiguousarray(np.rot90(crop, 2))) - _score(crop)
        if abs(better) >= DECISIVE:
            break
    return better > 0


def _score(pixels: Pixels) -> float:
    """How surely a line is read, 0 to 1; 0 where nothing is."""
    scores = [glyph.score for glyph in read_line(pixels)]
    return sum(scores) / len(scores) if scores else 0.0


def _is_stain(words: Sequence[Word]) -> bool:
    """Whether a line is one lone character that the recogniser itself does not believe in; it is looked at again."""
    return len(words) == 1 and len(words[0].text) == 1 and words[0].confidence < STAIN
