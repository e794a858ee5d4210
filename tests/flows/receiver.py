"""A webhook's receiver on this machine, which can refuse, redirect, hang, or answer byte by byte."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


class Receiver:
    def __init__(self, behaviour: str) -> None:
        self.behaviour = behaviour
        self.messages: list[dict[str, Any]] = []
        self.types: list[str | None] = []
        self.over = Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self.server.server_port}/kait/rahasia-123"


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.messages.append(json.loads(body))
            receiver.types.append(self.headers["Content-Type"])
            if receiver.behaviour == "hang":
                receiver.over.wait(30)
            elif receiver.behaviour == "drip":
                self._drip()
            elif receiver.behaviour == "redirect":
                self.send_response(302)
                self.send_header("Location", receiver.url)
                self.end_headers()
            else:
                self.send_response(int(receiver.behaviour))
                self.end_headers()

        def _drip(self) -> None:
            for letter in b"HTTP/1.1 200 OK\r\n" * 20:
                if receiver.over.is_set():
                    return
                self.wfile.write(bytes([letter]))
                self.wfile.flush()
                time.sleep(0.1)

        def log_message(self, *_arguments: object) -> None:
            pass

    return Handler


@contextmanager
def receiving(behaviour: str = "204") -> Iterator[Receiver]:
    receiver = Receiver(behaviour)
    receiver.server.daemon_threads = True
    receiver.server.block_on_close = False
    thread = Thread(target=receiver.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.over.set()
        receiver.server.shutdown()
        receiver.server.server_close()
