"""`rkt status`: what is published, how old it is, what is not read in full, and how the last run ended."""

from __future__ import annotations

import json
import socket
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import EXIT_INCOMPLETE, format_value, note, print_table, write_raw
from pipeline.cli.messages import language, say
from pipeline.cli.options import DEFAULT_CURATED, CuratedOption

if TYPE_CHECKING:
    from pipeline.worker.last_run import LastRun, NextRun, RunStatus


class StatusFormat(StrEnum):
    """How the status is written."""

    TABLE = "table"
    JSON = "json"


def status(
    curated: CuratedOption = DEFAULT_CURATED,
    form: Annotated[StatusFormat, typer.Option("--format", help=say("opt.format"))] = StatusFormat.TABLE,
) -> None:
    """Say what is published and how the last run ended; exit code 1 where nothing is published."""
    from pipeline.release.errors import NoReleaseError
    from pipeline.release.store import current_release
    from pipeline.worker.last_run import read_status, status_folder
    from pipeline.worker.store import Store, state_folder

    folder = status_folder(curated)
    runs = read_status(folder)
    store = Store(state_folder(curated))
    alive = None if runs.running is None else _alive(store.is_busy(), runs.running.host)
    watched = None if runs.next is None or runs.next.host is None else _alive(store.is_watched(), runs.next.host)
    if form is StatusFormat.JSON:
        _write_json(folder, runs, alive, watched)
        return
    if runs.running is not None:
        key = "status.elsewhere" if alive is None else "status.running" if alive else "status.died"
        note(say(key, when=_local(runs.running.started), pid=runs.running.pid, host=runs.running.host))
    if runs.last is not None:
        _print_run_problems(runs.last)
    if current_release(folder) is None:
        raise NoReleaseError(curated)
    _print_release(folder, runs, watched)


def _alive(held: bool, host: str) -> bool | None:
    """Whether a process on `host` lives, by the lock that it holds; None where only that machine can tell."""
    if held:
        return True
    return False if host == socket.gethostname() else None


def _write_json(curated: Path, runs: RunStatus, alive: bool | None, watched: bool | None) -> None:
    """The content of status.json as it is now, with the documents that are not read in full, and with whether the run
    and the `rkt serve` that it names are alive.
    """
    from pipeline.release.reports import status as read_status
    from pipeline.worker.last_run import status_content

    content = status_content(curated, runs)
    if content["running"] is not None:
        content["running"]["alive"] = alive
    if runs.next is not None and runs.next.every is not None:
        content["next_run"]["alive"] = watched
    unfinished = [] if content["release"] is None else list(read_status(curated).unfinished.records())
    write_raw(json.dumps({**content, "unfinished": unfinished}, ensure_ascii=False, indent=1) + "\n")
    if content["release"] is None:
        raise typer.Exit(EXIT_INCOMPLETE)


def _print_release(curated: Path, runs: RunStatus, watched: bool | None) -> None:
    from pipeline.release.reports import status as read_status

    state = read_status(curated)
    print_table(
        "",
        [say("status.release"), format_value(state.number)],
        [
            (say("status.published"), _local(state.published)),
            (say("status.age"), _age(state.age)),
            (say("status.last_run"), say("status.no_run") if runs.last is None else _ended(runs.last)),
            (say("status.next_run"), _due(runs.next, watched)),
            *((f"{say('status.documents')}: {say(f'status.{name}')}", n) for name, n in state.documents.items()),
            *([(say("status.duplicates"), state.duplicates)] if state.duplicates else []),
            *((name, count) for name, count in state.counts.items() if count),
        ],
    )
    if state.unfinished.rows:
        print_table(say("status.unfinished"), state.unfinished.columns, state.unfinished.rows)


def _print_run_problems(run: LastRun) -> None:
    if not run.problem_count:
        return
    note(f"{say('status.last_run')}: {_ended(run)}")
    note(say("status.run_problems", count=format_value(run.problem_count)))
    for trouble in run.problems:
        note(f"- {trouble.pesan if language() == 'id' else trouble.message}")
    if run.problem_count > len(run.problems):
        note(f"- {say('status.more_problems', count=run.problem_count - len(run.problems))}")


def _ended(run: LastRun) -> str:
    age = _age(datetime.now(UTC) - run.ended)
    return say("status.ended", when=_local(run.ended), age=age, ending=say(f"status.{run.ending}"))


def _due(due: NextRun | None, watched: bool | None) -> str:
    """When the next run is due; what is past was known once and says nothing any more."""
    now = datetime.now(UTC)
    if due is not None and due.every is not None:
        key = "status.not_watched" if watched is False else "status.next_look"
        when = due.upcoming(now).astimezone().strftime("%H:%M:%S")
        return say(
            key, when=when, schedule=due.schedule, host=due.host, every=f"{due.every:g}", asked=_local(due.asked)
        )
    if due is None or due.at < now:
        return say("status.unknown_next")
    return say("status.next_at", when=_local(due.at), schedule=due.schedule, asked=_local(due.asked))


def _local(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def _age(age: timedelta) -> str:
    minutes = max(0, int(age.total_seconds() // 60))  # a clock may have been put back
    if minutes < 60:
        return say("age.minutes", count=minutes)
    if minutes < 48 * 60:
        return say("age.hours", count=minutes // 60)
    return say("age.days", count=age.days)
