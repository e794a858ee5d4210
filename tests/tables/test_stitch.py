"""Tables over page breaks: what continues, what repeats, and what a break cut."""

from __future__ import annotations

import pytest

from pipeline.pages.model import Page
from pipeline.tables.headers import number_row
from pipeline.tables.joins import WEIGHTS
from tests.tables.drawn import HEIGHT, WIDTH, add_table, grid_of, stitched, table_page, tables_of, words_at

XS = [50.0, 90.0, 300.0, 360.0, 450.0]
HEADER = ["NO", "INDIKATOR", "SATUAN", "TARGET"]
NUMBERS = ["1", "2", "3", "4"]
FIRST = ["1", "Indeks SPBE", "Nilai", "2,75"]
SECOND = ["2", "Nilai SAKIP", "Poin", "63"]
THIRD = ["3", "Laporan BMD", "Dokumen", "12"]


def test_repeated_header_is_taken_out_and_kept_aside():
    (table,) = stitched(table_page(1, XS, [HEADER, FIRST]), table_page(2, XS, [HEADER, SECOND, THIRD]))
    assert grid_of(table) == [HEADER, FIRST, SECOND, THIRD]
    assert table.header_rows == 1
    assert [cell.text for cell in table.repeated] == HEADER
    assert [row.page for row in table.rows] == [1, 1, 2, 2]
    assert [row.starts_page for row in table.rows] == [False, False, True, False]


def test_header_of_two_rows_with_merged_cells_repeats_whole():
    header = [["NO", "INDIKATOR", "SASARAN", "<"], ["^", "^", "SATUAN", "TARGET"]]
    (table,) = stitched(table_page(1, XS, [*header, FIRST]), table_page(2, XS, [*header, SECOND]))
    assert table.header_rows == 2
    assert grid_of(table) == [
        ["NO", "INDIKATOR", "SASARAN", "SASARAN"],
        ["NO", "INDIKATOR", "SATUAN", "TARGET"],
        FIRST,
        SECOND,
    ]


def test_continuation_without_header():
    (table,) = stitched(table_page(1, XS, [HEADER, FIRST]), table_page(2, XS, [SECOND]), table_page(3, XS, [THIRD]))
    assert grid_of(table) == [HEADER, FIRST, SECOND, THIRD]
    assert table.repeated == []


def test_number_row_alone_repeats():
    (table,) = stitched(table_page(1, XS, [HEADER, NUMBERS, FIRST]), table_page(2, XS, [NUMBERS, SECOND]))
    assert grid_of(table) == [HEADER, NUMBERS, FIRST, SECOND]
    assert table.number_row == 1
    assert table.header_rows == 2
    assert [cell.text for cell in table.repeated] == NUMBERS


def test_header_and_number_row_repeat():
    (table,) = stitched(table_page(1, XS, [HEADER, NUMBERS, FIRST]), table_page(2, XS, [HEADER, NUMBERS, SECOND]))
    assert grid_of(table) == [HEADER, NUMBERS, FIRST, SECOND]


@pytest.mark.parametrize(
    ("row", "is_number_row"),
    [
        (["1", "2", "3", "4"], True),
        (["(1)", "(2)", "(3)", "(4)"], True),
        (["1", "2", "3=1+2", "4"], True),
        (["1", "Indeks", "3", "4"], False),
        (["10", "20", "30", "40"], False),
    ],
)
def test_number_rows(row, is_number_row):
    (table,) = tables_of(table_page(1, XS, [HEADER, row]))
    assert number_row(table, 8) == (1 if is_number_row else None)


def test_other_columns_are_another_table():
    others = [50.0, 200.0, 300.0, 450.0]
    tables = stitched(table_page(1, XS, [HEADER, FIRST]), table_page(2, others, [["a", "b", "c"], ["d", "e", "f"]]))
    assert len(tables) == 2


def test_a_title_of_its_own_begins_another_table():
    tables = stitched(
        table_page(1, XS, [HEADER, FIRST], title="Tabel Indikator"),
        table_page(2, XS, [HEADER, SECOND], title="Tabel Anggaran"),
    )
    assert [grid_of(table)[1] for table in tables] == [FIRST, SECOND]


def test_the_same_title_printed_again_goes_on():
    (table,) = stitched(
        table_page(1, XS, [HEADER, FIRST], title="Lampiran halaman 1"),
        table_page(2, XS, [HEADER, SECOND], title="Lampiran halaman 2"),
    )
    assert grid_of(table) == [HEADER, FIRST, SECOND]


def test_a_line_below_does_not_end_a_table_that_counts_on():
    (table,) = stitched(table_page(1, XS, [HEADER, FIRST], below="Sumber data dari dinas"), table_page(2, XS, [SECOND]))
    (join,) = table.joins
    assert (join.page, dict(join.reasons)["teks_di_bawah"]) == (2, WEIGHTS["teks_di_bawah"])


def test_a_paragraph_below_and_a_header_of_its_own_make_another_table():
    below = "Sumber data dari dinas\nTabel itu memuat indikator\nyang dicapai setiap tahun\noleh semua bidang"
    tables = stitched(
        table_page(1, XS, [HEADER, NUMBERS, FIRST], below=below),
        table_page(2, XS, [["NO", "PROGRAM", "LOKASI", "PAGU"], NUMBERS, ["1", "Pelayanan", "Kota", "12.000"]]),
    )
    assert len(tables) == 2


