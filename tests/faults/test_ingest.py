"""A whole ingest meets a fault, wherever it stands: readers see whole releases, the next run completes, no row is lost.

Each ingest is a process of its own with real worker processes, against one Prefect server; only the reader is not real.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.release.keep import current_number
from pipeline.release.store import release_numbers
from tests.faults.child import REFUSED, Fault
from tests.faults.conftest import looking_on
from tests.faults.ingesting import BUSY
from tests.faults.machine import KILLED, Machine, assert_like_undisturbed, assert_nothing_is_left

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
    "status": Fault("flows.news:tell_status"),
    "status half written": Fault("pipeline.worker.last_run:write_atomically"),
    "status written": Fault("flows.news:tell_status", 1, "kill-after"),
}


def the_next_run_completes(machine: Machine, curated: Path) -> None:
    """A run without fault, after which all is as if there had been none."""
    assert machine.ingest(curated) == 0, machine.log.read_text()[-3000:]
    assert_like_undisturbed(machine, curated)
    assert json.loads((curated / "status.json").read_text())["last_run"]["ending"] == "lengkap"


# A machine that dies takes all processes at once; what is left of one killed process alone must end by itself.
AT_ONCE = ("planning", "first document", "list saved", "publishing", "renamed, not pointed to", "status half written")


@pytest.mark.parametrize("stage", STAGES)
def test_killed(machine: Machine, place: Path, stage: str) -> None:
    with looking_on(place):
        assert machine.ingest(place, STAGES[stage]) == KILLED, machine.log.read_text()[-3000:]
        the_next_run_completes(machine, place)


@pytest.mark.parametrize("stage", AT_ONCE)
def test_killed_with_its_whole_group(machine: Machine, place: Path, stage: str) -> None:
    fault = STAGES[stage]
    with looking_on(place):
        assert machine.ingest(place, replace(fault, kind=fault.kind.replace("kill", "kill-group"))) == KILLED
        the_next_run_completes(machine, place)


@pytest.mark.parametrize("reader", ["killed_before_its_result", "orphaned"])
def test_killed_from_within_a_reader(machine: Machine, place: Path, reader: str) -> None:
    """Between an outcome and its result; and so that a busy reader is left alone, which must end by itself."""
    with looking_on(place):
        assert machine.ingest(place, reader=f"tests.faults.reader:{reader}") == KILLED
        assert current_number(place) == 1
        the_next_run_completes(machine, place)


REFUSALS = {
    "full: list": Fault("pipeline.worker.store:write_atomically", 1, "full"),
    "full: copy of the list": Fault("pipeline.worker.store:write_atomically", 2, "full"),
    "full: dataset": Fault("pyarrow.parquet:ParquetWriter.write_table", 3, "full"),
    "full: rename": Fault("pathlib:Path.rename", 1, "full"),
    "denied: state folder": Fault("tempfile:TemporaryFile", 1, "denied"),
    "denied: releases": Fault("pipeline.release.store:tempfile.mkdtemp", 1, "denied"),
    "denied: lock": Fault("pipeline.release.build:publishing", 1, "denied"),
    "read-only: releases": Fault("pipeline.release.store:tempfile.mkdtemp", 1, "readonly"),
}


@pytest.mark.parametrize("fault", REFUSALS.values(), ids=REFUSALS)
def test_refused(machine: Machine, place: Path, fault: Fault) -> None:
    with looking_on(place):
        assert machine.ingest(place, fault) == REFUSED, machine.log.read_text()[-3000:]
        assert current_number(place) == 1
        the_next_run_completes(machine, place)


def test_a_result_that_cannot_be_stored_fails_the_run_and_no_document(machine: Machine, place: Path) -> None:
    """Else the release would say of a sound document that it cannot be read, and miss the rows that it had."""
    with looking_on(place):
        assert machine.ingest(place, reader="tests.faults.reader:refused") == REFUSED
        assert current_number(place) == 1
        the_next_run_completes(machine, place)


def test_a_status_that_cannot_be_written_changes_nothing(machine: Machine, place: Path) -> None:
    fault = Fault("pipeline.worker.last_run:write_atomically", 1, "full")
    assert machine.ingest(place, fault) in {0, REFUSED}
    the_next_run_completes(machine, place)


@pytest.mark.parametrize("name", ["", ".state", ".state/cache", "releases"])
def test_a_folder_on_a_disk_that_became_read_only(machine: Machine, place: Path, name: str) -> None:
    """A mount in place of permissions, which do not hold for root."""
    with looking_on(place):
        with mounted_read_only(place / name):
            assert machine.ingest(place) == REFUSED, machine.log.read_text()[-3000:]
            assert current_number(place) == 1
        the_next_run_completes(machine, place)


@contextmanager
def mounted_read_only(folder: Path) -> Iterator[None]:
    if subprocess.run(["mount", "--bind", folder, folder], capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
        yield
    finally:
        # The reader that looks on has files open there.
        subprocess.run(["mount", "-o", "remount,rw,bind", folder], check=True)
        subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.mark.parametrize("name", [".state", ".state/cache", "releases"])
def test_a_file_where_a_folder_should_be(machine: Machine, place: Path, name: str) -> None:
    (place / name).rename(place / "aside")
    (place / name).touch()
    assert machine.ingest(place) == REFUSED
    (place / name).unlink()
    (place / "aside").rename(place / name)
    the_next_run_completes(machine, place)


@pytest.mark.parametrize("count", [2, 5])
def test_at_once(machine: Machine, place: Path, tmp_path: Path, count: int) -> None:
    """One works, the others are told that it does; whoever comes later finds the work done."""
    told = tmp_path / "told"
    told.mkdir()
    meeting = {"TOLD": str(told), "OTHERS": str(count - 1)}
    with looking_on(place):
        running = [machine.start(place, reader="tests.faults.reader:patient", **meeting) for _ in range(count)]
        codes = [machine.wait(pid) for pid in running]
        assert sorted(codes) == [0] + [BUSY] * (count - 1), machine.log.read_text()[-3000:]
        assert release_numbers(place) == [1, 2]
        assert_like_undisturbed(machine, place)
        the_next_run_completes(machine, place)
    for pid in running:
        assert_nothing_is_left(pid)


def some_result(place: Path) -> Path:
    return min((place / ".state" / "cache").glob("*.rkt"))


def swap_results(place: Path) -> None:
    first, second, *_ = sorted((place / ".state" / "cache").glob("*.rkt"))
    content = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda place: some_result(place).write_bytes(b""),
    "cut": lambda place: os.truncate(some_result(place), some_result(place).stat().st_size // 2),
    "of another document": swap_results,
    "one byte": lambda place: flip_a_byte(some_result(place)),
    "gone": lambda place: some_result(place).unlink(),
    "outcome gone": lambda place: some_result(place).with_suffix(".json").unlink(),
    "all gone": lambda place: [path.unlink() for path in (place / ".state" / "cache").iterdir()],
}


def flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_result_is_read_again_in_the_same_run(
    machine: Machine, place: Path, damage: Callable[[Path], object]
) -> None:
    damage(place)
    with looking_on(place):
        the_next_run_completes(machine, place)


def test_both_lists_damaged_end_the_run_and_the_release_stands(machine: Machine, place: Path) -> None:
    lists = [place / ".state" / name for name in ("documents.json", "documents.copy.json")]
    kept = lists[0].read_bytes()
    for path in lists:
        path.write_bytes(b"{")
    with looking_on(place):
        assert machine.ingest(place) == REFUSED
        assert current_number(place) == 1
        lists[0].write_bytes(kept)
        the_next_run_completes(machine, place)


def test_what_a_dead_process_left_lying_is_no_matter(machine: Machine, place: Path) -> None:
    """Lock files and half-written ones, of a process that is long gone."""
    for name in (".state/lock", ".publish.lock", ".state/.documents.json-abc", ".state/cache/.x.rkt-abc", ".current-1"):
        (place / name).write_bytes(b"4711")
    (place / "releases" / ".building-abc").mkdir(exist_ok=True)
    the_next_run_completes(machine, place)


def test_the_clock_has_gone_back(machine: Machine, place: Path) -> None:
    """All that lies there is of tomorrow."""
    tomorrow = time.time() + 86_400
    for path in place.rglob("*"):
        if not path.is_symlink():
            os.utime(path, (tomorrow, tomorrow))
    with looking_on(place):
        the_next_run_completes(machine, place)
    assert current_number(place) == 2
