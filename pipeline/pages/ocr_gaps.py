"""Writing that the reading of a scan passed over: a cell with ink in it must have text, or a doubt.

Lone digits are what detectors of text lose most easily, and a lost figure has no confidence that could be doubted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median

import cv2
import numpy as np

from pipeline.pages.image import Picture, Pixels
from pipeline.pages.model import Box, PageDoubt, Rule, Word
from pipeline.pages.ocr_words import ReadLine, read_box
from pipeline.pages.upright import binary_ink

HEIGHTS = (3.5, 18.0)
SMALLEST_LETTER = 0.5  # of the height of a line's box, which has room above and below its letters
NARROWEST = 1.0
LEAST_INK = 0.12
PALER = 60
JOINED = 2.5
MARGIN = 1.5
MOST_GAPS = 120
SIZES = (1.6, 1.0, 2.5)
LEGIBLE = 0.75
HARDLY_LEGIBLE = 0.5
NEIGHBOUR = 2.5
EDGE = 1.0


@dataclass(slots=True)
class Filled:
    """What looking again gave: all lines of the page, and the places that stay unread."""

    lines: list[ReadLine]
    doubts: list[PageDoubt] = field(default_factory=list)


def fill_gaps(picture: Picture, lines: Sequence[ReadLine], rules: Sequence[Rule]) -> Filled:
    """Read again, enlarged, what ink of the size of letters stands in a ruled cell outside every line that was read.

    Ink at the end of a line that was read is read once more together with it; where that brings nothing new the
    nearest word is no longer trusted.
    """
    filled = Filled([line for line in lines if line.words])
    for box in _unread(picture, filled.lines, rules):
        beside = _beside(box, filled.lines)
        if beside is None:
            _read_alone(picture, box, filled)
        else:
            _read_together(picture, box, beside, filled)
    return filled


def _read_alone(picture: Picture, box: Box, filled: Filled) -> None:
    """Take a reading that is sure of itself, or one that comes out the same at two sizes."""
    wide = _grown(box, MARGIN)
    seen: dict[str, list[Word]] = {}
    for factor in SIZES:
        words = read_box(picture, wide, factor)
        text = " ".join(word.text for word in words)
        surest = min((word.confidence for word in words), default=0.0)
        if surest >= LEGIBLE or (text in seen and surest >= HARDLY_LEGIBLE):
            filled.lines.append(ReadLine(wide, words))
            return
        seen[text] = words
    filled.doubts.append(PageDoubt(box, next((text for text in seen if text), "")))


def _read_together(picture: Picture, box: Box, line: ReadLine, filled: Filled) -> None:
    position = filled.lines.index(line)
    whole = line.box.union(_grown(box, MARGIN))
    words = read_box(picture, whole)
    if _characters(words) > _characters(line.words):
        filled.lines[position] = ReadLine(whole, words)
        return
    nearest = min(line.words, key=lambda word: abs(word.box.center[0] - box.center[0]))
    doubted = [replace(word, confidence=0.0) if word is nearest else word for word in line.words]
    filled.lines[position] = ReadLine(line.box, doubted)


def _characters(words: Sequence[Word]) -> int:
    return sum(len(word.text) for word in words)


def _unread(picture: Picture, lines: Sequence[ReadLine], rules: Sequence[Rule]) -> list[Box]:
    """Boxes of ink of the size of letters in ruled cells, outside the lines, from top to bottom."""
    scale = picture.scale
    ink = _outside(picture, lines)
    least = max(HEIGHTS[0], SMALLEST_LETTER * median(line.box.height for line in lines)) if lines else HEIGHTS[0]
    letters = _letters(ink, round(least * scale))
    joined = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((1, max(1, round(JOINED * scale))), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    inked = np.bincount(labels[letters > 0].ravel(), minlength=len(stats))
    boxes = [
        Box(x / scale, y / scale, (x + width) / scale, (y + height) / scale)
        for label, (x, y, width, height, _) in enumerate(stats.tolist())
        if label and inked[label] >= LEAST_INK * width * height and _like_writing(width / scale, height / scale)
    ]
    inside = [box for box in boxes if _in_cell(box, rules)]
    return sorted(inside, key=lambda box: (box.y0, box.x0))[:MOST_GAPS]


def _outside(picture: Picture, lines: Sequence[ReadLine]) -> Pixels:
    """The ink outside of the lines that were read, as dark as theirs: edges of shading are paler than writing."""
    ink = binary_ink(picture)
    levels: list[float] = []
    for line in lines:
        x0, y0, x1, y1 = (max(0, round(edge * picture.scale)) for edge in line.box)
        inside = slice(y0, y1 + 1), slice(x0, x1 + 1)
        written = picture.pixels[inside][ink[inside] > 0]
        levels += [float(np.median(written))] if written.size else []
        ink[inside] = 0
    if levels:
        ink[picture.pixels > median(levels) + PALER] = 0
    return ink


def _letters(ink: Pixels, least: int) -> Pixels:
    """The ink in pieces at least as high as a letter, in pixels: grain and dust are many small ones."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    high = stats[:, cv2.CC_STAT_HEIGHT] >= least
    high[0] = False
    return np.asarray(high[labels].astype(np.uint8) * 255, dtype=np.uint8)


def _like_writing(width: float, height: float) -> bool:
    return HEIGHTS[0] <= height <= HEIGHTS[1] and width >= NARROWEST


def _in_cell(box: Box, rules: Sequence[Rule]) -> bool:
    """Whether rules stand on all four sides of a box, and none runs along it: rests of rules are no writing."""
    x, y = box.center
    across = [rule.position for rule in rules if rule.vertical and rule.start <= y <= rule.end]
    along = [rule.position for rule in rules if not rule.vertical and rule.start <= x <= rule.end]
    if any(box.x0 - EDGE <= position <= box.x1 + EDGE for position in across) and box.width <= 2 * EDGE:
        return False
    return bool(across and along) and min(across) < x < max(across) and min(along) < y < max(along)


def _beside(box: Box, lines: Sequence[ReadLine]) -> ReadLine | None:
    for line in lines:
        shared = min(box.y1, line.box.y1) - max(box.y0, line.box.y0)
        gap = max(box.x0 - line.box.x1, line.box.x0 - box.x1)
        if shared >= 0.5 * box.height and gap <= NEIGHBOUR:
            return line
    return None


def _grown(box: Box, by: float) -> Box:
    return Box(box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by)
