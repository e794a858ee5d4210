"""Rules that are dots, dashes or a shade of grey: what a run of ink along one line averages to."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.pages.image import Picture, Pixels
from pipeline.pages.model import Rule

ALONG = 5.0
AROUND = 12.0
DARKER = 9.0
THICKEST = 2.2
SHORTEST = 24.0
BESIDE = (0.9, 2.4)
MOST_BESIDE = 0.1
MOST_BESIDE_ONE = 0.3
BLEEDING = 2.0  # a mean reaches beyond the end of the line


def faint_rules(picture: Picture, ink: Pixels) -> list[Rule]:
    """Level and upright lines, 24 points long or more, that are darker on the average than what is around them.

    `ink` is the picture's binary ink: writing stands beside an average of writing, and nothing beside a rule.
    """
    level = _level(picture.pixels, ink, picture.scale)
    upended = _level(np.ascontiguousarray(picture.pixels.T), np.ascontiguousarray(ink.T), picture.scale)
    return [*level, *(Rule(True, rule.position, rule.start, rule.end) for rule in upended)]


def _level(pixels: Pixels, ink: Pixels, scale: float) -> list[Rule]:
    mask = _lines(pixels, scale)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found = []
    for label in range(1, count):
        x, y, width, height, _ = (int(value) for value in stats[label])
        if width < SHORTEST * scale or height > 2 * THICKEST * scale:
            continue
        rows = np.nonzero(labels[y : y + height, x : x + width] == label)[0]
        middle = y + float(rows.mean()) + 0.5
        if _stands_alone(ink, x, width, middle, scale):
            found.append(Rule(False, middle / scale, x / scale + BLEEDING, (x + width) / scale - BLEEDING))
    return found


def _lines(pixels: Pixels, scale: float) -> Pixels:
    """255 where the mean along a line is darker than around it, in runs that are long and thin."""
    along = cv2.blur(pixels.astype(np.float32), (max(3, round(ALONG * scale)) | 1, 1))
    around = cv2.blur(along, (1, round(AROUND * scale) | 1))
    dark = np.asarray((along < around - DARKER) * np.uint8(255), dtype=np.uint8)
    runs = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, round(SHORTEST * scale)), np.uint8))
    thick = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((max(3, round(THICKEST * scale)), 1), np.uint8))
    return np.asarray(cv2.bitwise_and(runs, cv2.bitwise_not(thick)), dtype=np.uint8)


def _stands_alone(ink: Pixels, x: int, width: int, middle: float, scale: float) -> bool:
    """Whether hardly any ink stands close along a line on one side, and little on the other."""
    shares = []
    for sign in (-1, 1):
        near, far = sorted(round(middle + sign * distance * scale) for distance in BESIDE)
        band = ink[max(0, near) : max(0, far) + 1, x : x + width]
        shares.append(float(np.mean(band > 0)) if band.size else 0.0)
    return min(shares) <= MOST_BESIDE and max(shares) <= MOST_BESIDE_ONE
