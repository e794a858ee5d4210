"""Tells a webhook about a run: one JSON POST. A receiver that hangs, refuses or lies never fails the run.

Only the receiver's host is ever logged: the rest of a webhook's address is usually its password.
"""

from __future__ import annotations

import json
import os
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from flows.limited import failure_within

WEBHOOK_VARIABLE = "RKT_WEBHOOK"
_SECONDS = 10.0


class WebhookError(Exception):
    """The message did not get through. Its text names the host and the reason, and nothing secret."""


class _NoRedirect(HTTPRedirectHandler):
    """A POST that is redirected arrives as an empty GET: it has not got through."""

    def redirect_request(self, *_arguments: Any, **_named: Any) -> None:
        return None


def webhook_address() -> str | None:
    """Where to send, from RKT_WEBHOOK; None where nothing is to be sent."""
    return os.environ.get(WEBHOOK_VARIABLE) or None


def post(address: str, message: dict[str, Any], seconds: float = _SECONDS) -> None:
    """Send a message as JSON, within `seconds` altogether. Raises WebhookError where it was not taken (2xx)."""
    host = _host(address)
    data = json.dumps(message, ensure_ascii=False).encode(errors="backslashreplace")
    failure = failure_within(seconds, lambda: _send(address, data, seconds))
    if failure is not None:
        raise WebhookError(f"{host}: {failure}")


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise WebhookError(f"{WEBHOOK_VARIABLE} is no address") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise WebhookError(f"{WEBHOOK_VARIABLE} is no http or https address")
    return parts.hostname


def _send(address: str, data: bytes, seconds: float) -> str | None:
    """What went wrong. Texts of errors may repeat the address, so that only their kinds are told."""
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "rkt-pipeline"}
    request = Request(address, data=data, headers=headers, method="POST")
    try:
        build_opener(_NoRedirect()).open(request, timeout=seconds).close()
    except HTTPError as error:
        error.close()
        return f"HTTP {error.code}"
    except URLError as error:
        return type(error.reason).__name__ if isinstance(error.reason, Exception) else "not reached"
    except (OSError, HTTPException, ValueError) as error:
        return type(error).__name__
    return None
