"""Pictures of pages, with boxes around the cells that a row came from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

Rectangle = tuple[float, float, float, float]

_POINTS_PER_INCH = 72
_DPI = 150
_LINE = (214, 40, 40)
_TINT = (255, 214, 10, 70)
# A page of a plan may be a poster; a picture of more pixels than this helps nobody.
_MOST_PIXELS = 40_000_000


def page_with_boxes(pdf: Path, page: int, boxes: Iterable[Rectangle], turn: int = 0) -> Image.Image:
    """A page (1-based) as a picture at 150 dpi, or less for a huge one.

    `boxes` are left, top, right, bottom in points from the top left corner of the upright page; `turn` is the clockwise
    turn in degrees that makes the page upright. Raises pypdfium2.PdfiumError where the page cannot be drawn.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page - 1]
        width, height = sheet.get_size()
        scale = min(_DPI / _POINTS_PER_INCH, (_MOST_PIXELS / (width * height)) ** 0.5)
        picture = sheet.render(scale=scale, rotation=turn).to_pil().convert("RGBA")
    finally:
        document.close()
    return _boxed(picture, [_scaled(box, scale) for box in boxes])


def _scaled(box: Rectangle, scale: float) -> Rectangle:
    left, top, right, bottom = box
    return left * scale, top * scale, right * scale, bottom * scale


def _boxed(picture: Image.Image, boxes: list[Rectangle]) -> Image.Image:
    overlay = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(overlay)
    for box in boxes:
        draw.rectangle(box, fill=_TINT, outline=_LINE, width=3)
    return Image.alpha_composite(picture, overlay).convert("RGB")
