"""`rkt ingest`: run the flow, show how far it is, and say how it went."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from pipeline.cli.console import EXIT_INCOMPLETE, failure, format_value, note, notes, print_table, reason_of
from pipeline.cli.messages import language, say
from pipeline.cli.options import DEFAULT_CURATED, CuratedOption, VocabularyOption
from pipeline.cli.words import usable_words
from pipeline.storage import Place
from pipeline.worker.runners import Runner, Where

if TYPE_CHECKING:
    from flows.summary import Report, Summary
    from pipeline.release.fingerprint import Standing

# Reading a scan takes about 1 GiB, that of a large sheet a little more; a process ends itself at three quarters.
_LEAST_MEMORY = 2048
_LEAST_SECONDS = 1.0

# Beyond so many documents the summary lists only those that were read now.
_MOST_LISTED = 50


def ingest(  # noqa: PLR0913 - Typer takes the options of a command from this signature
    paths: Annotated[list[Place], typer.Argument(parser=Place.parse, help=say("arg.paths"), show_default=False)],
    curated: CuratedOption = DEFAULT_CURATED,
    workers: Annotated[int | None, typer.Option(min=1, help=say("opt.workers"))] = None,
    timeout: Annotated[float | None, typer.Option(min=_LEAST_SECONDS, help=say("opt.timeout"))] = None,
    memory: Annotated[int | None, typer.Option(min=_LEAST_MEMORY, help=say("opt.memory"))] = None,
    samarkan_nip: Annotated[bool, typer.Option("--samarkan-nip", help=say("opt.samarkan"))] = False,
    vocabulary: VocabularyOption = None,
    keep: Annotated[int | None, typer.Option(min=1, help=say("opt.keep"))] = None,
    force: Annotated[bool, typer.Option("--force", help=say("opt.force"))] = False,
    withdraw_missing: Annotated[bool, typer.Option("--withdraw-missing", help=say("opt.withdraw_missing"))] = False,
    runner: Annotated[Runner, typer.Option(help=say("opt.runner"))] = "local",
    address: Annotated[str | None, typer.Option(help=say("opt.address"))] = None,
    settle: Annotated[float, typer.Option(min=0, help=say("opt.settle"))] = 0.0,
) -> None:
    """Read the documents under `paths` and publish them; exit code 1 where one was not read in full."""
    words = usable_words(vocabulary)
    Where(runner, address).check()
    summary = _run(
        curated,
        paths=[str(path) for path in paths],
        workers=workers,
        timeout=timeout,
        memory=memory,
        samarkan_nip=samarkan_nip,
        vocabulary=None if words is None else str(words),
        keep=keep,
        force=force,
        withdraw_missing=withdraw_missing,
        runner=runner,
        address=address,
        settle=settle,
    )
    _print_summary(summary)
    _print_problems(summary)
    _print_release(summary, curated)
    if summary.problems or summary.incomplete():
        raise typer.Exit(EXIT_INCOMPLETE)


def _run(curated: Place, **parameters: Any) -> Summary:
    """Run the flow with its parameters, its progress in the terminal."""
    from flows.environment import prepare_prefect
    from flows.stop import stop_run
    from pipeline.worker.stop import SECONDS_TO_STOP, stopped_by_signals
    from pipeline.worker.store import Store, state_folder

    store = Store(state_folder(curated))
    store.prepare()
    _keep_log(store.folder / "rkt.log")
    progress = _Progress()
    with stopped_by_signals(partial(stop_run, curated), progress.last_words, SECONDS_TO_STOP), progress:
        prepare_prefect(store.folder)
        from flows.run import PrefectUnreachableError, run_ingest

        try:
            return run_ingest(progress, curated=str(curated), **parameters)
        except PrefectUnreachableError as error:
            progress.stop()
            raise failure("error.prefect", reason=error) from error
        except OSError as error:
            progress.stop()
            raise failure("error.unwritable", path=error.filename or curated, reason=reason_of(error)) from error


def _keep_log(path: Path) -> None:
    """What went wrong inside the reader is for its maintainers: into a file, not onto the screen."""
    logger = logging.getLogger("pipeline")
    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger.addHandler(handler)
    logger.propagate = False


class _Progress:
    """The bar in the terminal; a line for each document where standard error is a file."""

    def __init__(self) -> None:
        self._done = 0
        self._total = 0
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=notes,
            transient=True,
            disable=not notes.is_terminal,
        )
        self._task = self._bar.add_task(say("progress.starting"), total=None)

    def __enter__(self) -> _Progress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        self._bar.stop()

    def planned(self, total: int) -> None:
        self._total = total
        self._bar.update(self._task, description=say("progress.reading"), total=total)
        if total:
            self._log(say("progress.planned", count=format_value(total)))

    def read(self, done: Report) -> None:
        self._done += 1
        self._bar.advance(self._task)
        self._log(say("progress.document", done=self._done, total=self._total, document=done.berkas, how=_how(done)))

    def publishing(self) -> None:
        self._bar.update(self._task, description=say("progress.publishing"))
        self._log(say("progress.publishing"))

    def _log(self, text: str) -> None:
        if not notes.is_terminal:
            note(text)

    def last_words(self, number: signal.Signals) -> None:
        """Say that the run was stopped. The main thread, which is halted, may hold the terminal: this goes past it."""
        said = say(
            "stopped.reading" if self._total else "stopped.early",
            signal=number.name,
            done=self._done,
            total=self._total,
        )
        tidy = "\r\x1b[2K\x1b[?25h" if notes.is_terminal else ""  # the bar away, the cursor back
        os.write(sys.stderr.fileno(), f"{tidy}{said}\n".encode())


def _how(done: Report) -> str:
    """How reading a document went, in a few words."""
    outcome = done.outcome
    if outcome.problem is not None:
        return say("status.gagal")
    status = say(f"status.{outcome.status}")
    return say("progress.how", status=status, pages=outcome.pages, seconds=format_value(round(outcome.seconds, 1)))


def _print_summary(summary: Summary) -> None:
    reports = summary.handled()
    if not reports:
        return
    keys = ("document", "status", "pages", "copies", "records", "findings", "quarantine")
    many = len(reports) > _MOST_LISTED
    rows = [_row(report.berkas, _status(report), [report]) for report in reports if not (many and report.cached)]
    rest = [report for report in reports if many and report.cached]
    if rest:
        label = say("summary.rest", count=format_value(len(rest)))
        rows.append(_row(label, say("summary.cached"), rest))
    if len(reports) > 1:
        rows.append(_row(f"{say('summary.total')}: {format_value(len(reports))}", "", reports))
    print_table(say("summary.title"), [say(f"summary.{key}") for key in keys], rows)


def _status(report: Report) -> str:
    status = say(f"status.{report.outcome.status}")
    return f"{status} ({say('summary.cached')})" if report.cached else status


def _row(label: str, status: str, reports: list[Report]) -> list[object]:
    """A row of the summary: what one document holds, or several together."""
    outcomes = [report.outcome for report in reports]
    findings = sum((Counter(outcome.findings) for outcome in outcomes), Counter[str]())
    return [
        label,
        status,
        sum(outcome.pages for outcome in outcomes),
        sum(outcome.copies for outcome in outcomes),
        sum(sum(outcome.records.values()) for outcome in outcomes),
        _levels(findings),
        sum(outcome.quarantine for outcome in outcomes),
    ]


def _levels(findings: dict[str, int]) -> str:
    """`3 galat, 12 peringatan`, gravest first."""
    levels = [level for level in ("galat", "peringatan", "info") if findings.get(level)]
    return ", ".join(f"{findings[level]} {say(f'level.{level}')}" for level in levels) or "0"


def _print_problems(summary: Summary) -> None:
    for problem in summary.problems:
        note(say("summary.failed", message=problem.message(language())))
    for report in summary.incomplete():
        if report.outcome.problem is not None:
            note(say("summary.failed", message=report.outcome.problem.message(language())))
        else:
            note(say("summary.partial", berkas=report.berkas, dokumen_id=report.dokumen_id, reason=_why(report)))
    for problem in summary.notices + summary.without_plan():
        note(say("notice", message=problem.message(language())))
    for document in summary.withdrawn:
        note(say("withdraw.done", berkas=document.berkas, dokumen_id=document.sha256[:16]))
    if summary.twins:
        note(say("summary.twins", count=summary.twins))


def _print_standing(standing: Standing, summary: Summary, curated: Place) -> None:
    """Nothing was new, and why the release that stands is not the newest one, where it is not."""
    if standing.newest != standing.number:
        note(say("summary.gone_back", number=standing.number, newest=standing.newest))
        return
    note(say("summary.unchanged", number=standing.number, path=curated, count=len(summary.documents)))


def _why(report: Report) -> str:
    outcome = report.outcome
    counts = {
        "unread_pages": outcome.unread_pages,
        "unknown_tables": outcome.unknown_tables,
        "quarantine": outcome.quarantine,
    }
    reasons = [say(f"partial.{key}", count=format_value(count)) for key, count in counts.items() if count]
    return ", ".join(reasons) or say("partial.other")


def _print_release(summary: Summary, curated: Place) -> None:
    if summary.standing is not None:
        _print_standing(summary.standing, summary, curated)
    elif summary.release is None:
        note(say("summary.no_release"))
        return
    else:
        note(say("summary.release", number=summary.release, path=curated, count=len(summary.documents)))
    if summary.duplicates:
        note(say("summary.duplicates", count=format_value(summary.duplicates)))
    if summary.added_findings() > 0:
        note(say("summary.added", count=format_value(summary.added_findings())))
    if summary.removed:
        note(say("summary.removed", numbers=", ".join(map(str, summary.removed))))
    note(say("summary.next"))
