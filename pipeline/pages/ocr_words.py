"""Lines of text in a picture into words with their boxes and scores."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.pages.image import Picture, Pixels
from pipeline.pages.model import Box, Rule, Word
from pipeline.pages.ocr_engine import Glyph, read_line

MARGIN = 1.0
CROSSED_HEIGHT = 0.6
NARROWEST_PIECE = 2.0
SOFTENING = 1.0
WIDE_GAP = 3.0
LEAST_BLANK = 0.25
BLANK_TO_GAP = 2.2
WIDEST_STEP = 1.9  # between neighbouring digits, in usual steps of the same number
WIDEST_STEP_OVER_MARK = 2.8
MOST_SURE = 0.9999  # a full 1 is for text that was not read from a picture
FOREIGN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")
PLAIN = str.maketrans("。、，：；（）％·", ".,,:;()%.")


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of text of one cell: its box and its words; no words where nothing legible was found in it."""

    box: Box
    words: list[Word]


def read_lines(picture: Picture, boxes: Sequence[Box], rules: Sequence[Rule]) -> list[ReadLine]:
    """Read the lines in `boxes` (points), those that run over a vertical rule piece by piece."""
    fences = [rule for rule in rules if rule.vertical]
    return [ReadLine(piece, read_box(picture, piece)) for box in boxes for piece in split_at(box, fences)]


def split_at(box: Box, fences: Sequence[Rule]) -> list[Box]:
    """A box cut at the vertical rules that cross most of its height."""
    cuts = sorted(
        rule.position
        for rule in fences
        if box.x0 + MARGIN < rule.position < box.x1 - MARGIN
        and min(rule.end, box.y1) - max(rule.start, box.y0) >= CROSSED_HEIGHT * box.height
    )
    edges = [box.x0, *cuts, box.x1]
    pieces = [Box(left, box.y0, right, box.y1) for left, right in pairwise(edges)]
    return [piece for piece in pieces if piece.width >= NARROWEST_PIECE]


def read_box(picture: Picture, box: Box, factor: float = 1.0) -> list[Word]:
    """The words of one line; `factor` scales its picture up first, which brings small lone digits back."""
    pixels = picture.crop(box)
    if not pixels.size:
        return []
    if factor != 1.0:
        pixels = np.asarray(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC), np.uint8)
    glyphs = read_line(_soft(pixels))
    return list(words_of(parted(glyphs, pixels), box))


def parted(glyphs: Sequence[Glyph], pixels: Pixels) -> list[Glyph]:
    """The characters with a blank wherever letters stand apart like words: the recogniser leaves blanks out at times.

    Only gaps at a letter count, against the gaps of the same line: figures are never parted. Measured as shares of the
    line's height, gaps between words are 0.35 and more, gaps within words 0.18 and less.
    """
    inked = np.asarray(pixels.min(axis=0) < (int(pixels.min()) + int(pixels.max())) / 2)
    width = len(inked)
    gaps = [0.0]
    for before, glyph in pairwise(glyphs):
        between = inked[int(before.middle * width) : int(glyph.middle * width) + 1]
        gaps.append(_longest_blank(between))
    shown = [gap for gap, glyph in zip(gaps[1:], glyphs[1:], strict=True) if not glyph.text.isspace()]
    least = max(LEAST_BLANK * pixels.shape[0], BLANK_TO_GAP * (median(shown) if shown else 0.0))
    result: list[Glyph] = []
    for gap, glyph in zip(gaps, glyphs, strict=True) if glyphs else ():
        if result and gap >= least and _may_part(result[-1].text, glyph.text):
            result.append(Glyph(" ", glyph.middle, 1.0))
        result.append(glyph)
    return result


def _may_part(before: str, after: str) -> bool:
    return before.isalnum() and after.isalnum() and (before.isalpha() or after.isalpha())


def _longest_blank(inked: npt.NDArray[np.bool_]) -> float:
    """The longest run of columns without ink between two characters, the halves of the characters aside."""
    edges = np.flatnonzero(np.diff(np.concatenate(([True], inked, [True])).astype(np.int8)))
    return float(np.diff(edges)[::2].max()) if len(edges) > 1 else 0.0


def _soft(pixels: Pixels) -> Pixels:
    """Slightly blurred: the stairs of black-and-white scans and the grain of grey ones mislead the recogniser."""
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), SOFTENING), dtype=np.uint8)


def words_of(glyphs: Sequence[Glyph], box: Box) -> Iterator[Word]:
    """The words of a line, parted at white space and at wide gaps; a word's confidence is that of its worst character.

    A word with characters of another script is a stamp, a drawing or a stain, and is left out.
    """
    pitch = _pitch(glyphs)
    for run in _word_runs(glyphs, pitch):
        text = _plain("".join(glyph.text for glyph in run))
        if any(unicodedata.name(character, "").startswith(FOREIGN) for character in text):
            continue
        left = box.x0 + max(0.0, run[0].middle - pitch / 2) * box.width
        right = box.x0 + min(1.0, run[-1].middle + pitch / 2) * box.width
        surest = 0.0 if _has_hole(run) else MOST_SURE
        yield Word(text, Box(left, box.y0, right, box.y1), confidence=min(surest, *(glyph.score for glyph in run)))


def _has_hole(run: Sequence[Glyph]) -> bool:
    """Whether the digits of a number stand so far apart in one place that one was lost there, as under a blot."""
    digits = [(index, glyph.middle) for index, glyph in enumerate(run) if glyph.text.isdigit()]
    steps = [(there - here, later - earlier) for (earlier, here), (later, there) in pairwise(digits)]
    usual = median(step for step, apart in steps if apart == 1) if any(apart == 1 for _, apart in steps) else 0.0
    widest = {1: WIDEST_STEP, 2: WIDEST_STEP_OVER_MARK}
    return any(step > widest[apart] * usual for step, apart in steps if apart in widest and usual)


def _plain(text: str) -> str:
    """Without wide marks and accents: the recogniser knows many languages, and Indonesian writes neither."""
    parts = unicodedata.normalize("NFD", text.translate(PLAIN))
    return "".join(character for character in parts if not unicodedata.combining(character))


def _pitch(glyphs: Sequence[Glyph]) -> float:
    """The usual distance between neighbouring characters, as a share of the line's width."""
    shown = [glyph for glyph in glyphs if not glyph.text.isspace()]
    steps = [b.middle - a.middle for a, b in pairwise(shown)]
    return median(steps) if steps else min(1.0, 1 / max(1, len(shown)))


def _word_runs(glyphs: Sequence[Glyph], pitch: float) -> Iterator[list[Glyph]]:
    run: list[Glyph] = []
    for glyph in glyphs:
        apart = bool(run) and glyph.middle - run[-1].middle > WIDE_GAP * pitch
        if run and (glyph.text.isspace() or apart):
            yield run
            run = []
        if not glyph.text.isspace():
            run.append(glyph)
    if run:
        yield run
