"""What a run leaves behind for whoever watches: status.json, the webhook, and what `rkt status` makes of them."""

from __future__ import annotations

import json
import logging
import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.news import last_run, webhook_message
from flows.summary import Summary, Unwatched
from pipeline.cli.main import main
from pipeline.intake import Problem, ProblemCode
from pipeline.worker.last_run import NextRun, Running, RunStatus, read_status, write_status
from pipeline.worker.store import StateBusyError, StateDamagedError, StateError, Store
from tests.conftest import FAKE_READER, MakePdf
from tests.flows.receiver import receiving

pytestmark = pytest.mark.xdist_group("prefect")

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def run(curated: Path, *paths: Path, watcher: Unwatched | None = None) -> Summary:
    from flows.run import run_ingest

    return run_ingest(
        watcher or Unwatched(), paths=[str(path) for path in paths], curated=str(curated), reader=FAKE_READER, workers=1
    )


def content(curated: Path) -> dict[str, Any]:
    return dict(json.loads((curated / "status.json").read_text(encoding="utf-8")))


@pytest.mark.usefixtures("prefect_home")
def test_a_run_in_full_is_recorded_and_tells_nobody(
    tmp_path: Path, make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    curated = tmp_path / "curated"
    with receiving() as receiver:
        monkeypatch.setenv("RKT_WEBHOOK", receiver.url)
        run(curated, make_pdf(tmp_path / "baik.pdf"))

    status = content(curated)
    assert receiver.messages == []
    assert status["format"] == 1
    assert status["release"]["number"] == 1
    assert status["release"]["documents"]["lengkap"] == 1
    assert status["last_run"]["ending"] == "lengkap"
    assert status["last_run"]["documents"] == {"lengkap": 1}
    assert status["last_run"]["problems"] == []
    assert datetime.fromisoformat(status["last_run"]["started"]) <= datetime.fromisoformat(status["last_run"]["ended"])


@pytest.mark.usefixtures("prefect_home")
def test_a_partial_run_tells_the_webhook_what_failed(
    tmp_path: Path, make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    curated = tmp_path / "curated"
    for name in ("baik", "sebagian", "galat"):
        make_pdf(tmp_path / "masuk" / f"{name}.pdf", name)
    with receiving() as receiver:
        monkeypatch.setenv("RKT_WEBHOOK", receiver.url)
        run(curated, tmp_path / "masuk", tmp_path / "tidak-ada.pdf")

    (message,) = receiver.messages
    assert {key: message[key] for key in ("ending", "release", "documents", "problem_count")} == {
        "ending": "sebagian",
        "release": 1,
        "documents": {"lengkap": 1, "sebagian": 1, "gagal": 1},
        "problem_count": 3,
    }
    assert all(name in message["text"] for name in ("galat.pdf", "tidak-ada.pdf", "rkt temuan --dokumen"))
    assert content(curated)["last_run"]["problems"] == message["problems"]


@pytest.mark.usefixtures("prefect_home")
@pytest.mark.parametrize("behaviour", ["500", "hang"])
def test_a_webhook_that_fails_does_not_fail_the_run_nor_is_its_address_logged(
    tmp_path: Path,
    make_pdf: MakePdf,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    behaviour: str,
) -> None:
    monkeypatch.setattr("flows.webhook._SECONDS", 0.5)
    monkeypatch.setattr(logging.getLogger("prefect.flow_runs"), "handlers", [caplog.handler])
    monkeypatch.setattr(logging.getLogger("prefect.flow_runs"), "level", logging.DEBUG)
    with receiving(behaviour) as receiver:
        monkeypatch.setenv("RKT_WEBHOOK", receiver.url)
        summary = run(tmp_path / "curated", make_pdf(tmp_path / "sebagian.pdf"))

    assert summary.release == 1
    assert len(receiver.messages) == 1
    assert "Webhook tidak menerima" in caplog.text
    assert "rahasia" not in caplog.text


@pytest.mark.usefixtures("prefect_home")
def test_a_run_that_raises_is_recorded_and_told(
    tmp_path: Path, make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    curated = tmp_path / "curated"
    (curated / ".state").mkdir(parents=True)
    (curated / ".state" / "documents.json").write_text("{")
    with receiving() as receiver:
        monkeypatch.setenv("RKT_WEBHOOK", receiver.url)
        with pytest.raises(StateDamagedError):
            run(curated, make_pdf(tmp_path / "baik.pdf"))

    assert [message["ending"] for message in receiver.messages] == ["gagal"]
    assert "documents.json" in receiver.messages[0]["text"]
    assert content(curated)["release"] is None


def test_nothing_read_is_failed_and_a_dead_process_is_stopped() -> None:
    nothing = Summary(problems=[Problem(ProblemCode.TIDAK_ADA, "tidak-ada.pdf")])

    assert last_run(nothing, NOW, NOW).ending == "gagal"
    assert last_run(None, None, NOW).ending == "terhenti"
    assert last_run(StateError(Path("x"), "ENOSPC"), NOW, NOW).problems[0].pesan.startswith("Proses gagal: x: ")
    assert "sedang dipakai" in last_run(StateBusyError(Path("x"), "busy"), NOW, NOW).problems[0].pesan
    unknown = last_run(ValueError("sandi=rahasia"), NOW, NOW)
    assert "ValueError" in unknown.problems[0].message
    assert "rahasia" not in json.dumps(unknown.to_json())


def test_many_problems_are_counted_and_the_first_are_listed() -> None:
    summary = Summary(problems=[Problem(ProblemCode.TIDAK_ADA, f"{number}.pdf") for number in range(25)], release=3)

    ended = last_run(summary, NOW, NOW)

    assert (ended.ending, ended.problem_count, len(ended.problems)) == ("sebagian", 25, 20)
    assert webhook_message(ended, Path("curated"))["text"].endswith("- dan 5 lagi: rkt status")


def test_status_is_replaced_whole_and_read_back(tmp_path: Path) -> None:
    first, second = last_run(None, None, NOW), last_run(Summary(), NOW, NOW)
    write_status(tmp_path, RunStatus(first))
    assert read_status(tmp_path).last == first
    with (tmp_path / "status.json").open(encoding="utf-8") as reader:
        write_status(tmp_path, RunStatus(second))
        assert json.loads(reader.read())["last_run"]["ending"] == "terhenti", "whoever had it open keeps the old one"
    assert read_status(tmp_path).last == second
    assert [path.name for path in tmp_path.iterdir()] == ["status.json"]


def test_status_says_how_the_last_run_ended_even_without_a_release(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_status(tmp_path, RunStatus(last_run(None, NOW, datetime.now(UTC))))

    assert main(["status", "--curated", str(tmp_path)]) == 1
    assert "terhenti" in capsys.readouterr().err
    assert main(["status", "--curated", str(tmp_path), "--format", "json", "--lang", "en"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["release"] is None
    assert told["last_run"]["ending"] == "terhenti"


def test_a_damaged_status_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "status.json").write_text("[]")

    assert main(["status", "--curated", str(tmp_path)]) == 1
    assert "status.json: catatan proses terakhir rusak" in capsys.readouterr().err


@pytest.mark.usefixtures("prefect_home")
def test_a_run_says_that_it_is_under_way_and_tells_of_the_one_that_died(
    tmp_path: Path, make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    curated = tmp_path / "curated"
    write_status(curated, RunStatus(running=Running(NOW, 4711, "mesin-lama")))
    seen: list[dict[str, Any]] = []

    class Looking(Unwatched):
        def planned(self, total: int) -> None:
            seen.append(content(curated))

    with receiving() as receiver:
        monkeypatch.setenv("RKT_WEBHOOK", receiver.url)
        run(curated, make_pdf(tmp_path / "baik.pdf"), watcher=Looking())

    ((lost,), (during,)) = receiver.messages, seen
    assert (lost["ending"], lost["started"]) == ("terhenti", "2026-01-02T03:04:05+00:00")
    assert during["last_run"]["ending"] == "terhenti"
    assert (during["running"]["pid"], during["running"]["host"]) == (os.getpid(), socket.gethostname())
    assert content(curated)["running"] is None
    assert content(curated)["last_run"]["ending"] == "lengkap"


@pytest.mark.usefixtures("prefect_home")
@pytest.mark.parametrize("name", ["Cancelling", "Cancelled", "Crashed"])
def test_a_run_that_a_worker_ended_is_recorded_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """`prefect flow-run cancel` calls the hook while the state is Cancelling; the worker knows no start of the run."""
    import prefect.states
    from prefect.client.orchestration import get_client

    from flows.aftermath import run_ended
    from flows.ingest import ingest

    write_status(tmp_path, RunStatus(running=Running(NOW, 4711, socket.gethostname())))
    with get_client(sync_client=True) as client:
        flow_run = client.create_flow_run(ingest, parameters={"paths": [], "curated": str(tmp_path)})
    with receiving() as receiver:
        monkeypatch.setenv("RKT_WEBHOOK", receiver.url)
        run_ended(ingest, flow_run, getattr(prefect.states, name)())

    (told,) = receiver.messages
    assert (told["ending"], told["host"], told["started"]) == ("terhenti", socket.gethostname(), NOW.isoformat())
    assert content(tmp_path)["running"] is None
    assert content(tmp_path)["last_run"]["started"] == NOW.isoformat()


def test_status_tells_a_running_process_from_a_dead_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store(tmp_path / ".state")
    store.prepare()
    host = socket.gethostname()
    write_status(tmp_path, RunStatus(running=Running(NOW, 4711, host)))

    with store.lock():
        main(["status", "--curated", str(tmp_path)])
        assert "sedang berjalan" in capsys.readouterr().err
    main(["status", "--curated", str(tmp_path)])
    assert f"4711 di {host}) terhenti" in capsys.readouterr().err
    main(["status", "--curated", str(tmp_path), "--format", "json"])
    assert json.loads(capsys.readouterr().out)["running"]["alive"] is False
    with store.lock():
        assert store.is_busy(), "who has only looked holds nothing"


def test_a_run_on_another_machine_is_not_called_dead(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_status(tmp_path, RunStatus(running=Running(NOW, 4711, "mesin-lain")))

    main(["status", "--curated", str(tmp_path)])
    said = capsys.readouterr().err
    assert "hanya terlihat di mesin-lain" in said
    assert "terhenti" not in said
    main(["status", "--curated", str(tmp_path), "--format", "json"])
    assert json.loads(capsys.readouterr().out)["running"]["alive"] is None


def test_what_is_known_of_the_next_run_is_written_down(tmp_path: Path) -> None:
    due = NextRun(NOW + timedelta(days=1), "ingest/nightly", NOW)
    write_status(tmp_path, RunStatus(last_run(Summary(), NOW, NOW), None, due))

    assert read_status(tmp_path).next == due
    assert content(tmp_path)["next_run"]["schedule"] == "ingest/nightly"


def test_who_looks_again_and_again_is_due_at_the_next_multiple() -> None:
    due = NextRun(NOW, "rkt serve", NOW, 30.0, "mesin")

    assert due.upcoming(NOW - timedelta(seconds=1)) == NOW
    assert due.upcoming(NOW + timedelta(seconds=61)) == NOW + timedelta(seconds=90)
    assert NextRun(NOW, "ingest/nightly", NOW).upcoming(NOW + timedelta(days=1)) == NOW, "no later one is known"


def test_a_record_of_an_earlier_version_has_no_rhythm(tmp_path: Path) -> None:
    write_status(tmp_path, RunStatus(next=NextRun(NOW, "ingest/nightly", NOW)))
    older = content(tmp_path)
    del older["next_run"]["every"], older["next_run"]["host"]
    (tmp_path / "status.json").write_text(json.dumps(older))

    assert read_status(tmp_path).next == NextRun(NOW, "ingest/nightly", NOW)
