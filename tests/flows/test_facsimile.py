"""The whole river on the two plans that come with the project: `rkt ingest raw`, then what the release says."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.release.query import query

pytestmark = pytest.mark.xdist_group("prefect")


@pytest.fixture
def curated(facsimiles: Path) -> Path:
    return facsimiles / "curated"


def one(curated: Path, sql: str) -> tuple[object, ...]:
    (row,) = query(curated, sql).rows
    return row


def test_the_document_is_known(curated: Path) -> None:
    row = one(
        curated,
        "SELECT berkas, jenis_dokumen, wilayah, kode_wilayah, jumlah_halaman, halaman_unik, status, tanggal "
        "FROM dokumen WHERE tahun = 2024",
    )
    assert row == (
        "raw/2024/rkt-2024-bkpsdm-way-kanan.pdf",
        "rkt",
        "Kabupaten Way Kanan",
        "18.08",
        52,
        26,
        "lengkap",
        "2024-01",
    )


@pytest.mark.parametrize(
    ("dataset", "rows_2024"),
    [("program_kegiatan", 102), ("indikator", 125), ("arah_kebijakan", 22), ("dasar_hukum", 29), ("halaman", 52)],
)
def test_every_row_is_there_once(curated: Path, dataset: str, rows_2024: int) -> None:
    assert one(curated, f"SELECT count(*), count(DISTINCT baris_id) FROM {dataset} WHERE tahun = 2024") == (
        rows_2024,
        rows_2024,
    )


def test_the_money_adds_up(curated: Path) -> None:
    sql = "SELECT count(*), sum(pagu) FROM {} WHERE tahun = 2024 AND level = 'sub_kegiatan' AND pagu IS NOT NULL"
    assert one(curated, sql.format("program_kegiatan")) == (34, Decimal("4938034089.00"))
    assert one(curated, sql.format("v_pagu")) == (34, Decimal("4938034089.00"))


def test_nothing_is_in_quarantine_and_every_word_is_accounted_for(curated: Path) -> None:
    assert one(curated, "SELECT count(*) FROM karantina") == (0,)
    assert query(curated, "SELECT tahun, halaman FROM halaman WHERE kata_terpakai <> kata").rows == []


def test_every_legal_basis_has_type_number_and_year(curated: Path) -> None:
    sql = "SELECT count(*) FROM dasar_hukum WHERE jenis IS NULL OR nomor IS NULL OR tahun_peraturan IS NULL"
    assert one(curated, sql) == (0,)


def test_the_contradictions_of_the_plan_are_found(curated: Path) -> None:
    found = {
        kode: " ".join(messages)
        for kode, messages in query(
            curated, "SELECT kode, list(pesan) FROM temuan WHERE tahun = 2024 GROUP BY kode"
        ).rows
    }
    assert "64" in found["TARGET_BEDA"]
    assert "63" in found["TARGET_BEDA"]
    assert "61.1" in found["TARGET_BEDA"]
    assert "59.1" in found["TARGET_BEDA"]
    assert "Gaji dan Tunjangan" in found["KELUARAN_TIDAK_SESUAI_NAMA"]
    assert "2023" in found["TAHUN_TEKS_BEDA"]


def test_every_figure_has_evidence(curated: Path) -> None:
    for dataset, column in [("program_kegiatan", "pagu"), ("indikator", "target")]:
        sql = f"""
            SELECT count(*) FROM {dataset} r
            WHERE r.{column} IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM sel s WHERE list_contains(r.bukti, s.sel_id)
                    AND contains(replace(s.teks, ' ', ''), replace(r.{column}_teks, ' ', ''))
            )
        """
        assert one(curated, sql) == (0,), dataset
