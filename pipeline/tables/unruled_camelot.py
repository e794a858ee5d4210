"""camelot's text readers as second opinion on the columns of an unruled list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pipeline.pages.model import Box, Page

Flavor = Literal["network", "stream"]
FLAVORS: tuple[Flavor, ...] = ("network", "stream")
SAME_SIZE = 1.0


def column_edges(path: Path, page: Page, box: Box, flavor: Flavor) -> list[list[float]]:
    """The inner column edges of each table that camelot sees inside `box`, in points, from left to right.

    Empty where it finds no table there, cannot read the page, or measures it differently (turned or cropped pages).
    """
    # Costs a second: only pages that hold a list pay for it.
    from camelot.io import read_pdf
    from playa.exceptions import PDFException

    area = f"{box.x0:.1f},{page.height - box.y0:.1f},{box.x1:.1f},{page.height - box.y1:.1f}"
    try:
        tables = read_pdf(str(path), pages=str(page.number), flavor=flavor, table_areas=[area], suppress_stdout=True)
    except (PDFException, ArithmeticError, LookupError, TypeError, ValueError):
        # It reads the file by itself, and fails on pages that pdfium repairs: then it has no opinion.
        return []
    return [[left for left, _ in table.cols][1:] for table in tables if _measures_alike(table.pdf_size, page)]


def _measures_alike(size: tuple[float, float] | None, page: Page) -> bool:
    return size is not None and max(abs(size[0] - page.width), abs(size[1] - page.height)) <= SAME_SIZE


def agree(gutters: Sequence[tuple[float, float]], edges: Sequence[float], band: tuple[float, float]) -> bool:
    """Whether there is an edge in every gutter, and any other edge lies in the band of `Rp` and its amounts."""
    inside = [any(left - 1 <= edge <= right + 1 for edge in edges) for left, right in gutters]
    other = [edge for edge in edges if not any(left - 1 <= edge <= right + 1 for left, right in gutters)]
    return all(inside) and all(band[0] <= edge <= band[1] for edge in other)
