"""A real HTTP server on this machine whose every answer a test writes itself."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from pipeline.fetch import Client, FailureCode, Fetcher, Gate, Limits, Listed, Memory, Outcome, Status, anywhere

ROBOTS = "/robots.txt"
Route = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    routes: ClassVar[dict[str, Route]] = {}
    seen: ClassVar[list[tuple[str, dict[str, str]]]] = []

    def do_GET(self) -> None:
        self.close_connection = True
        if self.path == ROBOTS and ROBOTS not in self.routes:
            self.answer(404)
            return
        self.seen.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.routes[self.path.partition("?")[0]](self)

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"content_length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@dataclass
class Server:
    """The server, its routes, and the requests that came: path with query, and headers in small letters.

    Where no test gives it a robots.txt, it has none, and requests for it are not noted.
    """

    base: str
    routes: dict[str, Route]
    seen: list[tuple[str, dict[str, str]]]

    def gives(self, path: str, body: bytes, status: int = 200, **headers: str) -> str:
        self.routes[path] = lambda handler: handler.answer(status, body, **headers)
        return self.base + path


@pytest.fixture
def server() -> Iterator[Server]:
    handler = type("OwnHandler", (Handler,), {"routes": {}, "seen": []})
    running = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    running.daemon_threads = True
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield Server(f"http://127.0.0.1:{running.server_port}", handler.routes, handler.seen)
    running.shutdown()
    thread.join()
    running.server_close()


@dataclass
class Fetching:
    """Runs what `rkt fetch` does, without waiting: `slept` holds the seconds that it would have waited."""

    folder: Path
    limits: Limits = field(default_factory=lambda: Limits(connect=10, read=20, total=40, between=0))
    gate: Gate = field(default_factory=lambda: Gate(lets=anywhere))
    slept: list[float] = field(default_factory=list)

    @property
    def raw(self) -> Path:
        return self.folder / "raw"

    def run(self, *listed: Listed, dry_run: bool = False) -> list[Outcome]:
        client = Client(self.gate, self.limits, self.slept.append)
        return list(Fetcher(client, self.raw, Memory(self.folder / "state"), dry_run).run(listed))

    def files(self) -> list[str]:
        """All that lies under raw, hidden files too."""
        return sorted(path.relative_to(self.raw).as_posix() for path in self.raw.rglob("*") if path.is_file())


@pytest.fixture
def fetching(tmp_path: Path) -> Fetching:
    return Fetching(tmp_path)


def pdf(text: str = "a", size: int = 0) -> bytes:
    """Bytes that begin and end as a PDF does; what is between is not looked at."""
    return b"%PDF-1.4\n" + text.encode() + b"\n" * size + b"\n%%EOF\n"


def source(url: str, **values: object) -> Listed:
    plain = Listed(url, "Dinas Contoh", "Kabupaten Contoh", 2024, "Pemerintah Contoh", "CC-BY-4.0", "berkas", None, 1)
    return replace(plain, **values)  # type: ignore[arg-type]


def failed(outcomes: list[Outcome]) -> FailureCode:
    assert [one.status for one in outcomes] == [Status.GAGAL]
    error = outcomes[0].error
    assert error is not None
    for language in ("id", "en"):
        line = error.message(outcomes[0].url, language)  # type: ignore[arg-type]
        assert line.startswith(outcomes[0].url)
        assert "{" not in line
        assert "\n" not in line
    return error.code
