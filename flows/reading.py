"""Reading the documents of a run: a task for each, in worker processes. The order of a run is in flows/ingest.py."""

from __future__ import annotations

from typing import Any

from prefect import State, Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import TaskRun
from prefect.futures import PrefectConcurrentFuture
from prefect.task_runners import ThreadPoolTaskRunner

from flows.summary import watcher
from flows.window import in_window
from pipeline.intake import ProblemCode
from pipeline.worker.model import Job, Outcome
from pipeline.worker.plan import Document, Plan, Planner
from pipeline.worker.pool import ReaderPool, WorkerDiedError

# How many documents are handed out for each worker process: enough that none idles while the next is prepared.
_PER_WORKER = 4


def _worker_died(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Only a dead process is worth a second try: whatever else went wrong would go wrong again."""
    return isinstance(state.result(raise_on_failure=False), WorkerDiedError)


@task(
    name="baca",
    task_run_name="baca {job.source.berkas}",
    retries=1,
    retry_condition_fn=_worker_died,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def read_document(job: Job, pool: ReaderPool) -> Outcome:
    """Read one document in a worker process. Raises WorkerDiedError where the process died twice, StateError."""
    return pool.read(job)


def read_unread(plan: Plan, planner: Planner, pool: ReaderPool) -> None:
    """Read what is not at hand; every document has an outcome afterwards."""
    unread = plan.unread()
    watcher().planned(len(unread))
    window = _PER_WORKER * pool.settings.workers
    threads: ThreadPoolTaskRunner[Outcome] = ThreadPoolTaskRunner(max_workers=window)
    with threads as runner:

        def submit(document: Document) -> PrefectConcurrentFuture[Outcome]:
            return runner.submit(read_document, {"job": planner.job(document), "pool": pool})

        for document, future in in_window(unread, submit, lambda: window):
            document.outcome = _outcome(document, future.result(raise_on_failure=False))
            watcher().read(document.berkas)


def _outcome(document: Document, result: object) -> Outcome:
    if isinstance(result, Outcome):
        return result
    if isinstance(result, WorkerDiedError):
        return Outcome.failed(ProblemCode.BERHENTI, document.berkas)
    if isinstance(result, BaseException):
        raise result
    raise TypeError(f"{document.berkas}: the task ended in {result!r}")


def write_failures(plan: Plan, planner: Planner, pool: ReaderPool) -> None:
    """Every document that was not read gets a result that says so, to be published like any other."""
    for document in plan.documents:
        outcome = document.outcome
        if outcome is not None and outcome.problem is not None and not document.cached:
            document.outcome = pool.fail(planner.failed(document, outcome), outcome)
