"""Grids of cells out of rules."""

from __future__ import annotations

from pipeline.pages.model import Page
from pipeline.tables.build import page_tables
from pipeline.tables.lattice import Frame, find_frames
from tests.tables.drawn import (
    HEIGHT,
    WIDTH,
    draw,
    grid_rules,
    horizontal,
    read,
    tables_of,
    texts_of,
    vertical,
    words_at,
)

XS = [50.0, 150.0, 250.0, 350.0]
YS = [100.0, 120.0, 140.0, 160.0]


def frames_of(*rules) -> list[Frame]:
    return find_frames(Page(1, WIDTH, HEIGHT, rules=list(rules)))


def spans(frame: Frame) -> list[tuple[int, int, int, int]]:
    return [(region.row, region.column, region.row_end, region.column_end) for region in frame.regions]


def test_plain_grid():
    (frame,) = frames_of(*grid_rules(XS, YS))
    assert frame.xs == XS
    assert frame.ys == YS
    assert spans(frame) == [(row, column, row + 1, column + 1) for row in range(3) for column in range(3)]
    assert frame.regions[4].box == (150.0, 120.0, 250.0, 140.0)
    assert frame.signs == []


def test_missing_vertical_merges_columns():
    rules = [horizontal(y, 50, 350) for y in YS]
    rules += [vertical(x, 100, 160) for x in (50, 250, 350)] + [vertical(150, 120, 160)]
    (frame,) = frames_of(*rules)
    assert (0, 0, 1, 2) in spans(frame)
    assert len(frame.regions) == 8


def test_missing_horizontal_merges_rows():
    rules = [vertical(x, 100, 160) for x in XS]
    rules += [horizontal(100, 50, 350), horizontal(120, 150, 350), horizontal(140, 150, 350), horizontal(160, 50, 350)]
    (frame,) = frames_of(*rules)
    assert (0, 0, 3, 1) in spans(frame)
    assert len(frame.regions) == 7


def test_region_that_is_no_rectangle_is_cut_into_runs():
    rules = grid_rules([50.0, 350.0], [100.0, 160.0])
    rules += [vertical(150, 120, 160), horizontal(120, 50, 150)]
    (frame,) = frames_of(*rules)
    covered = [
        (row, column)
        for region in frame.regions
        for row in range(region.row, region.row_end)
        for column in range(region.column, region.column_end)
    ]
    assert sorted(covered) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert (1, 0, 2, 1) in spans(frame)


def test_double_rules_are_one_edge():
    rules = [horizontal(y + shift, 50, 350) for y in YS for shift in (0.0, 1.6)]
    rules += [vertical(x + shift, 100, 161.6) for x in XS for shift in (0.0, 1.6)]
    (frame,) = frames_of(*rules)
    assert len(frame.xs) == 4
    assert len(frame.ys) == 4
    assert len(frame.regions) == 9


def test_rules_that_stop_short_of_each_other_still_meet():
    rules = [horizontal(y, 52, 348) for y in YS] + [vertical(x, 102, 158) for x in XS]
    (frame,) = frames_of(*rules)
    assert len(frame.regions) == 9


def test_rule_drawn_in_pieces_is_one():
    rules = [horizontal(y, start, start + 98) for y in YS for start in (50, 150, 250)]
    (frame,) = frames_of(*rules, *(vertical(x, 100, 160) for x in XS))
    assert len(frame.regions) == 9


def test_open_ends_are_closed_and_said_so():
    rules = [horizontal(y, 50, 350) for y in (120, 140)] + [vertical(x, 100, 160) for x in XS]
    (frame,) = frames_of(*rules)
    assert frame.ys == YS
    assert frame.signs == ["ujung atas terbuka", "ujung bawah terbuka"]


def test_open_sides_are_closed_and_said_so():
    rules = [horizontal(y, 50, 350) for y in YS] + [vertical(x, 100, 160) for x in (150, 250)]
    (frame,) = frames_of(*rules)
    assert frame.xs == XS
    assert frame.signs == ["sisi kiri terbuka", "sisi kanan terbuka"]


def test_tables_apart_are_two_frames():
    frames = frames_of(*grid_rules(XS, [200.0, 220.0]), *grid_rules(XS, [100.0, 120.0]))
    assert [frame.ys for frame in frames] == [[100.0, 120.0], [200.0, 220.0]]


def test_footer_box_that_touches_the_table_is_a_frame_of_its_own():
    rules = grid_rules(XS, YS) + grid_rules([80.0, 200.0, 320.0], [160.0, 180.0])
    assert [frame.xs for frame in frames_of(*rules)] == [XS, [80.0, 200.0, 320.0]]


def test_underline_and_stroke_that_touch_nothing_are_no_table():
    assert frames_of(horizontal(100, 50, 350), horizontal(105, 50, 120), vertical(500, 100, 400)) == []


def test_box_around_text_is_no_table():
    page = Page(1, WIDTH, HEIGHT, words_at("Catatan penting", 60, 105), grid_rules([50.0, 350.0], [100.0, 120.0]))
    tables, loose = page_tables(page)
    assert tables == []
    assert [word.text for word in loose] == ["Catatan", "penting"]


