"""Scanned pages read into words, whichever way they lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from pipeline.pages.image import Picture
from pipeline.pages.lines import group_lines
from pipeline.pages.model import Box, Page, Word
from pipeline.pages.ocr import Readings, read_picture
from pipeline.pages.ocr_engine import Glyph, find_lines
from pipeline.pages.ocr_gaps import fill_gaps
from pipeline.pages.ocr_specks import without_specks
from pipeline.pages.ocr_words import parted, read_lines, split_at, words_of
from pipeline.pages.rules_in_image import find_rules
from pipeline.pages.upright import quarter_turned
from tests.pages.scans import COLUMNS, HEADING, ROWS, TEXTS, Sheet, grainy, scanned_page, table_sheet, tilted


def cells(page: Page) -> list[tuple[str, ...]]:
    """The texts of the drawn table's cells, row by row."""
    return [tuple(_text(page, Box(x0, y0, x1, y1)) for x0, x1 in pairwise(COLUMNS)) for y0, y1 in pairwise(ROWS)]


def _text(page: Page, box: Box) -> str:
    inside = [w for w in page.words if box.x0 <= w.box.center[0] <= box.x1 and box.y0 <= w.box.center[1] <= box.y1]
    return " ".join(line.text for line in group_lines(inside, page.number))


def glyphs(text: str, scores: Sequence[float] = ()) -> list[Glyph]:
    known = list(scores) or [0.999] * len(text)
    return [Glyph(c, (i + 0.5) / len(text), known[i]) for i, c in enumerate(text)]


@pytest.mark.parametrize(("quarter", "skew"), [(0, 1.1), (90, 0.0), (180, -0.6), (270, 0.0)])
def test_a_table_is_read_whichever_way_it_lies(quarter: int, skew: float) -> None:
    picture = quarter_turned(tilted(grainy(table_sheet().picture(), 8), skew), quarter)
    page = read_picture(picture, scanned_page(picture))
    assert cells(page) == [*TEXTS]
    assert _text(page, Box(0, 0, page.width, ROWS[0])) == HEADING
    assert (page.kind, page.engine, page.orientation) == ("pindai", "rapidocr", -quarter % 360)
    assert (page.width, page.height) == pytest.approx((420, 300), abs=1)
    assert page.skew == pytest.approx(-skew, abs=0.1)
    assert page.doubts == []
    assert all(0.5 < word.confidence < 1 for word in page.words)
    figure = next(word for word in page.words if word.text == "2.766.014.900")
    assert figure.box.x0 == pytest.approx(COLUMNS[3] + 5, abs=3)
    assert figure.box.y0 < ROWS[1] + 16 < figure.box.y1 + 2


def test_a_blank_page_has_no_words() -> None:
    picture = Sheet().picture()
    page = read_picture(picture, scanned_page(picture))
    assert (page.words, page.rules, page.doubts) == ([], [], [])


def _read_without(picture: Picture, missed: Box) -> tuple[list[str], list[str]]:
    """The words and the doubts where the finder of lines has missed what lies in a box."""
    ruling = find_rules(picture)
    found = [box for box in find_lines(ruling.clean) if not box.overlap(missed)]
    filled = fill_gaps(ruling.clean, read_lines(ruling.clean, found, ruling.rules), ruling.rules)
    return [w.text for line in filled.lines for w in line.words], [doubt.text for doubt in filled.doubts]


def test_a_lone_digit_that_was_missed_is_read_after_all() -> None:
    words, doubts = _read_without(table_sheet().picture(), Box(COLUMNS[3], ROWS[3], COLUMNS[4], ROWS[4]))
    assert "4" in words
    assert doubts == []


def test_ink_in_a_cell_that_cannot_be_read_is_a_doubt() -> None:
    sheet = table_sheet()
    for step in range(4):  # a scribble
        sheet.line(370 + 2 * step, 170 + (step % 2) * 8, 372 + 2 * step, 178 - (step % 2) * 8, width=1.5)
    picture = sheet.picture()
    box = Box(COLUMNS[3] + 30, ROWS[3], COLUMNS[4], ROWS[4])
    words, doubts = _read_without(picture, box)
    assert len(words) + len(doubts) > len(_read_without(table_sheet().picture(), box)[0])


