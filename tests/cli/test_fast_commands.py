"""The commands that read a release: what they print, how they fail, and how fast they answer."""

from __future__ import annotations

import csv
import io
import json
import resource
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from pipeline.cli.main import main
from tests.cli.conftest import Published

Capture = pytest.CaptureFixture[str]


def rkt(published: Published, *arguments: str) -> int:
    return main([arguments[0], "--curated", str(published.curated), *arguments[1:]])


def test_query_prints_a_table_csv_and_json(published: Published, capsys: Capture) -> None:
    sql = "SELECT nama, pagu, bukti FROM program_kegiatan"

    assert rkt(published, "query", sql) == 0
    assert "1.250.000" in capsys.readouterr().out
    assert rkt(published, "query", sql, "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows == [{"nama": "Program Kepegawaian", "pagu": "1250000.00", "bukti": f'["{published.document}-sel-1"]'}]
    assert rkt(published, "query", sql, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)[0]["pagu"] == 1250000


def test_no_text_of_a_document_is_a_formula_in_csv(published: Published, capsys: Capture) -> None:
    rkt(published, "query", "SELECT judul FROM dokumen", "--format", "csv")
    assert capsys.readouterr().out.splitlines()[1] == "'=HYPERLINK(1)"


def test_what_a_document_says_does_not_steer_the_terminal(published: Published, capsys: Capture) -> None:
    sql = "SELECT '[bold]' || chr(27) || ']0;judul' || chr(7) || chr(8238) || '<script>' AS teks"
    assert rkt(published, "query", sql) == 0
    out = capsys.readouterr().out
    assert "[bold]\ufffd]0;judul\ufffd\ufffd<script>" in out
    assert not {"\x1b", "\x07", "\u202e"} & set(out)


@pytest.mark.parametrize("sql", ["SELEC 1", "DROP TABLE dokumen", "SELECT * FROM tidak_ada", "SELECT 1; SELECT 2"])
def test_bad_sql_is_one_line(published: Published, capsys: Capture, sql: str) -> None:
    assert rkt(published, "query", sql) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1


def test_findings_can_be_filtered(published: Published, capsys: Capture) -> None:
    def codes(*filters: str) -> list[str]:
        assert rkt(published, "temuan", *filters, "--format", "json") == 0
        return [row["kode"] for row in json.loads(capsys.readouterr().out)]

    assert codes() == ["PAGU_ANEH", "JUDUL_ANEH"]
    assert codes("--tingkat", "info") == ["JUDUL_ANEH"]
    assert codes("--jenis", "isi") == ["PAGU_ANEH"]
    assert codes("--kode", "JUDUL_ANEH") == ["JUDUL_ANEH"]
    assert codes("--dokumen", published.document) == ["PAGU_ANEH", "JUDUL_ANEH"]
    assert codes("--dokumen", "lain.pdf") == []
    assert codes("--limit", "1") == ["PAGU_ANEH"]


def test_the_table_of_findings_names_row_and_place(published: Published, capsys: Capture) -> None:
    assert rkt(published, "temuan") == 0
    captured = capsys.readouterr()
    assert "Pagu ini ganjil." in captured.out
    assert published.program in captured.out
    assert "2 temuan" in captured.err


def test_export_gives_excel_what_it_needs(published: Published, tmp_path: Path, capsys: Capture) -> None:
    assert rkt(published, "ekspor", "program_kegiatan", str(tmp_path / "p.xlsx")) == 0
    assert "1 baris" in capsys.readouterr().err
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx")["program_kegiatan"]
    header, row = ([cell.value for cell in line] for line in sheet.iter_rows(max_row=2))
    values = dict(zip(header, row, strict=True))
    assert values["kode"] == "5.03"
    assert values["pagu"] == 1250000

    assert rkt(published, "ekspor", "program_kegiatan", str(tmp_path / "p.csv"), "--pemisah", ";") == 0
    assert ";1250000,00;" in (tmp_path / "p.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["ekspor", "tidak_ada", "x.csv"], 2, "Pilih: dokumen, program_kegiatan"),
        (["ekspor", "indikator", "x.pdf"], 2, ".xlsx atau .csv"),
        (["ekspor", "indikator", "x.csv", "--pemisah", ";;"], 2, "satu tanda"),
        (["ekspor", "indikator", "/tidak/ada/x.csv"], 1, "tidak dapat ditulis"),
        (["bukti", "tidak-ada"], 1, "tidak-ada"),
        (["temuan", "--tingkat", "berat"], 2, "--tingkat"),
        (["query"], 2, "SQL"),
        (["query", "--bentuk", "csv", "SELECT 1"], 2, "--bentuk"),
    ],
)
def test_mistakes_end_in_one_line(
    published: Published, capsys: Capture, arguments: list[str], code: int, message: str
) -> None:
    assert rkt(published, *arguments) == code
    captured = capsys.readouterr()
    assert message in captured.err
    assert len(captured.err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [["status"], ["temuan"], ["query", "SELECT 1"], ["bukti", "x"], ["ekspor", "indikator", "x.csv"]]
)
def test_without_a_release_it_says_what_to_do(tmp_path: Path, capsys: Capture, arguments: list[str]) -> None:
    assert main([arguments[0], "--curated", str(tmp_path), *arguments[1:]]) == 1
    message = capsys.readouterr().err
    assert str(tmp_path) in message
    assert "rkt ingest" in message
    assert list(tmp_path.iterdir()) == []


