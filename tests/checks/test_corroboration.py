from __future__ import annotations

from decimal import Decimal

from pipeline.checks import DocumentContext
from pipeline.checks.corroboration import corroborate, one_digit_apart


def outcome(plan):
    return corroborate(plan.ledger, DocumentContext(plan.tahun, tuple(plan.totals)))


def test_a_sum_that_agrees_bears_out_its_parts_and_itself(plan):
    rows = [
        plan.node("program", "Program A", 300),
        plan.node("kegiatan", "Kegiatan A1", 100),
        plan.node("kegiatan", "Kegiatan A2", 200),
    ]
    assert outcome(plan).borne_out == {(row.baris_id, "pagu") for row in rows}
    assert outcome(plan).suspects == ()


def test_a_printed_total_bears_out_the_rows(plan):
    rows = [plan.node("program", "Program A", 300), plan.node("program", "Program B", 450)]
    plan.total(750)
    assert outcome(plan).borne_out == {(row.baris_id, "pagu") for row in rows}


def test_a_sum_of_nothing_bears_out_nothing(plan):
    plan.node("program", "Program A", 0)
    plan.node("kegiatan", "Kegiatan A1", 0)
    assert outcome(plan).borne_out == frozenset()


def test_one_digit_that_would_mend_a_sum_is_proposed_and_nothing_is_changed(plan):
    plan.node("program", "Program A", 61_300)
    part = plan.node("kegiatan", "Kegiatan A1", 10_100)
    plan.node("kegiatan", "Kegiatan A2", 50_200)
    proposals = {(s.record.baris_id, s.proposal) for s in outcome(plan).suspects}
    assert (part.baris_id, Decimal(11_100)) in proposals
    assert part.values["pagu"] == 10_100
    assert len(outcome(plan).in_failing_sums) == 3


def test_what_one_sum_bears_out_is_not_in_doubt_for_another_that_fails(plan):
    plan.node("program", "Program A", 300)
    plan.node("kegiatan", "Kegiatan A1", 100)
    plan.node("kegiatan", "Kegiatan A2", 200)
    plan.total(999)
    assert outcome(plan).in_failing_sums == frozenset()


def test_one_digit_apart():
    assert one_digit_apart(Decimal(2_036_000), Decimal(2_086_000))
    assert not one_digit_apart(Decimal(2_036_000), Decimal(2_086_001))
    assert not one_digit_apart(Decimal(936_000), Decimal(1_036_000))
    assert not one_digit_apart(Decimal(-1), Decimal(-2))
