"""Dask and Ray as runners of a flow's tasks: started for a run, or one that exists. Their libraries are extras."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from prefect.client.orchestration import get_client
from prefect.futures import PrefectTaskRunFuture
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.task_runners import TaskRunner

from pipeline.version import reader_version
from pipeline.worker.pool import WorkerDiedError
from pipeline.worker.remote import this_machine
from pipeline.worker.runners import RunnerCode, RunnerError, Where

_SECONDS_TO_ANSWER = 30
_SECONDS_FOR_WORKERS = 60

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster that takes tasks. `slots` tells how many it can do at once now.

    `died` are the errors of a task whose worker was killed again and again, `lost` those of a cluster that is gone.
    """

    runner: TaskRunner[Any]
    slots: Callable[[], int]
    died: tuple[type[Exception], ...]
    lost: tuple[type[Exception], ...]

    def result(self, future: PrefectTaskRunFuture[Any]) -> object:
        """What a task returned or raised. Raises RunnerError where the cluster is gone."""
        try:
            return future.result(raise_on_failure=False)
        except self.died as error:
            return WorkerDiedError(str(error))
        except self.lost as error:
            raise RunnerError(RunnerCode.PUTUS, type(error).__name__) from error


@contextmanager
def open_cluster(where: Where, workers: int) -> Iterator[Cluster]:
    """The cluster at an address, else one of so many workers on this machine, which ends with the block.

    Raises RunnerError where it does not answer, has no workers, or these have other code.
    """
    with _api_for_workers(), (_dask if where.runner == "dask" else _ray)(where.address, workers) as cluster:
        yield cluster


@contextmanager
def _api_for_workers() -> Iterator[None]:
    """Tell workers the address of the server in use: without it each would start a temporary one of its own."""
    with get_client(sync_client=True) as client:
        url = str(client.api_url)
    with temporary_settings({PREFECT_API_URL: url}):
        yield


@contextmanager
def _dask(address: str | None, workers: int) -> Iterator[Cluster]:
    from distributed import CancelledError, KilledWorker

    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    from prefect_dask import DaskTaskRunner

    with TemporaryDirectory(prefix="rkt-dask-", ignore_cleanup_errors=True) as scratch:
        started_here = {
            "n_workers": workers,
            "threads_per_worker": 1,
            "dashboard_address": None,
            "memory_limit": 0,  # the guarded processes have their own
            "local_directory": scratch,
            "silence_logs": logging.CRITICAL,
        }
        runner = DaskTaskRunner(
            address=address,
            cluster_kwargs=None if address else started_here,
            client_kwargs={"timeout": _SECONDS_TO_ANSWER},
        )
        with runner:
            client = _reached(lambda: runner.client)  # connects when it is first asked for
            _await_dask_workers(client)
            _refuse_foreign(client.run(this_machine, on_error="return").values())
            yield Cluster(runner, lambda: sum(client.nthreads().values()), (KilledWorker,), (CancelledError,))


def _await_dask_workers(client: Any) -> None:
    try:
        client.wait_for_workers(1, timeout=_SECONDS_FOR_WORKERS)
    except TimeoutError as error:
        raise RunnerError(RunnerCode.TANPA_PEKERJA, "dask worker …") from error


@contextmanager
def _ray(address: str | None, workers: int) -> Iterator[Cluster]:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    import ray
    from prefect_ray import RayTaskRunner
    from ray.exceptions import NodeDiedError, OutOfMemoryError, RaySystemError, WorkerCrashedError

    with TemporaryDirectory(prefix="rkt-ray-", ignore_cleanup_errors=True) as scratch, ExitStack() as opened:
        started_here = {"num_cpus": workers, "include_dashboard": False, "_temp_dir": scratch}
        quiet = {"log_to_driver": False, "logging_level": logging.CRITICAL}
        runner: TaskRunner[Any] = RayTaskRunner(address or "local", quiet | ({} if address else started_here))
        _reached(lambda: opened.enter_context(runner))
        _refuse_foreign(_ray_machines())
        yield Cluster(
            runner,
            lambda: int(ray.cluster_resources().get("CPU", 0)),
            (WorkerCrashedError, OutOfMemoryError, NodeDiedError),
            (RaySystemError,),
        )


def _ray_machines() -> list[Any]:
    """What `this_machine` gives on each node that takes tasks, an exception where it cannot be called."""
    import ray
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    nodes = [node["NodeID"] for node in ray.nodes() if node["Alive"] and node["Resources"].get("CPU")]
    if not nodes:
        raise RunnerError(RunnerCode.TANPA_PEKERJA, "ray start --address=…")
    ask = ray.remote(num_cpus=0)(this_machine)
    asked = [
        ask.options(scheduling_strategy=NodeAffinitySchedulingStrategy(node, soft=False)).remote() for node in nodes
    ]
    answers: list[Any] = []
    for answer in asked:
        try:
            answers.append(ray.get(answer))
        except ray.exceptions.RayError as error:
            answers.append(error)
    return answers


def _reached(connect: Callable[[], T]) -> T:
    """What connecting gives. Raises RunnerError where nobody answers or the address is none."""
    try:
        return connect()
    except (OSError, RuntimeError, ValueError) as error:
        raise RunnerError(RunnerCode.TAK_TERJANGKAU, str(error)) from error


def _refuse_foreign(machines: Iterable[Any]) -> None:
    """Raises RunnerError where a worker cannot tell its reader's version, or it is not ours."""
    for answer in machines:
        if isinstance(answer, BaseException):
            raise RunnerError(RunnerCode.TANPA_RKT, str(answer))
        refuse_version(*answer)


def refuse_version(version: str, machine: str) -> None:
    """Raises RunnerError where a machine reads with other code than is here."""
    if version != reader_version():
        raise RunnerError(RunnerCode.VERSI, f"{machine}: {version} ≠ {reader_version()}")
