"""Tables without rules out of a page's loose words: precision first, for most loose words are prose."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.pages.lines import Line, group_lines
from pipeline.pages.model import Page, Word
from pipeline.tables.page_table import PageTable
from pipeline.tables.unruled_bands import banded_tables
from pipeline.tables.unruled_grid import make_table, row_edges
from pipeline.tables.unruled_lines import is_amount, is_number, is_number_row, part, pitch_of
from pipeline.tables.unruled_lists import (
    MONEY,
    TARGETS,
    Kind,
    aligned_groups,
    find_lists,
    opens_row,
    words_of,
)
from pipeline.tables.unruled_model import UNSURE_ROWS, UnruledList
from pipeline.tables.unruled_rows import Names, RowCut, cut_rows
from pipeline.tables.unruled_shades import shaded_tables

OWN_READER = "kata"


def unruled_tables(page: Page, words: Sequence[Word]) -> tuple[list[PageTable], list[Word]]:
    """Lists without rules among the loose words of a page, and the words that none of them holds.

    `words` are in no ruled table and in no running header or footer. The `engine` of a list is `kata`.
    """
    tables, words = shaded_tables(page, words)
    banded, words = banded_tables(page, words)
    tables += banded
    for kind, likely, fewest in ((MONEY, is_amount, 2), (TARGETS, is_number, 3)):
        if _stand_below_one_another([word for word in words if likely(word)], fewest):
            found, words = _lists(page, words, kind)
            tables += found
    tables.sort(key=lambda table: (table.box.y0, table.box.x0))
    return tables, words


def _lists(page: Page, words: Sequence[Word], kind: Kind) -> tuple[list[PageTable], list[Word]]:
    tables: list[PageTable] = []
    held: set[int] = set()
    for found in find_lists(group_lines(words, page.number), kind):
        table = _as_table(found, page)
        if table is not None:
            tables.append(table)
            held.update(id(word) for word in words_of(found.lines))
    return tables, [word for word in words if id(word) not in held]


def _stand_below_one_another(figures: Sequence[Word], fewest: int) -> bool:
    """The cheap test: at least `fewest` figures that share an edge or their middle, at different heights."""
    if len(figures) < fewest:
        return False
    groups = aligned_groups([(word.box.x0, word.box.x1) for word in figures])
    return any(len({round(figures[i].box.y0) for i in group}) >= fewest for group in groups)


def _as_table(found: UnruledList, page: Page) -> PageTable | None:
    """The list as a grid; None where its rows cannot be told apart."""
    rows, doubtful = _rows(found)
    if rows is None:
        return None
    table = _grid(found, rows, page)
    if doubtful:
        table.signs.append(UNSURE_ROWS)
        for cell in table.cells:
            cell.unsure = True
    return table


def _rows(found: UnruledList) -> tuple[list[list[Line]] | None, bool]:
    """The lines of each row, and whether an amount stands off its row."""
    cut = _cut(found)
    if cut is None:
        return None, False
    rows = _assign(found, cut)
    return (rows, cut.doubtful) if _in_order(rows) else (None, False)


def _cut(found: UnruledList) -> RowCut | None:
    edges = found.edges
    parts = [(line, part(line, edges[found.name], edges[found.name + 1])) for line in found.body]
    named = [(line, name) for line, name in parts if name is not None]
    if len(named) < len(found.anchors):
        return None
    lines = [name for _, name in named]
    beginning = [line for line in found.body if opens_row(line, found)]
    names = Names(
        lines=tuple(line.middle for line in lines),
        ordinals=tuple(line.words[0].box.center[1] for line in beginning),
        openers=frozenset(i for i, (line, _) in enumerate(named) if line in beginning),
        pitch=pitch_of(lines),
    )
    return cut_rows(names, [_value_height(line, found) for line in found.anchors])


def _value_height(line: Line, found: UnruledList) -> float:
    edges = found.edges
    value = part(line, edges[found.value], edges[found.value + 1])
    return value.middle if value else line.middle


def _assign(found: UnruledList, cut: RowCut) -> list[list[Line]]:
    """Every line of the body to a row: names by the cut, figures one each, others to the nearest name."""
    edges = found.edges
    names = [line for line in found.body if part(line, edges[found.name], edges[found.name + 1])]
    row_of = {id(line): row for row, start in enumerate(cut.starts) for line in names[start:]}
    for row, line in enumerate(found.anchors):
        row_of.setdefault(id(line), row)
    rows: list[list[Line]] = [[] for _ in cut.starts]
    for line in found.body:
        if id(line) not in row_of:
            nearest = min(names, key=lambda name: abs(name.middle - line.middle))
            row_of[id(line)] = row_of[id(nearest)]
        rows[row_of[id(line)]].append(line)
    return rows


def _in_order(rows: Sequence[Sequence[Line]]) -> bool:
    return all(rows) and all(a[-1].middle < b[0].middle for a, b in pairwise(rows))


def _grid(found: UnruledList, rows: Sequence[Sequence[Line]], page: Page) -> PageTable:
    bands = [*_header_bands(found), *rows, *([[found.total]] if found.total else [])]
    return make_table(bands, found.edges, row_edges(bands), page.number, OWN_READER)


def _header_bands(found: UnruledList) -> list[list[Line]]:
    """The lines of the header as one row; the row that numbers the columns by itself."""
    names = [line for line in found.header if not is_number_row(line)]
    numbers = [[line] for line in found.header if is_number_row(line)]
    return [names, *numbers] if names else numbers
