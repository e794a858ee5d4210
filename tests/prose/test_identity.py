from __future__ import annotations

import pytest

from pipeline.layouts.prose import TableText, read_identity
from pipeline.layouts.prose.clues import first_kind, offices_named, own_years, regions_named
from pipeline.layouts.prose.signatory import find_signatory
from pipeline.layouts.prose.vocabulary import vocabulary
from tests.prose.prose_pages import blocks_of, centred, line, page, paragraph


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("RENCANA KINERJA TAHUNAN (RKT) TAHUN 2031", "rkt"),
        ("Rancangan Akhir Rencana Kerja (Renja) Dinas Perikanan", "renja"),
        ("RENCANA KERJA DAN ANGGARAN", "lainnya"),
        ("PERNYATAAN PERJANJIAN KINERJA", "perjanjian_kinerja"),
        ("RENCANA AKSI PERJANJIAN KINERJA", "rencana_aksi"),
        ("FORMULIR INDIKATOR KINERJA UTAMA", "iku"),
        ("Laporan Kinerja Instansi Pemerintah, capaian Perjanjian Kinerja", "lainnya"),
        ("LAMPIRAN PERATURAN TENTANG PENJABARAN ANGGARAN PENDAPATAN DAN BELANJA DAERAH", "apbd"),
        ("DOKUMEN PELAKSANAAN ANGGARAN", "dpa"),
        ("SURAT PENGANTAR", None),
    ],
)
def test_kind_of_a_title(title, kind):
    assert first_kind(title, vocabulary().kinds) == kind


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Rumusan Rencana Program Tahun 2031 dan Prakiraan Maju Tahun 2032", [2031]),
        ("RENCANA STRATEGIS TAHUN 2025 – 2029", []),
        ("Undang-Undang Nomor 25 Tahun 2004", []),
        ("KOTARAYA, DESEMBER 2030", []),
        ("RKT TAHUN ANGGARAN 2031", [2031]),
    ],
)
def test_years_of_its_own(text, years):
    assert own_years(text) == years


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        ("KEPALA DINAS PERIKANAN KABUPATEN WAY KANAN,", ["DINAS PERIKANAN"]),
        ("Badan Riset, Inovasi dan Arsip (BRIA) Provinsi Jawa Barat", ["Badan Riset, Inovasi dan Arsip"]),
        ("Sekretariat DPRD Kabupaten Way Kanan Tahun 2031", ["Sekretariat DPRD"]),
        ("belanja perjalanan dinas luar daerah", []),
    ],
)
def test_offices(text, offices):
    assert list(offices_named(text)) == offices


def test_a_province_after_its_kabupaten_is_only_a_place():
    assert [r.nama for r in regions_named("KABUPATEN WAY KANAN PROVINSI LAMPUNG")] == ["Kabupaten Way Kanan"]


def plan(title="RENCANA KINERJA TAHUNAN", year="TAHUN 2031"):
    cover = page(
        1,
        centred(title, 100),
        centred(year, 116),
        centred("DINAS PERIKANAN", 300),
        centred("PEMERINTAH KABUPATEN WAY KANAN", 500),
    )
    text = "Rencana Kinerja Tahunan Dinas Perikanan Tahun 2030 menurut Peraturan Gubernur Lampung Nomor 3 Tahun 2029. "
    body = page(2, line("1.1 Latar Belakang", 60, bold=True), paragraph(text * 8, 90)[0])
    return cover, body


def test_the_cover_decides_against_prose_about_another_year():
    pages = plan()
    identity = read_identity(pages, blocks_of(*pages))
    assert (identity.jenis_dokumen, identity.tahap, identity.tahun) == ("rkt", "murni", 2031)
    assert (identity.wilayah, identity.kode_wilayah) == ("Kabupaten Way Kanan", "18.08")
    assert identity.perangkat_daerah == "Dinas Perikanan"
    assert identity.judul == "RENCANA KINERJA TAHUNAN TAHUN 2031"
    assert identity.bukti["tahun"]
    assert identity.findings == []


