"""Pages read in as many threads as there may be at each moment."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from pipeline import threads
from pipeline.threads import VARIABLE, in_threads, tell_threads, threads_file


def test_it_takes_more_threads_while_it_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(threads_file(tmp_path)))
    monkeypatch.setattr(threads, "_SECONDS_TO_NOTICE", 0.01)
    together = threading.Barrier(3)
    alone = threading.Lock()

    def work(number: int) -> int:
        if number < 2:
            assert alone.acquire(blocking=False), "one at a time"
            if number == 1:
                tell_threads(tmp_path, 3)
            alone.release()
        else:
            together.wait(10)
        return number * number

    tell_threads(tmp_path, 1)
    assert in_threads(work, range(8)) == [number * number for number in range(8)]


def test_the_first_failure_in_order_is_raised_and_nothing_new_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(threads_file(tmp_path)))
    tell_threads(tmp_path, 2)
    second = threading.Event()
    begun: list[int] = []

    def work(number: int) -> None:
        begun.append(number)
        if number == 0:
            second.wait(10)
        second.set()
        raise ValueError(str(number))

    with pytest.raises(ValueError, match="0"):
        in_threads(work, range(50))
    assert len(begun) < 50


def test_without_a_word_it_is_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    seen = in_threads(lambda _number: threading.get_ident(), range(5))
    assert len(set(seen)) == 1
