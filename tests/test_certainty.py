"""How sure figures and levels are said to be: doubted where a finding names them, proven where a printed sum agrees."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.certainty import settle_certainty
from pipeline.checks.context import DocumentContext
from schemas.ledger import Ledger, Record

DOCUMENT = "0123456789abcdef"


@pytest.fixture
def ledger() -> Ledger:
    return Ledger(DOCUMENT)


def node(ledger: Ledger, level: str, pagu: int | None, parent: Record | None = None) -> Record:
    key = f"{len(ledger.rows('program_kegiatan'))}"
    above = parent.get("node_id") if parent else None
    amount = None if pagu is None else Decimal(pagu)
    values = {"node_id": key, "induk_id": above, "level": level, "nama": f"Nama {key}", "pagu": amount}
    return ledger.add("program_kegiatan", halaman=1, tabel_id="t", **values)


def settle(ledger: Ledger) -> None:
    settle_certainty(ledger, DocumentContext(2024, []))


def test_amounts_in_a_sum_that_holds_are_proven(ledger: Ledger) -> None:
    program = node(ledger, "program", 300)
    parts = [node(ledger, "kegiatan", amount, program) for amount in (100, 200)]
    settle(ledger)
    assert [record.get("pagu_keyakinan") for record in (program, *parts)] == ["terbukti"] * 3
    assert program.get("level_keyakinan") == "terbaca"
    assert program.get("prakiraan_pagu_keyakinan") is None


def test_amounts_in_a_sum_that_fails_are_only_read(ledger: Ledger) -> None:
    program = node(ledger, "program", 301)
    node(ledger, "kegiatan", 100, program)
    node(ledger, "kegiatan", 200, program)
    settle(ledger)
    assert {record.get("pagu_keyakinan") for record in ledger.rows("program_kegiatan")} == {"terbaca"}


@pytest.mark.parametrize(("tingkat", "expected"), [("peringatan", "diragukan"), ("info", "terbaca")])
def test_a_finding_about_our_reading_doubts_its_figure(ledger: Ledger, tingkat: str, expected: str) -> None:
    record = ledger.add("indikator", level="program", indikator="Nilai", target=5.0, prakiraan_target=6.0)
    ledger.doubt_record(record, "target_teks", "X", "pembacaan", tingkat, "Ragu.")  # type: ignore[arg-type]
    settle(ledger)
    assert (record.get("target_keyakinan"), record.get("prakiraan_target_keyakinan")) == (expected, "terbaca")


def test_a_contradiction_of_the_document_is_no_doubt_about_reading(ledger: Ledger) -> None:
    record = node(ledger, "program", 5)
    ledger.doubt_record(record, "pagu", "X", "isi", "galat", "Salah.")
    settle(ledger)
    assert record.get("pagu_keyakinan") == "terbaca"


def test_a_finding_about_a_whole_row_doubts_its_level_and_a_figure_that_is_missing(ledger: Ledger) -> None:
    record = node(ledger, "program", None)
    ledger.doubt_record(record, None, "X", "pembacaan", "peringatan", "Ragu.")
    settle(ledger)
    assert (record.get("level_keyakinan"), record.get("pagu_keyakinan")) == ("diragukan", "diragukan")


def test_a_range_is_as_sure_as_a_point(ledger: Ledger) -> None:
    record = ledger.add("indikator", level="program", indikator="Nilai", target_min=80.0, target_maks=85.0)
    settle(ledger)
    assert record.get("target_keyakinan") == "terbaca"
