"""Ingests on a cluster that exists, started with the commands of Dask and Ray, and not ended by the ingest."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.clusters.conftest import SECONDS, WAITING_READER, Machine, release, until, waiting
from tests.conftest import FAKE_READER, MakePdf
from tests.faults.machine import ROOT

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("clusters"), pytest.mark.timeout(600)]

_OTHER_VERSION = "import pipeline.version as v; v.reader_version = lambda: 'lain'"


def test_the_documents_of_a_killed_dask_worker_are_read_by_the_other(
    machine: Machine, tmp_path: Path, make_pdf: MakePdf
) -> None:
    pytest.importorskip("prefect_dask", reason="dask is not installed: make setup-dask")
    names = ("tunggu", *(f"baik-{number}" for number in range(6)))
    documents = [make_pdf(tmp_path / "raw" / f"{name}.pdf", name) for name in names]
    with _scheduler(machine, tmp_path) as address, ExitStack() as workers:
        started = [workers.enter_context(_worker(machine, address, tmp_path)) for _ in range(2)]
        ingest = machine.start(documents, tmp_path / "dask", runner="dask", address=address, reader=WAITING_READER)
        reading = waiting(tmp_path / "raw", parent=True)
        os.kill(reading, signal.SIGKILL)
        told = ingest.told()
        assert sorted(worker.poll() is None for worker in started) == [False, True], "the other worker lives on"

    assert {status for status, _ in told.values()} == {"lengkap"}
    assert told == machine.ingest(documents, tmp_path / "local", reader=WAITING_READER)
    assert release(tmp_path / "local") == release(tmp_path / "dask")


def test_ray_by_its_address(machine: Machine, tmp_path: Path, make_pdf: MakePdf) -> None:
    pytest.importorskip("prefect_ray", reason="ray is not installed: make setup-ray")
    documents = [make_pdf(tmp_path / "raw" / f"baik-{number}.pdf", str(number)) for number in range(4)]
    # Ray asks for a token where a head is started; whoever connects has to name the mode and the same token.
    keyed = Machine(machine.environment | {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)})
    with _ray_head(keyed) as address:
        told = keyed.ingest(documents, tmp_path / "ray", runner="ray", address=address, reader=FAKE_READER)

    assert told == machine.ingest(documents, tmp_path / "local", reader=FAKE_READER)
    assert release(tmp_path / "local") == release(tmp_path / "ray")


def test_a_worker_with_another_reader_is_refused_in_one_line(
    machine: Machine, tmp_path: Path, make_pdf: MakePdf
) -> None:
    pytest.importorskip("prefect_dask", reason="dask is not installed: make setup-dask")
    document = make_pdf(tmp_path / "raw" / "baik.pdf")
    (tmp_path / "lain.py").write_text(_OTHER_VERSION)
    with (
        _scheduler(machine, tmp_path) as address,
        _worker(machine, address, tmp_path, "--preload", str(tmp_path / "lain.py")),
    ):
        refusal = machine.start([document], tmp_path / "dask", runner="dask", address=address).refused()

    assert "another version of the reader" in refusal
    assert "lain ≠" in refusal
    assert len(refusal.strip().splitlines()) == 1
    assert not (tmp_path / "dask" / "current").exists()


@contextmanager
def _scheduler(machine: Machine, folder: Path) -> Iterator[str]:
    address = f"tcp://127.0.0.1:{_free_port()}"
    command = ["scheduler", "--host", address, "--no-dashboard"]
    with _dask(machine, folder, *command) as process:
        port = int(address.rpartition(":")[2])
        until(lambda: _listens(port), SECONDS, lambda: f"the scheduler does not listen: {process.poll()}")
        yield address


@contextmanager
def _worker(machine: Machine, address: str, folder: Path, *more: str) -> Iterator[subprocess.Popen[bytes]]:
    limits = ["--nthreads", "1", "--memory-limit", "0", "--no-nanny", "--no-dashboard"]
    with _dask(machine, folder, "worker", address, *limits, "--local-directory", str(folder), *more) as process:
        yield process


@contextmanager
def _dask(machine: Machine, folder: Path, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "dask.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *command], cwd=ROOT, env=machine.environment, stdout=log, stderr=log
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(SECONDS)


@contextmanager
def _ray_head(machine: Machine) -> Iterator[str]:
    port = _free_port()
    ray = str(Path(sys.executable).with_name("ray"))
    environment = machine.environment | {"RAY_USAGE_STATS_ENABLED": "0"}
    head = subprocess.Popen(
        [ray, "start", "--head", "--block", "--port", str(port), "--num-cpus", "2", "--include-dashboard", "false"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: _listens(port), SECONDS, lambda: f"Ray does not listen: {head.poll()}")
        time.sleep(3)  # its node joins after the port is open
        yield f"127.0.0.1:{port}"
    finally:
        head.terminate()
        head.wait(SECONDS)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0
