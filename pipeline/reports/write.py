"""Writes a report: a page and a workbook side by side, each whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.reports.model import Pair, PlanDocument
from pipeline.reports.page import comparison_page, document_page
from pipeline.reports.texts import Language, Words
from pipeline.reports.wording import file_stem
from pipeline.reports.workbook import write_comparison_workbook, write_document_workbook


def write_comparison_reports(pairs: Sequence[Pair], folder: Path, language: Language = "id") -> tuple[Path, Path]:
    """Write the page and the workbook of a comparison into `folder`; returns their paths.

    One pair is shown program by program, several office by office. Raises ValueError without a pair, and OSError.
    """
    if not pairs:
        raise ValueError("a comparison needs at least one pair of documents")
    words = Words(language)
    page, book = _paths(folder, _comparison_stem(pairs))
    _whole(page, lambda path: path.write_text(comparison_page(pairs, words, book.name), "utf-8"))
    _whole(book, lambda path: write_comparison_workbook(path, pairs, words))
    return page, book


def write_document_reports(
    document: PlanDocument, previous: Pair | None, folder: Path, language: Language = "id"
) -> tuple[Path, Path]:
    """Write the page and the workbook of one document into `folder`; returns their paths. Raises OSError.

    `previous` is its comparison with the year before, null where there is none.
    """
    words = Words(language)
    stem = file_stem("laporan", Path(document.facts["berkas"]).stem, document.facts["dokumen_id"][:8])
    page, book = _paths(folder, stem)
    _whole(page, lambda path: path.write_text(document_page(document, previous, words, book.name), "utf-8"))
    _whole(book, lambda path: write_document_workbook(path, document, previous, words))
    return page, book


def _paths(folder: Path, stem: str) -> tuple[Path, Path]:
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{stem}.html", folder / f"{stem}.xlsx"


def _comparison_stem(pairs: Sequence[Pair]) -> str:
    """A name that tells one comparison from another: the years, and of a single pair both keys."""
    years = [pairs[0].before.facts["tahun"], pairs[0].after.facts["tahun"]]
    keys = [pairs[0].before.facts["dokumen_id"][:8], pairs[0].after.facts["dokumen_id"][:8]] if len(pairs) == 1 else []
    return file_stem("perbandingan", *years, *keys)


def _whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write beside the path first: whoever has the last report open never sees half a new one."""
    partial = path.with_name(f".{path.stem}.part{path.suffix}")
    try:
        write(partial)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
