"""A process that has imported Prefect once and forks a child, a group of its own, for each ingest that it is asked for.

Importing costs seconds, and an ingest that is killed takes its process with it. One JSON object per line comes in at
standard input (`curated`, `paths`, `reader`, `fault`, `environment`), one goes out: `{"pid": …}`, or with `wait` also
`{"exit": …}`. With `command` it is the command line that runs, with these arguments and that reader.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import flows.run
from flows.run import run_ingest
from flows.summary import Unwatched
from pipeline.release.errors import ReleaseError
from pipeline.storage import StorageError
from pipeline.worker.store import StateBusyError, StateError
from tests.faults.child import REFUSED, Fault, arm

INCOMPLETE = 1
BUSY = 8
CRASHED = 9


def main() -> None:
    """Serve until the input ends."""
    tell({"ready": os.getpid()})
    for line in sys.stdin:
        request = json.loads(line)
        if "wait" in request:
            _, status = os.waitpid(request["wait"], 0)
            tell({"exit": os.waitstatus_to_exitcode(status)})
            continue
        pid = os.fork()
        if pid == 0:
            end_with(request)
        tell({"pid": pid})


def end_with(request: dict[str, Any]) -> NoReturn:
    """Run one ingest and end this process, whatever happens."""
    code = CRASHED
    try:
        code = ingest(request)
    finally:
        if code == CRASHED:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def tell(answer: dict[str, Any]) -> None:
    """One line for the test."""
    print(json.dumps(answer), flush=True)


def ingest(request: dict[str, Any]) -> int:
    """Run one ingest, with its fault; returns an exit code."""
    os.setsid()
    os.dup2(os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    os.dup2(2, 1)
    os.environ.update(request["environment"])
    if request["fault"] is not None:
        arm(Fault(**request["fault"]))
    if request["command"] is not None:
        return command(request["command"], request["reader"])
    try:
        summary = run_ingest(
            Unwatched(), paths=request["paths"], curated=request["curated"], reader=request["reader"], workers=1
        )
    except StateBusyError:
        if "TOLD" in os.environ:
            (Path(os.environ["TOLD"]) / str(os.getpid())).touch()
        return BUSY
    except (OSError, StateError, ReleaseError, StorageError):
        traceback.print_exc()
        return REFUSED
    return INCOMPLETE if summary.problems or summary.incomplete() else 0


def command(arguments: list[str], reader: str) -> int:
    """Run a command as a user does, with a reader that is not real; returns its exit code."""
    from pipeline.cli.main import main

    flows.run.run_ingest = partial(run_ingest, reader=reader)
    return main(arguments)


if __name__ == "__main__":
    main()
