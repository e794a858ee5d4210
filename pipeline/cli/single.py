"""The one PDF that a command reads: in a reader process with the limits of an ingest, for it may be as hostile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any

import typer

from pipeline.cli.console import EXIT_INCOMPLETE, failure, note, reason_of
from pipeline.cli.messages import language
from pipeline.intake import Found, Problem, ProblemCode, ReadSettings, find_documents, inspect_file
from pipeline.intake.spool import at_hand
from pipeline.storage import Place

if TYPE_CHECKING:
    from pipeline.worker.pool import ReaderPool

# As in an ingest: a process that died is worth a second try.
_TRIES = 2


def find_one(file: Place) -> Found:
    """The document in a file; says why and ends the command with exit code 1 where there is none."""
    intake = find_documents([file])
    for problem in intake.problems:
        note(problem.message(language()))
    if not intake.documents:
        raise typer.Exit(EXIT_INCOMPLETE)
    found = intake.documents[0]
    if found.problem is not None:
        raise _end(found.problem)
    return found


@contextmanager
def on_this_disk(place: Place, sha256: str) -> Iterator[Path]:
    """A document as a file, for as long as the block lasts. Raises StorageError; ends the command where there is no
    room for a copy.
    """
    temporary = Path(gettempdir())
    with ExitStack() as opened:
        try:
            file = opened.enter_context(at_hand(place, sha256, temporary))
        except OSError as error:
            raise failure("error.unwritable", path=temporary, reason=reason_of(error)) from error
        yield file


def read_apart(path: Path, berkas: str, settings: ReadSettings, function: Callable[..., Any], *args: Any) -> Any:
    """What `function` of a module gives for `args`, called in a reader process after a look at the PDF.

    Says why and ends the command with exit code 1 where the PDF cannot be read, takes too long or too much memory, or
    kills the process.
    """
    from pipeline.worker.pool import PoolSettings, ReaderPool, UnreadableError, WorkerDiedError, log_trace

    limits = PoolSettings(workers=1)
    with ReaderPool(limits, limits.threads(documents=1)) as pool:
        for _ in range(_TRIES):
            try:
                return _read(pool, path, berkas, settings, function, args)
            except UnreadableError as error:
                log_trace(berkas, error.trace)
                raise _end(error.problem) from error
            except WorkerDiedError:
                continue
    raise _end(Problem(ProblemCode.BERHENTI, berkas))


def _read(
    pool: ReaderPool,
    path: Path,
    berkas: str,
    settings: ReadSettings,
    function: Callable[..., Any],
    args: tuple[Any, ...],
) -> Any:
    inspected: Problem | int = pool.call(berkas, inspect_file, path, berkas, settings)
    if isinstance(inspected, Problem):
        raise _end(inspected)
    return pool.call(berkas, function, *args, pages=inspected)


def _end(problem: Problem) -> typer.Exit:
    note(problem.message(language()))
    return typer.Exit(EXIT_INCOMPLETE)
