"""Pages out of a PDF's own text layer and drawing, read through pdfium's C interface.

Python objects per character or path would cost more than the reading itself, so the calls are made directly.
"""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

import pypdfium2 as pdfium

from pipeline.pages import native
from pipeline.pages import native as raw
from pipeline.pages.clips import Frame
from pipeline.pages.drawing import Drawing, read_drawing
from pipeline.pages.geometry import Upright
from pipeline.pages.language import UNREADABLE
from pipeline.pages.limits import MOST_CHARACTERS, TooComplexError
from pipeline.pages.model import Box, Page, Rule, Word
from pipeline.pages.overprint import drop_overprinted

HYPHEN_AT_LINE_END = "\ufffe"
SURROGATE = re.compile("[\ud800-\udfff]")
JOINED = "\u2060"  # stands in for a blank that is none
INNER_BLANK = re.compile(r"(?<=\S) (?=\S)")
PIECE = re.compile(r"(?<!\S)[^\W\d_]{1,2}(?!\S)")
TOKEN = re.compile(r"[^\s\x00\ufffe]+\ufffe?|\ufffe")
BOLD_WEIGHT = 600
A4 = (595.0, 842.0)
BOLD_NAMES = ("bold", "black", "demi", "heavy")
INVISIBLE_MODES = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
SHOWN_SHARE = 0.3
SAME_PLACE = 0.5
CROSSING = 1.0
NEARLY_LEVEL = 0.1
SHARED_HEIGHT = 0.3
GAP_BETWEEN_CELLS = 0.8
LETTER_SPACED = 0.1  # of a page's words have one or two letters; of Indonesian text a twentieth have
FEWEST_BLANKS = 5  # from so many on, the blanks of a page tell how wide one is
NO_BLANK = 0.6  # of the width of the page's blanks: letters set apart, not words

_BOXES = native.Numbers("f", 8)  # left, top, right, bottom of two characters


@dataclass(slots=True)
class _Style:
    """What the words of one text object share."""

    bold: bool
    invisible: bool
    clip: Box | None
    cover: Box | None = None