def test_lines_over_a_rule_are_two() -> None:
    fences = find_rules(table_sheet().picture()).rules
    row = Box(COLUMNS[2] - 30, ROWS[1] + 8, COLUMNS[2] + 40, ROWS[1] + 18)
    assert [piece.x1 for piece in split_at(row, [f for f in fences if f.vertical])] == pytest.approx(
        [COLUMNS[2], row.x1], abs=1
    )


def test_a_word_is_as_sure_as_its_worst_character() -> None:
    words = list(words_of(glyphs("- Dana 25", [0.4, 0.3, 0.9, 0.95, 0.99, 0.98, 0.2, 1.0, 0.97]), Box(0, 0, 90, 10)))
    assert [(word.text, word.confidence) for word in words] == [("-", 0.4), ("Dana", 0.9), ("25", 0.97)]
    assert words[1].box.x0 == pytest.approx(20, abs=1)
    assert words[1].box.x1 == pytest.approx(60, abs=1)


def test_foreign_characters_are_left_out_and_wide_marks_made_plain() -> None:
    assert [word.text for word in words_of(glyphs("當 Dana： 1。250"), Box(0, 0, 90, 10))] == ["Dana:", "1.250"]


def _set(text: str, size: float = 12.0) -> list[Glyph]:
    """The characters of a line set from 10 points on, over 200 points, its blanks left out."""
    places = [
        (c, 10 + stringWidth(text[:i], "Helvetica", size), stringWidth(c, "Helvetica", size))
        for i, c in enumerate(text)
    ]
    return [Glyph(c, (left + width / 2) / 200, 0.99) for c, left, width in places if c != " "]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Gaji Pegawai", "Gaji Pegawai"),
        ("Tahun 2025", "Tahun 2025"),
        ("12 500", "12500"),
        ("Kepegawaian", "Kepegawaian"),
    ],
)
def test_blanks_that_were_left_out_are_put_back_beside_letters_only(printed: str, read: str) -> None:
    sheet = Sheet(200, 30)
    sheet.text(10, 20, printed, size=12)
    pixels = sheet.picture().pixels[20:66]  # the line itself, as the finder of lines would cut it out
    assert "".join(glyph.text for glyph in parted(_set(printed), pixels)) == read


def test_accents_are_the_recognisers_own() -> None:
    assert [word.text for word in words_of(glyphs("Dána ASÑ"), Box(0, 0, 90, 10))] == ["Dana", "ASN"]


def test_specks_go_and_points_stay() -> None:
    sheet = table_sheet()
    for x in range(80, 240, 20):
        sheet.line(x, 230, x + 1, 230, width=1)  # dust under the table
    picture = sheet.picture()
    clean = without_specks(picture)
    dust = slice(int(226 * picture.scale), int(234 * picture.scale))
    assert (picture.pixels[dust] < 128).any()
    assert (clean.pixels[dust] > 200).all()
    page = read_picture(clean, scanned_page(clean))
    assert "2.766.014.900" in [word.text for word in page.words]


def test_a_scan_that_stands_twice_in_a_file_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def counted(picture: Picture, page: Page) -> Page:
        read.append(page.number)
        return replace(page, words=[Word("Rencana", Box(10, 10, 60, 20), confidence=0.9)])

    monkeypatch.setattr("pipeline.pages.ocr.read_picture", counted)
    one, other = table_sheet().picture(), grainy(table_sheet().picture(), 5)
    readings = Readings()
    pages = [readings.of(picture, Page(n, 420, 300)) for n, picture in enumerate((one, other, one), start=1)]

    assert read == [1, 2]
    assert [page.number for page in pages] == [1, 2, 3]
    assert pages[0].words[0] is not pages[2].words[0]
    assert pages[2].words[0].text == "Rencana"
