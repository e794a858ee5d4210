from __future__ import annotations

import pytest

from pipeline.checks.people import nip_fault


@pytest.mark.parametrize(
    "text",
    [
        "Perlu disusun Rencana Kinerja Tahunan Perubahan Tahun 2029 sebagai pedoman.",
        "RKT Dinas Contoh Tahun Anggaran 2029 disusun untuk memberi arah.",
        "Dokumen ini menjadi proyeksi dalam pencapaian target pada tahun 2029.",
        "Disusun di tengah berjalannya tahun periode TA 2029.",
    ],
)
def test_prose_about_another_year(plan, text):
    plan.about(jenis_dokumen="rkt")
    section = plan.section("Pendahuluan", text)
    [finding] = plan.findings("TAHUN_TEKS_BEDA")
    assert (finding.baris_id, finding.nilai, finding.pembanding) == (section.baris_id, "2029", "2030")


@pytest.mark.parametrize(
    "text",
    [
        "Rencana Kinerja Tahunan (RKT) Tahun 2030 disusun.",
        "Peraturan Bupati Nomor 5 Tahun 2029 tentang Rencana Pembangunan.",
        "Rencana Kinerja Tahunan mengacu pada RPJMD Tahun 2026-2031.",
        "Berdasarkan evaluasi Rencana Kinerja Tahunan Tahun 2029, capaian naik.",
        "Realisasi target tahun 2029 sebesar 90 persen.",
        "Meskipun tidak mencapai target kinerja pada tahun 2029, nilainya membaik.",
        "Pencapaian target tahun 2029 sebesar 90 persen.",
        "Belum memenuhi target sasaran, sebab tahun 2029 ada pandemi.",
        "Target akhir tahun 2031 adalah 80.",
    ],
)
def test_prose_that_may_name_another_year(plan, text):
    plan.about(jenis_dokumen="rkt")
    plan.section("Pendahuluan", text)
    assert plan.findings("TAHUN_TEKS_BEDA") == []


def test_the_name_of_another_document_is_not_the_plans_own(plan):
    plan.about(jenis_dokumen="renja")
    plan.section("Pendahuluan", "Rencana Kerja Pemerintah Daerah Tahun 2029 dan Rencana Kerja dan Anggaran Tahun 2029.")
    plan.section("Maksud", "Rencana Kerja Dinas Contoh Tahun 2029 ini disusun.")
    assert [finding.pesan[:16] for finding in plan.findings("TAHUN_TEKS_BEDA")] == ["Bagian “Maksud” "]


def test_a_section_that_looks_back_may_speak_of_the_past(plan):
    plan.about(jenis_dokumen="rkt")
    plan.section("Evaluasi Kinerja", "RKT Tahun 2029 memuat lima program.")
    assert plan.findings("TAHUN_TEKS_BEDA") == []


def test_the_stage_of_the_text_against_the_title(plan):
    plan.about(jenis_dokumen="rkt", tahap="murni")
    plan.section("Pendahuluan", "Rencana Kinerja Tahunan Perubahan Tahun 2030 disusun.")
    assert plan.findings("TAHAP_TEKS_BEDA")[0].pembanding == "murni"


def test_weights(plan):
    plan.section("Penilaian", "a. Perencanaan dengan bobot nilai 30; b. Pengukuran dengan bobot nilai 30; "
                 "c. Pelaporan dengan bobot nilai 30. 1. Lain 2. Lain")  # fmt: skip
    plan.section("Merit", "a. Promosi dengan bobot nilai 60%; b. Mutasi bobot 20%; c. Sistem bobot sebesar 20.")
    assert [finding.nilai for finding in plan.findings("BOBOT_TIDAK_100")] == ["90"]


def _basis(plan, jenis: str, nomor: str, tahun: int, tentang: str) -> None:
    plan.ledger.add("dasar_hukum", halaman=2, jenis=jenis, nomor=nomor, tahun_peraturan=tahun, tentang=tentang,
                    teks=f"{jenis} Nomor {nomor} Tahun {tahun} tentang {tentang}")  # fmt: skip


