"""What a reader process does with one document. Imported in every worker: nothing heavy above the functions."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.intake import Problem, ReadSettings, Source, inspect_file
from pipeline.intake.source import note_origin
from pipeline.version import reader_version
from pipeline.worker.digest import digest
from pipeline.worker.model import Job, Outcome
from pipeline.worker.store import save_result
from schemas.ledger import Ledger

if TYPE_CHECKING:
    from pipeline.document import Document
    from pipeline.layouts.tables import TableReading
    from pipeline.release.result import DocumentResult

Reader = Callable[[Path, Source, ReadSettings], "DocumentResult"]


def inspect_job(job: Job) -> Problem | int:
    """What keeps a document from being read, else its number of pages. Raises OSError where it has vanished."""
    return inspect_file(job.place.file, job.source.berkas, job.settings)


def read_job(job: Job) -> Outcome:
    """Read a document and put its result into the cache.

    Raises whatever the reader raises, and StateError where the cache cannot be written.
    """
    data, outcome = read_to_bytes(job)
    save_result(job.target, data, outcome)
    return outcome


def read_to_bytes(job: Job) -> tuple[bytes, Outcome]:
    """Read a document; its result goes nowhere else. Raises whatever the reader raises."""
    begin = time.perf_counter()
    result = load_reader(job.reader)(job.place.file, job.source, job.settings)
    outcome = digest(result, time.perf_counter() - begin)
    return result.to_bytes(), outcome


def read_result(reader: str, path: Path, source: Source, settings: ReadSettings) -> bytes:
    """What a reader makes of a document, as bytes, for a command that shows it. Raises whatever the reader raises."""
    return load_reader(reader)(path, source, settings).to_bytes()


def table_headers(path: Path, dokumen_id: str, words: Path | None) -> list[TableReading]:
    """The headers of a PDF's tables, read as an ingest reads them: with the plan year that its prose tells.

    Raises pypdfium2.PdfiumError where the file cannot be opened as a PDF.
    """
    from pipeline.document import open_document

    return headers_of(open_document(path, dokumen_id), dokumen_id, words)


def headers_of(document: Document, dokumen_id: str, words: Path | None) -> list[TableReading]:
    """The headers of an opened document's tables. Raises OSError where the file of `words` cannot be read."""
    from pipeline.layouts.prose import write_prose
    from pipeline.layouts.tables import read_headers, table_text
    from pipeline.layouts.vocabulary import load_vocabulary

    unpublished = Ledger(dokumen_id)
    texts = [table_text(table) for table in document.tables]
    prose = write_prose(unpublished, document.unique, document.blocks, texts)
    return read_headers(document.tables, load_vocabulary(words), prose.identity.tahun)


def write_failure(job: Job, outcome: Outcome) -> Outcome:
    """Write the result of a document that was not read: its `dokumen` row and a finding that says why."""
    if outcome.problem is None:
        raise ValueError("a failed outcome says why")
    result = failed_result(job.source, outcome.problem)
    failed = replace(digest(result, outcome.seconds), problem=outcome.problem)
    save_result(job.target, result.to_bytes(), failed)
    return failed


def load_reader(name: str) -> Reader:
    """The function that `module:function` names. Raises ImportError or AttributeError where there is none."""
    module, _, function = name.partition(":")
    reader: Reader = getattr(importlib.import_module(module), function)
    return reader


def failed_result(source: Source, problem: Problem) -> DocumentResult:
    """The result of a document that was not read: status `gagal`, and the reason as a finding of level `galat`."""
    from pipeline.release.validate import validate

    ledger = Ledger(source.dokumen_id)
    values: dict[str, Any] = {**source.columns(), "versi_pembaca": reader_version(), "status": "gagal"}
    record = ledger.add("dokumen", **values)
    ledger.doubt_record(record, "status", problem.kode, "pembacaan", "galat", problem.message())
    note_origin(ledger, source)
    return validate(ledger, None)
