"""The flow `ingest`: a task per document, then one task that publishes. No domain logic."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed, Failed

from flows.aftermath import run_begun, run_ended
from flows.artifacts import MOST_FINDINGS, write_artifacts
from flows.cancel import cancelling
from flows.reading import read_unread, write_failures
from flows.stop import under_way
from flows.summary import Summary, report, watcher
from pipeline.intake import Intake, ReadSettings, find_documents
from pipeline.intake.seen import Seen
from pipeline.intake.spool import empty
from pipeline.release.continuity import listings, need_all, newest_manifest
from pipeline.release.copies import manifests_folder, readable
from pipeline.release.reports import FindingFilter, findings
from pipeline.storage import Place
from pipeline.worker.contents import Contents
from pipeline.worker.model import DEFAULT_READER
from pipeline.worker.plan import Planner, Wishes, entries
from pipeline.worker.pool import PoolSettings, ReaderPool
from pipeline.worker.runners import Runner, Where
from pipeline.worker.store import Store, state_folder
from pipeline.worker.target import Target, target_of

if TYPE_CHECKING:
    from pipeline.release.build import Release


@task(name="terbitkan", cache_policy=NO_CACHE, persist_result=False)
def publish_release(contents: Contents, target: Target) -> Release:
    """Publish all documents as the next release. Raises OSError and StorageError where it cannot be written; the last
    one stands.
    """
    return target.publish(contents.publish)


@flow(
    name="ingest",
    flow_run_name="ingest {curated}",
    persist_result=False,
    validate_parameters=True,
    on_completion=[run_ended],
    on_failure=[run_ended],
    on_crashed=[run_ended],
    on_cancellation=[run_ended],
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
    force: bool = False,
    withdraw_missing: bool = False,
    runner: Runner = "local",
    address: str | None = None,
    settle: float = 0.0,
) -> State[Summary]:
    """Read the PDFs under `paths` and publish them, with all documents known before, as the next release in `curated`.

    `timeout` is in seconds per document, `memory` in MiB per worker process; None leaves the defaults of PoolSettings.
    `vocabulary` is the path of a YAML file whose phrases are added to the project's own. Of the releases the newest
    `keep` stay, all where it is None. `force` reads what lies under `paths` again, `withdraw_missing` withdraws what
    has gone from there. Documents are read by `runner`: `local` processes, or the `dask` or `ray` cluster at `address`,
    one of `workers` on this machine where that is None. Files that changed less than `settle` seconds ago are left for
    a later run. The run completes when at least one document was read.

    A path may be an address such as `s3://bucket/raw`.

    Raises StateError where the state folder cannot be used, StorageError where a storage does not answer, OSError where
    the vocabulary cannot be read, WouldLoseError where documents that are published are neither known nor found,
    RunnerError where the cluster cannot read.
    """
    where = Where(runner, address)
    where.check()
    limits = {"workers": workers, "timeout": timeout, "memory": memory}
    settings = PoolSettings(**{name: value for name, value in limits.items() if value is not None})  # type: ignore[arg-type]
    place = Place.parse(curated)
    store = Store(state_folder(place))
    store.prepare()
    with store.lock(), under_way(cancelling()):
        target = target_of(place, store)
        run_begun(place)
        empty(store.spool)
        named = [Place.parse(path) for path in paths]
        wishes = Wishes.of(named, force=force, withdraw_missing=withdraw_missing)
        planner = Planner(store, ReadSettings(vocabulary=Path(vocabulary) if vocabulary else None), reader, wishes)
        intake = find_documents(named, settle, Seen(store.objects))
        return _ingest(intake, target, store, settings, samarkan_nip, planner, keep, where)


def _ingest(
    intake: Intake,
    target: Target,
    store: Store,
    settings: PoolSettings,
    samarkan_nip: bool,
    planner: Planner,
    keep: int | None,
    where: Where,
) -> State[Summary]:
    listing = manifests_folder(target.curated, store.folder / "manifests")
    newest = newest_manifest(listing)
    gone = {} if newest is None else {each.sha256: each for each in newest.withdrawn}
    plan = planner.plan(intake, gone)
    need_all(listings(listing), plan.inputs(), plan.withdrawn.keys() | plan.replaced)
    with ReaderPool(settings, settings.threads(len(plan.unread())), store.spool) as pool:
        read_unread(plan, planner, pool, where)
        write_failures(plan, planner, pool)
    summary = Summary([report(document) for document in plan.documents], plan.problems, plan.notices, plan.twins)
    summary.withdrawn = plan.leaving
    store.save_documents(entries(plan.documents), plan.withdrawn.values())
    if not summary.all_failed():
        _publish_what_is_new(summary, Contents(plan, store, samarkan_nip), target)
    store.prune(document.entry.key for document in plan.documents)
    if keep is not None and summary.current() is not None:
        summary.removed = target.remove_old(keep)
    write_artifacts(summary, _findings(summary, target.curated))
    return _final_state(summary)


def _publish_what_is_new(summary: Summary, contents: Contents, target: Target) -> None:
    """Publish, unless the current release says all of it already; the summary tells which."""
    summary.standing = target.standing(contents.fingerprint())
    if summary.standing is not None:
        summary.duplicates = summary.standing.manifest.duplicates
        return
    watcher().publishing()
    release = publish_release(contents, target)
    summary.release, summary.duplicates = release.number, release.manifest.duplicates
    summary.published_findings = release.counts["temuan"]


def _findings(summary: Summary, curated: Place) -> Iterator[dict[str, Any]]:
    """The findings about the documents of this run, out of the release that holds them."""
    if summary.current() is None:
        return
    about = [report.berkas for report in summary.handled()]
    yield from findings(readable(curated), FindingFilter(berkas=about, most=MOST_FINDINGS)).records()


def _final_state(summary: Summary) -> State[Summary]:
    """Completed when all was read, completed under the name Sebagian when some was, failed when nothing was."""
    if not summary.incomplete() and not summary.problems:
        return Completed(data=summary)
    names = [problem.berkas for problem in summary.problems] + [entry.berkas for entry in summary.incomplete()]
    message = f"{len(names)} bermasalah: {', '.join(names[:10])}"
    if summary.all_failed():
        return Failed(data=summary, message=message)
    return Completed(data=summary, name="Sebagian", message=message)
