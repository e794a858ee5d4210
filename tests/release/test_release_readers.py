"""What the commands ask of a release: queries, exports, evidence, findings and status."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.release.build import Release, publish
from pipeline.release.errors import NoReleaseError, QueryError, ReleaseError
from pipeline.release.evidence import UnknownRowError, evidence
from pipeline.release.export import export
from pipeline.release.query import query
from pipeline.release.reports import FindingFilter, findings, status
from pipeline.release.result import DocumentResult
from schemas.fields import UnknownDatasetError

MakeResult = Callable[..., DocumentResult]
Publish = Callable[..., Release]
KEY = "a1" * 8


@pytest.fixture(scope="module")
def curated(make_result: MakeResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("curated")
    results = (
        make_result(jabatan="=HYPERLINK(1)", tempat="a\x0bb", tahap="murni"),
        make_result("b2" * 8, 2023, tanggal="2024-01", status="sebagian"),
    )
    publish(results, folder, inputs=[], reader_version="1")
    return folder


def test_a_query_gives_columns_types_and_rows(curated: Path) -> None:
    answer = query(curated, "SELECT tahun, sum(pagu) AS pagu FROM v_pagu GROUP BY tahun ORDER BY tahun")
    assert (answer.columns, answer.types) == (("tahun", "pagu"), ("SMALLINT", "DECIMAL(38,2)"))
    assert list(answer.records()) == [{"tahun": 2023, "pagu": Decimal(300)}, {"tahun": 2024, "pagu": Decimal(300)}]


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE dokumen",
        "INSERT INTO dokumen (berkas) VALUES ('x')",
        "SELECT 1; SELECT 2",
        "COPY dokumen TO 'out.csv'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "ATTACH 'other.duckdb'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
        "SELECT apa FROM dokumen",
        "bukan sql",
        "",
    ],
)
def test_a_query_only_reads_the_release(curated: Path, sql: str) -> None:
    with pytest.raises(QueryError) as caught:
        query(curated, sql)
    assert caught.value.pesan
    assert "\n" not in caught.value.pesan


def test_a_query_needs_a_release(tmp_path: Path) -> None:
    with pytest.raises(NoReleaseError):
        query(tmp_path, "SELECT 1")


def test_excel_gets_text_numbers_and_dates_of_their_own_type(curated: Path, tmp_path: Path) -> None:
    written = export(curated, "dokumen", tmp_path / "dokumen.xlsx")
    assert (written.rows, written.cut) == (2, 0)
    book = openpyxl.load_workbook(tmp_path / "dokumen.xlsx")
    sheet = book["dokumen"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:AF3")
    head = [cell.value for cell in sheet[1]]
    first, second = (dict(zip(head, sheet[row], strict=True)) for row in (3, 2))
    assert (first["nip"].value, first["nip"].data_type) == ("198004122000031003", "s")
    assert (first["jabatan"].value, first["jabatan"].data_type) == ("=HYPERLINK(1)", "s")
    assert first["tempat"].value == "a\ufffdb"
    assert (first["tanggal"].value, first["tanggal"].is_date) == (datetime(2024, 1, 31), True)
    assert (second["tanggal"].value, second["tanggal"].data_type) == ("2024-01", "s")
    assert first["tahun"].value == 2024
    assert [cell.value for cell in book["Keterangan"][2]][:2] == ["baris_id", "Kunci baris"]


def test_excel_gets_money_as_numbers_and_codes_as_text(curated: Path, tmp_path: Path) -> None:
    export(curated, "program_kegiatan", tmp_path / "p.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx").worksheets[0]
    row = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (row["pagu"].value, row["pagu"].number_format) == (300, "#,##0.00")
    assert (row["kode"].value, row["kode"].data_type, row["kode"].number_format) == ("5.03.02", "s", "@")


def test_a_text_too_long_for_a_cell_is_cut_in_the_open(
    make_result: MakeResult, publish_into: Publish, tmp_path: Path
) -> None:
    curated = publish_into(make_result(visi="x" * 40_000)).path.parent.parent
    assert export(curated, "dokumen", tmp_path / "d.xlsx").cut == 1
    sheet = openpyxl.load_workbook(tmp_path / "d.xlsx").worksheets[0]
    longest = max((str(cell.value) for cell in sheet[2]), key=len)
    assert len(longest) == 32_767
    assert longest.endswith("[dipotong]")


@pytest.mark.parametrize(("separator", "target", "pagu"), [(",", "-0.81", "300.00"), (";", "-0,81", "300,00")])
def test_csv_follows_the_readers_convention(
    separator: str, target: str, pagu: str, curated: Path, tmp_path: Path
) -> None:
    def rows(name: str) -> list[dict[str, str]]:
        path = tmp_path / f"{name}.csv"
        export(curated, name, path, separator)
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream, delimiter=separator))

    assert rows("indikator")[0]["target"] == target
    assert rows("indikator")[0]["target_teks"] == "'-0,81"
    nodes = rows("program_kegiatan")
    assert (nodes[0]["pagu"], nodes[0]["kode"]) == (pagu, "5.03.02")
    assert nodes[1]["nama"] == "'=Kegiatan 2"


def test_an_export_refuses_what_it_cannot_write(curated: Path, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="must end in"):
        export(curated, "dokumen", tmp_path / "dokumen.ods")
    with pytest.raises(UnknownDatasetError):
        export(curated, "dokumentasi", tmp_path / "x.csv")
    with pytest.raises(OSError, match="No such file"):
        export(curated, "dokumen", tmp_path / "missing" / "x.csv")
    assert list(tmp_path.iterdir()) == []


def test_evidence_leads_from_a_row_to_its_cells(curated: Path) -> None:
    shown = evidence(curated / "current", f"{KEY}-program_kegiatan-00002")
    assert (shown.dataset, shown.document["berkas"]) == ("program_kegiatan", "rencana-a1.pdf")
    assert [(cell.teks, cell.halaman, cell.y0) for cell in shown.cells] == [("=CMD()", 2, 20.0), ("300", 2, 40.0)]
    assert shown.pages == (2,)
    assert shown.record["pagu"] == Decimal(100)


@pytest.mark.parametrize(
    ("key", "dataset", "cells"),
    [
        (f"{KEY}-n1", "program_kegiatan", 1),
        (f"{KEY}-s2", "sel", 1),
        (f"{KEY}-t1", "tabel", 4),
        (f"{KEY}-temuan-00001", "temuan", 1),
        (f"{KEY}-halaman-00001", "halaman", 0),
    ],
)
def test_every_kind_of_key_leads_somewhere(curated: Path, key: str, dataset: str, cells: int) -> None:
    shown = evidence(curated / "current", key)
    assert (shown.dataset, len(shown.cells), shown.pages) == (dataset, cells, (2,))


def test_a_quarantined_row_has_evidence_too(make_result: MakeResult, publish_into: Publish) -> None:
    release = publish_into(make_result(nip="123"))
    shown = evidence(release.path, f"{KEY}-dokumen-00001")
    assert (shown.dataset, shown.record["kolom"]) == ("karantina", "nip")


def test_an_unknown_key_is_told(curated: Path) -> None:
    with pytest.raises(UnknownRowError) as caught:
        evidence(curated / "current", "x'; DROP TABLE dokumen --")
    assert "rkt temuan" in caught.value.pesan


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 4),
        ({"kode": "TANPA_JUMLAH"}, 2),
        ({"tingkat": "peringatan"}, 2),
        ({"jenis": "pembacaan"}, 0),
        ({"dataset": "indikator"}, 2),
        ({"dokumen": KEY}, 2),
        ({"dokumen": "RENCANA-B2"}, 2),
        ({"dokumen": "rencana", "tingkat": "info"}, 2),
        ({"berkas": ["rencana-b2.pdf", "lain.pdf"]}, 2),
        ({"berkas": ["b2.pdf"]}, 0),
        ({"berkas": []}, 0),
        ({"most": 3}, 3),
    ],
)
def test_findings_can_be_filtered(curated: Path, wanted: dict[str, Any], count: int) -> None:
    found = list(findings(curated, FindingFilter(**wanted)).records())
    assert len(found) == count
    assert [row["tingkat"] for row in found] == sorted((row["tingkat"] for row in found), key=lambda t: t == "info")


def test_status_tells_documents_age_and_what_is_unfinished(curated: Path) -> None:
    state = status(curated)
    assert (state.number, dict(state.documents)) == (1, {"lengkap": 1, "sebagian": 1})
    assert timedelta(0) <= state.age < timedelta(minutes=5)
    (row,) = state.unfinished.records()
    assert (row["berkas"], row["status"], row["karantina"]) == ("rencana-b2.pdf", "sebagian", 0)
    assert row["pesan"].startswith("Ditandatangani")


def test_the_readers_load_no_heavy_library() -> None:
    code = (
        "import sys, pipeline.release.query, pipeline.release.reports, pipeline.release.evidence;"
        "print([m for m in ('pandas', 'pandera', 'prefect', 'pyarrow', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
