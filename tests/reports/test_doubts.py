"""A figure whose reading is in doubt says so wherever it stands, and so does what a comparison cannot tell."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.release.comparing.pairs import Pair as Keys
from pipeline.release.comparing.reading import compare_pairs
from pipeline.release.query import query_release
from pipeline.release.result import DocumentResult
from pipeline.release.validate import validate
from pipeline.reports.gather import earlier_pair, read_document, read_documents, read_pairs
from pipeline.reports.model import Pair
from pipeline.reports.page import comparison_page, document_page
from pipeline.reports.texts import Words
from pipeline.reports.write import write_comparison_reports, write_document_reports
from schemas.ledger import Ledger
from tests.reports.conftest import release_of
from tests.reports.test_page import Parsed

BEFORE, AFTER, OTHER = (digit * 16 for digit in "123")
MARK = "⚠ diragukan"
NAMES = ("Uji Air", "Uji Es", "Uji Garam")


def doubtful(key: str, tahun: int, pagu: tuple[int | None, ...], doubts: str = "", **about: Any) -> DocumentResult:
    """A program with a sub kegiatan per amount, each with its Dana and an output whose target is its number.

    `doubts`: `p` the first pagu, `t` the first target, `u` the second pagu, `d` the second Dana, `r` all of the third
    row, `i` the first pagu for information only, its content, and a column that no report shows.
    """
    book = Ledger(key)
    given: dict[str, Any] = {
        "berkas": f"{tahun}/{key[0]}.pdf", "sha256": key * 4, "versi_pembaca": "1", "jenis_dokumen": "rkt",
        "perangkat_daerah": "Dinas Contoh", "wilayah": "Kabupaten Contoh", "jumlah_halaman": 3, "status": "lengkap",
    }  # fmt: skip
    book.add("dokumen", **given | about)
    common = {"halaman": 2, "tabel_id": f"{key}-t1", "program": "Program Uji"}
    book.add("tabel", halaman=2, tabel_id=f"{key}-t1", tata_letak="rencana_kinerja", halaman_akhir=2)
    book.add("program_kegiatan", node_id=f"{key}-n0", level="program", nama="Program Uji", **common)
    for place, amount in enumerate(pagu):
        node, money = f"{key}-n{place + 1}", None if amount is None else Decimal(amount)
        row = book.add(
            "program_kegiatan", node_id=node, induk_id=f"{key}-n0", level="sub_kegiatan", nama=NAMES[place],
            pagu=money, **common,
        )  # fmt: skip
        below: dict[str, Any] = {"node_id": node, "level": "sub_kegiatan", "sub_kegiatan": NAMES[place], **common}
        dana = book.add("indikator", jenis="masukan", indikator="Dana", satuan="Rupiah", target_teks="x", **below)
        value = float(tahun % 100 + place)
        output = book.add(
            "indikator", jenis="keluaran", indikator=f"Jumlah {NAMES[place]}", satuan="Orang", target=value,
            target_min=value, target_maks=value, target_teks=f"{value:g}", **below,
        )  # fmt: skip
        first, second = (("p", row, "pagu"), ("t", output, "target")), (("u", row, "pagu"), ("d", dana, "target_teks"))
        for letter, record, column in (first, second, ())[place]:
            if letter in doubts:
                book.doubt_record(record, column, "OCR_MERAGUKAN", "pembacaan", "peringatan", "Sulit dibaca.")
        if "r" in doubts and place == 2:
            book.doubt_record(row, None, "BARIS_KABUR", "pembacaan", "galat", "Baris kabur.")
        if "i" in doubts and place == 0:
            book.doubt_record(row, "pagu", "CATATAN", "pembacaan", "info", "Hanya catatan.")
            book.doubt_record(row, "pagu", "PAGU_ANEH", "isi", "galat", "Ganjil.")
            book.doubt_record(row, "lokasi", "LOKASI_KABUR", "pembacaan", "galat", "Tidak tampak dalam laporan.")
    return validate(book, tahun)


@pytest.fixture(scope="module")
def doubted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years; in the second two amounts and a target are in doubt, and it was not read in full."""
    return release_of(
        tmp_path_factory.mktemp("ragu"),
        doubtful(BEFORE, 2023, (1_000, 2_000, 3_000)),
        doubtful(AFTER, 2024, (9_000, None), "ptu", status="sebagian"),
    )


