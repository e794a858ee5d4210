from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.reports.gather import read_document
from pipeline.reports.texts import Language
from pipeline.reports.write import write_comparison_reports, write_document_reports
from tests.reports.conftest import CHANGES, EARLIER, FORMULA, HOSTILE, LATER, PAGU, MakePair, change

SHEETS = [
    "Ringkasan", "Program", "Perubahan", "Perubahan menurut jenis", "Baru", "Hilang", "Nama berubah", "Pagu berubah",
    "Target berubah", "Rencana", "Indikator", "Temuan",
]  # fmt: skip


@pytest.fixture(scope="module")
def comparison(make_pair: MakePair, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_comparison_reports([make_pair()], tmp_path_factory.mktemp("laporan"))[1]


def _cells(sheet: Worksheet, title: str) -> list[Any]:
    titles = [cell.value for cell in sheet[1]]
    return [row[titles.index(title)] for row in sheet.iter_rows(min_row=2)]


def test_every_kind_has_its_sheet_with_header_filter_and_print_setup(comparison: Path) -> None:
    book = openpyxl.load_workbook(comparison)
    assert book.sheetnames == SHEETS
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)


def test_sums_are_formulas_with_their_values(comparison: Path) -> None:
    formulas, values = openpyxl.load_workbook(comparison), openpyxl.load_workbook(comparison, data_only=True)
    title, count = "Pagu (Rp): Tujuan", len(HOSTILE)
    row, total = _cells(formulas["Program"], title)
    assert (row.value, row.number_format) == (count * PAGU[LATER], "#,##0")
    assert total.value == "=SUBTOTAL(109,E2:E2)"
    assert _cells(values["Program"], title)[-1].value == count * PAGU[LATER]
    assert [cell.value for cell in _cells(formulas["Program"], "Selisih")] == ["=E2-C2", "=SUBTOTAL(109,G2:G2)"]
    assert _cells(values["Program"], "Selisih")[0].value == count * (PAGU[LATER] - PAGU[EARLIER])
    assert _cells(values["Program"], "Persen")[0].value == pytest.approx(0.234567)
    assert _cells(formulas["Program"], "Persen")[0].number_format == "+0.0%;-0.0%;0.0%"


def test_changes_are_counted_by_formulas(comparison: Path) -> None:
    formulas, values = openpyxl.load_workbook(comparison), openpyxl.load_workbook(comparison, data_only=True)
    last = len(CHANGES) + 1
    assert formulas[SHEETS[3]]["B2"].value == f"=COUNTIF('Perubahan'!$D$2:$D${last},A2)"
    counted = {row[0].value: row[1].value for row in values[SHEETS[3]].iter_rows(min_row=2)}
    aspects = [cell.value for cell in _cells(values["Perubahan"], "Aspek")]
    assert counted == {
        **{aspect: aspects.count(aspect) for aspect in ("baru", "hilang", "nama", "induk", "pagu", "target", "satuan")},
        "Jumlah": len(CHANGES),
    }


def test_each_kind_of_change_is_added_up_on_its_own_sheet(comparison: Path) -> None:
    formulas, values = openpyxl.load_workbook(comparison), openpyxl.load_workbook(comparison, data_only=True)
    assert [cell.value for cell in _cells(formulas["Pagu berubah"], "Selisih")][:2] == ["=F2-D2", "=F3-D3"]
    assert _cells(formulas["Pagu berubah"], "Selisih")[-1].value == "=SUBTOTAL(109,H2:H3)"
    assert _cells(values["Pagu berubah"], "Selisih")[-1].value == 234_567 - 600_000
    assert [cell.value for cell in _cells(values["Baru"], "Tujuan")] == [9_876_543, 9_876_543]
    assert "Asal" not in {cell.value for cell in values["Baru"][1]}
    assert "Selisih" not in {cell.value for cell in values["Nama berubah"][1]}
    assert [cell.value for cell in _cells(values["Target berubah"], "Tujuan")] == [210]
    assert [cell.value for cell in _cells(values["Target berubah"], "Asal")] == ["=2+2"]


def test_the_target_of_a_new_indicator_is_no_money(make_pair: MakePair, tmp_path: Path) -> None:
    indicator = {"aspek": "baru", "selisih": None, "persen": None, "nilai_dari": None, "dari_id": None}
    new = (change(1, **indicator, nilai_ke="50", ke_id=f"{LATER}-indikator-00001"), change(2, **indicator))
    page, path = write_comparison_reports([make_pair(new)], tmp_path)
    values = openpyxl.load_workbook(path, data_only=True)
    assert [cell.value for cell in _cells(values["Baru"], "Tujuan")] == ["50", 1_234_567, 1_234_567]
    assert ">+50<" not in page.read_text("utf-8")


