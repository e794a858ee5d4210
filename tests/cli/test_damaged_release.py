"""A release whose files are missing or cut short: every command that asks it ends in one line that says what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.release.store import CATALOG, MANIFEST
from tests.cli.conftest import Published

Capture = pytest.CaptureFixture[str]
Damage = Callable[[Path], None]


def cut(parts: int) -> Damage:
    """Leave the first of so many equal parts of a file."""

    def damage(path: Path) -> None:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // parts])

    return damage


def scribble(path: Path) -> None:
    """Keep a file's length and its first bytes."""
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))


DAMAGES: dict[str, Damage] = {
    "half": cut(2),
    "a quarter": cut(4),
    "a tenth": cut(10),
    "scribbled": scribble,
    "gone": Path.unlink,
}
DAMAGES["empty"] = lambda path: path.write_bytes(b"") and None


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("command", ["query", "compare", "compare years", "temuan", "status", "laporan", "bukti"])
def test_a_damaged_catalog_is_told_in_one_line(
    published: Published, capsys: Capture, command: str, damage: str
) -> None:
    commands = {
        "query": ["query", "SELECT * FROM indikator, program_kegiatan, sel, dokumen"],
        "compare": ["compare", "rkt", "rencana"],
        "compare years": ["compare", "2023", "2024"],
        "laporan": ["laporan", published.document],
        "bukti": ["bukti", published.program],
    }
    path = published.curated / "current" / CATALOG
    DAMAGES[damage](path)
    arguments = commands.get(command, [command])
    assert main([*arguments, "--curated", str(published.curated)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert CATALOG in line
    assert "rkt ingest" in line
    assert main(["--lang", "en", *arguments, "--curated", str(published.curated)]) == 1
    assert "damaged" in capsys.readouterr().err


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("damage", ["half", "scribbled tail", "file gone", "folder gone"])
def test_damaged_parquet_is_told_in_one_line_and_writes_nothing(
    published: Published, tmp_path: Path, capsys: Capture, suffix: str, damage: str
) -> None:
    folder = published.curated / "current" / "parquet" / "program_kegiatan"
    (path,) = folder.glob("*.parquet")
    if damage == "half":
        cut(2)(path)
    elif damage == "scribbled tail":
        path.write_bytes(path.read_bytes()[:-200] + b"\x00" * 200)
    elif damage == "file gone":
        path.unlink()
    else:
        shutil.rmtree(folder)
    target = tmp_path / f"hasil.{suffix}"
    assert main(["ekspor", "program_kegiatan", str(target), "--curated", str(published.curated)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert str(Path("parquet") / "program_kegiatan") in line
    assert "rkt ingest" in line
    assert not target.exists()


@pytest.mark.parametrize("damage", ["half", "empty"])
@pytest.mark.parametrize("command", ["status", "ekspor"])
def test_a_damaged_manifest_is_told_in_one_line(
    published: Published, tmp_path: Path, capsys: Capture, command: str, damage: str
) -> None:
    DAMAGES[damage](published.curated / "current" / MANIFEST)
    rest = ["indikator", str(tmp_path / "hasil.csv")] if command == "ekspor" else []
    assert main([command, *rest, "--curated", str(published.curated)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert MANIFEST in line
