"""`rkt ingest` and `rkt show`, with a reader of our own making in the place of the real one."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path

import pytest

from flows.summary import Report, Summary
from pipeline.cli.ingest import _print_summary
from pipeline.cli.main import main
from pipeline.intake import ReadSettings, Source
from pipeline.release.result import DocumentResult
from pipeline.worker.model import Outcome
from pipeline.worker.store import Store, state_folder
from tests.cli.conftest import write_plan
from tests.conftest import FAKE_READER, MakePdf
from tests.forms.budgets import coded
from tests.forms.sheet import A4, Look

pytestmark = pytest.mark.xdist_group("prefect")

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def ingest(prefect_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command's flow use the fake reader."""
    import flows.run

    monkeypatch.setattr(flows.run, "run_ingest", functools.partial(flows.run.run_ingest, reader=FAKE_READER))


def summary_of(capsys: Capture) -> list[str]:
    """What is said at the end, without the lines that tell how far it is."""
    return [line for line in capsys.readouterr().err.splitlines() if not line.startswith("[")]


@pytest.mark.usefixtures("ingest")
def test_all_read_is_exit_code_0(tmp_path: Path, make_pdf: MakePdf, capsys: Capture) -> None:
    make_pdf(tmp_path / "masuk" / "baik-1.pdf", "satu")
    make_pdf(tmp_path / "masuk" / "baik-2.pdf", "dua")
    curated = tmp_path / "curated"

    assert main(["ingest", str(tmp_path / "masuk"), "--curated", str(curated), "--workers", "1"]) == 0

    captured = capsys.readouterr()
    assert "baik-1.pdf" in captured.out
    assert "Jumlah" in captured.out
    assert f"Terbit: rilis 1 di {curated} (2 dokumen)." in captured.err
    assert "Traceback" not in captured.err
    done = [line for line in captured.err.splitlines() if line.startswith("[")]
    assert len(done) == 2
    assert done[1].startswith("[2/2] ")
    assert "lengkap, 1 halaman, " in done[0]


def test_of_many_documents_the_summary_lists_those_read_now(capsys: Capture) -> None:
    outcome = Outcome("lengkap", pages=2, records={"indikator": 3}, findings={"info": 1})
    reports = [Report(f"{n:016x}", f"raw/{n}.pdf", asked=True, cached=n > 1, outcome=outcome) for n in range(60)]
    _print_summary(Summary(reports))
    _title, _top, _head, _rule, *rows, _bottom = capsys.readouterr().out.splitlines()
    told = [[cell.strip() for cell in row.strip("│").split("│")] for row in rows]
    assert told == [
        ["raw/0.pdf", "lengkap", "2", "0", "3", "1 info", "0"],
        ["raw/1.pdf", "lengkap", "2", "0", "3", "1 info", "0"],
        ["58 dokumen lain", "hasil lama, berkas tidak berubah", "116", "0", "174", "58 info", "0"],
        ["Jumlah: 60", "", "120", "0", "180", "60 info", "0"],
    ]
    _print_summary(Summary(reports[:50]))
    assert "raw/49.pdf" in capsys.readouterr().out


