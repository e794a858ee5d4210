"""Ordinals in a column: whether they count its rows."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence

from pipeline.tables.model import Cell, Table
from pipeline.values import Ordinal, read_ordinal

COUNTING_SHARE = 0.75
FEWEST_COUNTED = 3


def own_cell(table: Table, row: int, column: int) -> Cell | None:
    """The cell that begins in a row and holds text, None where there is none."""
    cell = table.grid[row][column]
    return cell if cell.row == row and not cell.empty else None


def is_ordinal_column(table: Table, header_rows: int, leaf: int, others: Sequence[int] = ()) -> bool:
    """Whether a column counts its rows, whatever it is headed as; `others` tell kinds of rows apart."""
    groups: dict[tuple[object, ...], list[Ordinal]] = defaultdict(list)
    for row in range(header_rows, len(table.rows)):
        cell = own_cell(table, row, leaf)
        if cell is None or cell.column_span > 1:
            continue
        ordinal = read_ordinal(cell.text)
        if ordinal is None or ordinal.style == "nested" or (ordinal.text.startswith("0") and len(ordinal.text) > 1):
            return False
        depth = tuple(own_cell(table, row, other) is not None for other in others)
        groups[(ordinal.style, *depth)].append(ordinal)
    return counts(list(groups.values()))


def counts(groups: Sequence[Sequence[Ordinal]]) -> bool:
    """Whether ordinals, in groups of one style and place, count on or restart from row to row."""
    steps = good = onward = 0
    for group in groups:
        for before, after in itertools.pairwise(group):
            steps += 1
            onward += after.value == before.value + 1
            good += after.value in (before.value + 1, 1)
    enough = steps >= FEWEST_COUNTED - 1 or any(o.style in ("roman", "letter") for g in groups for o in g)
    return enough and good >= COUNTING_SHARE * steps and (onward > 0 or steps == 0)
