from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.checks.numbering import ordinal


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        ("3.", 3),
        ("(4)", 4),
        ("c", 3),
        ("C.", 3),
        ("IV", 4),
        ("i", 1),
        ("XII", 12),
        ("1.2", None),
        ("-", None),
    ],
)
def test_ordinals(text, number):
    assert ordinal(text) == number


def _numbered(plan, *numbers: str, start: int = 0) -> None:
    for index, number in enumerate(numbers):
        plan.node("kegiatan", f"Kegiatan {chr(65 + start + index)}", nomor=number)


def test_a_missing_number(plan):
    plan.node("program", "Program A")
    _numbered(plan, "1", "2", "4", "5")
    [finding] = plan.findings("NOMOR_LONCAT")
    assert finding.pembanding == "3"
    assert finding.nilai == "4"


def test_numbers_out_of_order_or_counting_on_over_programs_miss_nothing(plan):
    plan.node("program", "Program A")
    _numbered(plan, "1", "3", "2")
    plan.node("program", "Program B")
    _numbered(plan, "4", "5", "6", start=3)
    assert plan.findings("NOMOR_LONCAT") == []


def test_a_number_before_two_names(plan):
    plan.node("program", "Program A")
    _numbered(plan, "1", "2", "2")
    [finding] = plan.findings("NOMOR_BERULANG")
    assert "Kegiatan B" in finding.pesan
    assert "Kegiatan C" in finding.pesan


def test_a_block_printed_again_is_reported_once_at_its_top(plan):
    for _ in range(2):
        top = plan.node("program", "Program A")
        plan.node("kegiatan", "Kegiatan A")
        plan.node("sub_kegiatan", "Sub A")
    [finding] = plan.findings("BLOK_BERULANG")
    assert finding.baris_id == top.baris_id


def test_a_program_printed_again_with_other_rows_is_no_block(plan):
    plan.node("program", "Program A")
    plan.node("kegiatan", "Kegiatan A")
    plan.node("program", "Program A")
    plan.node("kegiatan", "Kegiatan B")
    assert plan.findings("BLOK_BERULANG") == []


def test_a_row_printed_twice(plan):
    plan.node("kegiatan", "Kegiatan A")
    plan.node("sub_kegiatan", "Sub A", 70)
    plan.node("sub_kegiatan", "Sub A", 70)
    plan.node("sub_kegiatan", "Sub A", 80)
    assert len(plan.findings("BARIS_BERULANG")) == 1


def test_a_code_outside_its_parent_and_a_code_used_twice(plan):
    plan.node("program", "Program A", kode="4.02.01")
    wrong = plan.node("kegiatan", "Kegiatan A", kode="4.03.01.2.01")
    plan.node("kegiatan", "Kegiatan B", kode="4.02.01.2.02")
    twice = plan.node("kegiatan", "Rapat", kode="4.02.01.2.02")
    assert [finding.baris_id for finding in plan.findings("KODE_TIDAK_COCOK_INDUK")] == [wrong.baris_id]
    assert [finding.baris_id for finding in plan.findings("KODE_GANDA")] == [twice.baris_id]


def test_general_codes_fit_any_office(plan):
    plan.node("program", "Program Penunjang", kode="X.XX.01")
    plan.node("kegiatan", "Kegiatan A", kode="5.03.01.2.01")
    assert plan.findings("KODE_TIDAK_COCOK_INDUK") == []


def test_an_amount_far_above_its_siblings_unless_large_by_nature(plan):
    plan.node("kegiatan", "Mutasi")
    for name, pagu in (("Mutasi", 9_510_000), ("Pangkat", 9_431_000), ("Promosi", 758_630_000)):
        plan.node("sub_kegiatan", name, pagu)
    plan.node("kegiatan", "Keuangan")
    for name, pagu in (("Gaji dan Tunjangan", 2_766_014_900), ("Laporan", 2_036_000), ("Verifikasi", 1_364_000)):
        plan.node("sub_kegiatan", name, pagu)
    [finding] = plan.findings("PAGU_PENCILAN")
    assert finding.nilai == "758630000"
    assert "Rp9.510.000" in finding.pesan


def test_twins_to_the_rupiah_but_not_round_amounts(plan):
    plan.node("kegiatan", "Pembahasan")
    for name, pagu in (("Satu", 123_456_000), ("Dua", 123_456_000), ("Tiga", 5_000_000), ("Empat", 5_000_000)):
        plan.node("sub_kegiatan", name, pagu)
    [finding] = plan.findings("PAGU_KEMBAR")
    assert finding.nilai == "123456000"


def test_blanks_among_siblings_are_one_finding(plan):
    plan.node("program", "Program")
    for name, pagu in (("A", 10), ("B", 20), ("C", None), ("D", None)):
        plan.node("kegiatan", name, pagu)
    [finding] = plan.findings("PAGU_KOSONG")
    assert "2 dari 4" in finding.pesan
    assert finding.kolom == "pagu"


