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

pytestmark = pytest.mark.long


def _unread(_: object, pages: Sequence[Page]) -> list[Page]:
    """Leave pictures unread: the breaks of the list lie between pages of text."""
    return list(pages)


def _joined(tables: Sequence[Table], before: int, after: int) -> bool:
    return any({before, after} <= {row.page for row in table.rows} for table in tables)


@pytest.mark.parametrize("stem", BREAKS)
def test_page_breaks_are_joined_as_people_see_them(samples: Path, monkeypatch: pytest.MonkeyPatch, stem: str) -> None:
    monkeypatch.setattr(pipeline.document, "read_scans", _unread)
    (path,) = [found for folder in ("real", "corpus") for found in samples.glob(f"{folder}/{stem}.pdf")]
    tables = open_document(path, "0" * 16).tables
    joined = {one["from"]: _joined(tables, one["from"], one["to"]) for one in BREAKS[stem]}
    assert joined == {one["from"]: one["tables"] == "same" for one in BREAKS[stem]}
