"""Words and boxes out of a PDF's text layer, against pdfplumber's and against a page drawn upright."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.pages.model import Page
from tests.tables.drawn import Sheet, draw, read, tables_of, texts_of, word_texts

TEXTS = ["Meningkatnya kualitas pelayanan", "2.975.040 Orang", "Rp 1.250.000,-", "(1 = 2 + 3)", "n/a"]
FONTS = ["Helvetica", "Times-Roman", "Courier", "Helvetica-Bold", "Times-Italic"]


def form(sheet: Sheet) -> None:
    """A small table with text beside it."""
    sheet.grid([100, 200, 300], [100, 120, 140])
    for x, y, text in ((105, 113, "Indikator"), (205, 113, "Target"), (105, 133, "Indeks SPBE"), (205, 133, "2,75")):
        sheet.text(x, y, text)
    sheet.text(100, 180, "Catatan di luar tabel")


def turned(path: Path, rotation: int) -> Path:
    """The form drawn lying down on a page whose rotate flag sets it upright again: it looks as without both."""
    width, height = 600.0, 400.0
    size = (width, height) if rotation == 180 else (height, width)
    canvas = Canvas(str(path), pagesize=size, invariant=True)
    shift = {90: (height, 0), 180: (width, height), 270: (0, width)}[rotation]
    canvas.translate(*shift)
    canvas.rotate({90: 90, 180: 180, 270: 270}[rotation])
    form(Sheet(canvas, height))
    canvas.showPage()
    canvas.save()
    with pdfium.PdfDocument(path) as document:
        document[0].set_rotation(rotation)
        turned_path = path.with_suffix(".turned.pdf")
        document.save(turned_path)
    return turned_path


def boxes_of(page: Page) -> list[tuple[str, list[float]]]:
    return [(word.text, [round(side, 1) for side in word.box]) for word in page.words]


def test_words_are_pdfplumbers(tmp_path):
    def sheet(page):
        for row, text in enumerate(TEXTS):
            for column, font in enumerate(FONTS):
                page.text(20 + 190 * column, 100 + 30 * row + 3 * column, text, font=font)

    path = draw(tmp_path / "kata.pdf", sheet, width=1000)
    (page,) = read(path)
    with pdfplumber.open(path) as document:
        theirs = document.pages[0].extract_words()
    assert sorted(word_texts(page)) == sorted(word["text"] for word in theirs)
    for word in page.words:
        alike = [one for one in theirs if one["text"] == word.text and abs(one["x0"] - word.box.x0) < 1.0]
        here = [one for one in alike if word.box.y0 < (one["top"] + one["bottom"]) / 2 < word.box.y1]
        assert len(here) == 1
        assert word.box.x1 == pytest.approx(here[0]["x1"], abs=1.0)


def test_bold_follows_the_font(tmp_path):
    def sheet(page):
        page.text(50, 100, "tebal", font="Helvetica-Bold")
        page.text(150, 100, "biasa", font="Helvetica")
        page.text(250, 100, "miring", font="Times-BoldItalic")

    (page,) = read(draw(tmp_path / "tebal.pdf", sheet))
    assert {word.text: word.bold for word in page.words} == {"tebal": True, "biasa": False, "miring": True}


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_rotated_pages_are_read_upright(tmp_path, rotation):
    (upright,) = read(draw(tmp_path / "tegak.pdf", form, width=600, height=400))
    (page,) = read(turned(tmp_path / f"putar-{rotation}.pdf", rotation))
    assert (page.width, page.height) == (600, 400)
    assert boxes_of(page) == boxes_of(upright)
    (table,), (expected,) = tables_of(page), tables_of(upright)
    assert texts_of(table) == texts_of(expected) == [["Indikator", "Target"], ["Indeks SPBE", "2,75"]]
    assert table.xs == pytest.approx(expected.xs, abs=0.1)
    assert table.ys == pytest.approx(expected.ys, abs=0.1)


def test_crop_box_moves_the_origin(tmp_path):
    path = draw(tmp_path / "utuh.pdf", form, width=600, height=400)
    (whole,) = read(path)
    with pdfium.PdfDocument(path) as document:
        document[0].set_cropbox(50, 30, 550, 390)
        document.save(tmp_path / "potong.pdf")
    (page,) = read(tmp_path / "potong.pdf")
    assert (page.width, page.height) == (500, 360)
    moved = [(text, [x0 - 50, y0 - 10, x1 - 50, y1 - 10]) for text, (x0, y0, x1, y1) in boxes_of(whole)]
    for (text, box), (other, expected) in zip(boxes_of(page), moved, strict=True):
        assert text == other
        assert box == pytest.approx(expected, abs=0.15)
    assert texts_of(tables_of(page)[0])[1] == ["Indeks SPBE", "2,75"]


def test_invisible_text_is_kept_but_marked(tmp_path):
    def sheet(page):
        page.text(50, 100, "tampak")
        page.text(50, 120, "samar", mode=3)

    (page,) = read(draw(tmp_path / "samar.pdf", sheet))
    assert {word.text: word.visible for word in page.words} == {"tampak": True, "samar": False}


def test_text_outside_its_clip_path_is_marked(tmp_path):
    def sheet(page):
        with page.clipped(40, 90, 200, 110):
            page.text(50, 103, "dalam")
            page.text(50, 143, "luar")
        page.text(50, 163, "bebas")

    (page,) = read(draw(tmp_path / "klip.pdf", sheet))
    assert {word.text: word.visible for word in page.words} == {"dalam": True, "luar": False, "bebas": True}


def test_invisible_words_are_in_no_cell(tmp_path):
    def sheet(page):
        form(page)
        page.text(150, 133, "999", mode=3)

    (page,) = read(draw(tmp_path / "sel.pdf", sheet))
    assert texts_of(tables_of(page)[0]) == [["Indikator", "Target"], ["Indeks SPBE", "2,75"]]


def test_hyphen_at_line_end_is_kept_and_known(tmp_path):
    def sheet(page):
        text = page.canvas.beginText(50, 700)
        text.setFont("Helvetica", 10)
        text.textLine("Peraturan tentang Undang-")
        text.textLine("Undang Dasar per-tahun")
        page.canvas.drawText(text)

    (page,) = read(draw(tmp_path / "setrip.pdf", sheet))
    assert word_texts(page) == ["Peraturan", "tentang", "Undang-", "Undang", "Dasar", "per-tahun"]
    assert [word.text for word in page.words if word.hyphenated] == ["Undang-"]
    first, second = page.words[2], page.words[3]
    assert first.box.y1 <= second.box.y0 + 3


def test_pages_count_from_one_and_keep_their_order(tmp_path):
    def sheet(text):
        return lambda page: page.text(50, 100, text)

    pages = read(draw(tmp_path / "halaman.pdf", sheet("satu"), sheet("dua"), sheet("tiga")))
    assert [(page.number, word_texts(page)) for page in pages] == [(1, ["satu"]), (2, ["dua"]), (3, ["tiga"])]


def test_drawing_inside_a_form_object_is_placed_where_it_is_used(tmp_path):
    def sheet(page):
        page.canvas.beginForm("kisi")
        page.grid([0, 100, 200], [760, 780, 800])
        page.canvas.endForm()
        page.canvas.translate(100, 100)
        page.canvas.doForm("kisi")

    (page,) = read(draw(tmp_path / "formulir.pdf", sheet))
    assert sorted({round(rule.position) for rule in page.rules if rule.vertical}) == [100, 200, 300]
    assert sorted({round(rule.position) for rule in page.rules if not rule.vertical}) == [660, 680, 700]


def spaced(page: Sheet, x: float, y: float, *pieces: str, gap: float) -> None:
    """One text object whose pieces are set apart by `gap` points, without a blank character."""
    page.canvas.setFont("Helvetica", 9)
    text = page.canvas.beginText(x, page.height - y)
    parts = f" {-gap / 9 * 1000:.0f} ".join(f"({piece})" for piece in pieces)
    text._code.append(f"[{parts}] TJ")
    page.canvas.drawText(text)


def test_letters_set_apart_are_one_word_where_the_page_has_blanks(tmp_path):
    def sheet(page):
        for row in range(6):
            spaced(page, 50, 100 + 20 * row, "Progra", "m Pe", "ni", "ngka", "ta", "n", gap=1.3)

    (page,) = read(draw(tmp_path / "renggang.pdf", sheet))
    assert word_texts(page) == ["Program", "Peningkatan"] * 6
    assert page.words[0].box.x0 == pytest.approx(50, abs=0.5)


def test_gaps_are_blanks_where_the_page_has_no_others(tmp_path):
    def sheet(page):
        for row in range(6):
            spaced(page, 50, 100 + 20 * row, "di", "ke", "Dinas", gap=2.6)

    (page,) = read(draw(tmp_path / "tanpa-spasi.pdf", sheet))
    assert word_texts(page) == ["di", "ke", "Dinas"] * 6
