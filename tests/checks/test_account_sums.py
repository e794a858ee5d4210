"""Accounts of a budget annex against their parts and totals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.checks import PrintedTotal


def write(plan, *rows):
    for kode, uraian, jumlah in rows:
        amount = None if jumlah is None else Decimal(jumlah)
        plan.ledger.add("rekening", tabel_id="t1", kode=kode, uraian=uraian, jumlah=amount)


def test_a_section_that_begins_again_is_added_up_by_itself(plan):
    section = [("5", "BELANJA", 30), ("5.1", "OPERASI", 30), ("5.1.01", "Pegawai", 10), ("5.1.02", "Barang", 20)]
    write(plan, *section, *[(kode, uraian, 2 * jumlah) for kode, uraian, jumlah in section])
    assert plan.findings("REKENING_TIDAK_COCOK") == []


def test_a_row_printed_again_on_the_next_page_counts_once(plan):
    write(plan, ("5.1", "OPERASI", 30), ("5.1.01", "Pegawai", 10), ("5.1.01", "Pegawai", 10), ("5.1.02", "Barang", 20))
    assert plan.findings("REKENING_TIDAK_COCOK") == []


def test_a_step_left_out_and_an_unread_amount(plan):
    write(plan, ("4", "PENDAPATAN", 30), ("4.1.01", "Pajak", 10), ("4.2", "TRANSFER", 20))
    write(plan, ("5", "BELANJA", 50), ("5.1", "OPERASI", None), ("5.2", "MODAL", 20))
    assert plan.findings("REKENING_TIDAK_COCOK") == []


@pytest.mark.parametrize(("printed", "found"), [(70, 0), (130, 0), (100, 1)])
def test_financing_may_be_net(plan, printed, found):
    write(plan, ("6", "PEMBIAYAAN", printed), ("6.1", "PENERIMAAN", 100), ("6.2", "PENGELUARAN", 30))
    assert len(plan.findings("REKENING_TIDAK_COCOK")) == found


@pytest.mark.parametrize(
    ("label", "printed", "found"),
    [
        ("JUMLAH PENDAPATAN", 100, []),
        ("Jumlah Belanja Daerah", 150, []),
        ("JUMLAH BELANJA", 140, [("140", "150")]),
        ("SURPLUS/(DEFISIT)", -50, []),
        ("SURPLUS/(DEFISIT)", 50, [("50", "-50")]),
        ("JUMLAH", 7, []),
    ],
)
def test_totals(plan, label, printed, found):
    write(plan, ("4", "PENDAPATAN DAERAH", 100), ("5", "BELANJA DAERAH", 150))
    plan.totals.append(PrintedTotal(label, "jumlah", Decimal(printed), "t1", 2, ("c1",)))
    findings = plan.findings("TOTAL_REKENING_TIDAK_COCOK")
    assert [(finding.nilai, finding.pembanding) for finding in findings] == found
