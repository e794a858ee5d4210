"""Running headers, running footers and page numbers: what stands at the same height on page after page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.pages.lines import Line, group_lines
from pipeline.pages.model import Box, Page

MARGIN_SHARE = 0.15
FEWEST_PAGES = 3
SHARE_OF_PAGES = 0.2
SAME_HEIGHT = 8.0
PAGE_NUMBER = re.compile(
    r"[-–|\s]*(?:hal(?:aman)?\.?|page)?\s*[-–|]?\s*(?:\d{1,4}|[ivxlc]{1,7})[-–|\s.]*", re.IGNORECASE
)


@dataclass(slots=True)
class _Candidate:
    page: Page
    line: Line
    at_top: bool
    distance: float  # from the nearer edge of the page, in points


def mark_furniture(pages: Sequence[Page], tables: Mapping[int, Sequence[Box]]) -> None:
    """Move the words of running headers, footers and page numbers to `page.furniture`.

    `tables` gives, by page number, the boxes whose words are never furniture.
    """
    groups: dict[tuple[bool, str], list[_Candidate]] = defaultdict(list)
    for page in pages:
        for candidate in _candidates(page, tables.get(page.number, ())):
            groups[candidate.at_top, plain(candidate.line.text)].append(candidate)
    needed = max(FEWEST_PAGES, SHARE_OF_PAGES * len(pages))
    for (_, text), group in groups.items():
        if len({candidate.page.number for candidate in _same_height(group)}) >= needed or _numbers_pages(text, group):
            for candidate in _same_height(group):
                _move(candidate)


def plain(text: str) -> str:
    """A line with its figures and its blanks taken out, as it repeats from page to page."""
    return re.sub(r"\d+", "#", re.sub(r"\s+", "", text)).casefold()


def _candidates(page: Page, tables: Sequence[Box]) -> list[_Candidate]:
    found = []
    margin = page.height * MARGIN_SHARE
    words = [
        word
        for word in page.words
        if word.visible
        and (word.box.y1 <= margin or word.box.y0 >= page.height - margin)
        and not any(box.y0 <= word.box.center[1] <= box.y1 for box in tables)
    ]
    for line in group_lines(words, page.number):
        at_top = line.middle < page.height / 2
        found.append(_Candidate(page, line, at_top, line.middle if at_top else page.height - line.middle))
    return found


def _same_height(group: Sequence[_Candidate]) -> list[_Candidate]:
    """The candidates near the height at which most of them stand."""
    best: list[_Candidate] = []
    for one in group:
        near = [other for other in group if abs(other.distance - one.distance) <= SAME_HEIGHT]
        if len(near) > len(best):
            best = near
    return best


def _numbers_pages(text: str, group: Sequence[_Candidate]) -> bool:
    """Whether lines of nothing but a page number count up as the pages do, on two pages at least."""
    if not PAGE_NUMBER.fullmatch(text.replace("#", "1")):
        return False
    values = {}
    for candidate in group:
        digits = re.findall(r"\d+", candidate.line.text)
        if digits:
            values[candidate.page.number] = int(digits[-1])
    offsets = {number - page for page, number in values.items()}
    return len(values) >= 2 and len(offsets) == 1


def _move(candidate: _Candidate) -> None:
    words = {id(word) for word in candidate.line.words}
    candidate.page.words = [word for word in candidate.page.words if id(word) not in words]
    candidate.page.furniture.extend(candidate.line.words)
