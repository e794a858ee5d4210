"""Running headers and footers, and what kind of page it is."""

from __future__ import annotations

import pytest

from pipeline.pages.furniture import mark_furniture
from pipeline.pages.kinds import image_cover, settle_kind
from pipeline.pages.model import Box, Page
from tests.tables.drawn import HEIGHT, WIDTH, horizontal, words_at

WHOLE = Box(0, 0, WIDTH, HEIGHT)


def prose_pages(count: int, footer: str = "", header: str = "", footer_y: float = 770.0) -> list[Page]:
    pages = []
    for number in range(1, count + 1):
        page = Page(number, WIDTH, HEIGHT)
        page.words += words_at(f"Isi halaman ke{'abcdefghij'[number]}", 60, 400)
        if header:
            page.words += words_at(header.format(number), 60, 40)
        if footer:
            page.words += words_at(footer.format(number), 60, footer_y)
        pages.append(page)
    return pages


def furniture(pages: list[Page]) -> list[str]:
    return [" ".join(word.text for word in page.furniture) for page in pages]


def test_running_header_and_footer_leave_the_words():
    pages = prose_pages(4, footer="RKT Dinas Contoh hal {}", header="PEMERINTAH KABUPATEN")
    mark_furniture(pages, {})
    assert furniture(pages) == [f"PEMERINTAH KABUPATEN RKT Dinas Contoh hal {n}" for n in range(1, 5)]
    assert [word.text for word in pages[0].words] == ["Isi", "halaman", "keb"]


@pytest.mark.parametrize("form", ["{}", "- {} -", "Halaman {}", "hal. {}"])
def test_page_numbers_that_count_up(form):
    pages = prose_pages(2, footer=form)
    mark_furniture(pages, {})
    assert furniture(pages) == [form.format(1), form.format(2)]


def test_numbers_that_do_not_count_up_are_text():
    pages = prose_pages(2)
    for page, number in zip(pages, (12, 40), strict=True):
        page.words += words_at(str(number), 60, 770)
    mark_furniture(pages, {})
    assert furniture(pages) == ["", ""]


def test_lines_at_other_heights_are_text():
    pages = prose_pages(4, header="BAB PENDAHULUAN")
    for page, y in zip(pages, (20, 50, 75, 100), strict=True):
        page.words = words_at("BAB PENDAHULUAN", 60, y)
    mark_furniture(pages, {})
    assert furniture(pages) == [""] * 4


def test_words_of_tables_are_never_furniture():
    pages = prose_pages(4, footer="Dokumen Laporan")
    mark_furniture(pages, {page.number: [Box(50, 700, 550, 790)] for page in pages})
    assert furniture(pages) == [""] * 4


def test_invisible_words_are_never_furniture():
    pages = prose_pages(4, footer="Dokumen Laporan")
    for page in pages:
        for word in page.words:
            word.visible = False
    mark_furniture(pages, {})
    assert furniture(pages) == [""] * 4


def test_text_page():
    page = Page(1, WIDTH, HEIGHT, words_at("satu dua tiga empat lima enam", 50, 100))
    settle_kind(page)
    assert page.kind == "teks"


def test_blank_page():
    page = Page(1, WIDTH, HEIGHT)
    settle_kind(page)
    assert page.kind == "kosong"


def test_ruled_form_without_words_is_not_blank():
    page = Page(1, WIDTH, HEIGHT, rules=[horizontal(100, 50, 500)])
    settle_kind(page)
    assert page.kind == "teks"


def test_scan():
    page = Page(1, WIDTH, HEIGHT, words_at("Dipindai", 50, 100), images=[WHOLE])
    settle_kind(page)
    assert page.kind == "pindai"


def test_scan_in_strips():
    strips = [Box(0, top, WIDTH, top + 100) for top in range(0, 800, 100)]
    page = Page(1, WIDTH, HEIGHT, images=strips)
    assert image_cover(page) == pytest.approx(1.0)
    settle_kind(page)
    assert page.kind == "pindai"


def test_scan_with_an_invisible_layer_is_read_from_the_layer():
    words = words_at("satu dua tiga empat lima enam", 50, 100)
    for word in words:
        word.visible = False
    page = Page(1, WIDTH, HEIGHT, words, images=[WHOLE])
    settle_kind(page)
    assert (page.kind, page.engine) == ("campuran", "lapisan-teks")
    assert all(word.visible for word in page.words)


def test_letterhead_over_text_is_text():
    page = Page(1, WIDTH, HEIGHT, words_at("satu dua tiga empat lima enam", 50, 300), images=[Box(50, 20, 130, 100)])
    settle_kind(page)
    assert page.kind == "teks"