def test_zero_with_a_target(plan):
    node = plan.node("sub_kegiatan", "Pengelolaan Arsip", 0)
    plan.indicator("Jumlah Dokumen Pengelolaan Arsip", 12, "Dokumen", node=node, jenis="keluaran")
    assert plan.findings("PAGU_NOL_BERTARGET")[0].kolom == "pagu"


@pytest.mark.parametrize(
    ("indikator", "satuan", "wanted"),
    [
        ("Jumlah Dokumen Hasil Evaluasi", "Laporan", "Dokumen"),
        ("Jumlah Kesepakatan Antardaerah", "%", "satuan hitungan"),
        ("Persentase ASN terlatih", "Dokumen", "Persen"),
        ("Jumlah Dokumen RKA dan laporan hasil koordinasi", "Laporan", None),
        ("Jumlah ASN yang dilatih", "Orang", None),
        ("Jumlah Aplikasi yang dikembangkan", "Unit", None),
        ("Jumlah Orang yang menerima Gaji", "Orang/bulan", None),
        ("Indeks Sistem Merit", "Poin", None),
    ],
)
def test_units_against_wording(plan, indikator, satuan, wanted):
    plan.indicator(indikator, 1, satuan)
    assert [finding.pembanding for finding in plan.findings("SATUAN_TIDAK_SESUAI")] == ([wanted] if wanted else [])


def test_figures_against_their_unit(plan):
    plan.indicator("Persentase ASN terlatih", 110, "%")
    plan.indicator("Persentase kenaikan kunjungan", 110, "%")
    plan.indicator("Jumlah Dokumen", -5, "Dokumen")
    people = plan.indicator("Jumlah Orang yang dilatih", 1.25, "Orang", target_teks="1,250")
    assert len(plan.findings("PERSEN_LEBIH_100")) == 1
    assert len(plan.findings("TARGET_NEGATIF")) == 1
    [finding] = plan.findings("TARGET_PECAHAN")
    assert (finding.baris_id, finding.jenis) == (people.baris_id, "pembacaan")
    plan.ledger.doubt_record(people, "target", "PECAHAN", "pembacaan", "peringatan", "Sudah diragukan saat dibaca.")
    assert plan.findings("TARGET_PECAHAN") == []


def test_national_indices_against_their_official_scale(plan):
    wrong = plan.indicator("Indeks SPBE", 75, "Indeks")
    plan.indicator("Nilai Sistem Pemerintahan Berbasis Elektronik (SPBE)", 3.2, "Indeks")
    plan.indicator("Indeks Sistem Merit", 210, "Poin")
    plan.indicator("Indeks Kepuasan Masyarakat", 3.4, "Poin")
    plan.indicator("Jumlah Aplikasi SPBE", 75, "Aplikasi")
    [finding] = plan.findings("TARGET_DI_LUAR_SKALA_RESMI")
    assert finding.baris_id == wrong.baris_id
    assert finding.pembanding == "1–5"


def test_a_row_without_indicator_among_rows_with_one(plan):
    plan.node("kegiatan", "Layanan")
    for name in ("Rapat", "Arsip", "Surat", "Rapat"):
        node = plan.node("sub_kegiatan", name)
        if name != "Surat" and len(plan.ledger.rows("indikator")) < 2:
            plan.indicator(f"Jumlah Laporan {name}", 1, "Laporan", node=node)
    [finding] = plan.findings("TANPA_INDIKATOR")
    assert finding.nilai == "Surat"


def test_periods_against_the_year(plan):
    node = plan.node("kegiatan", "Kegiatan", 100)
    split = plan.indicator("Jumlah Dokumen Rapat", 12, "Dokumen", node=node)
    running = plan.indicator("Persentase Rapat", 100, "%", node=node)
    for period, target, money in (("tw1", 3, 20), ("tw2", 3, 20), ("tw3", 3, 20), ("tw4", 2, 30)):
        plan.ledger.add("target_periode", indikator_id=split.baris_id, periode=period, target=target,
                        anggaran=Decimal(money))  # fmt: skip
        plan.ledger.add("target_periode", indikator_id=running.baris_id, periode=period, target=25.0 * int(period[2]))
    assert [finding.baris_id for finding in plan.findings("TARGET_PERIODE_TIDAK_COCOK")] == [split.baris_id]
    assert [finding.pembanding for finding in plan.findings("ANGGARAN_PERIODE_TIDAK_COCOK")] == ["90"]


def test_a_letter_in_place_of_a_plan_is_said(plan):
    plan.about(judul="Surat Pengantar")
    plan.ledger.add("halaman", halaman=1, jenis="pindai", kata=0)
    assert plan.findings() == [], "a page that was not read says nothing about the document"
    plan.ledger.add("halaman", halaman=2, jenis="teks", kata=120)
    (finding,) = plan.findings()
    assert (finding.kode, finding.tingkat) == ("TANPA_TABEL_RENCANA", "peringatan")


def test_a_plan_of_goals_alone_is_a_plan(plan):
    plan.ledger.add("halaman", halaman=1, jenis="teks", kata=120)
    plan.indicator("Indeks literasi masyarakat", 68.0, "Poin")
    assert [finding for finding in plan.findings() if finding.kode == "TANPA_TABEL_RENCANA"] == []
