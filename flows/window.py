"""Hands out tasks a few at a time, so that a run's memory does not grow with the number of its documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from queue import SimpleQueue
from typing import Any, TypeVar
from uuid import UUID

from prefect.context import FlowRunContext
from prefect.futures import PrefectFuture, PrefectTaskRunFuture

T = TypeVar("T")

Submit = Callable[[T], PrefectTaskRunFuture[Any]]


def in_window(
    things: Iterable[T], submit: Submit[T], size: Callable[[], int]
) -> Iterator[tuple[T, PrefectTaskRunFuture[Any]]]:
    """Submit a task for each thing, at most `size()` of them under way; yields each with its future as it ends.

    A future is not kept once it was given out, nor what Prefect remembers of its result: no task here takes another's.
    """
    ended: SimpleQueue[PrefectFuture[Any]] = SimpleQueue()
    under_way: dict[UUID, tuple[T, PrefectTaskRunFuture[Any]]] = {}
    for thing in things:
        if len(under_way) >= size():
            yield under_way.pop(ended.get().task_run_id)
            _forget_results()
        future = submit(thing)
        under_way[future.task_run_id] = (thing, future)
        future.add_done_callback(ended.put)
    while under_way:
        yield under_way.pop(ended.get().task_run_id)
        _forget_results()


def _forget_results() -> None:
    """Prefect links each result to the state of its task until the flow ends, 3 KB a document."""
    context = FlowRunContext.get()
    if context is not None:
        context.run_results.clear()
