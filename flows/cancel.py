"""Tells Prefect's server that a run goes no further, for one whose process will not do so in the usual way."""

from __future__ import annotations

from collections.abc import Callable

from prefect.client.orchestration import get_client
from prefect.context import FlowRunContext
from prefect.states import Cancelled


def cancelling() -> Callable[[], None]:
    """What sets the flow run that calls this to Cancelled, from whichever thread. Raises what Prefect's client does."""
    context = FlowRunContext.get()
    if context is None or context.flow_run is None:
        raise RuntimeError("called outside of a flow run")
    flow_run_id = context.flow_run.id

    def cancel() -> None:
        with get_client(sync_client=True) as client:
            client.set_flow_run_state(flow_run_id, Cancelled(message="Proses dihentikan."), force=True)

    return cancel
