"""Tables over page breaks by score: what speaks for one table, what for two, and how far."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables.drawn import grid_of, stitched, table_page

XS = [50.0, 90.0, 240.0, 300.0, 360.0, 450.0]
HEADER = [["NO", "INDIKATOR", "SASARAN", "<", "PAGU"], ["^", "^", "SATUAN", "TARGET", "^"]]
FIRST = ["1", "Indeks SPBE", "Nilai", "2,75", "1.000"]
SECOND = ["2", "Nilai SAKIP", "Poin", "63", "2.000"]
REST = ["", "pemerintah daerah", "", "", ""]
BODY = [FIRST, SECOND]


def body_of(*pages):
    (table,) = stitched(*pages)
    return grid_of(table)[2:]


def test_the_last_line_of_a_header_alone_is_printed_again():
    rows = [["NO", "INDIKATOR", "SATUAN", "TARGET", "PAGU"], ["URAIAN", "NAMA", "UNIT", "ANGKA", "RUPIAH"]]
    (table,) = stitched(table_page(1, XS, [*rows, FIRST]), table_page(2, XS, [rows[1], SECOND]))
    assert grid_of(table) == [*rows, FIRST, SECOND]
    assert [cell.text for cell in table.repeated] == rows[1]


def test_a_row_that_the_break_cut_stands_above_the_header_printed_again():
    (table,) = stitched(table_page(1, XS, [*HEADER, FIRST]), table_page(2, XS, [REST, *HEADER, SECOND]))
    assert [row[1] for row in grid_of(table)[2:]] == ["Indeks SPBE pemerintah daerah"] * 2 + ["Nilai SAKIP"]
    assert {cell.text for cell in table.repeated} == {"NO", "INDIKATOR", "SASARAN", "PAGU", "SATUAN", "TARGET"}


def test_a_header_reworded_by_a_letter_is_printed_again():
    again = [["NO", "INDIKATCR", "SASARAN", "<", "PAGU"], HEADER[1]]
    assert body_of(table_page(1, XS, [*HEADER, FIRST]), table_page(2, XS, [*again, SECOND])) == BODY


@given(shift=st.floats(-30, 30), scale=st.floats(0.85, 1.15))
def test_a_part_moved_or_scaled_goes_on_in_the_same_columns(shift: float, scale: float):
    moved = [XS[0] + (x - XS[0]) * scale + shift for x in XS]
    (table,) = stitched(table_page(1, XS, [*HEADER, FIRST]), table_page(2, moved, [SECOND]))
    assert grid_of(table)[2:] == BODY
    assert table.edges == XS


def test_a_part_that_lacks_an_edge_because_its_cells_are_merged_goes_on():
    few = [x for x in XS if x != XS[3]]
    (table,) = stitched(table_page(1, XS, [*HEADER, FIRST]), table_page(2, few, [["2", "Jumlah", "", "2.000"]]))
    assert grid_of(table)[3] == ["2", "Jumlah", "", "", "2.000"]


def test_a_title_inside_of_the_frame_begins_another_table():
    title = [["MISI PERTAMA", "<", "<", "<", "<"], ["NO", "INDIKATOR", "SATUAN", "TARGET", "PAGU"]]
    other = [["MISI KEDUA", "<", "<", "<", "<"], title[1]]
    assert len(stitched(table_page(1, XS, [*title, FIRST]), table_page(2, XS, [*other, FIRST]))) == 2


def test_it_is_said_what_a_join_rests_on_and_how_far_the_other_reading_is():
    sure, unsure = (
        stitched(table_page(1, XS, [*HEADER, FIRST]), table_page(2, XS, [*HEADER, SECOND], title=title))[0].joins[0]
        for title in ("", "Keterangan lain\nyang berlaku\nuntuk semua\ntahun")
    )
    assert sure.margin == 1.0
    assert 0 < unsure.margin < sure.margin
    assert unsure.score == pytest.approx(sum(weight for _, weight in unsure.reasons), abs=0.05)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_merged_cell_goes_on_over_the_break_whatever_it_spans(rows: int):
    below = [["", f"Indikator {n}", "Nilai", str(n), "3.000"] for n in range(rows)]
    merged = [below[0], *(["^", *row[1:]] for row in below[1:])]
    table = body_of(table_page(1, XS, [*HEADER, ["1", *FIRST[1:]], ["^", *SECOND[1:]]]), table_page(2, XS, [*merged]))
    assert [row[0] for row in table] == ["1"] * (2 + rows)
