"""What happens inside a reader process: its limits, and how whatever goes wrong in it is told to the parent."""

from __future__ import annotations

import os
import resource
import shutil
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from pypdfium2 import PdfiumError

from pipeline.intake import ProblemCode
from pipeline.pages.limits import TooComplexError
from pipeline.threads import VARIABLE as THREADS
from pipeline.threads import threads_file
from pipeline.worker.store import StateError

MEMORY_EXIT = 86
ORPHAN_EXIT = 87
MEBIBYTE = 1 << 20

# Above this share of its limit a process ends itself. The rest is for libraries that cannot say that memory is short:
# they abort, which looks like any other crash.
_WATCHED_SHARE = 0.75
_LOOKS_PER_SECOND = 50.0
_RESIDENT = 1
_STATUS = Path("/proc/self/statm")
_PEAK_STEP = 64 * MEBIBYTE

# How libraries in C++ say that there is no memory, in errors of their own.
_NO_MEMORY = ("bad_alloc", "Insufficient memory")

# Arrow's own allocator sets a gigabyte aside, OpenBLAS some 200 MB for threads; OpenCV starts threads beside ours.
_MODEST = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENCV_FOR_THREADS_NUM": "1",
}

_busy = threading.Event()


class ReaderError(Exception):
    """Something that went wrong in a reader process, as plain text: its own error may not survive the way here."""

    def __init__(self, kode: ProblemCode, detail: str, trace: str) -> None:
        super().__init__(kode, detail, trace)
        self.kode = kode
        self.detail = detail
        self.trace = trace


def start_worker(memory: int, temporary: str) -> None:
    """Runs once in each new process: limits its memory (MiB), gives it a place for temporary files, and silences it.

    A file there tells how many pages of scans it may read at once.

    What is limited is memory of its own (RLIMIT_DATA), not addresses: libraries take a gigabyte of those.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = memory * MEBIBYTE
    resource.setrlimit(resource.RLIMIT_DATA, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    os.environ.update({**_MODEST, THREADS: str(threads_file(Path(temporary))), "TMPDIR": temporary})
    tempfile.tempdir = temporary
    _silence()
    threading.Thread(target=_end_with_parent, args=(temporary,), daemon=True).start()
    if _STATUS.exists():
        peak = peak_file(temporary, os.getpid())
        threading.Thread(target=_watch_memory, args=(int(limit * _WATCHED_SHARE), peak), daemon=True).start()


def peak_file(temporary: str, pid: int) -> Path:
    """Where a process keeps how many bytes it held at most while it read: after an abort that tells why."""
    return Path(temporary, f"{pid}.puncak")


def attempt(function: Callable[..., Any], *args: Any) -> Any:
    """Call a function in this process. Raises ReaderError, and StateError where the result cannot be stored.

    A process that lacks memory ends, to be replaced.
    """
    _busy.set()
    try:
        return function(*args)
    except MemoryError:
        os._exit(MEMORY_EXIT)
    except StateError:
        raise
    except TooComplexError as error:
        raise ReaderError(ProblemCode.TERLALU_RUMIT, str(error.page), "") from None
    except PdfiumError as error:
        raise ReaderError(ProblemCode.RUSAK, str(error), "") from None
    except Exception as error:  # noqa: BLE001 - whatever a reader raises must get to the parent, and some cannot
        if any(sign in str(error) for sign in _NO_MEMORY):
            os._exit(MEMORY_EXIT)
        detail = f"{type(error).__name__}: {error}"
        raise ReaderError(ProblemCode.GALAT_PEMBACA, detail, traceback.format_exc()) from None
    finally:
        _busy.clear()


def _silence() -> None:
    """What libraries print about a broken file is of no use in the user's terminal."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _end_with_parent(temporary: str) -> None:
    """End the process when the one that started it is gone, however it went; runs in a thread.

    Whoever is killed ends nobody, and a reader alone would go on to the end of its document.
    """
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        shutil.rmtree(temporary, ignore_errors=True)
        os._exit(ORPHAN_EXIT)


def _watch_memory(limit: int, peak: Path) -> None:
    """End the process when its resident memory, in bytes, passes a limit while it reads; runs in a thread."""
    page = resource.getpagesize()
    noted = 0
    while _busy.wait():
        resident = int(_STATUS.read_text().split()[_RESIDENT]) * page
        if resident > limit:
            os._exit(MEMORY_EXIT)
        if resident > noted + _PEAK_STEP:
            peak.write_text(str(resident))
            noted = resident
        time.sleep(1 / _LOOKS_PER_SECOND)
