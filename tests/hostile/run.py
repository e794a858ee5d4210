"""`rkt` as a user runs it, its reader processes watched from outside."""

from __future__ import annotations

import os
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cli.main import main


@dataclass(frozen=True)
class Run:
    """How a run ended: exit code, what it said, and the peak of each of its processes in MiB."""

    code: int
    out: str
    err: str
    peaks: dict[int, int]


def rkt(*arguments: object, temporary: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `rkt` with a folder for temporary files of its own."""
    temporary.mkdir(exist_ok=True)
    peaks: dict[int, int] = {}
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(os.getpid(), peaks, done))
    watcher.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(temporary))
        code = main([str(argument) for argument in arguments])
    done.set()
    watcher.join()
    captured = capsys.readouterr()
    return Run(code, captured.out, captured.err, peaks)


def _watch(parent: int, peaks: dict[int, int], done: threading.Event) -> None:
    """Note the most memory, in MiB, that each spawned process below `parent` ever held."""
    while not done.wait(0.02):
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                status = dict(line.split(":\t", 1) for line in (entry / "status").read_text().splitlines())
                spawned = b"spawn_main" in (entry / "cmdline").read_bytes()
            except (OSError, ValueError):  # it has ended meanwhile
                continue
            if spawned and status["PPid"].strip() == str(parent) and "VmHWM" in status:
                peaks[int(entry.name)] = int(status["VmHWM"].split()[0]) >> 10


@contextmanager
def listening() -> Iterator[tuple[str, list[object]]]:
    """A server on this machine that counts who calls; gives its address and the list of callers."""
    callers: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        stop = threading.Event()

        def accept() -> None:
            while not stop.is_set():
                try:
                    connection, caller = server.accept()
                except TimeoutError:
                    continue
                connection.close()
                callers.append(caller)

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}", callers
        finally:
            stop.set()
            thread.join()
