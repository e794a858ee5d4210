from __future__ import annotations

import subprocess
import sys
import tempfile
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.intake import ProblemCode, ReadSettings, find_documents
from pipeline.release.result import DocumentResult
from pipeline.storage import Place
from pipeline.worker.model import Job, Outcome
from pipeline.worker.pool import PoolSettings, ReaderPool, WorkerDiedError, end_readers
from pipeline.worker.store import Store, result_key
from tests.conftest import FAKE_READER, MakePdf
from tests.worker import fake_reader


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "state")
    store.prepare()
    return store


def job_for(path: Path, store: Store, reader: str = FAKE_READER) -> Job:
    (found,) = find_documents([path]).documents
    key = result_key(found.source, ReadSettings())
    return Job(Place(path), found.source, ReadSettings(), store.result_path(key), reader)


def test_one_document_may_go_wrong_in_any_way_and_the_others_go_on(
    tmp_path: Path, make_pdf: MakePdf, store: Store
) -> None:
    names = ["baik-1", "mati", "macet", "galat", "memori", "baik-2", "baik-3"]
    jobs = [job_for(make_pdf(tmp_path / f"{name}.pdf", name), store) for name in names]

    def attempt(job: Job) -> Outcome | str:
        try:
            return pool.read(job)
        except WorkerDiedError:
            return "died"

    with ReaderPool(PoolSettings(workers=2, timeout=15)) as pool, ThreadPoolExecutor(len(jobs)) as threads:
        results = dict(zip(names, threads.map(attempt, jobs), strict=True))

    assert results["mati"] == "died"
    reasons = {}
    for name, outcome in results.items():
        if isinstance(outcome, Outcome):
            reasons[name] = outcome.problem and outcome.problem.kode
    assert reasons == {
        "baik-1": None,
        "baik-2": None,
        "baik-3": None,
        "galat": ProblemCode.GALAT_PEMBACA,
        "macet": ProblemCode.WAKTU_HABIS,
        "memori": ProblemCode.MEMORI_HABIS,
    }
    for name, job in zip(names, jobs, strict=True):
        assert job.target.exists() == name.startswith("baik"), name


def test_a_result_is_stored_with_its_outcome(tmp_path: Path, make_pdf: MakePdf, store: Store) -> None:
    job = job_for(make_pdf(tmp_path / "baik.pdf"), store)

    with ReaderPool(PoolSettings(workers=1)) as pool:
        outcome = pool.read(job)

    assert outcome.status == "lengkap"
    assert (outcome.pages, outcome.copies, outcome.quarantine) == (1, 0, 0)
    assert outcome.records == {"dokumen": 1, "program_kegiatan": 1}
    assert outcome.findings == {"peringatan": 1}
    assert store.outcome(job.target.stem) == outcome
    assert DocumentResult.from_bytes(job.target.read_bytes()).dokumen_id == job.source.dokumen_id


def test_what_was_not_read_gets_a_result_that_says_why(tmp_path: Path, make_pdf: MakePdf, store: Store) -> None:
    job = job_for(make_pdf(tmp_path / "terkunci.pdf", password="rahasia"), store)

    with ReaderPool(PoolSettings(workers=1)) as pool:
        outcome = pool.read(job)
        assert not job.target.exists()
        written = pool.fail(job, outcome)

    result = DocumentResult.from_bytes(job.target.read_bytes())
    (finding,) = result.table("temuan").to_pylist()
    assert result.status == "gagal"
    assert (finding["kode"], finding["tingkat"]) == ("PDF_TERKUNCI", "galat")
    assert "terkunci.pdf" in finding["pesan"]
    assert written.findings == {"galat": 1}
    assert store.outcome(job.target.stem) == written


def test_a_pool_whose_worker_died_reads_on(tmp_path: Path, make_pdf: MakePdf, store: Store) -> None:
    job = job_for(make_pdf(tmp_path / "matisekali.pdf"), store)

    with ReaderPool(PoolSettings(workers=1)) as pool:
        with pytest.raises(WorkerDiedError):
            pool.read(job)
        assert pool.read(job).status == "lengkap"


