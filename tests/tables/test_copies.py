"""Pages that repeat earlier ones, and pages that only look like it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipeline.document import read_pages
from pipeline.pages.copied_runs import mark_copied_runs
from pipeline.pages.copies import mark_copies
from pipeline.pages.furniture import mark_furniture
from pipeline.pages.model import Page
from pipeline.tables.build import page_tables
from tests.tables.drawn import HEIGHT, WIDTH, words_at

SYLLABLES = ["ba", "ki", "lan", "mer", "no", "pa", "ra", "su", "ti", "wan", "ya", "gu"]
WORDS_OF_A_LINE = 8
LINES = 30


def sentences(seed: int, lines: int) -> list[str]:
    """Lines of made-up words, with a figure in each."""
    made = random.Random(seed)
    words = ["".join(made.choices(SYLLABLES, k=made.randint(2, 4))) for _ in range(lines * WORDS_OF_A_LINE)]
    return [
        " ".join([*words[line * WORDS_OF_A_LINE : (line + 1) * WORDS_OF_A_LINE], str(made.randint(100, 99_999))])
        for line in range(lines)
    ]


def paginate(lines: list[str], per_page: int = LINES, first: int = 1) -> list[Page]:
    pages = []
    for number, start in enumerate(range(0, len(lines), per_page), start=first):
        page = Page(number, WIDTH, HEIGHT)
        for row, line in enumerate(lines[start : start + per_page]):
            page.words += words_at(line, 40, 60 + 20 * row)
        pages.append(page)
    return pages


def numbered(*documents: list[Page]) -> list[Page]:
    pages = [page for document in documents for page in document]
    for number, page in enumerate(pages, start=1):
        page.number = number
    return pages


def form(year: int, seed: int, rows: int = 20) -> list[Page]:
    """A page of the same form each year: the same wording, other figures."""
    figures = random.Random(seed)
    names = [line.rsplit(" ", 1)[0] for line in sentences(7, rows * 3)]
    return paginate([f"{name} {year} {figures.randint(10_000, 99_999)}" for name in names], rows)


def copies_of(pages: list[Page]) -> list[int | None]:
    mark_copies(pages)
    mark_copied_runs(pages)
    return [page.copy_of for page in pages]


def test_document_that_stands_in_its_file_twice():
    lines = sentences(1, 4 * LINES)
    pages = numbered(paginate(lines), paginate(lines))
    assert copies_of(pages) == [None] * 4 + [1, 2, 3, 4]
    assert [page.similarity for page in pages[4:]] == [1.0] * 4


def test_copies_that_differ_in_a_few_words():
    lines = sentences(2, 4 * LINES)
    other = [line.replace("ba", "bo", 1) if number % 9 == 0 else line for number, line in enumerate(lines)]
    pages = numbered(paginate(lines), paginate(other))
    assert copies_of(pages) == [None] * 4 + [1, 2, 3, 4]
    assert all(0.8 <= (page.similarity or 0) < 1 for page in pages[4:])


def test_copies_that_break_a_page_differently():
    lines = sentences(3, 4 * LINES)
    second = [
        page
        for start, end in ((0, 30), (30, 58), (58, 90), (90, 120))
        for page in paginate(lines[start:end], per_page=end - start)
    ]
    assert copies_of(numbered(paginate(lines), second)) == [None] * 4 + [1, 2, 3, 4]


@pytest.mark.xfail(strict=True, reason="figures are compared page by page: a shift of a few lines looks like others")
def test_copies_whose_page_breaks_all_shift():
    lines = sentences(3, 4 * LINES)
    second = paginate(lines[:30]) + paginate(lines[30:58]) + paginate(lines[58:])
    assert copies_of(numbered(paginate(lines), second))[:8] == [None] * 4 + [1, 2, 3, 4]


def test_different_pages_are_no_copies():
    assert copies_of(paginate(sentences(4, 6 * LINES))) == [None] * 6


def test_two_years_of_one_form_are_no_copies():
    assert copies_of(numbered(form(2023, 5), form(2024, 6))) == [None] * 6


def test_the_same_form_with_other_figures_is_no_copy():
    assert copies_of(numbered(form(2024, 5), form(2024, 6))) == [None] * 6


def test_one_figure_more_or_less_makes_no_other_document():
    first, second = form(2024, 5), form(2024, 5)
    second[1].words[-1].text = "12345"
    assert copies_of(numbered(first, second)) == [None] * 3 + [1, 2, 3]


def test_one_page_printed_twice():
    lines = sentences(8, 3 * LINES)
    pages = numbered(paginate(lines), paginate(lines[LINES : 2 * LINES]))
    assert copies_of(pages) == [None, None, None, 2]


def test_short_pages_that_are_alike_are_no_copies():
    pages = numbered(paginate(["BAB I PENDAHULUAN"]), paginate(sentences(9, LINES)), paginate(["BAB I PENDAHULUAN"]))
    assert copies_of(pages) == [None, None, None]


def test_blank_pages_alone_are_no_copies():
    pages = [Page(1, WIDTH, HEIGHT), *paginate(sentences(10, LINES), first=2), Page(3, WIDTH, HEIGHT)]
    assert copies_of(pages) == [None, None, None]


def test_invisible_words_are_not_compared():
    lines = sentences(11, 3 * LINES)
    first, second = paginate(lines), paginate(lines)
    for page in second:
        for word in words_at("teks tersembunyi 999", 40, 20):
            word.visible = False
            page.words.append(word)
    assert copies_of(numbered(first, second)) == [None] * 3 + [1, 2, 3]


def sample_pages(path: Path) -> list[Page]:
    pages = read_pages(path)
    mark_furniture(pages, {page.number: [table.box for table in page_tables(page)[0]] for page in pages})
    return pages


@pytest.fixture(scope="module")
def years(samples) -> dict[int, list[Page]]:
    folder = samples / "facsimile"
    return {year: sample_pages(folder / f"rkt-{year}-bkpsdm-way-kanan.pdf") for year in (2023, 2024)}


def test_samples_of_two_years_in_one_file(years):
    """The 2024 document stands in its file twice; the 2023 one, on the same form, is nobody's copy."""
    of_2023, of_2024 = years[2023], years[2024]
    half = len(of_2024) // 2
    assert copies_of(numbered(of_2024, of_2023)) == [None] * half + list(range(1, half + 1)) + [None] * len(of_2023)
