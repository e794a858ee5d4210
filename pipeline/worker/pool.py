"""A pool of warm reader processes, in which a document that crashes, hangs or devours memory costs only itself."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import active_children
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess, current_process
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from types import ModuleType, TracebackType
from typing import Any, TypeVar
from weakref import WeakSet

from pebble import ProcessExpired, ProcessPool

from pipeline.intake import Problem, ProblemCode
from pipeline.intake.problems import system_reason
from pipeline.intake.spool import at_hand
from pipeline.storage import ObjectError, Place
from pipeline.threads import tell_threads
from pipeline.worker.jobs import inspect_job, read_job, write_failure
from pipeline.worker.model import Job, Outcome
from pipeline.worker.process import MEBIBYTE, MEMORY_EXIT, ReaderError, attempt, peak_file, start_worker
from pipeline.worker.store import StateError

_PAGES_PER_TIMEOUT = 40
_TASKS_PER_DOCUMENT = 2
_MEMORY_PER_THREAD = 1024
_CORES = os.cpu_count() or 1
_LOG = logging.getLogger(__name__)

T = TypeVar("T")


def _fair_memory() -> int:
    """4 GiB, or less where a process per core would then want more than the machine has; 2 GiB are needed for scans."""
    installed = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEBIBYTE
    return max(2048, min(4096, installed // _CORES))


@dataclass(frozen=True, slots=True)
class PoolSettings:
    """Limits of the reader processes: `timeout` in seconds per document, `memory` in MiB per process,
    `documents` per process before it is replaced by a fresh one.

    A long document gets more time: each 40 pages add the same again, 15 seconds a page where `timeout` is 600. Reading
    a scanned page takes 5 seconds of a fast core, and about 1 GiB of memory.
    """

    workers: int = _CORES
    timeout: float = 600.0
    memory: int = field(default_factory=_fair_memory)
    documents: int = 200

    def seconds(self, pages: int) -> float:
        """How long a document of so many pages may take."""
        return self.timeout * (1 + pages / _PAGES_PER_TIMEOUT)

    def threads(self, documents: int) -> int:
        """In how many threads a process may read scans: the cores that would idle, as far as its memory goes."""
        busy = max(1, min(self.workers, documents))
        return max(1, min(_CORES // busy, self.memory // _MEMORY_PER_THREAD))


class WorkerDiedError(Exception):
    """The process that read a document ended before it was done. Worth a second try in a fresh one."""


class UnreadableError(Exception):
    """A document cannot be read; `problem` says why, to the user, and `trace` to the maintainers of the reader."""

    def __init__(self, problem: Problem, trace: str = "") -> None:
        super().__init__(problem.message("en"))
        self.problem = problem
        self.trace = trace


def log_trace(berkas: str, trace: str) -> None:
    """Keep what went wrong inside the reader, empty where nothing did."""
    if trace:
        _LOG.error("%s: the reader failed\n%s", berkas, trace)


@contextmanager
def brought_here(job: Job, spool: Path) -> Iterator[Job]:
    """The job with its document as a file of this machine.

    Raises UnreadableError where that one object cannot be had, StorageError where its storage does not answer, and
    StateError where this disk refuses.
    """
    with ExitStack() as opened:
        try:
            file = opened.enter_context(at_hand(job.place, job.source.sha256, spool))
        except ObjectError as error:
            problem = Problem(ProblemCode.TIDAK_TERBUKA, job.source.berkas, error.reason)
            raise UnreadableError(problem) from error
        except OSError as error:
            raise StateError(spool, system_reason(error)) from error
        yield replace(job, place=Place(file))


class _BareProcess(SpawnProcess):
    """A spawned process that does not run its parent's main module again, and may have a daemonic parent.

    Whatever started the parent (a Prefect worker, a script without a guard) is of no use to a reader and costs memory.
    Workers of a Dask cluster are daemonic. Such may have no children, lest these outlive them; ours do not.
    """

    _launch_lock = threading.Lock()

    def start(self) -> None:
        settings = current_process()._config  # type: ignore[attr-defined]
        daemonic = settings.pop("daemon", None)
        try:
            super().start()
        finally:
            if daemonic is not None:
                settings["daemon"] = daemonic

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


class ReaderPool:
    """Reader processes, started when first needed. Use it in a `with` block: leaving it ends them. Thread-safe."""

    def __init__(self, settings: PoolSettings, threads: int = 1, spool: Path | None = None) -> None:
        """`threads` is in how many each process may read scans, see PoolSettings.threads. `spool` is where documents
        are brought that lie elsewhere, the machine's temporary folder where it is None.
        """
        self.settings = settings
        self.threads = threads
        self.spool = Path(gettempdir()) if spool is None else spool
        self._pool: ProcessPool | None = None
        self._temporary: TemporaryDirectory[str] | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._asked: WeakSet[Future[Any]] = WeakSet()
        _OPEN.add(self)

    def __enter__(self) -> ReaderPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def open(self) -> bool:
        """Whether it still takes tasks."""
        return not self._closed

    def close(self, at_once: bool = False) -> None:
        """End the processes, for good, and delete their temporary files; what is being read fails.

        They are told to end, and killed where they are too busy for that; `at_once` kills them.
        """
        with self._lock:
            self._closed = True
            if self._pool is not None:
                if at_once:
                    self._pool.stop()  # type: ignore[no-untyped-call]  # or it would put others in their place
                    for process in active_children():
                        process.kill()
                _end(self._pool)
                self._pool = None
            for future in list(self._asked):
                if not future.done():  # it leaves these for good
                    future.set_exception(WorkerDiedError("the pool is closed"))
            if self._temporary is not None:
                self._temporary.cleanup()
                self._temporary = None

    def read(self, job: Job) -> Outcome:
        """Read a document in a worker; blocks. A failure is an outcome.

        Raises WorkerDiedError if the process died, and StorageError where a storage does not answer.
        """
        try:
            with brought_here(job, self.spool) as here:
                outcome: Outcome = self.look_and_read(job.source.berkas, inspect_job, read_job, here)
        except UnreadableError as error:
            log_trace(job.source.berkas, error.trace)
            return Outcome(status="gagal", problem=error.problem)
        return outcome

    def look_and_read(
        self, berkas: str, inspect: Callable[[T], Problem | int], read: Callable[[T], Any], argument: T
    ) -> Any:
        """What `read` gives for the argument, with time for as many pages as `inspect` told. Raises as `call` does."""
        inspected: Problem | int = self.call(berkas, inspect, argument)
        if isinstance(inspected, Problem):
            raise UnreadableError(inspected)
        return self.call(berkas, read, argument, pages=inspected)

    def share_cores(self, documents: int) -> None:
        """Let the processes read scans in as many threads as they may where so many documents are left, from the next
        page on.
        """
        threads = self.settings.threads(documents)
        with self._lock:
            changed, self.threads = threads != self.threads, threads
            if changed and self._temporary is not None:
                tell_threads(Path(self._temporary.name), self.threads)

    def fail(self, job: Job, outcome: Outcome) -> Outcome:
        """Let a worker write the result of a document that was not read: why, as `outcome` says. Raises StateError."""
        written: Outcome = self._schedule(write_failure, (job, outcome), None).result()
        return written

    def call(self, berkas: str, function: Callable[..., Any], *args: Any, pages: int = 0) -> Any:
        """What a module's function gives for `args`, called in a worker with its limits; blocks.

        Raises UnreadableError where it fails, WorkerDiedError where the process died, and StateError where its
        result cannot be stored: that is no fault of the document.
        """
        seconds = self.settings.seconds(pages)
        future = self._schedule(attempt, (function, *args), seconds)
        error = future.exception()
        if error is None:
            return future.result()
        if isinstance(error, FutureTimeoutError):
            raise UnreadableError(Problem(ProblemCode.WAKTU_HABIS, berkas, f"{seconds:g}")) from error
        if isinstance(error, StateError):
            raise error
        if isinstance(error, ReaderError):
            raise UnreadableError(Problem(error.kode, berkas, error.detail), error.trace) from error
        if isinstance(error, ProcessExpired) and self._lacked_memory(error):
            raise UnreadableError(Problem(ProblemCode.MEMORI_HABIS, berkas)) from error
        raise WorkerDiedError(f"{type(error).__name__}: {error}") from error

    def _lacked_memory(self, expired: ProcessExpired) -> bool:
        """Whether a process ended for want of memory: it said so, or aborted with a third of its limit in use.

        A buffer that is doubled needs three times what it holds.
        """
        if expired.exitcode != -signal.SIGABRT or self._temporary is None:
            return bool(expired.exitcode == MEMORY_EXIT)
        peak = peak_file(self._temporary.name, expired.pid)
        return peak.exists() and int(peak.read_text() or 0) * 3 > self.settings.memory * MEBIBYTE

    def _schedule(self, function: Callable[..., Any], args: tuple[Any, ...], seconds: float | None) -> Future[Any]:
        """Hand a task to a worker, of a fresh pool where the last one broke."""
        with self._lock:
            if self._closed:
                raise WorkerDiedError("the pool is closed")
            if self._pool is not None and not self._pool.active:
                _end(self._pool)
                self._pool = None
            if self._pool is None:
                self._pool = self._start()
            future: Future[Any] = self._pool.schedule(function, args=args, timeout=seconds)
            self._asked.add(future)
            return future

    def _start(self) -> ProcessPool:
        if self._temporary is None:
            self._temporary = TemporaryDirectory(prefix="rkt-", ignore_cleanup_errors=True)
        tell_threads(Path(self._temporary.name), self.threads)
        return ProcessPool(
            max_workers=self.settings.workers,
            max_tasks=_TASKS_PER_DOCUMENT * self.settings.documents,
            initializer=start_worker,
            initargs=(self.settings.memory, self._temporary.name),
            context=_BareContext(),
        )


_OPEN: WeakSet[ReaderPool] = WeakSet()


def end_readers() -> None:
    """Kill all reader processes of this process: it is about to end."""
    for pool in list(_OPEN):
        pool.close(at_once=True)


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()
