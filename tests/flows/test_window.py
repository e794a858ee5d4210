"""The window in which tasks are handed out. Its futures are plain ones: no server, no worker process."""

from __future__ import annotations

import gc
import weakref
from concurrent.futures import Future
from typing import Any
from uuid import uuid4

import pytest

pytestmark = [pytest.mark.xdist_group("prefect"), pytest.mark.usefixtures("prefect_home")]


class Submitter:
    """Takes numbers; each is done when the one that lies `late` places behind it is handed in."""

    def __init__(self, late: int) -> None:
        self.late = late
        self.futures: list[weakref.ref[Any]] = []
        self.open: list[Future[int]] = []
        self.most_open = 0

    def __call__(self, number: int) -> Any:
        from prefect.futures import PrefectConcurrentFuture

        inner: Future[int] = Future()
        future = PrefectConcurrentFuture(uuid4(), inner)
        self.open.append(inner)
        self.most_open = max(self.most_open, len(self.open))
        if len(self.open) == self.late:
            for done in reversed(self.open):
                done.set_result(number)
            self.open.clear()
        self.futures.append(weakref.ref(future))
        return future


def test_no_more_are_under_way_than_the_window_holds_and_each_is_given_out_once() -> None:
    from flows.window import in_window

    submitter = Submitter(late=4)
    given = []
    for number, future in in_window(range(40), submitter, lambda: 4):
        given.append(number)
        assert len(submitter.futures) <= len(given) + 3 + 4
        assert future.result() >= number

    assert sorted(given) == list(range(40))
    assert submitter.most_open == 4


def test_a_future_that_was_given_out_is_not_kept() -> None:
    from flows.window import in_window

    submitter = Submitter(late=1)
    alive = []
    for _number, _future in in_window(range(20), submitter, lambda: 5):
        gc.collect()
        alive.append(sum(reference() is not None for reference in submitter.futures))

    assert max(alive) <= 6


def test_the_window_may_grow_while_it_is_used() -> None:
    from flows.window import in_window

    submitter = Submitter(late=3)
    sizes = iter([3, 3, 3, 3] + [6] * 100)

    assert len(list(in_window(range(12), submitter, lambda: next(sizes)))) == 12


def test_nothing_to_hand_out_waits_for_nothing() -> None:
    from flows.window import in_window

    assert list(in_window([], Submitter(late=1), lambda: 1)) == []
