"""From pdfium's page space (origin bottom left, before rotation) to the upright page (origin top left)."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.pages.model import Box


class Matrix(NamedTuple):
    """An affine map: x' = ax + cy + e, y' = bx + dy + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def slope(self, angle: float) -> float:
        """The sine of the angle, in radians, at which a direction of page space points after the map; 0 is level."""
        x, y = math.cos(angle), math.sin(angle)
        across, down = self.a * x + self.c * y, self.b * x + self.d * y
        return down / (math.hypot(across, down) or 1.0)

    def then(self, outer: Matrix) -> Matrix:
        """This map first, `outer` after it."""
        return Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )


@dataclass(frozen=True, slots=True)
class Upright:
    """The map of one page, from its effective box and its rotate flag. Sizes in points."""

    width: float
    height: float
    matrix: Matrix

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> Upright:
        rect = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(rect))
        left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
        width, height = right - left, top - bottom
        match page.get_rotation():
            case 90:
                return cls(height, width, Matrix(0, 1, 1, 0, -bottom, -left))
            case 180:
                return cls(width, height, Matrix(-1, 0, 0, 1, right, -bottom))
            case 270:
                return cls(height, width, Matrix(0, -1, -1, 0, top, right))
            case _:
                return cls(width, height, Matrix(1, 0, 0, -1, -left, top))

    @property
    def turned(self) -> bool:
        """Whether the page has a rotate flag."""
        return self.matrix.a != 1

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        a, b, c, d, e, f = self.matrix
        x0, x1 = a * left + c * bottom + e, a * right + c * top + e
        y0, y1 = b * left + d * bottom + f, b * right + d * top + f
        return Box(x0 if x0 < x1 else x1, y0 if y0 < y1 else y1, x1 if x1 > x0 else x0, y1 if y1 > y0 else y0)
