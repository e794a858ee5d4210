from __future__ import annotations

import pytest

from pipeline.layouts.prose import write_prose
from pipeline.layouts.prose.legal import read_regulation
from pipeline.layouts.prose.sections import find_sections
from pipeline.layouts.prose.vision import find_missions, find_vision
from schemas.ledger import Ledger
from tests.prose.prose_pages import DOCUMENT, blocks_of, line, page, paragraph


@pytest.mark.parametrize(
    ("text", "jenis", "nomor", "tahun", "tentang"),
    [
        (
            "Undang-undang Republik Indonesia Nomor 25 Tahun 2004 tentang Sistem;",
            "Undang-Undang",
            "25",
            2004,
            "Sistem",
        ),
        (
            "UU No. 25 Tahun 2004 tentang Sistem",
            "Undang-Undang",
            "25",
            2004,
            "Sistem",
        ),
        (
            "Undang-undang (UU) Nombor 1 Tahun 2022 tentang Sistem",
            "Undang-Undang",
            "1",
            2022,
            "Sistem",
        ),
        (
            "Peraturan Pemerintah Nomor 09 Tahun 2003 jo Peraturan Pemerintah Nomor 63 Tahun 2009 tentang Mutasi",
            "Peraturan Pemerintah",
            "09",
            2003,
            "Mutasi",
        ),
        (
            "Peraturan Menteri Keuangan Nomor 22/PMK.07/2022 tentang Dana",
            "Peraturan Menteri Keuangan",
            "22/PMK.07/2022",
            2022,
            "Dana",
        ),
        (
            "Peraturan Daerah Kabupaten Sukamaju Nomor 2 Tahun 2008 tentang Perubahan atas "
            "Peraturan Daerah Nomor 1 (Lembaran Daerah Nomor 3);",
            "Peraturan Daerah Kabupaten Sukamaju",
            "2",
            2008,
            "Perubahan atas Peraturan Daerah Nomor 1",
        ),
        (
            "Permendagri Nomor 90 Tahun 2019 tentang Nomenklatur",
            "Peraturan Menteri Dalam Negeri",
            "90",
            2019,
            "Nomenklatur",
        ),
        (
            "Peraturan Presiden Republik Indonesia 59 Tahun 2017 tentang Tujuan",
            "Peraturan Presiden",
            "59",
            2017,
            "Tujuan",
        ),
        (
            "Tap MPR RI Nomor XI/MPR/1998 tentang Negara yang Bersih",
            "Ketetapan MPR",
            "XI/MPR/1998",
            1998,
            "Negara yang Bersih",
        ),
    ],
)
def test_regulations(text, jenis, nomor, tahun, tentang):
    found = read_regulation(text)
    assert (found.jenis, found.nomor, found.tahun, found.tentang) == (jenis, nomor, tahun, tentang)


def test_text_without_a_regulation_is_none():
    assert read_regulation("Penyusunan rencana kerja Tahun 2031") is None


def test_a_list_runs_over_pages_and_ends_with_the_section():
    first, y = paragraph("Dasar hukum penyusunan rencana ini adalah sebagai berikut:", 80)
    one, y = paragraph("1. Undang-Undang Nomor 25 Tahun 2004 tentang Sistem Perencanaan;", y + 5, 78)
    two, y = paragraph(
        "2. Peraturan Pemerintah Nomor 8 Tahun 2008 tentang Tahapan, Tata Cara Penyusunan dan Pengendalian", y + 5, 78
    )
    rest, y2 = paragraph("serta Evaluasi Pelaksanaan;", 60, 78)
    four, y2 = paragraph("4. Peraturan Bupati Sukamaju Nomor 3 Tahun 2030 tentang Tugas.", y2 + 5, 78)
    pages = (
        page(1, line("1.2 Dasar Hukum", 60, bold=True), first, one, two),
        page(
            2,
            rest,
            four,
            line("1.3 Tujuan", y2 + 20, bold=True),
            paragraph("1. Undang-Undang Nomor 1 Tahun 2020.", y2 + 40)[0],
        ),
    )
    ledger = Ledger(DOCUMENT)
    write_prose(ledger, pages, blocks_of(*pages))
    rows = ledger.rows("dasar_hukum")
    assert [(row.get("nomor_urut"), row.get("nomor"), row.get("tahun_peraturan")) for row in rows] == [
        (1, "25", 2004),
        (2, "8", 2008),
        (4, "3", 2030),
    ]
    assert rows[1].get("tentang") == "Tahapan, Tata Cara Penyusunan dan Pengendalian serta Evaluasi Pelaksanaan"
    assert len(rows[1].bukti) == 2


def sections_of(*lines):
    blocks = blocks_of(page(1, *lines))
    return find_sections(blocks, [], "")


def test_vision_in_quotes_and_missions_in_a_list():
    sections = sections_of(
        line("2.1 Visi dan Misi", 60, bold=True),
        paragraph("Untuk itu visi daerah ditetapkan yaitu :", 80)[0],
        line("“Sukamaju Terang dan Berkeadilan”", 100, bold=True),
        paragraph("Misi daerah adalah sebagai berikut:", 130)[0],
        paragraph("1. Menata layanan dasar;", 150, 78)[0],
        paragraph("2. Menguatkan ekonomi desa.", 170, 78)[0],
        paragraph("Keduanya dijabarkan pada bagian berikut.", 190)[0],
        paragraph("1. Bukan misi.", 210, 78)[0],
    )
    vision = find_vision(sections)
    assert vision is not None
    assert vision.text == "Sukamaju Terang dan Berkeadilan"
    assert len(vision.bukti) == 2
    assert [mission.text for mission in find_missions(sections)] == ["Menata layanan dasar", "Menguatkan ekonomi desa"]


def test_a_mission_named_inside_a_sentence():
    sections = sections_of(
        line("2.1.2 Misi", 60, bold=True),
        paragraph("Dinas mendukung misi nomor tiga yaitu Menata Layanan Dasar yang Merata. Uraiannya menyusul.", 80)[0],
    )
    assert [mission.text for mission in find_missions(sections)] == ["Menata Layanan Dasar yang Merata"]


def test_a_quoted_mission_is_no_vision():
    sections = sections_of(
        line("3.1 Telaahan", 60, bold=True),
        paragraph("Visi dan misi provinsi yaitu misi ketiga, “Menata Layanan Dasar yang Merata”, menjadi acuan.", 80)[
            0
        ],
    )
    assert find_vision(sections) is None


def test_duties_are_no_missions():
    sections = sections_of(
        line("1.2 Dasar Hukum", 60, bold=True),
        paragraph("Dalam melaksanakan visi, misi dan tugas pokok berdasarkan peraturan sebagai berikut:", 80)[0],
        paragraph("1. Undang-Undang Nomor 25 Tahun 2004;", 110, 78)[0],
    )
    assert find_missions(sections) == []
    assert find_vision(sections) is None
