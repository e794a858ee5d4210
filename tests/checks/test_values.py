"""Values against their units, blank units, columns of weights, and what the prose calls the document."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("target", "unit", "more"),
    [
        (0.5, "Dokumen", {"target_teks": "0,5"}),
        (1.25, "Orang", {"target_teks": "1,25"}),
        (None, "Persen", {"target_teks": "BB", "target_kategori": "BB"}),
        (65.0, "Predikat", {"target_teks": "65"}),
        (24.0, "Bulan", {"target_teks": "24"}),
    ],
)
def test_a_value_that_its_unit_cannot_take(plan, target, unit, more):
    row = plan.indicator("Capaian layanan", target, unit, **more)
    [finding] = plan.findings("NILAI_TIDAK_SESUAI_SATUAN")
    assert (finding.baris_id, finding.nilai) == (row.baris_id, more["target_teks"])
    assert plan.findings("TARGET_PECAHAN") == []


@pytest.mark.parametrize(
    ("target", "unit", "more"),
    [
        (5.0, "Dokumen", {}),
        (1.25, "Orang", {"target_teks": "1.250"}),  # a doubt about our reading, not about the document
        (12.5, "Persen", {"target_teks": "12,5"}),
        (0.5, "Hektar", {"target_teks": "0,5"}),
        (None, "Predikat", {"target_teks": "BB", "target_kategori": "BB"}),
        (None, "Poin", {"target_teks": "A (80-85)", "target_kategori": "A", "target_min": 80.0, "target_maks": 85.0}),
        (12.0, "Bulan", {}),
        (24.0, "Orang/Bulan", {}),
        (4.0, None, {}),
    ],
)
def test_a_value_that_fits_its_unit(plan, target, unit, more):
    plan.indicator("Capaian layanan", target, unit, **more)
    assert plan.findings("NILAI_TIDAK_SESUAI_SATUAN") == []


def test_a_value_that_the_reader_doubts_already_is_not_doubted_again(plan):
    row = plan.indicator("Jumlah Dokumen", 0.5, "Dokumen", target_teks="0,5")
    plan.ledger.doubt_record(row, "target", "PECAHAN", "pembacaan", "peringatan", "Sudah diragukan.")
    assert plan.findings("NILAI_TIDAK_SESUAI_SATUAN") == []


def test_a_unit_that_is_blank_among_units(plan):
    for number in range(4):
        plan.indicator(f"Jumlah Laporan {number}", 2.0, "Laporan")
    blank = plan.indicator("Jumlah Rapat", 3.0, None)
    plan.indicator("Indeks Kepuasan", 3.2, None)
    plan.indicator("Opini BPK", None, None, target_teks="WTP", target_kategori="WTP")
    plan.indicator("Jumlah Tamu", 9.0, None, table="t8")
    [finding] = plan.findings("SATUAN_KOSONG")
    assert finding.baris_id == blank.baris_id
    assert finding.pesan.startswith("1 dari 5 target sejenis")


def test_units_that_most_rows_lack_are_no_finding(plan):
    plan.indicator("Jumlah Laporan A", 2.0, "Laporan")
    for number in range(3):
        plan.indicator(f"Jumlah Rapat {number}", 3.0, None)
    assert plan.findings("SATUAN_KOSONG") == []


def _column(plan, header: str, weights: list[str], table: str = "t5", total: str | None = None) -> None:
    rows = [["No", "Komponen", header], ["1", "2", "3"], *([str(n), f"Unsur {n}", w] for n, w in enumerate(weights, 1))]
    rows += [["", "Jumlah", total]] if total else []
    for baris, row in enumerate(rows):
        for kolom, teks in enumerate(row):
            plan.ledger.add("sel", halaman=4, tabel_id=table, bukti=[f"{table}-{baris}-{kolom}"], jenis="sel",
                            baris=baris, kolom=kolom, teks=teks, y0=0.0, y1=1.0)  # fmt: skip


def test_a_column_of_weights_that_does_not_make_a_hundred(plan):
    _column(plan, "Bobot (%)", ["40", "30", "20"], total="90")
    [finding] = plan.findings("BOBOT_TIDAK_100")
    assert (finding.nilai, finding.pembanding, finding.tabel_id, finding.halaman) == ("90", "100", "t5", 4)
    assert finding.bukti == ("t5-2-2", "t5-3-2", "t5-4-2")


@pytest.mark.parametrize(
    ("header", "weights"),
    [
        ("Bobot", ["40", "30", "30"]),
        ("Bobot", ["33,33", "33,33", "33,33"]),
        ("Bobot", ["60", "40", "50", "50"]),  # two groups
        ("Bobot", ["0,5", "0,3", "0,2"]),
        ("Bobot", ["40", "30"]),
        ("Bobot", ["40", "30", "sedang"]),
        ("Bobot Muatan (ton)", ["40", "30", "20"]),
        ("Nilai", ["40", "30", "20"]),
    ],
)
def test_a_column_that_makes_a_hundred_or_holds_no_weights(plan, header, weights):
    _column(plan, header, weights)
    assert plan.findings("BOBOT_TIDAK_100") == []


def test_the_text_calls_the_document_another_kind(plan):
    plan.about(jenis_dokumen="rkt", tahap="murni")
    plan.section("KATA PENGANTAR", "Dengan rahmat Tuhan, Perjanjian Kinerja (PK) ini telah disusun tepat waktu.")
    plan.section("BAB IV PENUTUP", "Demikian Perjanjian Kinerja ini dibuat.")
    [finding] = plan.findings("JENIS_TEKS_BEDA")
    assert (finding.nilai, finding.pembanding) == ("Perjanjian Kinerja (PK) ini", "Rencana Kinerja Tahunan")


@pytest.mark.parametrize(
    ("kind", "title", "text"),
    [
        ("rkt", "PENUTUP", "Rencana Kinerja Tahunan ini menjadi dasar Perjanjian Kinerja."),
        ("rkt", "PENUTUP", "Rencana Kerja ini disusun untuk satu tahun."),  # a short form of its own name
        ("rkt", "2.3 Perjanjian Kinerja", "Perjanjian Kinerja ini memuat sasaran."),
        ("renja", "PENDAHULUAN", "Rencana Kerja Pemerintah Daerah ini ditetapkan."),
        ("lainnya", "PENUTUP", "Perjanjian Kinerja ini dibuat."),
        ("perjanjian_kinerja", "PENUTUP", "Perjanjian Kinerja ini dibuat."),
    ],
)
def test_a_document_may_speak_of_others(plan, kind, title, text):
    plan.about(jenis_dokumen=kind, tahap="murni")
    plan.section(title, text)
    assert plan.findings("JENIS_TEKS_BEDA") == []
