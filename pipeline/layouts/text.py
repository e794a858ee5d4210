"""The text of cells: lines joined, broken words made whole by the words that the document uses elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.pages.lines import Line
from pipeline.pages.model import Page
from pipeline.reference.units import known_unit
from pipeline.tables.model import Cell
from pipeline.values import join_lines

WORD = re.compile(r"[^\W\d_]{2,}")
NEAR_EDGE = 8.0


@dataclass(slots=True)
class TextReader:
    """Joins the lines of a cell. `words` are the words that stand unbroken somewhere in the document."""

    words: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, pages: Iterable[Page]) -> TextReader:
        """Collect the words of a document, leaving out those before a line end or after one: they may be halves."""
        found: set[str] = set()
        for page in pages:
            visible = [word for word in page.words if word.visible]
            for before, word, after in zip(visible, visible[1:], visible[2:], strict=False):
                if abs(before.box.y0 - word.box.y0) < 2 and abs(after.box.y0 - word.box.y0) < 2:
                    found.update(match.casefold() for match in WORD.findall(word.text))
        return cls(frozenset(found))

    def known(self, word: str) -> bool:
        """Whether a word, in lower case, stands unbroken somewhere, or is a unit."""
        return word in self.words or known_unit(word) is not None

    def join(self, lines: Sequence[Line], right_edge: float | None = None) -> str:
        """The lines as one text. `right_edge` of their cell, in points, tells which lines fill it."""
        return self.join_texts([line.text for line in lines], lines, right_edge)

    def join_texts(self, texts: Sequence[str], lines: Sequence[Line], right_edge: float | None = None) -> str:
        """The same for texts that are lines without their labels, one for each line."""
        if not lines:
            return ""
        full = [right_edge is not None and right_edge - line.box.x1 <= NEAR_EDGE for line in lines]
        return join_lines(texts, [line.hyphenated for line in lines], full=full, known=self.known)

    def cell(self, cell: Cell) -> str:
        """The whole text of a cell, over its pieces on several pages."""
        return self.join(cell.lines, cell.parts[0].box.x1)


def gaps(lines: Sequence[Line]) -> list[float]:
    """The distance of each line's middle from that of the line before it; infinite at first and over a page break."""
    far = float("inf")
    return [
        far if index == 0 or line.page != lines[index - 1].page else line.middle - lines[index - 1].middle
        for index, line in enumerate(lines)
    ]
