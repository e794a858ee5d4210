"""Runs the flow `ingest` in this process, as the command line and the tests do. Imports Prefect: prepare it first."""

from __future__ import annotations

from typing import Any

from prefect.client.orchestration import get_client

from flows.ingest import ingest
from flows.summary import Summary, Watcher, watched_by


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
    if error is not None:
        raise PrefectUnreachableError(str(error)) from error
