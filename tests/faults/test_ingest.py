"""A whole ingest meets a fault, wherever it stands: readers see whole releases, the next run completes, nothing is lost.

Each ingest is a process of its own with real worker processes, against one Prefect server; only the reader is not real.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.release.keep import current_number
from pipeline.release.store import release_numbers
from tests.faults.child import REFUSED, Fault
from tests.faults.conftest import looking_on
from tests.faults.ingesting import BUSY, INCOMPLETE
from tests.faults.machine import KILLED, Machine, assert_like_undisturbed

# One server for all of them, and seconds each.
pytestmark = [pytest.mark.long, pytest.mark.xdist_group("faults")]

STAGES = {
    "before the lock": Fault("pipeline.worker.store:Store.lock"),
    "planning": Fault("pipeline.worker.plan:Planner.plan"),
    "planned": Fault("pipeline.worker.plan:Planner.plan", 1, "kill-after"),
    "first document": Fault("pipeline.worker.pool:ReaderPool.read"),
    "first document read": Fault("pipeline.worker.pool:ReaderPool.read", 1, "kill-after"),
    "list not saved": Fault("pipeline.worker.store:Store.save_documents"),
    "list saved": Fault("pipeline.worker.store:Store.save_documents", 1, "kill-after"),
    "publishing": Fault("pipeline.release.build:write_dataset", 3),
    "catalog written": Fault("pipeline.release.build:write_catalog", 1, "kill-after"),
    "renamed, not pointed to": Fault("pipeline.release.store:point_to"),
    "published": Fault("pipeline.release.store:point_to", 1, "kill-after"),
    "pruning": Fault("pipeline.worker.store:Store.prune"),
    "pruned": Fault("pipeline.worker.store:Store.prune", 1, "kill-after"),
    "artifacts": Fault("flows.ingest:write_artifacts"),
    "status": Fault("flows.aftermath:write_status"),
    "status half written": Fault("pipeline.worker.last_run:write_atomically"),
    "status written": Fault("flows.aftermath:write_status", 1, "kill-after"),
}


def the_next_run_completes(machine: Machine, curated: Path) -> None:
    """A run without fault, after which all is as if there had been none."""
    assert machine.ingest(curated) == 0, machine.log.read_text()[-3000:]
    assert_like_undisturbed(machine, curated)
    assert json.loads((curated / "status.json").read_text())["last_run"]["ending"] == "lengkap"


@pytest.mark.parametrize("kind", ["process", "group"])
@pytest.mark.parametrize("stage", STAGES)
def test_killed(machine: Machine, place: Path, stage: str, kind: str) -> None:
    fault = STAGES[stage]
    if kind == "group":
        fault = Fault(fault.place, fault.call, fault.kind.replace("kill", "kill-group"))
    with looking_on(place):
        assert machine.ingest(place, fault) == KILLED, machine.log.read_text()[-3000:]
        the_next_run_completes(machine, place)


@pytest.mark.parametrize("reader", ["killed_before_its_result", "orphaned"])
def test_killed_from_within_a_reader(machine: Machine, place: Path, reader: str) -> None:
    """Between an outcome and its result; and so that a busy reader is left alone, which must end by itself."""
    with looking_on(place):
        assert machine.ingest(place, reader=f"tests.faults.reader:{reader}") == KILLED
        assert current_number(place) == 1
        the_next_run_completes(machine, place)
