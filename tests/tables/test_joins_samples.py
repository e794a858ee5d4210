"""Page breaks of the samples, judged by eye: one table or two."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

import pipeline.document
from pipeline.document import open_document
from pipeline.pages.model import Page
from pipeline.tables.model import Table

BREAKS: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent / "page_breaks.yaml").read_text())
FEWEST_RIGHT = 0.97

pytestmark = pytest.mark.long


def _unread(_: object, pages: Sequence[Page]) -> list[Page]:
    """Leave pictures unread: the breaks of the list lie between pages of text."""
    return list(pages)


def _joined(tables: Sequence[Table], before: int, after: int) -> bool:
    return any({before, after} <= {row.page for row in table.rows} for table in tables)


def test_page_breaks_are_joined_as_people_see_them(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.document, "read_scans", _unread)
    wrong, false_joins, count = [], [], 0
    for stem, breaks in BREAKS.items():
        (path,) = [found for folder in ("real", "corpus") for found in samples.glob(f"{folder}/{stem}.pdf")]
        tables = open_document(path, "0" * 16).tables
        for one in breaks:
            count += 1
            joined = _joined(tables, one["from"], one["to"])
            if joined != (one["tables"] == "same"):
                (false_joins if joined else wrong).append((stem, one["from"]))
    assert not false_joins
    assert len(wrong) <= (1 - FEWEST_RIGHT) * count, wrong