def test_status_says_what_is_published(published: Published, capsys: Capture) -> None:
    assert rkt(published, "status") == 0
    out = capsys.readouterr().out
    assert "lengkap" in out
    assert "0 menit" in out


def test_status_as_json_has_the_release_and_what_is_unknown_is_null(published: Published, capsys: Capture) -> None:
    assert rkt(published, "status", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["release"]["number"] == 1
    assert told["release"]["documents"]["lengkap"] == 1
    assert (told["last_run"], told["next_run"], told["unfinished"]) == (None, None, [])


def test_evidence_is_the_page_with_the_cell_boxed(published: Published, tmp_path: Path, capsys: Capture) -> None:
    picture = tmp_path / "bukti.png"

    assert rkt(published, "bukti", published.program, "-o", str(picture)) == 0

    captured = capsys.readouterr()
    assert "Program 1.250.000" in captured.out
    assert "halaman 1" in captured.err
    with Image.open(picture) as image:
        scale = 150 / 72
        on_edge = image.getpixel((int(200 * scale), int(60 * scale)))
        inside = image.getpixel((int(290 * scale), int(64 * scale)))
        outside = image.getpixel((int(400 * scale), int(60 * scale)))
    assert on_edge == (214, 40, 40)
    assert inside not in (on_edge, (255, 255, 255))
    assert outside == (255, 255, 255)


def test_evidence_needs_the_right_pdf(published: Published, tmp_path: Path, capsys: Capture) -> None:
    moved = tmp_path / "pindah.pdf"
    published.pdf.rename(moved)
    other = tmp_path / "lain.pdf"
    other.write_bytes(moved.read_bytes() + b"\n")
    picture = str(tmp_path / "x.png")

    assert rkt(published, "bukti", published.program, "-o", picture) == 1
    assert "--pdf" in capsys.readouterr().err
    assert rkt(published, "bukti", published.program, "-o", picture, "--pdf", str(other)) == 1
    assert "isinya berbeda" in capsys.readouterr().err
    assert rkt(published, "bukti", published.program, "-o", picture, "--pdf", str(moved)) == 0


def test_english_on_request(published: Published, capsys: Capture) -> None:
    assert main(["temuan", "--curated", str(published.curated), "--lang", "en"]) == 0
    assert "2 findings" in capsys.readouterr().err
    assert main(["query", "--lang", "jawa", "SELECT 1"]) == 2


@pytest.mark.parametrize("arguments", [["--help"], ["status"], ["query", "SELECT count(*) FROM dokumen"]])
def test_fast_commands_start_fast_and_load_nothing_heavy(published: Published, arguments: list[str]) -> None:
    """Processor time, because wall time depends on who else is at work."""
    program = (
        "import sys; from pipeline.cli.main import main; code = main(sys.argv[1:]);"
        "heavy = {'prefect', 'pandas', 'pandera', 'cv2', 'pdfplumber', 'onnxruntime'} & set(sys.modules);"
        "sys.exit(f'{code} {heavy}' if code or heavy else 0)"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={"RKT_CURATED": str(published.curated), "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)

    assert run.returncode == 0, run.stderr
    assert (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime) < 1.5
