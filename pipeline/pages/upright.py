"""Which way a scanned page lies, told from what is on it: the axis of its lines of text, and its skew."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.pages.image import Picture, Pixels
from pipeline.pages.model import Box

AXIS_DPI = 120.0
LONG_LINE = 40.0
CLOSING = 7.0
LINE_HEIGHTS = (3.0, 22.0)
ELONGATED = 3.0
SKEW_PIXELS = 1000
MOST_SKEW = 3.0
COARSE_STEP = 0.25
FINE_STEP = 0.05
MOST_LEAN = 1.5
MUCH_SHARPER = 1.15


def lies_sideways(picture: Picture) -> bool:
    """Whether the lines of text of a page run up or down, not across.

    Words closed along their line become long bars; there are more of them along the text than across it.
    """
    small = picture.at_dpi(AXIS_DPI)
    ink = _without_long_lines(binary_ink(small), small.scale)
    return _bars(ink.T.copy(), small.scale) > _bars(ink, small.scale)


def binary_ink(picture: Picture) -> Pixels:
    """255 where there is ink, 0 elsewhere: darker than the mean of its surroundings (12 points) by 15 levels."""
    block = max(3, round(12 * picture.scale) | 1)
    return np.asarray(
        cv2.adaptiveThreshold(picture.pixels, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 15),
        dtype=np.uint8,
    )


def _without_long_lines(ink: Pixels, scale: float) -> Pixels:
    length = round(LONG_LINE * scale)
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    lines = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    return np.asarray(cv2.bitwise_and(ink, cv2.bitwise_not(lines)), dtype=np.uint8)


def _bars(ink: Pixels, scale: float) -> int:
    """How much ink stands in bars of the height of a line of text and at least three times as long, in pixels."""
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, round(CLOSING * scale)), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    width, height, area = (stats[1:, column] for column in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    low, high = (limit * scale for limit in LINE_HEIGHTS)
    bars = (height >= low) & (height <= high) & (width >= ELONGATED * height)
    return int(area[bars].sum())


def skew_of(picture: Picture) -> float:
    """By how many degrees the page must be turned clockwise to stand straight, -3 to 3.

    Rows of a straight page are full of ink or empty: the angle with the greatest contrast between rows is taken.
    """
    height, width = picture.pixels.shape
    small = picture.at_dpi(72 * picture.scale * min(1.0, SKEW_PIXELS / max(height, width)))
    ink = binary_ink(small)
    coarse = max(np.arange(-MOST_SKEW, MOST_SKEW + COARSE_STEP / 2, COARSE_STEP), key=lambda a: _contrast(ink, a))
    fine = coarse + np.arange(-COARSE_STEP, COARSE_STEP + FINE_STEP / 2, FINE_STEP)
    best = float(max(fine, key=lambda angle: _contrast(ink, angle)))
    return 0.0 if abs(best) < FINE_STEP else round(best, 3)


def _contrast(ink: Pixels, angle: float) -> float:
    rows = turn(ink, float(angle), border=0).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())


def turn(pixels: Pixels, degrees: float, border: int = 255) -> Pixels:
    """Pixels turned clockwise about their middle by a small angle; the size stays, corners are lost and filled."""
    height, width = pixels.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    flags = cv2.INTER_CUBIC if border else cv2.INTER_LINEAR
    return np.asarray(cv2.warpAffine(pixels, matrix, (width, height), flags=flags, borderValue=border), dtype=np.uint8)


def lean_of(picture: Picture) -> float:
    """By how many degrees upright lines lean to the right of a page whose level lines are level, -1.5 to 1.5.

    A sheet that was drawn unevenly through the scanner, or photographed, leans. Only rules tell: where no angle makes
    columns of ink much sharper than none, the page is taken to be square.
    """
    height, width = picture.pixels.shape
    small = picture.at_dpi(72 * picture.scale * min(1.0, SKEW_PIXELS / max(height, width)))
    ink = binary_ink(small)
    angles = np.arange(-MOST_LEAN, MOST_LEAN + FINE_STEP / 2, FINE_STEP)
    sharpness = {float(angle): _column_contrast(ink, float(angle)) for angle in angles}
    best = max(sharpness, key=lambda angle: sharpness[angle])
    square = _column_contrast(ink, 0.0)
    return round(best, 3) if square and sharpness[best] > MUCH_SHARPER * square else 0.0


def _column_contrast(ink: Pixels, lean: float) -> float:
    columns = _sheared(ink, lean, border=0).sum(axis=0, dtype=np.float64)
    return float(np.square(np.diff(columns)).sum())


def _sheared(pixels: Pixels, lean: float, border: int = 255) -> Pixels:
    height, width = pixels.shape
    slope = float(np.tan(np.deg2rad(lean)))
    matrix = np.array([[1.0, slope, -slope * height / 2], [0.0, 1.0, 0.0]])
    flags = cv2.INTER_CUBIC if border else cv2.INTER_LINEAR
    return np.asarray(cv2.warpAffine(pixels, matrix, (width, height), flags=flags, borderValue=border), dtype=np.uint8)


def squared(picture: Picture, lean: float) -> Picture:
    """The picture with lines that lean by `lean` degrees set upright; level lines stay level."""
    if not lean:
        return picture
    return Picture(_sheared(picture.pixels, lean), picture.scale, picture.native_dpi)


def straighten(picture: Picture, degrees: float) -> Picture:
    """The picture turned clockwise by a small angle."""
    if not degrees:
        return picture
    return Picture(turn(picture.pixels, degrees), picture.scale, picture.native_dpi)


def quarter_turned(picture: Picture, degrees: int) -> Picture:
    """The picture turned clockwise by 0, 90, 180 or 270 degrees."""
    pixels = np.ascontiguousarray(np.rot90(picture.pixels, k=-(degrees // 90)))
    return Picture(pixels, picture.scale, picture.native_dpi)


def turned_box(box: Box, width: float, height: float, degrees: float) -> Box:
    """The bounds of a box after its page, `width` by `height` points, is turned clockwise about its middle."""
    angle = np.deg2rad(degrees)
    corners: npt.NDArray[np.float64] = np.array([(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)])
    x, y = corners[:, 0] - width / 2, corners[:, 1] - height / 2
    xs = x * np.cos(angle) - y * np.sin(angle) + width / 2
    ys = x * np.sin(angle) + y * np.cos(angle) + height / 2
    return Box(float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()))
