"""When the next run is due, as far as Prefect's server knows."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from inspect import signature
from pathlib import Path
from typing import Any, cast

import httpx
from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterId,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import PrefectException
from prefect.types import DateTime

from pipeline.worker.last_run import NextRun

# Prefect plans a hundred runs of a schedule ahead; those of other folders may come first.
_MOST_RUNS = 200


def parameter(flow: Flow[..., Any], flow_run: FlowRun, name: str) -> Any:
    """A parameter of the run; the run of a deployment lists only those that the deployment sets."""
    return flow_run.parameters.get(name, signature(flow.fn).parameters[name].default)


def next_run(
    flow: Flow[..., Any], flow_run: FlowRun, logger: logging.Logger | logging.LoggerAdapter[Any]
) -> NextRun | None:
    """The next planned run of this flow into the same folder; null where none is planned or the server is silent."""
    now = datetime.now(UTC)
    try:
        with get_client(sync_client=True) as client:
            for planned in _planned(client, flow_run, now):
                if Path(parameter(flow, planned, "curated")) == Path(parameter(flow, flow_run, "curated")):
                    return NextRun(planned.expected_start_time or now, _schedule(client, flow, planned), now)
    except (PrefectException, httpx.HTTPError) as error:
        logger.error("Jadwal proses berikutnya tidak dapat ditanyakan: %s", type(error).__name__)
    return None


def _planned(client: SyncPrefectClient, flow_run: FlowRun, now: datetime) -> list[FlowRun]:
    """The runs of the same flow that are planned from now on, the soonest first."""
    return client.read_flow_runs(
        flow_filter=FlowFilter(id=FlowFilterId(any_=[flow_run.flow_id])),
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
            expected_start_time=FlowRunFilterExpectedStartTime(after_=cast(DateTime, now)),
        ),
        sort=FlowRunSort.EXPECTED_START_TIME_ASC,
        limit=_MOST_RUNS,
    )


def _schedule(client: SyncPrefectClient, flow: Flow[..., Any], planned: FlowRun) -> str:
    """The name of the planned run's deployment, as Prefect writes it."""
    if planned.deployment_id is None:
        return flow.name
    return f"{flow.name}/{client.read_deployment(planned.deployment_id).name}"
