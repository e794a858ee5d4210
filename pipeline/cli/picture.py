"""Pictures of pages: how one is drawn, what is laid over it, and where it is saved."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw

from pipeline.cli.console import failure, note, reason_of
from pipeline.cli.messages import say

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
    with pypdfium2.PdfDocument(pdf) as document:
        width, height = document[page - 1].get_size()
        scale = min(_DPI / _POINTS_PER_INCH, (_MOST_PIXELS / (width * height)) ** 0.5)
        picture = drawn_page(document, page, scale, turn)
    draw = ImageDraw.Draw(picture, "RGBA")
    for box in boxes:
        draw.rectangle(scaled(box, scale), fill=_TINT, outline=_LINE, width=3)
    return picture


def drawn_page(document: pypdfium2.PdfDocument, page: int, scale: float, turn: int = 0) -> Image.Image:
    """A page (1-based) in colour at `scale` pixels per point, turned clockwise by `turn` degrees.

    Raises pypdfium2.PdfiumError where the page cannot be drawn.
    """
    picture: Image.Image = document[page - 1].render(scale=scale, rotation=turn).to_pil().convert("RGB")
    return picture


def straight_page(picture: Image.Image, scale: float, skew: float) -> Image.Image:
    """A scan in grey, with its small turn of `skew` degrees and its lean undone as they are before it is read."""
    from pipeline.pages.image import Picture
    from pipeline.pages.upright import lean_of, squared, straighten

    grey = np.asarray(picture.convert("L"), dtype=np.uint8)
    straight = straighten(Picture(grey, scale, scale * _POINTS_PER_INCH), skew)
    return Image.fromarray(squared(straight, lean_of(straight)).pixels).convert("RGB")


def scaled(box: Rectangle, scale: float, left: float = 0.0, top: float = 0.0) -> Rectangle:
    """A box in points as pixels of a picture in which the page begins at `left`, `top`."""
    x0, y0, x1, y1 = box
    return left + x0 * scale, top + y0 * scale, left + x1 * scale, top + y1 * scale


def save_picture(picture: Image.Image, path: Path, berkas: str, page: int) -> None:
    """Write a page's picture as PNG and say where; ends the command with exit code 1 where it cannot be written."""
    try:
        picture.save(path, format="PNG")
    except OSError as error:
        raise failure("error.target", path=path, reason=reason_of(error)) from error
    note(say("picture.written", path=path, page=page, berkas=berkas))
