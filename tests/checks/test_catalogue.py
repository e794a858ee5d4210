from __future__ import annotations

import re

import pytest

from pipeline.checks import CHECK_MODULES, catalogue
from pipeline.checks.document import TARGET, main, updated
from pipeline.checks.registry import check


def test_every_check_says_what_it_compares_and_gives_an_example():
    for info in catalogue():
        assert re.fullmatch(r"[A-Z][A-Z0-9_]+", info.kode)
        assert info.datasets
        assert info.compares.endswith(".")
        assert info.example.endswith(".")
    assert len(catalogue()) == len({info.kode for info in catalogue()}) >= 30
    assert len(CHECK_MODULES) == 15


def test_arithmetic_alone_is_an_error():
    assert {info.kode for info in catalogue() if info.tingkat == "galat"} == {
        "JUMLAH_TIDAK_COCOK",
        "TOTAL_TIDAK_COCOK",
        "REKENING_TIDAK_COCOK",
        "TOTAL_REKENING_TIDAK_COCOK",
        "ANGGARAN_PERIODE_TIDAK_COCOK",
    }


def test_codes_are_unique_and_checks_documented():
    with pytest.raises(ValueError, match="taken"):
        check("TANPA_JUMLAH", "info", "isi", judul="x", datasets=["indikator"], example="x.")(lambda book: [])
    with pytest.raises(ValueError, match="does not say"):
        check("BARU", "info", "isi", judul="x", datasets=["indikator"], example="x.")(lambda book: [])


def test_checks_change_no_record_and_repeat_themselves(plan):
    plan.node("program", "Program A", 301)
    plan.node("kegiatan", "Kegiatan A1", 100)
    before = repr(plan.ledger.records)
    first = plan.findings()
    assert first == plan.findings()
    assert repr(plan.ledger.records) == before


def test_an_empty_document_has_nothing_to_doubt(plan):
    assert plan.findings() == []


def test_the_page_of_checks_is_up_to_date():
    assert main(["--check"]) == 0
    page = TARGET.read_text("utf-8")
    assert all(f"`{info.kode}`" in page for info in catalogue())
    with pytest.raises(ValueError, match="no marks"):
        updated("# no table here")
