"""Paragraphs, list items and display lines out of the words of a page that no table took."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pipeline.layouts.prose.columns import reading_order, text_height
from pipeline.layouts.prose.vocabulary import vocabulary
from pipeline.pages.lines import Line, group_lines
from pipeline.pages.model import Box, Word
from pipeline.values import join_lines

BlockKind = Literal["judul", "paragraf", "butir", "daftar_isi"]

LOOSER = 1.17  # times the usual pitch: a wider one ends a paragraph
MUCH_LOOSER = 1.45  # the same after a line that ends in the middle of a sentence
OTHER_HEIGHT = 0.15
INDENT = 1.2  # times the height
CENTRED = 0.04  # of the page's width
SOLIDLY_BOLD = 0.9
DISPLAY_WORDS = 40
TEXT_WIDTH = 0.75  # of the page's width: where text ends at least
NARROW = 0.6  # of the page's width
SENTENCE_END = re.compile(r"[.;:!?][”\"’)]*$")


@dataclass(slots=True, eq=False)
class TextBlock:
    """A piece of prose on one page: its box in points, its lines in order, and its key as evidence.

    `page_width` is the width of its page in points. Two blocks are never equal.
    """

    page: int
    box: Box
    lines: list[Line]
    page_width: float
    kind: BlockKind = "paragraf"
    sel_id: str = ""

    @property
    def text(self) -> str:
        """The wording with line breaks joined and line-break hyphens resolved."""
        return join_lines([line.text for line in self.lines], [line.hyphenated for line in self.lines])

    @property
    def bold_share(self) -> float:
        """The share of its characters that are bold, 0 to 1."""
        words = [word for line in self.lines for word in line.words]
        total = sum(len(word.text) for word in words)
        return sum(len(word.text) for word in words if word.bold) / total if total else 0.0

    @property
    def bold(self) -> bool:
        return self.bold_share >= SOLIDLY_BOLD

    @property
    def upper(self) -> bool:
        """Whether at least four in five of its letters are capitals."""
        letters = [char for line in self.lines for char in line.text if char.isalpha()]
        return bool(letters) and sum(char.isupper() for char in letters) >= 0.8 * len(letters)

    @property
    def centred(self) -> bool:
        return all(is_centred(line, self.page_width) for line in self.lines)

    @property
    def height(self) -> float:
        """The height of its tallest line's words, in points."""
        return max(text_height(line) for line in self.lines)


def is_centred(line: Line, page_width: float) -> bool:
    """Whether a line stands in the middle of the page and leaves room on both sides."""
    off = abs(line.box.center[0] - page_width / 2)
    return off <= CENTRED * page_width and line.box.width < 0.8 * page_width


def prose_blocks(page_number: int, words: Iterable[Word], page_width: float) -> list[TextBlock]:
    """The blocks of one page in reading order; every word given is in exactly one of them.

    Columns side by side are read one after the other. `page_width` is in points.
    """
    lines = group_lines(words, page_number)
    pitch = _usual_pitch(lines)
    blocks: list[TextBlock] = []
    runs = reading_order(lines)
    for run in runs:
        # Where nothing stands beside the text, short lines alone do not make the page narrow.
        right = _right_edge(run) if len(runs) > 1 else max(_right_edge(run), TEXT_WIDTH * page_width)
        group: list[Line] = []
        for line in run:
            if group and _starts_block(group, line, pitch, right, page_width):
                blocks.append(_make_block(group, page_width))
                group = []
            group.append(line)
        blocks.append(_make_block(group, page_width))
    return blocks


def number_blocks(blocks: Sequence[TextBlock], dokumen_id: str) -> None:
    """Give every block its key: the document's, the page, and a number that counts from 1 on each page."""
    counts: Counter[int] = Counter()
    for block in blocks:
        counts[block.page] += 1
        block.sel_id = f"{dokumen_id}-h{block.page:03d}-p{counts[block.page]:03d}"


def _make_block(lines: list[Line], page_width: float) -> TextBlock:
    box = lines[0].box
    for line in lines[1:]:
        box = box.union(line.box)
    block = TextBlock(lines[0].page, box, lines, page_width)
    block.kind = _kind(block)
    return block


def _kind(block: TextBlock) -> BlockKind:
    words = vocabulary()
    text = block.text
    if words.contents_line.search(text):
        return "daftar_isi"
    if _is_display(block, text):
        return "judul"
    return "butir" if words.marker.match(text) else "paragraf"


