from __future__ import annotations

import pytest

OFFICE = "Badan Riset dan Tata Ruang"


def test_same_indicator_with_two_targets_is_one_finding_however_often_it_is_repeated(plan):
    plan.about(perangkat_daerah=OFFICE)
    first = plan.indicator("Indeks Profesionalitas ASN", 64, "Poin", table="iku")
    for number in range(5):
        node = plan.node("sub_kegiatan", f"Pelatihan {number}")
        plan.indicator("IP ASN", 63, "Poin", node=node, jenis="hasil", table="lampiran")
    [finding] = plan.findings("TARGET_BEDA")
    assert (finding.baris_id, finding.nilai, finding.pembanding) == (first.baris_id, "64", "63")
    assert "5 baris" in finding.pesan
    assert set(finding.bukti) == {"i0", "i1"}


@pytest.mark.parametrize("alias", ["Nilai SAKIP SKPD", "Nilai SAKIP BRTR", "SAKIP (Nilai)", f"Nilai SAKIP {OFFICE}"])
def test_words_for_the_office_itself_do_not_matter(plan, alias):
    plan.about(perangkat_daerah=OFFICE)
    plan.indicator("Nilai Evaluasi Sakip", 61.1, "Poin", table="a")
    plan.indicator(alias, 59.1, "Angka", table="b")
    expected = 0 if alias.startswith("SAKIP") else 1  # without its measure in front, it may be anything about SAKIP
    assert len(plan.findings("TARGET_BEDA")) == expected


def test_another_institutions_score_is_another_indicator(plan):
    plan.about(perangkat_daerah=OFFICE)
    plan.indicator("Nilai Evaluasi SAKIP Kabupaten", 62.64, "Poin", table="a")
    plan.indicator("Nilai SAKIP SKPD", 59.1, "Poin", table="b")
    assert plan.findings("TARGET_BEDA") == []


def test_a_listing_that_names_several_things_alike_proves_nothing(plan):
    plan.indicator("Nilai Kesesuaian Rencana", 95, "%", table="a")
    plan.indicator("Nilai Kesesuaian Rencana", 85, "%", table="a")
    plan.indicator("Nilai Kesesuaian Rencana", 70, "%", table="b")
    assert plan.findings("TARGET_BEDA") == []


def test_shares_are_compared_wherever_they_stand(plan):
    plan.indicator("Persentase pegawai yang mengikuti pelatihan", 80, "%", table="iku")
    node = plan.node("sub_kegiatan", "Pelatihan Pegawai")
    plan.indicator("Prosentase Pegawai yang Mengikuti Pelatihan", 75, "Persen", node=node, jenis="hasil")
    assert len(plan.findings("TARGET_BEDA")) == 1


def test_vague_counts_and_other_units_are_not_compared(plan):
    plan.indicator("Jumlah Dokumen", 1, "Dokumen", table="a")
    plan.indicator("Jumlah Dokumen", 2, "Dokumen", table="b")
    plan.indicator("Nilai Kepuasan", 3.2, "Poin", table="a")
    plan.indicator("Nilai Kepuasan", 80, "%", table="b")
    assert plan.findings("TARGET_BEDA") == []


def test_an_indicator_that_one_of_two_tables_leaves_out(plan):
    for table in ("a", "b"):
        plan.indicator("Indeks Sistem Merit", 210, "Poin", table=table)
    alone = plan.indicator("Nilai Komponen Kinerja", 6.15, "Poin", table="a")
    [finding] = plan.findings("INDIKATOR_TANPA_PASANGAN")
    assert finding.baris_id == alone.baris_id
    assert finding.tingkat == "info"


def test_an_output_that_belongs_to_another_name(plan):
    plan.node("sub_kegiatan", "Penyediaan Gaji dan Tunjangan ASN", table="names")
    node = plan.node("sub_kegiatan", "Pemeliharaan Atap")
    output = plan.indicator(
        "Jumlah Orang yang menerima Gaji dan Tunjangan ASN", 9, "Orang", node=node, jenis="keluaran"
    )
    [finding] = plan.findings("KELUARAN_TIDAK_SESUAI_NAMA")
    assert finding.baris_id == output.baris_id
    assert finding.pembanding == "Penyediaan Gaji dan Tunjangan ASN"


@pytest.mark.parametrize(
    ("nama", "keluaran"),
    [
        ("Pemeliharaan Mebel", "Jumlah Mebel yang Dipelihara"),
        ("Penyusunan Program Kerja Museum", "Jumlah Dokumen Rencana Kerja Museum yang disusun"),
        ("Penatausahaan BMD pada SKPD", "Jumlah Laporan Penatausahaan Barang Milik Daerah"),
        ("Kunjungan Belajar Siswa", "Jumlah Laporan Hasil Kunjungan Belajar"),
    ],
)
def test_outputs_that_share_a_root_with_their_name_fit(plan, nama, keluaran):
    node = plan.node("sub_kegiatan", nama)
    plan.indicator(keluaran, 1, "Dokumen", node=node, jenis="keluaran")
    assert plan.findings("KELUARAN_TIDAK_SESUAI_NAMA") == []


def test_an_output_copied_from_a_sibling(plan):
    plan.node("kegiatan", "Rapat Kerja")
    own = plan.node("sub_kegiatan", "Fasilitasi Rapat Pleno")
    plan.indicator("Jumlah Laporan Hasil Fasilitasi Rapat Pleno", 6, "Laporan", node=own, jenis="keluaran")
    other = plan.node("sub_kegiatan", "Fasilitasi Kunjungan Belajar")
    copied = plan.indicator("Jumlah Laporan Hasil Fasilitasi Rapat Pleno", 12, "Laporan", node=other, jenis="keluaran")
    [finding] = plan.findings("KELUARAN_BERULANG")
    assert finding.baris_id == copied.baris_id
