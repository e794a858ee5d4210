"""What kind of page it is: text, scan, both, or blank."""

from __future__ import annotations

from dataclasses import replace

from pipeline.pages.model import Box, Page

FULL_IMAGE = 0.5
FEWEST_WORDS = 5
FEWEST_OUTLINES = 60


def settle_kind(page: Page) -> None:
    """Set the kind of a page. Invisible text over a picture of the page is its OCR layer: it is read like any other.

    A layer stays one where a few words are printed visibly on the scan, as signing services do. A page that draws its
    letters as shapes is as good as a picture.
    """
    shown = [word for word in page.words if word.visible]
    hidden = len(page.words) - len(shown)
    covered = image_cover(page) >= FULL_IMAGE
    if covered and len(page.words) >= FEWEST_WORDS and hidden > len(shown):
        page.words = [replace(word, visible=True) for word in page.words]
        page.kind, page.engine = "campuran", "lapisan-teks"
    elif len(shown) < FEWEST_WORDS and (covered or len(page.outlines) >= FEWEST_OUTLINES):
        page.kind = "pindai"
    elif not shown and not page.images and not page.rules and not page.outlines:
        page.kind = "kosong"
    else:
        page.kind = "teks"


def image_cover(page: Page) -> float:
    """The share of the page that its largest picture, or all of them in strips, cover, 0 to 1."""
    whole = Box(0, 0, page.width, page.height)
    area = page.width * page.height
    return min(1.0, sum(image.overlap(whole) for image in page.images) / area) if area else 0.0
