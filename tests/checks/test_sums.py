from __future__ import annotations

from decimal import Decimal


def test_parts_that_add_up_are_not_doubted(plan):
    plan.node("program", "Program A", 300)
    plan.node("kegiatan", "Kegiatan A1", 100)
    plan.node("kegiatan", "Kegiatan A2", 200)
    plan.total(300)
    assert plan.findings() == []


def test_a_rupiah_off_is_a_contradiction_with_all_cells_as_evidence(plan):
    program = plan.node("program", "Program A", 301)
    plan.node("kegiatan", "Kegiatan A1", 100)
    plan.node("kegiatan", "Kegiatan A2", 200)
    [finding] = plan.findings("JUMLAH_TIDAK_COCOK")
    assert (finding.tingkat, finding.jenis, finding.baris_id) == ("galat", "isi", program.baris_id)
    assert (finding.nilai, finding.pembanding) == ("301", "300")
    assert finding.bukti == ("cell-t1-0", "cell-t1-1", "cell-t1-2")
    assert "Rp301" in finding.pesan
    assert "Rp300" in finding.pesan


def test_next_years_amounts_are_checked_too(plan):
    plan.node("program", "Program A", 100, prakiraan_pagu=Decimal(150))
    plan.node("kegiatan", "Kegiatan A1", 100, prakiraan_pagu=Decimal(140))
    [finding] = plan.findings("JUMLAH_TIDAK_COCOK")
    assert finding.kolom == "prakiraan_pagu"


def test_a_part_without_amount_leaves_the_sum_open(plan):
    plan.node("program", "Program A", 300)
    plan.node("kegiatan", "Kegiatan A1", 100)
    plan.node("kegiatan", "Kegiatan A2")
    assert plan.findings("JUMLAH_TIDAK_COCOK") == []


def test_a_program_printed_twice_is_summed_over_both_prints(plan):
    plan.node("program", "Program A", 300)
    plan.node("kegiatan", "Kegiatan A1", 100)
    plan.node("program", "Program A", 300)
    plan.node("kegiatan", "Kegiatan A2", 200)
    assert plan.findings("JUMLAH_TIDAK_COCOK") == []


def test_rows_printed_away_from_their_program_count_by_code(plan):
    plan.node("program", "Program A", 100, kode="4")
    plan.node("kegiatan", "Kegiatan A1", 100, kode="4.01")
    plan.node("kegiatan", "Kegiatan B1", 50, kode="5.01")
    plan.node("program", "Program B", 90, kode="5")
    plan.node("kegiatan", "Kegiatan B2", 40, kode="5.02")
    assert plan.findings("JUMLAH_TIDAK_COCOK") == []
    assert plan.findings("KODE_TIDAK_COCOK_INDUK") == []


def test_a_nameless_row_may_be_inside_another(plan):
    plan.node("bidang", "Bidang", 300)
    plan.node("program", "Program A", 300)
    plan.node("program", "", 120)
    assert plan.findings("JUMLAH_TIDAK_COCOK") == []


def test_a_total_is_held_against_the_topmost_rows(plan):
    plan.node("program", "Program A", 100)
    plan.node("program", "Program B", 200)
    plan.total(310)
    [finding] = plan.findings("TOTAL_TIDAK_COCOK")
    assert (finding.baris_id, finding.halaman, finding.tabel_id) == (None, 9, "t1")
    assert finding.bukti[0] == "total-cell"
    assert len(finding.bukti) == 3


def test_a_total_that_agrees_with_the_programs_of_all_tables_holds(plan):
    plan.node("program", "Program A", 100, table="t1")
    plan.node("program", "Program B", 200, table="t2")
    plan.total(300, table="t2")
    assert plan.findings("TOTAL_TIDAK_COCOK") == []


def test_a_subtotal_holds_for_its_node_only(plan):
    program = plan.node("program", "Program A")
    plan.node("kegiatan", "Kegiatan A1", 100)
    plan.node("program", "Program B")
    plan.node("kegiatan", "Kegiatan B1", 200)
    plan.total(100, scope_node_id=program.values["node_id"])
    assert plan.findings("TOTAL_TIDAK_COCOK") == []


def test_nothing_to_check_against_is_said(plan):
    plan.node("kegiatan", "Kegiatan A")
    plan.node("sub_kegiatan", "Sub A", 1000)
    plan.node("sub_kegiatan", "Sub B", 2500)
    [finding] = plan.findings("TANPA_JUMLAH")
    assert finding.tingkat == "info"
    assert finding.pembanding == "3500"
    assert "Rp3.500" in finding.pesan


def test_one_program_with_two_amounts_in_two_tables(plan):
    plan.node("program", "Program Kepegawaian Daerah", 500, table="t1")
    second = plan.node("program", "PROGRAM KEPEGAWAIAN DAERAH", 550, table="t2")
    [finding] = plan.findings("PAGU_BEDA_ANTAR_TABEL")
    assert finding.baris_id == second.baris_id
    assert finding.pembanding == "500"


def test_accounts_add_up_by_code(plan):
    for kode, jumlah in (("4", 90), ("4.1", 90), ("4.1.1", 50), ("4.1.2", 50)):
        plan.ledger.add("rekening", tabel_id="t1", kode=kode, uraian="x", jumlah=Decimal(jumlah))
    [finding] = plan.findings("REKENING_TIDAK_COCOK")
    assert (finding.nilai, finding.pembanding) == ("90", "100")
    assert "4.1 " in finding.pesan
