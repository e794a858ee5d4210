"""What a machine of a cluster does with one document: read it in a guarded process, and send the result home.

The machine has the same package installed and sees the document at the same path, or at the same address with keys of
its own, but not the state folder of the run.
"""

from __future__ import annotations

import hashlib
import platform
import tempfile
import threading
from dataclasses import dataclass, replace
from multiprocessing.util import Finalize
from pathlib import Path

from pipeline.intake import Problem, ProblemCode, ReadSettings
from pipeline.intake.source import fingerprint
from pipeline.version import reader_version
from pipeline.worker.jobs import inspect_job, read_to_bytes
from pipeline.worker.model import Job, Outcome
from pipeline.worker.pool import PoolSettings, ReaderPool, UnreadableError, brought_here


@dataclass(frozen=True, slots=True)
class Errand:
    """A document to read far from home. `job.target` means nothing there.

    `settings` are the limits of its process, which may use `threads`; `words` is the text of the user's vocabulary,
    whose file lies at home.
    """

    job: Job
    settings: PoolSettings
    threads: int
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """How an errand went. `result` is what DocumentResult.to_bytes gives, None where nothing was read;
    `trace` is for the log at home.
    """

    outcome: Outcome
    result: bytes | None
    reader_version: str
    machine: str
    trace: str = ""


def carry_out(errand: Errand) -> Answer:
    """Read the document; blocks. A failure is an answer. Raises WorkerDiedError where the guarded process died,
    StorageError where the storage of the document does not answer, and StateError where it cannot be brought here.
    """
    pool = _pool_of_this_thread(errand)
    try:
        with brought_here(errand.job, pool.spool) as job:
            here = replace(errand, job=job)
            answer: Answer = pool.look_and_read(job.source.berkas, _inspect, _read, here)
    except UnreadableError as error:
        return Answer(Outcome(status="gagal", problem=error.problem), None, *this_machine(), error.trace)
    return answer


def this_machine() -> tuple[str, str]:
    """The version of the reader here, and the name of the machine."""
    return reader_version(), platform.node()


_here = threading.local()


def _pool_of_this_thread(errand: Errand) -> ReaderPool:
    """A warm pool of one process, kept between errands: a thread of a cluster's worker has one errand at a time."""
    settings = replace(errand.settings, workers=1)
    pool: ReaderPool | None = getattr(_here, "pool", None)
    if pool is not None and pool.open and pool.settings == settings and pool.threads == errand.threads:
        return pool
    if pool is not None:
        _here.close()
    pool = _here.pool = ReaderPool(settings, errand.threads)
    _here.close = Finalize(None, pool.close, exitpriority=10)  # the worker may end in the manner of a child process
    return pool


def _inspect(errand: Errand) -> Problem | int:
    """What keeps the document from being read here, else its number of pages. Runs in the guarded process."""
    job = errand.job
    try:
        same = fingerprint(job.place.file) == job.source.sha256
    except OSError:
        return Problem(ProblemCode.TAK_TERLIHAT, job.source.berkas, platform.node())
    if not same:
        return Problem(ProblemCode.LAIN_DI_PEKERJA, job.source.berkas, platform.node())
    return inspect_job(job)


def _read(errand: Errand) -> Answer:
    """Runs in the guarded process, whose code it is that counts: hence the version is told from here."""
    job = replace(errand.job, settings=_settings_here(errand))
    result, outcome = read_to_bytes(job)
    return Answer(outcome, result, *this_machine())


def _settings_here(errand: Errand) -> ReadSettings:
    """The settings, the vocabulary in a file of this machine; named by its content, for the reader remembers names."""
    if errand.words is None:
        return errand.job.settings
    digest = hashlib.sha256(errand.words.encode()).hexdigest()[:16]
    path = Path(tempfile.gettempdir(), f"kata-{digest}.yaml")
    if not path.exists():
        path.write_text(errand.words, encoding="utf-8")
    return replace(errand.job.settings, vocabulary=path)
