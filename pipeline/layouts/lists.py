"""Lists of programs without a header, as the form of a perjanjian kinerja has them below its indicators."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pipeline.layouts.columns import Column
from pipeline.layouts.header import Header
from pipeline.layouts.labels import read_level_word
from pipeline.layouts.vocabulary import NODE_LEVELS, Vocabulary
from pipeline.tables.model import Cell, Table
from pipeline.tables.unruled_join import RULED
from pipeline.tables.unruled_lines import AMOUNT, ORDINAL

MOST = 0.6  # of a column's cells: as many tell what the column holds
BELOW_INDICATORS = 0.9  # how sure the level is where no word in the names tells it


def list_header(table: Table, header: Header, below: Header | None, vocabulary: Vocabulary) -> Header:
    """The columns of an unruled list without a header: ordinals, names, amounts; `header` itself for other tables.

    `below` is the header of the table right above it on its page. The names are those of the level that their first
    word tells; without such words, programs, where the table above has indicators and no amounts.
    """
    if table.engine in RULED or header.rows or any(column.path for column in header.columns):
        return header
    cells = [[table.grid[row][leaf] for row in range(len(table.rows))] for leaf in range(len(table.edges) - 1)]
    amounts = [leaf for leaf, column in enumerate(cells) if _share(column, _is_amount) >= MOST]
    if len(amounts) != 1 or not amounts[0]:
        return header
    names = max(range(amounts[0]), key=lambda leaf: sum(len(cell.text) for cell in cells[leaf]))
    level, sure = _level(cells[names], below, vocabulary)
    if level is None or any(_share(cells[leaf], _is_ordinal) < MOST for leaf in range(names)):
        return header
    columns = [Column(leaf, leaf + 1, "keterangan", (), why="daftar tanpa judul kolom") for leaf in range(len(cells))]
    columns[:names] = [replace(column, field="nomor") for column in columns[:names]]
    columns[names] = replace(columns[names], field="level", levels=(level,), confidence=sure)
    columns[amounts[0]] = replace(columns[amounts[0]], field="pagu")
    return Header(0, columns)


def _level(names: list[Cell], below: Header | None, vocabulary: Vocabulary) -> tuple[str | None, float]:
    words = [read_level_word(cell.text, vocabulary) for cell in names if not cell.empty]
    for level in NODE_LEVELS:
        if sum(word is not None and word.name == level for word in words) >= MOST * len(words):
            return level, 1.0
    form = below is not None and bool(below.of("indikator")) and not below.of("pagu")
    return ("program" if form else None), BELOW_INDICATORS


def _share(cells: list[Cell], holds: Callable[[str], bool]) -> float:
    """The share of the cells with text whose text is of a kind."""
    filled = [cell.text for cell in cells if not cell.empty]
    return sum(holds(text) for text in filled) / len(filled) if filled else 0.0


def _is_amount(text: str) -> bool:
    return AMOUNT.fullmatch(text.replace(" ", "")) is not None


def _is_ordinal(text: str) -> bool:
    return ORDINAL.fullmatch(text) is not None
