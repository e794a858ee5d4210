"""What a run tells of itself: `status.json` when it begins and ends, and news by webhook and mail of what went wrong.

Hooks of the flow, so that they work with a temporary server, with a server of one's own, and where a worker finds the
process of its run dead. Where the whole machine died, the next run tells. Nothing here changes how a run ended.
"""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from prefect import Flow, State
from prefect.client.schemas.objects import FlowRun
from prefect.logging import get_run_logger
from prefect.logging.loggers import flow_run_logger

from flows.news import known_status, last_run, tell_news, write_ending, write_runs
from flows.schedule import next_run, parameter
from flows.stop import THIS_RUN
from pipeline.storage import Place
from pipeline.worker.last_run import Running
from pipeline.worker.stop import halt_if_told
from pipeline.worker.store import StateBusyError


def run_begun(curated: Place) -> None:
    """Record that this process has begun a run; called while it holds the folder's lock.

    Whoever was recorded there before has died without a word: that is told now.
    """
    logger = get_run_logger()
    known = known_status(curated, logger)
    if known is None:
        return
    if known.running is not None:
        lost = last_run(None, known.running.started, datetime.now(UTC))
        known = replace(known, last=lost)
        tell_news(lost, curated, logger)
    write_runs(curated, replace(known, running=Running(datetime.now(UTC), os.getpid(), socket.gethostname())), logger)


def run_ended(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Record how a run ended, and send the news. Logs what could not be done; raises nothing of its own."""
    halt_if_told()
    logger = flow_run_logger(flow_run, flow)
    curated = Place.parse(parameter(flow, flow_run, "curated"))
    result = _result(state)
    run = last_run(result, flow_run.start_time, datetime.now(UTC))
    # The run that holds the folder will write its own.
    if not isinstance(result, StateBusyError):
        known = known_status(curated, logger)
        THIS_RUN.is_over = True
        if known is not None:
            run = write_ending(run, known, next_run(flow, flow_run, logger), curated, logger)
    tell_news(run, curated, logger)


def _result(state: State[Any]) -> object:
    """What the run returned or raised; None where it was killed or cancelled. Prefect calls on_cancellation while the
    state is still Cancelling, of which there is no result.
    """
    if state.is_crashed() or state.is_cancelled() or state.is_cancelling():
        return None
    return state.result(raise_on_failure=False)
