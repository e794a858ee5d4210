"""What the cells of a column are: the shares of amounts, percents, codes, unit words and so on among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.layouts.columns import Column
from pipeline.layouts.labels import read_level_word
from pipeline.layouts.ordinals import is_ordinal_column
from pipeline.layouts.vocabulary import Vocabulary
from pipeline.layouts.weights import words
from pipeline.reference.units import known_unit
from pipeline.tables.model import Cell, Table
from pipeline.values import read_code, tidy

MOST_ROWS = 400  # of a table that are looked at: a column is the same throughout
LONG_WORDS = 4  # a text of as many words names or says something
MONEY = re.compile(
    r"(?:rp\.?\s*)?\d{1,3}(?:[.,]\s?\d{3}){2,}(?:[.,]\d{2})?(?:\s*,-)?"
    r"|rp\.?\s*[\d.,]+(?:\s*,-|\s*(?:juta|mil|tril)\w*)?",
    re.IGNORECASE,
)
GROUPED = re.compile(r"(?:rp\.?\s*)?\d{1,3}(?:[.,]\d{3})+(?:,\d{2})?(?:\s*,-)?", re.IGNORECASE)
NIL = re.compile(r"[-–—0.,\s]*")
FIGURE = re.compile(r"[<>≥≤=~\s]*\d[\d.,]*(?:\s*[-–]\s*\d[\d.,]*)?")
PERCENT = re.compile(r"[<>≥≤\s]*\d[\d.,\s-]*(?:%|persen)", re.IGNORECASE)
COUNTED = re.compile(r"\d[\d.,]*\s*(?P<unit>[^\W\d][^\d]{1,30})")
YEAR = re.compile(r"(?:19|20)\d\d")
# Two parts alone are a decimal as well (`76.19`), but for a part that begins with zero.
CODE = re.compile(r"[\dXx]{1,5}(?:\s*\.\s*[\dXx]{1,5}){2,}\.?|\d{1,2}\s*\.\s*0\d|0\d(?:\s*\.\s*\d{1,2})?|[xX]{1,2}")
AIM = re.compile(r"(?:me|ter|ber)\w+nya", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Profile:
    """Shares from 0 to 1: of the cells with text that are of a kind, but for `fill` (rows with a cell of their own).

    `abreast` is the share of the rows that fill several of the column's leaves. `counts` tells whether the first leaf
    column counts the rows, `cells` how many cells hold text.
    """

    shares: dict[str, float]
    fill: float = 0.0
    merged: float = 0.0
    abreast: float = 0.0
    counts: bool = False
    cells: int = 0

    def __getitem__(self, sign: str) -> float:
        return self.shares.get(sign, 0.0)

    @property
    def figures(self) -> float:
        """The share of the cells that are figures of any kind."""
        return self["money"] + self["figure"] + self["percent"] + self["counted"]


def profile(table: Table, rows: int, column: Column, vocabulary: Vocabulary) -> Profile:
    """What the cells of a column below the header's `rows` are."""
    body = range(rows, min(len(table.rows), rows + MOST_ROWS))
    own = [found for row in body if (found := _own(table, row, column))]
    cells = [max(found, key=lambda cell: len(cell.text)) for found in own]
    if not cells:
        return Profile({})
    texts = [tidy(cell.text) for cell in cells]
    shares = {name: sum(map(holds, texts)) / len(texts) for name, holds in _tests(vocabulary).items()}
    shares |= {name: _stacked(cells, holds) / len(cells) for name, holds in STACKED.items()}
    shares["money"] = _money([line.text for cell in cells for line in cell.lines])
    shares["distinct"] = len(set(texts)) / len(texts)
    counts = is_ordinal_column(table, rows, column.start) if column.end - column.start == 1 else False
    merged = sum(cell.row_span > 1 for cell in cells) / len(cells)
    abreast = sum(len(found) > 1 for found in own) / len(own)
    return Profile(shares, len(cells) / max(1, len(body)), merged, abreast, counts, len(cells))


def _stacked(cells: Sequence[Cell], holds: Callable[[str], bool]) -> int:
    """How many cells are of a kind, as a whole or line by line: one cell may stack the values of several rows."""
    return sum(holds(tidy(cell.text)) or all(holds(line.text) for line in cell.lines) for cell in cells)


def _own(table: Table, row: int, column: Column) -> list[Cell]:
    """The cells with text that begin in a row and a column, and do not reach into columns beside it."""
    cells = dict.fromkeys(table.grid[row][column.start : column.end])
    inside = (cell for cell in cells if cell.column >= column.start and cell.column + cell.column_span <= column.end)
    return [cell for cell in inside if cell.row == row and not cell.empty]


def _money(texts: Sequence[str]) -> float:
    """The share of amounts of money; where some are evident, thousands and dashes beside them count too."""
    sure = sum(MONEY.fullmatch(text) is not None for text in texts)
    if not sure:
        return 0.0
    return sum(GROUPED.fullmatch(text) is not None or NIL.fullmatch(text) is not None for text in texts) / len(texts)


def _is_counted(text: str) -> bool:
    found = COUNTED.fullmatch(text)
    return found is not None and known_unit(found["unit"]) is not None


@cache
def _pattern(section: str) -> re.Pattern[str]:
    found = sorted(words(section), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, found))})", re.IGNORECASE)


def _tests(vocabulary: Vocabulary) -> dict[str, Callable[[str], bool]]:
    def first_word(text: str) -> str:
        return text.split()[0].casefold().strip(".,:;") if text.split() else ""

    return {
        "figure": lambda text: FIGURE.fullmatch(text) is not None,
        "grouped": lambda text: GROUPED.fullmatch(text) is not None,
        "percent": lambda text: PERCENT.fullmatch(text) is not None,
        "counted": lambda text: (
            (found := COUNTED.fullmatch(text)) is not None and known_unit(found["unit"]) is not None
        ),
        "nil": lambda text: NIL.fullmatch(text) is not None,
        "year": lambda text: YEAR.fullmatch(text) is not None,
        "code": lambda text: CODE.fullmatch(text) is not None and read_code(text) is not None,
        "place": lambda text: bool(_pattern("place").match(text)) and not COUNTED.match(text),
        "funding": lambda text: bool(_pattern("funding").match(text)) and len(text.split()) <= LONG_WORDS,
        "office": lambda text: bool(_pattern("office").match(text)),
        "level": lambda text: read_level_word(text, vocabulary) is not None,
        "activity": lambda text: first_word(text) in words("activity"),
        "measure": lambda text: first_word(text) in vocabulary.measures,
        "aim": lambda text: AIM.match(text) is not None,
        "long": lambda text: len(text.split()) >= LONG_WORDS,
        "words": lambda text: any(char.isalpha() for char in text) and not any(char.isdigit() for char in text),
    }


STACKED: dict[str, Callable[[str], bool]] = {
    "figure": lambda text: FIGURE.fullmatch(text) is not None,
    "grouped": lambda text: GROUPED.fullmatch(text) is not None,
    "percent": lambda text: PERCENT.fullmatch(text) is not None,
    "counted": _is_counted,
    "nil": lambda text: NIL.fullmatch(text) is not None,
    "unit": lambda text: known_unit(text) is not None,
}
