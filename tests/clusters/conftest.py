"""A machine with a Prefect server, on which ingests run locally and on clusters; each process can be told by a mark."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pipeline.release.keep import need_whole
from pipeline.release.store import need_release
from tests.faults.machine import ROOT, serving

SECONDS = 180.0
WAITING_READER = "tests.clusters.reader:read"
_MARK = "RKT_TEST_MARK"


@dataclass
class Machine:
    """`environment` is what all processes get that run on it."""

    environment: dict[str, str]

    def start(self, paths: list[Path], curated: Path, **parameters: Any) -> Ingest:
        """Begin an ingest with two workers."""
        asked = {"paths": [str(path) for path in paths], "curated": str(curated), "workers": 2, **parameters}
        return Ingest(self, [sys.executable, "-m", "tests.clusters.ingesting", json.dumps(asked)])

    def ingest(self, paths: list[Path], curated: Path, **parameters: Any) -> dict[str, Any]:
        """Run an ingest to its end; what it told of each document. Nothing of it may be left."""
        ingest = self.start(paths, curated, **parameters)
        told = ingest.told()
        ingest.assert_nothing_is_left()
        return told


@dataclass
class Ingest:
    """A process that runs, known with all its descendants by a mark in their environment."""

    machine: Machine
    command: list[str]
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)

    def __post_init__(self) -> None:
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=self.machine.environment | {_MARK: self.mark},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def told(self) -> dict[str, Any]:
        """What it told of each document, once it has ended."""
        output, errors = self.process.communicate(timeout=SECONDS)
        assert self.process.returncode == 0, errors
        return dict(json.loads(output.splitlines()[-1]))

    def refused(self) -> str:
        """What it said as it ended without a release."""
        _, errors = self.process.communicate(timeout=SECONDS)
        assert self.process.returncode == 1
        return errors

    def assert_nothing_is_left(self, seconds: float = 20.0) -> None:
        """All that it started ends by itself."""
        until(lambda: not self._left(), seconds, lambda: f"left: {self._left()}")

    def _left(self) -> dict[str, str]:
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if f"{_MARK}={self.mark}".encode() in (folder / "environ").read_bytes():
                    found[folder.name] = (folder / "cmdline").read_text().replace("\0", " ")[:120]
            except (OSError, UnicodeDecodeError):  # it ended meanwhile, or is another user's
                continue
        return found


def until(happened: Callable[[], object], seconds: float, told: Callable[[], str]) -> None:
    """Wait for something; fails with what `told` gives."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, told()
        time.sleep(0.1)


def waiting(raw: Path, parent: bool = False) -> int:
    """The number of the process that reads and waits, or of the cluster's worker that started it."""
    mark = raw / "tunggu.pid"
    until(mark.exists, SECONDS, lambda: "nothing is read")
    return int(mark.read_text().split()[parent])


def release(curated: Path) -> str:
    """The manifest of the current release, with the SHA-256 of each of its files, after it was held to it."""
    return need_whole(need_release(curated)).to_json()


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """With a server that lives as long as the tests."""
    home = tmp_path_factory.mktemp("machine")
    environment = {**os.environ, "PREFECT_HOME": str(home), "PREFECT_LOGGING_LEVEL": "CRITICAL"}
    environment |= {"PREFECT_SERVER_ANALYTICS_ENABLED": "false", "PYTHONPATH": str(ROOT)}
    with serving(environment) as address:
        yield Machine(environment | {"PREFECT_API_URL": address})


@pytest.fixture(params=["dask", "ray"])
def runner(request: pytest.FixtureRequest) -> str:
    """Each kind of cluster; skipped where its library is not installed."""
    name = str(request.param)
    if importlib.util.find_spec(f"prefect_{name}") is None:
        pytest.skip(f"{name} is not installed: make setup-{name}")
    return name
