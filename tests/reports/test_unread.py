"""Amounts that could not be read, or stand in quarantine, are told beside every sum that leaves them out."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.release.comparing.pairs import Pair as Keys
from pipeline.release.comparing.reading import compare_pairs
from pipeline.release.result import DocumentResult
from pipeline.release.validate import validate
from pipeline.reports.gather import read_document, read_pairs
from pipeline.reports.model import PlanDocument
from pipeline.reports.page import comparison_page, document_page
from pipeline.reports.texts import Words
from pipeline.reports.workbook import write_comparison_workbook, write_document_workbook
from schemas.ledger import Ledger
from tests.reports.conftest import EARLIER, LATER, release_of

AMBIGUOUS = "1.2.5,00"
Write = Callable[["Book"], None]


class Book:
    """A document whose rows a test writes, one table unless it says so."""

    def __init__(self, key: str = LATER, tahun: int = 2024, **document: Any) -> None:
        self.ledger, self.key, self.tahun = Ledger(key), key, tahun
        given = {"status": "lengkap", "jenis_dokumen": "rkt", "perangkat_daerah": "Dinas Contoh"}
        self.ledger.add(
            "dokumen", berkas=f"{tahun}/r.pdf", sha256=key * 4, versi_pembaca="1", wilayah="Kota Contoh",
            **given | document,
        )  # fmt: skip
        for table in ("t1", "t2"):
            self.ledger.add("tabel", halaman=1, tabel_id=f"{key}-{table}", tata_letak="rencana_kinerja")

    def node(self, nama: str, pagu: object, teks: str | None = None, doubt: bool = False, **more: Any) -> str:
        """A node in a table; returns its `node_id`."""
        node = f"{self.key}-n{len(self.ledger.records.get('program_kegiatan', ()))}"
        given = {"level": "sub_kegiatan", "program": "Program Satu", "kegiatan": "Kegiatan Satu", "tabel": "t1"} | more
        given["tabel_id"] = f"{self.key}-{given.pop('tabel')}"
        row = self.ledger.add(
            "program_kegiatan", halaman=1, node_id=node, nama=nama, pagu=pagu, pagu_teks=teks, **given
        )  # fmt: skip
        if doubt:
            self.ledger.doubt_record(row, "pagu", "ANGKA_AMBIGU", "pembacaan", "peringatan", "Bermakna ganda.")
        return node

    def result(self) -> DocumentResult:
        return validate(self.ledger, self.tahun)


def read(folder: Path, book: Book) -> PlanDocument:
    return read_document(release_of(folder, book.result()), book.key)


def test_a_sum_says_how_many_amounts_it_leaves_out(tmp_path: Path) -> None:
    book = Book()
    book.node("Satu", Decimal(205_500_000), "205.500.000")
    book.node("Dua", None, AMBIGUOUS, doubt=True)
    document = read(tmp_path, book)
    assert (document.pagu, document.unread, document.facts["status"]) == (Decimal(205_500_000), 1, "lengkap")
    for language, told in (("id", "1 pagu tidak terbaca"), ("en", "1 amounts could not be read")):
        page = document_page(document, None, Words(language), "x.xlsx")  # type: ignore[arg-type]
        assert page.count(f"⚠ {told}") == 3  # beside the document's pagu, its program's, and the total
        assert 'class="warning"' in page


def test_a_row_in_quarantine_is_left_out_and_told(tmp_path: Path) -> None:
    book = Book()
    book.node("Satu", Decimal(100))
    book.node("Dua", Decimal(-5), "(5)")
    document = read(tmp_path, book)
    assert (document.pagu, document.unread) == (Decimal(100), 1)


def test_a_program_of_which_nothing_was_read_is_not_said_to_print_nothing(tmp_path: Path) -> None:
    book = Book()
    book.node("Satu", None, AMBIGUOUS, doubt=True)
    document = read(tmp_path, book)
    assert (document.pagu, [program.name for program in document.programs]) == (None, ["Program Satu"])
    page = document_page(document, None, Words("id"), "x.xlsx")
    assert "1 pagu tidak terbaca" in page
    assert "<dd>tidak tercetak</dd>" not in page


def _above(book: Book) -> None:
    parent = book.node("Program Satu", None, AMBIGUOUS, doubt=True, level="program", kegiatan=None)
    book.node("Satu", Decimal(100), induk_id=parent)


def _above_by_name(book: Book) -> None:
    book.node("Program Satu", None, AMBIGUOUS, doubt=True, level="program", kegiatan=None, tabel="t2")
    book.node("Satu", Decimal(100))


def _read_elsewhere(book: Book) -> None:
    book.node("Satu", None, AMBIGUOUS, doubt=True, tabel="t2")
    book.node("Satu", Decimal(100))


def _not_printed(book: Book) -> None:
    book.node("Satu", Decimal(100))
    book.node("Dua", None)
    book.node("Tiga", None, "-")


@pytest.mark.parametrize("write", [_above, _above_by_name, _read_elsewhere, _not_printed])
def test_what_no_sum_leaves_out_is_not_counted(tmp_path: Path, write: Write) -> None:
    book = Book()
    write(book)
    document = read(tmp_path, book)
    assert (document.pagu, document.unread) == (Decimal(100), 0)
    assert "warning" not in document_page(document, None, Words("id"), "x.xlsx").partition("<main>")[2]


def test_an_amount_that_two_tables_list_is_left_out_once(tmp_path: Path) -> None:
    book = Book()
    book.node("Satu", Decimal(100))
    for table in ("t1", "t2"):
        book.node("Dua", None, AMBIGUOUS, doubt=True, tabel=table)
    assert read(tmp_path, book).unread == 1


def test_a_comparison_tells_it_beside_each_sum_and_in_the_workbook(tmp_path: Path) -> None:
    books = [Book(EARLIER, 2023), Book()]
    for book in books:
        book.node("Satu", Decimal(100))
        book.node("Dua", None if book.tahun == 2024 else Decimal(7), "7.7,7", doubt=book.tahun == 2024)
    release = release_of(tmp_path / "rilis", *(book.result() for book in books))
    pairs = read_pairs(release, [one.told() for one in compare_pairs(release, [Keys(EARLIER, LATER)])])
    page = comparison_page(pairs, Words("id"), "x.xlsx")
    assert page.count("⚠ 1 pagu tidak terbaca") == 3  # in the table of documents, beside the program, and the total
    assert 'class="warning"' in page
    write_comparison_workbook(tmp_path / "x.xlsx", pairs, Words("id"))
    book = openpyxl.load_workbook(tmp_path / "x.xlsx", data_only=True)
    for name in ("Ringkasan", "Program"):
        columns = {cell.value: cell.column - 1 for cell in book[name][1]}
        first = [cell.value for cell in book[name][2]]
        found = [first[columns[f"Pagu tidak terbaca: {role}"]] for role in ("Asal", "Tujuan")]
        assert found == [0, 1]


def test_the_workbook_of_a_document_has_the_count(tmp_path: Path) -> None:
    book = Book()
    book.node("Satu", Decimal(100))
    book.node("Dua", None, AMBIGUOUS, doubt=True)
    write_document_workbook(tmp_path / "x.xlsx", read(tmp_path / "rilis", book), None, Words("id"))
    sheets = openpyxl.load_workbook(tmp_path / "x.xlsx", data_only=True)
    for name in ("Ringkasan", "Program"):
        titles = [cell.value for cell in sheets[name][1]]
        assert sheets[name].cell(2, titles.index("Pagu tidak terbaca") + 1).value == 1