def pair_of(release: Path, before: str = BEFORE, after: str = AFTER) -> Pair:
    (pair,) = read_pairs(release, [one.told() for one in compare_pairs(release, [Keys(before, after)])])
    return pair


def page_of(pair: Pair, language: Any = "id") -> Parsed:
    return Parsed(comparison_page([pair], Words(language), "buku.xlsx"))


def marked(rows: list[list[str]]) -> list[list[int]]:
    """The places of the cells that are marked, of each row."""
    return [[place for place, cell in enumerate(row) if MARK in cell] for row in rows]


def test_the_plan_marks_amounts_and_targets_in_doubt_and_no_others(doubted: Path) -> None:
    page = Parsed(document_page(read_document(doubted, AFTER), None, Words("id"), "buku.xlsx"))
    rows = {row[0]: row for row in page.sections["rencana"]}
    assert rows["Uji Air"] == ["Uji Air", f"9.000 {MARK}", "2"]
    assert rows["keluaran: Jumlah Uji Air"][1] == f"24 {MARK}"
    assert rows["Uji Es"][1].strip() == MARK  # nothing could be read, and that is in doubt
    assert [name for name, row in rows.items() if MARK in "".join(row)] == [
        "Uji Air", "keluaran: Jumlah Uji Air", "Uji Es",
    ]  # fmt: skip
    assert "rkt bukti BARIS_ID" in "".join(page.text)
    assert f"Rp 9.000 {MARK}" in "".join(page.text)


def test_a_sum_that_holds_an_amount_in_doubt_is_marked(doubted: Path) -> None:
    page = page_of(pair_of(doubted))
    assert marked(page.sections["pagu"]) == [[], [3], [3]]
    assert page.sections["pagu"][1][3] == f"9.000 {MARK} ⚠ 1 pagu tidak terbaca"
    assert marked(page.sections["dokumen"]) == [[], [], [4]]


def test_a_dana_in_doubt_doubts_the_pagu_of_its_node(tmp_path: Path) -> None:
    document = read_document(release_of(tmp_path, doubtful(BEFORE, 2023, (1, 2, 3), "d")), BEFORE)
    assert document.doubts.of(f"{BEFORE}-n2", "pagu") == ("OCR_MERAGUKAN",)
    assert document.doubts.rows("pagu") == [f"{BEFORE}-n2", f"{BEFORE}-program_kegiatan-00003"]
    assert document.programs[0].doubts == ("OCR_MERAGUKAN",)


def test_the_printed_amount_of_a_program_is_marked_by_itself(tmp_path: Path) -> None:
    book = Ledger(BEFORE)
    book.add("dokumen", berkas="2023/1.pdf", sha256=BEFORE * 4, versi_pembaca="1", status="lengkap")
    common = {"halaman": 2, "tabel_id": f"{BEFORE}-t1", "program": "Program Uji"}
    top = {"node_id": f"{BEFORE}-n0", "level": "program", "nama": "Program Uji", "pagu": Decimal(7)}
    row = book.add("program_kegiatan", **top, **common)
    below = {"node_id": f"{BEFORE}-n1", "induk_id": f"{BEFORE}-n0", "level": "kegiatan", "nama": "A"}
    book.add("program_kegiatan", **below, pagu=Decimal(1), **common)
    book.doubt_record(row, "pagu", "OCR_MERAGUKAN", "pembacaan", "peringatan", "Sulit dibaca.")
    document = read_document(release_of(tmp_path, validate(book, 2023)), BEFORE)
    rows = Parsed(document_page(document, None, Words("id"), "buku.xlsx")).sections["pagu"]
    assert rows[1][-2:] == ["1", f"7 {MARK}"]


