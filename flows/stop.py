"""What is left to do for a run whose process is being ended: end its readers, record it as stopped, and tell of it.

Done beside a main thread that is halted wherever it stands, so nothing here takes a lock of Prefect or of the flow but
for a limited time. Needs no Prefect before the run has begun there.
"""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from threading import Thread

from flows.news import (
    Stopped,
    is_ours,
    known_status,
    last_run,
    tell_by_mail,
    tell_webhook,
    write_ending,
)
from pipeline.storage import Place
from pipeline.worker.last_run import LastRun
from pipeline.worker.pool import end_readers
from pipeline.worker.stop import hold_signals
from pipeline.worker.store import StateBusyError, Store, state_folder

# Together less than SECONDS_TO_STOP: what does not answer by then is not told.
_SECONDS_FOR_READERS = 1.5
_SECONDS_TO_RECORD = 2.0
_SECONDS_TO_TELL = 2.5

_LOG = logging.getLogger("pipeline.stop")


@dataclass(slots=True)
class ThisRun:
    """How far the run of this process is. `cancel` tells Prefect that it goes no further."""

    holds_lock: bool = False
    is_over: bool = False
    cancel: Callable[[], None] | None = None


THIS_RUN = ThisRun()


@contextmanager
def under_way(cancel: Callable[[], None]) -> Iterator[None]:
    """The block is a run that holds the lock of its folder."""
    hold_signals()
    THIS_RUN.holds_lock, THIS_RUN.is_over, THIS_RUN.cancel = True, False, cancel
    try:
        yield
    finally:
        THIS_RUN.holds_lock = False


def stop_run(curated: Place, number: signal.Signals) -> None:
    """Record that the run of this process was stopped by a signal, and send the news, each in limited time.

    Where its end was recorded before, or another run holds the folder, there is nothing to tell.
    """
    runs: list[LastRun] = []
    _within(_SECONDS_FOR_READERS, end_readers)
    if not THIS_RUN.is_over:
        _within(_SECONDS_TO_RECORD, lambda: runs.extend(_record(curated, number)))
        telling = [] if THIS_RUN.cancel is None else [THIS_RUN.cancel]
        for run in runs:
            telling += [partial(tell, run, curated, _LOG) for tell in (tell_webhook, tell_by_mail)]
        _within(_SECONDS_TO_TELL, *telling)


def _within(seconds: float, *works: Callable[[], None]) -> None:
    """Do all at once; what takes longer is left behind, and what fails keeps none of the others from their work."""
    until = time.monotonic() + seconds
    threads = [Thread(target=work, daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))


def _record(curated: Place, number: signal.Signals) -> list[LastRun]:
    """The run, recorded as stopped; empty where it had not begun, and another one has the folder."""
    with ExitStack() as held:
        if not THIS_RUN.holds_lock:
            try:
                held.enter_context(Store(state_folder(curated)).lock())
            except StateBusyError:
                return []
        known = known_status(curated, _LOG)
        begun = None if known is None or known.running is None or not is_ours(known.running) else known.running.started
        run = last_run(Stopped(number.name), begun, datetime.now(UTC))
        return [run if known is None else write_ending(run, known, None, curated, _LOG)]
