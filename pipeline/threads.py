"""In how many threads a process reads the scans of a document: a number that may grow while it reads.

Near the end of a run processes fall idle one after the other; the pages of the scans that are left take their cores.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pipeline.files import write_atomically

VARIABLE = "RKT_OCR_THREADS"  # the file that holds the number; 1 where it is not set
_FILE = "utas"

# How soon a process notices that it may use more threads. A page takes some five seconds.
_SECONDS_TO_NOTICE = 1.0

# More than any machine has cores for one process; the file says how many there are.
_MOST = 64

T = TypeVar("T")
R = TypeVar("R")


def tell_threads(folder: Path, threads: int) -> None:
    """Write down in how many threads those may read that look into this folder. Raises OSError."""
    write_atomically(threads_file(folder), str(threads).encode())


def threads_file(folder: Path) -> Path:
    """Where `tell_threads` writes."""
    return folder / _FILE


def _threads() -> int:
    path = os.environ.get(VARIABLE)
    return int(Path(path).read_text(encoding="ascii")) if path else 1


def in_threads(function: Callable[[T], R], things: Iterable[T]) -> list[R]:
    """What `function` gives for each thing, in their order, in as many threads as there may be at each moment.

    Raises what `function` raises, for the first thing for which it does so.
    """
    left = iter(things)
    begun: list[Future[R]] = []
    under_way: set[Future[R]] = set()
    with ThreadPoolExecutor(_MOST) as pool:
        while True:
            new = [pool.submit(function, thing) for thing in islice(left, max(0, _threads() - len(under_way)))]
            begun += new
            under_way.update(new)
            if not under_way:
                return [each.result() for each in begun]
            done, under_way = wait(under_way, _SECONDS_TO_NOTICE, FIRST_COMPLETED)
            if any(each.exception() for each in done):
                left = iter(())
