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
    from pipeline.release.result import DocumentResult

Reader = Callable[[Path, Source, ReadSettings], "DocumentResult"]


def read_job(job: Job) -> Outcome:
    """Read a document and put its result into the cache. A file that cannot be read is a failed outcome, uncached.

    Raises whatever the reader raises, and OSError where the cache cannot be written.
    """
    begin = time.perf_counter()
    problem = inspect_file(job.path, job.source.berkas, job.settings)
    if problem is not None:
        return Outcome(status="gagal", problem=problem)
    result = load_reader(job.reader)(job.path, job.source, job.settings)
    outcome = digest(result, time.perf_counter() - begin)
    save_result(job.target, result.to_bytes(), outcome)
    return outcome


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
