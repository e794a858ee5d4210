"""Budget annexes: the accounts of an invented annex must come out of its PDF, however its rows are parted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.layouts.accounts import ACCOUNT, account_header, complete
from pipeline.layouts.columns import Column
from pipeline.layouts.header import Header
from pipeline.layouts.vocabulary import load_vocabulary
from pipeline.release.result import DocumentResult
from tests.forms.reading import read
from tests.layouts.annex import Annex, Printed, draw_annex

ROWS = [
    Printed("4", "PENDAPATAN DAERAH", "1.500.000.000,00", bold=True),
    Printed("4 . 1", "PENDAPATAN ASLI DAERAH", "1.500.000.000,00", bold=True),
    Printed("4 . 1 . 1", "Pajak Daerah", "500.000.000,00", "Perda Nomor 1\nTahun 2011"),
    Printed(
        "4 . 1 . 2", "Retribusi Daerah dan\nPungutan Lain yang Sah\nmenurut Peraturan", "1.000.000.000,00", "Perda 2"
    ),
    Printed("", "JUMLAH PENDAPATAN", "1.500.000.000,00", bold=True),
    Printed("5", "BELANJA DAERAH", "1.750.000.000,00", bold=True),
    Printed("5 . 1", "BELANJA OPERASI", "1.750.000.000,00", bold=True),
    Printed("5 . 1 . 1", "Belanja Pegawai", "2.000.000.000,00"),
    Printed("5 . 1 . 2", "Koreksi Belanja Barang\ndan Jasa", "(250.000.000,00)", "Perbup 3"),
    Printed("", "JUMLAH BELANJA", "1.750.000.000,00", bold=True),
    Printed("", "SURPLUS/(DEFISIT)", "(250.000.000,00)", bold=True),
]
EXPECTED = [
    ("4", "PENDAPATAN DAERAH", 1_500_000_000, None),
    ("4.1", "PENDAPATAN ASLI DAERAH", 1_500_000_000, None),
    ("4.1.1", "Pajak Daerah", 500_000_000, "Perda Nomor 1 Tahun 2011"),
    ("4.1.2", "Retribusi Daerah dan Pungutan Lain yang Sah menurut Peraturan", 1_000_000_000, "Perda 2"),
    ("5", "BELANJA DAERAH", 1_750_000_000, None),
    ("5.1", "BELANJA OPERASI", 1_750_000_000, None),
    ("5.1.1", "Belanja Pegawai", 2_000_000_000, None),
    ("5.1.2", "Koreksi Belanja Barang dan Jasa", -250_000_000, "Perbup 3"),
]


def in_columns(rows: Sequence[Printed], count: int, last_only: bool = False) -> list[Printed]:
    """The same rows with their codes in several columns; `last_only` prints no more than the last part."""
    return [replace(row, code=_parts(str(row.code), count, last_only)) for row in rows]


def _parts(code: str, count: int, last_only: bool) -> tuple[str, ...]:
    parts = [part.strip() for part in code.split(".")] if code else []
    if last_only:
        parts = [*[""] * (len(parts) - 1), *parts[-1:]]
    return (*parts, *[""] * (count - len(parts)))


def accounts(result: DocumentResult) -> list[tuple[Any, ...]]:
    rows = result.table("rekening").to_pylist()
    return [(row["kode"], row["uraian"], row["jumlah"], row["dasar_hukum"]) for row in rows]


def reading_doubts(result: DocumentResult) -> list[str]:
    rows = result.table("temuan").to_pylist()
    return [row["kode"] for row in rows if row["jenis"] == "pembacaan" and row["tabel_id"]]


def layouts(result: DocumentResult) -> list[str]:
    return [row["tata_letak"] for row in result.table("tabel").to_pylist()]


def read_annex(tmp_path: Path, annex: Annex) -> DocumentResult:
    return read(draw_annex(tmp_path / "lampiran.pdf", annex))


@pytest.mark.parametrize(
    "annex",
    [
        Annex(ROWS),
        Annex(ROWS, per_page=6),
        Annex(ROWS, ruled=False),
        Annex(ROWS, ruled=False, valign="middle"),
        Annex(ROWS, ruled=False, valign="bottom"),
        Annex(ROWS, ruled=False, per_page=4),
        Annex(in_columns(ROWS, 3), codes=3),
        Annex(in_columns(ROWS, 3), codes=3, ruled=False),
        Annex(in_columns(ROWS, 3), codes=3, ruled=False, per_page=6),
    ],
    ids=["ruled", "ruled-2", "frame", "frame-mid", "frame-low", "frame-3", "columns", "columns-frame", "columns-2"],
)
def test_accounts_come_out_as_printed(tmp_path: Path, annex: Annex) -> None:
    result = read_annex(tmp_path, annex)
    assert layouts(result) == ["rekening"]
    assert accounts(result) == EXPECTED
    assert reading_doubts(result) == []


@pytest.mark.parametrize("ruled", [True, False])
def test_codes_are_completed_from_the_row_above(tmp_path: Path, ruled: bool) -> None:
    result = read_annex(tmp_path, Annex(in_columns(ROWS, 3, last_only=True), codes=3, ruled=ruled))
    assert accounts(result) == EXPECTED
    assert reading_doubts(result) == ["KODE_DILENGKAPI"] * 6


def test_a_name_goes_on_after_a_page_break(tmp_path: Path) -> None:
    rows = [*ROWS[:2], replace(ROWS[2], name="Pajak Daerah yang\nDipungut"), Printed("", "Kabupaten", ""), *ROWS[3:]]
    result = read_annex(tmp_path, Annex(rows, ruled=False, per_page=3))
    assert accounts(result)[2][:2] == ("4.1.1", "Pajak Daerah yang Dipungut Kabupaten")
    assert len(accounts(result)) == len(EXPECTED)


@pytest.mark.parametrize("valign", ["top", "middle"])
def test_rows_set_without_room_between_are_doubted(tmp_path: Path, valign: Any) -> None:
    result = read_annex(tmp_path, Annex(ROWS, ruled=False, padding=0, valign=valign))
    figures = {row[0]: row[2] for row in accounts(result)}
    assert all(figures[kode] == amount for kode, _, amount, _ in EXPECTED)
    assert set(reading_doubts(result)) == {"BARIS_DIRAGUKAN"}


def test_amounts_far_below_their_codes_are_doubted(tmp_path: Path) -> None:
    lower = replace(ROWS[3], amount="\n\n1.000.000.000,00")
    result = read_annex(tmp_path, Annex([*ROWS[:3], lower, *ROWS[5:9]], ruled=False))
    doubted = {row["baris_id"] for row in result.table("temuan").to_pylist() if row["kode"] == "BARIS_DIRAGUKAN"}
    wrong = [row for row in result.table("rekening").to_pylist() if row["kode"] is None or row["jumlah"] is None]
    assert wrong
    assert {row["baris_id"] for row in wrong} <= doubted


def test_an_account_that_does_not_add_up_is_a_finding_and_stays_as_printed(tmp_path: Path) -> None:
    rows = [*ROWS[:2], replace(ROWS[2], amount="400.000.000,00"), *ROWS[3:]]
    result = read_annex(tmp_path, Annex(rows))
    assert accounts(result)[2][2] == Decimal(400_000_000)
    found = [row for row in result.table("temuan").to_pylist() if row["kode"] == "REKENING_TIDAK_COCOK"]
    assert [row["nilai"] for row in found] == ["1500000000.00"]


def test_every_record_names_cells_that_exist(tmp_path: Path) -> None:
    result = read_annex(tmp_path, Annex(ROWS, ruled=False, per_page=6))
    cells = {row["sel_id"] for row in result.table("sel").to_pylist()}
    rows = result.table("rekening").to_pylist()
    assert all(row["bukti"] and set(row["bukti"]) <= cells for row in rows)
    assert [row["halaman"] for row in rows] == [1, 1, 1, 1, 1, 2, 2, 2]


@pytest.mark.parametrize(
    "rows",
    [
        [
            Printed("5.03", "BIDANG KEPEGAWAIAN", "900.000.000"),
            Printed("5.03.02", "PROGRAM KEPEGAWAIAN DAERAH", "900.000.000"),
            Printed("5.03.02.2.01", "Pengadaan dan Informasi", "900.000.000"),
            Printed("5.03.02.2.01.0001", "Koordinasi Formasi", "900.000.000"),
        ],
        [Printed(str(n), f"Uraian ke {n}", "100.000.000") for n in (1, 2, 3, 4, 5, 6)],
    ],
    ids=["nomenclature", "ordinals"],
)
def test_other_codes_make_no_annex(tmp_path: Path, rows: list[Printed]) -> None:
    result = read_annex(tmp_path, Annex(rows))
    assert "rekening" not in layouts(result)
    assert accounts(result) == []


def test_a_code_column_beside_a_level_column_is_a_plan(tmp_path: Path) -> None:
    header = ("KODE REKENING", "PROGRAM/KEGIATAN", "JUMLAH (Rp)", "KETERANGAN")
    assert "rekening" not in layouts(read_annex(tmp_path, Annex(ROWS, header=header)))


@pytest.mark.parametrize("code", ["4", "4.1", "4.1.2.01", "5.2.1.01", "5.1.02.01.01", "5.1.02.01.01.0024"])
def test_account_codes(code: str) -> None:
    assert ACCOUNT.fullmatch(code)


@pytest.mark.parametrize("code", ["1.02", "5.03", "5.03.02", "5.03.02.2.01", "X.XX.01", "7.01.01.2.01.0001"])
def test_codes_of_the_nomenclature_are_no_accounts(code: str) -> None:
    assert not ACCOUNT.fullmatch(code)


def test_complete() -> None:
    assert complete("2", 2, ["4", "1", "1"]) == ["4", "1", "2"]
    assert complete("4.1", 0, ["5"]) == ["4", "1"]
    assert complete("2", 2, ["4"]) == ["2"]


def test_the_amount_after_a_change_is_the_one() -> None:
    amounts = [
        Column(2, 3, "jumlah", ("JUMLAH", "SEBELUM PERUBAHAN"), role="past"),
        Column(3, 4, "jumlah", ("JUMLAH", "SETELAH PERUBAHAN")),
        Column(4, 5, "pagu", ("BERTAMBAH/(BERKURANG)", "Rp")),
    ]
    header = Header(1, [Column(0, 1, "kode", ("KODE",)), Column(1, 2, "uraian", ("URAIAN",)), *amounts])
    known = account_header(header, load_vocabulary())
    assert known is not None
    assert [column.start for column in known.of("jumlah")] == [3]


def test_two_amounts_of_one_year_make_no_annex() -> None:
    amounts = [Column(2, 3, "pagu", ("BELANJA PEGAWAI",)), Column(3, 4, "pagu", ("BELANJA MODAL",))]
    header = Header(1, [Column(0, 1, "kode", ("KODE",)), Column(1, 2, "uraian", ("URAIAN",)), *amounts])
    assert account_header(header, load_vocabulary()) is None
