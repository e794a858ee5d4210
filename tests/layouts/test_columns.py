"""Columns that only their neighbours or the header over them explain, each on a small drawn table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.intake.source import ReadSettings, Source, fingerprint
from pipeline.reader import read_document
from pipeline.release.result import DocumentResult
from tests.forms.case import YEAR, Family, Records, titled
from tests.forms.sheet import Cell, Look, Sheet, cell


def read(folder: Path, widths: Sequence[float], header: list[Cell], rows: Sequence[Sequence[str]]) -> DocumentResult:
    body = [cell(row, column, text) for row, texts in enumerate(rows) for column, text in enumerate(texts)]
    sheet = Sheet(list(widths), header, body)
    family = Family("kolom", Look(size=9), titled(sheet), Records().truth())
    path = family.draw(folder / "rencana.pdf")
    return read_document(path, Source(path.name, fingerprint(path)), ReadSettings())


def layouts(result: DocumentResult) -> list[str]:
    return [table["tata_letak"] for table in result.table("tabel").to_pylist()]


def test_uraian_under_an_indicator_header_is_the_indicator(tmp_path: Path) -> None:
    header = [
        cell(0, 0, "No", row_span=2),
        cell(0, 1, "Sasaran Strategis", row_span=2),
        cell(0, 2, "Indikator Sasaran", column_span=2),
        cell(1, 2, "Uraian"),
        cell(1, 3, "Satuan"),
        cell(0, 4, f"Target {YEAR}", row_span=2),
    ]
    rows = [
        ("1", "Terjaganya hutan rakyat", "Luas hutan rakyat yang dipelihara", "Hektare", "412"),
        ("2", "Meningkatnya hasil madu", "Jumlah kelompok peternak lebah", "Kelompok", "37"),
    ]

    result = read(tmp_path, [6, 26, 30, 16, 12], header, rows)

    got = [(row["indikator"], row["satuan"], row["target_teks"]) for row in result.table("indikator").to_pylist()]
    assert got == [row[2:] for row in rows]


def test_a_table_of_past_figures_alone_is_no_plan(tmp_path: Path) -> None:
    texts = ["Program/Kegiatan", "Indikator Kinerja", *(f"Realisasi Tahun {YEAR - back}" for back in (4, 3, 2, 1))]
    header = [cell(0, column, text) for column, text in enumerate(texts)]
    rows = [("Program Hutan Rakyat", "Luas hutan rakyat yang dipelihara", "301", "333", "361", "390")]

    result = read(tmp_path, [24, 28, 12, 12, 12, 12], header, rows)

    assert layouts(result) == ["evaluasi"]
    assert result.counts["program_kegiatan"] == result.counts["indikator"] == 0


def test_figures_under_an_unknown_header_are_said(tmp_path: Path) -> None:
    texts = ["No", "Program", "Indikator Kinerja", "Satuan", "Target", "Zurna Kelabu"]
    header = [cell(0, column, text) for column, text in enumerate(texts)]
    rows = [("1", "Program Hutan Rakyat", "Luas hutan rakyat yang dipelihara", "Hektare", "412", "7.654")]

    result = read(tmp_path, [6, 24, 28, 14, 12, 12], header, rows)

    said = [row for row in result.table("temuan").to_pylist() if row["kode"] == "ANGKA_TANPA_REKAMAN"]
    assert [row["nilai"] for row in said] == ["7.654"]


def test_beside_an_empty_objective_an_indicator_is_the_goals(tmp_path: Path) -> None:
    header = [cell(0, column, text) for column, text in enumerate(["No", "Tujuan", "Sasaran", "Indikator", "Target"])]
    rows = [
        ("1", "Hutan rakyat yang lestari", "", "Indeks kelestarian hutan rakyat", "81"),
        ("", "", "Meningkatnya hasil madu", "Jumlah kelompok peternak lebah", "37"),
    ]

    result = read(tmp_path, [6, 26, 26, 30, 12], header, rows)

    got = [(row["level"], row["tujuan"], row["sasaran"]) for row in result.table("indikator").to_pylist()]
    assert got == [("tujuan", "Hutan rakyat yang lestari", None), ("sasaran", None, "Meningkatnya hasil madu")]


def test_a_column_without_a_heading_that_counts_the_rows_holds_ordinals(tmp_path: Path) -> None:
    header = [cell(0, column, text) for column, text in enumerate(["", "Program", "Anggaran", "Keterangan"])]
    rows = [
        ("1.", "Program Hutan Rakyat", "Rp 412.500.000", "APBD"),
        ("2.", "Program Madu Hutan", "Rp 37.250.000", "APBD"),
        ("3.", "Program Benih Unggul", "Rp 118.000.000", "APBD"),
    ]

    result = read(tmp_path, [6, 40, 24, 16], header, rows)

    got = [(row["nomor"], row["nama"]) for row in result.table("program_kegiatan").to_pylist()]
    assert got == [("1", "Program Hutan Rakyat"), ("2", "Program Madu Hutan"), ("3", "Program Benih Unggul")]
    assert "ANGKA_TANPA_REKAMAN" not in {row["kode"] for row in result.table("temuan").to_pylist()}


def test_a_total_under_stacked_names_is_no_name(tmp_path: Path) -> None:
    header = [cell(0, column, text) for column, text in enumerate(["Program", "Anggaran (Rp.)", "Ket."])]
    names = "a. Program Hutan Rakyat\nb. Program Madu Hutan\n\nJumlah"
    body = [
        cell(0, 0, names, row_span=2),
        cell(0, 1, "412.500.000\n37.250.000"),
        cell(1, 1, "449.750.000"),
        cell(0, 2, "", row_span=2),
    ]
    sheet = Sheet([50, 30, 20], header, body)
    family = Family("jumlah", Look(size=9), titled(sheet), Records().truth())
    path = family.draw(tmp_path / "rencana.pdf")

    result = read_document(path, Source(path.name, fingerprint(path)), ReadSettings())

    got = [(row["nama"], int(row["pagu"])) for row in result.table("program_kegiatan").to_pylist()]
    assert got == [("Program Hutan Rakyat", 412_500_000), ("Program Madu Hutan", 37_250_000)]
    codes = {row["kode"] for row in result.table("temuan").to_pylist()}
    assert codes.isdisjoint({"ANGKA_TANPA_REKAMAN", "TOTAL_TIDAK_COCOK", "TANPA_JUMLAH"})


def test_figures_under_a_header_that_their_cells_contradict_are_doubted(tmp_path: Path) -> None:
    texts = ["Program", "Indikator Kinerja", "Target", "Pagu Indikatif (Rp)"]
    header = [cell(0, column, text) for column, text in enumerate(texts)]
    rows = [
        ("Program Hutan Rakyat", "Luas hutan rakyat yang dipelihara", "412.500.000", "412.500.000"),
        ("Program Madu Hutan", "Jumlah kelompok peternak lebah", "37.250.000", "37.250.000"),
        ("Program Benih Unggul", "Jumlah bibit yang dibagikan", "118.000.000", "118.000.000"),
    ]

    result = read(tmp_path, [24, 30, 20, 20], header, rows)

    assert {row["target_keyakinan"] for row in result.table("indikator").to_pylist()} == {"diragukan"}
    assert {row["pagu_keyakinan"] for row in result.table("program_kegiatan").to_pylist()} == {"terbaca"}
    [said] = [row for row in result.table("temuan").to_pylist() if row["kode"] == "PERAN_KOLOM_DIRAGUKAN"]
    assert (said["kolom"], said["nilai"]) == ("target", "Target")


def test_an_outline_with_a_slip_and_column_numbers_on_the_way(tmp_path: Path) -> None:
    header = [
        cell(0, column, text) for column, text in enumerate(["No", "Program/Kegitatan", "Pagu (Rp)", "Unit Kerja"])
    ]
    rows = [
        ("(1)", "(2)", "(3)", "(4)"),
        ("I", "Program Hutan Rakyat", "412.500.000", "Bidang Hutan"),
        ("1", "Pemeliharaan hutan rakyat", "412.500.000", "Seksi Bibit"),
    ]

    result = read(tmp_path, [8, 40, 24, 20], header, rows)

    got = [(row["level"], row["nama"]) for row in result.table("program_kegiatan").to_pylist()]
    assert got == [("program", "Program Hutan Rakyat"), ("kegiatan", "Pemeliharaan hutan rakyat")]
