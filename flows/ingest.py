"""The flow `ingest`: a task per document, then one task that publishes. No domain logic."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from prefect import State, Task, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import TaskRun
from prefect.futures import as_completed
from prefect.states import Completed, Failed
from prefect.task_runners import ThreadPoolTaskRunner

from flows.artifacts import write_artifacts
from flows.summary import Summary, report, watcher
from pipeline.intake import ProblemCode, ReadSettings, find_documents
from pipeline.reference.editions import load_editions, reference_folder
from pipeline.release.build import Release, publish
from pipeline.release.keep import remove_old
from pipeline.release.manifest import InputFile
from pipeline.release.reports import FindingFilter, findings
from pipeline.version import reader_version
from pipeline.worker.model import DEFAULT_READER, Job, Outcome
from pipeline.worker.plan import Document, Plan, Planner, entries
from pipeline.worker.pool import PoolSettings, ReaderPool, WorkerDiedError
from pipeline.worker.store import Store, state_folder

# Threads that wait for worker processes; more of them than processes, so that none idles.
_WAITING: ThreadPoolTaskRunner[Any] = ThreadPoolTaskRunner(max_workers=2 * (os.cpu_count() or 1) + 14)


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
    """Read one document in a worker process. Raises WorkerDiedError where the process died twice."""
    return pool.read(job)


@task(name="terbitkan", cache_policy=NO_CACHE, persist_result=False)
def publish_release(documents: list[Document], store: Store, curated: Path, samarkan_nip: bool) -> Release:
    """Publish all documents as the next release. Raises OSError where it cannot be written; the last one stands."""
    return publish(
        [store.result_path(document.entry.key) for document in documents],
        curated,
        inputs=[InputFile(document.berkas, document.entry.source.sha256) for document in documents],
        reader_version=reader_version(),
        nip_masked=samarkan_nip,
        nomenclature=load_editions(reference_folder(store.folder)),
    )


@flow(
    name="ingest",
    flow_run_name="ingest {curated}",
    task_runner=_WAITING,  # type: ignore[arg-type]  # Prefect types its own runner too narrowly
    persist_result=False,
    validate_parameters=True,
)
def ingest(  # noqa: PLR0913 - Prefect takes the parameters of a run from this signature
    paths: list[str],
    curated: str = "curated",
    workers: int | None = None,
    timeout: float | None = None,
    memory: int | None = None,
    samarkan_nip: bool = False,
    vocabulary: str | None = None,
    reader: str = DEFAULT_READER,
    keep: int | None = None,
) -> State[Summary]:
    """Read the PDFs under `paths` and publish them, with all documents known before, as the next release in `curated`.

    `timeout` is in seconds per document, `memory` in MiB per worker process; None leaves the defaults of PoolSettings.
    `vocabulary` is the path of a YAML file whose phrases are added to the project's own. Of the releases the newest
    `keep` stay, all where it is None. The run completes when at least one document was read. Raises StateError where
    the state folder cannot be used, OSError where the vocabulary cannot be read.
    """
    limits = {"workers": workers, "timeout": timeout, "memory": memory}
    settings = PoolSettings(**{name: value for name, value in limits.items() if value is not None})  # type: ignore[arg-type]
    store = Store(state_folder(Path(curated)))
    store.prepare()
    with store.lock():
        planner = Planner(store, ReadSettings(vocabulary=Path(vocabulary) if vocabulary else None), reader)
        return _ingest(paths, Path(curated), store, settings, samarkan_nip, planner, keep)


def _ingest(
    paths: list[str],
    curated: Path,
    store: Store,
    settings: PoolSettings,
    samarkan_nip: bool,
    planner: Planner,
    keep: int | None,
) -> State[Summary]:
    plan = planner.plan(find_documents(Path(path).expanduser() for path in paths))
    with ReaderPool(settings, len(plan.unread())) as pool:
        _read(plan, planner, pool)
        _write_failures(plan, planner, pool)
    summary = Summary([report(document) for document in plan.documents], plan.problems, plan.notices, plan.twins)
    store.save_documents(entries(plan.documents))
    if not summary.all_failed():
        watcher().publishing()
        release = publish_release(plan.documents, store, curated, samarkan_nip)
        summary.release, summary.duplicates = release.number, release.manifest.duplicates
        summary.published_findings = release.counts["temuan"]
    store.prune(document.entry.key for document in plan.documents)
    if keep is not None and summary.release is not None:
        summary.removed = remove_old(curated, keep)
    write_artifacts(summary, _findings(summary, curated))
    return _final_state(summary)


def _read(plan: Plan, planner: Planner, pool: ReaderPool) -> None:
    """Read what is not at hand; every document has an outcome afterwards."""
    unread = plan.unread()
    watcher().planned(len(unread))
    futures = {read_document.submit(planner.job(document), pool): document for document in unread}
    for future in as_completed(list(futures)):
        document = futures[future]
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


def _write_failures(plan: Plan, planner: Planner, pool: ReaderPool) -> None:
    """Every document that was not read gets a result that says so, to be published like any other."""
    for document in plan.documents:
        outcome = document.outcome
        if outcome is not None and outcome.problem is not None and not document.cached:
            document.outcome = pool.fail(planner.failed(document, outcome), outcome)


def _findings(summary: Summary, curated: Path) -> Iterator[dict[str, Any]]:
    """The findings about the documents of this run, out of the release it published."""
    if summary.release is None:
        return
    about = {report.berkas for report in summary.handled()}
    for finding in findings(curated, FindingFilter()).records():
        if finding["berkas"] in about:
            yield finding


def _final_state(summary: Summary) -> State[Summary]:
    """Completed when all was read, completed under the name Sebagian when some was, failed when nothing was."""
    if not summary.incomplete() and not summary.problems:
        return Completed(data=summary)
    names = [problem.berkas for problem in summary.problems] + [entry.berkas for entry in summary.incomplete()]
    message = f"{len(names)} bermasalah: {', '.join(names[:10])}"
    if summary.all_failed():
        return Failed(data=summary, message=message)
    return Completed(data=summary, name="Sebagian", message=message)
