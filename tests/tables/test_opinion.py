"""pdfplumber's opinion on our cells: on drawn pages, and on the samples."""

from __future__ import annotations

import subprocess
import sys

import pypdfium2 as pdfium
import pytest

from pipeline.pages.lines import make_line
from pipeline.pages.model import Box
from pipeline.tables.opinion import (
    NoOpinionError,
    OtherCell,
    agreement,
    cells_by_pdfplumber,
    second_opinion,
)
from tests.tables.drawn import Sheet, draw, read, table_page, tables_of, words_at

XS, YS = [100.0, 200.0, 300.0], [100.0, 120.0, 140.0]
TEXTS = [["Indikator", "Target"], ["Indeks SPBE", "2,75"]]


def form(sheet: Sheet) -> None:
    sheet.area(100, 100, 300, 120, grey=0.8)
    sheet.grid(XS, YS)
    for row, texts in enumerate(TEXTS):
        for column, text in enumerate(texts):
            sheet.text(XS[column] + 5, YS[row] + 13, text)


def open_form(sheet: Sheet) -> None:
    """The same without a rule below."""
    for y in YS[:-1]:
        sheet.line(XS[0], y, XS[-1], y)
    for x in XS:
        sheet.line(x, YS[0], x, YS[-1])
    for row, texts in enumerate(TEXTS):
        for column, text in enumerate(texts):
            sheet.text(XS[column] + 5, YS[row] + 13, text)


def test_shaded_form_is_agreed_upon(tmp_path):
    path = draw(tmp_path / "formulir.pdf", form)
    (page,) = read(path)
    found = agreement(tables_of(page)[0], cells_by_pdfplumber(path, 1))
    assert (found.compared, found.alike, found.share, found.differences) == (4, 4, 1.0, [])


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("media", [(0, 0, 600, 400), (10, 20, 600, 400)])
def test_both_readers_place_cells_alike_on_turned_and_cropped_pages(tmp_path, rotation, media):
    draw(tmp_path / "asal.pdf", form, width=600, height=400)
    with pdfium.PdfDocument(tmp_path / "asal.pdf") as document:
        document[0].set_mediabox(*media)
        document[0].set_cropbox(50, 30, 550, 390)
        document[0].set_rotation(rotation)
        document.save(tmp_path / "putar.pdf")
    (page,) = read(tmp_path / "putar.pdf")
    (table,) = tables_of(page)
    theirs = sorted(cell.box for cell in cells_by_pdfplumber(tmp_path / "putar.pdf", 1))
    ours = sorted(cell.region.box for cell in table.cells)
    assert len(ours) == len(theirs) == 4
    for box, other in zip(ours, theirs, strict=True):
        assert list(box) == pytest.approx(list(other), abs=1.0)


def test_white_rules_and_shading_make_no_cells(tmp_path):
    def sheet(page):
        page.area(100, 100, 300, 140, grey=0.8)
        page.canvas.setStrokeGray(1)
        page.grid(XS, YS)
        page.text(110, 113, "Teks")

    assert cells_by_pdfplumber(draw(tmp_path / "putih.pdf", sheet), 1) == []


def table_and_cells(theirs: list[list[str]]):
    """A table of ours with the texts TEXTS, and cells of another reader at the same places."""
    (table,) = tables_of(table_page(1, XS, TEXTS))
    texts = [text for row in theirs for text in row]
    return table, [OtherCell(cell.region.box, text) for cell, text in zip(table.cells, texts, strict=True)]


def test_other_figure_at_the_same_place_is_told():
    found = agreement(*table_and_cells([["Indikator", "Target"], ["Indeks SPBE", "2,15"]]))
    (difference,) = found.differences
    assert (difference.row, difference.column, difference.ours, difference.theirs) == (1, 1, "2,75", "2,15")
    assert difference.figures_differ
    assert found.share == 0.75


def test_other_letters_are_a_difference_but_no_other_figure():
    (difference,) = agreement(*table_and_cells([["lndikator", "Target"], ["Indeks SPBE", "2,75"]])).differences
    assert not difference.figures_differ


def test_white_space_is_no_difference():
    assert agreement(*table_and_cells([["Indi\nkator", "Target"], ["Indeks\nSPBE", "2, 75"]])).share == 1.0


def test_figure_that_one_reader_misses_is_told():
    (difference,) = agreement(*table_and_cells([["Indikator", "Target"], ["Indeks SPBE", ""]])).differences
    assert difference.figures_differ


