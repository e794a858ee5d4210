"""The first row of a page: the rest of the row above the break, or a row of its own."""

from __future__ import annotations

import pytest

from pipeline.pages.lines import make_line
from pipeline.pages.model import Box, Word
from pipeline.tables.breaks import row_is_cut
from pipeline.tables.model import Cell, Part


def cells(*texts: str, bold: bool = False, span: int = 1, page: int = 1) -> list[Cell]:
    found = []
    for column, text in enumerate(texts):
        box = Box(column * 100.0, 100.0, column * 100.0 + 90, 110.0)
        words = [Word(word, box, bold=bold) for word in text.split()]
        lines = [make_line(words, page)] if words else []
        rows = span if not text else 1
        found.append(Cell(0, column, rows, 1, [Part(page, box, 0, rows, lines)]))
    return found


ABOVE = cells("", "Menurunnya angka kematian", "Cakupan gizi balita", "Jumlah balita dengan")


@pytest.mark.parametrize(
    ("rest", "cut"),
    [
        (cells("", "", "", "status gizi dibagi seluruhnya"), True),
        (cells("", "ibu dan bayi", "Buruk", ""), True),
        (cells("", "Meningkatnya mutu", "Cakupan persalinan", "Jumlah persalinan"), False),
        (cells("", "", "Cakupan persalinan", "Jumlah persalinan", span=2), False),
        (cells("", "Program Kesehatan", "", "", bold=True), False),
        (cells("", "Dinas Kesehatan", "", ""), True),
    ],
)
def test_a_row_that_begins_all_its_texts_is_no_rest(rest: list[Cell], cut: bool) -> None:
    assert row_is_cut(rest, ABOVE) is cut
