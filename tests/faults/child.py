"""A process that publishes and meets a fault at a chosen place: killed there, or refused by a full disk."""

from __future__ import annotations

import errno
import hashlib
import importlib
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb  # noqa: F401 - imported here so that the fork server has it

from pipeline.release.build import publish
from pipeline.release.keep import remove_old, roll_back
from pipeline.release.manifest import InputFile
from pipeline.worker.store import StateError, Store

REFUSALS = {"full": errno.ENOSPC, "denied": errno.EACCES, "readonly": errno.EROFS}
REFUSED = 7  # the exit code of a child that ended in OSError, as the command line would tell it


@dataclass(frozen=True)
class Fault:
    """At the `call`-th call of `module:name`: `kill` before it, `kill-after` it, `kill-group`: with all processes of
    its group, as when a machine dies; `full`: the disk has no space; `denied`, `readonly`: the folder takes nothing;
    `hang`: it takes minutes, `hang-in-c` so that no signal's handler comes to its turn.
    """

    place: str
    call: int = 1
    kind: str = "kill"


def arm(fault: Fault) -> None:
    """Put the fault in its place."""
    module, _, names = fault.place.partition(":")
    owner: Any = importlib.import_module(module)
    *path, name = names.split(".")
    for step in path:
        owner = getattr(owner, step)
    setattr(owner, name, _disturbed(getattr(owner, name), fault))


def _disturbed(function: Callable[..., Any], fault: Fault) -> Callable[..., Any]:
    calls = 0

    def disturbed(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls != fault.call:
            return function(*arguments, **named)
        if fault.kind == "hang":
            time.sleep(600)
        if fault.kind == "hang-in-c":
            hashlib.pbkdf2_hmac("sha256", b"", b"", 1 << 30)
        if fault.kind in REFUSALS:
            raise OSError(REFUSALS[fault.kind], os.strerror(REFUSALS[fault.kind]))
        if fault.kind.endswith("-after"):
            function(*arguments, **named)
        if fault.kind.startswith("kill-group"):
            os.killpg(0, signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("killed processes do not go on")

    return disturbed


def publish_faulty(curated: Path, stored: list[Path], fault: Fault | None) -> None:
    """Publish stored results."""
    _guarded(lambda: publish(stored, curated, inputs=INPUTS, reader_version="1"), fault)


def remove_faulty(curated: Path, keep: int, fault: Fault) -> None:
    """Delete old releases."""
    _guarded(lambda: remove_old(curated, keep), fault)


def roll_back_faulty(curated: Path, number: int, fault: Fault) -> None:
    """Go back to a release."""
    _guarded(lambda: roll_back(curated, number), fault)


def save_faulty(folder: Path, keep: list[str], fault: Fault) -> None:
    """Save the list of documents with those only whose SHA-256 is in `keep`."""
    store = Store(folder)
    documents = {sha256: entry for sha256, entry in store.documents().items() if sha256 in keep}
    _guarded(lambda: store.save_documents(documents), fault)


def publish_limited(curated: Path, stored: list[Path], most: int) -> None:
    """Publish where no file may grow beyond `most` bytes: writes beyond fail in the kernel, whoever makes them."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    _guarded(lambda: publish(stored, curated, inputs=INPUTS, reader_version="1"), None)


INPUTS = [InputFile("rencana.pdf", "0" * 64)]


def _guarded(work: Callable[[], object], fault: Fault | None) -> None:
    if fault is not None:
        arm(fault)
    try:
        work()
    except (OSError, StateError):
        sys.exit(REFUSED)
