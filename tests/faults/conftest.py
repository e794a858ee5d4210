"""Readers who look on all the time, and children that meet faults."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.release.build import publish
from pipeline.release.keep import need_whole
from pipeline.release.manifest import Manifest
from pipeline.release.query import query_release
from pipeline.release.store import need_release
from pipeline.release.validate import validate
from tests.faults.child import INPUTS
from tests.faults.machine import Machine, copy_of, running_machine
from tests.faults.there import There, begun_there
from tests.release.conftest import plan
from tests.storage.server import s3_server

_SECONDS = 120.0
_PAUSE = 0.1  # without a pause it would take the core that the child needs


class Reader(threading.Thread):
    """Resolves the pointer again and again, and holds the release it finds to its manifest."""

    def __init__(self, resolve: Callable[[], Path]) -> None:
        """`resolve` gives the folder of the current release."""
        super().__init__(daemon=True)
        self._resolve = resolve
        self._ended = threading.Event()
        self.looks = 0
        self.seen: set[int] = set()
        self.problems: list[str] = []

    def run(self) -> None:
        while not self._ended.is_set():
            try:
                self._look()
            except Exception as error:  # noqa: BLE001 - whatever a reader meets is what the test is about
                self.problems.append(repr(error))
                return
            self.looks += 1
            self._ended.wait(_PAUSE)

    def _look(self) -> None:
        folder = self._resolve()
        manifest = need_whole(folder)
        for name in ("program_kegiatan", "sel"):
            (counts,) = query_release(folder, f"SELECT count(*), count(DISTINCT baris_id) FROM {name}").rows
            assert counts == (manifest.counts[name],) * 2
        self.seen.add(int(folder.name))

    def stop(self) -> None:
        self._ended.set()
        self.join(_SECONDS)


@contextmanager
def looking_on(curated: Path | Callable[[], Path]) -> Iterator[Reader]:
    """A reader beside the block; fails where it ever saw less than a complete release."""
    reader = Reader((lambda: need_release(curated).resolve()) if isinstance(curated, Path) else curated)
    reader.start()
    try:
        yield reader
    finally:
        reader.stop()
    assert reader.problems == []
    assert reader.looks > 0


def in_child(work: Callable[..., None], *arguments: Any) -> int:
    """Run a function in a process of its own; returns its exit code, -9 where it was killed."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.child"])
    child = context.Process(target=work, args=arguments)
    child.start()
    child.join(_SECONDS)
    assert child.exitcode is not None, "the child hangs"
    return child.exitcode


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The results of three documents of two years, as the cache holds them."""
    folder = tmp_path_factory.mktemp("stored")
    paths = []
    for key, tahun in (("a1" * 8, 2024), ("b2" * 8, 2023), ("c3" * 8, None)):
        path = folder / f"{key}.rkt"
        path.write_bytes(validate(plan(key), tahun).to_bytes())
        paths.append(path)
    return paths


@pytest.fixture(scope="session")
def undisturbed(stored: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    """The manifest of a release of all three to which nothing happened."""
    return publish(stored, tmp_path_factory.mktemp("calm") / "curated", inputs=INPUTS, reader_version="1").manifest


@pytest.fixture
def curated(stored: list[Path], tmp_path: Path) -> Path:
    """A folder with a first release, of two of the documents."""
    publish(stored[:2], tmp_path / "curated", inputs=INPUTS, reader_version="1")
    return tmp_path / "curated"


NAMES = ("satu", "dua", "tiga", "empat")


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine that knows four documents: `first` has a release of three of them, and the run to come reads them all.

    `dua` has changed since the first release, `empat` is new.
    """
    folder = tmp_path_factory.mktemp("machine")
    raw = folder / "raw"
    with running_machine(folder, raw) as machine:
        for name in NAMES[:3]:
            _draw(raw / f"{name}.pdf", name)
        assert machine.ingest(machine.first) == 0, machine.log.read_text()
        _draw(raw / "dua.pdf", "dua yang baru")
        _draw(raw / "empat.pdf", "empat")
        assert machine.ingest(folder / "calm") == 0, machine.log.read_text()
        yield machine


def _draw(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(path), invariant=True)
    canvas.drawString(72, 720, text)
    canvas.save()


@pytest.fixture
def place(machine: Machine, tmp_path: Path) -> Path:
    """A folder of releases on the machine, with the first release."""
    return copy_of(machine.first, tmp_path / "curated")


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """An S3-compatible server."""
    with s3_server() as address:
        yield address


@pytest.fixture
def there(machine: Machine, endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> There:
    """The same first release at an address, and its state folder."""
    return begun_there(machine, endpoint, tmp_path, monkeypatch)
