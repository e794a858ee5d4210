"""Ends this process when it is told to: within seconds, with all that it started, wherever it stands.

A handler alone cannot: libraries replace it or swallow what it raises, and a long call in C keeps it waiting. So a
thread hears of the signal, whoever handles it, and does the work; the handler only halts the main thread, which must
not go on to publish meanwhile. What is left half-written is what a killed process leaves, and the next run clears.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SIGNALS = (signal.SIGTERM, signal.SIGINT)

# Who tells a process to end waits 10 s as a rule. A run that `rkt serve` watches has to be gone before that is.
SECONDS_TO_STOP = 7.0
SECONDS_TO_STOP_ALL = 9.0

# How long a call in C of the main thread may take to come back and be halted before the work begins all the same.
_SECONDS_TO_HALT = 0.5
_SECONDS_TO_KILL = 1.0
_PROCESSES = Path("/proc")

_told = threading.Event()
_halted = threading.Event()
_armed = threading.Event()


def exit_code(number: int) -> int:
    """What a shell says of a process that a signal ended: 143 for SIGTERM, 130 for SIGINT."""
    return 128 + number


@contextmanager
def stopped_by_signals(
    work: Callable[[signal.Signals], None], last_words: Callable[[signal.Signals], None], seconds: float
) -> Iterator[None]:
    """Within the block, SIGTERM and SIGINT halt the main thread, do `work` in another, kill all that this process
    started, and end it after `last_words`; all that in so many `seconds`, even where the work is not done by then.

    A second signal changes nothing. Neither function may wait for the main thread. Does nothing outside of it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    with _heard(lambda number: _end(number, work, last_words, seconds)):
        _armed.set()
        before = {number: signal.signal(number, _halt) for number in SIGNALS}
        try:
            yield
        finally:
            _armed.clear()
            for number, handler in before.items():
                signal.signal(number, handler)


@contextmanager
def ended_in_time(last_words: Callable[[signal.Signals], None], seconds: float) -> Iterator[None]:
    """Where the handlers of SIGTERM and SIGINT let the block end in its own way: kill it, and all that this process
    started, where it has not done so in so many `seconds`.
    """
    over = threading.Event()

    def limit(number: signal.Signals) -> None:
        if not over.wait(seconds):
            _leave(number, last_words)

    with _heard(limit):
        try:
            yield
        finally:
            over.set()


@contextmanager
def _heard(act: Callable[[signal.Signals], None]) -> Iterator[None]:
    """Call `act` in a thread when one of the signals comes. They must have handlers in Python, whichever."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    threading.Thread(target=_listen, args=(reading, act), daemon=True).start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        os.close(writing)


def _listen(reading: int, act: Callable[[signal.Signals], None]) -> None:
    with os.fdopen(reading, "rb", buffering=0) as stream:
        while byte := stream.read(1):
            if byte[0] in SIGNALS:
                act(signal.Signals(byte[0]))
                return


def hold_signals() -> None:
    """Put the handlers back that a library has replaced. Does nothing where `stopped_by_signals` is not in force."""
    if _armed.is_set():
        for number in SIGNALS:
            signal.signal(number, _halt)


def halt_if_told() -> None:
    """Go no further where this process is being ended."""
    if _told.is_set():
        _halt()


def _halt(*_given: object) -> None:
    _halted.set()
    while True:
        time.sleep(1)


def _end(
    number: signal.Signals,
    work: Callable[[signal.Signals], None],
    last_words: Callable[[signal.Signals], None],
    seconds: float,
) -> None:
    _told.set()

    def halted_first() -> None:
        _halted.wait(_SECONDS_TO_HALT)
        work(number)

    worker = threading.Thread(target=halted_first, daemon=True)
    worker.start()
    worker.join(seconds)
    _leave(number, last_words)


def _leave(number: signal.Signals, last_words: Callable[[signal.Signals], None]) -> None:
    try:
        kill_descendants()
        last_words(number)
    finally:
        os._exit(exit_code(number))


def kill_descendants() -> None:
    """Kill all that this process started, and what that started. Where a system does not tell of them as Linux does,
    readers and servers end by themselves once they find it gone.
    """
    until = time.monotonic() + _SECONDS_TO_KILL
    while (left := _descendants()) and time.monotonic() < until:
        for pid in left:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.02)


def _descendants() -> list[int]:
    parents = {int(folder.name): _parent(folder) for folder in _PROCESSES.glob("[0-9]*")}
    found = [os.getpid()]
    for known in found:  # grows while it is gone through
        found += [pid for pid, parent in parents.items() if parent == known]
    return found[1:]


def _parent(process: Path) -> int | None:
    """The parent of a living process. None for a dead one, and for that which tidies up after us when we are gone."""
    try:
        state, parent = (process / "stat").read_text(errors="replace").rpartition(")")[2].split()[:2]
        tracker = b"multiprocessing.resource_tracker" in (process / "cmdline").read_bytes()
    except (OSError, ValueError):
        return None
    return None if state in "ZX" or tracker else int(parent)
