"""The plans of 2024 and 2023 that come with the project: their 30 changes, none missed and none invented."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from pipeline.release.build import Release, publish
from pipeline.release.comparing.reading import compare_documents
from pipeline.release.evidence import evidence
from pipeline.release.manifest import InputFile
from pipeline.release.result import DocumentResult
from tests.forms.reading import read

pytestmark = pytest.mark.xdist_group("facsimile")

RAW = Path(__file__).parents[2] / "raw"
KINDS = {"ganti_nama": "nama"}
Told = tuple[str, str, Any, Any]


@pytest.fixture(scope="module")
def results() -> dict[int, DocumentResult]:
    return {year: read(RAW / str(year) / f"rkt-{year}-bkpsdm-way-kanan.pdf") for year in (2023, 2024)}


def released(results: dict[int, DocumentResult], folder: Path) -> Release:
    return publish(results.values(), folder, inputs=[InputFile("raw", "0" * 64)], reader_version="1")


def printed_changes() -> set[Told]:
    """The changes from 2024 to 2023 as the one who made the plans wrote them down (`..._baru` is 2023's value)."""
    changes = json.loads(Path(__file__).with_name("facsimile.changes.json").read_text("utf-8"))
    told: set[Told] = set()
    for one in changes:
        kind, name = one["jenis"], one["sub_kegiatan"]
        if kind == "target":
            told.add((kind, one["indikator"], one["target_2024"], one["target_baru"]))
        elif kind == "ganti_nama":
            told.add(("nama", name, name, one["nama_baru"]))
        else:
            told.add((kind, name, one.get("pagu_2024"), one.get("pagu_baru")))
    return told


def found_changes(table: pa.Table) -> list[Told]:
    def value(row: dict[str, Any], side: str) -> Any:
        text = row[f"nilai_{side}"]
        return text if row["aspek"] == "nama" or text is None else float(text)

    return [(r["aspek"], r["nama"], value(r, "dari"), value(r, "ke")) for r in table.to_pylist()]


def test_exactly_the_changes_that_were_made(results: dict[int, DocumentResult], tmp_path: Path) -> None:
    release = released(results, tmp_path)
    comparison = compare_documents(release.path, results[2024].dokumen_id, results[2023].dokumen_id)
    found = found_changes(comparison.table())
    assert len(found) == len(set(found)) == 30
    assert set(found) == printed_changes()
    assert not comparison.differences.untold
    assert not list(comparison.findings())


def test_the_release_tells_them_the_other_way_round(results: dict[int, DocumentResult], tmp_path: Path) -> None:
    release = released(results, tmp_path)
    table = parquet.read_table(release.path / "parquet" / "perbandingan")
    assert [path.name for path in (release.path / "parquet" / "perbandingan").iterdir()] == ["2024.parquet"]
    turned = {"baru": "hilang", "hilang": "baru"}
    assert {(turned.get(a, a), before, after) for a, _, before, after in found_changes(table)} == {
        (a, after, before) for a, _, before, after in printed_changes()
    }
    salary = next(row for row in table.to_pylist() if row["nilai_dari"] == "4131711000")
    assert salary["selisih"] == Decimal("-1365696100")
    assert salary["persen"] == pytest.approx(-33.054, abs=0.001)
    assert (salary["halaman_dari"], salary["halaman_ke"], salary["tahun"]) == (21, 21, 2024)
    assert {cell.split("-")[0] for cell in salary["bukti"]} == {one.dokumen_id for one in results.values()}


def test_the_same_documents_give_the_same_bytes(results: dict[int, DocumentResult], tmp_path: Path) -> None:
    files = [released(results, tmp_path / name) for name in ("satu", "dua")]
    one, other = (release.path / "parquet" / "perbandingan" / "2024.parquet" for release in files)
    assert one.read_bytes() == other.read_bytes()
    one, other = (release.path / "csv" / "perbandingan.csv" for release in files)
    assert one.read_bytes() == other.read_bytes()


def test_a_change_is_shown_on_the_pages_of_both_documents(results: dict[int, DocumentResult], tmp_path: Path) -> None:
    release = released(results, tmp_path)
    rows = parquet.read_table(release.path / "parquet" / "perbandingan").to_pylist()
    salary = evidence(release.path, next(row["baris_id"] for row in rows if row["nilai_dari"] == "4131711000"))
    (earlier,) = salary.elsewhere
    assert (earlier.document["tahun"], earlier.pages) == (2023, (21,))
    assert (salary.document["tahun"], salary.pages) == (2024, (21,))
    assert "4.131.711.000" in [cell.teks for cell in earlier.cells]
    assert "4.131.711.000" not in [cell.teks for cell in salary.cells]


def test_a_row_that_is_gone_is_shown_where_it_was(results: dict[int, DocumentResult], tmp_path: Path) -> None:
    release = released(results, tmp_path)
    rows = parquet.read_table(release.path / "parquet" / "perbandingan").to_pylist()
    gone = next(row for row in rows if row["aspek"] == "hilang")
    found = evidence(release.path, gone["baris_id"])
    assert (found.cells, found.pages) == ([], ())
    assert [one.pages for one in found.elsewhere] == [(gone["halaman_dari"],)]
