"""What a run tells of itself: `status.json` when it begins and ends, and news by webhook and mail of what went wrong.

Hooks of the flow, so that they work with a temporary server, with a server of one's own, and where a worker finds the
process of its run dead. Where the whole machine died, the next run tells. Nothing here changes how a run ended.
"""

from __future__ import annotations

import logging
import os
import socket
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from prefect import Flow, State
from prefect.client.schemas.objects import FlowRun
from prefect.logging import get_run_logger
from prefect.logging.loggers import flow_run_logger

from flows.mail import MailError, send_mail
from flows.schedule import next_run, parameter
from flows.summary import Report, Summary
from flows.webhook import WebhookError, post, webhook_address
from pipeline.intake.problems import explain_reason, system_reason
from pipeline.release.errors import ReleaseError
from pipeline.storage import Place, StorageError
from pipeline.worker.last_run import (
    Ending,
    LastRun,
    NextRun,
    Running,
    RunStatus,
    Trouble,
    read_status,
    status_folder,
    tell_status,
)
from pipeline.worker.runners import RunnerError
from pipeline.worker.store import StateBusyError, StateError, Store, state_folder

Log = logging.Logger | logging.LoggerAdapter[Any]

# A webhook and a status are read by people first: beyond this, they ask the release.
_MOST_PROBLEMS = 20


def run_begun(curated: Place) -> None:
    """Record that this process has begun a run; called while it holds the folder's lock.

    Whoever was recorded there before has died without a word: that is told now.
    """
    logger = get_run_logger()
    known = _known(curated, logger)
    if known is None:
        return
    if known.running is not None:
        lost = last_run(None, known.running.started, datetime.now(UTC))
        known = replace(known, last=lost)
        _tell(lost, curated, logger)
    _write(curated, replace(known, running=Running(datetime.now(UTC), os.getpid(), socket.gethostname())), logger)