@dataclass(slots=True)
class _TextPage:
    """The text of one page, with the styles of its text objects and the weights of its fonts as they are asked for."""

    handle: int
    upright: Upright
    drawing: Drawing
    styles: dict[int, _Style] = field(default_factory=dict)
    bold_fonts: dict[int, bool] = field(default_factory=dict)
    _left_out: list[tuple[Box, _Style]] | None = None

    def text(self) -> str:
        """The page's characters: string index i is pdfium's character i, surrogate pairs being two characters.

        A character that the font gives no letter for is U+FFFD: pdfium leaves it out of its text, which would put every
        later character into the box of the one before it.
        """
        count = raw.FPDFText_CountChars(self.handle)
        buffer = (ctypes.c_ushort * (count + 1))()
        written = raw.FPDFText_GetText(self.handle, 0, count, buffer)
        if count and written != count + 1:
            codes = (raw.FPDFText_GetUnicode(self.handle, index) for index in range(count))
            return "".join(chr(code) if code else UNREADABLE for code in codes)
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass")
        return text if len(text) == count else "".join(map(chr, buffer[:count]))

    def char_box(self, index: int) -> Box:
        raw.FPDFText_GetLooseCharBox(self.handle, index, _BOXES.at[0])
        left, top, right, bottom = _BOXES.values[:4]
        return self.upright.box(left, bottom, right, top)

    def span_box(self, start: int, end: int) -> Box:
        """The box of the characters start..end, from the first and the last of them."""
        return self.char_box(start).union(self.char_box(end - 1))

    def level_box(self, start: int, end: int) -> Box | None:
        """Their box; None where the first and the last of the characters start..end do not stand at one height."""
        if not self.upright.turned:
            return self._level_box(start, end)
        first, last = self.char_box(start), self.char_box(end - 1)
        level = end - start == 1 or (_share_height(first, last) and last.x0 >= first.x0)
        return first.union(last) if level else None

    def _level_box(self, start: int, end: int) -> Box | None:
        """The same on pages without a rotate flag, which is nearly all, before any box is made."""
        raw.FPDFText_GetLooseCharBox(self.handle, start, _BOXES.at[0])
        if end - start == 1:
            left, top, right, bottom = _BOXES.values[:4]
            return self.upright.box(left, bottom, right, top)
        raw.FPDFText_GetLooseCharBox(self.handle, end - 1, _BOXES.at[4])
        left, top, right, bottom, last_left, last_top, last_right, last_bottom = _BOXES.values
        low, high = (bottom, last_bottom) if bottom < last_bottom else (last_bottom, bottom)
        under, upper = (top, last_top) if top < last_top else (last_top, top)
        lower_height = min(top - bottom, last_top - last_bottom)
        if under - high <= SHARED_HEIGHT * lower_height or last_left < left:
            return None
        return self.upright.box(left, low, right if right > last_right else last_right, upper)

    def leaves_line(self, index: int) -> bool:
        """Whether a character of upright text stands on another line than the one before it."""
        before, box = self.char_box(index - 1), self.char_box(index)
        if _share_height(before, box) and box.x1 > before.x0:
            return False
        return abs(self.upright.matrix.slope(raw.FPDFText_GetCharAngle(self.handle, index))) < NEARLY_LEVEL

    def same_object(self, index: int, other: int) -> bool:
        """Whether two characters were drawn by one text object."""
        one = raw.FPDFText_GetTextObject(self.handle, index)
        return bool(one == raw.FPDFText_GetTextObject(self.handle, other))

    def style(self, index: int) -> _Style:
        text_object = raw.FPDFText_GetTextObject(self.handle, index)
        key = text_object or 0
        style = self.styles.get(key)
        if style is None:
            style = self.styles[key] = self._read_style(index, text_object)
        return style

    def _read_style(self, index: int, text_object: int | None) -> _Style:
        if not text_object:
            return _Style(self._read_bold(index), False, None)
        font = raw.FPDFTextObj_GetFont(text_object) or 0
        if font not in self.bold_fonts:
            self.bold_fonts[font] = self._read_bold(index)
        return self._style_of(text_object, self.bold_fonts[font])

    def _style_of(self, text_object: int, bold: bool) -> _Style:
        _, frame = self.drawing.texts.get(text_object, (None, Frame(self.upright.matrix)))
        invisible = raw.FPDFTextObj_GetTextRenderMode(text_object) in INVISIBLE_MODES
        return _Style(bold, invisible, frame.clip_of(text_object), self.drawing.buried.get(text_object))

    def shows(self, box: Box, style: _Style) -> bool:
        """Whether what stands in a box is seen, in this print of it or in one that repeats it."""
        return _shown(box, style) or any(
            box.overlap(bounds) >= SAME_PLACE * box.width * box.height and _shown(box, again)
            for bounds, again in self._repeated()
        )

    def _repeated(self) -> list[tuple[Box, _Style]]:
        """The texts that pdfium leaves out because an earlier one says the same in the same place."""
        if self._left_out is None:
            count = raw.FPDFText_CountChars(self.handle)
            said = {raw.FPDFText_GetTextObject(self.handle, index) for index in range(count)}
            self._left_out = [
                (frame.bounds_of(item), self._style_of(item, False))
                for item, frame in self.drawing.texts.values()
                if item not in said
            ]
        return self._left_out

    def _read_bold(self, index: int) -> bool:
        if raw.FPDFText_GetFontWeight(self.handle, index) >= BOLD_WEIGHT:
            return True
        buffer = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        raw.FPDFText_GetFontInfo(self.handle, index, buffer, 128, ctypes.byref(flags))
        name = buffer.value.decode("utf-8", "replace").casefold()
        return any(part in name for part in BOLD_NAMES)


def _share_height(a: Box, b: Box) -> bool:
    return min(a.y1, b.y1) - max(a.y0, b.y0) > SHARED_HEIGHT * min(a.height, b.height)


def _shown(box: Box, style: _Style) -> bool:
    if style.invisible or (style.cover is not None and _holds(style.cover, box)):
        return False
    if style.clip is None:
        return True
    area = box.width * box.height
    return area <= 0 or box.overlap(style.clip) >= SHOWN_SHARE * area


def _holds(cover: Box, box: Box) -> bool:
    x, y = box.center
    return cover.x0 <= x <= cover.x1 and cover.y0 <= y <= cover.y1


