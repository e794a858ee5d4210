"""Which pages have to be read from their picture; light, so that files of text never load what reads pictures."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from functools import reduce
from itertools import chain

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.pages.kinds import FEWEST_OUTLINES
from pipeline.pages.language import is_no_language
from pipeline.pages.model import Box, Page
from pipeline.threads import in_threads

LAYER = "lapisan-teks"
LARGE_SHARE = 0.12
FEWEST_REPEATS = 3  # pages; a table pasted twice is read twice, as copies of pages are
TOUCHING = 1.0
FILLED = 0.9
MOST_TILES = 400
SHORTEST_SIDE = 20.0
MOST_ELONGATED = 30.0


def needs_ocr(page: Page, decorated: Collection[int] = ()) -> bool:
    """Whether a page whose kind is settled shows what its text layer does not say, or may not say rightly.

    `decorated` are the numbers of pages whose pictures say nothing.
    """
    return _can_hold_writing(page) and (
        page.kind == "pindai"
        or page.engine == LAYER
        or (page.number not in decorated and bool(large_pictures(page)))
        or len(untold_outlines(page)) >= FEWEST_OUTLINES
        or is_no_language(page.words)
    )


def _can_hold_writing(page: Page) -> bool:
    """Whether a page has the shape of a sheet; recognisers scale a sliver up until memory ends."""
    short, long = sorted((page.width, page.height))
    return short >= SHORTEST_SIDE and long <= MOST_ELONGATED * short


def read_scans(document: pdfium.PdfDocument, pages: Sequence[Page]) -> list[Page]:
    """The pages of a document, those that need it read from their picture. Raises pypdfium2.PdfiumError.

    Pages do not depend on one another, so the number of threads changes nothing but the time.
    """
    decorated = _decorated(document, pages)
    asked = [page for page in pages if needs_ocr(page, decorated)]
    if not asked:
        return list(pages)
    from pipeline.pages.ocr_pictures import may_say_more  # a fifth of a second, for pages with pictures only

    scans = {page.number for page in asked if may_say_more(document, page)}
    if not scans:
        return list(pages)
    from pipeline.pages.ocr import Readings, read_scan  # a second and 50 MB, for scans only

    readings = Readings()
    return in_threads(lambda page: read_scan(document, page, readings) if page.number in scans else page, pages)


def _decorated(document: pdfium.PdfDocument, pages: Sequence[Page]) -> set[int]:
    """The numbers of the pages of text whose large pictures all stand on three pages or more: letterheads, watermarks.

    Pictures are told apart by the bytes that the file holds of them.
    """
    texts = [page for page in pages if page.kind == "teks" and large_pictures(page)]
    if len(texts) < FEWEST_REPEATS:
        return set()
    held = {page.number: _streams(document, page) for page in texts}
    often = {key for key, count in Counter(chain(*held.values())).items() if count >= FEWEST_REPEATS}
    return {number for number, keys in held.items() if keys and keys <= often}


def _streams(document: pdfium.PdfDocument, page: Page) -> set[bytes]:
    """The digest of each large picture of a page; none where a picture is made of pieces."""
    handle = document[page.number - 1]
    try:
        found = set()
        for item in handle.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
            left, bottom, right, top = item.get_bounds()
            if (right - left) * (top - bottom) >= LARGE_SHARE * page.width * page.height:
                found.add(hashlib.sha256(item.get_data()).digest())
        return found if len(found) == len(large_pictures(page)) else set()
    finally:
        handle.close()


def large_pictures(page: Page) -> list[Box]:
    """The pictures on a page that cover an eighth of it or more; the smaller ones are crests and logos.

    Strips and tiles of one picture count as one. Text may be set on a picture, as on a background or by a service
    that signs scans: whether the picture says more than that text, only its pixels tell.
    """
    sheet = Box(0, 0, page.width, page.height)
    least = LARGE_SHARE * page.width * page.height
    return [image for image in joined(page.images) if image.overlap(sheet) >= least]


def joined(boxes: Sequence[Box]) -> list[Box]:
    """Boxes with those that touch one another and together fill the box around them made one: strips and tiles."""
    left = sorted(boxes, key=lambda box: -box.width * box.height)[:MOST_TILES]
    whole: list[Box] = []
    while left:
        group = [left.pop()]
        for box in group:  # grows while it is gone through
            wide = Box(box.x0 - TOUCHING, box.y0 - TOUCHING, box.x1 + TOUCHING, box.y1 + TOUCHING)
            touching = [other for other in left if wide.overlap(other) > 0]
            left = [other for other in left if other not in touching]
            group += touching
        around = reduce(Box.union, group)
        filled = sum(box.width * box.height for box in group) >= FILLED * around.width * around.height
        whole += [around] if filled else group
    return whole


def untold_outlines(page: Page) -> list[Box]:
    """The letters drawn as shapes that are no ornament of a word of the text layer."""
    if len(page.outlines) < FEWEST_OUTLINES:
        return []
    shown = [word.box for word in page.words if word.visible]
    return [outline for outline in page.outlines if not any(box.overlap(outline) > 0 for box in shown)]
