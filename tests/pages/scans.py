"""Small pages as a scanner would see them: drawn, then taken as a picture."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import cv2
import numpy as np
import pypdfium2 as pdfium
from reportlab.pdfgen.canvas import Canvas

from pipeline.pages.image import Picture, draw_page
from pipeline.pages.model import Page
from pipeline.pages.upright import turn

WIDTH, HEIGHT = 420.0, 300.0
COLUMNS = (40.0, 70.0, 250.0, 310.0, 390.0)
ROWS = (60.0, 85.0, 120.0, 155.0, 190.0)
TEXTS = (
    ("No", "Sub Kegiatan", "Satuan", "Anggaran"),
    ("1", "Penyediaan Gaji Pegawai", "Orang", "2.766.014.900"),
    ("2", "Pemeliharaan Gedung", "Unit", "45.200.000"),
    ("3", "Evaluasi Kinerja Daerah", "Laporan", "4"),
)
HEADING = "Rencana Kinerja Tahunan Badan Kepegawaian Daerah"


class Sheet:
    """A page to draw on, in points from its top left corner."""

    def __init__(self, width: float = WIDTH, height: float = HEIGHT) -> None:
        self._bytes = BytesIO()
        self.height = height
        self.canvas = Canvas(self._bytes, pagesize=(width, height), invariant=True)

    def text(self, x: float, y: float, text: str, size: float = 10) -> None:
        self.canvas.setFont("Helvetica", size)
        self.canvas.drawString(x, self.height - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.7) -> None:
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def grid(self, xs: tuple[float, ...] = COLUMNS, ys: tuple[float, ...] = ROWS) -> None:
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)

    def picture(self, dpi: float = 200) -> Picture:
        self.canvas.showPage()
        self.canvas.save()
        document = pdfium.PdfDocument(self._bytes.getvalue())
        drawn = draw_page(document[0])
        document.close()
        return replace(drawn, native_dpi=dpi)


def table_sheet() -> Sheet:
    """A heading over a ruled table of four rows and four columns."""
    sheet = Sheet()
    sheet.text(40, 40, HEADING)
    sheet.grid()
    for y, row in zip(ROWS, TEXTS, strict=False):
        for x, text in zip(COLUMNS, row, strict=False):
            sheet.text(x + 5, y + 16, text)
    return sheet


def tilted(picture: Picture, degrees: float) -> Picture:
    """The picture as it comes from a sheet that lay askew."""
    return replace(picture, pixels=turn(picture.pixels, degrees))


def grainy(picture: Picture, spread: float, seed: int = 7) -> Picture:
    """The picture with grain of the given standard deviation, in levels of grey."""
    noise = np.random.default_rng(seed).normal(0, spread, picture.pixels.shape)
    return replace(picture, pixels=np.clip(picture.pixels + noise, 0, 255).astype(np.uint8))


def compressed(picture: Picture, quality: int) -> Picture:
    """The picture after JPEG compression."""
    _, data = cv2.imencode(".jpg", picture.pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return replace(picture, pixels=np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), dtype=np.uint8))


def scanned_page(picture: Picture) -> Page:
    """The page that is nothing but this picture, as the reader of text layers finds it."""
    width, height = picture.size
    return Page(1, width, height, kind="pindai")
