"""What looks like a fault and is none: each a reading that an auditor would find fair."""

from __future__ import annotations

import pytest

from pipeline.reference.words import indicator_key, short_forms


def _loose(plan, nilai: str, table: str = "t1") -> None:
    plan.ledger.doubt(
        "ANGKA_TANPA_REKAMAN", "pembacaan", "info", "Angka lepas.", halaman=3, tabel_id=table, nilai=nilai
    )


def test_codes_of_the_form_before_2021_put_the_office_before_the_program(plan):
    plan.node("bidang", "Urusan Pilihan Kehutanan", kode="2.02.44")
    plan.node("program", "Program Hutan Rakyat", kode="2.02.07.15")
    plan.node("kegiatan", "Pembibitan", kode="2.02.07.03.15.01")
    assert plan.findings("KODE_TIDAK_COCOK_INDUK") == []
    plan.node("kegiatan", "Penyuluhan", kode="2.02.07.03.16.02")
    other = plan.node("kegiatan", "Pameran", kode="2.02.07.03.17.03")
    [finding] = plan.findings("KODE_TIDAK_COCOK_INDUK")
    assert (finding.nilai, finding.pembanding) == ("2.02.07.03.16.02", "2.02.07.15")
    assert "1 kode lain" in finding.pesan
    assert set(other.bukti) < set(finding.bukti)


def test_one_unit_beside_one_wording_on_many_rows_is_one_finding(plan):
    rows = [plan.indicator("Jumlah Dokumen Amdal", 100.0, "%") for _ in range(3)]
    plan.indicator("Jumlah Dokumen Tata Ruang", 100.0, "%")
    first, second = plan.findings("SATUAN_TIDAK_SESUAI")
    assert first.baris_id == rows[0].baris_id
    assert "pada 3 baris" in first.pesan
    assert "baris" not in second.pesan


@pytest.mark.parametrize(
    ("indikator", "satuan", "fits"),
    [
        ("Jumlah lokasi yang dipantau", "Kab/Kota", True),
        ("Jumlah lokasi yang dipantau", "Orang", False),
        ("Jumlah wirausaha baru", "orang", True),
        ("Jumlah kota layak huni", "desa", False),
        ("Jumlah kunjungan ke perpustakaan", "Orang", True),
        ("Jumlah festival budaya", "Kegiatan", True),
        ("Jumlah laporan kinerja", "Dokumen/ laporan", True),
        ("Jumlah laporan kinerja", "Dokumen", False),
        ("Jumlah LPK yang terakreditasi", "LPK", True),
    ],
)
def test_units_that_fit_though_they_are_other_words(plan, indikator, satuan, fits):
    plan.indicator(indikator, 4.0, satuan)
    assert bool(plan.findings("SATUAN_TIDAK_SESUAI")) is not fits


def test_one_program_under_two_goals_has_other_indicators(plan):
    for indicator in ("Produksi garam", "Konsumsi ikan"):
        node = plan.node("program", "Program Perikanan", 1_000_000_000)
        plan.indicator(indicator, 5.0, "Ton", node=node)
    assert plan.findings("BARIS_BERULANG") == []
    plan.indicator("Konsumsi Ikan", 5.0, "Ton", node=plan.node("program", "Program Perikanan", 1_000_000_000))
    assert len(plan.findings("BARIS_BERULANG")) == 1


def test_an_amount_that_belongs_to_no_row_may_be_the_total_or_the_blank(plan):
    for name, pagu in (("Program A", 200), ("Program B", 300), ("Program C", None)):
        plan.node("program", name, pagu)
    assert len(plan.findings("TANPA_JUMLAH")) == len(plan.findings("PAGU_KOSONG")) == 1
    _loose(plan, "100%")
    assert len(plan.findings("TANPA_JUMLAH")) == len(plan.findings("PAGU_KOSONG")) == 1
    _loose(plan, "1.250.000.000", table="t2")
    assert len(plan.findings("TANPA_JUMLAH")) == len(plan.findings("PAGU_KOSONG")) == 1
    _loose(plan, "Rp 1.250.000.000,-")
    assert plan.findings("TANPA_JUMLAH") == plan.findings("PAGU_KOSONG") == []


def test_an_amount_that_is_printed_and_cannot_be_read_is_not_blank(plan):
    for name, pagu in (("Program A", 200), ("Program B", 300)):
        plan.node("program", name, pagu)
    plan.node("program", "Program C", pagu_teks="460.000.000 1.260.000.000")
    assert plan.findings("PAGU_KOSONG") == []


def test_a_row_without_a_code_among_codes_may_be_the_rest_of_the_one_above(plan):
    plan.node("kegiatan", "Pembibitan", 200, kode="2.02.01")
    plan.node("kegiatan", "Penyuluhan", 300, kode="2.02.02")
    plan.node("kegiatan", "dan Pelatihan Petani")
    assert plan.findings("PAGU_KOSONG") == []
    plan.node("kegiatan", "Pameran", kode="2.02.03")
    assert "1 dari 4" in plan.findings("PAGU_KOSONG")[0].pesan


