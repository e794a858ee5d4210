"""What the finders of unruled tables share: segments of a line, free strips between columns, values and ordinals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.pages.lines import Line, make_line
from pipeline.pages.model import Word
from pipeline.tables.lattice import join_spans

AMOUNT = re.compile(r"(?:Rp\.?)?\(?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?\)?(?:[.,]?[-–—]+)?", re.IGNORECASE)
MISREAD = re.compile(r"(?:Rp\.?)?\w{1,3}(?:[.,]\d{3}){2,}(?:[.,]\d{1,2})?(?:[.,]?[-–—]+)?", re.IGNORECASE)
NUMBER = re.compile(r"\(?\d[\d.,]*\)?(?:[.,]?[-–—]+)?|[-–—]")
CURRENCY = re.compile(r"Rp\.?|IDR", re.IGNORECASE)
ORDINAL = re.compile(r"\(?(?:\d{1,2}|[IVX]{1,5}|[A-Za-z])[.)]?|\d{1,2}(?:\.\d{1,2})+\.?")
SHORT = re.compile(r"[\d.,%()/-]+|[A-Z]{1,3}[.)]?|[a-z][.)]")
TARGET = re.compile(r"[<>≥≤]?\d[\d.,]*\d?%?|\d[\d.,]*%?\s?[-–]\s?\d[\d.,]*%?")
GRADE = re.compile(r"[A-Z]{1,3}[+-]?|[-–]|WTP")
UNIT_WORDS = 3
LEADER = re.compile(r"[.…_]{3,}")
GUTTER = 7.0  # points: a wider gap between two words of a line may part two columns
ALIGNED = 3.5  # points: edges closer than that stand below one another


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of a line with no wide gap between them."""

    words: tuple[Word, ...]

    @property
    def x0(self) -> float:
        return self.words[0].box.x0

    @property
    def x1(self) -> float:
        return self.words[-1].box.x1

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def segments(line: Line, gutter: float = GUTTER) -> list[Segment]:
    """A line cut at every gap of `gutter` points and more, and before a currency sign far from its amount.

    A currency sign and the number after it are never parted.
    """
    groups: list[list[Word]] = [[line.words[0]]]
    for index, word in enumerate(line.words[1:], start=1):
        last = groups[-1][-1]
        priced = CURRENCY.fullmatch(last.text) is not None and NUMBER.fullmatch(word.text) is not None
        if priced or (word.box.x0 - last.box.x1 < gutter and not _apart(line.words[index : index + 2])):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [Segment(tuple(group)) for group in groups]


def _apart(words: Sequence[Word]) -> bool:
    """Whether two words are a currency sign and, some way off in the same column, its amount."""
    if len(words) < 2 or not CURRENCY.fullmatch(words[0].text) or not NUMBER.fullmatch(words[1].text):
        return False
    return words[1].box.x0 - words[0].box.x1 >= GUTTER


def is_amount(word: Word) -> bool:
    """Whether a word is a figure with grouped thousands, `Rp` before it or not; its first digit may be misread."""
    text = word.text
    return text[-1:] in "0123456789-–—)" and any(amount.fullmatch(text) for amount in (AMOUNT, MISREAD))


def is_number(word: Word) -> bool:
    """Whether a word is a bare number, with or without `%`, and no ordinal."""
    return word.text[-1:] in "0123456789%" and TARGET.fullmatch(word.text) is not None


def is_money(segment: Segment) -> bool:
    """Whether a segment is one amount with grouped thousands, `Rp` before it or not."""
    words = _without_currency(segment)
    return len(words) == 1 and is_amount(words[0])


def is_figure(segment: Segment) -> bool:
    """Whether a segment is what may stand in a column of amounts: a number, a dash, or a lone `Rp`."""
    words = _without_currency(segment)
    return not words or (len(words) == 1 and (is_amount(words[0]) or NUMBER.fullmatch(words[0].text) is not None))


def is_target(segment: Segment) -> bool:
    """Whether a segment is a number with at most three words of unit after it, and no ordinal."""
    first, *unit = (word.text for word in segment.words)
    number = TARGET.fullmatch(first) is not None and not first.endswith(".")
    return number and len(unit) <= UNIT_WORDS and all(text == "%" or text[0].isalpha() for text in unit)


def may_be_target(segment: Segment) -> bool:
    """Whether a segment may stand in a column of targets: a number with its unit, a grade, a dash."""
    return is_target(segment) or GRADE.fullmatch(segment.text) is not None


def is_signed(segment: Segment) -> bool:
    """Whether a segment begins with a currency sign of its own."""
    return CURRENCY.fullmatch(segment.words[0].text) is not None


def _without_currency(segment: Segment) -> list[Word]:
    return [word for word in segment.words if not CURRENCY.fullmatch(word.text)]


def is_number_row(line: Line) -> bool:
    """Whether a line numbers the columns: `1 2 3`, `(1) (2) (3)`, counting up."""
    numbers = [re.fullmatch(r"\(?(\d{1,2})\)?", word.text) for word in line.words]
    values = [int(match[1]) for match in numbers if match]
    return len(values) == len(numbers) >= 2 and values == list(range(values[0], values[0] + len(values)))


def free_strips(lines: Iterable[Line], width: float = GUTTER) -> list[tuple[float, float]]:
    """The vertical strips between the leftmost and the rightmost word that no segment of any line crosses.

    Gaps inside a segment count as covered where they are `Rp` and its amount; dot leaders count as free.
    """
    spans: list[tuple[float, float]] = []
    for line in lines:
        for segment in segments(line, gutter=0.0):
            words = [word for word in segment.words if not LEADER.fullmatch(word.text)]
            if words:
                spans.append((words[0].box.x0, words[-1].box.x1))
    covered = join_spans(spans, width - 0.01)
    return [(left[1], right[0]) for left, right in pairwise(covered)]


def aligned(values: Sequence[float], share: float = 0.6) -> bool:
    """Whether at least `share` of the positions stand within 3.5 points of their median."""
    middle = median(values)
    return sum(abs(value - middle) <= ALIGNED for value in values) >= share * len(values)


def stands_aligned(spans: Sequence[tuple[float, float]]) -> bool:
    """Whether spans (left, right) below one another share their left edges, their right edges or their middles."""
    lefts, rights = [a for a, _ in spans], [b for _, b in spans]
    return aligned(lefts) or aligned(rights) or aligned([(a + b) / 2 for a, b in spans])


def within(line: Line, left: float, right: float) -> list[Word]:
    """The words of a line whose middle lies in left..right."""
    return [word for word in line.words if left <= word.box.center[0] < right]


def part(line: Line, left: float, right: float) -> Line | None:
    """The part of a line whose words' middles lie in left..right; None where there is none."""
    words = within(line, left, right)
    return make_line(words, line.page) if words else None


def pitch_of(lines: Sequence[Line]) -> float:
    """The usual distance between two lines, in points; at least their height."""
    gaps = sorted(b.middle - a.middle for a, b in pairwise(lines))
    height = median([line.box.height for line in lines])
    return max(height, gaps[len(gaps) // 4]) if gaps else 1.2 * height
