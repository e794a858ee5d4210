"""The flow, whole: worker processes, Prefect, a release on disk. Only the reader is not the real one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from flows.summary import Report, Summary, Unwatched
from pipeline.intake import ProblemCode
from pipeline.release.errors import WouldLoseError
from pipeline.release.query import query
from pipeline.release.store import current_release, release_numbers
from tests.conftest import FAKE_READER, MakePdf

pytestmark = pytest.mark.xdist_group("prefect")


class Recorder(Unwatched):
    def __init__(self) -> None:
        self.total = 0
        self.done: list[str] = []
        self.published = False

    def planned(self, total: int) -> None:
        self.total = total

    def read(self, done: Report) -> None:
        self.done.append(done.berkas)

    def publishing(self) -> None:
        self.published = True


def run(curated: Path, *paths: Path, watcher: Unwatched | None = None, **parameters: object) -> Summary:
    from flows.run import run_ingest

    return run_ingest(
        watcher or Unwatched(),
        paths=[str(path) for path in paths],
        curated=str(curated),
        reader=FAKE_READER,
        workers=2,
        **parameters,
    )


def statuses(curated: Path) -> dict[str, str]:
    return dict(query(curated, "SELECT berkas, status FROM dokumen ORDER BY berkas").rows)


@pytest.mark.usefixtures("prefect_home")
def test_what_is_read_is_published_and_what_is_not_is_said(tmp_path: Path, make_pdf: MakePdf) -> None:
    raw, curated = tmp_path / "masuk", tmp_path / "curated"
    for name in ("baik-1", "baik-2", "sebagian", "galat", "mati", "matisekali"):
        make_pdf(raw / f"{name}.pdf", name)
    (raw / "kosong.pdf").write_bytes(b"")
    recorder = Recorder()

    summary = run(curated, raw, tmp_path / "tidak-ada.pdf", watcher=recorder)

    assert statuses(curated) == {
        "baik-1.pdf": "lengkap",
        "baik-2.pdf": "lengkap",
        "galat.pdf": "gagal",
        "kosong.pdf": "gagal",
        "mati.pdf": "gagal",
        "matisekali.pdf": "lengkap",
        "sebagian.pdf": "sebagian",
    }
    reasons = {report.berkas: report.outcome.problem for report in summary.incomplete()}
    assert {berkas: problem and problem.kode for berkas, problem in reasons.items()} == {
        "galat.pdf": ProblemCode.GALAT_PEMBACA,
        "kosong.pdf": ProblemCode.KOSONG,
        "mati.pdf": ProblemCode.BERHENTI,
        "sebagian.pdf": None,
    }
    assert [problem.kode for problem in summary.problems] == [ProblemCode.TIDAK_ADA]
    assert summary.release == 1
    assert recorder.total == 6
    assert sorted(recorder.done) == sorted(f"{name}.pdf" for name in _read_names())
    assert recorder.published
    findings = query(curated, "SELECT kode, pesan FROM temuan WHERE tingkat = 'galat' ORDER BY kode").rows
    assert [kode for kode, _ in findings] == ["BERKAS_KOSONG", "GALAT_PEMBACA", "PEMBACA_BERHENTI"]
    assert all(".pdf" in pesan for _, pesan in findings)


def _read_names() -> tuple[str, ...]:
    return ("baik-1", "baik-2", "sebagian", "galat", "mati", "matisekali")


@pytest.mark.usefixtures("prefect_home")
def test_later_runs_add_to_the_release_and_read_only_what_is_new(tmp_path: Path, make_pdf: MakePdf) -> None:
    curated = tmp_path / "curated"
    first, second = make_pdf(tmp_path / "2023" / "baik-a.pdf", "a"), make_pdf(tmp_path / "2024" / "baik-b.pdf", "b")

    run(curated, first.parent)
    recorder = Recorder()
    summary = run(curated, second.parent, watcher=recorder)
    again = run(curated, first.parent, second.parent)

    assert statuses(curated) == {"baik-a.pdf": "lengkap", "baik-b.pdf": "lengkap"}
    assert recorder.done == ["baik-b.pdf"]
    assert [report.berkas for report in summary.handled()] == ["baik-b.pdf"]
    assert [report.cached for report in again.handled()] == [True, True]


@pytest.mark.usefixtures("prefect_home")
def test_a_run_without_anything_new_publishes_nothing(tmp_path: Path, make_pdf: MakePdf) -> None:
    curated = tmp_path / "curated"
    for name in ("baik", "galat"):
        make_pdf(tmp_path / "masuk" / f"{name}.pdf", name)
    assert run(curated, tmp_path / "masuk").release == 1

    again = run(curated, tmp_path / "masuk")
    masked = run(curated, tmp_path / "masuk", samarkan_nip=True)

    assert (again.release, again.current()) == (None, 1)
    assert [report.berkas for report in again.incomplete()] == ["galat.pdf"]
    assert json.loads((curated / "status.json").read_text())["last_run"]["ending"] == "sebagian"
    assert masked.release == 2


@pytest.mark.usefixtures("prefect_home")
def test_no_document_is_lost_with_the_state_folder_and_none_leaves_unasked(tmp_path: Path, make_pdf: MakePdf) -> None:
    curated = tmp_path / "curated"
    first, second = make_pdf(tmp_path / "2023" / "baik-a.pdf", "a"), make_pdf(tmp_path / "2024" / "baik-b.pdf", "b")
    make_pdf(second.with_name("baik-c.pdf"), "c")
    run(curated, first.parent, second.parent)
    shutil.rmtree(curated / ".state")

    with pytest.raises(WouldLoseError, match=r"baik-a\.pdf"):
        run(curated, second.parent)
    assert release_numbers(curated) == [1]
    assert "baik-a.pdf" in json.loads((curated / "status.json").read_text())["last_run"]["problems"][0]["pesan"]

    assert run(curated, tmp_path).current() == 1
    second.unlink()
    summary = run(curated, second.parent, withdraw_missing=True)
    assert [document.berkas for document in summary.withdrawn] == ["baik-b.pdf"]
    assert statuses(curated) == {"baik-a.pdf": "lengkap", "baik-c.pdf": "lengkap"}
    shutil.rmtree(curated / ".state")
    make_pdf(second, "b")
    again = run(curated, tmp_path)
    assert again.current() == 2, "the release itself remembers who was withdrawn"
    assert [notice.kode for notice in again.notices] == [ProblemCode.DITARIK]
    run(curated, second)
    assert "baik-b.pdf" in statuses(curated)


@pytest.mark.usefixtures("prefect_home")
def test_the_same_input_gives_the_same_bytes(tmp_path: Path, make_pdf: MakePdf) -> None:
    make_pdf(tmp_path / "raw" / "2024" / "baik-a.pdf", "a")
    make_pdf(tmp_path / "raw" / "2024" / "baik-b.pdf", "b")
    contents = []
    for name in ("satu", "dua"):
        run(tmp_path / name, tmp_path / "raw")
        release = current_release(tmp_path / name)
        assert release is not None
        contents.append(
            {
                path.relative_to(release).as_posix(): path.read_bytes()
                for path in release.rglob("*")
                if path.is_file() and path.suffix != ".duckdb"
            }
        )

    assert contents[0] == contents[1]
    assert "manifest.json" in contents[0]


@pytest.mark.usefixtures("prefect_home")
def test_where_nothing_can_be_read_the_last_release_stands(tmp_path: Path, make_pdf: MakePdf) -> None:
    curated = tmp_path / "curated"
    run(curated, make_pdf(tmp_path / "baik.pdf", "baik"))
    before = current_release(curated)
    locked = make_pdf(tmp_path / "terkunci.pdf", "terkunci", password="rahasia")

    summary = run(curated, locked, tmp_path / "tidak-ada.pdf")

    assert summary.release is None
    assert [report.outcome.problem and report.outcome.problem.kode for report in summary.handled()] == [
        ProblemCode.TERKUNCI
    ]
    assert current_release(curated) == before
    assert statuses(curated) == {"baik.pdf": "lengkap"}


@pytest.mark.usefixtures("prefect_home")
def test_the_run_leaves_artifacts_and_a_state_that_tells(tmp_path: Path, make_pdf: MakePdf) -> None:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import (
        ArtifactFilter,
        ArtifactFilterFlowRunId,
        FlowRunFilter,
        FlowRunFilterName,
    )

    make_pdf(tmp_path / "masuk" / "baik-<b>.pdf", "baik")
    make_pdf(tmp_path / "masuk" / "galat.pdf", "galat")
    make_pdf(tmp_path / "masuk" / "sebagian.pdf", "sebagian")
    run(tmp_path / "curated", tmp_path / "masuk")

    with get_client(sync_client=True) as client:
        named = FlowRunFilterName(any_=[f"ingest {tmp_path / 'curated'}"])
        (flow_run,) = client.read_flow_runs(flow_run_filter=FlowRunFilter(name=named))
        of_run = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[flow_run.id]))
        artifacts = {artifact.key: artifact for artifact in client.read_artifacts(artifact_filter=of_run)}

    assert {"ringkasan", "dokumen", "temuan"} == set(artifacts)
    assert "rilis 1" in artifacts["ringkasan"].data
    assert "galat.pdf: pembaca gagal" in artifacts["ringkasan"].data
    assert "## Gagal: perbaiki, lalu jalankan lagi" in artifacts["ringkasan"].data
    assert "sebagian.pdf: sebabnya dengan `rkt temuan --dokumen " in artifacts["ringkasan"].data
    assert [row["status"] for row in json.loads(artifacts["dokumen"].data)] == ["lengkap", "gagal", "sebagian"]
    assert {row["kode"] for row in json.loads(artifacts["temuan"].data)} == {"TAHUN_TIDAK_DISEBUT", "GALAT_PEMBACA"}
    assert flow_run.state_name == "Sebagian"
