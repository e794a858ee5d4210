"""Rows that the rules do not tell apart."""

from __future__ import annotations

from pipeline.pages.model import Box, Fill, Page
from tests.tables.drawn import HEIGHT, WIDTH, add_table, horizontal, tables_of, texts_of, vertical, words_at

GREY = (200, 200, 200)
XS = [50.0, 80.0, 250.0, 350.0]


def unruled_page(ordinals: list[str], figures: list[str]) -> Page:
    """Four bands, ruled in the middle column only; the outer columns hold the given texts, one per band."""
    ys = [100.0, 120.0, 140.0, 160.0, 180.0]
    page = Page(1, WIDTH, HEIGHT)
    page.rules = [vertical(x, 100, 180) for x in XS] + [horizontal(100, 50, 350), horizontal(180, 50, 350)]
    page.rules += [horizontal(y, 80, 250) for y in ys[1:-1]]
    for band, top in enumerate(ys[:-1]):
        page.words += words_at(f"Uraian {'abcd'[band]}", 83, top + 5)
        if ordinals[band]:
            page.words += words_at(ordinals[band], 53, top + 5)
        if figures[band]:
            page.words += words_at(figures[band], 253, top + 5)
    return page


def test_columns_without_horizontals_are_split_by_the_bands_of_the_others():
    (table,) = tables_of(unruled_page(["1.", "2.", "3.", "4."], ["10", "20", "30", "40"]))
    assert texts_of(table) == [[f"{n}.", f"Uraian {'abcd'[n - 1]}", f"{n}0"] for n in (1, 2, 3, 4)]
    assert "kolom tanpa garis mendatar" in table.signs


def test_one_value_over_all_bands_is_merged():
    (table,) = tables_of(unruled_page(["", "1.", "", ""], ["", "75", "", ""]))
    assert [row[0] for row in texts_of(table)] == ["1."] * 4
    assert [row[2] for row in texts_of(table)] == ["75"] * 4
    assert table.signs == []


def test_one_merged_ordinal_keeps_the_other_columns_merged():
    (table,) = tables_of(unruled_page(["", "1.", "", ""], ["10", "20", "30", "40"]))
    assert [row[0] for row in texts_of(table)] == ["1."] * 4


def test_shading_that_ends_halfway_parts_a_row():
    page = Page(1, WIDTH, HEIGHT)
    add_table(page, XS, [["No", "Uraian", "Pagu"], ["1\n2", "Program A\nKegiatan B", "100\n60"]])
    page.fills = [Fill(Box(80, 118, 250, 131.5), GREY), Fill(Box(250, 118, 350, 131.5), GREY)]
    (table,) = tables_of(page)
    assert texts_of(table)[1:] == [["1", "Program A", "100"], ["2", "Kegiatan B", "60"]]
    assert table.signs == ["baris dipisah menurut arsiran"]


def test_shading_of_whole_rows_parts_nothing():
    page = Page(1, WIDTH, HEIGHT)
    add_table(page, XS, [["No", "Uraian", "Pagu"], ["1", "Program A\nyang panjang", "100"]])
    page.fills = [Fill(Box(50, 118, 350, 148), GREY)]
    (table,) = tables_of(page)
    assert texts_of(table) == [["No", "Uraian", "Pagu"], ["1", "Program A yang panjang", "100"]]
    assert [cell.fill for cell in table.cells] == [None] * 3 + [GREY] * 3


def test_shading_that_ends_inside_a_line_of_text_parts_nothing():
    page = Page(1, WIDTH, HEIGHT)
    add_table(page, XS, [["No", "Uraian", "Pagu"], ["1\n2", "Program A\nKegiatan B", "100\n60"]])
    page.fills = [Fill(Box(80, 118, 250, 126), GREY)]
    (table,) = tables_of(page)
    assert len(texts_of(table)) == 2
    assert table.signs == []
