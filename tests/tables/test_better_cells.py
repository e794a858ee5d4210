"""Of two readings of a table each cell is taken from the better one, and figures that differ are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from pipeline.pages.copy_figures import CopyDifference
from pipeline.pages.model import Box, Page, PageDoubt
from pipeline.pages.trust import doubtful
from pipeline.tables.better_cells import take_better_cells
from pipeline.tables.page_table import PageTable
from pipeline.tables.stitch import stitch
from tests.tables.drawn import table_page, tables_of

XS = (40.0, 80.0, 300.0, 380.0, 560.0)
SHIFT = 7.0
ROWS = (
    ("No", "Kegiatan", "Target", "Pagu"),
    ("1", "Penyediaan gaji pegawai", "12 Bulan", "45.200.000"),
    ("2", "Penyediaan bahan cetak", "3 Paket", "9.120.000"),
    ("3", "Pemeliharaan gedung kantor", "1 Unit", "27.300.000"),
)
AMOUNT, NAME = (1, 3), (2, 1)


def reading(
    number: int, confidence: float, changes: Mapping[tuple[int, int], tuple[str, float]] | None = None, shift: float = 0
) -> Page:
    """The page as one reader sees it; `changes` give a cell's text and how surely that is read."""
    changes = changes or {}
    rows = [[changes.get((r, c), (text,))[0] for c, text in enumerate(row)] for r, row in enumerate(ROWS)]
    page = table_page(number, [x + shift for x in XS], rows)
    for word in page.words:
        word.confidence = confidence
    for cell in tables_of(page)[0].cells:
        for word in [word for line in cell.lines for word in line.words]:
            word.confidence = changes.get((cell.region.row, cell.region.column), ("", confidence))[1]
    return page


def merged(
    kept: Page, copy: Page
) -> tuple[dict[tuple[int, int], str], list[CopyDifference], dict[int, list[PageTable]]]:
    """The texts of the kept page's cells after the better ones were taken, what differed, and all tables."""
    copy.copy_of = kept.number
    tables = {page.number: tables_of(page) for page in (kept, copy)}
    found = take_better_cells([kept, copy], tables, [CopyDifference(copy.number, kept.number, ("x",), ())])
    texts = {(cell.region.row, cell.region.column): cell.text for cell in tables[kept.number][0].cells}
    return texts, found, tables


def told(differences: Sequence[CopyDifference]) -> list[tuple[object, ...]]:
    return [(d.only_here, d.only_there, d.cell, d.taken) for d in differences]


def test_two_equal_readings_differ_in_nothing_and_are_as_sure_as_the_surer_one() -> None:
    kept = reading(1, 0.999, {AMOUNT: ("45.200.000", 0.9)})
    copy = reading(2, 0.995)
    texts, found, tables = merged(kept, copy)
    assert texts[AMOUNT] == "45.200.000"
    assert found == []
    (word,) = [word for word in kept.words if word.text == "45.200.000"]
    assert doubtful(word) is None
    assert all(cell.source is None for cell in tables[1][0].cells)


def test_a_lost_cell_is_taken_with_its_place_on_the_other_page() -> None:
    kept = reading(1, 0.999, {AMOUNT: ("", 0.9)})
    copy = reading(2, 0.998, shift=SHIFT)
    lost = next(c for c in tables_of(kept)[0].cells if (c.region.row, c.region.column) == AMOUNT)
    kept.doubts = [PageDoubt(lost.region.box, "")]
    texts, found, tables = merged(kept, copy)
    assert texts[AMOUNT] == "45.200.000"
    assert told(found) == [(("45.200.000",), (), AMOUNT, True)]
    assert kept.doubts == []
    (table,) = stitch([tables[1]])
    part = table.grid[1][3].parts[0]
    assert part.page == 2
    assert part.box.x0 == pytest.approx(XS[3] + SHIFT, abs=1)
    (word,) = part.lines[0].words
    assert word in kept.words
    assert word.box.x0 == pytest.approx(XS[3] + 3, abs=1)
    assert table.rows[1].page == 1


