"""Rows of tables that are ruled unevenly, in some columns only, or not at all inside their frame."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from pipeline.pages.lines import group_lines
from pipeline.pages.model import Box, Fill, Page
from pipeline.tables.row_evidence import between
from pipeline.tables.unruled_frame import split_rows
from pipeline.tables.unruled_model import UNSURE_ROWS
from tests.tables.drawn import (
    HEIGHT,
    LINE,
    WIDTH,
    grid_of,
    horizontal,
    lines_at,
    stitched,
    tables_of,
    texts_of,
    vertical,
    words_at,
)

XS = [50.0, 110.0, 300.0, 400.0]
HEADER = ["Kode", "Uraian", "Jumlah"]
ROWS = [
    ["4", "Pendapatan", "900.000.000"],
    ["4.1", "Pendapatan asli", "500.000.000"],
    ["4.1.01", "Pajak daerah yang\ndipungut kabupaten", "300.000.000"],
    ["4.1.02", "Retribusi daerah", "200.000.000"],
    ["4.2", "Transfer", "400.000.000"],
    ["4.2.01", "Dana bagi hasil dan\ndana alokasi umum", "400.000.000"],
]


def uneven_page(
    rows: Sequence[Sequence[str]],
    ruled: Sequence[int] = (),
    valign: str = "top",
    every: int = 1,
    padding: float = 8.0,
) -> Page:
    """A framed table whose columns `ruled` alone have a rule below every `every`th row; texts as `valign` says."""
    page = Page(1, WIDTH, HEIGHT)
    ys = [100.0]
    for number, row in enumerate([HEADER, *rows]):
        height = LINE * max(text.count("\n") + 1 for text in row) + padding
        for left, text in zip(XS, row, strict=False):
            free = height - padding - LINE * (text.count("\n") + 1)
            share = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[valign]
            page.words += lines_at(text, left + 3, ys[-1] + padding / 2 + share * free)
        ys.append(ys[-1] + height)
        if number and number % every == 0:
            page.rules += [horizontal(ys[-1], XS[column], XS[column + 1]) for column in ruled]
    page.rules += [vertical(x, ys[0], ys[-1]) for x in XS]
    page.rules += [horizontal(y, XS[0], XS[-1]) for y in (ys[0], ys[1], ys[-1])]
    return page


def rows_of(page: Page) -> tuple[list[list[str]], list[str]]:
    """The texts of the one table's rows, its header left out, and its signs."""
    (table,) = stitched(page)
    split_rows(table)
    return grid_of(table)[1:], table.signs


def joined(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[text.replace("\n", " ") for text in row] for row in rows]


@pytest.mark.parametrize("valign", ["top", "middle", "bottom"])
@pytest.mark.parametrize("ruled", [(2,), (0,), (0, 2)], ids=["amounts", "codes", "both"])
def test_the_rules_of_some_columns_part_all(ruled: tuple[int, ...], valign: str) -> None:
    found, _ = rows_of(uneven_page(ROWS, ruled, valign))
    assert found == joined(ROWS)


@pytest.mark.parametrize("ruled", [(2,), (0, 1, 2)], ids=["amounts", "all"])
def test_rules_below_some_rows_only(ruled: tuple[int, ...]) -> None:
    found, _ = rows_of(uneven_page(ROWS, ruled, every=5))
    assert found == joined(ROWS)


@pytest.mark.parametrize("valign", ["top", "middle", "bottom"])
def test_a_frame_without_rules_is_cut_at_its_codes(valign: str) -> None:
    found, signs = rows_of(uneven_page(ROWS, valign=valign))
    assert found == joined(ROWS)
    assert signs == []


def test_a_list_of_ordinals_is_cut_though_its_figures_have_units() -> None:
    rows = [["1.", "Naiknya produksi\npadi", "12 ton"], ["2.", "Turunnya kehilangan\nhasil panen", "10,9 %"]]
    found, _ = rows_of(uneven_page(rows, padding=20))
    assert found == joined(rows)


def test_a_code_that_wraps_in_its_cell_is_one_row() -> None:
    rows = [["1.20.05.01.\n8.", "Program Pengembangan\nKompetensi", "100.000"]]
    page = uneven_page(rows)
    for word in page.words:
        if word.text == "1.20.05.01.":
            word.box = Box(53, word.box.y0, 106, word.box.y1)
    found, _ = rows_of(page)
    assert found == joined(rows)


def test_stacked_figures_beside_a_merged_goal_are_one_row() -> None:
    page = uneven_page([["Tujuan", "Indeks profesi\nNilai merit", "63\n210"]])
    assert len(rows_of(page)[0]) == 1


def test_a_merged_cell_beside_ruled_rows_stays_merged() -> None:
    """The goal runs over its bands; the figures of another column without rules are one a band."""
    rows = [["", "Indikator a", "10"], ["Tujuan", "Indikator b", "20"], ["", "Indikator c", "30"]]
    (table,) = tables_of(uneven_page(rows, ruled=(1,)))
    texts = texts_of(table)[1:]
    assert [row[0] for row in texts] == ["Tujuan"] * 3
    assert [row[2] for row in texts] == ["10", "20", "30"]


def test_a_text_at_its_pitch_over_ruled_bands_is_one() -> None:
    page = uneven_page([["", f"Indikator {letter}", "10"] for letter in "abc"], ruled=(1, 2), padding=3)
    page.words += lines_at("Tujuan\nyang satu\nini saja", 53, 120)
    (table,) = tables_of(page)
    assert [row[0] for row in texts_of(table)[1:]] == ["Tujuan yang satu ini saja"] * 3


def test_strips_of_one_colour_part_nothing() -> None:
    page = uneven_page([["1", "Program yang\nnamanya panjang\nsekali", "100"]])
    tops = [124.0, 136.0, 148.0, 160.0]
    page.fills = [Fill(Box(110, a, 300, b), (200, 220, 180)) for a, b in pairwise(tops)]
    (table,) = tables_of(page)
    assert len(texts_of(table)) == 2
    assert table.signs == []


def test_a_barely_better_reading_is_doubted() -> None:
    """Two amounts in the only column without rules, at one row's pitch but beside two ruled rows."""
    rows = [["satu", "Uraian satu", ""], ["dua", "Uraian dua", ""]]
    page = uneven_page(rows, ruled=(0, 1), padding=4)
    page.words += words_at("70 unit", 303, 118) + words_at("80 unit", 303, 134)
    (table,) = tables_of(page)
    assert UNSURE_ROWS in table.signs


def test_evidence_adds_up() -> None:
    def score(upper: str, lower: str, gap: float) -> float:
        a, b = group_lines([*words_at(upper, 0, 100), *words_at(lower, 0, 100 + gap)], 1)
        return between(a, b, 12.0)

    assert score("Meningkatnya mutu", "layanan", 12) < 0 < score("Meningkatnya mutu", "Layanan", 24)
    assert score("a. Padi", "b. Jagung", 12) > score("Padi", "Jagung", 12)
    assert score("10", "20", 24) > score("10 unit", "20 unit", 24)
