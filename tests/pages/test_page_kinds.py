"""What kind a page is, and which pages have to be read from their picture, whatever their text layer says."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

from pipeline.pages.image import Pixels
from pipeline.pages.kinds import settle_kind
from pipeline.pages.language import is_no_language
from pipeline.pages.model import Box, Page, Word
from pipeline.pages.ocr_need import joined, large_pictures, needs_ocr, read_scans
from pipeline.pages.ocr_pictures import covers_page
from pipeline.pages.pdfium import read_page
from pipeline.pages.upright import quarter_turned
from tests.pages.scans import COLUMNS, HEADING, HEIGHT, ROWS, TEXTS, WIDTH, grainy, table_sheet

PLAIN = Box(0, 0, WIDTH, HEIGHT)
SIGNED = "Dokumen ini telah ditandatangani secara elektronik dengan sertifikat dari balai sertifikasi"
FIGURE = "2.766.014.900"
Write = Callable[[Canvas], None]


def pdf(write: Write, size: tuple[float, float] = (WIDTH, HEIGHT)) -> pdfium.PdfDocument:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=True)
    write(canvas)
    canvas.showPage()
    canvas.save()
    return pdfium.PdfDocument(buffer.getvalue())


def first_page(document: pdfium.PdfDocument) -> Page:
    page = read_page(document, 0)
    settle_kind(page)
    return page


def put(canvas: Canvas, pixels: Pixels, box: Box, height: float = HEIGHT) -> None:
    picture = ImageReader(Image.fromarray(pixels))
    canvas.drawImage(picture, box.x0, height - box.y1, box.width, box.height)


def type_table(canvas: Canvas, font: str = "Helvetica") -> None:
    canvas.setFont(font, 9)
    canvas.drawString(40, HEIGHT - 40, HEADING)
    for y, row in zip(ROWS, TEXTS, strict=False):
        for x, text in zip(COLUMNS, row, strict=False):
            canvas.drawString(x + 5, HEIGHT - y - 16, text)


def sign(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 6)
    canvas.drawString(40, 8, SIGNED)


def draw_outlines(canvas: Canvas, scale: float = 6.0) -> None:
    """The drawn table with every letter and rule as a filled shape."""
    with pdf(type_table) as document:
        shown = document[0].render(scale=scale, grayscale=True).to_numpy()
    ink = (np.asarray(shown, dtype=np.uint8).reshape(shown.shape[:2]) < 128).astype(np.uint8)
    contours, _ = cv2.findContours(ink, cv2.RETR_LIST, cv2.CHAIN_APPROX_TC89_L1)
    for contour in (contour[:, 0, :] / scale for contour in contours):
        path = canvas.beginPath()
        path.moveTo(contour[0][0], HEIGHT - contour[0][1])
        for x, y in contour[1:]:
            path.lineTo(x, HEIGHT - y)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)


def texts(page: Page) -> list[str]:
    return [word.text for word in page.words if word.visible]


def test_a_page_without_anything_is_blank() -> None:
    with pdf(lambda canvas: None) as document:
        page = first_page(document)
    assert page.kind == "kosong"
    assert not needs_ocr(page)


def test_letters_drawn_as_shapes_are_read_from_the_picture() -> None:
    with pdf(draw_outlines) as document:
        page = first_page(document)
        assert (page.words, page.images, page.kind) == ([], [], "pindai")
        (read,) = read_scans(document, [page])
    assert FIGURE in texts(read)
    assert "Pemeliharaan" in texts(read)


def test_shapes_under_words_are_ornaments() -> None:
    shapes = [Box(40 + 3 * i, 30, 42 + 3 * i, 36) for i in range(100)]
    words = [Word(f"kata{i}", Box(40 + 30 * i, 28, 70 + 30 * i, 38)) for i in range(10)]
    assert not needs_ocr(Page(1, WIDTH, HEIGHT, words=words, outlines=shapes))
    assert needs_ocr(Page(1, WIDTH, HEIGHT, words=words[:2], outlines=shapes))


@pytest.mark.parametrize("quarter", [pytest.param(0, marks=pytest.mark.long), 90])
def test_a_scan_is_read_though_a_signing_service_printed_on_it(quarter: int) -> None:
    scan = quarter_turned(grainy(table_sheet().picture(), 6), quarter)
    width, height = scan.size

    def write(canvas: Canvas) -> None:
        put(canvas, scan.pixels, Box(0, 0, width, height), height)
        sign(canvas)

    with pdf(write, (width, height)) as document:
        page = first_page(document)
        assert len(page.words) > 10
        (read,) = read_scans(document, [page])
    assert read.kind == "campuran"
    assert read.orientation == (360 - quarter) % 360
    assert FIGURE in texts(read)
    assert [text for text in texts(read) if text in SIGNED.split()] == SIGNED.split()
    stamped = next(word for word in read.words if word.text == "Dokumen")
    place = (WIDTH - 8, HEIGHT - 40) if quarter else (40, HEIGHT - 8)  # the foot of a page on its side is at the right
    assert stamped.box.x0 - 8 <= place[0] <= stamped.box.x1 + 8
    assert stamped.box.y0 - 30 <= place[1] <= stamped.box.y1 + 30


def test_text_under_a_scan_is_its_layer() -> None:
    def write(canvas: Canvas) -> None:
        type_table(canvas)
        put(canvas, table_sheet().picture().pixels, PLAIN)
        sign(canvas)

    with pdf(write) as document:
        page = first_page(document)
    assert (page.kind, page.engine) == ("campuran", "lapisan-teks")
    assert FIGURE in texts(page)
    assert "Dokumen" in texts(page)


def test_text_on_a_background_stays_as_it_is() -> None:
    def write(canvas: Canvas) -> None:
        shade = np.tile(np.linspace(180, 250, 800).astype(np.uint8), (600, 1))
        put(canvas, shade, PLAIN)
        type_table(canvas)

    with pdf(write) as document:
        page = first_page(document)
        (read,) = read_scans(document, [page])
    assert page.kind == "teks"
    assert read is page


def test_a_blank_scan_is_a_blank_page() -> None:
    noise = np.random.default_rng(3).normal(235, 9, (600, 840))
    with pdf(lambda canvas: put(canvas, np.clip(noise, 0, 255).astype(np.uint8), PLAIN)) as document:
        page = first_page(document)
        assert page.kind == "pindai"
        (read,) = read_scans(document, [page])
    assert (read.kind, read.words, read.doubts) == ("kosong", [], [])


def test_strips_and_tiles_are_one_picture() -> None:
    strips = [Box(50, 100 + 12 * i, 370, 112 + 12 * i) for i in range(15)]
    tiles = [Box(80 * i, 60 * j, 80 * i + 80, 60 * j + 60) for i in range(5) for j in range(5)]
    assert joined(strips) == [Box(50, 100, 370, 280)]
    assert joined(tiles) == [Box(0, 0, 400, 300)]
    apart = [Box(10, 10, 60, 60), Box(100, 10, 150, 60)]
    assert sorted(joined(apart)) == apart
    page = Page(1, WIDTH, HEIGHT, images=strips)
    assert large_pictures(page) == [Box(50, 100, 370, 280)]
    assert not covers_page(page)
    assert covers_page(Page(1, WIDTH, HEIGHT, images=tiles))


@pytest.mark.parametrize("far", [0xE000, 7], ids=["private", "shifted"])
def test_fonts_that_do_not_say_their_letters_are_not_believed(far: int, monkeypatch: pytest.MonkeyPatch) -> None:
    told = ttfonts.makeToUnicodeCMap
    monkeypatch.setattr(ttfonts, "makeToUnicodeCMap", lambda name, codes: told(name, [code + far for code in codes]))
    pdfmetrics.registerFont(ttfonts.TTFont("Vera", "Vera.ttf"))
    with pdf(lambda canvas: type_table(canvas, "Vera")) as document:
        page = first_page(document)
        assert FIGURE not in texts(page)
        assert needs_ocr(page)
        (read,) = read_scans(document, [page])
    assert FIGURE in texts(read)


def test_a_page_of_figures_is_suspected_and_believed() -> None:
    def write(canvas: Canvas) -> None:
        for i in range(24):
            canvas.drawString(40 + 90 * (i % 4), HEIGHT - 40 - 30 * (i // 4), f"{i + 1}.{737 - 11 * i}.{250 + i}")

    with pdf(write) as document:
        page = first_page(document)
        assert is_no_language(page.words)
        (read,) = read_scans(document, [page])
    assert read is page


def test_plans_are_a_language(tmp_path: Path) -> None:
    with pdf(type_table) as document:
        words = first_page(document).words
    assert not is_no_language(words)
    assert is_no_language([Word("x" + word.text[::-1], word.box) for word in words])
