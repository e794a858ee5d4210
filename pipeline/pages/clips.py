"""Where an object of a page is drawn at all: inside its clip paths, and those of the form objects that it stands in."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.pages import native
from pipeline.pages import native as raw
from pipeline.pages.geometry import Matrix
from pipeline.pages.model import Box

_EDGES = native.Numbers("f", 4)
_MATRIX = native.Numbers("f", 6)
_POINT = native.Numbers("f", 2)


@dataclass(frozen=True, slots=True)
class Frame:
    """What an object stands in: the page, or `depth` form objects. pdfium gives its places and clips in this space.

    `matrix` leads from there to the upright page; `clip`, in upright points, is that of the form objects.
    """

    matrix: Matrix
    clip: Box | None = None
    depth: int = 0

    def inside(self, form: int) -> Frame:
        """The frame of what stands in a form object of this frame."""
        return Frame(matrix_of(form).then(self.matrix), self.clip_of(form), self.depth + 1)

    def clip_of(self, item: int) -> Box | None:
        """The box outside which an object is not drawn, in upright points; None where it is not clipped."""
        path = raw.FPDFPageObj_GetClipPath(item)
        count = raw.FPDFClipPath_CountPaths(path) if path else 0
        box = self.clip
        for index in range(max(0, count)):
            box = _within(box, _clip_bounds(path, index, self.matrix))
        return box

    def bounds_of(self, item: int) -> Box:
        """The box of an object, in upright points."""
        raw.FPDFPageObj_GetBounds(item, *_EDGES.at)
        left, bottom, right, top = _EDGES.values
        x0, y0 = self.matrix.point(left, bottom)
        x1, y1 = self.matrix.point(right, top)
        return Box(x0 if x0 < x1 else x1, y0 if y0 < y1 else y1, x1 if x1 > x0 else x0, y1 if y1 > y0 else y0)


def matrix_of(item: int) -> Matrix:
    """An object's own matrix."""
    return Matrix(*_MATRIX.values) if raw.FPDFPageObj_GetMatrix(item, _MATRIX.at[0]) else Matrix()


def _within(one: Box | None, other: Box | None) -> Box | None:
    """What two clips leave; None is no clip. A box with negative sides is nothing, and overlaps nothing."""
    if one is None or other is None:
        return one or other
    return Box(max(one.x0, other.x0), max(one.y0, other.y0), min(one.x1, other.x1), min(one.y1, other.y1))


def _clip_bounds(clip: int, path: int, matrix: Matrix) -> Box | None:
    points = []
    for segment in range(raw.FPDFClipPath_CountPathSegments(clip, path)):
        handle = raw.FPDFClipPath_GetPathSegment(clip, path, segment)
        if raw.FPDFPathSegment_GetPoint(handle, *_POINT.at):
            points.append(matrix.point(*_POINT.values))
    if not points:
        return None
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))
