"""Text layers over scans, sound and unsound, and tables that are pictures on a page of text."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.pages.garbage import compare_with_picture
from pipeline.pages.image import MOST_PIXELS, Picture, draw_page
from pipeline.pages.kinds import settle_kind
from pipeline.pages.language import layer_is_garbage
from pipeline.pages.model import Box, Page, Word
from pipeline.pages.ocr_layer import keep_layer
from pipeline.pages.ocr_need import LAYER, needs_ocr, read_scans
from pipeline.pages.ocr_pictures import is_figure, shows_lines
from pipeline.pages.pdfium import read_page
from pipeline.pages.upright import quarter_turned
from tests.pages.scans import COLUMNS, HEADING, HEIGHT, ROWS, TEXTS, WIDTH, table_sheet, tilted

NOISE = "|gli l$r ii! FiI Fi lr iirl' ilfri iF-5 r$u lir flrl iE-t p$e siE l$r irI ET' !6A E"


def layer(**changed: str) -> list[Word]:
    """The drawn table as a text layer; `changed` maps texts to what the layer says in their place."""
    words = [Word(text, Box(40 + 25 * i, 30, 62 + 25 * i, 42)) for i, text in enumerate(HEADING.split())]
    for y, row in zip(ROWS, TEXTS, strict=False):
        for x, text in zip(COLUMNS, row, strict=False):
            shown = changed.get(f"_{text}", text)
            words.append(Word(shown, Box(x + 4, y + 7, x + 6 + 5.6 * len(text), y + 19)))
    return words


def layered(words: list[Word]) -> Page:
    return Page(1, WIDTH, HEIGHT, words=words, kind="campuran", engine=LAYER)


def test_noise_is_no_language_and_plans_are() -> None:
    assert layer_is_garbage([Word(text, Box(0, 0, 1, 1)) for text in NOISE.split()])
    assert not layer_is_garbage(layer())
    assert layer_is_garbage([Word("12", Box(0, 0, 1, 1))])


def test_a_sound_layer_is_kept_with_the_rules_of_the_picture() -> None:
    page = keep_layer(table_sheet().picture(), layered(layer()))
    assert page is not None
    assert (page.kind, page.engine) == ("campuran", LAYER)
    assert [word.text for word in page.words] == [word.text for word in layer()]
    assert {word.confidence for word in page.words} == {1.0}
    assert len([rule for rule in page.rules if rule.vertical]) == len(COLUMNS)


def test_a_figure_that_the_picture_contradicts_is_not_trusted() -> None:
    words = layer(**{"_45.200.000": "45.800.000"})
    page = keep_layer(table_sheet().picture(), layered(words))
    assert page is not None
    assert [word.text for word in page.words if word.confidence == 0] == ["45.800.000"]


def test_a_layer_with_many_wrong_figures_is_unsound() -> None:
    words = layer(**{"_45.200.000": "45.800.000", "_2.766.014.900": "2.768.014.900"})
    comparison = compare_with_picture(words, table_sheet().picture())
    assert (comparison.looked_at, len(comparison.differing)) == (6, 2)
    assert keep_layer(table_sheet().picture(), layered(words)) is None


def test_the_layer_of_a_page_on_its_side_is_not_kept() -> None:
    assert keep_layer(quarter_turned(table_sheet().picture(), 90), layered(layer())) is None


def test_the_words_of_a_skewed_layer_stand_straight() -> None:
    page = keep_layer(tilted(table_sheet().picture(), 1.0), layered(layer()))
    assert page is not None
    assert page.skew == pytest.approx(-1.0, abs=0.1)
    heights = [word.box.height for word in page.words]
    assert max(heights) == pytest.approx(12, abs=0.01)


def pasted(path: Path, place: Box, tilt: float = 0.0) -> Page:
    """The page, read, of a file with four words and the drawn table as a picture; its rows show in the upper part."""
    sheet = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=True)
    sheet.drawString(40, HEIGHT - 20, "Tabel di bawah ini")
    picture = tilted(table_sheet().picture(), tilt)
    box = Box(0, 50, WIDTH, 205)
    sheet.drawImage(ImageReader(Image.fromarray(picture.crop(box))), place.x0, HEIGHT - place.y1, *box_size(place))
    sheet.save()
    with pdfium.PdfDocument(path) as document:
        page = read_page(document, 0)
        settle_kind(page)
        (read,) = read_scans(document, [page])
    return read


def box_size(box: Box) -> tuple[float, float]:
    return box.width, box.height


@pytest.mark.parametrize("tilt", [pytest.param(0.0, marks=pytest.mark.long), 1.2])
def test_a_table_pasted_as_a_picture_is_read_beside_the_text(tilt: float, tmp_path: Path) -> None:
    place = Box(20, 60, 380, 193)
    read = pasted(tmp_path / "tempel.pdf", place, tilt)
    assert (read.kind, read.engine) == ("campuran", "rapidocr")
    assert [word.text for word in read.words[:4]] == ["Tabel", "di", "bawah", "ini"]
    figure = next(word for word in read.words if word.text == "2.766.014.900")
    assert place.x0 + 310 * 360 / 420 < figure.box.center[0] < place.x1
    assert len([rule for rule in read.rules if rule.vertical]) == len(COLUMNS)


def test_a_picture_without_writing_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "foto.pdf"
    sheet = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=True)
    sheet.drawString(40, HEIGHT - 20, "Gambar di bawah ini adalah foto")
    spots = np.random.default_rng(5).integers(0, 255, (30, 40), dtype=np.uint8)
    sheet.drawImage(ImageReader(Image.fromarray(spots).resize((800, 600))), 40, 40, 300, 200)
    sheet.save()
    with pdfium.PdfDocument(path) as document:
        page = read_page(document, 0)
        settle_kind(page)
        assert needs_ocr(page)
        (read,) = read_scans(document, [page])
    assert read is page


def pages_with_a_picture(path: Path, count: int, caption: str = "Isi halaman") -> list[Page]:
    """The pages, read, of a file whose pages all show the drawn table as a picture, a line of text above it."""
    sheet = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=True)
    picture = ImageReader(Image.fromarray(table_sheet().picture().crop(Box(0, 50, WIDTH, 205))))
    for _ in range(count):
        sheet.drawString(40, HEIGHT - 40, caption)
        sheet.drawImage(picture, 20, 60, 360, 133)
        sheet.showPage()
    sheet.save()
    with pdfium.PdfDocument(path) as document:
        pages = [read_page(document, index) for index in range(count)]
        for page in pages:
            settle_kind(page)
        return read_scans(document, pages)


def test_a_picture_on_three_pages_is_a_letterhead_and_not_read(tmp_path: Path) -> None:
    assert {page.engine for page in pages_with_a_picture(tmp_path / "kop.pdf", 3)} == {"pdfium"}


def test_a_table_that_is_called_a_figure_is_read_all_the_same(tmp_path: Path) -> None:
    (page,) = pages_with_a_picture(tmp_path / "gambar.pdf", 1, "Gambar 2.1 Target")
    assert page.engine == "rapidocr"


def diagram() -> Picture:
    """Boxes with writing that stand anywhere."""
    pixels = np.full((900, 1200), 255, dtype=np.uint8)
    for number in range(12):
        x, y = 30 + 290 * (number % 4) + 11 * number, 40 + 260 * (number // 4) + 17 * (number % 4)
        cv2.rectangle(pixels, (x, y), (x + 200, y + 120), 0, 2)
        for line in range(2):
            cv2.putText(pixels, "Bidang Umum", (x + 10, y + 50 + 40 * line), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 2)
    return Picture(pixels, 1200 / 360, 240.0)


@pytest.mark.parametrize(("caption", "figure"), [("Gambar 2.1 Susunan", True), ("Lihat Gambar 2.1", False)])
def test_a_diagram_that_its_caption_calls_a_figure_is_one(caption: str, figure: bool) -> None:
    place = Box(20, 60, 380, 330)
    words = [
        Word(text, Box(20 + 50 * number, 340, 65 + 50 * number, 350)) for number, text in enumerate(caption.split())
    ]
    page = Page(1, 400, 500, [Word("1", Box(300, 480, 305, 490)), *words, Word("Akhir", Box(20, 360, 60, 370))])
    assert shows_lines(diagram())
    assert is_figure(diagram(), place, page) is figure


def test_a_scan_in_a_file_is_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "pindai.pdf"
    Image.fromarray(table_sheet().picture().pixels).save(path, resolution=200)
    with pdfium.PdfDocument(path) as document:
        page = read_page(document, 0)
        settle_kind(page)
        assert needs_ocr(page)
        (read,) = read_scans(document, [page])
    assert read.dpi == pytest.approx(200, abs=1)
    assert [row[-1] for row in TEXTS if row[-1] not in {word.text for word in read.words}] == []


def test_coarse_scans_are_scaled_up_and_posters_are_not_drawn_at_any_cost(tmp_path: Path) -> None:
    picture = table_sheet().picture()
    coarse, poster = tmp_path / "kasar.pdf", tmp_path / "poster.pdf"
    Image.fromarray(picture.pixels).resize((583, 417)).save(coarse, resolution=100)
    Image.fromarray(picture.pixels).save(poster, resolution=1.5)  # 19 by 14 metres
    with pdfium.PdfDocument(coarse) as document:
        drawn = draw_page(document[0])
        assert drawn.native_dpi == pytest.approx(100, abs=1)
        assert drawn.scale * 72 == pytest.approx(200, abs=1)
    with pdfium.PdfDocument(poster) as document:
        assert draw_page(document[0]).pixels.size <= 1.01 * MOST_PIXELS


def test_needs_ocr() -> None:
    assert needs_ocr(Page(1, 100, 100, kind="pindai"))
    assert needs_ocr(replace(layered(layer())))
    assert not needs_ocr(Page(1, 100, 100, kind="kosong"))


def test_pages_of_text_load_nothing_that_reads_pictures() -> None:
    code = (
        "import sys; from pipeline.pages.ocr_need import read_scans; from pipeline.pages.model import Page;"
        "read_scans(None, [Page(1, 100, 100)]); print('cv2' in sys.modules, 'rapidocr' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "False"]
