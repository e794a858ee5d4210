"""`rkt reference`: what it stores and prints, and how it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli.main import main
from tests.cli.conftest import Published

Capture = pytest.CaptureFixture[str]
LIST = "level,kode,nama,status\nprogram,9.01.02,Program Awan,aktif\nprogram,9.01.03,Program Angin,nonaktif\n"


@pytest.fixture
def csv_file(tmp_path: Path) -> Path:
    path = tmp_path / "daftar-2023.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def reference(curated: Path, *arguments: str) -> int:
    return main(["reference", *arguments, "--curated", str(curated)])


def test_a_list_is_stored_in_the_state_folder_and_shown(tmp_path: Path, csv_file: Path, capsys: Capture) -> None:
    assert reference(tmp_path, "import", str(csv_file)) == 0
    told = capsys.readouterr()
    assert "Edisi 2023 tersimpan: 2 baris" in told.err
    assert (tmp_path / ".state" / "reference" / "nomenklatur-2023.csv").is_file()
    assert reference(tmp_path, "import", str(csv_file), "--edisi", "2020") == 0
    capsys.readouterr()
    assert reference(tmp_path, "show") == 0
    shown = capsys.readouterr().out
    assert "2020" in shown
    assert "2023" in shown


def test_the_state_folder_may_lie_elsewhere(
    tmp_path: Path, csv_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("RKT_STATE", str(tmp_path / "state"))
    assert reference(tmp_path / "curated", "import", str(csv_file)) == 0
    assert reference(tmp_path / "curated", "import", str(csv_file)) == 0
    assert "diganti" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "state" / "reference").iterdir()] == ["nomenklatur-2023.csv"]


def test_an_edition_is_removed(tmp_path: Path, csv_file: Path, capsys: Capture) -> None:
    reference(tmp_path, "import", str(csv_file))
    assert reference(tmp_path, "remove", "2023") == 0
    assert reference(tmp_path, "remove", "2023") == 1
    assert reference(tmp_path, "remove", "kemarin") == 2
    capsys.readouterr()
    assert reference(tmp_path, "list") == 0
    assert "Belum ada nomenklatur" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kode,nama\n1,x\n", "tidak ada kolom level. Baris pertama berkas memuat nama kolom; di sini: kode, nama"),
        ("level,kode,nama\nprogram,sembilan,A\n", "baris 2: `sembilan` bukan kode"),
    ],
)
def test_what_is_wrong_with_a_list_is_one_line(tmp_path: Path, capsys: Capture, text: str, told: str) -> None:
    path = tmp_path / "daftar.csv"
    path.write_text(text, encoding="utf-8")
    assert reference(tmp_path, "import", str(path)) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line == f"{path}: nomenklatur ini tidak dapat dipakai: {told}."


def test_a_list_that_is_not_there(tmp_path: Path, capsys: Capture) -> None:
    assert reference(tmp_path, "import", str(tmp_path / "tiada.csv")) == 1
    assert "tiada.csv" in capsys.readouterr().err


def test_without_a_list_the_codes_of_documents_are_shown(published: Published, capsys: Capture) -> None:
    assert reference(published.curated, "show") == 0
    assert "Program Kepegawaian" in capsys.readouterr().out
