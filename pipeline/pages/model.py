"""What a page holds, whatever it came from: words, rules, fills and pictures, with their boxes.

Every box is in PDF points, origin at the top left corner of the upright page, y growing downwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

OCR_ENGINE = "rapidocr"  # the `engine` of pages whose words were read from a picture

Color = tuple[int, int, int]  # red, green, blue, 0 to 255

PageKind = Literal["teks", "pindai", "campuran", "kosong"]


class Box(NamedTuple):
    """A rectangle in points: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def center(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def overlap(self, other: Box) -> float:
        """The shared area, in square points."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.y1, other.y1) - max(self.y0, other.y0)
        return max(0.0, width) * max(0.0, height)

    def rounded(self) -> dict[str, Any]:
        """The corners in hundredths of a point, by the names that they have in `sel`."""
        return {name: round(value, 2) for name, value in self._asdict().items()}

    def union(self, other: Box) -> Box:
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


@dataclass(slots=True, eq=False)
class Word:
    """A run of characters without white space. `confidence` is 1 for a text layer. Two words are never equal."""

    text: str
    box: Box
    bold: bool = False
    visible: bool = True
    confidence: float = 1.0
    hyphenated: bool = False  # the text layer says that its last character is a line-break hyphen


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: at `position` across its direction, from `start` to `end` along it. `color` is None in a scan."""

    vertical: bool
    position: float
    start: float
    end: float
    color: Color | None = None


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled area that is not a rule, as it is seen: all of it that touches and has one colour."""

    box: Box
    color: Color


@dataclass(frozen=True, slots=True)
class PageDoubt:
    """A place where a scan shows ink of the size of writing that could not be read, and what was made of it, if any."""

    box: Box
    text: str


@dataclass(slots=True)
class Page:
    """One page, upright. `number` counts from 1; `engine` is the reader that gave its words.

    `orientation` is the clockwise turn in degrees that makes the page as shown upright, `skew` the small clockwise turn
    about its middle that then straightens it: boxes are those of the straight page. `dpi` is what its picture holds.
    A `damaged` page could not be loaded: nothing is known of it, its size included.
    """

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    outlines: list[Box] = field(default_factory=list)  # filled shapes of the size of letters
    kind: PageKind = "teks"
    engine: str = "pdfium"
    orientation: int = 0
    furniture: list[Word] = field(default_factory=list)  # words of running headers, footers and page numbers
    copy_of: int | None = None
    similarity: float | None = None
    skew: float = 0.0
    dpi: float | None = None
    doubts: list[PageDoubt] = field(default_factory=list)
    damaged: bool = False

    @property
    def recognised(self) -> bool:
        """Whether words of it were read from a picture: only those are less than sure."""
        return any(word.confidence < 1.0 for word in self.words if word.visible)
