"""Sends a mail about a run: plain text in Indonesian. A mail server that hangs, refuses or lies never fails the run.

Neither the password nor what the server says is ever logged: some repeat what they were given.
"""

from __future__ import annotations

import os
import smtplib
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from flows.limited import failure_within
from pipeline.intake.problems import system_reason
from pipeline.storage import Place
from pipeline.worker.last_run import LastRun

_SECONDS = 20.0

# How the connection is kept private: from its first byte, or from STARTTLS on, without which nothing is sent. `plain`
# is for a server on the same machine.
_PORTS = {"smtps": 465, "smtp": 587, "smtp+plain": 25}


class MailError(Exception):
    """The mail was not taken. Its text names the host or the setting and the reason, and nothing secret."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Where mail goes: `server` is smtps://host, smtp://host or smtp+plain://host, each with or without a port."""

    server: SplitResult
    sender: str
    recipients: str
    user: str | None
    password: str | None

    @classmethod
    def from_environment(cls, given: Mapping[str, str]) -> MailSettings | None:
        """None where RKT_MAIL_SERVER is not set. Raises MailError where the settings cannot be used."""
        address = given.get("RKT_MAIL_SERVER")
        if not address:
            return None
        missing = [name for name in ("RKT_MAIL_FROM", "RKT_MAIL_TO") if not given.get(name)]
        if missing:
            raise MailError(f"{missing[0]} is not set")
        password = _password(given)
        user = given.get("RKT_MAIL_USER")
        if (user is None) != (password is None):
            raise MailError("RKT_MAIL_USER and a password go together")
        return cls(_server(address), given["RKT_MAIL_FROM"], given["RKT_MAIL_TO"], user, password)


def _server(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        usable = parts.scheme in _PORTS and parts.hostname and parts.port != 0 and not parts.password
    except ValueError:
        usable = False
    if not usable:
        raise MailError("RKT_MAIL_SERVER is no smtps://, smtp:// or smtp+plain:// address without a password")
    return parts


def _password(given: Mapping[str, str]) -> str | None:
    path = given.get("RKT_MAIL_PASSWORD_FILE")
    if not path:
        return given.get("RKT_MAIL_PASSWORD")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = system_reason(error) if isinstance(error, OSError) else "no text"
        raise MailError(f"RKT_MAIL_PASSWORD_FILE cannot be read: {reason}") from error


def send_mail(run: LastRun, curated: Place | Path, seconds: float | None = None) -> None:
    """Send the news of a run where mail is configured, within `seconds` altogether. Raises MailError."""
    settings = MailSettings.from_environment(os.environ)
    if settings is None:
        return
    message = mail_message(settings, run, curated)
    limit = _SECONDS if seconds is None else seconds
    failure = failure_within(limit, lambda: _send(settings, message, limit))
    if failure is not None:
        raise MailError(f"{settings.server.hostname}: {failure}")


def mail_message(settings: MailSettings, run: LastRun, curated: Place | Path) -> EmailMessage:
    """The mail. Raises MailError where the addresses are none."""
    message = EmailMessage(policy=SMTP)
    try:
        message["From"], message["To"] = settings.sender, settings.recipients
    except (ValueError, IndexError) as error:
        raise MailError("RKT_MAIL_FROM or RKT_MAIL_TO is no mail address") from error
    message["Subject"] = f"rkt ingest {run.ending}: {' '.join(_text(curated).split())}"
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain="rkt-pipeline.invalid")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail_text(run, curated))
    return message


def mail_text(run: LastRun, curated: Place | Path) -> str:
    """The run in plain words: how it ended, what stands, what failed, what to do."""
    counts = ", ".join(f"{count} {status}" for status, count in sorted(run.documents.items()))
    lines = [
        f"Proses rkt ingest di komputer {socket.gethostname()} berakhir: {run.ending}.",
        "",
        f"Folder rilis : {_text(Place.parse(curated).absolute())}",
        f"Mulai        : {_local(run.started) if run.started else 'tidak diketahui'}",
        f"Berakhir     : {_local(run.ended)}",
        f"Rilis        : {run.release or 'tidak ada yang baru; rilis terakhir tetap berlaku'}",
        f"Dokumen      : {counts or 'tidak ada'}",
        "",
        f"Masalah ({run.problem_count}):",
        *(f"- {_text(trouble.pesan)}" for trouble in run.problems),
    ]
    if run.problem_count > len(run.problems):
        lines.append(f"- dan {run.problem_count - len(run.problems)} lagi")
    lines += ["", f"Selengkapnya: rkt status --curated {_text(Place.parse(curated).absolute())}"]
    return "\n".join(lines) + "\n"


def _local(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M %Z")


def _text(value: object) -> str:
    """Names of files may hold bytes that are no text."""
    return str(value).encode("utf-8", "replace").decode("utf-8")


def _send(settings: MailSettings, message: EmailMessage, seconds: float) -> str | None:
    """What went wrong, by its kind; a server's own words stay unsaid."""
    server = settings.server
    port = server.port or _PORTS[server.scheme]
    context = ssl.create_default_context()
    try:
        connection: smtplib.SMTP
        if server.scheme == "smtps":
            connection = smtplib.SMTP_SSL(server.hostname or "", port, timeout=seconds, context=context)
        else:
            connection = smtplib.SMTP(server.hostname or "", port, timeout=seconds)
        with connection:
            if server.scheme == "smtp":
                connection.starttls(context=context)
            if settings.user is not None and settings.password is not None:
                connection.login(settings.user, settings.password)
            refused = connection.send_message(message)
    except smtplib.SMTPResponseException as error:
        return f"{type(error).__name__} {error.smtp_code}"
    except (smtplib.SMTPException, OSError, ValueError) as error:
        return type(error).__name__
    return f"{len(refused)} recipients refused" if refused else None
