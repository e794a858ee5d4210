"""prefect.yaml names only what there is: the flow, its parameters, times and strategies that Prefect knows."""

from __future__ import annotations

from inspect import signature
from pathlib import Path
from typing import Any

import pytest
import yaml

DEPLOYMENTS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "prefect.yaml").read_text(encoding="utf-8")
)["deployments"]


@pytest.mark.xdist_group("prefect")
@pytest.mark.usefixtures("prefect_home")
@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda deployment: deployment["name"])
def test_a_deployment_fits_the_flow(deployment: dict[str, Any]) -> None:
    from prefect.client.schemas.objects import ConcurrencyLimitConfig
    from prefect.client.schemas.schedules import CronSchedule
    from prefect.flows import load_flow_from_entrypoint

    flow = load_flow_from_entrypoint(deployment["entrypoint"])

    assert flow.name == "ingest"
    signature(flow.fn).bind(**deployment["parameters"])
    assert ConcurrencyLimitConfig(**deployment["concurrency_limit"]).limit == 1
    for schedule in deployment["schedules"]:
        assert CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"]).timezone == "Asia/Jakarta"
    assert len(flow.on_failure_hooks) == len(flow.on_crashed_hooks) == len(flow.on_completion_hooks) == 1


def test_there_is_a_nightly_and_a_yearly_run() -> None:
    assert {deployment["name"] for deployment in DEPLOYMENTS} == {"nightly", "yearly"}


@pytest.mark.xdist_group("prefect")
@pytest.mark.usefixtures("prefect_home")
def test_a_schedule_makes_runs() -> None:
    """It does not where a library of Prefect's server is too new, and nothing else tells: docs/decisions/prefect.md."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import DeploymentScheduleCreate
    from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId
    from prefect.client.schemas.schedules import CronSchedule

    nightly = DeploymentScheduleCreate(schedule=CronSchedule(cron="0 2 * * *", timezone="Asia/Jakarta"), active=True)
    with get_client(sync_client=True) as client:
        deployment = client.create_deployment(client.create_flow_from_name("ingest"), "uji", schedules=[nightly])
        client.request("POST", "/deployments/{id}/schedule", path_params={"id": deployment}, json={})
        runs = client.read_flow_runs(deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment])))

    assert {run.expected_start_time.hour for run in runs if run.expected_start_time} == {19}, "02:00 in Jakarta, in UTC"
