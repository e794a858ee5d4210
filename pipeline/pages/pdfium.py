"""Pages out of a PDF's own text layer and drawing, read through pdfium's C interface.

Python objects per character or path would cost more than the reading itself, so the calls are made directly.
"""

from __future__ import annotations

import ctypes
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.pages.drawing import read_drawing
from pipeline.pages.geometry import Upright
from pipeline.pages.model import Box, Page, Rule, Word

HYPHEN_AT_LINE_END = "\ufffe"
TOKEN = re.compile(r"[^\s\x00\ufffe]+\ufffe?|\ufffe")
BOLD_WEIGHT = 600
BOLD_NAMES = ("bold", "black", "demi", "heavy")
INVISIBLE_MODES = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
SHOWN_SHARE = 0.3
CROSSING = 1.0
GAP_BETWEEN_CELLS = 0.8


@dataclass(slots=True)
class _Style:
    """What the words of one text object share."""

    bold: bool
    invisible: bool
    clip: Box | None


@dataclass(slots=True)
class _TextPage:
    """The text of one page, with the styles of its text objects as they are asked for."""

    handle: raw.FPDF_TEXTPAGE
    upright: Upright
    styles: dict[int, _Style] = field(default_factory=dict)
    _rect: raw.FS_RECTF = field(default_factory=raw.FS_RECTF)

    def units(self) -> array[int]:
        """The page's characters as UTF-16 units: index i is pdfium's character i."""
        count = raw.FPDFText_CountChars(self.handle)
        buffer = (ctypes.c_ushort * (count + 1))()
        raw.FPDFText_GetText(self.handle, 0, count, buffer)
        return array("H", buffer[:count])

    def char_box(self, index: int) -> Box:
        raw.FPDFText_GetLooseCharBox(self.handle, index, ctypes.byref(self._rect))
        rect = self._rect
        return self.upright.box(rect.left, rect.bottom, rect.right, rect.top)

    def span_box(self, start: int, end: int) -> Box:
        """The box of the characters start..end, from the first and the last of them."""
        first = self.char_box(start)
        return first.union(self.char_box(end - 1)) if end - start > 1 else first

    def style(self, index: int) -> _Style:
        text_object = raw.FPDFText_GetTextObject(self.handle, index)
        key = ctypes.cast(text_object, ctypes.c_void_p).value or 0
        if key not in self.styles:
            self.styles[key] = self._read_style(index, text_object)
        return self.styles[key]

    def _read_style(self, index: int, text_object: raw.FPDF_PAGEOBJECT) -> _Style:
        bold = raw.FPDFText_GetFontWeight(self.handle, index) >= BOLD_WEIGHT or self._bold_by_name(index)
        if not text_object:
            return _Style(bold, False, None)
        invisible = raw.FPDFTextObj_GetTextRenderMode(text_object) in INVISIBLE_MODES
        return _Style(bold, invisible, clip_of(text_object, self.upright))

    def _bold_by_name(self, index: int) -> bool:
        buffer = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        raw.FPDFText_GetFontInfo(self.handle, index, buffer, 128, ctypes.byref(flags))
        name = buffer.value.decode("utf-8", "replace").casefold()
        return any(part in name for part in BOLD_NAMES)


def clip_of(page_object: raw.FPDF_PAGEOBJECT, upright: Upright) -> Box | None:
    """The box outside which an object is not drawn; None where it is not clipped."""
    clip = raw.FPDFPageObj_GetClipPath(page_object)
    count = raw.FPDFClipPath_CountPaths(clip) if clip else 0
    box: Box | None = None
    for path in range(max(0, count)):
        bounds = _clip_bounds(clip, path)
        if bounds is None:
            continue
        edge = upright.box(*bounds)
        box = edge if box is None else Box(max(box.x0, edge.x0), max(box.y0, edge.y0), min(box.x1, edge.x1), min(box.y1, edge.y1))
    return box


