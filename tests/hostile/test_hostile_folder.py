"""Broken and hostile files: each ends in its status and message, costs only itself, and leaves nothing behind."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.intake import Problem, ProblemCode
from pipeline.release.query import query
from pipeline.release.result import DocumentResult
from pipeline.worker.store import Store, state_folder
from tests.forms.case import YEAR, Family, Records, titled
from tests.forms.reading import differences
from tests.forms.sheet import Look, Sheet, cell
from tests.hostile import contents
from tests.hostile.folder import HEAVY, NAMES, PARTLY, QUICK, READ, Hostile, write_named, write_places
from tests.hostile.run import Run, listening, rkt

pytestmark = [pytest.mark.xdist_group("prefect"), pytest.mark.usefixtures("prefect_home")]

Capture = pytest.CaptureFixture[str]

MEMORY = 2048
TROUBLE = "=cmd|' /C calc'!A0 <script>alert(1)</script> \u202e\u2066bidi\u2069 \x1b[31mmerah\x07 \U0001f4a3 \ufffd"


def sound_plan() -> Family:
    """A small plan whose cells say what a spreadsheet, a browser or a terminal must not obey."""
    titles = ["No", "Program", "Indikator Kinerja", "Satuan", f"Target {YEAR}", "Anggaran (Rp)"]
    rows = [("Program Arsip", "=HYPERLINK(1)", 75, 1_250_000), ("Program <b>Literasi</b>", "@SUM(A1)", 12, 84_500_000)]
    body, records = [], Records()
    for row, (program, measure, target, amount) in enumerate(rows):
        dotted = f"{amount:,}".replace(",", ".")
        texts = (str(row + 1), program, measure, "Berkas", str(target), dotted)
        body += [cell(row, column, text) for column, text in enumerate(texts)]
        records.node("program", program, float(amount))
        records.indicator("program", measure, "Berkas", str(target), float(target))
    header = [cell(0, column, text) for column, text in enumerate(titles)]
    return Family("baik", Look(size=9), titled(Sheet([6, 26, 28, 12, 10, 18], header, body)), records.truth())


def write(folder: Path, files: Sequence[Hostile]) -> dict[str, str]:
    """Write the files; returns what `dokumen` must say about each, and the finding of those that fail."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        (folder / f"{file.name}.pdf").write_bytes(file.data())
    return {f"{file.name}.pdf": str(file.end) for file in files}


def ends(curated: Path) -> dict[str, str]:
    """How each document of the release ended: its status, or the code of the finding that says why it failed."""
    sql = """
        SELECT berkas, CASE status WHEN 'gagal' THEN (
            SELECT any_value(kode) FROM temuan t WHERE t.dokumen_id = d.dokumen_id AND tingkat = 'galat'
        ) ELSE status END FROM dokumen d
    """
    return dict(query(curated, sql).rows)


def results(curated: Path) -> dict[str, DocumentResult]:
    store = Store(state_folder(curated))
    entries = store.documents().values()
    return {e.source.berkas: DocumentResult.from_bytes(store.result_path(e.key).read_bytes()) for e in entries}


def assert_nothing_is_left(run: Run, tmp_path: Path) -> None:
    assert list((tmp_path / "sementara").iterdir()) == []
    curated = tmp_path / "curated"
    assert {path.name for path in curated.iterdir()} == {
        ".publish.lock",
        ".state",
        "current",
        "releases",
        "status.json",
    }
    assert {path.name for path in (curated / "releases").iterdir()} == {"0001"}
    left = {path.name for path in (curated / ".state").iterdir()}
    assert left <= {
        "cache",
        "cache-perbandingan",
        "documents.json",
        "documents.copy.json",
        "lock",
        "prefect",
        "rkt.log",
    }
    assert {path.suffix for path in (curated / ".state" / "cache").iterdir()} == {".rkt", ".json"}
    assert run.peaks
    assert max(run.peaks.values()) < MEMORY


