"""The database of Prefect's temporary server: one that is damaged is set aside, every other is left alone."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from flows.environment import prepare_prefect


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(os, "environ", {"PATH": os.environ["PATH"]})
    path = tmp_path / "prefect" / "prefect.db"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE angka (teks TEXT)")
        connection.executemany("INSERT INTO angka VALUES (?)", [("rencana kinerja",)] * 9999)
    return path


def test_noise_and_a_cut_file_are_set_aside(database: Path, tmp_path: Path) -> None:
    whole = database.read_bytes()
    for content in (b"\xa5" * 5000, whole[: len(whole) // 2], whole[:5000] + b"\xa5" * 5000 + whole[10000:]):
        database.write_bytes(content)
        prepare_prefect(tmp_path)
        assert not database.exists()
        assert database.with_name("prefect.db.rusak").read_bytes() == content


def test_a_sound_or_locked_one_stays(database: Path, tmp_path: Path) -> None:
    prepare_prefect(tmp_path)
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        prepare_prefect(tmp_path)
    assert database.exists()


def test_with_a_server_of_ones_own_nothing_is_touched(database: Path, tmp_path: Path) -> None:
    database.write_bytes(b"noise")
    os.environ["PREFECT_API_URL"] = "http://127.0.0.1:4200/api"
    prepare_prefect(tmp_path)
    assert database.exists()