def test_the_plan_is_added_up_once(comparison: Path) -> None:
    values = openpyxl.load_workbook(comparison, data_only=True)
    total = _cells(values["Rencana"], "Pagu terhitung")[-1].value
    assert total == len(HOSTILE) * (PAGU[EARLIER] + PAGU[LATER])


def test_nothing_that_a_document_says_is_run(comparison: Path) -> None:
    book = openpyxl.load_workbook(comparison)
    names = [cell for cell in _cells(book["Rencana"], "Nama") if cell.value in HOSTILE]
    assert len(names) == 2 * (len(HOSTILE) - 1)  # the one that turns the line around is not shown as it is
    assert {(cell.data_type, cell.number_format) for cell in names} == {("s", "@")}
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.hyperlink is None
            if cell.data_type == "f":
                assert cell.value.startswith(("=SUBTOTAL(", "=COUNTIF(", "=E", "=F", "=G"))


def test_money_is_a_number_and_wording_stays(comparison: Path) -> None:
    sheet = openpyxl.load_workbook(comparison)["Perubahan"]
    by_name = {row[2].value: row for row in sheet.iter_rows(min_row=2)}
    assert [by_name["Berkurang"][place].value for place in (4, 6, 8)] == [1_000_000, 400_000, -600_000]
    assert (by_name["Indeks"][4].value, by_name["Indeks"][4].data_type) == ("=2+2", "s")


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(comparison: Path) -> None:
    texts = [cell.value for cell in _cells(openpyxl.load_workbook(comparison)["Temuan"], "Pesan")]
    longest = max(texts, key=len)
    assert len(longest) == 32_767
    assert longest.endswith(" … [dipotong]")


@pytest.mark.parametrize("text", ["a\x00b\x1fc", "\U0001f600" * 20_000, "_x0041_", "'=1+1", "a\nb", "\ud800"])
def test_any_text_gives_a_workbook_that_opens(make_pair: MakePair, tmp_path: Path, text: str) -> None:
    pair = make_pair((change(aspek="nama", nama=text, nilai_dari=text, nilai_ke=text, selisih=None, persen=None),))
    book = openpyxl.load_workbook(write_comparison_reports([pair], tmp_path)[1])
    shown = book["Perubahan"]["C2"].value
    assert len(shown.encode("utf-16-le")) <= 2 * 32_767
    assert not set("\x00\x1f") & set(shown)
    assert shown[:1] == text[:1] or shown[:1] == "\ufffd"


def test_two_thousand_changes_are_all_there(make_pair: MakePair, tmp_path: Path) -> None:
    pair = make_pair(tuple(change(number) for number in range(2_000)))
    sheet = openpyxl.load_workbook(write_comparison_reports([pair], tmp_path)[1])["Perubahan"]
    assert sheet.max_row == 2_001
    assert sheet.auto_filter.ref == f"A1:{openpyxl.utils.get_column_letter(sheet.max_column)}2001"


@pytest.mark.parametrize(("language", "plan"), [("id", "Rencana"), ("en", "Plan")])
def test_one_document_has_its_tree_indented(release: Path, tmp_path: Path, language: Language, plan: str) -> None:
    page, path = write_document_reports(read_document(release, LATER), None, tmp_path, language)
    sheet = openpyxl.load_workbook(path)[plan]
    assert page.suffix == ".html"
    assert [sheet.cell(row, 5).alignment.indent for row in (2, 3)] == [0, 1]
    assert sheet.cell(3, 5).value == FORMULA


def test_a_folder_that_cannot_be_written_is_an_error_and_leaves_nothing(make_pair: MakePair, tmp_path: Path) -> None:
    blocked = tmp_path / "berkas"
    blocked.write_text("bukan folder")
    with pytest.raises(OSError, match="berkas"):
        write_comparison_reports([make_pair()], blocked)
    assert [path.name for path in tmp_path.iterdir()] == ["berkas"]


def test_a_comparison_without_pairs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one pair"):
        write_comparison_reports([], tmp_path)


def test_the_same_pair_gives_the_same_page(make_pair: MakePair, tmp_path: Path) -> None:
    first = write_comparison_reports([make_pair()], tmp_path / "1")[0].read_bytes()
    assert write_comparison_reports([make_pair()], tmp_path / "2")[0].read_bytes() == first


def test_two_documents_of_one_long_name_have_two_reports(release: Path, tmp_path: Path) -> None:
    long = {"berkas": f"2024/{'rencana kerja tahunan ' * 9}.pdf"}
    for key in (EARLIER, LATER):
        document = read_document(release, key)
        write_document_reports(replace(document, facts={**document.facts, **long}), None, tmp_path)
    assert len(list(tmp_path.iterdir())) == 4
