"""Documents in a bucket: a whole run reads them there, and commands find them again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from flows.summary import Summary, Unwatched
from pipeline.cli.main import main
from pipeline.intake import ProblemCode, find_documents
from pipeline.intake.watch import look
from pipeline.release.query import query
from pipeline.storage import Objects, Place, StorageError
from pipeline.worker.store import Store, state_folder
from tests.conftest import FAKE_READER, RAW, MakePdf
from tests.storage.conftest import texts_below
from tests.storage.server import KEY, SECRET, forget_connections, free_port

pytestmark = pytest.mark.xdist_group("prefect")


def run(curated: Path, *raw: str, **options: object) -> Summary:
    from flows.run import run_ingest

    return run_ingest(Unwatched(), paths=list(raw), curated=str(curated), reader=FAKE_READER, workers=2, **options)


@pytest.mark.usefixtures("prefect_home")
def test_a_run_reads_what_lies_in_a_bucket(bucket: str, tmp_path: Path, make_pdf: MakePdf) -> None:
    raw, curated = Objects(f"{bucket}/raw"), tmp_path / "curated"
    for name in ("2023/a.pdf", "2024/b.pdf", "2024/c.pdf"):
        raw.upload(make_pdf(tmp_path / "sementara.pdf", name), name)
    raw.write("2024/b.pdf.yaml", b"publisher: Dinas Langit\norigin: web\n")

    first = run(curated, raw.url)
    assert (first.release, [report.outcome.status for report in first.handled()]) == (1, ["lengkap"] * 3)
    names = query(curated, "SELECT berkas, penerbit FROM dokumen ORDER BY berkas").rows
    assert names == [("raw/2023/a.pdf", None), ("raw/2024/b.pdf", "Dinas Langit"), ("raw/2024/c.pdf", None)]

    store = Store(state_folder(Place(curated)))
    (store.spool / "rkt-mati").mkdir(parents=True)
    again = run(curated, raw.url)
    assert (again.release, again.problems, again.notices) == (None, [], [])
    assert again.standing is not None

    raw.delete(["2024/c.pdf"])
    assert [report.berkas for report in run(curated, raw.url, withdraw_missing=True).handled()] != []
    assert query(curated, "SELECT count(*) FROM dokumen").rows == [(2,)]

    assert not store.spool.exists(), "what a killed run left is gone, and nothing was brought anew"
    for name, content in texts_below(tmp_path):
        assert KEY.encode() not in content, name
        assert SECRET.encode() not in content, name


@pytest.mark.long
@pytest.mark.usefixtures("prefect_home")
def test_a_bucket_gives_the_same_release_as_a_folder(bucket: str, tmp_path: Path, make_pdf: MakePdf) -> None:
    raw = Objects(f"{bucket}/raw")
    for name in ("a.pdf", "b.pdf"):
        raw.upload(make_pdf(tmp_path / "raw" / name, name), name)

    run(tmp_path / "dari-folder", str(tmp_path / "raw"))
    run(tmp_path / "dari-bucket", raw.url)

    here, there = ((tmp_path / name / "current" / "manifest.json") for name in ("dari-folder", "dari-bucket"))
    assert here.read_bytes() == there.read_bytes()


@pytest.mark.long
@pytest.mark.parametrize("runner", ["dask", "ray"])
@pytest.mark.usefixtures("prefect_home")
def test_a_cluster_takes_documents_out_of_the_bucket(
    bucket: str, tmp_path: Path, make_pdf: MakePdf, runner: str
) -> None:
    pytest.importorskip(f"prefect_{runner}", reason=f"prefect-{runner} is not installed: make setup-{runner}")
    raw = Objects(f"{bucket}/raw")
    for name in ("a.pdf", "b.pdf"):
        raw.upload(make_pdf(tmp_path / "sementara.pdf", name), name)

    summary = run(tmp_path / "curated", raw.url, runner=runner)

    assert [report.outcome.status for report in summary.handled()] == ["lengkap", "lengkap"]
    assert summary.release == 1


@pytest.mark.long
@pytest.mark.usefixtures("prefect_home")
def test_a_storage_that_is_gone_ends_the_run_and_the_next_one_completes(
    bucket: str, tmp_path: Path, make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, curated = Objects(f"{bucket}/raw"), tmp_path / "curated"
    raw.upload(make_pdf(tmp_path / "sementara.pdf"), "a.pdf")
    with monkeypatch.context() as away:
        away.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
        forget_connections()
        with pytest.raises(StorageError, match="does not answer"):
            run(curated, raw.url)
    forget_connections()
    assert not (curated / "current").exists()
    assert run(curated, raw.url).release == 1


def test_a_bucket_without_documents_or_without_the_bucket_is_said(
    bucket: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for address, said in ((f"{bucket}/raw", "tidak ada PDF"), (f"{bucket}-lain/raw", "tidak ada")):
        assert main(["show", address]) == 1
        (line,) = capsys.readouterr().err.strip().splitlines()
        assert said in line


def test_markers_of_folders_are_no_documents_and_hide_none(bucket: str, tmp_path: Path, make_pdf: MakePdf) -> None:
    import s3fs

    server, name = s3fs.S3FileSystem(), bucket.removeprefix("s3://")
    folder = Place(url=f"{bucket}/raw")
    server.call_s3("put_object", Bucket=name, Key="raw/", Body=b"")
    assert [problem.kode for problem in find_documents([folder]).problems] == [ProblemCode.FOLDER_KOSONG]
    assert look([folder]) == {}

    pdf = make_pdf(tmp_path / "a.pdf").read_bytes()
    for key, body in (("raw/a.pdf", pdf), ("raw/a.pdf/", b""), ("raw/a.pdf/b.pdf", pdf + b" ")):
        server.call_s3("put_object", Bucket=name, Key=key, Body=body)
    both = [f"{bucket}/raw/a.pdf", f"{bucket}/raw/a.pdf/b.pdf"]
    for address in (folder, Place(url=both[0])):
        found = find_documents([address]).documents
        assert sorted(str(each.place) for each in found) == both
        assert {str(place): stamp.size for place, stamp in look([address]).items()} == {
            both[0]: len(pdf),
            both[1]: len(pdf) + 1,
        }


@pytest.mark.long
@pytest.mark.usefixtures("prefect_home")
def test_commands_find_a_document_where_it_lies(
    bucket: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = min(path for path in RAW.rglob("*.pdf") if "2023" in path.name)
    raw, curated = Objects(f"{bucket}/raw"), tmp_path / "curated"
    raw.upload(pdf, "rkt.pdf")
    address = raw.address("rkt.pdf")
    monkeypatch.chdir(tmp_path)

    assert main(["ingest", raw.url, "--curated", str(curated)]) in (0, 1)
    row = query(curated, "SELECT baris_id FROM program_kegiatan WHERE pagu IS NOT NULL LIMIT 1").rows[0][0]
    assert main(["bukti", row, "--curated", str(curated), "-o", "gambar.png"]) == 0
    assert (tmp_path / "gambar.png").stat().st_size > 10_000
    assert main(["show", address]) == 0
    assert main(["explain", address]) == 0
    capsys.readouterr()

    raw.delete(["rkt.pdf"])
    assert main(["bukti", row, "--curated", str(curated)]) == 1
    assert "--pdf" in capsys.readouterr().err
    raw.upload(shutil.copy(pdf, tmp_path / "lain.pdf"), "pindah.pdf")
    assert main(["bukti", row, "--curated", str(curated), "--pdf", raw.address("pindah.pdf")]) == 0
