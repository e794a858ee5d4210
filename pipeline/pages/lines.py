"""Words that stand at one height, as lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.pages.model import Box, Word
from pipeline.values import tidy

SAME_LINE = 0.45


@dataclass(slots=True, eq=False)
class Line:
    """Words at one height, from left to right, which do not change any more. Two lines are never equal."""

    words: list[Word]
    box: Box
    page: int
    _text: str | None = field(default=None, init=False, repr=False)

    @property
    def text(self) -> str:
        if self._text is None:  # asked for again and again, above all where tables are joined
            self._text = tidy(" ".join(word.text for word in self.words))
        return self._text

    @property
    def bold(self) -> bool:
        """Whether more than half of its characters are bold."""
        bold = sum(len(word.text) for word in self.words if word.bold)
        return bold * 2 > sum(len(word.text) for word in self.words)

    @property
    def hyphenated(self) -> bool:
        """Whether the text layer says that the line ends in a line-break hyphen."""
        return self.words[-1].hyphenated

    @property
    def middle(self) -> float:
        return (self.box.y0 + self.box.y1) / 2


def make_line(words: Sequence[Word], page: int) -> Line:
    """A line of at least one word; the words are put in order of their left edges."""
    ordered = sorted(words, key=lambda word: word.box.x0)
    box = ordered[0].box
    for word in ordered[1:]:
        box = box.union(word.box)
    return Line(ordered, box, page)


def group_lines(words: Iterable[Word], page: int) -> list[Line]:
    """Lines from top to bottom: a word joins the line whose middle is within 0.45 of the lower of both heights."""
    lines: list[list[Word]] = []
    middles: list[float] = []
    for word in sorted(words, key=lambda word: (word.box.y0 + word.box.y1, word.box.x0)):
        middle = (word.box.y0 + word.box.y1) / 2
        if lines:
            reference = lines[-1][0].box.height
            height = min(reference, word.box.height) or max(reference, word.box.height)
            if abs(middle - middles[-1]) <= SAME_LINE * height:
                lines[-1].append(word)
                continue
        lines.append([word])
        middles.append(middle)
    return [make_line(group, page) for group in lines]