def test_a_regulation_cannot_change_a_younger_one(plan):
    _basis(
        plan, "Peraturan Pemerintah", "32", 1979, "perubahan atas Peraturan Pemerintah Nomor 65 Tahun 2008 tentang X"
    )
    _basis(plan, "Peraturan Pemerintah", "11", 2002, "perubahan kedua atas Peraturan Pemerintah Nomor 98 Tahun 2000")
    [finding] = plan.findings("PERATURAN_MENGUBAH_YANG_LEBIH_BARU")
    assert (finding.nilai, finding.pembanding) == ("32/1979", "65/2008")


def test_one_regulation_under_two_types(plan):
    subject = "Kedudukan, Susunan Organisasi, Tugas dan Fungsi Dinas Contoh"
    _basis(plan, "Peraturan Bupati Contoh", "029", 2016, subject)
    _basis(plan, "Peraturan Daerah", "8", 2016, "Pembentukan Perangkat Daerah Kabupaten Contoh")
    plan.section("Tugas", f"Sesuai Peraturan Daerah Nomor 29 Tahun 2016 tentang {subject}, dinas bertugas.")
    plan.section("Lain", "Peraturan Bupati Nomor 8 Tahun 2016 tentang Pakaian Dinas Harian Pegawai.")
    [finding] = plan.findings("PERATURAN_DUA_JENIS")
    assert (finding.nilai, finding.pembanding) == ("Peraturan Bupati Contoh", "Peraturan Daerah")


def test_regulations_too_young_or_listed_twice(plan):
    _basis(plan, "Undang-Undang", "23", 2014, "Pemerintahan Daerah")
    _basis(plan, "Undang-Undang", "23", 2014, "Pemerintahan Daerah")
    _basis(plan, "Peraturan Presiden", "1", 2031, "Sesuatu yang Baru")
    assert len(plan.findings("PERATURAN_BERULANG")) == 1
    assert [finding.nilai for finding in plan.findings("PERATURAN_SETELAH_RENCANA")] == ["2031"]


@pytest.mark.parametrize(
    ("nip", "fault"),
    [
        ("198004122005031003", None),
        ("19800412 200503 1 003", None),
        ("19800412200503100", "17"),
        ("198013122005031003", "tanggal lahir"),
        ("198002302005031003", "tanggal lahir"),
        ("198004122005131003", "bulan pengangkatan"),
        ("198004121985031003", "umur"),
        ("198004122005033003", "jenis kelamin"),
        ("201004122031031003", "sesudah tahun rencana"),
    ],
)
def test_nip(nip, fault):
    found = nip_fault(nip, 2030)
    assert found is None if fault is None else fault in (found or "")


CLASSES = [
    ("No", "Nilai", "Indeks", "Sebutan"),
    ("1", "325 – 400", "0,81 – 1", "Sangat Baik"),
    ("2", "250 – 324", "0,61 – 0,8", "Baik"),
    ("3", "175 - 249", "0,41 – 0,6", "Kurang"),
]


def _class_table(plan, rows) -> None:
    plan.ledger.add("sel", halaman=4, jenis="teks", teks="Kategori Sistem Merit adalah:", y0=90.0, y1=99.0)
    for baris, row in enumerate(rows):
        for kolom, teks in enumerate(row):
            plan.ledger.add("sel", halaman=4, tabel_id="k", jenis="sel", baris=baris, kolom=kolom, teks=teks,
                            y0=100.0 + baris, y1=101.0 + baris)  # fmt: skip


def test_a_target_in_a_class_that_the_document_calls_poor_and_on_another_scale(plan):
    _class_table(plan, CLASSES)
    for table in ("a", "b"):
        plan.indicator("Indeks Sistem Merit", 210, "Poin", table=table)
    plan.indicator("Nilai SAKIP", 210, "Poin", table="a")
    [poor] = plan.findings("TARGET_KELAS_BURUK")
    [scale] = plan.findings("TARGET_DI_LUAR_SKALA")
    assert poor.pembanding == "Kurang"
    assert scale.pembanding == "0,41–1"
    assert plan.findings("TABEL_KELAS_BERCELAH") == []


def test_class_tables_with_a_gap(plan):
    _class_table(plan, [*CLASSES[:2], ("2", "250 – 320", "0,61 – 0,9", "Baik"), CLASSES[3]])
    assert ["bercelah" in f.pesan for f in plan.findings("TABEL_KELAS_BERCELAH")] == [True, False]
