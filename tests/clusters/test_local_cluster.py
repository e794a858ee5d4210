"""Ingests on a cluster of two workers of this machine: as local ones, whatever a document or a signal does to them."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.clusters.conftest import WAITING_READER, Machine, release, waiting
from tests.conftest import FAKE_READER, RAW, MakePdf

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("clusters"), pytest.mark.timeout(600)]

_MISBEHAVING = ("baik-1", "baik-2", "sebagian", "galat", "mati", "matisekali", "macet", "memori")


def _documents(folder: Path, make_pdf: MakePdf, names: tuple[str, ...]) -> list[Path]:
    return [make_pdf(folder / f"{name}.pdf", name) for name in names]


def test_the_release_has_the_same_bytes(machine: Machine, runner: str, tmp_path: Path) -> None:
    told = [machine.ingest([RAW], tmp_path / kind, runner=kind) for kind in ("local", runner)]

    assert told[0] == told[1]
    assert release(tmp_path / "local") == release(tmp_path / runner)


def test_a_crash_a_hang_and_a_hog_cost_only_themselves(
    machine: Machine, runner: str, tmp_path: Path, make_pdf: MakePdf
) -> None:
    documents = _documents(tmp_path / "raw", make_pdf, _MISBEHAVING)
    told = []
    for kind in ("local", runner):
        told.append(machine.ingest(documents, tmp_path / kind, runner=kind, reader=FAKE_READER, timeout=10))
        (tmp_path / "raw" / "matisekali.tanda").unlink()

    assert told[0] == told[1]
    failed = {Path(berkas).stem for berkas, (status, _) in told[1].items() if status == "gagal"}
    assert failed == {"galat", "mati", "macet", "memori"}
    assert release(tmp_path / "local") == release(tmp_path / runner)


@pytest.mark.parametrize("who", ["reader", "worker"])
def test_a_process_killed_while_it_reads_loses_nothing(
    machine: Machine, runner: str, who: str, tmp_path: Path, make_pdf: MakePdf
) -> None:
    documents = _documents(tmp_path / "raw", make_pdf, ("tunggu", *(f"baik-{number}" for number in range(6))))
    ingest = machine.start(documents, tmp_path / runner, runner=runner, reader=WAITING_READER)
    os.kill(waiting(tmp_path / "raw", who == "worker"), signal.SIGKILL)
    told = ingest.told()
    ingest.assert_nothing_is_left()

    assert {status for status, _ in told.values()} == {"lengkap"}
    assert told == machine.ingest(documents, tmp_path / "local", reader=WAITING_READER)
    assert release(tmp_path / "local") == release(tmp_path / runner)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_leaves_no_process_and_no_release(
    machine: Machine, runner: str, number: signal.Signals, tmp_path: Path, make_pdf: MakePdf
) -> None:
    documents = _documents(tmp_path / "raw", make_pdf, ("tunggu", "baik"))
    ingest = machine.start(documents, tmp_path / runner, runner=runner, reader=WAITING_READER)
    waiting(tmp_path / "raw")
    ingest.process.send_signal(number)

    ingest.process.communicate(timeout=30)
    ingest.assert_nothing_is_left()
    assert ingest.process.returncode != 0
    assert not (tmp_path / runner / "current").exists()
