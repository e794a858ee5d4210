"""Money split by source over several columns, and the total among them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.layouts.columns import Column, is_node_column
from pipeline.layouts.profile import profile
from pipeline.layouts.vocabulary import Vocabulary, letters
from pipeline.layouts.weights import weights
from pipeline.tables.model import Table

FIGURES = 0.6  # of the cells under a source's name: where funding is named in words, they are words
WORD = re.compile(r"[^\W\d_]+")


def tell_sources(table: Table, rows: int, columns: Sequence[Column], vocabulary: Vocabulary) -> list[Column]:
    """Columns of amounts headed by sources of money as `pendanaan`; a `Jumlah` or `Total` beside them is the ceiling.

    A single source where no other column has the ceiling is the ceiling itself.
    """
    if not any(is_node_column(column) for column in columns):
        return list(columns)
    told = [_sourced(table, rows, column, vocabulary) for column in columns]
    if not any(column.field == "pagu" and column.role == "plan" for column in told):
        told = [replace(column, field="pagu") if _is_total(column) else column for column in told]
    funded = [column for column in told if column.field == "pendanaan"]
    ceiling = any(column.field == "pagu" and column.role == "plan" for column in told)
    if len(funded) == 1 and not ceiling:
        return [replace(column, field="pagu") if column.field == "pendanaan" else column for column in told]
    return told


def _is_total(column: Column) -> bool:
    return column.field == "jumlah" and column.role == "plan"


def _sourced(table: Table, rows: int, column: Column, vocabulary: Vocabulary) -> Column:
    source = source_name(column.path[-1]) if column.path else None
    if source is None or column.field not in ("unknown", "sumber_dana", "pagu") or column.role == "past":
        return column
    shown = profile(table, rows, column, vocabulary)
    if column.field != "pagu" and shown.cells and max(shown["money"], shown["figure"]) + shown["nil"] < FIGURES:
        return column
    why = "sumber dana di judulnya"
    return replace(
        column, field="pendanaan", source=source, why=why, confidence=1.0, doubted=False, second="", evidence=()
    )


def source_name(text: str) -> str | None:
    """The source of money that a header names (`APBD Provinsi`, `APBN / PHLN`); None where it says anything else."""
    known = weights()["sources"]
    found = [word.casefold() for word in WORD.findall(text)]
    names = [word for word in found if word in known["names"]]
    if not (names or "lainnya" in found) or not all(
        word in known["names"] or word in known["qualifiers"] for word in found
    ):
        return None
    return re.sub(r"\s*\(?\bRp\.?\)?\s*$", "", text).strip() if letters(text) else None
