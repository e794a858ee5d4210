"""Code and ordinal columns told apart by their cells, whatever they are headed as; ordinals beside an indicator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.layouts.columns import Column
from pipeline.layouts.ordinals import is_ordinal_column, own_cell
from pipeline.layouts.profile import CODE
from pipeline.tables.model import Table
from pipeline.values import read_code

CODED_SHARE = 0.5  # of the rows with a mark: as many hold a code of several parts where codes stand
FEWEST_CODES = 2
COUNTED_SHARE = 0.8  # of the steps: as many go on where numbers count, one in five being skipped or misprinted
NARROW = 0.4  # of a column's width: an ordinal's leaf takes less


def tell_marks(table: Table, rows: int, columns: Sequence[Column]) -> list[Column]:
    """The columns, those of codes and ordinals by what they hold, and ordinals beside indicators set apart."""
    return [told for column in columns for told in _told(table, rows, column)]


def _told(table: Table, rows: int, column: Column) -> Iterator[Column]:
    leaves = range(column.start, column.end)
    if column.field == "kode" and is_ordinal_column(table, rows, leaves[0], leaves[1:]):
        yield replace(column, end=column.start + 1, field="nomor", why="nomor urut di dalamnya")
        if len(leaves) > 1:
            yield replace(column, start=column.start + 1)
    elif column.field == "nomor" and _holds_codes(table, rows, column):
        yield replace(column, field="kode", why="kode di dalamnya")
    elif column.field == "indikator" and len(leaves) > 1 and _is_numbered(table, rows, column):
        yield replace(column, end=column.start + 1, field="nomor", role="indikator", why="nomor indikator")
        yield replace(column, start=column.start + 1)
    else:
        yield column


def _holds_codes(table: Table, rows: int, column: Column) -> bool:
    """Whether most marks are codes of several parts, in one cell or in cells side by side."""
    marked = coded = 0
    texts: list[str] = []
    for row in range(rows, len(table.rows)):
        cells = [cell for leaf in range(column.start, column.end) if (cell := own_cell(table, row, leaf)) is not None]
        text = ".".join(cell.text.strip(". ") for cell in dict.fromkeys(cells))
        marked += bool(text)
        texts += [text] if text else []
        coded += CODE.fullmatch(text) is not None and "." in text and read_code(text) is not None
    return coded >= FEWEST_CODES and coded >= CODED_SHARE * marked and not _count_on(texts)


def _count_on(texts: Sequence[str]) -> bool:
    """Whether nested numbers count: they begin with 1, and each is the next, or the first one below, of those above."""
    numbers = [tuple(int(part) for part in text.split(".") if part.strip().isdigit()) for text in texts]
    if not numbers or numbers[0] != (1,) * len(numbers[0]) or not numbers[0]:
        return False
    onward = sum(after == (*before, 1) or _is_next(before, after) for before, after in pairwise(numbers))
    return onward >= COUNTED_SHARE * (len(numbers) - 1)


def _is_next(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    """Whether a nested number follows another on the same or a coarser level: 1.2.3, then 1.2.4, 1.3 or 2."""
    depth = len(after)
    return 0 < depth <= len(before) and after == (*before[: depth - 1], before[depth - 1] + 1)


def _is_numbered(table: Table, rows: int, column: Column) -> bool:
    """Whether the first leaf of a column is narrow and counts what stands beside it."""
    edges = table.edges
    width = edges[column.end] - edges[column.start]
    narrow = edges[column.start + 1] - edges[column.start] <= NARROW * width
    return narrow and is_ordinal_column(table, rows, column.start)
