"""The checks over the samples' truth: what a perfect reader would give them. Skipped where RKT_SAMPLES is not set."""

from __future__ import annotations

from collections import Counter

import pytest

FACSIMILE = "facsimile/rkt-2024-bkpsdm-way-kanan"


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
