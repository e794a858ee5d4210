from __future__ import annotations

from pipeline.layouts.prose import write_prose
from pipeline.layouts.prose.sections import cover_blocks, find_sections
from schemas.ledger import Ledger
from tests.prose.prose_pages import DOCUMENT, blocks_of, centred, line, page, paragraph

LONG = (
    "Rencana ini disusun agar setiap kegiatan berjalan terarah dan dapat dinilai oleh semua pihak yang berkepentingan. "
)


def report_pages():
    cover = page(
        1, centred("RENCANA KINERJA TAHUNAN", 120), centred("TAHUN 2031", 136), centred("DINAS PERIKANAN", 300)
    )
    body, y = paragraph(LONG * 2, 140)
    items, below = paragraph("1. " + LONG * 2, y + 6, 80, hang=18)
    second, _ = paragraph("2. Butir kedua.", below + 6, 80, hang=18)
    cut, _ = paragraph("Kalimat terakhir halaman ini berlanjut pada halaman", 760)
    first = page(
        2,
        centred("BAB I", 60), centred("PENDAHULUAN", 80), line("1.1 Latar Belakang", 118, bold=True),
        body, items, second, cut,
    )  # fmt: skip
    rest, y = paragraph("berikutnya sampai selesai.", 60)
    last = page(3, rest, centred("BAB II. PENUTUP", 120), paragraph("Demikian rencana ini.", 150)[0])
    return cover, first, last


def test_every_word_is_in_one_block_and_keys_count_per_page():
    pages = report_pages()
    blocks = blocks_of(*pages)
    words = [id(word) for block in blocks for row in block.lines for word in row.words]
    assert sorted(words) == sorted(id(word) for one in pages for word in one.words)
    assert [block.sel_id for block in blocks if block.page == 1] == [f"{DOCUMENT}-h001-p001", f"{DOCUMENT}-h001-p002"]
    assert len({block.sel_id for block in blocks}) == len(blocks)


def test_lists_and_paragraphs_are_told_apart():
    blocks = blocks_of(report_pages()[1])
    assert [block.kind for block in blocks] == ["judul", "judul", "judul", "paragraf", "butir", "butir", "paragraf"]
    assert blocks[3].text == (LONG * 2).strip()
    assert blocks[4].text == "1. " + (LONG * 2).strip()


def test_columns_side_by_side_are_not_interleaved():
    left = [line("PIHAK KEDUA", 100), line("ANI WIRYA", 170)]
    right = [
        line("Kotaraya, Mei 2031", 85, 380), line("PIHAK KESATU", 100, 380), line("BUDI SANTIKA", 170, 380),
        line("NIP. 19700101 199503 1 001", 186, 380),
    ]  # fmt: skip
    above, _ = paragraph("Demikian perjanjian ini dibuat.", 50)
    texts = [block.text for block in blocks_of(page(1, above, *left, *right))]
    assert texts == [
        "Demikian perjanjian ini dibuat.", "PIHAK KEDUA", "ANI WIRYA", "Kotaraya, Mei 2031", "PIHAK KESATU",
        "BUDI SANTIKA", "NIP. 19700101 199503 1 001",
    ]  # fmt: skip


def test_sections_carry_number_title_level_pages_and_text():
    blocks = blocks_of(*report_pages())
    sections = find_sections(blocks, cover_blocks(blocks), "RENCANA KINERJA TAHUNAN TAHUN 2031")
    rows = [(s.nomor, s.judul, s.tingkat, s.halaman, s.halaman_akhir) for s in sections]
    assert rows == [
        (None, "RENCANA KINERJA TAHUNAN TAHUN 2031", 1, 1, 1),
        ("BAB I", "PENDAHULUAN", 1, 2, 2),
        ("1.1", "Latar Belakang", 2, 2, 3),
        ("BAB II", "PENUTUP", 1, 3, 3),
    ]
    texts = sections[2].teks.split("\n")
    assert len(texts) == 4
    assert texts[-1] == "Kalimat terakhir halaman ini berlanjut pada halaman berikutnya sampai selesai."


def test_contents_and_outlines_are_no_headings():
    contents = page(
        1,
        centred("DAFTAR ISI", 60),
        *[
            line(f"BAB {n} JUDUL BAB ........................ {i}", 80 + 16 * i)
            for i, n in enumerate(["I", "II", "III"])
        ],
    )
    outline = page(
        2,
        line("1.4 Sistematika", 60, bold=True),
        line("BAB I PENDAHULUAN", 80),
        line("1.1 Latar Belakang", 96),
        line("BAB II HASIL", 112),
        line("BAB III PENUTUP", 128),
    )
    blocks = blocks_of(contents, outline)
    titles = [section.judul for section in find_sections(blocks, cover_blocks(blocks), "")]
    assert titles == ["DAFTAR ISI", "Sistematika"]


def test_records_are_written_with_their_evidence():
    pages = report_pages()
    blocks = blocks_of(*pages)
    ledger = Ledger(DOCUMENT)
    write_prose(ledger, pages, blocks)
    rows = ledger.rows("bagian")
    assert [row.get("judul") for row in rows][1:] == ["PENDAHULUAN", "Latar Belakang", "PENUTUP"]
    assert {key for row in rows for key in row.bukti} == {block.sel_id for block in blocks}


def test_a_document_without_prose_is_read():
    ledger = Ledger(DOCUMENT)
    result = write_prose(ledger, [page(1)], [])
    assert ledger.rows("bagian") == []
    assert (result.visi, result.misi, result.signatory) == (None, [], None)
    assert result.identity.tahun is None
    assert {finding.kode for finding in ledger.findings} == {
        "TAHUN_TAK_DIKENAL",
        "JENIS_TAK_DIKENAL",
        "WILAYAH_TAK_DIKENAL",
    }
