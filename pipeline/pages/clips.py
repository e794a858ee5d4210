"""Where an object of a page is drawn at all: inside its clip paths, and those of the form objects that it stands in."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2.raw as raw

from pipeline.pages.geometry import Matrix
from pipeline.pages.model import Box


@dataclass(frozen=True, slots=True)
class Frame:
    """What an object stands in: the page, or `depth` form objects. pdfium gives its places and clips in this space.

    `matrix` leads from there to the upright page; `clip`, in upright points, is that of the form objects.
    """

    matrix: Matrix
    clip: Box | None = None
    depth: int = 0

    def inside(self, form: raw.FPDF_PAGEOBJECT) -> Frame:
        """The frame of what stands in a form object of this frame."""
        return Frame(matrix_of(form).then(self.matrix), self.clip_of(form), self.depth + 1)

    def clip_of(self, item: raw.FPDF_PAGEOBJECT) -> Box | None:
        """The box outside which an object is not drawn, in upright points; None where it is not clipped."""
        path = raw.FPDFPageObj_GetClipPath(item)
        count = raw.FPDFClipPath_CountPaths(path) if path else 0
        box = self.clip
        for index in range(max(0, count)):
            box = _within(box, _clip_bounds(path, index, self.matrix))
        return box

    def bounds_of(self, item: raw.FPDF_PAGEOBJECT) -> Box:
        """The box of an object, in upright points."""
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        raw.FPDFPageObj_GetBounds(
            item, ctypes.byref(left), ctypes.byref(bottom), ctypes.byref(right), ctypes.byref(top)
        )
        x0, y0 = self.matrix.point(left.value, bottom.value)
        x1, y1 = self.matrix.point(right.value, top.value)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def matrix_of(item: raw.FPDF_PAGEOBJECT) -> Matrix:
    """An object's own matrix."""
    own = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(own)):
        return Matrix()
    return Matrix(own.a, own.b, own.c, own.d, own.e, own.f)


def _within(one: Box | None, other: Box | None) -> Box | None:
    """What two clips leave; None is no clip. A box with negative sides is nothing, and overlaps nothing."""
    if one is None or other is None:
        return one or other
    return Box(max(one.x0, other.x0), max(one.y0, other.y0), min(one.x1, other.x1), min(one.y1, other.y1))


def _clip_bounds(clip: raw.FPDF_CLIPPATH, path: int, matrix: Matrix) -> Box | None:
    x, y = ctypes.c_float(), ctypes.c_float()
    points = []
    for segment in range(max(0, raw.FPDFClipPath_CountPathSegments(clip, path))):
        handle = raw.FPDFClipPath_GetPathSegment(clip, path, segment)
        if raw.FPDFPathSegment_GetPoint(handle, ctypes.byref(x), ctypes.byref(y)):
            points.append(matrix.point(x.value, y.value))
    if not points:
        return None
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))
