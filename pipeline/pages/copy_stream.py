"""The words of a run of pages as one stream of tokens, and where two such streams say the same."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Indel

from pipeline.pages.lines import Line, group_lines
from pipeline.pages.model import Page, Word

TOKEN = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+")
COLUMN_NUMBER = re.compile(r"\(?(\d{1,2})\)?(?:=.*)?")
FEWEST_NUMBERS = 4
ANCHOR = 3
LARGEST_GAP = 2_000_000_000  # cells of the table that aligning a gap takes, eight to the byte


@dataclass(slots=True, eq=False)
class Token:
    """A figure as printed, or a run of letters in lower case. `page` counts the pages of its run from 0.

    `again` says that its line begins the page and stands on the page before too, as the header of a table that goes on
    does, `column` that it numbers a column, `counts` that it counts the pages in a line that is the same otherwise on
    the next page or on the one before.
    """

    text: str
    word: Word
    page: int
    again: bool = False
    column: bool = False
    counts: bool = False

    @property
    def key(self) -> str:
        """What must be the same for two tokens to be so: the number of a column is never another figure."""
        return f"#{self.text}" if self.column else self.text

    @property
    def is_figure(self) -> bool:
        return self.text[0].isdigit()

    @property
    def is_numbering(self) -> bool:
        """Whether it numbers a column or a page."""
        return self.column or self.counts


def stream(pages: Sequence[Page]) -> list[Token]:
    """The tokens of the visible words, running headers and footers aside."""
    found: list[Token] = []
    before: list[str] = []
    lines_of = [group_lines(shown(page), page.number) for page in pages]
    counting = {id(word) for a, b in pairwise(lines_of) for word in _counting(a, b)}
    for number, (page, lines) in enumerate(zip(pages, lines_of, strict=True)):
        columns = {id(word) for line in lines for word in column_numbers(line)}
        texts = [line.text for line in lines]
        again = {id(word) for line in lines[: _repeated(texts, before)] for word in line.words}
        before = texts
        for word in shown(page):
            marks = id(word) in again, id(word) in columns, id(word) in counting
            found += [Token(text, word, number, *marks) for text in TOKEN.findall(word.text.casefold())]
    return found


def shown(page: Page) -> list[Word]:
    """The visible words of a page, without those of running headers and footers."""
    furniture = {id(word) for word in page.furniture}
    return [word for word in page.words if word.visible and id(word) not in furniture]


def column_numbers(line: Line) -> list[Word]:
    """The words of a line that number the columns of a table, which is printed on as many pages as the table takes.

    One number in the row may be another.
    """
    numbers = [COLUMN_NUMBER.fullmatch(word.text) for word in line.words]
    if len(numbers) < FEWEST_NUMBERS or not all(numbers):
        return []
    right = [
        word
        for place, (word, match) in enumerate(zip(line.words, numbers, strict=True), start=1)
        if match and int(match[1]) == place
    ]
    return right if len(right) >= len(numbers) - 1 else []


def _repeated(texts: Sequence[str], before: Sequence[str]) -> int:
    """How many lines at the top of a page stand in one piece on the page before."""
    most = 0
    for start in [place for place, text in enumerate(before) if texts and text == texts[0]]:
        length = 0
        while length < min(len(texts), len(before) - start) and texts[length] == before[start + length]:
            length += 1
        most = max(most, length)
    return most


def _counting(lines: Sequence[Line], behind: Sequence[Line]) -> Iterator[Word]:
    """The words of two pages at whose ends stands the same line, but for one figure that counts the pages."""
    for end in (0, -1) if lines and behind else ():
        here, there = lines[end].words, behind[end].words
        other = [both for both in zip(here, there, strict=False) if both[0].text != both[1].text]
        if len(here) == len(there) and len(other) == 1 and all(word.text.isdecimal() for word in other[0]):
            first, second = other[0]
            if int(second.text) - int(first.text) == behind[end].page - lines[end].page:
                yield from other[0]


def align(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Places at which two streams hold the same token, ascending in both.

    Runs of three tokens that each stream has once are matched first, what lies between them by the fewest changes.
    """
    found: list[tuple[int, int]] = []
    ends = [(-1, -1), *_anchors(a, b), (len(a), len(b))]
    for (i, j), (next_i, next_j) in pairwise(ends):
        if i >= 0:
            found.append((i, j))
        found += _fill(a, b, (i + 1, next_i), (j + 1, next_j))
    return found


def _fill(
    a: Sequence[str], b: Sequence[str], of_a: tuple[int, int], of_b: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    left, right = a[slice(*of_a)], b[slice(*of_b)]
    if not left or not right or len(left) * len(right) > LARGEST_GAP:
        return
    for op in Indel.opcodes(left, right):
        if op.tag == "equal":
            for step in range(op.src_end - op.src_start):
                yield of_a[0] + op.src_start + step, of_b[0] + op.dest_start + step


def _anchors(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Places of three-token runs that are unique in both streams, as many as stand in the same order."""
    in_a, in_b = _unique(a), _unique(b)
    return _ascending([(place, in_b[run]) for run, place in in_a.items() if run in in_b])


def _unique(tokens: Sequence[str]) -> dict[tuple[str, ...], int]:
    runs = list(zip(*(tokens[shift:] for shift in range(ANCHOR)), strict=False))
    count = Counter(runs)
    return {run: place for place, run in enumerate(runs) if count[run] == 1}


def _ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of pairs, which ascend in their first places, that ascend in their second ones too."""
    tails: list[int] = []
    last: list[int] = []
    previous: list[int] = []
    for place, (_, second) in enumerate(pairs):
        at = bisect_left(tails, second)
        previous.append(last[at - 1] if at else -1)
        tails[at:], last[at:] = [second, *tails[at + 1 :]], [place, *last[at + 1 :]]
    chosen = []
    at = last[-1] if last else -1
    while at >= 0:
        chosen.append(pairs[at])
        at = previous[at]
    return chosen[::-1]