def test_a_row_in_doubt_doubts_all_its_figures(tmp_path: Path) -> None:
    release = release_of(tmp_path, doubtful(BEFORE, 2023, (1, 2, 3), "r"))
    doubts = read_document(release, BEFORE).doubts
    row = f"{BEFORE}-program_kegiatan-00004"
    assert [doubts.of(row, figure) for figure in ("nama", "pagu")] == [("BARIS_KABUR",)] * 2
    assert doubts.of(f"{BEFORE}-n3", "pagu") == ("BARIS_KABUR",)
    assert doubts.of(f"{BEFORE}-n2", "pagu") == doubts.of(None, "pagu") == ()


def test_what_is_only_information_or_said_of_the_content_marks_nothing(tmp_path: Path) -> None:
    release = release_of(tmp_path, doubtful(BEFORE, 2023, (1, 2, 3), "i"))
    document = read_document(release, BEFORE)
    assert (document.doubts.codes, document.pagu_doubts) == ({}, ())
    assert MARK not in document_page(document, None, Words("id"), "buku.xlsx")


def test_the_changes_mark_the_value_that_is_in_doubt(doubted: Path) -> None:
    rows = page_of(pair_of(doubted)).sections["perubahan"]
    by_name = {(row[0], row[1]): row for row in rows}
    amount = by_name["Uji Air (sub kegiatan)", "pagu"]
    assert (amount[2], amount[4]) == ("1.000", f"9.000 {MARK}")
    target = by_name["Jumlah Uji Air (sub kegiatan)", "target"]
    assert (target[2], target[4]) == ("23", f"24 {MARK}")
    assert MARK not in "".join(by_name["Uji Garam (sub kegiatan)", "hilang"])


def test_a_change_that_only_the_comparison_doubts_is_marked_too(doubted: Path) -> None:
    pair = pair_of(doubted)
    bare = replace(pair.after, doubts=replace(pair.after.doubts, codes={}))
    rows = page_of(replace(pair, after=bare)).sections["perubahan"]
    assert [row[1] for row in rows if MARK in "".join(row)] == [f"pagu {MARK}", f"target {MARK}"]


def test_what_is_not_certain_has_its_section_the_gravest_first(doubted: Path) -> None:
    rows = page_of(pair_of(doubted)).sections["tak-pasti"]
    assert [row[0] for row in rows[1:]] == [
        "tidak terbaca seluruhnya", "tidak dapat dibandingkan", "perubahan diragukan", "perubahan diragukan",
    ]  # fmt: skip
    assert "“Uji Es” tidak dapat dibandingkan" in rows[2][1]


def test_what_only_one_document_has_is_told_with_its_name(doubted: Path) -> None:
    pair = pair_of(doubted)
    uncertain = replace(pair.uncertain, findings=(), only_before=("sub_kegiatan", "program: pagu"))
    rows = page_of(replace(pair, uncertain=uncertain)).sections["tak-pasti"]
    assert rows[1][:2] == [
        "hanya di dokumen asal",
        "Tidak dibandingkan, karena dokumen tujuan tidak memuatnya sama sekali: sub kegiatan; program: pagu.",
    ]


def test_nothing_uncertain_is_said_too(tmp_path: Path) -> None:
    release = release_of(tmp_path, doubtful(BEFORE, 2023, (1, 2)), doubtful(AFTER, 2024, (1, 3)))
    page = page_of(pair_of(release))
    assert "tak-pasti" not in page.sections
    assert "Tidak ada perubahan yang pembacaannya diragukan" in "".join(page.text)
    assert MARK not in "".join(page.text)


def test_in_english_the_mark_and_the_legend_are_english(doubted: Path) -> None:
    text = "".join(page_of(pair_of(doubted), "en").text)
    assert "⚠ in doubt" in text
    assert "may not have been read rightly" in text
    assert MARK not in text


def _column(sheet: Any, title: str) -> list[Any]:
    place = [cell.value for cell in sheet[1]].index(title)
    return [row[place].value for row in sheet.iter_rows(min_row=2)]


