"""The score of geometry, on small tables of known faults: what it counts as right, and what it must not."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.geometry import Geometry, is_scan, letters, measure, sought
from pipeline.document import Document
from pipeline.layouts.text import TextReader
from pipeline.pages.lines import Line
from pipeline.pages.model import Box, Page, Word
from pipeline.tables.model import Cell, Part, Row, Table

Grid = list[list[str]]


def table_of(grid: Grid, pages: list[int] | None = None) -> Table:
    """A table with a cell per text; `<` goes on with the cell above. `pages` are those of its rows, else all 1."""
    on = pages or [1] * len(grid)
    cells: list[list[Cell]] = []
    for row, texts in enumerate(grid):
        cells.append([])
        for column, text in enumerate(texts):
            if text == "<":
                above = cells[row - 1][column]
                above.row_span += 1
                cells[row].append(above)
                continue
            box = Box(column * 50.0, row * 20.0, column * 50.0 + 50, row * 20.0 + 20)
            lines = [Line([Word(word, box) for word in text.split()], box, on[row])] if text else []
            cells[row].append(Cell(row, column, 1, 1, [Part(on[row], box, row, 1, lines)]))
    rows = [Row(page, 20.0 * number, 20.0 * number + 20) for number, page in enumerate(on)]
    return Table(rows, [50.0 * column for column in range(len(grid[0]) + 1)], cells)


def score(tables: list[Table], *programs: dict[str, Any], **truth: Any) -> Geometry:
    document = Document([], [], tables, [], TextReader.of([]))
    return measure(document, {"program_kegiatan": list(programs), **truth}, "uji")


def program(name: str, pagu: str | None = None, page: int | None = 1, **more: Any) -> dict[str, Any]:
    return {"nama": name, "level": "program", "pagu_teks": pagu, "halaman": page} | more


ARCHIVE, BOOKS = program("Program Arsip", "1.500"), program("Program Buku", "2.250")


def counts(found: Geometry) -> tuple[int, int, int, int]:
    return found.rows_right, found.rows, found.figures_right, found.figures


def test_rows_and_figures_in_their_places_are_right() -> None:
    found = score([table_of([["1", "Program Arsip", "1.500"], ["2", "Program Buku", "2.250"]])], ARCHIVE, BOOKS)
    assert counts(found) == (2, 2, 2, 2)
    assert (found.shared, found.tables, found.errors) == (0, 1, [])


def test_a_name_is_known_by_its_letters() -> None:
    grid = [["PROGRAM  ARSIP-", "1.500"]]
    assert letters("PROGRAM  ARSIP-") == "programarsip"
    assert counts(score([table_of(grid)], ARCHIVE)) == (1, 1, 1, 1)


def test_a_row_cut_in_two_is_wrong() -> None:
    found = score([table_of([["Program Arsip", ""], ["", "1.500"]])], ARCHIVE)
    assert counts(found) == (0, 1, 0, 1)
    assert found.errors == ["p. 1 program_kegiatan[0]: «programarsip» without 1.500"]


def test_a_name_cut_in_two_is_wrong() -> None:
    found = score([table_of([["Program", "1.500"], ["Arsip", ""]])], ARCHIVE)
    assert counts(found) == (0, 1, 0, 1)
    assert "no row holds «programarsip»" in found.errors[0]


@pytest.mark.parametrize("printed", ["11.500", "21.1.500", "1.5001", "1.500.000", "1.500,25"])
def test_a_piece_of_a_longer_figure_is_not_the_figure(printed: str) -> None:
    assert counts(score([table_of([["Program Arsip", printed]])], ARCHIVE)) == (0, 1, 0, 1)


@pytest.mark.parametrize("printed", ["Rp. 1.500", "1.500,-", "1 .500", "(1.500)"])
def test_a_figure_may_have_signs_and_blanks_about_it(printed: str) -> None:
    assert counts(score([table_of([["Program Arsip", printed]])], ARCHIVE)) == (1, 1, 1, 1)


def test_a_figure_that_leaked_into_a_lone_column_is_in_its_row_but_not_in_its_column() -> None:
    grid = [[f"Program {name}", f"{number}.000", ""] for number, name in enumerate("abcdefghijklmnopqrst", start=1)]
    programs = [program(name, pagu) for name, pagu, _ in grid]
    grid[-1] = [grid[-1][0], "", grid[-1][1]]
    assert counts(score([table_of(grid)], *programs)) == (20, 20, 19, 20)


def test_two_columns_of_a_kind_are_both_its_own() -> None:
    """A form may print the budget in one column for programmes of one source and in another for the rest."""
    grid = [["Program Arsip", "1.500", ""], ["Program Buku", "", "2.250"]]
    assert counts(score([table_of(grid)], ARCHIVE, BOOKS)) == (2, 2, 2, 2)


def test_each_record_of_two_alike_takes_a_row_of_its_own() -> None:
    again = program("Program Arsip", "7.000")
    found = score([table_of([["Program Arsip", "1.500"], ["Program Arsip", "7.000"]])], ARCHIVE, again)
    assert counts(found) == (2, 2, 2, 2)
    bare = [program("Program Arsip"), program("Program Arsip")]
    assert score([table_of([["Program Arsip"], ["Program Arsip"]])], *bare).shared == 0


def test_names_that_share_a_cell_are_counted() -> None:
    found = score([table_of([["Program Arsip Program Buku", "1.500 2.250"]])], ARCHIVE, BOOKS)
    assert counts(found) == (2, 2, 2, 2)
    assert found.shared == 2


def test_a_merged_name_stands_in_every_row_that_it_reaches() -> None:
    grid = [["Program Arsip", "900"], ["<", "1.500"]]
    assert counts(score([table_of(grid)], ARCHIVE)) == (1, 1, 1, 1)


def test_a_record_is_looked_for_on_its_page() -> None:
    table = table_of([["Program Arsip", "1.500"]], pages=[4])
    assert counts(score([table], program("Program Arsip", "1.500", page=4))) == (1, 1, 1, 1)
    assert counts(score([table], program("Program Arsip", "1.500", page=5))) == (0, 1, 0, 1)
    assert counts(score([table], program("Program Arsip", "1.500", page=None))) == (1, 1, 1, 1)


def test_a_table_that_was_not_joined_is_two() -> None:
    parts = [table_of([["Program Arsip", "1.500"]]), table_of([["Program Buku", "2.250"]], pages=[2])]
    found = score(parts, ARCHIVE, program("Program Buku", "2.250", page=2))
    assert counts(found) == (2, 2, 2, 2)
    assert found.tables == 2


def test_what_may_be_missing_is_not_sought_and_other_readings_are_taken() -> None:
    truth = {
        "program_kegiatan": [ARCHIVE, BOOKS, program("")],
        "indikator": [{"indikator": "Indeks", "target_teks": "± 75 %", "halaman": 2}],
        "optional": ["program_kegiatan[0]"],
        "accept": {"program_kegiatan[1].nama": ["Program Pustaka", ""]},
    }
    first, second = sought(truth)
    assert (first.key, first.names) == ("program_kegiatan[1]", ["programbuku", "programpustaka"])
    assert (second.figures, second.page) == ({"target_teks": "75"}, 2)


def test_a_scan_is_told_by_most_of_its_pages() -> None:
    pages = [Page(number, 100, 100, engine=engine) for number, engine in enumerate(["rapidocr", "rapidocr", "pdfium"])]
    document = Document(pages, pages, [], [], TextReader.of([]))
    assert is_scan(document)
    document.pages = pages[1:]
    assert not is_scan(document)
