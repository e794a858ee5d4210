"""Fills and rules as they are seen, whatever pieces they were drawn in."""

from __future__ import annotations

import random
import time
from itertools import pairwise

from pipeline.pages.areas import MOST_FILLS, merged, settle
from pipeline.pages.model import Box, Fill, Rule
from tests.tables.drawn import draw, read, tables_of, texts_of

GREEN, BLACK, WHITE, BLUE = (226, 239, 217), (0, 0, 0), (255, 255, 255), (68, 114, 196)


def strips_of(box: Box, color: tuple[int, int, int]) -> list[Fill]:
    """A cell's shading as word processors draw it: a border of four pieces around one strip per line of text."""
    x0, y0, x1, y1 = box
    pieces = [Box(x0, y0, x1, y0 + 4), Box(x0, y0 + 4, x0 + 5, y1 - 4), Box(x1 - 5, y0 + 4, x1, y1 - 4)]
    pieces += [Box(x0, y1 - 4, x1, y1)]
    lines = [y0 + 4 + step * (y1 - y0 - 8) / 3 for step in range(4)]
    pieces += [Box(x0 + 5, top, x1 - 5, bottom) for top, bottom in pairwise(lines)]
    return [Fill(piece, color) for piece in pieces]


def test_strips_of_one_fill_are_one_area():
    cell = Box(100.0, 50.0, 200.0, 98.0)
    pieces = strips_of(cell, GREEN)
    random.Random(7).shuffle(pieces)
    assert merged(pieces) == [Fill(cell, GREEN)]


def test_fills_of_other_colours_or_apart_stay_apart():
    fills = [Fill(Box(0, 0, 50, 20), GREEN), Fill(Box(50, 0, 90, 20), BLUE), Fill(Box(0, 20.6, 50, 40), GREEN)]
    assert sorted(fill.box for fill in merged(fills)) == sorted(fill.box for fill in fills)


def test_a_hairline_in_the_colour_of_its_fill_is_no_rule():
    fills = [Fill(Box(0, 0, 50, 20), GREEN), Fill(Box(0, 20.5, 50, 40), GREEN)]
    hairline, border = Rule(False, 20.25, 0, 50, GREEN), Rule(False, 40.2, 0, 50, GREEN)
    black = Rule(False, 10, 0, 50, BLACK)
    rules, areas = settle([hairline, border, black], [], fills)
    assert rules == [border, black]
    (area,) = areas
    assert (round(area.box.y0, 1), round(area.box.y1, 1)) == (0, 40)


def test_a_columns_edge_goes_on_through_the_fill_of_the_header():
    fills = [Fill(Box(0, 0, 100, 20), BLUE)]
    within, below = Rule(True, 50, 0, 20, BLUE), Rule(True, 50, 20, 60, BLUE)
    assert settle([within, below], [], fills)[0] == [within, below]
    assert settle([within], [], fills)[0] == []


def test_a_pale_line_is_a_rule_over_a_fill_only():
    fills = [Fill(Box(0, 0, 100, 40), BLUE)]
    over, beside = Rule(False, 20, 0, 100, WHITE), Rule(False, 60, 0, 100, WHITE)
    assert settle([], [over, beside], fills)[0] == [over]


def test_white_lines_over_one_fill_make_a_table(tmp_path):
    def sheet(page):
        page.area(100, 100, 300, 160, grey=0.6)
        page.canvas.setStrokeGray(1)
        page.line(100, 130, 300, 130)
        page.line(200, 100, 200, 160)
        page.canvas.setStrokeGray(0)
        page.line(100, 100, 300, 100)
        page.line(100, 160, 300, 160)
        page.line(100, 100, 100, 160)
        page.line(300, 100, 300, 160)
        for x, y, text in ((110, 118, "Indikator"), (210, 118, "Target"), (110, 148, "Nilai"), (210, 148, "75")):
            page.text(x, y, text)

    (page,) = read(draw(tmp_path / "putih.pdf", sheet))
    assert texts_of(tables_of(page)[0]) == [["Indikator", "Target"], ["Nilai", "75"]]


def test_shading_line_by_line_cuts_no_row(tmp_path):
    def sheet(page):
        for piece in strips_of(Box(100, 120, 200, 168), GREEN):
            page.area(*piece.box, grey=0.9)
        page.grid([100, 200, 300], [100, 120, 168])
        for x, y, text in ((110, 113, "Sasaran"), (210, 113, "Kegiatan"), (210, 130, "satu"), (210, 160, "dua")):
            page.text(x, y, text)

    (page,) = read(draw(tmp_path / "strip.pdf", sheet))
    (table,) = tables_of(page)
    assert texts_of(table) == [["Sasaran", "Kegiatan"], ["", "satu dua"]]
    assert table.signs == []


def test_a_page_of_shades_is_a_picture_and_takes_no_time():
    chance = random.Random(3)
    fills = [
        Fill(Box(x, y, x + 9, y + 9), GREEN)
        for x, y in ((chance.random() * 800, chance.random() * 500) for _ in range(6 * MOST_FILLS))
    ]
    rules = [Rule(False, fill.box.y0, fill.box.x0, fill.box.x1, GREEN) for fill in fills]
    started = time.process_time()
    assert settle(rules, [], fills) == (rules, [])
    assert time.process_time() - started < 1.0