def test_of_two_readings_of_a_figure_the_surer_is_taken_and_both_are_told() -> None:
    kept = reading(1, 0.999, {AMOUNT: ("46.200.000", 0.7)})
    texts, found, _ = merged(kept, reading(2, 0.998))
    assert texts[AMOUNT] == "45.200.000"
    assert told(found) == [(("45.200.000",), ("46.200.000",), AMOUNT, True)]
    assert not found[0].sure
    assert [word.text for word in found[0].words_there] == ["45.200.000"]


def test_a_figure_of_sound_form_is_better_than_a_surer_one_that_lost_a_digit() -> None:
    kept = reading(1, 0.9995, {AMOUNT: ("45.20.000", 0.9995)})
    texts, _, _ = merged(kept, reading(2, 0.998))
    assert texts[AMOUNT] == "45.200.000"


def test_figures_that_were_both_read_surely_are_told_as_such() -> None:
    kept = reading(1, 0.9995)
    texts, found, _ = merged(kept, reading(2, 0.998, {AMOUNT: ("54.200.000", 0.998)}))
    assert texts[AMOUNT] == "45.200.000"
    assert told(found) == [(("54.200.000",), ("45.200.000",), AMOUNT, False)]
    assert found[0].sure


def test_broken_words_give_way_to_whole_ones() -> None:
    kept = reading(1, 0.999, {NAME: ("Penyed1aan bahan ce tak", 0.999)})
    texts, found, _ = merged(kept, reading(2, 0.99))
    assert texts[NAME] == "Penyediaan bahan cetak"
    assert found == []


def test_dirt_gives_way_but_an_unsure_figure_stays() -> None:
    kept = reading(1, 0.999, {NAME: ("Penyediaan bahan cetak il", 0.5), (3, 2): ("14 Unit 8", 0.5)})
    texts, _, _ = merged(kept, reading(2, 0.998, {(3, 2): ("14 Unit", 0.998)}))
    assert texts[NAME] == "Penyediaan bahan cetak"
    assert texts[3, 2] == "14 Unit 8"


def test_a_text_layer_stands_whatever_its_scan_shows() -> None:
    kept = reading(1, 1.0, {(3, 2): ("", 1.0)})
    texts, found, _ = merged(kept, reading(2, 0.999, {AMOUNT: ("46.200.000", 0.6)}))
    assert texts[AMOUNT] == "45.200.000"
    assert texts[3, 2] == ""
    assert told(found) == [
        (("46.200.000",), ("45.200.000",), AMOUNT, False),
        (("1",), (), (3, 2), False),
    ]


def test_a_row_that_one_scan_lost_does_not_shift_the_others() -> None:
    kept = reading(1, 0.999, {(3, 3): ("27.800.000", 0.8)})
    copy = table_page(2, XS, [*ROWS[:2], ROWS[3]])
    for word in copy.words:
        word.confidence = 0.998
    texts, found, _ = merged(kept, copy)
    assert texts[3, 3] == "27.300.000"
    assert texts[2, 3] == "9.120.000"
    assert (("27.300.000",), ("27.800.000",), (3, 3), True) in told(found)
    assert ((), ("2", "3", "9.120.000"), None, False) in told(found)


def test_tables_with_other_columns_are_left_alone() -> None:
    kept = reading(1, 0.999, {AMOUNT: ("46.200.000", 0.7)})
    copy = table_page(2, (40.0, 80.0, 380.0, 560.0), [(a, b, d) for a, b, _, d in ROWS])
    for word in copy.words:
        word.confidence = 0.998
    texts, found, _ = merged(kept, copy)
    assert texts[AMOUNT] == "46.200.000"
    assert [(d.only_here, d.cell) for d in found] == [(("x",), None)]


def test_words_taken_lie_where_the_cell_of_the_kept_page_lies() -> None:
    kept = reading(1, 0.999, {NAME: ("Pnydaan bahan ctk", 0.7)})
    copy = reading(2, 0.998, shift=SHIFT)
    _, _, tables = merged(kept, copy)
    cell = next(c for c in tables[1][0].cells if (c.region.row, c.region.column) == NAME)
    assert cell.source is not None
    assert cell.source[0] == 2
    box: Box = cell.region.box
    assert all(box.x0 <= w.box.x0 and w.box.x1 <= box.x1 for line in cell.lines for w in line.words)
    assert cell.lines[0].page == 1
