"""`rkt serve` as a process: what is dropped into its folder is published, and it ends when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.cli import serve as command
from pipeline.cli.main import main
from pipeline.intake.watch import Watch
from pipeline.release.query import query
from pipeline.release.store import current_release
from pipeline.storage import Listed, Objects, Place, StorageError
from pipeline.worker.last_run import LastRun, RunStatus, write_status
from pipeline.worker.supervise import Supervisor, handled_documents
from tests.conftest import MakePdf

NOW = datetime.now(UTC)


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    code = "from pipeline.cli.main import run; run()"
    arguments = ["serve", "raw", "--curated", "curated", "--interval", "0.2", "--settle", "1", *options]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=folder, stderr=log, text=True)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def wait_for(what: Callable[[], object], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)


@pytest.mark.xdist_group("prefect")
def test_what_is_whole_is_published_and_a_signal_ends_it(tmp_path: Path, make_pdf: MakePdf) -> None:
    (tmp_path / "raw").mkdir()
    log = tmp_path / "log"
    with serving(tmp_path) as process:
        wait_for(lambda: "Mengawasi" in log.read_text(), 30)
        make_pdf(tmp_path / "raw" / "utuh.pdf")
        half = make_pdf(tmp_path / "raw" / "separuh.pdf", "lain")
        until = threading.Event()
        writing = threading.Thread(target=_keep_writing, args=(half, until))
        writing.start()
        try:
            wait_for(lambda: "Selesai; menunggu" in log.read_text(), 120)
        finally:
            until.set()
            writing.join()
        assert query(tmp_path / "curated", "SELECT berkas FROM dokumen").rows == [("raw/utuh.pdf",)]
        process.send_signal(signal.SIGTERM)
        assert process.wait(40) == 0
    assert "Berhenti mengawasi" in log.read_text()


def _keep_writing(path: Path, until: threading.Event) -> None:
    while not until.wait(0.1):
        with path.open("ab") as stream:
            stream.write(b"\n")


def test_a_second_one_is_refused_and_the_first_ends_idle(tmp_path: Path) -> None:
    with serving(tmp_path) as process:
        wait_for(lambda: "ditunggu" in (tmp_path / "log").read_text(), 30)
        here = Path.cwd()
        os.chdir(tmp_path)
        try:
            assert main(["serve", "--curated", "curated"]) == 1
        finally:
            os.chdir(here)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    assert current_release(tmp_path / "curated") is None


class Runs(Supervisor):
    """Notes what would be run; `ending` is what each run leaves in status.json."""

    def __init__(self, curated: Path, *documents: dict[str, int]) -> None:
        super().__init__(lambda line: None, threading.Event())
        self.curated = curated
        self.endings = iter(documents)
        self.seen: list[list[str]] = []

    def run(self, arguments: object) -> int:
        self.seen.append(list(arguments))  # type: ignore[call-overload]
        documents = next(self.endings)
        ended = datetime.now(UTC) + timedelta(seconds=1)
        write_status(self.curated, RunStatus(LastRun(ended, ended, "gagal", None, documents, 0, [])))
        return 1


def _serving(folder: Path, runs: Runs, sources_every: float | None = None) -> command.Serving:
    return command.Serving(
        [Place(folder / "raw")], Place(path=runs.curated), ["--keep", "3"], Watch(0), runs, 0.01, sources_every
    )


def test_a_document_that_cannot_be_read_is_not_tried_again_and_again(tmp_path: Path, make_pdf: MakePdf) -> None:
    make_pdf(tmp_path / "raw" / "a.pdf")
    runs = Runs(tmp_path, {"gagal": 1}, {"gagal": 1})
    serving = _serving(tmp_path, runs)
    for _ in range(3):
        serving.turn()
    assert len(runs.seen) == 1
    assert runs.seen[0][:4] == ["--lang", "id", "ingest", str(tmp_path / "raw")]
    assert "--keep" in runs.seen[0]
    make_pdf(tmp_path / "raw" / "a.pdf", "diperbaiki")
    serving.turn()
    assert len(runs.seen) == 2


def test_a_run_that_did_not_come_to_its_documents_is_tried_again_later(tmp_path: Path, make_pdf: MakePdf) -> None:
    make_pdf(tmp_path / "raw" / "a.pdf")
    runs = Runs(tmp_path, {}, {"lengkap": 1})
    serving = _serving(tmp_path, runs)
    serving.turn()
    serving.turn()
    assert len(runs.seen) == 1, "it waits before the next try"
    wait_for(lambda: serving.turn() or len(runs.seen) == 2, 5)
    time.sleep(0.1)
    serving.turn()
    assert len(runs.seen) == 2


def test_sources_are_asked_when_there_is_a_list(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    runs = Runs(tmp_path, {})
    serving = _serving(tmp_path, runs, sources_every=0.05)
    serving.turn()
    assert runs.seen == []
    (tmp_path / "raw" / "sources.yaml").write_text("sources: []")
    wait_for(lambda: serving.turn() or runs.seen, 5)
    assert runs.seen[0][2:5] == ["fetch", "--raw", str(tmp_path / "raw")]


def test_a_run_before_this_one_does_not_count(tmp_path: Path) -> None:
    place = Place(path=tmp_path)
    assert not handled_documents(place, NOW)
    write_status(tmp_path, RunStatus(LastRun(NOW, NOW, "lengkap", 1, {"lengkap": 1}, 0, [])))
    assert handled_documents(place, NOW - timedelta(minutes=1))
    assert not handled_documents(place, NOW + timedelta(minutes=1))


def test_an_address_is_watched_and_its_silence_is_said_once(
    tmp_path: Path, make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = Objects("memory://diawasi/raw")
    raw.upload(make_pdf(tmp_path / "a.pdf"), "a.pdf")
    runs = Runs(tmp_path, {"lengkap": 1}, {"lengkap": 1})
    serving = command.Serving([Place(url=raw.url)], Place(tmp_path), [], Watch(0), runs, 0.01, None)
    serving.turn()
    serving.turn()
    assert [arguments[2:4] for arguments in runs.seen] == [["ingest", raw.url]]

    def silent(_self: Objects, _folder: str = "") -> list[Listed]:
        raise StorageError("penyimpanan diam", "storage silent")

    with monkeypatch.context() as away:
        away.setattr(Objects, "below", silent)
        serving.turn()
        serving.turn()
    assert capsys.readouterr().err.count("penyimpanan diam") == 1
    raw.upload(make_pdf(tmp_path / "a.pdf", "lain"), "a.pdf")
    serving.turn()
    assert len(runs.seen) == 2
