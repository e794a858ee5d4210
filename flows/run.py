"""Runs the flow `ingest` in this process, as the command line and the tests do. Imports Prefect: prepare it first."""

from __future__ import annotations

import atexit
import subprocess
from typing import Any

from prefect.client.orchestration import get_client
from prefect.server.api.server import SubprocessASGIServer

from flows.ingest import ingest
from flows.summary import Summary, Watcher, watched_by

_guarded: set[int] = set()


class PrefectUnreachableError(Exception):
    """Neither the server that PREFECT_API_URL names nor one of our own answers."""


def run_ingest(somebody: Watcher, **parameters: Any) -> Summary:
    """Run the flow with its parameters; returns its summary even where every document failed.

    Raises PrefectUnreachableError, or what the flow itself raised: StateError, ReleaseError, OSError.
    """
    _reach_server()
    with watched_by(somebody):
        state = ingest(**parameters, return_state=True)
    result = state.result(raise_on_failure=False)
    if isinstance(result, Summary):
        return result
    if isinstance(result, BaseException):
        raise result
    raise TypeError(f"the flow ended in {result!r}")


def _reach_server() -> None:
    """Start the temporary server, or see that the one that is named answers."""
    try:
        with get_client(sync_client=True) as client:
            error = client.api_healthcheck()
    except RuntimeError as failure:
        raise PrefectUnreachableError(str(failure)) from failure
    finally:  # one that did not answer in time would start all the same, and stay
        _end_server_with_us()
    if error is not None:
        raise PrefectUnreachableError(str(error)) from error


def _end_server_with_us() -> None:
    """Prefect stops the temporary server of a process that ends; that of one that is killed would stay for good.

    A shell waits at a pipe that closes when we are gone, and ends the server then. Where we end in the usual way, it
    goes before the server does.
    """
    for server in SubprocessASGIServer._instances.values():
        process = server.server_process
        if process is None or process.pid in _guarded:
            continue
        _guarded.add(process.pid)
        guard = subprocess.Popen(
            ["/bin/sh", "-c", 'read -r _; kill "$1"', "sh", str(process.pid)], stdin=subprocess.PIPE
        )
        atexit.register(guard.kill)
