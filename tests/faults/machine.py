"""A machine on which ingests run, one after the other or at once, with faults: its Prefect server and its process that
forks them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from pipeline.release.keep import need_whole
from pipeline.release.manifest import Manifest
from pipeline.release.query import query_release
from pipeline.release.store import need_release
from pipeline.storage import Place
from tests.conftest import FAKE_READER
from tests.faults.child import Fault

ROOT = Path(__file__).parent.parent.parent
_SECONDS = 120.0
KILLED = -signal.SIGKILL


@dataclass
class Machine:
    """`raw` holds the documents; `first` is a folder with a release of all but the last, `undisturbed` the manifest of
    a release of all of them to which nothing happened."""

    forker: subprocess.Popen[str]
    folder: Path
    raw: Path

    def start(
        self, curated: Path | Place, fault: Fault | None = None, reader: str = FAKE_READER, **environment: str
    ) -> int:
        """Begin an ingest of `raw`; returns the number of its process."""
        request = {"curated": str(curated), "paths": [str(self.raw)], "reader": reader}
        return self._start(request, fault, environment)

    def _start(
        self, request: dict[str, Any], fault: Fault | None, environment: dict[str, str], log: Path | None = None
    ) -> int:
        given = {"fault": None if fault is None else asdict(fault), "environment": environment}
        return int(self._ask({"command": None, "log": str(log or self.log), **request, **given})["pid"])

    def command(self, arguments: list[str], environment: dict[str, str], fault: Fault | None = None) -> tuple[int, str]:
        """Run a command line to its end; returns its exit code, and all that it wrote."""
        with NamedTemporaryFile(dir=self.folder, suffix=".log") as said:
            request = {"command": arguments, "reader": FAKE_READER}
            pid = self._start(request, fault, environment, Path(said.name))
            code = self.wait(pid)
            assert_nothing_is_left(pid)
            return code, Path(said.name).read_text(encoding="utf-8")

    def start_command(
        self, arguments: list[str], log: Path, reader: str, fault: Fault | None = None, **environment: str
    ) -> int:
        """Begin a command line that writes into `log`; returns the number of its process."""
        return self._start({"command": arguments, "reader": reader}, fault, environment, log)

    def wait(self, pid: int) -> int:
        """The exit code of an ingest, -9 where it was killed."""
        return int(self._ask({"wait": pid})["exit"])

    def ingest(
        self, curated: Path | Place, fault: Fault | None = None, reader: str = FAKE_READER, **environment: str
    ) -> int:
        """Run an ingest to its end; nothing of it may be left when it has ended."""
        pid = self.start(curated, fault, reader, **environment)
        code = self.wait(pid)
        assert_nothing_is_left(pid)
        return code

    @property
    def log(self) -> Path:
        return self.folder / "ingests.log"

    @property
    def first(self) -> Path:
        return self.folder / "first"

    @property
    def undisturbed(self) -> Manifest:
        return need_whole(need_release(self.folder / "calm"))

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self.forker.stdin is not None
        assert self.forker.stdout is not None
        self.forker.stdin.write(json.dumps(request) + "\n")
        self.forker.stdin.flush()
        return dict(json.loads(self.forker.stdout.readline()))


@contextmanager
def running_machine(folder: Path, raw: Path) -> Iterator[Machine]:
    """A machine with its server, both gone afterwards."""
    environment = {**os.environ, "PREFECT_HOME": str(folder / "prefect"), "PREFECT_LOGGING_LEVEL": "CRITICAL"}
    environment |= {"PREFECT_SERVER_ANALYTICS_ENABLED": "false", "PYTHONPATH": str(ROOT)}
    with serving(environment) as address:
        environment["PREFECT_API_URL"] = address
        forker = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.ingesting"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert forker.stdout is not None
        assert "ready" in forker.stdout.readline()
        try:
            yield Machine(forker, folder, raw)
        finally:
            forker.communicate()


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[str]:
    """A Prefect server; gives the address of its API."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "prefect", "server", "start", "--no-ui", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/api/health")
        yield f"http://127.0.0.1:{port}/api"
    finally:
        server.terminate()
        server.wait(_SECONDS)


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"{address} does not answer")


def assert_nothing_is_left(group: int, seconds: float = 20.0) -> None:
    """Every process that an ingest started ends by itself."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError(f"processes of {group} are left")


def assert_like_undisturbed(machine: Machine, curated: Path) -> None:
    """The current release holds what it would hold if nothing had happened, byte by byte, and each key once."""
    folder = need_release(curated)
    assert need_whole(folder).to_json() == machine.undisturbed.to_json()
    for name in ("dokumen", "program_kegiatan"):
        (counts,) = query_release(folder, f"SELECT count(*), count(DISTINCT baris_id) FROM {name}").rows
        assert counts == (machine.undisturbed.counts[name],) * 2
    assert not list((curated / "releases").glob(".*")), "nothing half-built is left"


def copy_of(curated: Path, target: Path) -> Path:
    """A folder of releases with its state, as it is."""
    return Path(shutil.copytree(curated, target, symlinks=True))
