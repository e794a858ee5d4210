"""A whole ingest into a bucket meets a fault: readers see whole releases, the next run completes, no row is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.faults.child import Fault
from tests.faults.conftest import looking_on
from tests.faults.machine import KILLED
from tests.faults.there import There

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("faults-s3")]

_UPLOAD = "pipeline.storage.objects:Objects.upload"

# A killed ingest leaves the first release current at these, and the new one at the others.
BEFORE = {
    "looking what is there": Fault("pipeline.worker.target:begin"),
    "beginning not told": Fault("flows.news:tell_status"),
    "beginning told": Fault("flows.news:tell_status", 1, "kill-after"),
    "manifests taken": Fault("flows.ingest:manifests_folder", 1, "kill-after"),
    "built": Fault("pipeline.worker.target:push"),
    "claim": Fault("pipeline.storage.objects:Objects.create"),
    "claim made": Fault("pipeline.storage.objects:Objects.create", 1, "kill-after"),
    "first file": Fault(_UPLOAD, 1, "kill-after"),
    "half of the files": Fault(_UPLOAD, 20),
    "checksums": Fault("pipeline.release.remote:need_sizes"),
    "manifest": Fault("pipeline.release.remote:_Claim.need"),
    "manifest pushed": Fault("pipeline.release.remote:write_pointer"),
}
AFTER = {
    "pointer moved": Fault("pipeline.release.remote:write_pointer", 1, "kill-after"),
    "claim gone": Fault("pipeline.worker.target:adopt"),
    "copy made": Fault("pipeline.worker.target:adopt", 1, "kill-after"),
    "pruning": Fault("pipeline.worker.store:Store.prune"),
    "artifacts": Fault("flows.ingest:write_artifacts"),
    "end not told": Fault("flows.news:tell_status", 2),
    "end told": Fault("flows.news:tell_status", 2, "kill-after"),
}


def the_next_run_completes(there: There) -> None:
    assert there.ingest() == 0, there.machine.log.read_text()[-3000:]
    there.assert_complete()


@pytest.mark.parametrize("fault", BEFORE.values(), ids=BEFORE)
def test_killed_before_the_pointer_moves(there: There, fault: Fault) -> None:
    with looking_on(there.resolve) as reader:
        assert there.ingest(fault) == KILLED, there.machine.log.read_text()[-3000:]
        assert there.current() == 1
        the_next_run_completes(there)
    assert 1 in reader.seen


@pytest.mark.parametrize("fault", AFTER.values(), ids=AFTER)
def test_killed_after_the_pointer_moved(there: There, fault: Fault) -> None:
    with looking_on(there.resolve):
        assert there.ingest(fault) == KILLED, there.machine.log.read_text()[-3000:]
        assert there.current() == 2
        the_next_run_completes(there)
    assert there.current() == 2, "there was nothing new to publish"


@pytest.mark.parametrize("stage", ["claim made", "half of the files", "manifest pushed"])
def test_killed_with_its_whole_group(there: There, stage: str) -> None:
    fault = BEFORE[stage]
    with looking_on(there.resolve):
        assert there.ingest(replace(fault, kind=fault.kind.replace("kill", "kill-group"))) == KILLED
        the_next_run_completes(there)