def test_an_error_that_cannot_be_sent_costs_one_document(tmp_path: Path, make_pdf: MakePdf, store: Store) -> None:
    jobs = [job_for(make_pdf(tmp_path / f"{name}.pdf", name), store) for name in ("asing", "baik")]

    with ReaderPool(PoolSettings(workers=1)) as pool:
        failed, read = (pool.read(job) for job in jobs)

    assert failed.problem is not None
    assert failed.problem.detail == "ForeignError: tidak dapat dikirim"
    assert read.status == "lengkap"


def test_a_process_is_used_for_many_documents_and_leaves_no_file(
    tmp_path: Path, make_pdf: MakePdf, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = "tests.worker.fake_reader:process_number"
    jobs = [job_for(make_pdf(tmp_path / f"{n}.pdf", str(n)), store, reader) for n in range(3)]
    temporary = tmp_path / "sementara"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))

    with ReaderPool(PoolSettings(workers=1)) as pool:
        problems = [pool.read(job).problem for job in jobs]
        assert len(list(temporary.rglob("sisa-*"))) == 3, "the readers did leave files"

    assert len({problem.detail for problem in problems if problem}) == 1
    assert list(temporary.iterdir()) == []


def test_workers_do_not_run_the_main_module_of_their_parent(tmp_path: Path, make_pdf: MakePdf) -> None:
    """A parent without a main guard, with Prefect loaded: neither reaches the worker."""
    pdf = make_pdf(tmp_path / "baik.pdf")
    script = tmp_path / "tanpa_penjaga.py"
    script.write_text(
        textwrap.dedent(f"""
        import sys
        sys.path.insert(0, {str(Path(__file__).parents[2])!r})
        import rich.console, typer
        from pathlib import Path
        from pipeline.intake import ReadSettings, find_documents
        from pipeline.worker.model import Job
        from pipeline.worker.pool import PoolSettings, ReaderPool
        (found,) = find_documents([Path({str(pdf)!r})]).documents
        job = Job(found.place, found.source, ReadSettings(), Path("x.rkt"), "tests.worker.fake_reader:modules_loaded")
        with ReaderPool(PoolSettings(workers=1)) as pool:
            print(pool.read(job).problem.detail)
        """)
    )

    run = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=True, cwd=tmp_path)

    assert run.stdout.strip() == "ValueError: none"


def test_leaving_the_pool_leaves_no_process_behind(tmp_path: Path, make_pdf: MakePdf, store: Store) -> None:
    job = job_for(make_pdf(tmp_path / "macet.pdf"), store)
    begin = time.monotonic()

    with ReaderPool(PoolSettings(workers=1, timeout=1)) as pool:
        assert pool.read(job).status == "gagal"

    assert time.monotonic() - begin < 30


def test_cores_that_fall_idle_go_to_whoever_still_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.worker.pool._CORES", 4)
    settings = PoolSettings(workers=4, memory=4096)
    assert [settings.threads(left) for left in (9, 4, 3, 2, 1, 0)] == [1, 1, 1, 2, 4, 4]
    with ReaderPool(settings, settings.threads(4)) as pool, ThreadPoolExecutor(1) as beside:
        met = beside.submit(pool.call, "pindai.pdf", fake_reader.meet, 4)
        time.sleep(0.2)
        pool.share_cores(1)
        assert met.result() == 4


def test_a_closed_pool_reads_no_more(tmp_path: Path, make_pdf: MakePdf, store: Store) -> None:
    job = job_for(make_pdf(tmp_path / "macet.pdf"), store)
    with ReaderPool(PoolSettings(workers=1)) as pool, ThreadPoolExecutor(1) as beside:
        reading = beside.submit(pool.read, job)
        time.sleep(0.5)
        begin = time.monotonic()
        end_readers()
        assert time.monotonic() - begin < 2
        with pytest.raises(WorkerDiedError):
            reading.result()
        with pytest.raises(WorkerDiedError, match="closed"):
            pool.read(job)
