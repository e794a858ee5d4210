"""A total that stands right under the header is a total: no header, no record, and nothing goes missing for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.forms.budgets import coded_sheet, lettered_sheet, renja_sheet
from tests.forms.case import Records, head, titled
from tests.forms.draw import draw
from tests.forms.library import LIBRARY, money, sum_of
from tests.forms.reading import differences, read
from tests.forms.sheet import Cell, Look, Sheet, cell


def bare_sheet(records: Records) -> Sheet:
    """Programs with their amounts and nothing else, as at the end of a perjanjian kinerja."""
    body = []
    for row, program in enumerate(LIBRARY.programs):
        body += [cell(row, 0, str(row + 1)), cell(row, 1, program["nama"]), cell(row, 2, money(sum_of(program)))]
        records.node("program", program["nama"], sum_of(program), nomor=str(row + 1))
    rows = len(LIBRARY.programs)
    body += [cell(rows, 0, "JUMLAH", column_span=2), cell(rows, 2, money(LIBRARY.total))]
    return Sheet([6.0, 60, 30], head(["NO", "PROGRAM", "ANGGARAN"]), body)


FORMS: dict[str, Callable[[Records], Sheet]] = {
    "lettered": lambda records: lettered_sheet(records, LIBRARY),
    "coded": lambda records: coded_sheet(records, LIBRARY, totals=False),
    "renja": lambda records: renja_sheet(records, LIBRARY),
    "bare": bare_sheet,
    "staircase": lambda records: renja_sheet(records, LIBRARY, staircase=True),
}
LABELS = ("TOTAL", "Jumlah Total", "TOTAL ANGGARAN", "Jumlah Seluruhnya", "Total :")


def total_first(sheet: Sheet, label: str, merged: bool) -> Sheet:
    """The table with its last row, the total, moved up under the header."""
    last = sheet.body_rows - 1
    rows = [replace(one, row=one.row + 1) for one in sheet.body if one.row < last]
    total = [replace(one, row=0) for one in sheet.body if one.row == last]
    named = total[0]
    top: list[Cell] = [cell(0, named.column, label, bold=True, column_span=named.column_span if merged else 1)]
    return replace(sheet, body=[*top, *total[1:], *rows])


@pytest.mark.parametrize("merged", [True, False], ids=["merged", "alone"])
@pytest.mark.parametrize("form", FORMS)
def test_a_total_right_under_the_header(tmp_path: Path, form: str, merged: bool) -> None:
    records = Records()
    check(tmp_path / "rencana.pdf", total_first(FORMS[form](records), "JUMLAH", merged), records)


@pytest.mark.parametrize("label", LABELS)
def test_whatever_word_it_begins_with(tmp_path: Path, label: str) -> None:
    records = Records()
    check(tmp_path / "rencana.pdf", total_first(FORMS["lettered"](records), label, merged=True), records)


def test_it_is_held_against_the_sum(tmp_path: Path) -> None:
    sheet = total_first(FORMS["bare"](Records()), "JUMLAH", merged=True)
    sheet.body[1] = replace(sheet.body[1], paragraphs=cell(0, 0, "999.999.999").paragraphs)
    result = read(draw(tmp_path / "rencana.pdf", Look(), titled(sheet)))
    codes = [row["kode"] for row in result.table("temuan").to_pylist()]
    assert "TOTAL_TIDAK_COCOK" in codes


@pytest.mark.parametrize("form", ["renja", "staircase"])
def test_a_total_under_a_header_without_numbers(tmp_path: Path, form: str) -> None:
    records = Records()
    sheet = replace(total_first(FORMS[form](records), "JUMLAH", merged=True), numbers=[])
    check(tmp_path / "rencana.pdf", sheet, records)


def test_a_total_in_the_column_of_names(tmp_path: Path) -> None:
    records = Records()
    sheet = total_first(FORMS["lettered"](records), "JUMLAH", merged=False)
    sheet.body[0].column = 1
    check(tmp_path / "rencana.pdf", sheet, records)


def check(path: Path, sheet: Sheet, records: Records) -> None:
    result = read(draw(path, Look(), titled(sheet)))
    problems = differences(result, records.truth())
    assert not problems, "\n".join(problems)
    codes = {row["kode"] for row in result.table("temuan").to_pylist() if row["jenis"] == "pembacaan"}
    assert not codes & {"TABEL_TAK_DIKENAL", "ANGKA_TANPA_REKAMAN", "TEKS_TANPA_REKAMAN"}
