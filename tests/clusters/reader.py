"""A reader that waits to be killed: the first time that it reads a file `tunggu-…`, and never a second time."""

from __future__ import annotations

import os
import time
from pathlib import Path

from pipeline.intake import ReadSettings, Source
from pipeline.release.result import DocumentResult
from tests.worker import fake_reader

_SECONDS = 300


def read(path: Path, source: Source, settings: ReadSettings) -> DocumentResult:
    """As the fake reader; beside a file `tunggu-…` it leaves its own number and that of its parent, and waits."""
    mark = path.with_suffix(".pid")
    if path.stem.startswith("tunggu") and not mark.exists():
        written = mark.with_suffix(".baru")
        written.write_text(f"{os.getpid()} {os.getppid()}")
        written.rename(mark)
        time.sleep(_SECONDS)
    return fake_reader.read(path, source, settings)
