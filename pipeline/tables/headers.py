"""Headers printed again: which rows at the top of a page's table repeat those of the table that it goes on with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from pipeline.tables.page_table import PageCell, PageTable
from pipeline.tables.scanned import counts_columns, is_scanned, rows_read_again

NUMBER_ROW = re.compile(r"[(-]?\s?(\d{1,2})\s?[)-]?\.?(?:=.*)?")
FEWEST_NUMBERS = 3
LONGEST_HEADER = 8  # rows
MOST_CUT = 2  # rows of an entry that a page break cut, which stand above the header printed again
FEWEST_WORDS = 3  # cells with text that tell a header's row from one that happens to be alike
REWORDED = 92.0  # percent of the letters that are the same: one in twelve is another


def number_row(table: PageTable, rows: int) -> int | None:
    """The row that numbers the columns (`1 2 3 …`, `(1) (2) …`) among the first rows; None where there is none."""
    for row in range(min(rows, len(table.ys) - 1)):
        cells = [cell for cell in table.cells if cell.region.row == row and cell.lines]
        texts = [cell.text.strip() for cell in sorted(cells, key=lambda cell: cell.region.column)]
        numbers = [int(match[1]) for match in map(NUMBER_ROW.fullmatch, texts) if match]
        if len(numbers) < FEWEST_NUMBERS or not _all_count(table, texts, numbers):
            continue
        if min(numbers) <= 2 and max(numbers) - min(numbers) < 2 * len(numbers):
            return row
    return None


def _all_count(table: PageTable, texts: Sequence[str], numbers: Sequence[int]) -> bool:
    return len(numbers) == len(texts) or (is_scanned(table) and counts_columns(texts, numbers))


def repeated_rows(first: PageTable, table: PageTable) -> range:
    """The rows of `table` that print the header of `first` again: whole, its last rows or its column numbers only.

    A few rows of an entry that the page break cut may stand above them. The range is empty where none do.
    """
    numbered, own = number_row(table, LONGEST_HEADER), number_row(first, LONGEST_HEADER)
    count = _from_top(first, table)
    if numbered is not None and own is not None and own < count:
        return range(own + 1)
    if count:
        return range(count)
    if numbered is not None and own is not None and numbered <= MOST_CUT and not _heads(table, numbered):
        return range(numbered, numbered + 1)
    ends = ((start, _part(first, table, start)) for start in range(MOST_CUT + 1))
    return next((range(start, end) for start, end in ends if end > start), range(0))


def _from_top(first: PageTable, table: PageTable) -> int:
    """How many rows at the top of both are the same, but for a letter; none where they are empty."""
    limit = min(len(first.ys), len(table.ys), LONGEST_HEADER + 1) - 1
    count = 0
    while count < limit and _same(first.row_texts(count), table.row_texts(count)):
        count += 1
    if is_scanned(first) and is_scanned(table):
        count = max(count, rows_read_again(first, table, limit))
    return count if any(any(first.row_texts(row)) for row in range(count)) else 0


def _same(row: Sequence[str], again: Sequence[str]) -> bool:
    """Whether a row is printed again, the same but for a letter: another figure is another row."""
    if tuple(row) == tuple(again):
        return True
    if len(row) == len(again) and _grown(row, again):
        return True
    text, other = "".join(row), "".join(again)
    if not _heading(row) or re.sub(r"\D", "", text) != re.sub(r"\D", "", other):
        return False
    return fuzz.ratio(text, other) >= REWORDED


def _grown(row: Sequence[str], again: Sequence[str]) -> bool:
    """Whether a header's cells are there again, some with a text of the body that no rule parts from them."""
    same = sum(a == b for a, b in zip(row, again, strict=True))
    begin = all(a and b.startswith(a) for a, b in zip(row, again, strict=True))
    return begin and len(row) >= FEWEST_WORDS and 2 * same >= len(row)


def _heading(row: Sequence[str]) -> bool:
    """Whether a row has the look of a header's: several texts, all of them words."""
    texts = [text for text in row if text]
    return len(texts) >= FEWEST_WORDS and not any(text[0].isdigit() for text in texts)


def _heads(table: PageTable, rows: int) -> bool:
    return any(_heading(table.row_texts(row)) for row in range(rows))


def _part(first: PageTable, table: PageTable, start: int) -> int:
    """The row of `table` at which what it repeats, from row `start` on, of the header of `first` ends."""
    for row in range(min(len(first.ys) - 1, LONGEST_HEADER)):
        texts = first.row_texts(row)
        if any(text[:1].isdigit() for text in texts):
            break
        end = start
        while _again(first, table, row + end - start, end) and (end > start or _heading(table.row_texts(end))):
            end += 1
        if end > start:
            return end
    return start


def _again(first: PageTable, table: PageTable, row: int, at: int) -> bool:
    if row >= len(first.ys) - 1 or at >= len(table.ys) - 1:
        return False
    texts = first.row_texts(row)
    return any(texts) and not any(text[:1].isdigit() for text in texts) and _same(texts, table.row_texts(at))


def own_header(first: PageTable, table: PageTable) -> bool:
    """Whether a table begins with a header of its own: with a row full of words, made up like the header of `first`."""
    if number_row(table, LONGEST_HEADER) is not None and number_row(first, LONGEST_HEADER) is not None:
        return True
    look, other = _look(first), _look(table)
    texts = table.row_texts(0)
    full = bool(texts) and all(text and not text[0].isdigit() for text in texts)
    return full and look == other and any(look)


def _look(table: PageTable) -> tuple[bool, tuple[int, int, int] | None]:
    """How the first row of a table is set off from its last: bold, and in what colour."""
    rows = [[cell for cell in table.cells if cell.region.row == row] for row in (0, len(table.ys) - 2)]
    (bold, fill), last = (_made_up(cells) for cells in rows)
    return bold and not last[0], fill if fill != last[1] else None


def _made_up(cells: Sequence[PageCell]) -> tuple[bool, tuple[int, int, int] | None]:
    filled = [cell for cell in cells if cell.lines]
    colors = {cell.fill for cell in cells}
    bold = bool(filled) and all(line.bold for cell in filled for line in cell.lines)
    return bold, next(iter(colors)) if len(colors) == 1 else None


def title_row(table: PageTable, row: int) -> bool:
    """Whether a row is one cell with text, as wide as the table: a title inside of its frame."""
    cells = [cell for cell in table.cells if cell.region.row <= row < cell.region.row_end]
    return len(cells) == 1 and bool(cells[0].lines)
