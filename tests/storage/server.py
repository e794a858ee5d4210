"""A real S3-compatible server on this machine, with made-up keys that must appear nowhere."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

KEY, SECRET = "AKIAPALSU00CONTOH", "rahasia+palsu/contoh0000"
_SERVER = Path(sys.executable).parent.parent / "s3-server" / "bin" / "moto_server"
_SECONDS = 30.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def s3_server(**environment: str) -> Iterator[str]:
    """The address of a server that ends with the block; it asks for no rights, unless its environment says otherwise.

    Skips where none is installed.
    """
    pytest.importorskip("s3fs", reason="s3fs is not installed: make setup-s3")
    if not _SERVER.exists():
        pytest.skip("no S3-compatible server is installed: make test-server")
    port = free_port()
    with subprocess.Popen(
        [_SERVER, "-H", "127.0.0.1", "-p", str(port)],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/moto-api/")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait(address: str) -> None:
    until = time.monotonic() + _SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            assert time.monotonic() < until, "the server does not start"
            time.sleep(0.1)


def s3_settings(endpoint: str, home: Path) -> dict[str, str]:
    """What a user sets: keys and endpoint in the environment. Cache and state lie below `home`."""
    return {
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": str(home / "none"),
        "AWS_SHARED_CREDENTIALS_FILE": str(home / "none"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_STATE_HOME": str(home / "state"),
    }


_connected: list[str] = []


def connect_to(endpoint: str) -> None:
    """What is opened from now on is at this endpoint. Connections are kept from test to test: each takes a second."""
    if _connected != [endpoint]:
        forget_connections()
        _connected[:] = [endpoint]


def forget_connections() -> None:
    """What is opened from now on follows the environment as it is now."""
    import s3fs

    _connected.clear()
    s3fs.S3FileSystem.clear_instance_cache()