def _clip_bounds(clip: raw.FPDF_CLIPPATH, path: int) -> tuple[float, float, float, float] | None:
    x, y = ctypes.c_float(), ctypes.c_float()
    xs, ys = [], []
    for segment in range(max(0, raw.FPDFClipPath_CountPathSegments(clip, path))):
        handle = raw.FPDFClipPath_GetPathSegment(clip, path, segment)
        if raw.FPDFPathSegment_GetPoint(handle, ctypes.byref(x), ctypes.byref(y)):
            xs.append(x.value)
            ys.append(y.value)
    return (min(xs), min(ys), max(xs), max(ys)) if xs else None


def _shown(box: Box, style: _Style) -> bool:
    if style.invisible:
        return False
    if style.clip is None:
        return True
    area = box.width * box.height
    return area <= 0 or box.overlap(style.clip) >= SHOWN_SHARE * area


def _words(text_page: _TextPage, rules: Sequence[Rule]) -> Iterator[Word]:
    """The words of a page; a run of characters that a vertical rule cuts is two words in two cells."""
    text = "".join(map(chr, text_page.units()))
    fences = sorted((rule for rule in rules if rule.vertical), key=lambda rule: rule.position)
    positions = [rule.position for rule in fences]
    for match in TOKEN.finditer(text):
        start, end = match.span()
        box = text_page.span_box(start, end)
        crossing = fences[bisect_left(positions, box.x0 + CROSSING) : bisect_left(positions, box.x1 - CROSSING)]
        middle = (box.y0 + box.y1) / 2
        cuts = [rule.position for rule in crossing if rule.start <= middle <= rule.end]
        pieces = _cut(text_page, start, end, cuts) if cuts else [(start, end)]
        for piece_start, piece_end in pieces:
            yield _word(text_page, text, piece_start, piece_end)


def _cut(text_page: _TextPage, start: int, end: int, cuts: Sequence[float]) -> list[tuple[int, int]]:
    """start..end cut where a rule stands in a gap between characters: two cells whose texts touch.

    Text that merely overflows its cell has no gap there and stays whole.
    """
    pieces, first = [], start
    before = text_page.char_box(start)
    for index in range(start + 1, end):
        box = text_page.char_box(index)
        crossed = bisect_left(cuts, box.center[0]) > bisect_left(cuts, before.center[0])
        if crossed and box.x0 - before.x1 >= GAP_BETWEEN_CELLS:
            pieces.append((first, index))
            first = index
        before = box
    return [*pieces, (first, end)]


def _word(text_page: _TextPage, text: str, start: int, end: int) -> Word:
    token = text[start:end]
    hyphenated = token.endswith(HYPHEN_AT_LINE_END)
    box = text_page.span_box(start, end)
    style = text_page.style(start)
    clean = _decode(token[:-1] + "-" if hyphenated else token)
    return Word(clean, box, style.bold, _shown(box, style), 1.0, hyphenated)


def _decode(token: str) -> str:
    """Join surrogate pairs, which pdfium hands out as two characters."""
    if any("\ud800" <= char <= "\udfff" for char in token):
        return token.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return token


def read_page(document: pdfium.PdfDocument, index: int) -> Page:
    """Page `index` (from 0), upright as its rotate flag says, with words, rules, fills and pictures.

    Raises pypdfium2.PdfiumError where the page cannot be loaded.
    """
    page = document[index]
    try:
        upright = Upright.of(page)
        text_page = page.get_textpage()
        drawing = read_drawing(page.raw, upright)
        try:
            words = list(_words(_TextPage(text_page.raw, upright), drawing.rules))
        finally:
            text_page.close()
    finally:
        page.close()
    return Page(
        number=index + 1,
        width=upright.width,
        height=upright.height,
        words=words,
        rules=drawing.rules,
        fills=drawing.fills,
        images=drawing.images,
    )