def test_the_workbook_names_the_finding_beside_the_figure(doubted: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_comparison_reports([pair_of(doubted)], tmp_path)[1], data_only=True)
    codes = dict(zip(_column(book["Rencana"], "baris_id"), _column(book["Rencana"], "Diragukan"), strict=True))
    assert codes[f"{AFTER}-program_kegiatan-00002"] == "OCR_MERAGUKAN"
    assert codes[f"{BEFORE}-program_kegiatan-00002"] is None
    assert _column(book["Program"], "Diragukan")[0] == _column(book["Ringkasan"], "Diragukan")[0]
    assert _column(book["Program"], "Diragukan")[0] == "Tujuan: OCR_MERAGUKAN"
    assert _column(book["Pagu berubah"], "Diragukan")[0] == "Tujuan: OCR_MERAGUKAN; PERUBAHAN_DIRAGUKAN"
    assert _column(book["Indikator"], "Diragukan").count("OCR_MERAGUKAN") == 1
    assert len(_column(book["Yang tidak dapat dipastikan"], "Pesan")) == 4
    assert "PERUBAHAN_TAK_DIKETAHUI" in _column(book["Yang tidak dapat dipastikan"], "Kode")


def test_the_report_of_one_document_has_what_its_comparison_leaves_open(doubted: Path, tmp_path: Path) -> None:
    document = read_document(doubted, AFTER)
    previous = earlier_pair(doubted, document)
    page, path = write_document_reports(document, previous, tmp_path)
    assert len(Parsed(page.read_text("utf-8")).sections["tak-pasti"]) == 5
    assert "Yang tidak dapat dipastikan" in openpyxl.load_workbook(path).sheetnames


def test_no_difference_and_not_compared_are_told_apart(tmp_path: Path) -> None:
    release = release_of(
        tmp_path, doubtful(BEFORE, 2023, (1, 2)), doubtful(AFTER, 2024, (1, 2)),
        doubtful(OTHER, 2024, (1, 2), perangkat_daerah="Dinas Lain"),
    )  # fmt: skip

    def text(key: str) -> str:
        document = read_document(release, key)
        return document_page(document, earlier_pair(release, document), Words("id"), "buku.xlsx")

    same = "Dibandingkan dengan RKT 2023: 2023/1.pdf."
    assert same in text(AFTER)
    assert "Tidak dibandingkan: rilis ini" in text(OTHER)
    assert "Tidak dibandingkan: rilis ini" in text(BEFORE)
    assert same not in text(BEFORE)


def test_two_plans_without_a_difference_say_so(tmp_path: Path) -> None:
    copy = doubtful(AFTER, 2023, (1, 2), jenis_dokumen="renja")
    release = release_of(tmp_path, doubtful(BEFORE, 2023, (1, 2)), copy)
    document = read_document(release, AFTER)
    pair = earlier_pair(release, document)
    assert pair is not None
    assert list(pair.changes) == []
    assert "1.pdf. Tidak ada perbedaan." in document_page(document, pair, Words("id"), "buku.xlsx")


def test_the_comparison_of_a_report_is_the_published_one(doubted: Path) -> None:
    pair = earlier_pair(doubted, read_document(doubted, AFTER))
    assert pair is not None
    published = list(query_release(doubted, "SELECT * FROM perbandingan ORDER BY baris_id").records())
    assert published
    assert list(pair.changes) == published
    found = query_release(doubted, "SELECT kode FROM temuan WHERE kode LIKE 'PER%' ORDER BY kode").rows
    assert sorted(finding.kode for finding in pair.uncertain.findings) == [kode for (kode,) in found]


def test_without_their_plans_documents_keep_sums_doubts_and_their_findings(doubted: Path) -> None:
    whole, brief = (read_documents(doubted, [BEFORE, AFTER], whole)[AFTER] for whole in (True, False))
    assert (brief.listings, brief.indicators, brief.loose) == ((), (), ())
    assert [finding["kode"] for finding in brief.findings] == ["OCR_MERAGUKAN"] * 3
    assert (brief.programs, brief.doubts, brief.levels) == (whole.programs, whole.doubts, whole.levels)
    assert sum(whole.levels.values()) == len(whole.findings) > 3
