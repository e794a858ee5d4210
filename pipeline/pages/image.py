"""Pictures of pages that hold no text: as many pixels as the scan has, and no more than reading needs."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.pages.model import Box

Pixels = npt.NDArray[np.uint8]

POINTS_PER_INCH = 72.0
FEWEST_DPI = 200.0  # below it lone digits vanish: what holds less is scaled up
MOST_DPI = 300.0
MOST_PIXELS = 24_000_000  # an A2 page at 200 dpi; a poster is read more coarsely rather than at any cost
LARGE_SHARE = 0.1
NEARLY_ALL = 0.99  # of the pixels on a side: leaving out the rest would only blur them
DEEPEST_FORM = 6


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in grey, 0 black to 255 white, rows by columns. `scale` is in pixels per point.

    `native_dpi` is what the scan itself holds: letters of a picture that was scaled up are no sharper for it.
    """

    pixels: Pixels
    scale: float
    native_dpi: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        height, width = self.pixels.shape
        return width / self.scale, height / self.scale

    def crop(self, box: Box) -> Pixels:
        """The pixels under a box in points, cut at the edges of the page; may be empty."""
        height, width = self.pixels.shape
        x0, x1 = (min(width, max(0, round(x * self.scale))) for x in (box.x0, box.x1))
        y0, y1 = (min(height, max(0, round(y * self.scale))) for y in (box.y0, box.y1))
        return self.pixels[y0:y1, x0:x1]

    def at_dpi(self, dpi: float) -> Picture:
        """The same picture with fewer pixels; itself where it has no more."""
        factor = dpi / POINTS_PER_INCH / self.scale
        if factor > NEARLY_ALL:
            return self
        height, width = self.pixels.shape
        smaller = (max(1, round(width * factor)), max(1, round(height * factor)))
        pixels = np.asarray(cv2.resize(self.pixels, smaller, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        return Picture(pixels, self.scale * smaller[0] / width, self.native_dpi)


def draw(document: pdfium.PdfDocument, number: int, most_dpi: float = MOST_DPI) -> Picture:
    """Page `number`, counted from 1, as `draw_page` draws it. Raises pypdfium2.PdfiumError where it cannot."""
    page = document[number - 1]
    try:
        return draw_page(page, most_dpi)
    finally:
        page.close()


def draw_page(page: pdfium.PdfPage, most_dpi: float = MOST_DPI) -> Picture:
    """A page as it is shown, its rotate flag applied, in grey at 200 to 300 dpi, and at `most_dpi` at most.

    A scan of fewer pixels is drawn as it is and then scaled up. Raises pypdfium2.PdfiumError where it cannot be drawn.
    """
    width, height = page.get_size()
    native = native_dpi(page)
    bound = POINTS_PER_INCH * (MOST_PIXELS / (width * height)) ** 0.5
    wanted = min(max(native, FEWEST_DPI), most_dpi, bound)
    drawn = min(native, wanted)
    bitmap = page.render(scale=drawn / POINTS_PER_INCH, grayscale=True)
    try:
        pixels = np.ascontiguousarray(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width).copy()
    finally:
        bitmap.close()
    if drawn < wanted:
        size = (round(width * wanted / POINTS_PER_INCH), round(height * wanted / POINTS_PER_INCH))
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC)
    return Picture(pixels, pixels.shape[1] / width, native)


def native_dpi(page: pdfium.PdfPage) -> float:
    """The resolution of the finest of a page's large pictures, at least 50; 200 where it has none."""
    found: list[tuple[int, float]] = []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=DEEPEST_FORM):
        columns, rows = item.get_px_size()
        matrix = item.get_matrix()
        width = (matrix.a**2 + matrix.b**2) ** 0.5
        if width > 0:
            found.append((columns * rows, columns / width * POINTS_PER_INCH))
    most = max((pixels for pixels, _ in found), default=0)
    large = [dpi for pixels, dpi in found if pixels >= LARGE_SHARE * most]
    return max(50.0, max(large)) if large else FEWEST_DPI
