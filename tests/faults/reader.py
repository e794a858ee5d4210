"""Readers that meet a fault inside a worker process; everything else is the fake reader's."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from pipeline.intake import ReadSettings, Source
from pipeline.release.result import DocumentResult
from tests.faults.child import Fault, arm
from tests.worker.fake_reader import read


def patient(path: Path, source: Source, settings: ReadSettings) -> DocumentResult:
    """Reads once all other runs have been told that one is at work (`OTHERS` of them, each a file in `TOLD`)."""
    told, others = Path(os.environ["TOLD"]), int(os.environ["OTHERS"])
    deadline = time.monotonic() + 60
    while len(list(told.iterdir())) < others:
        if time.monotonic() > deadline:
            raise TimeoutError(f"of {others} runs beside this one, {len(list(told.iterdir()))} were told")
        time.sleep(0.05)
    return read(path, source, settings)


def killed_before_its_result(path: Path, source: Source, settings: ReadSettings) -> DocumentResult:
    """The outcome of the document is written, its result is not: the machine dies between the two."""
    if path.stem == "dua":
        arm(Fault("pipeline.worker.store:write_atomically", 2, "kill-group"))
    return read(path, source, settings)


def orphaned(path: Path, source: Source, settings: ReadSettings) -> DocumentResult:
    """The ingest is killed while its reader is busy, and would be for minutes."""
    if path.stem == "dua":
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(600)
    return read(path, source, settings)


def stuck(path: Path, source: Source, settings: ReadSettings) -> DocumentResult:
    """Takes minutes for the last document."""
    if path.stem == "empat":
        time.sleep(600)
    return read(path, source, settings)


def refused(path: Path, source: Source, settings: ReadSettings) -> DocumentResult:
    """The disk is full when the result of the second document is to be stored."""
    if path.stem == "dua":
        arm(Fault("pipeline.worker.store:write_atomically", 2, "full"))
    return read(path, source, settings)