def test_a_field_that_names_another_year_is_a_finding():
    cover, body = plan()
    form = page(3, line("TAHUN : 2029", 60), line("INSTANSI : Dinas Perikanan Kabupaten Way Kanan", 80))
    identity = read_identity((cover, body, form), blocks_of(cover, body, form))
    assert identity.tahun == 2031
    found = [finding for finding in identity.findings if finding.kode == "TAHUN_BERBEDA"]
    assert [(finding.nilai, finding.pembanding, finding.halaman) for finding in found] == [("2031", "2029", 3)]


def test_stage_and_running_footer_where_there_is_no_cover():
    footer = "Rancangan Rencana Kerja Dinas Perikanan Kabupaten Way Kanan Tahun 2031"
    pages = [page(n, line("2.1 Umum", 60, bold=True), paragraph("Isi halaman ini.", 90)[0]) for n in (1, 2)]
    for one in pages:
        one.furniture = line(f"{footer} {one.number}", 800)
    identity = read_identity(pages, blocks_of(*pages))
    assert (identity.jenis_dokumen, identity.tahap, identity.tahun) == ("renja", "rancangan", 2031)
    assert identity.judul == footer


def test_titles_of_tables_tell_where_there_is_nothing_else():
    title = "Rumusan Rencana Program dan Kegiatan Tahun 2031 dan Prakiraan Maju Tahun 2032 Inspektorat Kota Metro"
    identity = read_identity([page(1)], [], [TableText(1, title, "Rencana Tahun 2031 (Tahun Rencana)", ("kunci",))])
    assert (identity.jenis_dokumen, identity.tahun, identity.wilayah) == ("renja", 2031, "Kota Metro")
    assert identity.perangkat_daerah == "Inspektorat"
    assert identity.bukti["tahun"] == ("kunci",)


def test_two_years_alike_leave_the_year_open():
    tables = [
        TableText(1, "Target Program Tahun 2031", "", ("a",)),
        TableText(2, "Target Program Tahun 2032", "", ("b",)),
    ]
    identity = read_identity([page(1)], [], tables)
    assert identity.tahun is None
    assert "TAHUN_TAK_DIKENAL" in {finding.kode for finding in identity.findings}


def signature(y, name, nip, position, x=330):
    return [
        *line("Kotaraya, 7 Mei 2031", y, x), *line(position, y + 15, x), *line(name, y + 80, x),
        *line("Pembina Utama Muda", y + 95, x), *line(nip, y + 110, x),
    ]  # fmt: skip


def test_the_head_of_the_office_signs():
    blocks = blocks_of(
        page(1, signature(100, "BUDI SANTIKA, S.E.", "NIP. 19700101 199503 1 001", "KEPALA DINAS PERIKANAN,")),
        page(2, signature(100, "ANI WIRYA, S.H.", "NIP. 19800202 200501 2 002", "BENDAHARA,")),
    )
    found = find_signatory(blocks)
    assert found is not None
    assert (found.penandatangan, found.nip, found.jabatan) == (
        "BUDI SANTIKA, S.E.",
        "197001011995031001",
        "KEPALA DINAS PERIKANAN",
    )
    assert (found.tempat, found.tanggal, found.tanggal_teks) == ("Kotaraya", "2031-05-07", "7 Mei 2031")
    assert set(found.bukti) <= {block.sel_id for block in blocks if block.page == 1}


def test_the_first_party_of_an_agreement_without_nip():
    blocks = blocks_of(
        page(
            1,
            line("Nama : BUDI SANTIKA, S.E.", 80), line("Jabatan : KEPALA DINAS PERIKANAN", 100),
            line("Selanjutnya disebut PIHAK KESATU", 120), line("Nama : ANI WIRYA", 160), line("Jabatan : BUPATI", 180),
            line("Selanjutnya disebut PIHAK KEDUA", 200),
        )
    )  # fmt: skip
    found = find_signatory(blocks)
    assert found is not None
    assert (found.penandatangan, found.nip, found.jabatan) == ("BUDI SANTIKA, S.E.", None, "KEPALA DINAS PERIKANAN")
