"""Columns that several sheets of a workbook have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pipeline.reports.model import PlanDocument
from pipeline.reports.spreadsheet import Column
from pipeline.reports.texts import Words


def file_columns(role: str, document: Callable[[Any], PlanDocument], words: Words) -> list[Column]:
    """The file and the key of a document; they stand right of what is printed."""
    return [
        Column(f"{words('document')}: {role}", lambda row: document(row).facts["berkas"], width=40, printed=False),
        Column(f"{words('key')}: {role}", lambda row: document(row).facts["dokumen_id"], width=20, printed=False),
    ]


def doubt_column(words: Words, codes: Callable[[Any], str]) -> Column:
    """The codes of the findings that doubt a row's figures; empty where none is in doubt."""
    return Column(words("doubtful"), codes, "doubt", 26)


def sides(words: Words, before: Sequence[str], after: Sequence[str], *more: str) -> str:
    """The codes of doubts in two documents, each with the document's role; `more` doubt neither by itself."""
    named = [f"{words(role)}: {', '.join(codes)}" for role, codes in (("earlier", before), ("later", after)) if codes]
    return "; ".join([*named, *more])
