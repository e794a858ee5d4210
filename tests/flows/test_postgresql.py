"""A deployment as docs/operations.md has it, on a Prefect server whose database is PostgreSQL: its schedule fires, and
the run publishes. Skipped where PostgreSQL is not installed.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import RAW
from tests.faults.machine import ROOT, serving

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

_SECONDS = 300.0


def postgres_programs() -> Path:
    """Where initdb and pg_ctl are; Debian keeps them out of PATH."""
    found = shutil.which("pg_ctl")
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    for folder in reversed(folders):
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    pytest.skip("PostgreSQL is not installed: no initdb and pg_ctl")


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The address of a database in a cluster of its own, which an ordinary user runs, as PostgreSQL demands."""
    programs = postgres_programs()
    user = "nobody" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    with tempfile.TemporaryDirectory() as name, socket.socket() as free:
        folder = Path(name)
        shutil.chown(folder, user)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()

        def run(program: str, *arguments: str) -> None:
            command = [str(programs / program), "-D", str(folder / "data"), *arguments]
            other = {"user": user} if os.getuid() == 0 else {}
            subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **other)

        run("initdb", "--username=rkt", "--auth=trust", "--no-sync")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        run("pg_ctl", "start", "-w", "-l", str(folder / "log"), "-o", options)
        try:
            yield f"postgresql+asyncpg://rkt@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "stop", "-w", "-m", "immediate")


def test_a_schedule_fires_and_publishes(postgres: str, tmp_path: Path) -> None:
    checkout = checkout_with_schedule(tmp_path / "rkt", "* * * * *")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "RKT"))}
    environment |= {"PREFECT_HOME": str(tmp_path / "prefect"), "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    server = {**environment, "PREFECT_SERVER_DATABASE_CONNECTION_URL": postgres}
    with serving(server) as address:
        environment["PREFECT_API_URL"] = address
        prefect(checkout, environment, "work-pool", "create", "rkt", "--type", "process")
        prefect(checkout, environment, "--no-prompt", "deploy", "--all")
        with working(checkout, environment):
            status = wait_for_status(checkout / "curated" / "status.json")
    assert status["release"]["number"] == 1
    assert status["last_run"]["ending"] == "lengkap"
    assert status["last_run"]["documents"] == {"lengkap": 2}
    assert status["next_run"]["schedule"] == "ingest/nightly"
    assert not (tmp_path / "prefect" / "prefect.db").exists(), "all is in PostgreSQL"


def checkout_with_schedule(folder: Path, cron: str) -> Path:
    """A checkout of its own, so that its raw/ and curated/ are too; the nightly run comes at another time."""
    folder.mkdir()
    for name in ("flows", "pipeline", "schemas"):
        (folder / name).symlink_to(ROOT / name)
    shutil.copytree(RAW, folder / "raw")
    content = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    nightly = next(one for one in content["deployments"] if one["name"] == "nightly")
    nightly["schedules"][0]["cron"] = cron
    (folder / "prefect.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    return folder


def prefect(folder: Path, environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "-m", "prefect", *arguments]
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@contextmanager
def working(folder: Path, environment: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", "rkt", "--limit", "1"]
    worker = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(60)


def wait_for_status(path: Path) -> dict[str, Any]:
    """status.json when a run has ended."""
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        if path.exists():
            content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            if content["last_run"] is not None:
                return content
        time.sleep(0.5)
    raise AssertionError(f"no run ended within {_SECONDS:g} s")