def _is_display(block: TextBlock, text: str) -> bool:
    if len(text.split()) > DISPLAY_WORDS or not any(char.isalpha() for char in text):
        return False
    if block.bold:
        return True
    if not block.centred or vocabulary().marker.match(text):
        return False
    narrow = max(line.box.width for line in block.lines) < NARROW * block.page_width
    return block.upper or (narrow and not SENTENCE_END.search(text))


def _usual_pitch(lines: Sequence[Line]) -> dict[int, float]:
    """The most common distance of successive lines, by text height rounded to points."""
    distances: dict[int, Counter[float]] = {}
    for one, other in pairwise(lines):
        distance = other.box.y0 - one.box.y0
        height = text_height(other)
        if 0.8 * height < distance < 2.5 * height:
            distances.setdefault(round(height), Counter())[round(distance * 2) / 2] += 1
    return {height: min(counts, key=lambda d: (-counts[d], d)) for height, counts in distances.items()}


def _right_edge(lines: Sequence[Line]) -> float:
    """Where the lines of a column usually end."""
    ends = sorted(line.box.x1 for line in lines)
    return ends[int(len(ends) * 0.85)] if len(ends) > 4 else ends[-1]


def _starts_block(group: Sequence[Line], line: Line, pitch: dict[int, float], right: float, page_width: float) -> bool:
    """Whether a line begins a new paragraph after the lines in `group`."""
    last = group[-1]
    if vocabulary().contents_line.search(last.text) or _opens(line):
        return True
    if _other_style(last, line):
        return True
    if _looser(last, line, pitch, LOOSER if SENTENCE_END.search(last.text) else MUCH_LOOSER):
        return True
    if _looser(last, line, pitch, LOOSER) and not (_reaches(last, line, right) and line.text[0].isalnum()):
        return True
    if _are_titles(last, line, page_width):
        return False
    return _indented(group, line) or not _reaches(last, line, right)


def _are_titles(last: Line, line: Line, page_width: float) -> bool:
    """Whether two lines are centred display lines, which end where the writer pleases."""
    if not (is_centred(last, page_width) and is_centred(line, page_width)):
        return False
    return (last.bold and line.bold) or (last.text.isupper() and line.text.isupper())


def _opens(line: Line) -> bool:
    words = vocabulary()
    text = line.text
    if words.marker.match(text) or (words.field_line.match(text) and line.words[0].text[0].isupper()):
        return True
    return _numbered(line)


def _numbered(line: Line) -> bool:
    """Whether a line begins with the number of a chapter or section."""
    return any(heading.opens_line and heading.pattern.match(line.text) for heading in vocabulary().headings)


def _looser(last: Line, line: Line, pitch: dict[int, float], times: float) -> bool:
    """Whether a line stands further below the last one than so many times the usual pitch, or back above it."""
    distance = line.box.y0 - last.box.y0
    height = text_height(line)
    usual = pitch.get(round(height), 1.4 * height)
    return distance > max(times * usual, usual + 1.5) or distance < 0.3 * height


def _other_style(last: Line, line: Line) -> bool:
    one, other = text_height(last), text_height(line)
    if abs(one - other) > OTHER_HEIGHT * max(one, other):
        return True
    return abs(_bold_share(last) - _bold_share(line)) >= SOLIDLY_BOLD


def _bold_share(line: Line) -> float:
    total = sum(len(word.text) for word in line.words)
    return sum(len(word.text) for word in line.words if word.bold) / total if total else 0.0


def _reaches(last: Line, line: Line, right: float) -> bool:
    """Whether the first word of `line` had no room left on the line before: the break is none of the writer's."""
    room = right - last.box.x1
    return line.words[0].box.width + 0.25 * text_height(line) > room or last.hyphenated


def _indented(group: Sequence[Line], line: Line) -> bool:
    """Whether a line begins further right than the text above it, or left of the whole paragraph."""
    height = text_height(line)
    last = group[-1]
    if line.box.x0 - last.box.x0 > INDENT * height:
        return not (len(group) == 1 and (vocabulary().marker.match(last.text) or _numbered(last)))
    if len(group) == 1 and not vocabulary().marker.match(last.text):
        return False
    return line.box.x0 < min(other.box.x0 for other in group) - INDENT * height
