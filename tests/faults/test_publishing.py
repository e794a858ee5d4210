"""A publisher is killed, or its disk full, at every stage: readers see whole releases, and the next run completes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.release.build import publish
from pipeline.release.keep import current_number, need_whole
from pipeline.release.manifest import Manifest
from pipeline.release.store import need_release, release_numbers
from schemas.registry import DATASETS
from tests.faults.child import INPUTS, REFUSED, Fault, publish_faulty, publish_limited, remove_faulty, roll_back_faulty
from tests.faults.conftest import in_child, looking_on

# Each starts two processes and takes seconds.
pytestmark = pytest.mark.long

KILLED = -9
_DATASET = "pipeline.release.build:write_dataset"
_ROWS = "pipeline.release.files:DatasetWriter.write"

# A killed publisher leaves the first release current, with these.
BEFORE = {
    "before anything": Fault("pipeline.release.build:find_duplicates"),
    "first dataset": Fault(_DATASET),
    "last dataset": Fault(_DATASET, len(DATASETS)),
    "in the middle of a dataset": Fault(_ROWS, 2, "kill-after"),
    "catalog": Fault("pipeline.release.build:write_catalog"),
    "catalog written": Fault("pipeline.release.build:write_catalog", 1, "kill-after"),
    "manifest": Fault("pathlib:Path.write_text", 2),
    "syncing": Fault("os:fsync", 5),
    "rename": Fault("pathlib:Path.rename"),
    "renamed, not pointed to": Fault("pathlib:Path.rename", 1, "kill-after"),
    "pointing": Fault("pipeline.release.store:point_to"),
    "link made, not moved": Fault("pathlib:Path.replace"),
}
EVERY_DATASET = {
    f"dataset {number} {name}": Fault(_DATASET, number, "kill-after") for number, name in enumerate(DATASETS, start=1)
}
FULL = {
    "manifest": Fault("pathlib:Path.write_text", 2, "full"),
    "data package": Fault("pathlib:Path.write_text", 1, "full"),
    "rename": Fault("pathlib:Path.rename", 1, "full"),
    "link": Fault("pathlib:Path.symlink_to", 1, "full"),
    "pointer": Fault("pathlib:Path.replace", 1, "full"),
    **{f"sync {call}": Fault("os:fsync", call, "full") for call in (1, 20, 50)},
    **{f"dataset {call}": Fault("pyarrow.parquet:ParquetWriter.write_table", call, "full") for call in (1, 2, 5)},
}


def the_next_run_completes(curated: Path, stored: list[Path], undisturbed: Manifest) -> None:
    """A run after the fault takes a new number and holds what a run without fault holds, byte by byte."""
    highest = max(release_numbers(curated))
    release = publish(stored, curated, inputs=INPUTS, reader_version="1")
    assert release.number == highest + 1
    assert release.manifest.to_json() == undisturbed.to_json()
    assert need_whole(need_release(curated)).to_json() == undisturbed.to_json()
    assert not list((curated / "releases").glob(".*")), "nothing half-built is left"
    assert not list(curated.glob(".current-*"))


@pytest.mark.parametrize("fault", BEFORE.values(), ids=BEFORE)
def test_killed_before_the_pointer_moves(
    curated: Path, stored: list[Path], undisturbed: Manifest, fault: Fault
) -> None:
    with looking_on(curated) as reader:
        assert in_child(publish_faulty, curated, stored, fault) == KILLED
        assert current_number(curated) == 1
        the_next_run_completes(curated, stored, undisturbed)
    assert 1 in reader.seen


@pytest.mark.parametrize("fault", EVERY_DATASET.values(), ids=EVERY_DATASET)
def test_killed_after_each_dataset(curated: Path, stored: list[Path], undisturbed: Manifest, fault: Fault) -> None:
    with looking_on(curated):
        assert in_child(publish_faulty, curated, stored, fault) == KILLED
        assert current_number(curated) == 1
        the_next_run_completes(curated, stored, undisturbed)


def test_killed_after_the_pointer_moved(curated: Path, stored: list[Path], undisturbed: Manifest) -> None:
    with looking_on(curated):
        fault = Fault("pipeline.release.store:point_to", 1, "kill-after")
        assert in_child(publish_faulty, curated, stored, fault) == KILLED
        assert current_number(curated) == 2
        assert need_whole(need_release(curated)).to_json() == undisturbed.to_json()
        the_next_run_completes(curated, stored, undisturbed)


@pytest.mark.parametrize("fault", FULL.values(), ids=FULL)
def test_a_full_disk(curated: Path, stored: list[Path], undisturbed: Manifest, fault: Fault) -> None:
    with looking_on(curated):
        assert in_child(publish_faulty, curated, stored, fault) == REFUSED
        assert current_number(curated) == 1
        assert sorted(path.name for path in (curated / "releases").iterdir()) == ["0001"]
        the_next_run_completes(curated, stored, undisturbed)


@pytest.mark.parametrize("most", [0, 500, 3_000, 10_000, 100_000, 1_000_000])
def test_writes_that_the_kernel_refuses(curated: Path, stored: list[Path], undisturbed: Manifest, most: int) -> None:
    """At 0 and 500 bytes the Parquet files fail, at 100,000 and more the catalog."""
    with looking_on(curated):
        assert in_child(publish_limited, curated, stored, most) == REFUSED
        assert current_number(curated) == 1
        assert sorted(path.name for path in (curated / "releases").iterdir()) == ["0001"]
        the_next_run_completes(curated, stored, undisturbed)


@pytest.mark.parametrize(
    "fault",
    [
        Fault("pipeline.release.keep:_remove"),
        Fault("shutil:rmtree"),
        Fault("os:unlink", 5),
        Fault("pipeline.release.keep:_remove", 2),
    ],
    ids=["before", "hidden, not deleted", "half deleted", "one of two"],
)
def test_killed_while_old_releases_are_deleted(
    curated: Path, stored: list[Path], undisturbed: Manifest, fault: Fault
) -> None:
    for _ in range(2):
        publish(stored, curated, inputs=INPUTS, reader_version="1")
    with looking_on(curated):
        assert in_child(remove_faulty, curated, 1, fault) == KILLED
        assert current_number(curated) == 3
        for number in release_numbers(curated):
            need_whole(curated / "releases" / f"{number:04d}")
        the_next_run_completes(curated, stored, undisturbed)


@pytest.mark.parametrize("fault", [Fault("pathlib:Path.replace"), Fault("pathlib:Path.replace", 1, "full")])
def test_going_back_fails_whole(curated: Path, stored: list[Path], undisturbed: Manifest, fault: Fault) -> None:
    publish(stored, curated, inputs=INPUTS, reader_version="1")
    with looking_on(curated):
        assert in_child(roll_back_faulty, curated, 1, fault) == (KILLED if fault.kind == "kill" else REFUSED)
        assert current_number(curated) == 2
        the_next_run_completes(curated, stored, undisturbed)