def test_second_table_of_a_page_never_continues():
    page = Page(2, WIDTH, HEIGHT)
    bottom = add_table(page, XS, [HEADER, SECOND])
    page.words += words_at("Tabel lain", 50, bottom + 20)
    add_table(page, XS, [HEADER, THIRD], bottom + 60)
    tables = stitched(table_page(1, XS, [HEADER, FIRST]), page)
    assert [grid_of(table)[1:] for table in tables] == [[FIRST, SECOND], [THIRD]]


def test_row_cut_in_the_middle_of_a_name_is_one_row():
    (table,) = stitched(
        table_page(1, XS, [HEADER, ["1", "Persentase aparatur\nyang mengikuti", "Persen", "80"]]),
        table_page(2, XS, [["", "pelatihan", "", ""], SECOND]),
    )
    assert grid_of(table)[1][1] == "Persentase aparatur yang mengikuti pelatihan"
    assert grid_of(table)[2] == grid_of(table)[1]
    assert grid_of(table)[3] == SECOND
    cell = table.grid[1][1]
    assert [(part.page, part.row, part.row_span) for part in cell.parts] == [(1, 1, 1), (2, 2, 1)]
    assert (cell.row, cell.row_span) == (1, 2)


def test_row_cut_between_a_heading_and_its_text_is_one_row():
    (table,) = stitched(
        table_page(1, XS, [HEADER, ["1", "Penyediaan gaji\nKELUARAN/OUTPUT :", "", ""]]),
        table_page(2, XS, [HEADER, ["", "Jumlah orang yang menerima", "Orang", "35"], SECOND]),
    )
    assert grid_of(table)[1] == ["1", "Penyediaan gaji KELUARAN/OUTPUT : Jumlah orang yang menerima", "Orang", "35"]
    assert grid_of(table)[3] == SECOND


def test_figures_that_stand_alone_on_the_next_page_belong_to_the_row_above():
    (table,) = stitched(
        table_page(1, XS, [HEADER, ["1", "Jumlah laporan", "", ""]]),
        table_page(2, XS, [["", "", "Dokumen", "12"], SECOND]),
    )
    assert grid_of(table)[1] == ["1", "Jumlah laporan", "Dokumen", "12"]


def test_row_that_begins_an_item_is_no_rest():
    (table,) = stitched(
        table_page(1, XS, [HEADER, FIRST]), table_page(2, XS, [["", "HASIL/OUTCOME :", "", ""], SECOND])
    )
    assert [row[1] for row in grid_of(table)] == ["INDIKATOR", "Indeks SPBE", "HASIL/OUTCOME :", "Nilai SAKIP"]


def test_row_with_an_ordinal_is_no_rest():
    (table,) = stitched(table_page(1, XS, [HEADER, FIRST]), table_page(2, XS, [["2", "Nilai SAKIP", "", ""], THIRD]))
    assert grid_of(table)[2] == ["2", "Nilai SAKIP", "", ""]


def test_merged_cell_goes_on_over_the_break():
    (table,) = stitched(
        table_page(1, XS, [HEADER, ["1", "Indeks SPBE", "Nilai", "2,75"], ["^", "Nilai SAKIP", "Poin", "63"]]),
        table_page(2, XS, [HEADER, ["", "Laporan BMD", "Dokumen", "12"], ["^", "Laporan aset", "Dokumen", "4"]]),
    )
    assert [row[0] for row in grid_of(table)] == ["NO", "1", "1", "1", "1"]
    assert table.grid[1][0].row_span == 4
    assert grid_of(table)[3] == ["1", "Laporan BMD", "Dokumen", "12"]


def test_empty_cell_of_one_row_is_nobodys_rest():
    (table,) = stitched(
        table_page(1, XS, [HEADER, FIRST, SECOND]), table_page(2, XS, [HEADER, ["", "Laporan BMD", "Dokumen", "12"]])
    )
    assert grid_of(table)[3] == ["", "Laporan BMD", "Dokumen", "12"]


def test_columns_that_only_one_page_rules_are_found_on_all():
    fewer = [50.0, 90.0, 300.0, 450.0]
    (table,) = stitched(table_page(1, fewer, [["1", "Indeks SPBE", "tanpa satuan"]]), table_page(2, XS, [SECOND]))
    assert table.edges == XS
    assert grid_of(table)[0] == ["1", "Indeks SPBE", "tanpa satuan", "tanpa satuan"]
    assert table.grid[0][2].column_span == 2


def test_repeated_header_that_a_missing_rule_opens_into_the_body_stays_a_header():
    header = ["SASARAN", "INDIKATOR", "SATUAN", "TARGET"]
    (table,) = stitched(
        table_page(1, XS, [header, ["Layanan", "Indeks SPBE", "Nilai", "2,75"]]),
        table_page(2, XS, [header, ["^", "Nilai SAKIP", "Poin", "63"], ["Aset", "Laporan BMD", "Dokumen", "12"]]),
    )
    assert [cell.text for cell in table.repeated] == header
    assert [row[1:] for row in grid_of(table)[1:]] == [
        ["Indeks SPBE", "Nilai", "2,75"],
        ["Nilai SAKIP", "Poin", "63"],
        ["Laporan BMD", "Dokumen", "12"],
    ]
    assert "SASARAN" not in [row[0] for row in grid_of(table)[1:]]
