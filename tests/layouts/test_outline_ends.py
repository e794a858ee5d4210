"""How far the entries of an outline reach, where there is nothing to reach for."""

from __future__ import annotations

from pipeline.layouts.entries import Entry
from pipeline.layouts.outline import set_ends


def test_an_outline_of_texts_alone_has_no_entry_to_end() -> None:
    entries: list[Entry] = []
    set_ends(entries, 5)
    assert entries == []
