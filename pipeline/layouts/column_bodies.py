"""What the cells below a header say of its columns, where the header alone does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.layouts.columns import Column, is_node_column
from pipeline.layouts.labels import read_level_word
from pipeline.layouts.vocabulary import LEVELS, NODE_LEVELS, Vocabulary
from pipeline.tables.model import Table
from pipeline.values import code_level, read_code

WORDED_SHARE = 0.3
FEWEST_STEPS = 4
STEP_SHARE = 0.8


def described_levels(table: Table, rows: int, columns: list[Column], vocabulary: Vocabulary) -> list[Column]:
    """A bare `Uraian` is the level column where there is no other and its cells say their levels."""
    if any(column.field == "level" for column in columns):
        return columns
    return [
        _described(table, rows, column, columns, vocabulary) if column.field == "uraian" else column
        for column in columns
    ]


def _described(table: Table, rows: int, column: Column, columns: Sequence[Column], vocabulary: Vocabulary) -> Column:
    cells = {table.grid[row][leaf] for row in range(rows, len(table.rows)) for leaf in range(column.start, column.end)}
    words = [read_level_word(cell.text, vocabulary) for cell in cells if not cell.empty]
    found = {word.name for word in words if word}
    if len(found) > 1 and sum(word is not None for word in words) >= WORDED_SHARE * len(words):
        levels = tuple(level for level in LEVELS if level in found)
        return replace(column, field="level", levels=levels, worded=True, why=f"kata di dalamnya: {'/'.join(levels)}")
    if any(code.field == "kode" and _has_official_codes(table, rows, code) for code in columns):
        return replace(column, field="level", levels=NODE_LEVELS, why="kode di sebelahnya")
    meaning = vocabulary.meaning(vocabulary.without_description(column.path[-1]))
    if meaning and meaning.kind == "level" and not any(other.field == "kode" for other in columns):
        return replace(column, field="level", levels=(meaning.name,), why="tingkat di judul, tanpa kode rekening")
    return column


def _has_official_codes(table: Table, rows: int, column: Column) -> bool:
    """Whether most codes of a code column are those of the nomenclature, one program or finer among them."""
    codes = []
    for row in range(rows, len(table.rows)):
        cells = dict.fromkeys(table.grid[row][column.start : column.end])
        code = read_code(".".join(cell.text.strip(". ") for cell in cells if not cell.empty and cell.row == row))
        if code:
            codes.append(code)
    levels = [level for code in codes if (level := code_level(code))]
    return 2 * len(levels) > len(codes) and any(level in NODE_LEVELS[2:] for level in levels)


def join_staircases(table: Table, rows: int, columns: Sequence[Column]) -> list[Column]:
    """Neighbouring level columns of which each row fills only one are one outline, its levels side by side."""
    joined: list[Column] = []
    for column in columns:
        before = joined[-1] if joined else None
        if before and _are_steps(table, rows, before, column):
            joined[-1] = replace(
                before,
                end=column.end,
                levels=(*before.levels, *column.levels),
                steps=(*(before.steps or (before.start,)), column.start),
                path=(f"{before.name} / {column.name}",),
                why="kolom berjenjang",
            )
        else:
            joined.append(column)
    return joined


def _are_steps(table: Table, rows: int, left: Column, right: Column) -> bool:
    if not (is_node_column(left) and is_node_column(right)) or len(right.levels) > 1 or right.levels[0] in left.levels:
        return False
    alone = both = 0
    for row in range(rows, len(table.rows)):
        sides = [_filled(table, row, column) for column in (left, right)]
        alone += sides in ([True, False], [False, True])
        both += None in sides or all(sides)
    used = [any(_filled(table, row, column) for row in range(rows, len(table.rows))) for column in (left, right)]
    return all(used) and alone >= FEWEST_STEPS and alone >= STEP_SHARE * (alone + both)


def _filled(table: Table, row: int, column: Column) -> bool | None:
    """Whether a row has text of its own in a column; None where a merged cell reaches in from above."""
    cells = dict.fromkeys(table.grid[row][column.start : column.end])
    if any(cell.row < row for cell in cells):
        return None
    return any(not cell.empty and cell.column >= column.start for cell in cells)
