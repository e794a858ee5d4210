"""`rkt fetch`: takes what is new at the addresses of a list of sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import EXIT_INCOMPLETE, EXIT_USAGE, failure, note, print_table, reason_of
from pipeline.cli.messages import language, say
from pipeline.cli.options import DEFAULT_CURATED, CuratedOption
from pipeline.storage import Place

if TYPE_CHECKING:
    from pipeline.fetch import Listed, Outcome

_LIST = "sources.yaml"
_RAW = Place.parse("raw")


def fetch(
    sources: Annotated[Path | None, typer.Option("--sources", help=say("opt.sources"))] = None,
    raw: Annotated[Place, typer.Option("--raw", parser=Place.parse, metavar="PATH", help=say("opt.raw"))] = _RAW,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("opt.dry_run"))] = False,
    allow_private: Annotated[bool, typer.Option("--allow-private", help=say("opt.allow_private"))] = False,
    curated: CuratedOption = DEFAULT_CURATED,
) -> None:
    """Fetch all sources of a list; ends with 1 where one of them failed."""
    from pipeline.fetch import Status

    if raw.path is None:
        raise failure("fetch.elsewhere", EXIT_USAGE, path=raw)
    folder = raw.path
    path = folder / _LIST if sources is None else sources
    listed = _load(path)
    if not listed:
        note(say("fetch.none", path=path))
        return
    outcomes = _run(listed, folder, curated, dry_run, allow_private)
    _print(outcomes)
    if any(one.status in (Status.BARU, Status.BERUBAH) for one in outcomes):
        note(say("fetch.next", path=folder))
    if any(one.status is Status.GAGAL for one in outcomes):
        raise typer.Exit(EXIT_INCOMPLETE)


def _load(path: Path) -> list[Listed]:
    from pipeline.fetch import SourcesError, load_sources

    try:
        return load_sources(path)
    except SourcesError as error:
        note(error.message(language()))
        raise typer.Exit(EXIT_USAGE) from error


def _run(listed: Sequence[Listed], raw: Path, curated: Place, dry_run: bool, allow_private: bool) -> list[Outcome]:
    """One fetch at a time: two would give two documents one name."""
    from filelock import FileLock, Timeout

    from pipeline.fetch import Client, Fetcher, Gate, Limits, Memory, anywhere
    from pipeline.worker.store import state_folder

    folder = state_folder(curated) / "fetch"
    client = Client(Gate(lets=anywhere) if allow_private else Gate(), Limits())
    fetcher = Fetcher(client, raw, Memory(folder), dry_run)
    outcomes = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "lock", timeout=0):
            for outcome in fetcher.run(listed):
                _tell(outcome)
                outcomes.append(outcome)
    except Timeout as error:
        raise failure("fetch.busy", path=folder) from error
    except OSError as error:
        raise failure("error.unwritable", path=error.filename or folder, reason=reason_of(error)) from error
    return outcomes


def _tell(outcome: Outcome) -> None:
    """What the user should know at once: a failure, a change, a document that is there already."""
    from pipeline.fetch import Status

    if outcome.error is not None:
        note(outcome.error.message(outcome.url, language()))
    elif outcome.status is Status.BERUBAH:
        note(say("fetch.changed", url=outcome.url, path=outcome.path, earlier=outcome.earlier))
    elif outcome.status is Status.KEMBAR:
        note(say("fetch.twin", url=outcome.url, path=outcome.path))


def _print(outcomes: Sequence[Outcome]) -> None:
    """A row for each address but those where nothing has changed, and how many there are of each kind."""
    from pipeline.fetch import Status

    rows = [
        [say(f"fetch.{one.status}"), one.url, None if one.path is None else str(one.path)]
        for one in outcomes
        if one.status is not Status.TETAP
    ]
    if rows:
        print_table("", ["Status", say("fetch.address"), say("fetch.file")], rows)
    counts = Counter(one.status for one in outcomes)
    told = ", ".join(f"{say(f'fetch.{status}')} {counts[status]}" for status in Status if counts[status])
    note(say("fetch.counts", counts=told))
