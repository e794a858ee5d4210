"""Writes a report: a page and a workbook side by side, each whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.reports.model import Pair, PlanDocument
from pipeline.reports.page import comparison_page, document_page
from pipeline.reports.texts import Language, Words
from pipeline.reports.wording import file_stem
from pipeline.reports.workbook import write_comparison_workbook, write_document_workbook

_LONGEST_SOURCE = 40  # letters of a PDF's name in the name of its report


def write_comparison_reports(pairs: Sequence[Pair], folder: Path, language: Language = "id") -> tuple[Path, Path]:
    """Write the page and the workbook of a comparison into `folder`; returns their paths.

    One pair is shown program by program, several office by office. Raises ValueError without a pair, and OSError.
    """
    if not pairs:
        raise ValueError("a comparison needs at least one pair of documents")
    words = Words(language)
    page, book = comparison_paths(pairs, folder)
    folder.mkdir(parents=True, exist_ok=True)
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
    page, book = document_paths(document, folder)
    folder.mkdir(parents=True, exist_ok=True)
    _whole(page, lambda path: path.write_text(document_page(document, previous, words, book.name), "utf-8"))
    _whole(book, lambda path: write_document_workbook(path, document, previous, words))
    return page, book


def comparison_paths(pairs: Sequence[Pair], folder: Path) -> tuple[Path, Path]:
    """Where the page and the workbook of a comparison are written: the same place for the same documents only.

    The name holds the years, and of a single pair both keys; of several, how many they are and a hash of all keys, so
    that the comparisons of two regions in the same years stand side by side.
    """
    years = [pairs[0].before.facts["tahun"], pairs[0].after.facts["tahun"]]
    keys = [(pair.before.facts["dokumen_id"], pair.after.facts["dokumen_id"]) for pair in pairs]
    if len(keys) == 1:
        return _paths(folder, file_stem("perbandingan", *years, *(key[:8] for key in keys[0])))
    digest = hashlib.sha256("".join(f"{before}{after}" for before, after in keys).encode()).hexdigest()
    return _paths(folder, file_stem("perbandingan", *years, f"{len(keys)}-pasang", digest[:8]))


def document_paths(document: PlanDocument, folder: Path) -> tuple[Path, Path]:
    """Where the page and the workbook of one document are written; the key stands in it, however long the name is."""
    name = file_stem(Path(document.facts["berkas"]).stem)[:_LONGEST_SOURCE]
    return _paths(folder, file_stem("laporan", name, document.facts["dokumen_id"][:8]))


def _paths(folder: Path, stem: str) -> tuple[Path, Path]:
    return folder / f"{stem}.html", folder / f"{stem}.xlsx"


def _whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write beside the path first: whoever has the last report open never sees half a new one."""
    partial = path.with_name(f".{path.stem}.part{path.suffix}")
    try:
        write(partial)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
