"""What can be said of a cluster before one is started, and what its worker does, here without one."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.intake import ProblemCode, ReadSettings, find_documents
from pipeline.release.result import DocumentResult
from pipeline.storage import Place
from pipeline.version import reader_version
from pipeline.worker.model import Job
from pipeline.worker.pool import PoolSettings
from pipeline.worker.remote import Errand, carry_out
from pipeline.worker.runners import Runner, RunnerCode, RunnerError, Where
from tests.conftest import FAKE_READER, MakePdf


def errand_for(path: Path) -> Errand:
    (found,) = find_documents([path]).documents
    return Errand(
        Job(Place(path), found.source, ReadSettings(), Path("nowhere"), FAKE_READER), PoolSettings(timeout=20), 1
    )


def test_an_address_without_a_runner_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(tmp_path), "--address", "tcp://10.0.0.1:8786"]) == 2
    assert "--address" in capsys.readouterr().err


@pytest.mark.parametrize("runner", ["dask", "ray"])
def test_a_missing_extra_is_told_with_the_way_to_get_it(
    runner: Runner, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    assert main(["ingest", str(tmp_path), "--runner", runner]) == 1

    told = capsys.readouterr().err.strip()
    assert f"make setup-{runner}" in told.replace("\n", " ")


@pytest.mark.parametrize(
    ("address", "reachable"),
    [("tcp://10.0.0.1:8786", False), ("klaster:6379", False), ("tcp://127.0.0.1:8786", True), ("auto", True)],
)
def test_workers_elsewhere_need_a_prefect_server_that_they_reach(
    address: str, reachable: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    if reachable:
        Where("dask", address).check()
        return
    with pytest.raises(RunnerError) as raised:
        Where("dask", address).check()
    assert raised.value.kode is RunnerCode.SERVER
    monkeypatch.setenv("PREFECT_API_URL", "http://10.0.0.2:4200/api")
    Where("dask", address).check()


def test_an_answer_brings_the_result_and_the_version_that_made_it(tmp_path: Path, make_pdf: MakePdf) -> None:
    errand = errand_for(make_pdf(tmp_path / "baik.pdf"))

    answer = carry_out(errand)

    assert answer.outcome.status == "lengkap"
    assert answer.reader_version == reader_version()
    assert answer.result is not None
    assert DocumentResult.from_bytes(answer.result).dokumen_id == errand.job.source.dokumen_id
    assert not errand.job.target.exists()


def test_a_worker_that_sees_no_file_or_another_one_says_so(tmp_path: Path, make_pdf: MakePdf) -> None:
    gone, other = (errand_for(make_pdf(tmp_path / f"{name}.pdf", name)) for name in ("hilang", "lain"))
    gone.job.place.file.unlink()
    make_pdf(other.job.place.file, "isi yang lain")

    problems = [carry_out(errand).outcome.problem for errand in (gone, other)]

    assert [problem and problem.kode for problem in problems] == [
        ProblemCode.TAK_TERLIHAT,
        ProblemCode.LAIN_DI_PEKERJA,
    ]
