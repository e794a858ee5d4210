"""Between a program and the S3 server: hands requests on, and meets some of them with trouble."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

_DENIED = b"<?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
_BUSY = b"<?xml version='1.0'?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
_ANSWERS = {"denied": (403, _DENIED), "busy": (503, _BUSY)}
_LONGEST = 300.0


@dataclass(frozen=True)
class Trouble:
    """What becomes of requests of that method with `path` in their path, from the `first` on, `times` of them.

    `gone`: the server is stopped, and nothing answers at its port any more; `broken`: the connection ends without an
    answer; `lost`: the same, after the server has done what was asked; `cut`: half of the answer comes; `hangs`: no
    answer ever comes; `slow`: it comes after `seconds`; `denied` and `busy` are answers of the server.
    """

    kind: str
    method: str = ""
    path: str = ""
    first: int = 1
    times: int = 1_000_000
    seconds: float = 0.0


class Proxy:
    """A server that stands before another one. `met` counts the requests that met with trouble."""

    def __init__(self, endpoint: str, trouble: Trouble) -> None:
        self._behind = urlsplit(endpoint).netloc
        self._trouble = trouble
        self._lock = threading.Lock()
        self._matching = 0
        self._ended = threading.Event()
        self.met = 0
        proxy = self

        class Handler(_Handler):
            owner = proxy

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    @contextmanager
    def serving(self) -> Iterator[Proxy]:
        thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.stop()

    def stop(self) -> None:
        """Answer nothing any more, not even that a connection is taken."""
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()

    def kind_for(self, method: str, path: str) -> str:
        """The trouble of a request, empty where it has none."""
        trouble = self._trouble
        with self._lock:
            if trouble.method not in ("", method) or trouble.path not in path:
                return ""
            self._matching += 1
            if not trouble.first <= self._matching < trouble.first + trouble.times:
                return ""
            self.met += 1
        return trouble.kind

    def wait(self, seconds: float | None = None) -> None:
        self._ended.wait(self._trouble.seconds if seconds is None else seconds)

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(self._behind, timeout=60)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        return connection.getresponse()


class _Handler(BaseHTTPRequestHandler):
    owner: Proxy
    protocol_version = "HTTP/1.1"

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    def _pass_on(self) -> None:
        self.close_connection = True
        body = self._body()
        kind = self.owner.kind_for(self.command, self.path)
        if kind == "gone":
            self.owner.stop()
        if kind == "hangs":
            self.owner.wait(_LONGEST)
        if kind in ("gone", "broken", "hangs"):
            return
        if kind in _ANSWERS:
            status, text = _ANSWERS[kind]
            self._answer(status, {"Content-Type": "application/xml"}, text)
            return
        if kind == "slow":
            self.owner.wait()
        answer = self.owner.ask(self.command, self.path, body, dict(self.headers.items()))
        content = answer.read()
        if kind == "lost":
            return
        length = int(answer.headers.get("Content-Length", len(content)))
        self._answer(answer.status, dict(answer.headers.items()), content, length, cut=kind == "cut")

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _pass_on  # noqa: N815 - so the library calls them

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        raise NotImplementedError("no client of ours sends chunks")

    def _answer(
        self, status: int, headers: dict[str, str], content: bytes, length: int | None = None, cut: bool = False
    ) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() not in ("content-length", "connection", "transfer-encoding"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if cut else content)

    def log_message(self, format: str, *args: Any) -> None:
        pass