def test_words_fall_into_their_cells_and_the_rest_is_loose():
    page = Page(1, WIDTH, HEIGHT, rules=grid_rules(XS, YS))
    for row, top in enumerate(YS[:-1]):
        for column, left in enumerate(XS[:-1]):
            page.words += words_at(f"isi {row}{column}", left + 3, top + 4)
    page.words += words_at("Judul tabel", 50, 80)
    tables, loose = page_tables(page)
    assert texts_of(tables[0]) == [[f"isi {row}{column}" for column in range(3)] for row in range(3)]
    assert [word.text for word in loose] == ["Judul", "tabel"]


def test_thin_fills_are_rules_and_thick_ones_are_shading(tmp_path):
    def sheet(page):
        page.area(50, 100, 350, 120, grey=0.8)
        for y in (100, 120, 140):
            page.area(50, y - 0.5, 350, y + 0.5)
        for x in (50, 150, 350):
            page.area(x - 0.5, 100, x + 0.5, 140)
        for x, y, text in ((60, 113, "Kepala"), (160, 113, "Target"), (60, 133, "Isi"), (160, 133, "12")):
            page.text(x, y, text)

    (page,) = read(draw(tmp_path / "isian.pdf", sheet))
    (table,) = tables_of(page)
    assert texts_of(table) == [["Kepala", "Target"], ["Isi", "12"]]
    assert [cell.fill is not None for cell in table.cells] == [True, True, False, False]


def test_shading_under_text_alone_makes_no_cells(tmp_path):
    def sheet(page):
        page.area(50, 100, 350, 140, grey=0.7)
        page.text(60, 115, "Teks di atas arsiran")

    (page,) = read(draw(tmp_path / "arsiran.pdf", sheet))
    assert find_frames(page) == []
    assert len(page.fills) == 1


def test_nearly_white_rules_are_not_seen(tmp_path):
    def sheet(page):
        page.canvas.setStrokeGray(0.99)
        page.grid(XS, YS)
        page.area(50, 200, 350, 201, grey=1.0)

    (page,) = read(draw(tmp_path / "putih.pdf", sheet))
    assert page.rules == []


def test_outlined_rectangles_give_their_four_sides(tmp_path):
    def sheet(page):
        for column in range(3):
            page.canvas.rect(50 + 100 * column, 660, 100, 40)
            page.text(55 + 100 * column, 120, f"sel {column}")

    (page,) = read(draw(tmp_path / "kotak.pdf", sheet))
    (table,) = tables_of(page)
    assert texts_of(table) == [["sel 0", "sel 1", "sel 2"]]


def test_texts_that_touch_over_a_rule_are_two_words(tmp_path):
    def sheet(page):
        page.grid([50, 150, 250], [100, 120, 140])
        page.text(130, 113, "1234")
        page.text(151.5, 113, "5678")
        page.text(60, 133, "kiri")
        page.text(160, 133, "kanan")

    (page,) = read(draw(tmp_path / "rapat.pdf", sheet))
    (table,) = tables_of(page)
    assert texts_of(table) == [["1234", "5678"], ["kiri", "kanan"]]


def test_word_that_overflows_its_cell_stays_whole(tmp_path):
    def sheet(page):
        page.grid([50, 150, 250], [100, 120, 140])
        page.text(90, 113, "Pertanggungjawaban")
        page.text(60, 133, "kiri")
        page.text(160, 133, "kanan")

    (page,) = read(draw(tmp_path / "luber.pdf", sheet))
    (table,) = tables_of(page)
    assert texts_of(table)[0] == ["Pertanggungjawaban", ""]


def test_an_edge_of_most_rows_cuts_the_row_that_lacks_its_rule():
    rules = [horizontal(y, 50, 350) for y in YS] + [vertical(x, 100, 160) for x in (50, 350)]
    rules += [vertical(x, 100, 140) for x in (150, 250)]
    words = [w for row in range(2) for col in range(3) for w in words_at("isi", 60 + 100 * col, 105 + 20 * row)]
    last = [w for x, text in ((60, "Jumlah"), (160, "12"), (260, "3.400")) for w in words_at(text, x, 145)]
    (table,) = tables_of(Page(1, WIDTH, HEIGHT, words=words + last, rules=rules))
    assert texts_of(table)[2] == ["Jumlah", "12", "3.400"]
    assert table.signs == ["garis antarkolom hilang"]


def test_a_merged_cell_whose_words_cross_the_edge_stays_whole():
    rules = [horizontal(y, 50, 350) for y in YS] + [vertical(x, 100, 160) for x in (50, 350)]
    rules += [vertical(x, 100, 140) for x in (150, 250)]
    words = [w for row in range(2) for col in range(3) for w in words_at("isi", 60 + 100 * col, 105 + 20 * row)]
    merged = words_at("Program pelayanan administrasi perkantoran", 60, 145)
    (table,) = tables_of(Page(1, WIDTH, HEIGHT, words=words + merged, rules=rules))
    assert texts_of(table)[2] == ["Program pelayanan administrasi perkantoran"] * 3
    assert table.signs == []


def test_dashes_are_a_rule():
    solid = [horizontal(y, 50, 350) for y in YS] + [vertical(x, 100, 160) for x in (50, 350)]
    dashes = [vertical(x, 100 + 5 * step, 102.5 + 5 * step) for x in (150, 250) for step in range(12)]
    (frame,) = frames_of(*solid, *dashes)
    assert spans(frame) == [(row, column, row + 1, column + 1) for row in range(3) for column in range(3)]
