"""The news of a run: how it is put into `status.json`, told to the webhook and sent by mail.

Needs no Prefect, and loads nothing late: a run that is stopped while Prefect is being loaded tells of it, too.
"""

from __future__ import annotations

import logging
import os
import socket
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flows.mail import MailError, send_mail
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


def write_ending(run: LastRun, known: RunStatus, due: NextRun | None, curated: Place, logger: Log) -> LastRun:
    """Record a run that has ended beside what was `known`; returns it with the time when it began."""
    running = _somebody_else(known, curated)
    if run.started is None and running is None and known.running is not None:
        # A worker that finds its run dead knows it as it was before it began.
        run = replace(run, started=known.running.started)
    write_runs(curated, RunStatus(run, running, due or known.next), logger)
    return run


def known_status(curated: Place, logger: Log) -> RunStatus | None:
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
    if running is None or is_ours(running):
        return None
    return running if Store(state_folder(curated)).is_busy() else None


def is_ours(running: Running) -> bool:
    """Whether it is this process that runs."""
    return (running.pid, running.host) == (os.getpid(), socket.gethostname())


def write_runs(curated: Place, status: RunStatus, logger: Log) -> None:
    """Replace what `status.json` tells of runs; what keeps it from that goes into the log."""
    try:
        tell_status(curated, status)
    except (StateError, ReleaseError, StorageError) as error:
        logger.error("Keadaan proses tidak dapat dicatat. %s", error)


def tell_news(run: LastRun, curated: Place, logger: Log) -> None:
    """Into the log, to the webhook and by mail: each as configured, and none stops the others."""
    for trouble in run.problems:
        logger.warning(trouble.pesan)
    if run.ending == "lengkap":
        return
    tell_webhook(run, curated, logger)
    tell_by_mail(run, curated, logger)


def tell_webhook(run: LastRun, curated: Place, logger: Log) -> None:
    """Where one is configured; what keeps it from that goes into the log."""
    address = webhook_address()
    if address is None:
        return
    try:
        post(address, webhook_message(run, curated))
    except WebhookError as error:
        logger.error("Webhook tidak menerima kabar tentang proses ini. %s", error)


def tell_by_mail(run: LastRun, curated: Place, logger: Log) -> None:
    """Where mail is configured; what keeps it from that goes into the log."""
    try:
        send_mail(run, curated)
    except MailError as error:
        logger.error("Surel tentang proses ini tidak terkirim. %s", error)


@dataclass(frozen=True, slots=True)
class Stopped:
    """What a run comes to whose process was told to end, by the signal of this name."""

    signal: str


def last_run(result: object, started: datetime | None, ended: datetime) -> LastRun:
    """A run by what it returned: its summary, the exception that ended it, Stopped, or None where its process died."""
    if isinstance(result, Summary):
        troubles = _troubles(result)
        counts = Counter[str](report.outcome.status for report in result.handled())
        shown = troubles[:_MOST_PROBLEMS]
        return LastRun(started, ended, _ending(result), result.release, counts, len(troubles), shown)
    ending: Ending = "terhenti" if result is None or isinstance(result, Stopped) else "gagal"
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
    if isinstance(error, Stopped):
        return Trouble(
            "",
            f"Proses dihentikan ({error.signal}). Rilis terakhir tetap berlaku. "
            "Jalankan lagi; yang sudah dibaca tidak diulang.",
            f"The run was told to stop ({error.signal}). The last release stands. "
            "Run it again; what was read is not read again.",
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
