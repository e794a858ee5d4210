"""`rkt fetch` as its user sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock

from pipeline.cli.main import main
from tests.fetch.conftest import Server

PDF = b"%PDF-1.4\n%%EOF\n"


def write_list(folder: Path, *urls: str) -> None:
    rest = "\n    perangkat_daerah: Dinas\n    wilayah: Kota\n    tahun: 2024\n    penerbit: Kota\n"
    (folder / "raw").mkdir()
    (folder / "raw/sources.yaml").write_text("sources:\n" + "".join(f"  - url: {url}{rest}" for url in urls))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RKT_STATE", raising=False)
    return tmp_path


def test_new_documents_end_with_0(folder: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    write_list(folder, server.gives("/a.pdf", PDF))
    assert main(["fetch", "--allow-private"]) == 0
    out, err = capsys.readouterr()
    assert "raw/2024/a.pdf" in out
    assert "baru 1" in err
    assert (folder / "raw/2024/a.pdf").read_bytes() == PDF


def test_a_failure_ends_with_1_and_says_what_to_do(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    write_list(folder, server.gives("/a.pdf", PDF))
    assert main(["fetch", "--lang", "en"]) == 1
    assert "use --allow-private" in capsys.readouterr().err
    assert server.seen == []


def test_a_bad_list_ends_with_2(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch"]) == 2
    assert "raw/sources.yaml: berkas ini tidak ada" in capsys.readouterr().err


def test_two_fetches_do_not_run_at_once(folder: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    write_list(folder, server.gives("/a.pdf", PDF))
    lock = folder / "curated/.state/fetch/lock"
    lock.parent.mkdir(parents=True)
    with FileLock(lock):
        assert main(["fetch", "--allow-private"]) == 1
    assert "sedang berjalan" in capsys.readouterr().err
