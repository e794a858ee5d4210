"""A pool of warm reader processes, in which a document that crashes, hangs or devours memory costs only itself."""

from __future__ import annotations

import logging
import os
import resource
import sys
import threading
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess
from types import ModuleType, TracebackType
from typing import Any

from pebble import ProcessExpired, ProcessPool

from pipeline.intake import ProblemCode
from pipeline.worker.jobs import read_job, write_failure
from pipeline.worker.model import Job, Outcome

_MEBIBYTE = 1 << 20
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PoolSettings:
    """Limits of the reader processes: `timeout` in seconds per document, `memory` in MiB of address space per process,
    `documents` per process before it is replaced by a fresh one.
    """

    workers: int = os.cpu_count() or 1
    timeout: float = 600.0
    memory: int = 4096
    documents: int = 200


class WorkerDiedError(Exception):
    """The process that read a document ended before it was done. Worth a second try in a fresh one."""


class _BareProcess(SpawnProcess):
    """A spawned process that does not run its parent's main module again.

    Whatever started the parent (a Prefect worker, a script without a guard) is of no use to a reader and costs memory.
    """

    _launch_lock = threading.Lock()

    @staticmethod
    def _Popen(process_obj: BaseProcess) -> Any:  # noqa: N802 - multiprocessing calls it by this name
        with _BareProcess._launch_lock:
            main = sys.modules["__main__"]
            sys.modules["__main__"] = ModuleType("__main__")
            try:
                return SpawnProcess._Popen(process_obj)
            finally:
                sys.modules["__main__"] = main


class _BareContext(SpawnContext):
    Process = _BareProcess


def _start_worker(memory: int) -> None:
    """Runs once in each new process: limits its memory, and keeps OpenCV from starting threads beside ours."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = memory * _MEBIBYTE
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    os.environ["OPENCV_FOR_THREADS_NUM"] = "1"


class ReaderPool:
    """Reader processes, started when first needed. Use it in a `with` block: leaving it ends them. Thread-safe."""

    def __init__(self, settings: PoolSettings) -> None:
        self.settings = settings
        self._pool: ProcessPool | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> ReaderPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with self._lock:
            if self._pool is not None:
                _end(self._pool)
                self._pool = None

    def read(self, job: Job) -> Outcome:
        """Read a document in a worker; blocks. A failure is an outcome. Raises WorkerDiedError if the process died."""
        pool = self._current()
        future = pool.schedule(read_job, args=(job,), timeout=self.settings.timeout)
        error = future.exception()
        if error is None:
            outcome: Outcome = future.result()
            return outcome
        if isinstance(error, BrokenProcessPool):
            self._discard(pool)
        return self._failure(job, error)

    def fail(self, job: Job, outcome: Outcome) -> Outcome:
        """Let a worker write the result of a document that was not read; `outcome` holds the reason. Raises OSError."""
        written: Outcome = self._current().schedule(write_failure, args=(job, outcome)).result()
        return written

    def _failure(self, job: Job, error: BaseException) -> Outcome:
        berkas = job.source.berkas
        if isinstance(error, FutureTimeoutError):
            return Outcome.failed(ProblemCode.WAKTU_HABIS, berkas, f"{self.settings.timeout:g}")
        if isinstance(error, MemoryError):
            return Outcome.failed(ProblemCode.MEMORI_HABIS, berkas)
        if isinstance(error, (ProcessExpired, BrokenProcessPool)):
            raise WorkerDiedError(str(error)) from error
        _LOG.error("%s: the reader failed", berkas, exc_info=error)
        return Outcome.failed(ProblemCode.GALAT_PEMBACA, berkas, f"{type(error).__name__}: {error}")

    def _current(self) -> ProcessPool:
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPool(
                    max_workers=self.settings.workers,
                    max_tasks=self.settings.documents,
                    initializer=_start_worker,
                    initargs=(self.settings.memory,),
                    context=_BareContext(),
                )
            return self._pool

    def _discard(self, broken: ProcessPool) -> None:
        with self._lock:
            if self._pool is broken:
                _end(broken)
                self._pool = None


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()
