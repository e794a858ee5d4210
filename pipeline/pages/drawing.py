"""Rules, fills and pictures out of a page's drawing.

A stroke, or a filled area too thin to be shading, is a rule; what is nearly white is neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.pages import native
from pipeline.pages import native as raw
from pipeline.pages.areas import settle
from pipeline.pages.clips import Frame, matrix_of
from pipeline.pages.geometry import Matrix, Upright
from pipeline.pages.model import Box, Color, Fill, Rule

THICKEST_RULE = 2.6
SHORTEST_RULE = 2.0
NEARLY_WHITE = 245
NEARLY_STRAIGHT = 0.6
DEEPEST_FORM = 6
MOST_SEGMENTS = 200_000
LETTERED_SEGMENTS = 60_000  # a page of letters drawn as outlines has half as many
LETTER_HEIGHTS = (2.0, 24.0)
WIDEST_LETTER = 30.0
FEWEST_CORNERS = 5  # boxes of rules and shading have four or five
WHOLE_PAGE = 0.5

_POINT = native.Numbers("f", 2)
_COLOR = native.Numbers("I", 4)
_MODES = native.Numbers("i", 2)


@dataclass(slots=True)
class Drawing:
    """What is drawn on one page, in upright points.

    `outlines` are filled shapes of the size of letters; `texts` are the text objects by address, each with what it
    stands in; `buried` maps the addresses of texts that a picture of the page was laid over to the box of that picture.
    """

    rules: list[Rule] = field(default_factory=list)
    pale: list[Rule] = field(default_factory=list)  # in the colour of the page: seen where they part fills
    fills: list[Fill] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    outlines: list[Box] = field(default_factory=list)
    buried: dict[int, Box] = field(default_factory=dict)
    texts: dict[int, tuple[int, Frame]] = field(default_factory=dict)
    segments: int = 0
    lettered: int = 0


@dataclass(frozen=True, slots=True)
class _Ink:
    """How a path is painted: the colours of its area and its outline, None where it has none."""

    fill: Color | None
    stroke: Color | None


def read_drawing(page: int, upright: Upright) -> Drawing:
    """All rules, fills and pictures of a page, those inside form objects too, each as it is seen."""
    drawing, frame = Drawing(), Frame(upright.matrix)
    for index in range(raw.FPDFPage_CountObjects(page)):
        shown = len(drawing.images)
        item = raw.FPDFPage_GetObject(page, index)
        _read_object(item, frame, drawing)
        if len(drawing.images) == shown:
            continue
        cover = max(drawing.images[shown:], key=lambda box: box.width * box.height)
        if _hides_page(item, cover, upright):
            for below in range(index):
                _bury(raw.FPDFPage_GetObject(page, below), cover, drawing, 0)
    drawing.rules, drawing.fills = settle(drawing.rules, drawing.pale, drawing.fills)
    return drawing


def _hides_page(item: int, cover: Box, upright: Upright) -> bool:
    """Whether a picture lies over half of the page or more, and nothing shows through it."""
    sheet = Box(0, 0, upright.width, upright.height)
    large = cover.overlap(sheet) >= WHOLE_PAGE * upright.width * upright.height
    return large and not raw.FPDFPageObj_HasTransparency(item)


def _bury(item: int, cover: Box, drawing: Drawing, depth: int) -> None:
    match raw.FPDFPageObj_GetType(item):
        case raw.FPDF_PAGEOBJ_TEXT:
            drawing.buried[item] = cover
        case raw.FPDF_PAGEOBJ_FORM if depth < DEEPEST_FORM:
            for index in range(raw.FPDFFormObj_CountObjects(item)):
                _bury(raw.FPDFFormObj_GetObject(item, index), cover, drawing, depth + 1)


def _read_object(item: int, frame: Frame, drawing: Drawing) -> None:
    match raw.FPDFPageObj_GetType(item):
        case raw.FPDF_PAGEOBJ_PATH:
            _read_path(item, frame, drawing)
        case raw.FPDF_PAGEOBJ_IMAGE:
            drawing.images.append(frame.bounds_of(item))
        case raw.FPDF_PAGEOBJ_TEXT:
            drawing.texts[item] = (item, frame)
        case raw.FPDF_PAGEOBJ_FORM if frame.depth < DEEPEST_FORM:
            inner = frame.inside(item)
            for index in range(raw.FPDFFormObj_CountObjects(item)):
                _read_object(raw.FPDFFormObj_GetObject(item, index), inner, drawing)


def _ink(item: int) -> _Ink:
    raw.FPDFPath_GetDrawMode(item, *_MODES.at)
    filled, stroked = _MODES.values
    fill = _color(raw.FPDFPageObj_GetFillColor, item) if filled else None
    stroke = _color(raw.FPDFPageObj_GetStrokeColor, item) if stroked else None
    return _Ink(fill, stroke)


def _color(read: Callable[..., int], item: int) -> Color | None:
    """The colour, or None where it is transparent."""
    read(item, *_COLOR.at)
    red, green, blue, alpha = _COLOR.values
    return (red, green, blue) if alpha else None


def _is_pale(color: Color | None) -> bool:
    """Whether nothing is seen of a colour on the page itself."""
    return color is None or min(color) >= NEARLY_WHITE


def _read_path(item: int, frame: Frame, drawing: Drawing) -> None:
    ink = _ink(item)
    if ink.fill is None and ink.stroke is None:
        return
    box = frame.bounds_of(item)
    count = raw.FPDFPath_CountSegments(item)
    if _is_thin(box):
        _add_thin(box, ink.stroke or ink.fill, drawing)
    elif ink.stroke is None and _is_pale(ink.fill):
        return
    elif ink.fill is not None and ink.stroke is None and count <= 5:
        drawing.fills.append(Fill(box, ink.fill))
    elif drawing.segments + count <= MOST_SEGMENTS:
        drawing.segments += count
        for outline in _outlines(item, matrix_of(item).then(frame.matrix)):
            _add_outline(outline, ink, drawing)
        if not _is_pale(ink.fill) and drawing.lettered + count <= LETTERED_SEGMENTS:
            drawing.lettered += count
            drawing.outlines += filter(_like_letter, _shapes(item, matrix_of(item).then(frame.matrix)))


def _like_letter(box: Box) -> bool:
    return LETTER_HEIGHTS[0] <= box.height <= LETTER_HEIGHTS[1] and box.width <= WIDEST_LETTER


def _shapes(item: int, matrix: Matrix) -> Iterator[Box]:
    """The bounds of the closed shapes of a path; control points of curves lie hardly outside of them."""
    xs: list[float] = []
    ys: list[float] = []
    for index in range(raw.FPDFPath_CountSegments(item)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            if len(xs) > FEWEST_CORNERS:
                yield Box(min(xs), min(ys), max(xs), max(ys))
            xs, ys = [], []
        raw.FPDFPathSegment_GetPoint(segment, *_POINT.at)
        across, down = matrix.point(*_POINT.values)
        xs.append(across)
        ys.append(down)
    if len(xs) > FEWEST_CORNERS:
        yield Box(min(xs), min(ys), max(xs), max(ys))


def _is_thin(box: Box) -> bool:
    return min(box.width, box.height) <= THICKEST_RULE


def _add_thin(box: Box, color: Color | None, drawing: Drawing) -> None:
    if color is None or max(box.width, box.height) < SHORTEST_RULE:
        return
    x, y = box.center
    upright = box.height > box.width
    rule = Rule(True, x, box.y0, box.y1, color) if upright else Rule(False, y, box.x0, box.x1, color)
    (drawing.pale if _is_pale(color) else drawing.rules).append(rule)


def _outlines(item: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The straight outlines of a path; a curve ends the outline that it belongs to."""
    points: list[tuple[float, float]] = []
    for index in range(raw.FPDFPath_CountSegments(item)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, *_POINT.at)
        point = matrix.point(*_POINT.values)
        if raw.FPDFPathSegment_GetType(segment) != raw.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = [point]
        else:
            points.append(point)
        if raw.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            points.append(points[0])
    if len(points) > 1:
        yield points


def _add_outline(points: list[tuple[float, float]], ink: _Ink, drawing: Drawing) -> None:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = Box(min(xs), min(ys), max(xs), max(ys))
    if _is_thin(box):
        _add_thin(box, ink.stroke or ink.fill, drawing)
        return
    if ink.fill is not None and not _is_pale(ink.fill) and len(points) in (4, 5):
        drawing.fills.append(Fill(box, ink.fill))
    if ink.stroke is not None:
        for (x0, y0), (x1, y1) in pairwise(points):
            if min(abs(x1 - x0), abs(y1 - y0)) <= NEARLY_STRAIGHT:
                _add_thin(Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), ink.stroke, drawing)
