"""Which pages have to be read from their picture; light, so that files of text never load what reads pictures."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2 as pdfium

from pipeline.pages.model import Box, Page, Word

LAYER = "lapisan-teks"
LARGE_SHARE = 0.12
MOST_WORDS_ON_IT = 2
SHORTEST_SIDE = 20.0
MOST_ELONGATED = 30.0


def needs_ocr(page: Page) -> bool:
    """Whether a page whose kind is settled shows what its text layer does not say, or may not say rightly."""
    if not _can_hold_writing(page):
        return False
    return page.kind == "pindai" or page.engine == LAYER or bool(wordless_pictures(page))


def _can_hold_writing(page: Page) -> bool:
    """Whether a page has the shape of a sheet; recognisers scale a sliver up until memory ends."""
    short, long = sorted((page.width, page.height))
    return short >= SHORTEST_SIDE and long <= MOST_ELONGATED * short


def read_scans(document: pdfium.PdfDocument, pages: Sequence[Page]) -> list[Page]:
    """The pages of a document, those that need it read from their picture. Raises pypdfium2.PdfiumError."""
    if not any(needs_ocr(page) for page in pages):
        return list(pages)
    from pipeline.pages.ocr import read_scan  # a second and 50 MB, for scans only

    return [read_scan(document, page) if needs_ocr(page) else page for page in pages]


def wordless_pictures(page: Page) -> list[Box]:
    """The pictures on a page that cover an eighth of it or more and on which no text is set.

    A picture under text is a background; the smaller ones are crests and logos.
    """
    area = page.width * page.height
    sheet = Box(0, 0, page.width, page.height)
    large = [image for image in page.images if image.overlap(sheet) >= LARGE_SHARE * area]
    return [image for image in large if _words_on(image, page.words) <= MOST_WORDS_ON_IT]


def _words_on(image: Box, words: Sequence[Word]) -> int:
    middles = [word.box.center for word in words if word.visible]
    return sum(image.x0 <= x <= image.x1 and image.y0 <= y <= image.y1 for x, y in middles)
