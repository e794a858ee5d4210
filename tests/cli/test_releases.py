"""`rkt releases`, `rkt diff`, `rkt rollback` as they are typed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.intake import ReadSettings, find_documents
from pipeline.release.build import publish
from pipeline.release.keep import current_number
from pipeline.worker.plan import Planner
from pipeline.worker.store import Store, state_folder
from tests.cli.conftest import Published, write_plan
from tests.conftest import MakePdf

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def two(published: Published, tmp_path: Path, make_pdf: MakePdf) -> Path:
    """A second release that holds another document instead."""
    pdf = make_pdf(tmp_path / "raw" / "2025" / "lain.pdf", "lain")
    plan = Planner(Store(state_folder(published.curated)), ReadSettings()).plan(find_documents([pdf]))
    source = next(one.entry.source for one in plan.documents if one.berkas.endswith("lain.pdf"))
    publish([write_plan(replace(source))[0]], published.curated, inputs=[], reader_version="2")
    return published.curated


def run(*arguments: str, curated: Path) -> int:
    return main([*arguments, "--curated", str(curated)])


def test_releases_are_listed(two: Path, capsys: Capture) -> None:
    assert run("releases", "--format", "json", curated=two) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["nomor"], row["dokumen"], row["keadaan"]) for row in rows] == [(2, 1, "berlaku"), (1, 1, "")]
    assert rows[0]["versi_pembaca"] == "2"
    assert run("releases", "--lang", "en", curated=two) == 0
    assert "current" in capsys.readouterr().out


def test_the_difference_is_a_table_or_csv(two: Path, capsys: Capture) -> None:
    assert run("diff", "1", "2", curated=two) == 0
    told = capsys.readouterr()
    assert "program_kegiatan" in told.out
    assert "Dari rilis 1 ke rilis 2" in told.err
    assert run("diff", "1", "2", "--format", "csv", curated=two) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "dataset,dokumen_id,berkas,baru,hilang,berubah"
    assert any(line.startswith("program_kegiatan,") and line.endswith(",1,0,0") for line in lines)


def test_going_back_says_what_it_did(two: Path, capsys: Capture) -> None:
    assert run("rollback", "1", curated=two) == 0
    told = capsys.readouterr().err
    assert "Rilis 1 (1 dokumen) sekarang berlaku, menggantikan rilis 2" in told
    assert "rilis 3" in told
    assert current_number(two) == 1
    assert run("rollback", "1", "--lang", "en", curated=two) == 0
    assert "current already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["rollback", "9"], 1), (["diff", "1", "9"], 1), (["diff", "2", "2"], 2), (["rollback", "nol"], 2)],
)
def test_what_cannot_be_is_told_in_one_line(two: Path, capsys: Capture, arguments: list[str], code: int) -> None:
    assert run(*arguments, curated=two) == code
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert current_number(two) == 2


@pytest.mark.parametrize("command", [["releases"], ["rollback", "1"], ["diff", "1", "2"]])
def test_without_a_release_there_is_one_line_and_no_folder(tmp_path: Path, capsys: Capture, command: list[str]) -> None:
    assert run(*command, curated=tmp_path / "nihil") == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (tmp_path / "nihil").exists()
