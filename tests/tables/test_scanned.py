"""Tables of scans over page breaks: sheets that lie a little differently, and letters that were misread."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.pages.model import OCR_ENGINE, Page, Rule, Word
from pipeline.tables.scanned import SCANNED
from tests.tables.drawn import grid_of, stitched, table_page

XS = [50.0, 90.0, 300.0, 360.0, 450.0]
HEADER = ["NO", "INDIKATOR", "SATUAN", "TARGET 2025"]
NUMBERS = ["1", "2", "3", "4"]
FIRST = ["1", "Indeks SPBE", "Nilai", "2,75"]
SECOND = ["2", "Nilai SAKIP", "Poin", "63"]


def scanned(page: Page) -> Page:
    """The page as if its words had been read from a picture."""
    return replace(page, engine=OCR_ENGINE, words=[_read(word) for word in page.words])


def _read(word: Word) -> Word:
    return replace(word, confidence=0.97)


def pages(second_header: list[str], numbers: list[str], shift: float = 0.0) -> tuple[Page, Page]:
    first = table_page(1, XS, [HEADER, NUMBERS, FIRST])
    return scanned(first), scanned(table_page(2, [x + shift for x in XS], [second_header, numbers, SECOND]))


@pytest.mark.parametrize(
    ("header", "numbers"),
    [
        (["NO", "INDIKATOK", "SATVAN", "TARGET 2025"], NUMBERS),
        (["N0", "INDIKATOR", "SATUAN", "TARGET 2025"], ["1", "Z", "3", "4"]),
        (["", "INDIKATOR", "SATUAN", "TARGEI 2025"], ["1", "2", "3", ""]),
    ],
)
def test_a_header_read_with_other_letters_is_the_same_header(header: list[str], numbers: list[str]) -> None:
    (table,) = stitched(*pages(header, numbers))
    assert grid_of(table) == [HEADER, NUMBERS, FIRST, SECOND]


def test_a_header_of_another_year_is_another_one() -> None:
    (table,) = stitched(*pages(["NO", "INDIKATOR", "SATUAN", "TARGET 2026"], NUMBERS))
    assert table.repeated == []


def test_a_sheet_that_lay_further_right_goes_on_with_the_table() -> None:
    (table,) = stitched(*pages(HEADER, NUMBERS, shift=14.0))
    assert table.engine == SCANNED
    assert grid_of(table) == [HEADER, NUMBERS, FIRST, SECOND]


def test_a_header_with_another_letter_is_the_same_header_of_text_pages_too() -> None:
    first, second = table_page(1, XS, [HEADER, FIRST]), table_page(2, XS, [["NO", "INDIKATOK", *HEADER[2:]], SECOND])
    (table,) = stitched(first, second)
    assert grid_of(table) == [HEADER, FIRST, SECOND]


def test_a_double_rule_of_a_scan_makes_no_row() -> None:
    page = scanned(table_page(1, XS, [HEADER, NUMBERS, FIRST]))
    below_header = sorted({rule.position for rule in page.rules if not rule.vertical})[1]
    page.rules += [Rule(False, below_header + 2.9, XS[1], XS[2])]
    (table,) = stitched(page)
    assert grid_of(table) == [HEADER, NUMBERS, FIRST]
