"""The checks over documents as they are read, and over the samples' truth: what a perfect reader would give them.

Our own facsimile is in `raw/`; what needs RKT_SAMPLES is skipped where it is not set.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.intake.source import ReadSettings, Source, fingerprint
from pipeline.reader import read_document
from tests.checks.conftest import LEVELS

FACSIMILE = "facsimile/rkt-2024-bkpsdm-way-kanan"
RAW = Path(__file__).resolve().parents[2] / "raw" / "2024" / "rkt-2024-bkpsdm-way-kanan.pdf"
Rows = Sequence[Mapping[str, Any]]


def _findings(path: Path) -> Rows:
    rows: Rows = read_document(path, Source(path.name, fingerprint(path)), ReadSettings()).table("temuan").to_pylist()
    return rows


@pytest.fixture(scope="module")
def facsimile() -> Rows:
    """All findings of the 52-page facsimile, whose 26 pages stand in the file twice."""
    return _findings(RAW)


@pytest.mark.parametrize(
    ("kode", "halaman", "nilai", "pembanding"),
    [
        ("TARGET_BEDA", 8, "61.1", "59.1"),
        ("TARGET_BEDA", 8, "64", "63"),
        ("KELUARAN_TIDAK_SESUAI_NAMA", 21, "menerima Gaji dan Tunjangan ASN", "Penyediaan Gaji dan Tunjangan ASN"),
        ("BLOK_BERULANG", 14, "Program Penunjang Urusan Pemerintahan Daerah", None),
        ("NOMOR_LONCAT", 14, "4", "3"),
        ("TAHUN_TEKS_BEDA", 5, "2023", "2024"),
        ("TAHUN_TEKS_BEDA", 17, "2023", "2024"),
        ("TARGET_DI_LUAR_SKALA", 8, "210", "0,2–1"),
        ("TARGET_KELAS_BURUK", 8, "210", "Kurang"),
        ("PERATURAN_MENGUBAH_YANG_LEBIH_BARU", 6, "32/1979", "65/2008"),
        ("PERATURAN_DUA_JENIS", 7, "Peraturan Bupati", "Peraturan Daerah"),
        ("SATUAN_TIDAK_SESUAI", 25, "Laporan", "Dokumen"),
        ("PAGU_PENCILAN", 24, "758630000", "9510000"),
        ("TANPA_JUMLAH", 18, None, "4938034089"),
    ],
)
def test_what_is_wrong_in_the_facsimile_is_found(facsimile, kode, halaman, nilai, pembanding):
    found = [(row["nilai"], row["pembanding"]) for row in facsimile if (row["kode"], row["halaman"]) == (kode, halaman)]
    assert any(_says(ours, nilai) and _says(theirs, pembanding) for ours, theirs in found), found


def _says(text: str | None, wanted: str | None) -> bool:
    return wanted is None or (text is not None and (wanted == text if wanted.isdigit() else wanted in text))


def test_every_finding_of_the_facsimile_shows_its_cells(facsimile):
    assert [row["kode"] for row in facsimile if not row["bukti"] and row["kode"] != "TANPA_JUMLAH"] == []
    assert {row["jenis"] for row in facsimile} == {"isi"}
    assert len(facsimile) == 21


def _disagreeing(nodes: Rows, column: str) -> set[int]:
    """The printed amounts that differ from the sum of the next level by codes, whatever rows without a code belong."""
    wrong = set()
    coded = {row["kode"]: row for row in nodes if row["kode"]}
    for kode, row in coded.items():
        below = [other for code, other in coded.items() if code.startswith(f"{kode}.")]
        levels = [other["level"] for other in below]
        parts = [other for other in below if other["level"] == min(levels, key=LEVELS.index)]
        codeless = [other for other in nodes if not other["kode"] and levels and other["level"] == parts[0]["level"]]
        choices = [parts, *([*parts, one] for one in codeless), parts + codeless]
        sums = {sum(part[column] or 0 for part in chosen) for chosen in choices}
        if parts and row[column] is not None and row[column] not in sums:
            wrong.add(int(row[column]))
    return wrong


def test_every_printed_sum_of_v04_that_does_not_agree_is_found(samples):
    (path,) = samples.glob("real/v04-*.pdf")
    truth = json.loads(path.with_name(f"{path.stem}.truth.json").read_text("utf-8"))
    findings = _findings(path)
    rows = [row for row in findings if row["kode"] == "JUMLAH_TIDAK_COCOK"]
    for column in ("pagu", "prakiraan_pagu"):
        wrong = _disagreeing(truth["program_kegiatan"], column)
        assert wrong
        assert {int(row["nilai"]) for row in rows if row["kolom"] == column} == wrong
    totals = {int(row["nilai"]) for row in findings if row["kode"] == "TOTAL_TIDAK_COCOK"}
    assert totals == {total["nilai"] for total in truth["totals"]}


def test_facsimile(truth_plan):
    plan = truth_plan(FACSIMILE)
    counts = Counter(finding.kode for finding in plan.findings())
    assert counts == {
        "BLOK_BERULANG": 1,
        "INDIKATOR_TANPA_PASANGAN": 2,
        "KELUARAN_TIDAK_SESUAI_NAMA": 1,
        "NOMOR_BERULANG": 1,
        "NOMOR_LONCAT": 3,
        "PAGU_PENCILAN": 1,
        "SATUAN_TIDAK_SESUAI": 1,
        "TANPA_JUMLAH": 1,
        "TARGET_BEDA": 2,
    }
    pairs = {(finding.nilai, finding.pembanding) for finding in plan.findings("TARGET_BEDA")}
    assert pairs == {("61.1", "59.1"), ("64", "63")}
    assert plan.findings("TANPA_JUMLAH")[0].pembanding == "4938034089"


def test_printed_sums_of_v04_that_do_not_agree(truth_plan):
    plan = truth_plan("real/v04-setwan-purbalingga-ranwal-renja-2027")
    doubted = Counter((finding.kolom, finding.kode) for finding in plan.findings() if finding.tingkat == "galat")
    assert doubted == {
        ("pagu", "JUMLAH_TIDAK_COCOK"): 3,
        ("prakiraan_pagu", "JUMLAH_TIDAK_COCOK"): 7,
        ("pagu", "TOTAL_TIDAK_COCOK"): 1,
        ("prakiraan_pagu", "TOTAL_TIDAK_COCOK"): 1,
    }


@pytest.mark.parametrize(
    "name",
    [
        "real/v03-bp3akb-jabar-2016",
        "real/v05-setwan-purbalingga-pk-perubahan-2025-scan",
        "real/v07-bappeda-kediri-pk-2018-scan",
    ],
)
def test_sums_that_agree(truth_plan, name):
    assert [finding for finding in truth_plan(name).findings() if finding.tingkat == "galat"] == []
