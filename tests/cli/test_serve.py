"""`rkt serve` as a process: what is dropped into its folder is published, and it ends when it is told to."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest

from pipeline.cli import serve as command
from pipeline.cli.main import main
from pipeline.intake.watch import Watch
from pipeline.release.query import query
from pipeline.release.store import current_release
from pipeline.storage import DeniedError, Objects, Place, StorageError
from pipeline.worker.last_run import LastRun, NextRun, RunStatus, read_status, write_status
from pipeline.worker.store import Store, state_folder
from pipeline.worker.supervise import Supervisor, handled_documents, rkt_command
from tests.cli.conftest import Published
from tests.conftest import RAW, MakePdf
from tests.faults.machine import assert_nothing_is_left

NOW = datetime.now(UTC)
FACSIMILE = RAW / "2024" / "rkt-2024-bkpsdm-way-kanan.pdf"


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    command = rkt_command("serve", "raw", "--curated", "curated", "--interval", "0.2", "--settle", "1", *options)
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, stderr=log, text=True)
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
        assert process.wait(10) == 143
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
        assert process.wait(10) == 130
    assert current_release(tmp_path / "curated") is None


@pytest.mark.long
@pytest.mark.xdist_group("prefect")
def test_told_to_end_while_it_ingests_it_ends_that_too(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    shutil.copy(FACSIMILE, tmp_path / "raw" / "panjang.pdf")
    log, curated = tmp_path / "log", tmp_path / "curated"
    with serving(tmp_path) as process:
        wait_for(lambda: "Membaca 1 dokumen" in log.read_text(), 120)
        running = read_status(curated).running
        process.send_signal(signal.SIGTERM)
        time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 143
    assert running is not None
    assert_nothing_is_left(running.pid)  # it leads a group of its own
    said = log.read_text()
    assert "Dihentikan (SIGTERM) setelah 0 dari 1 dokumen" in said
    assert said.endswith("Berhenti mengawasi.\n")
    status = read_status(curated)
    assert status.last is not None
    assert (status.last.ending, status.running, status.next) == ("terhenti", None, None)
    assert "SIGTERM" in status.last.problems[0].pesan


@pytest.mark.long
@pytest.mark.xdist_group("prefect")
@pytest.mark.parametrize("whole", [False, True], ids=["alone", "with its ingest"])
def test_killed_while_it_ingests_it_goes_on_where_it_was(tmp_path: Path, make_pdf: MakePdf, whole: bool) -> None:
    """Killed alone, its ingest goes on, and the next one waits for that; killed with all it started, it reads again."""
    curated = tmp_path / "curated"
    (tmp_path / "raw").mkdir()
    shutil.copy(FACSIMILE, tmp_path / "raw" / "panjang.pdf")
    make_pdf(tmp_path / "raw" / "pendek.pdf")
    with serving(tmp_path) as process:
        wait_for(lambda: read_status(curated).running, 120)
        process.kill()
    running = read_status(curated).running
    assert running is not None
    if whole:
        os.killpg(running.pid, signal.SIGKILL)
    with serving(tmp_path) as process:
        wait_for(lambda: current_release(curated), 120)
        make_pdf(tmp_path / "raw" / "kemudian.pdf", "lain")
        wait_for(lambda: "Selesai; menunggu" in (tmp_path / "log").read_text(), 120)
        wait_for(lambda: len(query(curated, "SELECT berkas FROM dokumen").rows) == 3, 120)
        wait_for(lambda: read_status(curated).running is None, 30)
        log = (tmp_path / "log").read_text()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 143
    assert ("sedang dipakai rkt ingest lain" in log) is not whole
    assert "tidak sampai selesai" not in log
    names = [row[0] for row in query(curated, "SELECT berkas FROM dokumen ORDER BY berkas").rows]
    assert names == ["raw/kemudian.pdf", "raw/panjang.pdf", "raw/pendek.pdf"]
    assert query(curated, "SELECT count(*) = count(DISTINCT baris_id) FROM program_kegiatan").rows == [(True,)]
    wait_for(lambda: not Path(f"/proc/{running.pid}").exists(), 10)


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


def test_it_waits_while_another_run_holds_the_folder(
    tmp_path: Path, make_pdf: MakePdf, capsys: pytest.CaptureFixture[str]
) -> None:
    make_pdf(tmp_path / "raw" / "a.pdf")
    store = Store(state_folder(tmp_path))
    store.prepare()
    runs = Runs(tmp_path, {"lengkap": 1})
    serving = _serving(tmp_path, runs)
    with store.lock():
        serving.turn()
        serving.turn()
        assert runs.seen == []
    assert capsys.readouterr().err.count("sedang dipakai rkt ingest lain") == 1
    serving.turn()
    assert len(runs.seen) == 1


def test_what_the_system_refuses_is_told_as_it_is_and_does_not_end_it(
    tmp_path: Path, make_pdf: MakePdf, capsys: pytest.CaptureFixture[str]
) -> None:
    class Refused(Runs):
        def run(self, arguments: object) -> int:
            if self.seen:
                return super().run(arguments)
            self.seen.append([])
            raise OSError(errno.EMFILE, "too many")

    make_pdf(tmp_path / "raw" / "a.pdf")
    Store(state_folder(tmp_path)).prepare()
    runs = Refused(tmp_path, {"lengkap": 1})
    serving = _serving(tmp_path, runs)
    with command._only_one(Place(path=tmp_path)):
        serving.look_once()
        serving.look_once()
    said = capsys.readouterr().err
    assert "Folder tidak dapat diperiksa" in said
    assert "serve.lock" not in said
    assert len(runs.seen) == 2
    with pytest.raises(OSError, match="ours"), command._only_one(Place(path=tmp_path)):
        raise OSError(errno.EIO, "ours")


def test_when_it_looks_next_stands_in_status_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "raw").mkdir()
    place = Place(path=tmp_path)
    serving = _serving(tmp_path, Runs(tmp_path))
    with command._only_one(place):
        serving.look_once()
        due = read_status(tmp_path).next
        assert due is not None
        assert (due.schedule, due.every, due.host) == ("rkt serve", 0.01, socket.gethostname())
        assert due.at > NOW
        assert _next_run(tmp_path, capsys)["alive"] is True
    assert _next_run(tmp_path, capsys)["alive"] is False
    serving.end()
    assert read_status(tmp_path).next is None


def _next_run(curated: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    main(["status", "--curated", str(curated), "--format", "json"])
    return dict(json.loads(capsys.readouterr().out)["next_run"])


def test_status_says_by_whom_the_folders_are_looked_at_next(
    published: Published, capsys: pytest.CaptureFixture[str]
) -> None:
    due = NextRun(NOW, "rkt serve", NOW, 30, socket.gethostname())
    write_status(published.curated, RunStatus(next=due))
    store = Store(state_folder(published.curated))
    store.prepare()
    with store.watch_lock():
        main(["status", "--curated", str(published.curated)])
        assert f"oleh rkt serve di {socket.gethostname()}, setiap 30 detik" in capsys.readouterr().out
    main(["status", "--curated", str(published.curated)])
    assert "terhenti" in capsys.readouterr().out
    write_status(published.curated, RunStatus(next=replace(due, host="mesin-lain")))
    main(["status", "--curated", str(published.curated)])
    assert "oleh rkt serve di mesin-lain" in capsys.readouterr().out


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

    for error, said in ((StorageError("penyimpanan diam", "silent"), "diam"), (DeniedError(raw.url), "akses ditolak")):
        with monkeypatch.context() as away:
            away.setattr(Objects, "below", Mock(side_effect=error))
            serving.turn()
            serving.turn()
        assert capsys.readouterr().err.count(said) == 1
        serving.turn()
    raw.upload(make_pdf(tmp_path / "a.pdf", "lain"), "a.pdf")
    serving.turn()
    assert len(runs.seen) == 2
