"""Runs commands of `rkt` one after the other, each in a process of its own, and ends them when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.storage import Place, StorageError
from pipeline.worker.last_run import NextRun, read_status, status_folder, tell_status
from pipeline.worker.stop import SECONDS_TO_STOP
from pipeline.worker.store import StateBusyError, StateError, Store, state_folder

# `rkt` as Python code: the console script may not be where this Python looks for programs.
RKT = "from pipeline.cli.main import run; run()"
# An ingest ends within SECONDS_TO_STOP; this much more where the machine is busy. Whatever is left then is killed.
_SECONDS_TO_END = 1.0 + SECONDS_TO_STOP
_SECONDS_TO_HEAR = 1.0  # its last words, where something that it started still holds the pipe
_LOOKS = 0.2


def rkt_command(*arguments: str) -> list[str]:
    """The command line of `rkt` with these arguments, for a process of its own."""
    return [sys.executable, "-c", RKT, *arguments]


@dataclass(slots=True)
class Supervisor:
    """`told` gets each line that a command writes about what it does; `stop` is set when all is to end."""

    told: Callable[[str], None]
    stop: threading.Event

    def run(self, arguments: Sequence[str]) -> int:
        """Run a command of `rkt` to its end; returns its exit code, negative where a signal ended it.

        A process of its own, so that whatever it does to memory and threads ends with it. What it writes as data is
        dropped. It has a session of its own: Ctrl+C reaches it only from here.
        """
        with subprocess.Popen(
            rkt_command(*arguments), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            text=True, errors="replace", start_new_session=True,
        ) as process:  # fmt: skip
            listener = threading.Thread(target=self._listen, args=(process,), daemon=True)
            listener.start()
            while process.poll() is None:
                if self.stop.wait(_LOOKS):
                    _end(process)
            listener.join(_SECONDS_TO_HEAR)
        return process.returncode

    def _listen(self, process: subprocess.Popen[str]) -> None:
        for line in process.stderr or ():
            if line.strip():
                self.told(line.rstrip())


def _end(process: subprocess.Popen[str]) -> None:
    """Tell a command to end; kill it, and all that it started, where it does not."""
    process.terminate()
    try:
        process.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def handled_documents(curated: Place, since: datetime) -> bool:
    """Whether a run that began after `since` came as far as its documents, however it went with these.

    One that did not, because the folder was locked or could not be written, is to be run again.
    """
    try:
        last = read_status(status_folder(curated)).last
    except (StateError, StorageError):
        return False
    return last is not None and last.ended >= since and bool(last.documents)


def note_next(curated: Place, due: NextRun | None) -> bool:
    """Put into `status.json` when the next run is due; False where a run holds the folder and so will write itself.

    Raises StateError, StorageError and ReleaseError.
    """
    try:
        with Store(state_folder(curated)).lock():
            tell_status(curated, replace(read_status(status_folder(curated)), next=due))
    except StateBusyError:
        return False
    return True