def test_every_file_ends_in_its_status_and_the_sound_ones_are_read(tmp_path: Path, capsys: Capture) -> None:
    folder, elsewhere = tmp_path / "masuk", tmp_path / "lain"
    expected = write(folder, QUICK)
    elsewhere.mkdir()
    (elsewhere / "rahasia.pdf").write_bytes(contents.texts(("bukan untuk dibaca",)))
    obstacles = write_places(folder, elsewhere)
    write_named(folder)
    family = sound_plan()
    family.draw(folder / "baik.pdf")
    (folder / "salinan.pdf").write_bytes((folder / "baik.pdf").read_bytes())
    (folder / "teks-jahat.pdf").write_bytes(contents.texts((TROUBLE, "kata " * 9)))
    expected |= dict.fromkeys([*NAMES.values(), "baik.pdf", "teks-jahat.pdf"], READ)

    limits = ("--memory", MEMORY, "--timeout", 60, "--workers", 2)
    run = rkt("ingest", folder, "--curated", tmp_path / "curated", *limits,
              temporary=tmp_path / "sementara", capsys=capsys)  # fmt: skip

    assert run.code == 1, run.err
    assert "Traceback" not in run.err
    assert ends(tmp_path / "curated") == expected
    assert_nothing_is_left(run, tmp_path)
    told_of = [line for line in run.err.splitlines() if not line.startswith(("[", "Membaca ", "Menerbitkan "))]
    for name, end in (expected | obstacles).items():
        if end in (READ, PARTLY):
            continue
        (line,) = [line for line in told_of if f" {name}: " in line or f"/{name}: " in line]
        told = Problem(ProblemCode(end), name, "\0").message().split("\ufffd")[-1]
        assert told in line, "it says what to do"
    for line in told_of:
        assert line.startswith(("Gagal: ", "Sebagian: ", "Catatan: ", "Terbit: ", "Temuan: ", "1 berkas sama")), line
    assert "\x1b" not in run.out + run.err
    read = results(tmp_path / "curated")
    assert differences(read["baik.pdf"], family.truth) == []
    shown = " ".join(row["teks"] for row in read["teks-jahat.pdf"].table("sel").to_pylist())
    assert "=cmd|' /C calc'!A0 <script>alert(1)</script>" in shown
    assert "rahasia.pdf" not in read


@pytest.mark.long
@pytest.mark.timeout(900)
def test_heavy_files_stay_within_their_limits(tmp_path: Path, capsys: Capture) -> None:
    expected = write(tmp_path / "masuk", HEAVY)
    sound_plan().draw(tmp_path / "masuk" / "baik.pdf")

    limits = ("--memory", MEMORY, "--timeout", 120, "--workers", 2)
    run = rkt("ingest", tmp_path / "masuk", "--curated", tmp_path / "curated", *limits,
              temporary=tmp_path / "sementara", capsys=capsys)  # fmt: skip

    assert run.code == 1, run.err
    assert ends(tmp_path / "curated") == expected | {"baik.pdf": READ}
    assert_nothing_is_left(run, tmp_path)


def test_nothing_that_a_document_asks_for_is_fetched_or_run(tmp_path: Path, capsys: Capture) -> None:
    mark, secret = tmp_path / "dijalankan", tmp_path / "rahasia.txt"
    script = tmp_path / "jahat.sh"
    script.write_text(f"#!/bin/sh\ntouch {mark}\n")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    secret.write_text("isi yang rahasia")
    folder = tmp_path / "masuk"
    folder.mkdir()
    with listening() as (address, callers):
        (folder / "tindakan.pdf").write_bytes(contents.actions(address, script))
        (folder / "di-tempat-lain.pdf").write_bytes(contents.elsewhere(address, secret))
        run = rkt("ingest", folder, "--curated", tmp_path / "curated",
                  temporary=tmp_path / "sementara", capsys=capsys)  # fmt: skip
        shown = rkt("show", folder / "tindakan.pdf", temporary=tmp_path / "sementara", capsys=capsys)

    assert (run.code, shown.code) == (0, 0), run.err + shown.err
    assert callers == []
    assert not mark.exists()
    assert set(ends(tmp_path / "curated").values()) == {READ}
    texts = [
        row["teks"] for result in results(tmp_path / "curated").values() for row in result.table("sel").to_pylist()
    ]
    assert not any("isi yang rahasia" in text for text in texts)
    assert list((tmp_path / "sementara").iterdir()) == []
