"""A page and its scan are copies; two fillings of one form are not."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from pipeline.pages.model import Box, Page, Word
from pipeline.pages.scanned_copies import mark_scanned_copies

FORM = ("Urusan", "Bidang", "Program", "Kegiatan", "Indikator", "Target", "Satuan", "Pagu", "Lokasi", "Keterangan")
NAMES = ("gaji", "pegawai", "gedung", "kantor", "rapat", "listrik", "bahan", "cetak", "mutasi", "promosi", "merit")


def texts(seed: int) -> list[str]:
    """A page of a form: its own words, then names and figures of this filling."""
    own = random.Random(seed)
    found = list(FORM)
    for _ in range(25):
        found += [own.choice(NAMES) + str(seed), own.choice(NAMES), f"{own.randint(1, 99)}.{own.randint(100, 999)}.000"]
    return found


def page(number: int, words: Sequence[str], confidence: float = 1.0) -> Page:
    """A page of these words; those of a scan in another order."""
    shown = [Word(text, Box(0, 0, 10, 10), confidence=confidence) for text in words]
    if confidence < 1:
        random.Random(number).shuffle(shown)
    return Page(number, 600, 800, words=shown)


def marks(pages: Sequence[Page]) -> list[int | None]:
    return [one.copy_of for one in pages]


def test_the_scan_of_a_page_of_text_is_its_copy_wherever_it_stands() -> None:
    behind = [page(n, texts(n)) for n in (1, 2, 3)] + [page(n + 3, texts(n), 0.998) for n in (1, 2, 3)]
    assert mark_scanned_copies(behind) == []
    assert marks(behind) == [None, None, None, 1, 2, 3]
    before = [page(n, texts(n), 0.998) for n in (1, 2)] + [page(n + 2, texts(n)) for n in (1, 2)]
    mark_scanned_copies(before)
    assert marks(before) == [3, 4, None, None]
    assert before[0].similarity == pytest.approx(1.0)


def test_of_two_scans_the_surer_one_is_kept() -> None:
    pages = [page(n, texts(n), 0.95) for n in (1, 2)] + [page(n + 2, texts(n), 0.999) for n in (1, 2)]
    mark_scanned_copies(pages)
    assert marks(pages) == [3, 4, None, None]


def test_fillings_of_one_form_are_no_copies() -> None:
    pages = [page(n, texts(n), 0.999) for n in range(1, 7)]
    mark_scanned_copies(pages)
    assert marks(pages) == [None] * 6


def test_a_page_that_differs_in_one_figure_is_no_copy() -> None:
    changed = texts(1)
    changed[-1] = "7.777.000"
    pages = [page(1, texts(1)), page(2, changed, 0.999)]
    mark_scanned_copies(pages)
    assert marks(pages) == [None, None]


def test_a_figure_that_differs_within_a_copied_document_is_told() -> None:
    changed = texts(2)
    printed, changed[-1] = changed[-1], "7.777.000"
    pages = [page(n, texts(n)) for n in (1, 2, 3)]
    pages += [page(4, texts(1), 0.999), page(5, changed, 0.999), page(6, texts(3), 0.999)]
    (difference,) = mark_scanned_copies(pages)
    assert marks(pages) == [None, None, None, 1, 2, 3]
    assert (difference.page, difference.copy_of) == (5, 2)
    assert (difference.only_here, difference.only_there) == (("7.777.000",), (printed,))


def test_letters_misread_and_figures_not_sure_do_not_hide_a_copy() -> None:
    read = [text.replace("m", "rn") if index % 25 == 0 else text for index, text in enumerate(texts(1))]
    scan = page(2, read, 0.999)
    doubtful = next(word for word in scan.words if word.text.endswith(".000"))
    doubtful.text, doubtful.confidence = "1.000.000", 0.6
    pages = [page(1, texts(1)), scan]
    (difference,) = mark_scanned_copies(pages)
    assert marks(pages) == [None, 1]
    assert difference.only_here == ("1.000.000",)


def test_pages_of_text_alone_are_left_to_others() -> None:
    pages = [page(1, texts(1)), page(2, texts(1))]
    mark_scanned_copies(pages)
    assert marks(pages) == [None, None]


def test_copies_of_a_page_that_is_scanned_twice_name_the_text() -> None:
    pages = [page(n, texts(n), 0.95) for n in (1, 2)] + [page(n + 2, texts(n), 0.999) for n in (1, 2)]
    pages += [page(n + 4, texts(n)) for n in (1, 2)]
    mark_scanned_copies(pages)
    assert marks(pages) == [5, 6, 5, 6, None, None]


def test_no_copy_names_a_page_that_is_a_copy_itself() -> None:
    pages = [page(place * 2 + n, texts(n), 0.95 + place / 100) for place in range(3) for n in (1, 2)]
    mark_scanned_copies(pages)
    assert marks(pages) == [5, 6, 5, 6, None, None]


def test_pages_that_alternate_with_their_scans() -> None:
    pages = [page(2 * n - 1 + scan, texts(n), 0.998 if scan else 1.0) for n in (1, 2, 3) for scan in (0, 1)]
    changed = next(word for word in pages[3].words if word.text.endswith(".000"))
    changed.text = "7.777.000"
    (difference,) = mark_scanned_copies(pages)
    assert marks(pages) == [None, 1, None, 3, None, 5]
    assert difference.page == 4
    assert difference.only_here == ("7.777.000",)
