"""Rows that number the columns (`1 2 3 …`, `(1) (2)`, `-1- -2-`), under a header or at the top of each page."""

from __future__ import annotations

from itertools import pairwise

from pipeline.tables.headers import FEWEST_NUMBERS, NUMBER_ROW
from pipeline.tables.model import Table

MOST_STRANGE = 0.2  # of the cells: a number may be misread, or a column have none


def is_number_row(table: Table, row: int) -> bool:
    """Whether a row says nothing but which column is the how manieth, but for one cell in five."""
    texts = [cell.text.strip() for cell in table.row_cells(row) if cell.row == row and not cell.empty]
    numbers = [int(match[1]) for match in map(NUMBER_ROW.fullmatch, texts) if match]
    if len(numbers) < FEWEST_NUMBERS or len(texts) - len(numbers) > MOST_STRANGE * len(texts):
        return False
    onward = sum(after == before + 1 for before, after in pairwise(numbers))
    return numbers[0] <= 2 and onward >= (1 - MOST_STRANGE) * (len(numbers) - 1)
