"""Two tables in one frame, beside one another on a page, and in a cell of another one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.pages.model import Page
from pipeline.tables.page_table import PageTable
from tests.tables.drawn import (
    HEIGHT,
    WIDTH,
    add_table,
    grid_of,
    grid_rules,
    stitched,
    table_page,
    tables_of,
    texts_of,
    words_at,
)

GOALS = [["No", "Sasaran", "Indikator", "Target"], ["1", "Arsip tertib", "Nilai arsip", "80"]]
BUDGET = [["Kode", "Program", "Anggaran"], ["01", "Program Arsip", "1.250.000"], ["02", "Program Baca", "750.000"]]
XS = [50.0, 90, 250, 400, 500]
OTHER_XS = [50.0, 150, 330, 500]
TITLE = ["MISI KEDUA", "<", "<", "<"]
BLANK = ["", "<", "<", "<"]
NUMBERS = ["1", "2", "3", "4"]
MORE = [["No", "Program", "Keluaran", "Anggaran"], ["1", "Program Arsip", "Dokumen", "2.500.000"]]


def page_with(*tables: tuple[Sequence[float], Sequence[Sequence[str]], float]) -> Page:
    page = Page(1, WIDTH, HEIGHT)
    for xs, rows, top in tables:
        add_table(page, xs, rows, top)
    return page


def stacked(*tables: tuple[Sequence[float], Sequence[Sequence[str]]]) -> Page:
    """Tables right below one another, so that they are one frame."""
    page = Page(1, WIDTH, HEIGHT)
    top = 100.0
    for xs, rows in tables:
        top = add_table(page, xs, rows, top)
    return page


def texts(page: Page) -> list[list[list[str]]]:
    return [texts_of(table) for table in tables_of(page)]


def above(table: PageTable) -> list[str]:
    return [line.text for line in table.above]


def test_a_title_and_the_header_again_begin_a_table() -> None:
    tables = tables_of(stacked((XS, [*GOALS, TITLE, *GOALS])))
    assert [texts_of(table) for table in tables] == [GOALS, GOALS]
    assert above(tables[1]) == ["MISI KEDUA"]


@pytest.mark.parametrize("titles", [[], [["PROGRAM", "<", "<"]], [["", "<", "<"]]], ids=["none", "title", "gap"])
def test_a_header_with_columns_of_its_own_begins_a_table(titles: list[list[str]]) -> None:
    assert texts(stacked((XS, GOALS), (OTHER_XS, [*titles, *BUDGET]))) == [GOALS, BUDGET]


@pytest.mark.parametrize("between", [TITLE, BLANK], ids=["title", "gap"])
def test_a_numbered_header_begins_a_table(between: list[str]) -> None:
    lower = [MORE[0], NUMBERS, MORE[1]]
    assert texts(stacked((XS, [*GOALS, between, *lower]))) == [GOALS, lower]


def test_three_tables_in_one_frame() -> None:
    assert texts(stacked((XS, [*GOALS, TITLE, *GOALS, TITLE, *GOALS]))) == [GOALS, GOALS, GOALS]


def test_the_lower_table_goes_on_over_the_page() -> None:
    first, second = stacked((XS, [*GOALS, TITLE, *GOALS])), table_page(2, XS, [GOALS[0], ["2", "Minat", "Indeks", "7"]])
    upper, lower = stitched(first, second)
    assert grid_of(upper) == GOALS
    assert grid_of(lower) == [*GOALS, ["2", "Minat", "Indeks", "7"]]


def test_a_level_across_the_table_is_a_row_of_it() -> None:
    rows = [
        *GOALS,
        ["A. Program Perpustakaan", "<", "<", "<"],
        ["1", "Layanan baca", "Jumlah layanan", "12"],
        ["", "<", "<", "<"],
        ["B. Program Kearsipan", "<", "<", "<"],
        ["Arsip", "Penataan", "Persentase arsip", "Baik"],
    ]
    [table] = texts(stacked((XS, rows)))
    assert len(table) == len(rows)


def test_a_total_across_two_columns_is_a_row() -> None:
    assert len(texts(stacked((OTHER_XS, [*BUDGET, ["JUMLAH", "<", "2.000.000"]])))) == 1


def test_tables_apart_beside_one_another_have_titles_of_their_own() -> None:
    page = page_with(([50.0, 80, 250], [["No", "Program"], ["1", "Arsip"], ["2", "Baca"]], 100))
    add_table(page, [300.0, 420, 550], [["Bidang", "Anggaran"], ["Umum", "1.000.000"]], 108)
    page.words += [*words_at("Tabel Satu", 60, 80), *words_at("Tabel Dua", 320, 80)]
    left, right = tables_of(page)
    assert (above(left), above(right)) == (["Tabel Satu"], ["Tabel Dua"])


def test_tables_that_touch_are_two_where_their_rows_differ() -> None:
    left = [["No", "Program"], *([str(n), "Program\nArsip"] for n in range(4))]
    right = [["Bidang", "Anggaran"], *([f"Bidang {n}", "1.000"] for n in range(7))]
    found = texts(page_with(([50.0, 80, 250], left, 100), ([250.0, 400, 550], right, 103)))
    assert found == [[[cell.replace("\n", " ") for cell in row] for row in left], right]


@pytest.mark.parametrize("gap", [0.0, 8.0])
def test_a_table_in_two_halves(gap: float) -> None:
    head = ["No", "Program", "Anggaran"]
    left, right = [head, ["1", "Arsip", "100"]], [head, ["2", "Baca", "200"]]
    page = page_with(([50.0, 80, 200, 290], left, 100), ([290.0 + gap, 320, 440, 530], right, 100))
    page.rules += grid_rules([50, 530], [100, 136])  # a border around both
    assert texts(page) == [left, right]


def test_merged_cells_beside_finer_rows_are_one_table() -> None:
    rows = [GOALS[0]]
    for n in range(5):
        rows += [[str(n), f"Sasaran {n}", f"Nilai {n}", "7"], ["^", "^", f"Indeks {n}", "8"]]
    assert len(texts(stacked((XS, rows)))) == 1


def test_a_table_in_a_cell_is_one_of_its_own() -> None:
    outer = [["Indikator", "Rumus"], ["Nilai arsip", "\n\n\n\n\n"], ["Indeks baca", "Jumlah pembaca"]]
    inner = [["Bobot", "Nilai"], ["10", "20"], ["30", "40"]]
    found = texts(page_with(([50.0, 200, 500], outer, 100), ([220.0, 300, 400], inner, 125)))
    assert found == [[outer[0], ["Nilai arsip", ""], outer[2]], inner]


WORD = st.text("abcdefgh", min_size=2, max_size=6)
FIGURE = st.integers(1, 999).map(str)


@st.composite
def bodies(draw: st.DrawFn) -> list[list[str]]:
    return draw(st.lists(st.tuples(FIGURE, WORD, WORD, FIGURE).map(list), min_size=1, max_size=6))


@given(bodies())
def test_a_table_of_figures_stays_whole(body: list[list[str]]) -> None:
    assert texts(stacked((XS, [GOALS[0], *body]))) == [[GOALS[0], *body]]


@given(bodies(), bodies())
def test_the_words_of_each_stay_with_it(first: list[list[str]], second: list[list[str]]) -> None:
    tables = [[GOALS[0], *first], [GOALS[0], *second]]
    assert texts(stacked((XS, [*tables[0], TITLE, *tables[1]]))) == tables