def test_lost_cell_contradicts_nothing():
    table, cells = table_and_cells(TEXTS)
    (difference,) = agreement(table, cells[:-1]).differences
    assert difference.theirs is None
    assert not difference.figures_differ


@pytest.mark.parametrize(
    ("text", "contradicted"), [("Target 2,75", False), ("Target 2 ,7 5", False), ("Target 2,15", True)]
)
def test_wider_cell_contradicts_only_what_it_does_not_hold(text, contradicted):
    table, cells = table_and_cells(TEXTS)
    wide = OtherCell(cells[1].box.union(cells[3].box), text)
    (difference,) = [one for one in agreement(table, [cells[0], cells[2], wide]).differences if one.row == 1]
    assert difference.figures_differ is contradicted


def test_narrower_cells_are_read_one_after_the_other():
    table, cells = table_and_cells([["Indikator", "Target"], ["Indeks SPBE", "2,75"]])
    box = cells[3].box
    halves = [
        OtherCell(Box(box.x0, box.y0, box.x0 + 50, box.y1), "2,"),
        OtherCell(Box(box.x0 + 50, box.y0, box.x1, box.y1), "75"),
    ]
    (difference,) = agreement(table, [*cells[:3], *halves]).differences
    assert difference.theirs == "2, 75"
    assert not difference.figures_differ


def test_no_doubts_open_nothing(tmp_path):
    (table,) = tables_of(table_page(1, XS, TEXTS))
    assert table.signs == []
    assert second_opinion(tmp_path / "tidak-ada.pdf", [table]) == []


def test_only_doubted_tables_are_asked_about(tmp_path):
    path = draw(tmp_path / "ragu.pdf", form, open_form)
    tables = [table for page in read(path) for table in tables_of(page)]
    (opinion,) = second_opinion(path, tables)
    assert opinion.table is tables[1]
    assert opinion.table.signs == ["ujung bawah terbuka"]
    assert opinion.agrees
    assert opinion.agreement is not None
    assert [(one.row, one.theirs) for one in opinion.agreement.differences] == [(1, None), (1, None)]


def test_contradicted_figures_come_with_their_places(tmp_path):
    path = draw(tmp_path / "beda.pdf", open_form)
    (table,) = tables_of(read(path)[0])
    table.cells[1].lines = [make_line(words_at("2024", 205, 104), 1)]
    (opinion,) = second_opinion(path, [table])
    assert opinion.agrees is False
    assert [(one.page, one.row, one.column, one.ours, one.theirs) for one in opinion.figures] == [
        (1, 0, 1, "2024", "Target")
    ]


def test_file_that_pdfplumber_cannot_read_gives_no_opinion(tmp_path):
    path = tmp_path / "rusak.pdf"
    path.write_bytes(b"%PDF-1.4\nini bukan PDF\n")
    (table,) = tables_of(table_page(1, XS, TEXTS))
    table.signs.append("ujung bawah terbuka")
    (opinion,) = second_opinion(path, [table])
    assert opinion.agrees is None
    assert opinion.figures == []
    assert opinion.reason


def test_page_without_a_media_box_gives_no_opinion(tmp_path):
    whole = draw(tmp_path / "utuh.pdf", open_form).read_bytes()
    (path := tmp_path / "tanpa-kotak.pdf").write_bytes(whole.replace(b"/MediaBox", b"/MediaBux"))
    (table,) = tables_of(read(path)[0])
    (opinion,) = second_opinion(path, [table])
    assert opinion.agrees is None
    assert opinion.reason.startswith("TypeError")


def test_table_on_a_page_that_pdfplumber_does_not_find_gives_no_opinion(tmp_path):
    path = draw(tmp_path / "dua.pdf", open_form, open_form)
    tables = [table for page in read(path) for table in tables_of(page)]
    tables[1].page = 9
    opinions = second_opinion(path, tables)
    assert [(opinion.table, opinion.agrees) for opinion in opinions] == [(tables[0], True), (tables[1], None)]


def test_page_that_is_not_there(tmp_path):
    with pytest.raises(NoOpinionError):
        cells_by_pdfplumber(draw(tmp_path / "satu.pdf", form), 2)


def test_pdfplumber_is_imported_only_when_asked():
    code = "import sys, pipeline.tables.opinion; sys.exit('pdfplumber' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
