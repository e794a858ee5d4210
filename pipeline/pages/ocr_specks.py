"""Specks of dust and noise on a scan, away from any writing."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from pipeline.pages.image import Picture
from pipeline.pages.upright import binary_ink

LARGEST_SPECK = 1.8
LETTER = 3.0
NEAR_WRITING = 3.0


def without_specks(picture: Picture) -> Picture:
    """The picture with dots of less than 2 points painted white where no letter stands within 3 points.

    Points, commas and dots of an i stand beside letters and digits, and stay.
    """
    scale = picture.scale
    ink = binary_ink(picture)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sizes = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) / scale
    if count == 1:
        return picture
    large = (sizes >= LETTER)[labels] & (ink > 0)
    reach = 2 * round(NEAR_WRITING * scale) + 1
    near = cv2.dilate(large.astype(np.uint8), np.ones((reach, reach), np.uint8))
    specks = (sizes <= LARGEST_SPECK)[labels] & (ink > 0) & (near == 0)
    rim = cv2.dilate(specks.astype(np.uint8), np.ones((3, 3), np.uint8))
    return replace(picture, pixels=np.where(rim > 0, np.uint8(255), picture.pixels))
