"""One page of a PDF explained, in a reader process: the tables that touch it, and its picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from PIL.Image import Image

from pipeline.cli.messages import set_language
from pipeline.cli.page_marks import marks_of, on_page
from pipeline.document import open_document
from pipeline.intake import Language
from pipeline.layouts.tables import TableReading
from pipeline.worker.jobs import headers_of


class Wanted(NamedTuple):
    """Which page (from 1) of which file, in which language, and whether it is to be drawn."""

    berkas: str
    page: int
    drawn: bool
    language: Language


@dataclass(frozen=True, slots=True)
class PageExplained:
    """A page of so many: the readings of its tables by their numbers in the document, and its picture.

    `copy_of` is the page that it repeats. Nothing is known of a page that the file does not have or that is `damaged`.
    """

    pages: int
    readings: dict[int, TableReading] = field(default_factory=dict)
    picture: Image | None = None
    copy_of: int | None = None
    damaged: bool = False


def explain_page(path: Path, dokumen_id: str, words: Path | None, wanted: Wanted) -> PageExplained:
    """Read a whole document, as an ingest does, and explain one page of it.

    Raises pypdfium2.PdfiumError where the file cannot be opened as a PDF or the page cannot be drawn.
    """
    set_language(wanted.language)
    with pypdfium2.PdfDocument(path) as pdf:
        pages = len(pdf)
    if wanted.page > pages:
        return PageExplained(pages)
    document = open_document(path, dokumen_id)
    page = document.pages[wanted.page - 1]
    if page.damaged:
        return PageExplained(pages, damaged=True)
    readings = headers_of(document, dokumen_id, words)
    picture = None
    if wanted.drawn:
        from pipeline.cli.page_drawing import draw_reading

        picture = draw_reading(path, page, marks_of(Path(wanted.berkas).name, document, readings, wanted.page))
    return PageExplained(pages, on_page(readings, page), picture, page.copy_of)