def _words(text_page: _TextPage, rules: Sequence[Rule]) -> Iterator[Word]:
    """The words of a page; a run of characters that a vertical rule cuts is two words in two cells."""
    text = _without_false_blanks(text_page, text_page.text())
    fences = sorted((rule for rule in rules if rule.vertical), key=lambda rule: rule.position)
    positions = [rule.position for rule in fences]
    for start, end, box in _runs(text_page, text):
        first, last = bisect_left(positions, box.x0 + CROSSING), bisect_left(positions, box.x1 - CROSSING)
        middle = (box.y0 + box.y1) / 2
        cuts = [rule.position for rule in fences[first:last] if rule.start <= middle <= rule.end]
        if not cuts:
            yield _word(text_page, text[start:end], start, box)
            continue
        for piece_start, piece_end in _cut(text_page, start, end, cuts):
            piece = text_page.span_box(piece_start, piece_end)
            yield _word(text_page, text[piece_start:piece_end], piece_start, piece)


def _without_false_blanks(text_page: _TextPage, text: str) -> str:
    """The text of a page with `JOINED` for the blanks that pdfium sees between letters that are merely set apart.

    Only where the page has blanks of its own: those that pdfium adds inside a text are none where they are narrower.
    """
    if len(PIECE.findall(text)) < LETTER_SPACED * (text.count(" ") + 1):
        return text
    own: list[float] = []
    added: list[tuple[int, float]] = []
    for index in (match.start() for match in INNER_BLANK.finditer(text)):
        before, after = text_page.char_box(index - 1), text_page.char_box(index + 1)
        gap = (after.x0 - before.x1) / (before.height or 1.0)
        if raw.FPDFText_IsGenerated(text_page.handle, index) != 1:
            own.append(gap)
        elif text_page.same_object(index - 1, index + 1):
            added.append((index, gap))
    if len(own) < FEWEST_BLANKS:
        return text
    letters, narrow = list(text), NO_BLANK * median(own)
    for index, gap in added:
        letters[index] = JOINED if gap < narrow else " "
    return "".join(letters)


def _runs(text_page: _TextPage, text: str) -> Iterator[tuple[int, int, Box]]:
    """The runs of characters between blanks with their boxes, cut where pdfium puts no blank between two lines."""
    for match in TOKEN.finditer(text):
        start, end = match.span()
        box = text_page.level_box(start, end)
        if box is not None:
            yield start, end, box
            continue
        first = start
        for index in range(start + 1, end):
            if text_page.leaves_line(index):
                yield first, index, text_page.span_box(first, index)
                first = index
        yield first, end, text_page.span_box(first, end)


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


def _word(text_page: _TextPage, token: str, start: int, box: Box) -> Word:
    """The word of the characters `token`, of which `start` is the first."""
    hyphenated = token[-1] == HYPHEN_AT_LINE_END
    style = text_page.style(start)
    clean = _decode(token[:-1] + "-" if hyphenated else token).replace(JOINED, "")
    return Word(clean, box, style.bold, text_page.shows(box, style), 1.0, hyphenated)


def _decode(token: str) -> str:
    """Join surrogate pairs, which pdfium hands out as two characters."""
    if SURROGATE.search(token):
        return token.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return token


def read_or_blank(document: pdfium.PdfDocument, index: int) -> Page:
    """Page `index` (from 0); blank and marked as damaged where it cannot be loaded, so that the others are read."""
    try:
        return read_page(document, index)
    except pdfium.PdfiumError:
        return Page(index + 1, *A4, damaged=True)


def read_page(document: pdfium.PdfDocument, index: int) -> Page:
    """Page `index` (from 0), upright as its rotate flag says, with words, rules, fills and pictures.

    Raises pypdfium2.PdfiumError where the page cannot be loaded, TooComplexError where it holds too much.
    """
    page = document[index]
    try:
        upright = Upright.of(page)
        text_page = page.get_textpage()
        if text_page.count_chars() > MOST_CHARACTERS:
            raise TooComplexError(index + 1)
        drawing = read_drawing(native.address(page.raw), upright)
        try:
            words = drop_overprinted(_words(_TextPage(native.address(text_page.raw), upright, drawing), drawing.rules))
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
        outlines=drawing.outlines,
    )
