"""Running headers and footers by repetition: wherever they stand on the page, and only if they run."""

from __future__ import annotations

from pipeline.pages.furniture import mark_furniture, mark_stamps
from pipeline.pages.model import Box, Page, Word
from tests.tables.drawn import HEIGHT, WIDTH, words_at

FOOTER = 0.82 * HEIGHT
TABLE = Box(50.0, 100.0, 550.0, 600.0)


def pages(count: int, *lines: tuple[str, float]) -> list[Page]:
    """Pages with the same lines; `#` stands for the page number, `*` for a word that no other page has."""
    found = []
    for number in range(1, count + 1):
        page = Page(number, WIDTH, HEIGHT)
        for text, y in lines:
            page.words += words_at(text.replace("#", str(number)).replace("*", chr(96 + number) * 4), 60, y)
        found.append(page)
    return found


def running(found: list[Page], tables: dict[int, list[Box]] | None = None) -> list[str]:
    mark_furniture(found, tables or {})
    return [" ".join(word.text for word in page.furniture) for page in found]


def test_a_footer_far_above_the_edge_runs():
    found = pages(5, ("isi halaman *", 620.0), ("Rencana Kerja Dinas #", FOOTER))
    assert running(found) == [f"Rencana Kerja Dinas {number}" for number in range(1, 6)]
    assert all(len(page.words) == 3 for page in found)


def test_a_line_that_repeats_inside_of_a_line_of_the_page_does_not_run():
    found = pages(5, ("Sumber data dinas", 620.0), ("catatan *", FOOTER))
    assert running(found) == [""] * 5


def test_words_of_a_table_do_not_run():
    found = pages(5, ("JUMLAH SELURUHNYA", 580.0))
    assert running(found, {page.number: [TABLE] for page in found}) == [""] * 5


def test_a_title_on_pages_far_from_one_another_does_not_run():
    found = pages(9, ("Perjanjian Kinerja", 60.0), ("isi *", 300.0))
    for page in found:
        if page.number % 3:
            page.words = [word for word in page.words if word.text not in ("Perjanjian", "Kinerja")]
    assert running(found) == [""] * 9


def test_a_watermark_is_taken_out_of_the_words_and_a_large_title_is_not():
    found = pages(4, ("isi tabel *", 300.0), ("baris kedua *", 320.0))
    for page in found:
        page.words.append(Word("SALINAN", Box(100, 200, 500, 400)))
    found[0].words.append(Word("RENCANA", Box(100, 60, 300, 100)))
    mark_stamps(found)
    assert [[word.text for word in page.furniture] for page in found] == [["SALINAN"]] * 4
    assert "RENCANA" in [word.text for word in found[0].words]


def test_a_large_word_under_others_is_no_text_even_on_a_single_page():
    page = Page(1, WIDTH, HEIGHT, words=words_at("isi tabel yang terbaca", 120, 300.0))
    page.words += [Word("RANCANGAN", Box(100, 150, 500, 450)), Word("RENCANA", Box(100, 60, 300, 100))]
    mark_stamps([page])
    assert [word.text for word in page.furniture] == ["RANCANGAN"]
    assert "RENCANA" in [word.text for word in page.words]
