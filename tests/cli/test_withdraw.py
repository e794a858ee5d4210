"""`rkt withdraw`: says what leaves, takes nothing that was not clearly named, and publishes nothing itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.release.store import release_numbers
from pipeline.worker.store import Store, state_folder
from tests.cli.conftest import Published

Capture = pytest.CaptureFixture[str]


def withdraw(published: Published, *names: str) -> int:
    return main(["withdraw", *names, "--curated", str(published.curated)])


@pytest.mark.parametrize("cut", [16, 5])
def test_a_document_is_withdrawn_by_its_key(published: Published, capsys: Capture, cut: int) -> None:
    assert withdraw(published, published.document[:cut]) == 0
    told = capsys.readouterr().err
    assert f"Ditarik: raw/2024/rkt.pdf ({published.document})" in told
    assert "jalankan rkt ingest" in told
    known = Store(state_folder(published.curated)).known()
    assert known is not None
    assert known.documents == {}
    assert [each.berkas for each in known.withdrawn.values()] == ["raw/2024/rkt.pdf"]
    assert release_numbers(published.curated) == [1]


def test_a_document_that_only_a_release_knows_is_withdrawn_by_its_name(published: Published, capsys: Capture) -> None:
    shutil.rmtree(state_folder(published.curated))
    assert withdraw(published, "raw/2024/rkt.pdf") == 0
    assert withdraw(published, "raw/2024/rkt.pdf") == 0
    told = capsys.readouterr().err
    assert "Ditarik: raw/2024/rkt.pdf" in told
    assert "sudah ditarik" in told


def test_what_is_not_known_or_not_clear_withdraws_nothing(published: Published, capsys: Capture) -> None:
    before = Store(state_folder(published.curated)).known()
    assert withdraw(published, published.document, "lain.pdf") == 2
    assert "lain.pdf: tidak ada dokumen seperti itu" in capsys.readouterr().err
    assert withdraw(published, published.document[:2]) == 2
    assert Store(state_folder(published.curated)).known() == before


def test_where_there_is_nothing_it_makes_no_folder(tmp_path: Path, capsys: Capture) -> None:
    assert main(["withdraw", "abcdef", "--curated", str(tmp_path / "tidak-ada")]) == 1
    assert "Belum ada rilis" in capsys.readouterr().err
    assert not (tmp_path / "tidak-ada").exists()
