"""What is stored on a page and not seen, told from what is seen: clips, form objects, text printed in pieces."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.pages.model import Page
from pipeline.pages.pdfium import read_page
from tests.forms.reading import read

Draw = Callable[[Canvas], None]
SIZE = (595, 842)


def write(path: Path, *pages: Draw) -> Path:
    canvas = Canvas(str(path), SIZE, invariant=True)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def unmapped(canvas: Canvas, x: float, y: float, text: str) -> None:
    """Text in a font that has no glyph for U+0001; reportlab brings the font along."""
    if "Vera" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    canvas.setFont("Vera", 12)
    canvas.drawString(x, y, text)


def page_of(path: Path, draw: Draw) -> Page:
    with pdfium.PdfDocument(write(path, draw)) as document:
        return read_page(document, 0)


def shown(page: Page) -> dict[str, bool]:
    return {word.text: word.visible for word in page.words}


def clipped(canvas: Canvas, box: tuple[float, float, float, float], texts: list[tuple[float, float, str]]) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(*box)
    canvas.clipPath(path, stroke=0, fill=0)
    for x, y, text in texts:
        canvas.drawString(x, y, text)
    canvas.restoreState()


def test_text_outside_its_clip_is_not_seen(tmp_path: Path) -> None:
    page = page_of(
        tmp_path / "k.pdf", lambda c: clipped(c, (90, 690, 80, 30), [(100, 700, "dalam"), (300, 700, "luar")])
    )
    assert shown(page) == {"dalam": True, "luar": False}


@pytest.mark.parametrize("scale", [(2.0, 2.0), (0.5, 3.0)])
def test_a_clip_in_a_form_object_is_measured_in_the_form(tmp_path: Path, scale: tuple[float, float]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("lampiran", 0, 0, 400, 400)
        clipped(canvas, (40, 40, 60, 20), [(45, 45, "150.000"), (200, 45, "tertutup")])
        canvas.endForm()
        canvas.saveState()
        canvas.translate(20, 60)
        canvas.scale(*scale)
        canvas.doForm("lampiran")
        canvas.restoreState()

    assert shown(page_of(tmp_path / "f.pdf", draw)) == {"150.000": True, "tertutup": False}


def test_the_clip_of_a_form_object_holds_for_what_is_in_it(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("lampiran", 0, 0, 400, 400)
        canvas.drawString(20, 20, "tampak")
        canvas.drawString(20, 300, "terpotong")
        canvas.endForm()
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(0, 0, 300, 200)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.doForm("lampiran")
        canvas.restoreState()

    assert shown(page_of(tmp_path / "f.pdf", draw)) == {"tampak": True, "terpotong": False}


@pytest.mark.parametrize("seen_first", [True, False])
def test_text_that_is_printed_in_clipped_pieces_is_one_text_and_seen(tmp_path: Path, seen_first: bool) -> None:
    boxes = [(90, 690, 200, 30), (90, 500, 200, 30)]

    def draw(canvas: Canvas) -> None:
        for box in boxes if seen_first else reversed(boxes):
            clipped(canvas, box, [(100, 700, "1.275.000.000")])

    page = page_of(tmp_path / "p.pdf", draw)
    assert [(word.text, word.visible, word.bold) for word in page.words] == [("1.275.000.000", True, False)]


def test_one_finding_for_a_hidden_footer_of_many_pages(tmp_path: Path) -> None:
    def draw(number: int) -> Draw:
        def page(canvas: Canvas) -> None:
            canvas.drawString(72, 700, f"Uraian yang terlihat di lembar {number}")
            clipped(canvas, (0, 0, 5, 5), [(72, 40, f"Rencana lama {number}")])

        return page

    found = read(write(tmp_path / "k.pdf", *(draw(number) for number in (1, 2, 3)))).table("temuan").to_pylist()
    (hidden,) = [row for row in found if row["kode"] == "TEKS_TERSEMBUNYI"]
    assert (hidden["halaman"], hidden["nilai"]) == (1, "Rencana lama 1")
    assert "halaman 1, 2, 3;" in hidden["pesan"]


def test_a_character_without_a_letter_shifts_no_other(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        unmapped(canvas, 50, 700, "Uraian \x01 arsip")
        unmapped(canvas, 300, 700, "38.250.000")
        unmapped(canvas, 450, 700, "1\x0112")

    words = {word.text: word.box for word in page_of(tmp_path / "n.pdf", draw).words}
    assert set(words) == {"Uraian", "\ufffd", "arsip", "38.250.000", "1\ufffd12"}
    assert words["38.250.000"].x0 == pytest.approx(300, abs=1)
    assert words["arsip"].x0 > words["Uraian"].x1


def test_words_with_letters_that_are_not_known_are_told(tmp_path: Path) -> None:
    path = write(tmp_path / "h.pdf", lambda canvas: unmapped(canvas, 50, 700, "Rencana kerja ta\x01un ini"))
    found = read(path).table("temuan").to_pylist()
    (told,) = [row for row in found if row["kode"] == "HURUF_TAK_TERBACA"]
    assert (told["jenis"], told["halaman"]) == ("pembacaan", 1)
    assert "ta\ufffdun" in told["pesan"]
    assert told["bukti"]