def run_ended(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Record how a run ended, and send the news. Logs what could not be done; raises nothing of its own."""
    logger = flow_run_logger(flow_run, flow)
    curated = Place.parse(parameter(flow, flow_run, "curated"))
    result = _result(state)
    run = last_run(result, flow_run.start_time, datetime.now(UTC))
    # The run that holds the folder will write its own.
    if not isinstance(result, StateBusyError):
        known = _known(curated, logger)
        if known is not None:
            run = _write_end(run, known, next_run(flow, flow_run, logger), curated, logger)
    _tell(run, curated, logger)


def _write_end(run: LastRun, known: RunStatus, due: NextRun | None, curated: Place, logger: Log) -> LastRun:
    """Record a run that has ended beside what was `known`; returns it with the time when it began."""
    running = _somebody_else(known, curated)
    if run.started is None and running is None and known.running is not None:
        # A worker that finds its run dead knows it as it was before it began.
        run = replace(run, started=known.running.started)
    _write(curated, RunStatus(run, running, due or known.next), logger)
    return run


def _result(state: State[Any]) -> object:
    """What the run returned or raised; None where it was killed or cancelled. Prefect calls on_cancellation while the
    state is still Cancelling, of which there is no result.
    """
    if state.is_crashed() or state.is_cancelled() or state.is_cancelling():
        return None
    return state.result(raise_on_failure=False)


def _known(curated: Place, logger: Log) -> RunStatus | None:
    """What `status.json` says, nothing where it is damaged; None where its storage does not give it, and so is not to
    be replaced either: that would take minutes more, and lose what it holds.
    """
    try:
        return read_status(status_folder(curated))
    except StorageError as error:
        logger.error("Keadaan proses tidak dapat dicatat. %s", error)
        return None
    except (StateError, ReleaseError) as error:
        logger.error("Catatan proses sebelumnya tidak terbaca, jadi dimulai dari awal: %s", error)
        return RunStatus()


def _somebody_else(known: RunStatus, curated: Place) -> Running | None:
    """A run that began while this one was ending: it goes on."""
    running = known.running
    if running is None or (running.pid, running.host) == (os.getpid(), socket.gethostname()):
        return None
    return running if Store(state_folder(curated)).is_busy() else None


def _write(curated: Place, status: RunStatus, logger: Log) -> None:
    try:
        tell_status(curated, status)
    except (StateError, ReleaseError, StorageError) as error:
        logger.error("Keadaan proses tidak dapat dicatat. %s", error)


def _tell(run: LastRun, curated: Place, logger: Log) -> None:
    """Into the log, to the webhook and by mail: each as configured, and none stops the others."""
    for trouble in run.problems:
        logger.warning(trouble.pesan)
    if run.ending == "lengkap":
        return
    address = webhook_address()
    if address is not None:
        try:
            post(address, webhook_message(run, curated))
        except WebhookError as error:
            logger.error("Webhook tidak menerima kabar tentang proses ini. %s", error)
    try:
        send_mail(run, curated)
    except MailError as error:
        logger.error("Surel tentang proses ini tidak terkirim. %s", error)


def last_run(result: object, started: datetime | None, ended: datetime) -> LastRun:
    """A run by what it returned: its summary, the exception that ended it, or None where its process died."""
    if isinstance(result, Summary):
        troubles = _troubles(result)
        counts = Counter[str](report.outcome.status for report in result.handled())
        shown = troubles[:_MOST_PROBLEMS]
        return LastRun(started, ended, _ending(result), result.release, counts, len(troubles), shown)
    ending: Ending = "terhenti" if result is None else "gagal"
    return LastRun(started, ended, ending, None, {}, 1, [_trouble_of_run(result)])


def _ending(summary: Summary) -> Ending:
    if not summary.incomplete() and not summary.problems:
        return "lengkap"
    return "gagal" if summary.current() is None else "sebagian"


def _troubles(summary: Summary) -> list[Trouble]:
    lost = [Trouble(one.berkas, one.message("id"), one.message("en")) for one in summary.problems]
    return lost + [_trouble(report) for report in summary.incomplete()]


def _trouble(report: Report) -> Trouble:
    problem = report.outcome.problem
    if problem is not None:
        return Trouble(report.berkas, problem.message("id"), problem.message("en"))
    command = f"rkt temuan --dokumen {report.dokumen_id}"
    return Trouble(
        report.berkas,
        f"{report.berkas}: terbaca sebagian. Sebabnya: {command}",
        f"{report.berkas}: read in part. Why: {command}",
    )


def _trouble_of_run(error: object) -> Trouble:
    """A run that did not come to its end. What its error says of itself is for the log, if we do not know it."""
    if error is None:
        return Trouble(
            "",
            "Proses berhenti di tengah jalan. Rilis terakhir tetap berlaku. "
            "Jalankan lagi; yang sudah dibaca tidak diulang.",
            "The process died or was stopped. The last release stands. Run it again; what was read is not read again.",
        )
    if isinstance(error, StateBusyError):
        return Trouble(
            "",
            f"{error.path} sedang dipakai proses lain. Tunggu sampai selesai.",
            f"{error.path} is in use by another run. Wait until it has ended.",
        )
    if isinstance(error, RunnerError):
        return Trouble("", error.message("id"), error.message("en"))
    if isinstance(error, ReleaseError | StorageError):
        return Trouble("", error.pesan, error.english)
    path, reason = _place_and_reason(error)
    return Trouble(
        "",
        f"Proses gagal: {path}{explain_reason(reason, 'id')}. Rilis terakhir tetap berlaku. "
        "Perbaiki, lalu jalankan lagi.",
        f"The run failed: {path}{explain_reason(reason, 'en')}. The last release stands. Mend it, then run again.",
    )


def _place_and_reason(error: object) -> tuple[str, str]:
    if isinstance(error, StateError):
        return f"{error.path}: ", error.reason
    if isinstance(error, OSError):
        return f"{error.filename}: " if error.filename else "", system_reason(error)
    return "", type(error).__name__


def webhook_message(run: LastRun, curated: Place) -> dict[str, Any]:
    """The run as `last_run` of status.json, with its host and folder, and `text`, which chat services show."""
    host = socket.gethostname()
    lines = [f"rkt ingest {curated} ({host}): {run.ending}", *(f"- {trouble.pesan}" for trouble in run.problems)]
    if run.problem_count > len(run.problems):
        lines.append(f"- dan {run.problem_count - len(run.problems)} lagi: rkt status")
    return {"text": "\n".join(lines), "host": host, "curated": str(curated), **run.to_json()}
