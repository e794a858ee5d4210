"""One fault of a whole ingest for every day; the others are in test_ingest.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.release.keep import current_number
from tests.faults.conftest import looking_on
from tests.faults.machine import KILLED, Machine, assert_like_undisturbed

pytestmark = pytest.mark.xdist_group("faults")


def test_killed_while_a_reader_is_busy(machine: Machine, place: Path) -> None:
    """The release stands, the reader ends by itself, and the next run gives what an undisturbed one gives."""
    with looking_on(place):
        assert machine.ingest(place, reader="tests.faults.reader:orphaned") == KILLED
        assert current_number(place) == 1
        assert machine.ingest(place) == 0, machine.log.read_text()
        assert_like_undisturbed(machine, place)
