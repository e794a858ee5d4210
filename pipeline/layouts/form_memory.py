"""Forms that a document has shown already: a table without a header is read like one with the same columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.layouts.columns import Column
from pipeline.layouts.header import Header
from pipeline.layouts.profile import profile
from pipeline.layouts.roles import contradicts
from pipeline.layouts.vocabulary import Vocabulary
from pipeline.tables.model import Table

EDGE_SHARE = 0.02  # of the table's width: columns set anew on another page are off by as much
FEWEST_COLUMNS = 4  # fewer are alike by chance
FEWEST_FILLED = 3  # columns whose cells can contradict, so that their silence says something
REMEMBERED = 0.9  # how sure a column is that is known by its place


def remembered(table: Table, header: Header, known: Sequence[tuple[Table, Header]], vocabulary: Vocabulary) -> Header:
    """The header of a table without one by the last table before it with the same columns; else `header` itself.

    `known` are tables with the headers that were read for them. No column's cells may contradict its role.
    """
    if any(column.path for column in header.columns) or len(header.columns) < FEWEST_COLUMNS:
        return header
    for earlier, form in reversed(known):
        if form.understood > 0 and _same_columns(table, earlier) and _bears_out(table, form, vocabulary):
            why = f"bentuk tabel halaman {earlier.first_page}"
            columns = [replace(column, confidence=REMEMBERED, why=why) for column in form.columns]
            return Header(header.rows, columns, form.unknown)
    return header


def _same_columns(table: Table, other: Table) -> bool:
    """Whether two tables have the same column edges, but for a shift of the whole."""
    if len(table.edges) != len(other.edges):
        return False
    room = EDGE_SHARE * (other.edges[-1] - other.edges[0])
    shift = table.edges[0] - other.edges[0]
    return all(abs(one - shift - two) <= room for one, two in zip(table.edges, other.edges, strict=True))


def _bears_out(table: Table, form: Header, vocabulary: Vocabulary) -> bool:
    columns: list[Column] = form.columns
    shown = [profile(table, 0, column, vocabulary) for column in columns]
    filled = sum(one.cells > 0 for one in shown)
    return filled >= FEWEST_FILLED and not any(
        contradicts(i, columns, shown) for i, one in enumerate(shown) if one.cells > 0
    )
