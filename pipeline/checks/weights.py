"""Weights that should make a hundred: listed in the text, or standing in a column of a table.

Weights of indicators and of components of an evaluation (Permenpan RB 88/2021) are shares of one whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.checks.book import Book
from pipeline.checks.registry import Doubt, check
from pipeline.checks.wording import figure, quote, section_title
from pipeline.reference.words import tokens, word_lists
from schemas.ledger import Record

_STEP = re.compile(r"(?:^|\s)(?P<mark>[a-z]|\d{1,2})[.)]\s", re.IGNORECASE)
_WEIGHT = re.compile(r"bobot(?:\s+(?:nilai|sebesar))*\s+(?P<weight>\d{1,3}(?:[.,]\d+)?)\s*%?", re.IGNORECASE)
_CELL = re.compile(r"(?P<weight>\d{1,3}(?:[.,]\d+)?)\s*%?")
_FEWEST = 3
_ROUNDING = 0.05  # per weight: thirds are printed as 33,33


def _follows(mark: str, previous: str) -> bool:
    """Whether a list mark comes right after another: c after b, 4 after 3."""
    if mark.isdigit() and previous.isdigit():
        return int(mark) == int(previous) + 1
    return len(mark) == len(previous) == 1 and ord(mark) == ord(previous) + 1


def _lists(text: str) -> Iterator[list[str]]:
    """The items of each lettered or numbered list of a text; a list begins at `a` or `1` and counts on."""
    starts: list[int] = []
    previous = ""
    for match in _STEP.finditer(text):
        mark = match["mark"].lower()
        if mark in ("a", "1"):
            yield [text[a:b] for a, b in pairwise([*starts, match.start()])]
            starts = []
        elif not _follows(mark, previous):
            continue
        starts.append(match.start())
        previous = mark
    yield [text[a:b] for a, b in pairwise([*starts, len(text)])]


def _number(match: re.Match[str]) -> float:
    return float(match["weight"].replace(",", "."))


def _weight_lists(text: str) -> Iterator[list[float]]:
    """The weights of each list all of whose items have one."""
    for items in _lists(text):
        found = [_WEIGHT.search(item) for item in items]
        weights_of = [_number(match) for match in found if match]
        if len(weights_of) == len(items):
            yield weights_of


def _whole(weights_of: Sequence[float]) -> bool:
    """Whether weights make a hundred, or as many hundreds as there are groups or levels of parts; or one, as shares."""
    total, slack = sum(weights_of), _ROUNDING * len(weights_of)
    hundreds = round(total / 100)
    return abs(total - 1) <= slack / 100 or (hundreds >= 1 and abs(total - 100 * hundreds) <= slack)


def _is_header(cell: Record) -> bool:
    words = tokens(cell.get("teks") or "")
    return "bobot" in words and set(words) <= word_lists().weight_headers


def _is_total(cell: Record) -> bool:
    words = tokens(cell.get("teks") or "")
    return bool(words) and words[0] in ("jumlah", "total") and len(words) <= _FEWEST


def _is_number_row(row: Sequence[Record]) -> bool:
    """Whether a row numbers the columns (1 2 3 …) instead of filling them."""
    words = [" ".join(tokens(cell.get("teks") or "")) for cell in row]
    numbers = [int(word) for word in words if word.isdigit()]
    filled = sum(map(bool, words))
    return filled >= _FEWEST and len(numbers) == filled and all(b - a == 1 for a, b in pairwise(numbers))


def _columns(cells: Sequence[Record]) -> Iterator[list[tuple[Record, float]]]:
    """The weights under each header `Bobot` of a table, down to its total; none where one of them is no number."""
    rows: dict[int, list[Record]] = defaultdict(list)
    for cell in cells:
        rows[cell.values["baris"]].append(cell)
    for header in filter(_is_header, cells):
        column: list[tuple[Record, float]] = []
        for row in sorted(row for row in rows if row > header.values["baris"]):
            if any(map(_is_total, rows[row])):
                break
            if _is_number_row(rows[row]):
                continue
            own = [cell for cell in rows[row] if cell.values["kolom"] == header.values["kolom"] and cell.get("teks")]
            matches = [_CELL.fullmatch(cell.values["teks"].strip()) for cell in own]
            if not all(matches):
                column = []
                break
            column += [(cell, _number(match)) for cell, match in zip(own, matches, strict=True) if match]
        yield column


def _of_columns(book: Book) -> Iterator[Doubt]:
    tables: dict[str, list[Record]] = defaultdict(list)
    for cell in book.rows("sel"):
        if cell.get("jenis") == "sel" and cell.tabel_id is not None:
            tables[cell.tabel_id].append(cell)
    for cells in tables.values():
        for column in _columns(cells):
            listed = [weight for _, weight in column]
            if len(listed) >= _FEWEST and not _whole(listed):
                first, *others = (cell for cell, _ in column)
                yield Doubt(
                    f"{len(listed)} bobot dalam kolom bobot tabel ini ({', '.join(map(figure, listed))}) berjumlah "
                    f"{figure(sum(listed))}, bukan 100.",
                    record=first,
                    kolom="teks",
                    nilai=figure(sum(listed)),
                    pembanding="100",
                    others=tuple(others),
                )


def _of_text(book: Book) -> Iterator[Doubt]:
    for section in book.rows("bagian"):
        for listed in _weight_lists(section.get("teks") or ""):
            if len(listed) >= _FEWEST and not _whole(listed):
                yield Doubt(
                    f"Bobot yang disebut di bagian {quote(section_title(section))} ({', '.join(map(figure, listed))}) "
                    f"berjumlah {figure(sum(listed))}, bukan 100.",
                    record=section,
                    kolom="teks",
                    nilai=figure(sum(listed)),
                    pembanding="100",
                )


@check(
    "BOBOT_TIDAK_100",
    "peringatan",
    "isi",
    judul="Bobot tidak berjumlah 100",
    datasets=["bagian", "sel"],
    example="Weights 30, 25, 15, 10 and 10.",
)
def weights(book: Book) -> Iterator[Doubt]:
    """The weights listed together in the text or in one column of a table: three or more should make 100."""
    yield from _of_text(book)
    yield from _of_columns(book)
