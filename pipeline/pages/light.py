"""Paper that is tinted, or darker in places: the shadow at a spine, a lamp at one side."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from pipeline.pages.image import Picture

COARSE_DPI = 18.0
WINDOW = 36.0
EVEN = 0.85
LIGHT = 205.0
DARKEST = 0.3
WHITE = 245.0


def evened(picture: Picture) -> Picture:
    """The picture with paper of one lightness; itself where it has that. Areas of shading keep most of their tone.

    The paper is what is lightest within 36 points. Where that is very dark, it is no paper.
    """
    paper = _paper(picture)
    usual, low = float(np.median(paper)), float(np.percentile(paper, 3))
    if low >= EVEN * usual and usual >= LIGHT:
        return picture
    paper = np.maximum(paper, DARKEST * usual)
    height, width = picture.pixels.shape
    full = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    light = np.clip(picture.pixels.astype(np.float32) * (WHITE / full), 0, 255)
    return replace(picture, pixels=np.asarray(light, dtype=np.uint8))


def _paper(picture: Picture) -> cv2.typing.MatLike:
    """The lightness of the paper around each place, in few pixels; grain is averaged away first."""
    small = picture.at_dpi(COARSE_DPI * 3).pixels
    height, width = small.shape
    smooth = cv2.medianBlur(small, 5)
    window = max(3, round(WINDOW * COARSE_DPI * 3 / 72) | 1)
    light = cv2.dilate(smooth, np.ones((window, window), np.uint8))
    near = cv2.erode(light, np.ones((window, window), np.uint8))  # a closing: steps stay where they are
    soft = cv2.GaussianBlur(near.astype(np.float32), (0, 0), window / 4)
    return cv2.resize(soft, (max(1, width // 3), max(1, height // 3)), interpolation=cv2.INTER_AREA)
