"""`rkt compare --laporan`: which files it writes, what it says of them, and how it fails."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from pipeline.cli.main import main
from pipeline.release.build import publish
from pipeline.release.manifest import InputFile
from pipeline.release.result import DocumentResult
from pipeline.release.validate import validate
from pipeline.reports.gather import MOST_WHOLE
from schemas.ledger import Ledger

Capture = pytest.CaptureFixture[str]


def plan(office: int, tahun: int, region: str, doubt: bool = False) -> DocumentResult:
    """A sub kegiatan whose pagu is its year and its office."""
    key = f"{tahun}{office:012d}"
    book = Ledger(key)
    book.add(
        "dokumen", berkas=f"{tahun}/rkt-{office}.pdf", sha256=key * 4, versi_pembaca="1", status="lengkap",
        jenis_dokumen="rkt", perangkat_daerah=f"Dinas Nomor {office}", wilayah=region,
    )  # fmt: skip
    row = book.add(
        "program_kegiatan", halaman=1, node_id=f"{key}-n1", level="sub_kegiatan", nama="Uji Air",
        program="Program Uji", pagu=Decimal(1000 * tahun + office),
    )  # fmt: skip
    if doubt:
        book.doubt_record(row, "pagu", "OCR_MERAGUKAN", "pembacaan", "peringatan", "Sulit dibaca.")
    return validate(book, tahun)


@pytest.fixture(scope="module")
def curated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years of four offices in two regions."""
    folder = tmp_path_factory.mktemp("rilis")
    regions = ("Kabupaten Satu", "Kabupaten Satu", "Kabupaten Dua", "Kabupaten Dua")
    results = [plan(n, year, region, n == 1) for year in (2023, 2024) for n, region in enumerate(regions)]
    publish(results, folder, inputs=[InputFile("rencana.pdf", "0" * 64)], reader_version="1")
    return folder


def compare(curated: Path, folder: Path, *arguments: str) -> int:
    return main(["compare", *arguments, "--curated", str(curated), "--laporan", str(folder)])


def test_two_years_of_all_offices_are_one_page_and_one_workbook(curated: Path, tmp_path: Path, capsys: Capture) -> None:
    assert compare(curated, tmp_path / "laporan", "2023", "2024") == 0
    page, book = sorted((tmp_path / "laporan").iterdir())
    said = capsys.readouterr()
    assert "2.024.001" in said.out
    assert f"Laporan: {page}\n" in said.err
    assert f"Laporan: {book}\n" in said.err
    assert all(f"Dinas Nomor {office}, Kabupaten" in page.read_text("utf-8") for office in range(4))
    sheet = openpyxl.load_workbook(book, data_only=True)["Pagu berubah"]
    assert sheet.max_row == 1 + 4 + 1
    assert sheet["H6"].value == 4 * 1000


def test_two_documents_are_compared_program_by_program(curated: Path, tmp_path: Path) -> None:
    assert compare(curated, tmp_path, "2023/rkt-1", "2024/rkt-1") == 0
    page = next(tmp_path.glob("*.html")).read_text("utf-8")
    assert "Program Uji" in page
    assert "⚠ diragukan" in page


def test_documents_of_two_offices_are_compared_with_a_note(curated: Path, tmp_path: Path, capsys: Capture) -> None:
    assert compare(curated, tmp_path, "2023/rkt-1", "2024/rkt-2") == 0
    said = capsys.readouterr().err
    assert "sama: Dinas Nomor 1 dan Dinas Nomor 2." in said
    assert "sama: Kabupaten Satu dan Kabupaten Dua." in said
    assert "sama: Dinas Nomor 1 dan Dinas Nomor 2." in next(tmp_path.glob("*.html")).read_text("utf-8")
    assert compare(curated, tmp_path, "2023/rkt-1", "2024/rkt-1") == 0
    assert "bukan milik" not in capsys.readouterr().err


def test_two_choices_of_offices_stand_side_by_side(curated: Path, tmp_path: Path, capsys: Capture) -> None:
    for region in ("Kabupaten Satu", "Kabupaten Dua"):
        assert compare(curated, tmp_path, "2023", "2024", "--wilayah", region) == 0
    assert compare(curated, tmp_path, "2023", "2024") == 0
    assert len(list(tmp_path.glob("*.html"))) == len(list(tmp_path.glob("*.xlsx"))) == 3
    assert "menggantikan" not in capsys.readouterr().err


def test_what_the_same_comparison_overwrites_is_told(curated: Path, tmp_path: Path, capsys: Capture) -> None:
    assert compare(curated, tmp_path, "2023", "2024") == 0
    capsys.readouterr()
    assert compare(curated, tmp_path, "2023", "2024") == 0
    assert capsys.readouterr().err.count("(menggantikan yang lama)") == 2
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_that_cannot_be_written_is_one_line(curated: Path, tmp_path: Path, capsys: Capture) -> None:
    blocked = tmp_path / "berkas"
    blocked.write_text("bukan folder")
    assert compare(curated, blocked, "2023", "2024") == 1
    assert sum("tidak dapat ditulis" in line for line in capsys.readouterr().err.splitlines()) == 1


def test_in_english_the_report_is_english(curated: Path, tmp_path: Path, capsys: Capture) -> None:
    assert main(
        ["--lang", "en", "compare", "2023", "2024", "--curated", str(curated), "--laporan", str(tmp_path)]
    ) == 0  # fmt: skip
    assert "What is not certain" in next(tmp_path.glob("*.html")).read_text("utf-8")
    assert "Report: " in capsys.readouterr().err


def test_of_very_many_pairs_the_plans_are_left_out_and_that_is_said(tmp_path: Path) -> None:
    offices = range(MOST_WHOLE + 1)
    results = [plan(n, year, "Kabupaten Satu") for year in (2023, 2024) for n in offices]
    publish(results, tmp_path / "rilis", inputs=[InputFile("rencana.pdf", "0" * 64)], reader_version="1")
    assert compare(tmp_path / "rilis", tmp_path / "laporan", "2023", "2024") == 0
    page, path = sorted((tmp_path / "laporan").iterdir())
    book = openpyxl.load_workbook(path, data_only=True)
    assert not {"Rencana", "Indikator"} & set(book.sheetnames)
    assert book["Program"].max_row == 1 + len(offices) + 1
    assert f"Lebih dari {MOST_WHOLE} pasang" in page.read_text("utf-8")
