"""What becomes of Prefect's temporary server."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest
from prefect.server.api.server import SubprocessASGIServer

from flows import run


def test_a_server_that_started_too_late_ends_with_us_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as late:
        guards: list[Any] = []

        def started(command: list[str], **_options: object) -> SimpleNamespace:
            guards.append(command)
            return SimpleNamespace(kill=lambda: None)

        def too_late(*_args: object, **_options: object) -> NoReturn:
            raise RuntimeError("Timed out")

        monkeypatch.setattr(SubprocessASGIServer, "_instances", {1: SimpleNamespace(server_process=late)})
        monkeypatch.setattr(run, "get_client", too_late)
        monkeypatch.setattr(run.subprocess, "Popen", started)
        with pytest.raises(run.PrefectUnreachableError, match="Timed out"):
            run._reach_server()
        late.kill()

    assert [command[-1] for command in guards] == [str(late.pid)]
