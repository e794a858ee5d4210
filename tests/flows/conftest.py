from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.environment import prepare_prefect
from flows.summary import Summary

Ingest = Callable[..., Summary]

# Where a temporary server is started for the tests, once per process, its settings count before Prefect is imported.
FAKE_READER = "tests.worker.fake_reader:read"


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Prefect with a home of its own. The variables stay set: the server lives as long as the process."""
    home = tmp_path_factory.mktemp("prefect")
    before = dict(os.environ)
    prepare_prefect(home)
    os.environ["PREFECT_LOGGING_LEVEL"] = "CRITICAL"
    yield home
    os.environ.clear()
    os.environ.update(before)
