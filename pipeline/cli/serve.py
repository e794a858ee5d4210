"""`rkt serve`: watch folders and their sources, and ingest what is new, until told to end."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import failure, note, reason_of, words_of
from pipeline.cli.messages import language, say
from pipeline.cli.options import DEFAULT_CURATED, CuratedOption
from pipeline.intake.problems import explain_reason
from pipeline.release.errors import ReleaseError
from pipeline.storage import Place, StorageError
from pipeline.worker.last_run import NextRun
from pipeline.worker.stop import SECONDS_TO_STOP_ALL, SIGNALS, ended_in_time, exit_code
from pipeline.worker.store import StateBusyError, StateError, Store, state_folder

if TYPE_CHECKING:
    from pipeline.intake.watch import Stamp, Watch
    from pipeline.worker.supervise import Supervisor

_LIST = "sources.yaml"
_LONGEST_WAIT = 3600.0
_HOUR = 3600.0


def serve(
    paths: Annotated[
        list[Place] | None, typer.Argument(parser=Place.parse, help=say("arg.watched"), show_default=False)
    ] = None,
    curated: CuratedOption = DEFAULT_CURATED,
    interval: Annotated[float, typer.Option(min=0.1, help=say("opt.interval"))] = 30.0,
    settle: Annotated[float, typer.Option(min=0, help=say("opt.settle"))] = 10.0,
    sources_every: Annotated[float, typer.Option(min=0, help=say("opt.sources_every"))] = 24.0,
    workers: Annotated[int | None, typer.Option(min=1, help=say("opt.workers"))] = None,
    keep: Annotated[int | None, typer.Option(min=1, help=say("opt.keep"))] = None,
    samarkan_nip: Annotated[bool, typer.Option("--samarkan-nip", help=say("opt.samarkan"))] = False,
) -> None:
    """Watch until SIGTERM or Ctrl+C; exit code 143 or 130 then, 1 where another process watches for the same folder."""
    from pipeline.intake.watch import Watch
    from pipeline.worker.supervise import Supervisor

    folders = [place.absolute() for place in paths or [Place.parse("raw")]]
    asked = _arguments({"--workers": workers, "--keep": keep, "--settle": settle})
    stop = threading.Event()
    with _only_one(curated), _ended_by_signals(stop) as told, ended_in_time(_last_words, SECONDS_TO_STOP_ALL):
        _tell(say("serve.started", paths=", ".join(map(str, folders)), curated=curated))
        every = sources_every * _HOUR or None
        serving = Serving(
            folders, curated, [*asked, *(["--samarkan-nip"] if samarkan_nip else [])], Watch(settle),
            Supervisor(_tell, stop), interval, every,
        )  # fmt: skip
        while not stop.is_set():
            serving.look_once()
            stop.wait(interval)
        serving.end()
        _tell(say("serve.ended"))
    raise typer.Exit(exit_code(told[0]))


def _arguments(options: dict[str, object]) -> list[str]:
    return [text for name, value in options.items() if value is not None for text in (name, str(value))]


def _tell(text: str) -> None:
    """A line with its time: what this command says is a log."""
    note(f"{datetime.now().astimezone().isoformat(sep=' ', timespec='seconds')} {text}")


def _why(error: OSError | StateError | StorageError | ReleaseError) -> str:
    """What went wrong and where, in the language in use."""
    if isinstance(error, StateError):
        return f"{error.path}: {explain_reason(error.reason, language())}"
    if isinstance(error, OSError):
        return (f"{error.filename}: " if error.filename else "") + reason_of(error)
    return words_of(error)


@dataclass(slots=True)
class Serving:
    """One turn after the other: sources when they are due, then the folders. Times are of a clock that only goes on."""

    folders: Sequence[Place]
    curated: Place
    options: Sequence[str]
    watch: Watch
    supervisor: Supervisor
    interval: float
    sources_every: float | None
    _sources_due: float = 0.0
    _wait_until: float = 0.0
    _failures: int = 0
    _absent: set[Place] = field(default_factory=set)
    _held_up: bool = False
    _noted: bool = False

    def look_once(self) -> None:
        """One turn, and what comes next into `status.json` where that has changed. What the operating system refuses is
        told, and is no reason to end: the next turn may find it mended.
        """
        try:
            self.turn()
        except (OSError, StateError) as error:
            _tell(say("serve.trouble", reason=_why(error), seconds=f"{self.interval:g}"))
        if not self._noted and not self.supervisor.stop.is_set():
            now = datetime.now(UTC)
            wait = timedelta(seconds=max(self.interval, self._wait_until - time.monotonic()))
            self._note(NextRun(now + wait, "rkt serve", now, self.interval, socket.gethostname()))

    def end(self) -> None:
        """Nobody looks any more."""
        self._note(None)

    def _note(self, due: NextRun | None) -> None:
        from pipeline.worker.supervise import note_next

        try:
            self._noted = note_next(self.curated, due)
        except (StateError, StorageError, ReleaseError) as error:
            self._noted = True
            _tell(say("serve.unnoted", reason=_why(error)))

    def turn(self) -> None:
        """Look once, and do what is due."""
        self._fetch()
        if self.supervisor.stop.is_set():
            return
        ready = self.watch.ready(self._look(), time.monotonic(), time.time())
        if ready and time.monotonic() >= self._wait_until and not self._is_held_up():
            self._ingest(ready)

    def _is_held_up(self) -> bool:
        """Whether somebody else's run holds the folder: one of ours would end at once, and send news of that."""
        held_up = Store(state_folder(self.curated)).is_busy()
        if held_up and not self._held_up:
            _tell(say("serve.held_up", path=self.curated))
        self._held_up = held_up
        return held_up

    def _look(self) -> dict[Place, Stamp]:
        from pipeline.intake.watch import look

        seen: dict[Place, Stamp] = {}
        absent: dict[Place, str] = {}
        for folder in self.folders:
            try:
                if folder.path is not None and not folder.path.exists():
                    absent[folder] = say("serve.absent", path=folder)
                else:
                    seen |= look([folder])
            except StorageError as error:
                absent[folder] = words_of(error)
        for folder in sorted(absent.keys() - self._absent, key=str):
            _tell(absent[folder])
        self._absent = set(absent)
        return seen

    def _fetch(self) -> None:
        if self.sources_every is None or time.monotonic() < self._sources_due:
            return
        self._sources_due = time.monotonic() + self.sources_every
        for folder in self.folders:
            sources = None if folder.path is None else folder.path / _LIST
            if sources is not None and sources.is_file() and not self.supervisor.stop.is_set():
                _tell(say("serve.sources", path=sources))
                self._run("fetch", "--raw", str(folder))

    def _ingest(self, ready: dict[Place, Stamp]) -> None:
        from pipeline.worker.supervise import handled_documents

        _tell(say("serve.found", count=len(ready)))
        begun = datetime.now(UTC).replace(microsecond=0)
        present = [str(folder) for folder in self.folders if folder not in self._absent]
        self._noted = False
        code = self._run("ingest", *present, *self.options)
        if self.supervisor.stop.is_set():
            return
        if handled_documents(self.curated, begun):
            self._failures = 0
            self.watch.handed_over(ready, self._look())
            _tell(say("serve.done"))
            return
        self._failures += 1
        wait = min(self.interval * 2**self._failures, _LONGEST_WAIT)
        self._wait_until = time.monotonic() + wait
        _tell(say("serve.failed", code=code, seconds=f"{wait:g}"))

    def _run(self, command: str, *arguments: str) -> int:
        return self.supervisor.run(["--lang", language(), command, *arguments, "--curated", str(self.curated)])


@contextmanager
def _only_one(curated: Place) -> Iterator[None]:
    """Two would only wait for each other."""
    store = Store(state_folder(curated))
    store.prepare()
    with ExitStack() as stack:
        try:
            stack.enter_context(store.watch_lock())
        except StateBusyError as error:
            raise failure("serve.busy", path=curated) from error
        yield


@contextmanager
def _ended_by_signals(stop: threading.Event) -> Iterator[list[int]]:
    """SIGTERM and Ctrl+C set `stop`, and are listed; what they did before is put back afterwards."""
    told: list[int] = []

    def asked(number: int, _frame: object) -> None:
        told.append(number)
        stop.set()

    before = {number: signal.signal(number, asked) for number in SIGNALS}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _last_words(_number: signal.Signals) -> None:
    """Said past the terminal's lock, which the main thread may hold."""
    os.write(sys.stderr.fileno(), f"{say('serve.cut')}\n".encode())
