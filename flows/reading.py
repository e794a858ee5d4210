"""Reading the documents of a run: a task for each, in worker processes. The order of a run is in flows/ingest.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from prefect import State, Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import TaskRun
from prefect.futures import PrefectTaskRunFuture
from prefect.task_runners import ThreadPoolTaskRunner

from flows.clusters import open_cluster, refuse_version
from flows.summary import report, watcher
from flows.window import in_window
from pipeline.intake import ProblemCode
from pipeline.worker.model import Job, Outcome
from pipeline.worker.plan import Document, Plan, Planner
from pipeline.worker.pool import ReaderPool, WorkerDiedError, log_trace
from pipeline.worker.remote import Answer, Errand, carry_out
from pipeline.worker.runners import Where
from pipeline.worker.store import save_result

# How many documents are handed out for each worker process: enough that none idles while the next is prepared.
_PER_WORKER = 4


def _worker_died(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Only a dead process is worth a second try: whatever else went wrong would go wrong again."""
    return isinstance(state.result(raise_on_failure=False), WorkerDiedError)


_AS_A_TASK: dict[str, Any] = {
    "name": "baca",
    "retries": 1,
    "retry_condition_fn": _worker_died,
    "cache_policy": NO_CACHE,
    "persist_result": False,
}


@task(task_run_name="baca {job.source.berkas}", **_AS_A_TASK)
def read_document(job: Job, pool: ReaderPool) -> Outcome:
    """Read one document in a worker process. Raises WorkerDiedError where the process died twice, StateError."""
    return pool.read(job)


@task(task_run_name="baca {errand.job.source.berkas}", **_AS_A_TASK)
def read_far(errand: Errand) -> Answer:
    """Read one document on a machine of a cluster. Raises WorkerDiedError where its guarded process died twice."""
    return carry_out(errand)


def read_unread(plan: Plan, planner: Planner, pool: ReaderPool, where: Where) -> None:
    """Read what is not at hand; every document has an outcome afterwards. Raises RunnerError."""
    unread = plan.unread()
    watcher().planned(len(unread))
    if not unread:
        return
    read = _read_here(unread, planner, pool) if where.runner == "local" else _read_there(unread, planner, pool, where)
    for left, (document, outcome) in zip(range(len(unread) - 1, -1, -1), read, strict=True):
        document.outcome = outcome
        pool.share_cores(left)
        watcher().read(report(document))


def _read_here(unread: list[Document], planner: Planner, pool: ReaderPool) -> Iterator[tuple[Document, Outcome]]:
    window = _PER_WORKER * pool.settings.workers
    threads: ThreadPoolTaskRunner[Outcome] = ThreadPoolTaskRunner(max_workers=window)
    with threads as runner:

        def submit(document: Document) -> PrefectTaskRunFuture[Outcome]:
            return runner.submit(read_document, {"job": planner.job(document), "pool": pool})

        for document, future in in_window(unread, submit, lambda: window):
            yield document, _outcome(document, future.result(raise_on_failure=False))


def _read_there(
    unread: list[Document], planner: Planner, pool: ReaderPool, where: Where
) -> Iterator[tuple[Document, Outcome]]:
    """Results come back with the answers and are stored here: a cluster does not see the state folder."""
    threads = pool.threads if where.address is None else 1
    with open_cluster(where, pool.settings.workers) as cluster:

        def submit(document: Document) -> PrefectTaskRunFuture[Answer]:
            errand = Errand(planner.job(document), pool.settings, threads, planner.words)
            future: PrefectTaskRunFuture[Answer] = cluster.runner.submit(read_far, {"errand": errand})
            return future

        for document, future in in_window(unread, submit, lambda: _PER_WORKER * max(1, cluster.slots())):
            answer = cluster.result(future)
            if isinstance(answer, Answer):
                answer = _store(planner.job(document), answer)
            yield document, _outcome(document, answer)


def _store(job: Job, answer: Answer) -> Outcome:
    """Keep a result that came from elsewhere. Raises RunnerError where other code than ours made it, and OSError."""
    refuse_version(answer.reader_version, answer.machine)
    log_trace(job.source.berkas, answer.trace)
    if answer.result is not None:
        save_result(job.target, answer.result, answer.outcome)
    return answer.outcome


def _outcome(document: Document, result: object) -> Outcome:
    if isinstance(result, Outcome):
        return result
    if isinstance(result, WorkerDiedError):
        return Outcome.failed(ProblemCode.BERHENTI, document.berkas)
    if isinstance(result, BaseException):
        raise result
    raise TypeError(f"{document.berkas}: the task ended in {result!r}")


def write_failures(plan: Plan, planner: Planner, pool: ReaderPool) -> None:
    """Every document that was not read gets a result that says so, to be published like any other.

    One that could not even be brought here keeps what was read from the same bytes before, as a file does that may not
    be opened, and is a problem of this run.
    """
    for document in plan.documents:
        outcome = document.outcome
        if outcome is None or outcome.problem is None or document.cached:
            continue
        if outcome.problem.kode is ProblemCode.TIDAK_TERBUKA and planner.keep_earlier(document, plan):
            plan.problems.append(outcome.problem)
        else:
            document.outcome = pool.fail(planner.failed(document, outcome), outcome)
