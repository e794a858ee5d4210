"""Pages that repeat earlier ones, and pages that only look like it."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from pipeline.document import read_pages
from pipeline.pages.copies import mark_copies
from pipeline.pages.copy_figures import CopyDifference
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


def marked(pages: list[Page]) -> tuple[list[int | None], list[CopyDifference]]:
    """What each page repeats, and the figures that differ."""
    differences = mark_copies(pages)
    return [page.copy_of for page in pages], differences


def copies_of(pages: list[Page]) -> list[int | None]:
    return marked(pages)[0]


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


def test_copies_whose_page_breaks_all_shift():
    lines = sentences(3, 4 * LINES)
    second = paginate(lines[:30]) + paginate(lines[30:58]) + paginate(lines[58:])
    pages = numbered(paginate(lines), second)
    assert marked(pages) == ([None] * 4 + [1, 2, 3, 4, 4], [])


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


def test_a_figure_that_differs_within_a_copied_document_is_told():
    first, second = form(2024, 5), form(2024, 5)
    kept, word = first[1].words[-1], second[1].words[-1]
    word.text = "12345"
    pages = numbered(first, second)
    assert marked(pages)[1] == [CopyDifference(5, 2, ("12345",), (kept.text,), (word,), (kept,))]


def test_figures_that_changed_places_are_told():
    lines = sentences(13, 5 * LINES)
    second = paginate(lines)
    one, other = second[0].words[-1], second[2].words[-1]
    one.text, other.text = other.text, one.text
    pages = numbered(paginate(lines), second)
    found = [(d.page, d.only_here, d.only_there) for d in marked(pages)[1]]
    assert found == [(6, (one.text,), (other.text,)), (8, (other.text,), (one.text,))]


def test_a_line_that_only_one_copy_has_is_told_by_its_figure():
    lines = sentences(12, 4 * LINES)
    second = paginate(lines)
    lost = {id(word) for word in second[2].words if word.box.y0 == second[2].words[-1].box.y0}
    second[2].words = [word for word in second[2].words if id(word) not in lost]
    pages = numbered(paginate(lines), second)
    copies, (difference,) = marked(pages)
    assert copies == [None] * 4 + [1, 2, 3, 4]
    assert (difference.page, difference.copy_of, difference.only_here) == (7, 3, ())
    assert lines[3 * LINES - 1].endswith(difference.only_there[0])


def test_page_numbers_and_column_numbers_are_no_differences():
    first, second = form(2024, 5), form(2024, 5)
    second[1].words += words_at("1 2 3 4 5", 40, 480)
    for number, page in enumerate([*first, *second], start=1):
        page.words += words_at(str(number), 300, 780)
    pages = numbered(first, second)
    assert marked(pages) == ([None] * 3 + [1, 2, 3], [])


def test_a_lone_page_that_differs_in_a_figure_or_in_its_place_is_no_copy():
    lines = sentences(8, 3 * LINES)
    again = lines[LINES : 2 * LINES]
    (name, figure), (other_name, other) = (again[at].rsplit(" ", 1) for at in (3, 20))
    again[3], again[20] = f"{name} {other}", f"{other_name} {figure}"
    assert copies_of(numbered(paginate(lines), paginate(again))) == [None] * 4
    again[3] = f"{name} {int(figure) + 1}"
    assert copies_of(numbered(paginate(lines), paginate(again))) == [None] * 4


def test_two_units_with_the_same_programmes_are_no_copies():
    """Words, codes and percentages agree on every page; one amount in ten lines does not."""
    names = [line.rsplit(" ", 1)[0] for line in sentences(7, 4 * LINES)]
    amounts = random.Random(1)

    def filling() -> list[Page]:
        lines = [f"1.02.{row} {name} 100" for row, name in enumerate(names)]
        return paginate(
            [f"{line} {amounts.randint(10, 999)}.000" if row % 10 == 0 else line for row, line in enumerate(lines)]
        )

    assert copies_of(numbered(filling(), filling())) == [None] * 8


def test_a_form_filled_in_for_another_year_is_no_copy_though_all_else_agrees():
    lines = sentences(14, 6 * LINES)
    again = list(lines)
    for row in (5, 65):
        lines[row], again[row] = lines[row] + " 2024", lines[row] + " 2025"
    pages = numbered(paginate(lines), paginate(again))
    assert copies_of(pages) == [None] * 12
    again[5] = lines[5]
    pages = numbered(paginate(lines), paginate(again))
    copies, differences = marked(pages)
    assert copies == [None] * 6 + [1, 2, 3, 4, 5, 6]
    assert [(d.only_here, d.only_there) for d in differences] == [(("2025",), ("2024",))]


def test_scans_are_left_to_those_who_know_how_surely_they_were_read():
    lines = sentences(1, 4 * LINES)
    scans = paginate(lines)
    for page in scans:
        for word in page.words:
            word.confidence = 0.998
    assert copies_of(numbered(scans, paginate(lines))) == [None] * 8


def test_many_pages_of_one_form_are_compared_in_little_time():
    names = [line.rsplit(" ", 1)[0] for line in sentences(7, 20)]
    dice = random.Random(5)
    pages = paginate([f"{name} {dice.randint(10_000, 99_999)}" for _ in range(600) for name in names], 20)
    start = time.process_time()
    assert copies_of(pages) == [None] * 600
    assert time.process_time() - start < 10


@pytest.mark.parametrize("length", [1, 2, 4])
def test_a_document_that_stands_in_its_file_four_times(length):
    lines = sentences(15, length * LINES)
    pages = numbered(*(paginate(lines) for _ in range(4)))
    assert marked(pages) == ([None] * length + list(range(1, length + 1)) * 3, [])


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
    pages = numbered(of_2024, of_2023)
    assert marked(pages) == ([None] * half + list(range(1, half + 1)) + [None] * len(of_2023), [])
