"""Something that must not take longer than a run can wait, whatever answers at the other end."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread


def failure_within(seconds: float, work: Callable[[], str | None]) -> str | None:
    """What `work` says went wrong, null where nothing did; after so many seconds, that it took too long.

    The limit holds against an answer that comes byte by byte, too: its thread is left behind and ends with us. `work`
    raises nothing.
    """
    failures: list[str | None] = []
    thread = Thread(target=lambda: failures.append(work()), daemon=True)
    thread.start()
    thread.join(seconds)
    return failures[0] if failures else f"no answer within {seconds:g} s"
