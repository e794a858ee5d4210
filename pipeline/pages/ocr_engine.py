"""RapidOCR behind two questions: where are lines of text, and what does a line say.

The models come in its wheel. They are loaded once per thread that reads scans, when the first one is met, and use that
thread alone: documents are read in as many processes as there are cores, and a lone one's pages in as many threads.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

import cv2
import numpy as np
from rapidocr import RapidOCR
from rapidocr.ch_ppocr_det.utils import TextDetOutput
from rapidocr.ch_ppocr_rec.typings import TextRecOutput, WordInfo

from pipeline.pages.image import POINTS_PER_INCH, Picture, Pixels
from pipeline.pages.model import Box

FINDING_DPI = 150.0
FINDING_PIXELS = 5_000_000  # an A3 page at that resolution; memory grows with them, and a poster must not take it all
LONGEST_SIDE = 100_000
PARAMETERS = {
    "Global.use_cls": False,
    "Global.max_side_len": LONGEST_SIDE,
    "Global.min_side_len": 1,
    "Global.log_level": "critical",
    "Rec.rec_img_shape": [3, 48, 160],  # pixels; shorter lines are padded to so much, not to 320
    "Rec.rec_batch_num": 1,  # in a batch short lines are padded to the longest, and lone digits are lost
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as it was read; `middle` is its place along the line, 0 to 1, `score` the model's own, 0 to 1."""

    text: str
    middle: float
    score: float


class _Engines(threading.local):
    """One recogniser for each thread: it notes its options in itself while it works."""

    def __init__(self) -> None:
        cv2.setNumThreads(1)
        self.own = RapidOCR(params=PARAMETERS)


_engines: _Engines | None = None
_starting = threading.Lock()


def _engine() -> RapidOCR:
    global _engines
    with _starting:
        if _engines is None:
            _engines = _Engines()
    return _engines.own


def find_lines(picture: Picture) -> list[Box]:
    """The boxes of the lines of text of a straight page, in points, from top to bottom."""
    coarsest = POINTS_PER_INCH * picture.scale * (FINDING_PIXELS / picture.pixels.size) ** 0.5
    small = picture.at_dpi(min(FINDING_DPI, coarsest))
    found = _engine()(_in_color(small.pixels), use_det=True, use_cls=False, use_rec=False)
    if not isinstance(found, TextDetOutput) or found.boxes is None:  # another class is its way to say: nothing found
        return []
    boxes = []
    for corners in found.boxes:
        (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
        boxes.append(Box(*(float(edge) / small.scale for edge in (x0, y0, x1, y1))))
    return boxes


def read_line(pixels: Pixels) -> list[Glyph]:
    """The characters of one line of text, rows by columns of grey, white space among them; empty where it has none."""
    if min(pixels.shape) < 2:
        return []
    read = _engine()(_in_color(pixels), use_det=False, use_cls=False, use_rec=True, return_word_box=True)
    if not isinstance(read, TextRecOutput) or not read.txts or not read.txts[0]:
        return []
    info: object = read.word_results[0]  # its annotation says otherwise where nothing was detected before
    if not isinstance(info, WordInfo):
        raise TypeError(f"RapidOCR gave no places of characters but {type(info).__name__}")
    places = [column for columns in info.word_cols for column in columns]
    return _glyphs(read.txts[0], places, info.confs, info.line_txt_len)


def _glyphs(text: str, places: list[int], scores: list[float], columns: float) -> list[Glyph]:
    """RapidOCR counts the places of characters in columns of the picture, and leaves out those of white space."""
    glyphs: list[Glyph] = []
    remaining = iter(places)
    for character, score in zip(text, scores, strict=True):
        last = glyphs[-1].middle if glyphs else 0.0
        middle = last if character.isspace() else (next(remaining) + 0.5) / columns
        glyphs.append(Glyph(character, middle, float(score)))
    return glyphs


def _in_color(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR), dtype=np.uint8)
