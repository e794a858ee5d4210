"""`rkt ingest` is told to stop, wherever it stands: it ends in time with all its processes, and goes on later."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.release.keep import current_number
from tests.conftest import FAKE_READER
from tests.faults.child import Fault
from tests.faults.conftest import looking_on
from tests.faults.machine import ROOT, Machine, assert_like_undisturbed
from tests.flows.receiver import receiving

pytestmark = pytest.mark.xdist_group("faults")

STUCK = "tests.faults.reader:stuck"
SECONDS = 10.0
NOTHING_READ = "sebelum ada yang dibaca"

# What hangs, the line of the log that tells that it does so, and what is said at the end.
PLACES = {
    "before the lock": (Fault("pipeline.worker.store:Store.prepare", 2, "hang"), "", NOTHING_READ),
    "planning": (Fault("pipeline.worker.plan:Planner.plan", 1, "hang"), "", NOTHING_READ),
    "reading": (None, "[1/2]", "setelah 1 dari 2 dokumen"),
    "publishing": (Fault("pipeline.release.build:write_dataset", 3, "hang"), "Menerbitkan", "setelah 2 dari 2 dokumen"),
    "publishing, in C": (
        Fault("pipeline.release.build:write_dataset", 3, "hang-in-c"), "Menerbitkan", "setelah 2 dari 2 dokumen",
    ),
    "told the end": (Fault("flows.aftermath:next_run", 1, "hang"), "Menerbitkan", "setelah 2 dari 2 dokumen"),
}  # fmt: skip

DAILY = [("reading", signal.SIGINT), ("publishing, in C", signal.SIGTERM)]


def until(what: Callable[[], object], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def arguments(machine: Machine, place: Path) -> list[str]:
    return ["ingest", str(machine.raw), "--curated", str(place), "--workers", "2"]


def told_twice(pid: int, number: signal.Signals) -> None:
    os.kill(pid, number)
    time.sleep(0.1)
    os.kill(pid, number)


def last_run(place: Path) -> dict[str, object]:
    status = json.loads((place / "status.json").read_text())
    assert status["running"] is None
    return dict(status["last_run"])


CASES = [
    pytest.param(
        stage, number, id=f"{stage}, {number.name}", marks=[] if (stage, number) in DAILY else pytest.mark.long
    )
    for stage, number in [*((stage, signal.SIGTERM) for stage in PLACES), ("reading", signal.SIGINT)]
]


@pytest.mark.parametrize(("stage", "number"), CASES)
def test_it_ends_in_time_wherever_it_stands(
    machine: Machine, place: Path, tmp_path: Path, stage: str, number: signal.Signals
) -> None:
    """On a server of one's own."""
    fault, sign, said = PLACES[stage]
    log = tmp_path / "log"
    reader = STUCK if fault is None else FAKE_READER
    with looking_on(place), receiving() as receiver:
        pid = machine.start_command(arguments(machine, place), log, reader, fault, RKT_WEBHOOK=receiver.url)
        until(lambda: log.exists() and sign in log.read_text())
        time.sleep(0.5)
        begin = time.monotonic()
        told_twice(pid, number)
        assert machine.wait(pid) == 128 + number
        until(lambda: not living(pid), 1)
        assert time.monotonic() - begin < SECONDS
        assert log.read_text().count(f"Dihentikan ({number.name}) {said}") == 1, log.read_text()
        assert "Traceback" not in log.read_text()
        assert current_number(place) == 1
        assert last_run(place)["ending"] == "terhenti"
        ((told),) = receiver.messages
        assert (told["ending"], number.name in told["text"]) == ("terhenti", True)

        again = tmp_path / "again"
        pid = machine.start_command(arguments(machine, place), again, FAKE_READER)
        assert machine.wait(pid) == 0, again.read_text()
        left = {NOTHING_READ: 2, "setelah 1 dari 2 dokumen": 1}.get(said, 0)
        assert (f"Membaca {left} dokumen." in again.read_text()) is bool(left), again.read_text()
        assert_like_undisturbed(machine, place)
        assert last_run(place)["ending"] == "lengkap"


@pytest.mark.long
def test_its_temporary_server_ends_with_it(machine: Machine, place: Path, tmp_path: Path) -> None:
    """The server starts, and then a document is read."""
    for sign, said in (("", NOTHING_READ), ("[1/2]", "setelah 1 dari 2 dokumen")):
        log = tmp_path / f"log{len(sign)}"
        process = begun_alone(arguments(machine, place), log, tmp_path)
        until(lambda: len(living(process.pid)) > 1)  # noqa: B023
        until(lambda: sign in log.read_text())  # noqa: B023
        begin = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) == 143
        until(lambda: not living(process.pid), SECONDS - (time.monotonic() - begin))  # noqa: B023
        assert f"Dihentikan (SIGTERM) {said}" in log.read_text()
        assert last_run(place)["ending"] == "terhenti"


def begun_alone(command: list[str], log: Path, folder: Path) -> subprocess.Popen[bytes]:
    code = f"from tests.faults.ingesting import command; import sys; sys.exit(command(sys.argv[1:], {STUCK!r}))"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    with log.open("wb") as stream:
        return subprocess.Popen(
            [sys.executable, "-c", code, *command], cwd=ROOT, stdout=stream, stderr=stream, start_new_session=True,
            env=environment | {"PREFECT_HOME": str(folder / "prefect"), "PREFECT_LOGGING_LEVEL": "CRITICAL"},
        )  # fmt: skip


def living(pid: int) -> list[int]:
    """Processes of the session that `pid` leads, without those that are dead and only wait for somebody to notice."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, session = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(session) == pid and state != "Z":
            found.append(int(folder.name))
    return found
