"""The limits of a reader process when native code does not come back, and what single commands say then."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.intake import ProblemCode, ReadSettings, find_documents
from pipeline.storage import Place
from pipeline.worker.model import DEFAULT_READER, Job
from pipeline.worker.pool import PoolSettings, ReaderPool
from tests.conftest import FAKE_READER, MakePdf
from tests.hostile import bombs, structure

Capture = pytest.CaptureFixture[str]


def job(path: Path, target: Path) -> Job:
    (found,) = find_documents([path]).documents
    return Job(Place(path), found.source, ReadSettings(), target, DEFAULT_READER)


def test_native_code_that_does_not_come_back_is_ended(tmp_path: Path) -> None:
    slow, sound = tmp_path / "ganda.pdf", tmp_path / "baik.pdf"
    slow.write_bytes(bombs.form_doubling(40))
    sound.write_bytes(structure.sound().data())
    with ReaderPool(PoolSettings(workers=1, timeout=40)) as pool:
        pool.read(job(sound, tmp_path / "0.rkt"))  # what a reader needs is loaded now

    with ReaderPool(PoolSettings(workers=1, timeout=4)) as pool:
        begin = time.monotonic()
        outcome = pool.read(job(slow, tmp_path / "1.rkt"))
        seconds = time.monotonic() - begin

    assert outcome.problem is not None
    assert outcome.problem.kode is ProblemCode.WAKTU_HABIS
    assert outcome.problem.detail == "4.1", "a page adds a fortieth"
    assert seconds < 30
    assert list(tmp_path.glob("*.rkt")) == [tmp_path / "0.rkt"]


def test_a_long_document_gets_more_time() -> None:
    settings = PoolSettings(timeout=600)
    assert settings.seconds(0) == 600
    assert settings.seconds(100) - settings.seconds(0) == 100 * 15


@pytest.mark.parametrize("command", ["show", "explain"])
def test_a_single_file_is_refused_in_one_line(command: str, tmp_path: Path, capsys: Capture) -> None:
    os.mkfifo(tmp_path / "pipa.pdf")
    hostile = {
        "pipa.pdf": None,
        "pohon.pdf": structure.tree_in_itself(),
        "sejuta.pdf": bombs.cells(560, filled=True),
        "terkunci.pdf": structure.locked("rahasia", "pemilik"),
    }
    for name, data in hostile.items():
        if data is not None:
            (tmp_path / name).write_bytes(data)

        assert main([command, str(tmp_path / name)]) == 1

        captured = capsys.readouterr()
        assert captured.out == ""
        (line,) = captured.err.splitlines()
        assert name in line


def test_a_reader_that_dies_costs_show_one_line(
    tmp_path: Path, make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr("pipeline.worker.model.DEFAULT_READER", FAKE_READER)
    for name, told in {"mati": "terhenti", "memori": "memori", "galat": "tabel tanpa kolom"}.items():
        assert main(["show", str(make_pdf(tmp_path / f"{name}.pdf"))]) == 1
        (line,) = capsys.readouterr().err.splitlines()
        assert told in line
    assert main(["show", str(make_pdf(tmp_path / "matisekali.pdf"))]) == 0
