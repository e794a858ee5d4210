"""A server for all tests of a process, a bucket for each, and a state folder that publishes into it."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.storage import Place
from tests.storage.publishing import Machine
from tests.storage.server import connect_to, s3_server, s3_settings


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    with s3_server() as address:
        yield address


@pytest.fixture
def s3_environment(endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in s3_settings(endpoint, tmp_path).items():
        monkeypatch.setenv(name, value)
    connect_to(endpoint)


@pytest.fixture
def bucket(s3_environment: None) -> str:
    """The address of an empty bucket of the test's own."""
    import s3fs

    name = f"rkt-{uuid.uuid4().hex[:12]}"
    s3fs.S3FileSystem().mkdir(name)
    return f"s3://{name}"


@pytest.fixture
def machine(bucket: str, tmp_path: Path) -> Machine:
    return Machine(Place.parse(f"{bucket}/curated"), tmp_path / "state-a")


def texts_below(*folders: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below the folders, with its bytes."""
    for folder in folders:
        for root, _, names in os.walk(folder):
            for name in names:
                path = Path(root, name)
                if path.is_file():
                    yield str(path), path.read_bytes()