def test_an_indicator_without_anything_heads_the_ones_below_it(plan):
    plan.indicator("Peningkatan produksi", None, None)
    for name in ("Produksi tambak", "Produksi kolam"):
        plan.indicator(name, 5.0, "Persen")
    assert plan.findings("TARGET_KOSONG") == []
    plan.indicator("Produksi sawah", None, "Persen")
    assert plan.findings("TARGET_KOSONG")[0].pesan.startswith("1 dari 4")


def test_what_a_table_that_was_not_understood_holds_is_not_known(plan):
    plan.ledger.add("halaman", halaman=2, jenis="teks", kata=120)
    assert len(plan.findings("TANPA_TABEL_RENCANA")) == 1
    plan.ledger.doubt("TABEL_TAK_DIKENAL", "pembacaan", "peringatan", "Tabel ini tidak dikenali.", halaman=2)
    assert plan.findings("TANPA_TABEL_RENCANA") == []


def test_what_a_scan_holds_is_not_known(plan):
    plan.ledger.add("halaman", halaman=2, jenis="pindai", kata=120)
    assert plan.findings("TANPA_TABEL_RENCANA") == []


def _two_tables(plan, ours: str, theirs: str, level: str = "sasaran", **more) -> None:
    for table in ("t1", "t2"):
        plan.indicator(
            "Persentase jalan dalam kondisi mantap", 80.0, "%", table=table, **(more if table == "t2" else {})
        )
    plan.indicator(ours, 4.0, "Buah", table="t1", level=level)
    plan.indicator(theirs, 4.0, "Buah", table="t2")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Jumlah dermaga Angkutan Sungai Danau dan Penyeberangan (ASDP)", "Jumlah dermaga ASDP"),
        ("Jumlah lampu Penerangan Jalan Umum/PJU", "Jumlah lampu PJU"),
        ("Jumlah LPK swasta terakreditasi", "Jumlah Lembaga Pelatihan Kerja swasta terakreditasi"),
        ("1 Jumlah dermaga yang dibangun", "Jumlah dermaga yang dibangun"),
        ("Jumlah dermaga daplam kawasan wisata pantai", "Jumlah dermaga dalam kawasan wisata pantai"),
        ("Jumlah dermga kawasan wisata pantai", "Jumlah dermaga kawasan wisata pantai"),
    ],
)
def test_another_spelling_is_no_other_indicator(plan, ours, theirs):
    _two_tables(plan, ours, theirs)
    assert plan.findings("INDIKATOR_TANPA_PASANGAN") == []


def test_another_word_makes_another_indicator(plan):
    _two_tables(plan, "Jumlah dermaga wisata pantai Kabupaten", "Jumlah dermaga wisata pantai")
    assert len(plan.findings("INDIKATOR_TANPA_PASANGAN")) == 2


def test_the_indicator_of_a_tujuan_is_asked_of_tables_that_name_the_tujuan(plan):
    _two_tables(plan, "Indeks pelayanan", "Jumlah dermaga", level="tujuan")
    assert [f.nilai for f in plan.findings("INDIKATOR_TANPA_PASANGAN")] == ["Jumlah dermaga"]


def test_the_indicator_of_a_tujuan_that_a_table_of_tujuan_lacks(plan):
    _two_tables(plan, "Indeks pelayanan", "Jumlah dermaga", level="tujuan", tujuan="Lancarnya arus barang")
    assert [f.nilai for f in plan.findings("INDIKATOR_TANPA_PASANGAN")] == ["Indeks pelayanan", "Jumlah dermaga"]


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("emisi Gas Rumah Kaca (GRK) kota", "emisi GRK kota"),
        ("Program Kampung Iklim (PROKLIM)", "Program Kampung Iklim (PROKLIM)"),
        ("nilai A (BB)", "nilai A (BB)"),
    ],
)
def test_a_name_that_a_text_abbreviates_itself(text, short):
    assert " ".join(short_forms(text).split()) == short


def test_an_abbreviated_name_and_its_ordinal_measure_the_same():
    assert indicator_key("2. Persentase emisi Gas Rumah Kaca (GRK)") == indicator_key("Persentase emisi GRK")


def test_a_table_that_goes_on_from_another_begins_with_a_later_number(plan):
    for number in (3, 4, 5):
        plan.node("kegiatan", f"Kegiatan {number}", nomor=str(number))
    assert plan.findings("NOMOR_LONCAT") == []
    plan.node("kegiatan", "Kegiatan 7", nomor="7")
    assert plan.findings("NOMOR_LONCAT")[0].pembanding == "1, 2, 6"


def test_rows_under_one_parent_that_begin_with_a_later_number_lack_the_first(plan):
    plan.node("program", "Program")
    for number in (2, 3, 4):
        plan.node("kegiatan", f"Kegiatan {number}", nomor=str(number))
    assert plan.findings("NOMOR_LONCAT")[0].pembanding == "1"