@pytest.mark.usefixtures("ingest")
def test_what_failed_is_named_with_what_to_do(tmp_path: Path, make_pdf: MakePdf, capsys: Capture) -> None:
    folder = tmp_path / "masuk"
    for name in ("baik", "sebagian", "galat", "mati"):
        make_pdf(folder / f"{name}.pdf", name)
    make_pdf(folder / "terkunci.pdf", "terkunci", password="rahasia")
    (folder / "kosong.pdf").write_bytes(b"")
    (folder / "teks.pdf").write_text("bukan PDF")
    whole = make_pdf(folder / "potong.pdf", "potong").read_bytes()
    (folder / "potong.pdf").write_bytes(whole[: len(whole) // 2])

    code = main(["ingest", str(folder), str(tmp_path / "tidak-ada"), "--curated", str(tmp_path / "curated")])

    assert code == 1
    lines = summary_of(capsys)
    for name, advice in {
        "kosong.pdf": "Unduh atau salin ulang",
        "teks.pdf": "simpan ulang sebagai PDF",
        "potong.pdf": "terpotong",
        "terkunci.pdf": "kata sandi",
        "mati.pdf": "terhenti",
        "galat.pdf": "Laporkan",
        "tidak-ada": "Periksa kembali namanya",
        "sebagian.pdf": "rkt temuan --dokumen",
    }.items():
        (line,) = [line for line in lines if name in line]
        assert advice in line
    assert not any("baik.pdf" in line or "Traceback" in line for line in lines)
    log = (tmp_path / "curated" / ".state" / "rkt.log").read_text()
    assert "tabel tanpa kolom" in log, "the maintainers' traceback is kept"


@pytest.mark.usefixtures("ingest")
def test_where_nothing_is_read_it_says_that_the_last_release_stands(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "kosong").mkdir()

    assert main(["ingest", str(tmp_path / "kosong"), "--curated", str(tmp_path / "curated")]) == 1

    err = capsys.readouterr().err
    assert "tidak ada PDF di folder ini" in err
    assert "Data yang lama tetap berlaku" in err
    assert not (tmp_path / "curated" / "current").exists()


def test_a_target_that_cannot_be_written_is_named(tmp_path: Path, make_pdf: MakePdf, capsys: Capture) -> None:
    (tmp_path / "berkas").write_text("bukan folder")

    assert main(["ingest", str(make_pdf(tmp_path / "a.pdf")), "--curated", str(tmp_path / "berkas")]) == 1

    (line,) = capsys.readouterr().err.splitlines()
    assert str(tmp_path / "berkas") in line
    assert "--curated" in line


@pytest.mark.usefixtures("ingest")
def test_a_document_without_a_table_is_named_and_the_others_go_on(
    tmp_path: Path, make_pdf: MakePdf, pdf_without_pages: Path, capsys: Capture
) -> None:
    folder = tmp_path / "masuk"
    make_pdf(folder / "baik.pdf", "rencana")
    make_pdf(folder / "surat-biasa.pdf", "surat")
    assert main(["ingest", str(folder), "--curated", str(tmp_path / "curated")]) == 0
    (line,) = [line for line in summary_of(capsys) if "surat-biasa.pdf" in line]
    assert "tidak ada tabel rencana" in line
    assert "Periksa" in line

    assert main(["ingest", str(pdf_without_pages), "--curated", str(tmp_path / "curated")]) == 1
    err = capsys.readouterr().err
    assert "tanpa-halaman.pdf: PDF ini tidak berisi halaman" in err
    assert "Data yang lama tetap berlaku" in err
    assert (tmp_path / "curated" / "current").resolve().name == "0001"


def test_what_was_delivered_again_is_counted(tmp_path: Path, capsys: Capture) -> None:
    plan = coded("asli", Look(page=A4, size=9), columns=1).draw(tmp_path / "asli.pdf")
    (tmp_path / "lagi.pdf").write_bytes(plan.read_bytes() + b"\n% lagi\n")
    curated = tmp_path / "curated"
    main(["ingest", str(tmp_path), "--curated", str(curated), "--workers", "1"])
    captured = capsys.readouterr()
    assert "1 dokumen adalah kiriman ulang" in captured.err
    assert main(["query", "SELECT kode FROM temuan", "--format", "json", "--curated", str(curated)]) == 0
    published = len(json.loads(capsys.readouterr().out))
    read = sum(
        int(number) for number in re.findall(r"(\d+) (?:galat|peringatan|info)", captured.out.split("Jumlah")[1])
    )
    assert f"Rilis ini memuat {published - read} temuan lagi" in captured.err
    assert main(["status", "--curated", str(curated)]) == 0
    assert "Kiriman ulang" in capsys.readouterr().out


@pytest.mark.usefixtures("ingest")
def test_masked_nips_are_masked_in_the_release(tmp_path: Path, make_pdf: MakePdf) -> None:
    curated = tmp_path / "curated"
    make_pdf(tmp_path / "baik.pdf")

    assert main(["ingest", str(tmp_path / "baik.pdf"), "--curated", str(curated), "--samarkan-nip"]) == 0

    manifest = json.loads((curated / "current" / "manifest.json").read_text())
    assert manifest["nip_masked"] is True


def read_plan(path: Path, source: Source, settings: ReadSettings) -> DocumentResult:
    result, _ = write_plan(source)
    return result


def test_show_prints_what_is_read(
    tmp_path: Path, make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr("pipeline.worker.model.DEFAULT_READER", "tests.cli.test_ingest_and_show:read_plan")

    assert main(["show", str(make_pdf(tmp_path / "rkt.pdf"))]) == 0

    out = capsys.readouterr().out
    assert "program_kegiatan (1)" in out
    assert "Program Kepegawaian" in out
    assert "1.250.000" in out
    assert "Pagu ini ganjil." in out
    assert [path.name for path in tmp_path.iterdir()] == ["rkt.pdf"]


def test_show_says_why_a_file_cannot_be_read(tmp_path: Path, make_pdf: MakePdf, capsys: Capture) -> None:
    locked = make_pdf(tmp_path / "terkunci.pdf", password="rahasia")

    assert main(["show", str(locked)]) == 1
    assert "kata sandi" in capsys.readouterr().err
    assert main(["show", str(tmp_path / "tidak-ada.pdf")]) == 1
    assert "tidak ada" in capsys.readouterr().err


@pytest.mark.usefixtures("ingest")
def test_two_ingests_at_once_are_one_too_many(tmp_path: Path, make_pdf: MakePdf, capsys: Capture) -> None:
    store = Store(state_folder(tmp_path / "curated"))
    store.prepare()

    with store.lock():
        code = main(["ingest", str(make_pdf(tmp_path / "baik.pdf")), "--curated", str(tmp_path / "curated")])

    assert code == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "rkt ingest lain" in line


@pytest.mark.usefixtures("ingest")
def test_a_release_that_cannot_be_written_is_one_line(tmp_path: Path, make_pdf: MakePdf, capsys: Capture) -> None:
    curated = tmp_path / "curated"
    curated.mkdir()
    (curated / "releases").write_text("bukan folder")

    assert main(["ingest", str(make_pdf(tmp_path / "baik.pdf")), "--curated", str(curated)]) == 1

    line = capsys.readouterr().err.splitlines()[-1]
    assert str(curated) in line
    assert "tidak dapat ditulis" in line


@pytest.mark.usefixtures("ingest")
def test_a_damaged_list_of_documents_is_one_line(tmp_path: Path, make_pdf: MakePdf, capsys: Capture) -> None:
    store = Store(state_folder(tmp_path / "curated"))
    store.prepare()
    store.index.write_text("{")

    assert main(["ingest", str(make_pdf(tmp_path / "baik.pdf")), "--curated", str(tmp_path / "curated")]) == 1

    (line,) = capsys.readouterr().err.splitlines()
    assert "documents.json" in line
    assert "Hapus berkas ini" in line
