"""Running headers and footers, page numbers, watermarks: what stands at the same place on page after page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import median

from pipeline.pages.lines import Line, group_lines
from pipeline.pages.model import Box, Page, Word

FEWEST_PAGES = 3  # on fewer pages a text is repeated, but does not run
SHARE_OF_PAGES = 0.2  # a header of one chapter runs over its pages only
SAME_HEIGHT = 8.0  # points: a line of text lower or higher, and it is another line
STAMP_HEIGHT = 2.0  # times the height of the page's words: a watermark is larger than what it lies under
LEAST_COVERED = 2  # words in the box of a larger one: nobody writes over what is to be read
SAME_PLACE = 3.0  # points by which a stamp moves from page to page: it is drawn at one place
PAGE_NUMBER = re.compile(
    r"[-–|\s]*(?:hal(?:aman)?\.?|page)?\s*[-–|]?\s*(?:\d{1,4}|[ivxlc]{1,7})[-–|\s.]*", re.IGNORECASE
)


@dataclass(slots=True, eq=False)
class _Candidate:
    page: Page
    line: Line
    at_top: bool
    distance: float  # from the nearer edge of the page, in points


def mark_stamps(pages: Sequence[Page]) -> None:
    """Move the words of watermarks and logos to `page.furniture`.

    They are large, and stand at one place on page after page or under other words.
    """
    places: dict[tuple[str, int, int], list[tuple[Page, Word]]] = defaultdict(list)
    for page in pages:
        usual = median([word.box.height for word in page.words]) if page.words else 0.0
        large = [word for word in page.words if word.visible and word.box.height > STAMP_HEIGHT * usual]
        under = [word for word in large if _lies_under(word, page.words)]
        if under:
            _move(page, under)
        for word in large:
            if word not in under:
                x, y = word.box.center
                places[word.text, round(x / SAME_PLACE), round(y / SAME_PLACE)].append((page, word))
    for found in places.values():
        if _run([page for page, _ in found], pages):
            for page, word in found:
                _move(page, [word])


def _lies_under(large: Word, words: Sequence[Word]) -> bool:
    """Whether smaller words stand inside the word's box."""
    smaller = (w.box for w in words if w.visible and STAMP_HEIGHT * w.box.height < large.box.height)
    inside = (box for box in smaller if 2 * box.overlap(large.box) > box.width * box.height > 0)
    return len(list(islice(inside, LEAST_COVERED))) == LEAST_COVERED


def mark_furniture(pages: Sequence[Page], tables: Mapping[int, Sequence[Box]]) -> None:
    """Move the words of running headers, footers and page numbers to `page.furniture`.

    They are the outermost lines of their pages: what is inside of a line that does not run is the page's own.
    `tables` gives, by page number, the boxes whose words are never furniture.
    """
    sides = [side for page in pages for side in _sides(page, tables.get(page.number, ()))]
    groups: dict[tuple[bool, str], list[_Candidate]] = defaultdict(list)
    for candidate in (candidate for side in sides for candidate in side):
        groups[candidate.at_top, plain(candidate.line.text)].append(candidate)
    running: set[_Candidate] = set()
    for (_, text), group in groups.items():
        level = _same_height(group)
        if _run([candidate.page for candidate in level], pages) or _numbers_pages(text, group):
            running.update(level)
    for side in sides:
        for candidate in side:
            if candidate not in running:
                break
            _move(candidate.page, candidate.line.words)


def plain(text: str) -> str:
    """A line with its figures and its blanks taken out, as it repeats from page to page."""
    return re.sub(r"\d+", "#", re.sub(r"\s+", "", text)).casefold()


def _run(found: Sequence[Page], pages: Sequence[Page]) -> bool:
    """Whether what stands on these pages stands on page after page, and on enough of the pages of their size."""
    numbers, sizes = {page.number for page in found}, {_size(page) for page in found}
    successive = sum(number - 1 in numbers or number + 1 in numbers for number in numbers)
    needed = max(FEWEST_PAGES, SHARE_OF_PAGES * sum(_size(page) in sizes for page in pages))
    return len(numbers) >= needed and 2 * successive >= len(numbers)


def _size(page: Page) -> tuple[int, int]:
    return round(page.width), round(page.height)


def _sides(page: Page, tables: Sequence[Box]) -> Iterator[list[_Candidate]]:
    """The lines outside tables of the upper and of the lower half of a page, the outermost line first."""
    words = [w for w in page.words if w.visible and not any(b.y0 <= w.box.center[1] <= b.y1 for b in tables)]
    lines = group_lines(words, page.number)
    yield [_Candidate(page, line, True, line.middle) for line in lines if line.middle < page.height / 2]
    lower = [line for line in reversed(lines) if line.middle >= page.height / 2]
    yield [_Candidate(page, line, False, page.height - line.middle) for line in lower]


def _same_height(group: Sequence[_Candidate]) -> list[_Candidate]:
    """The candidates near the height at which most of them stand."""
    ordered = sorted(group, key=lambda candidate: candidate.distance)
    heights = [candidate.distance for candidate in ordered]
    runs = ((start, bisect_right(heights, height + 2 * SAME_HEIGHT)) for start, height in enumerate(heights))
    first, last = max(runs, key=lambda run: run[1] - run[0])
    return ordered[first:last]


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


def _move(page: Page, words: Sequence[Word]) -> None:
    moved = set(words)
    page.words = [word for word in page.words if word not in moved]
    page.furniture.extend(words)
