"""`rkt laporan`: what it takes for a document, what it writes, and how it fails."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli.main import main
from tests.cli.conftest import Published

Capture = pytest.CaptureFixture[str]


def laporan(published: Published, document: object, output: Path) -> int:
    return main(["laporan", str(document), "--curated", str(published.curated), "--output", str(output)])


@pytest.mark.parametrize("how", ["file", "name", "key"])
def test_a_document_is_named_by_file_name_or_key(
    published: Published, tmp_path: Path, capsys: Capture, how: str
) -> None:
    named = {"file": published.pdf, "name": published.pdf.name, "key": published.document}[how]
    assert laporan(published, named, tmp_path / "laporan") == 0
    written = sorted((tmp_path / "laporan").iterdir())
    assert [path.suffix for path in written] == [".html", ".xlsx"]
    told = capsys.readouterr().err
    assert all(str(path) in told for path in written)
    assert "1.250.000" in written[0].read_text("utf-8")


def test_a_report_in_place_of_an_earlier_one_is_told(published: Published, tmp_path: Path, capsys: Capture) -> None:
    for told in (0, 2):
        assert laporan(published, published.document, tmp_path / "laporan") == 0
        assert capsys.readouterr().err.count("menggantikan") == told


def test_a_moved_file_is_known_by_its_content(published: Published, tmp_path: Path) -> None:
    moved = published.pdf.rename(tmp_path / "nama lain.pdf")
    assert laporan(published, moved, tmp_path / "laporan") == 0


def test_a_file_that_was_not_read_is_told_how_to_read_it(published: Published, tmp_path: Path, capsys: Capture) -> None:
    other = tmp_path / published.pdf.name
    other.write_bytes(b"%PDF-1.4 lain")
    assert laporan(published, other, tmp_path / "laporan") == 1
    assert "rkt ingest" in capsys.readouterr().err
    assert not (tmp_path / "laporan").exists()


def test_a_target_that_cannot_be_written_is_one_line(published: Published, tmp_path: Path, capsys: Capture) -> None:
    blocked = tmp_path / "berkas"
    blocked.write_text("bukan folder")
    assert laporan(published, published.document, blocked) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_in_english_the_report_is_english(published: Published, tmp_path: Path) -> None:
    arguments = ["laporan", published.document, "--curated", str(published.curated), "-o", str(tmp_path)]
    assert main(["--lang", "en", *arguments]) == 0
    assert 'lang="en"' in next(tmp_path.glob("*.html")).read_text("utf-8")


def test_the_command_line_starts_without_the_libraries_of_reports() -> None:
    code = "import sys, pipeline.cli.app; print(sorted({'jinja2', 'matplotlib', 'xlsxwriter'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
