"""`rkt explain`, and `--vocabulary`: what they say about a form that the project's own words do not know."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.cli.main import main
from pipeline.release.query import query
from tests.conftest import MakePdf
from tests.forms.case import YEAR, Family, Records, titled
from tests.forms.sheet import Look, Sheet, cell

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A table with a known, a twofold and an unknown column, and the next year's budget."""
    titles = ["No", "Program", "Indikator Kinerja", f"Target {YEAR}", "Ukuran Janji (%)"]
    header = [cell(0, column, text, row_span=2) for column, text in enumerate(titles)]
    header += [cell(0, 5, f"Prakiraan Maju Tahun {YEAR + 1}"), cell(1, 5, "Anggaran (Rp. 000)")]
    body = [
        cell(row, column, text)
        for row, name in enumerate(("Arsip", "Literasi"))
        for column, text in enumerate((str(row + 1), f"Program {name}", f"Indeks {name}", "75", "12", "1.500"))
    ]
    family = Family("jelas", Look(size=9), titled(Sheet([5, 20, 25, 10, 10, 20], header, body)), Records().truth())
    return family.draw(tmp_path / "rencana.pdf")


def test_it_says_what_each_column_is_read_as_and_why(plan: Path, capsys: Capture) -> None:
    assert main(["explain", str(plan)]) == 0

    out = capsys.readouterr().out
    assert "Tabel 1 · halaman 1 · RENCANA KINERJA TAHUNAN" in out
    assert "Tata letak: rencana_kinerja. Kolom yang dikenal: 5 dari 6." in out
    (line,) = [line for line in out.splitlines() if "Indikator Kinerja" in line]
    assert [part.strip() for part in line.split("│")[1:5]] == [
        "3",
        "Indikator Kinerja",
        "indikator",
        "«indikator kinerja»",
    ]
    (line,) = [line for line in out.splitlines() if "Prakiraan Maju" in line]
    assert f"tahun berikutnya, tahun {YEAR + 1}, satuan Rupiah, angka dikalikan 1000" in line
    assert "pagu" in line


def test_it_speaks_english(plan: Path, capsys: Capture) -> None:
    assert main(["explain", "--lang", "en", str(plan)]) == 0
    captured = capsys.readouterr()
    assert "Layout: rencana_kinerja. Columns known: 5 of 6." in captured.out
    assert "1 phrases are not known." in captured.err


def test_what_is_missing_is_printed_as_a_file_that_can_be_used(plan: Path, tmp_path: Path, capsys: Capture) -> None:
    main(["explain", str(plan)])
    out = capsys.readouterr().out
    snippet = out[out.index("# Simpan") :]
    assert yaml.safe_load(snippet) == {"ignored": ["ukuran janji"]}
    words = tmp_path / "kosakata.yaml"
    words.write_text(snippet, "utf-8")

    assert main(["explain", str(plan), "--vocabulary", str(words)]) == 0

    captured = capsys.readouterr()
    assert "Kolom yang dikenal: 6 dari 6." in captured.out
    assert "# Simpan" not in captured.out
    assert "Semua judul kolom dikenal." in captured.err


def test_a_phrase_can_be_moved_to_what_it_means(plan: Path, tmp_path: Path, capsys: Capture) -> None:
    words = tmp_path / "kosakata.yaml"
    words.write_text("fields: {keterangan: [ukuran janji]}", "utf-8")

    assert main(["show", str(plan), "--vocabulary", str(words)]) == 0
    assert main(["explain", str(plan), "--vocabulary", str(words)]) == 0

    out = capsys.readouterr().out
    (line,) = [line for line in out.splitlines() if "Ukuran Janji (%)" in line and "│" in line]
    assert "keterangan" in line


@pytest.mark.xdist_group("prefect")
@pytest.mark.usefixtures("prefect_home")
def test_an_ingest_reads_with_the_words(plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("kosakata.yaml").write_text("fields: {keterangan: [ukuran janji]}", "utf-8")
    curated = tmp_path / "curated"
    arguments = ["ingest", str(plan), "--curated", str(curated), "--workers", "1"]

    assert main([*arguments, "--vocabulary", "kosakata.yaml"]) == 0
    assert query(curated, "SELECT keterangan FROM indikator").rows == [("12",), ("12",)]


def test_a_table_without_known_words_shows_what_stands_at_its_top(tmp_path: Path, capsys: Capture) -> None:
    cells = [cell(0, 0, "Payung Karya"), cell(0, 1, "Bidikan"), cell(1, 0, "Arsip"), cell(1, 1, "12")]
    sheet = Sheet([50, 50], cells[:2], [cell(0, column, c) for column, c in enumerate(("Arsip", "12"))])
    family = Family("asing", Look(size=9), titled(sheet), Records().truth())

    assert main(["explain", str(family.draw(tmp_path / "asing.pdf"))]) == 0

    out = capsys.readouterr().out
    assert "TIDAK DIKENAL" in out
    assert "Payung Karya | Bidikan" in out
    assert yaml.safe_load(out[out.index("# Simpan") :]) == {"ignored": ["payung karya", "bidikan"]}


def test_a_file_without_tables_and_one_that_is_not_there(tmp_path: Path, make_pdf: MakePdf, capsys: Capture) -> None:
    assert main(["explain", str(make_pdf(tmp_path / "kosong.pdf"))]) == 0
    assert "Tidak ada tabel" in capsys.readouterr().err
    assert main(["explain", str(tmp_path / "tidak-ada.pdf")]) == 1
    assert "tidak-ada.pdf" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("- frasa", "bagian-bagian"),
        ("", "bagian-bagian"),
        ("fields: [", "lihat baris 1"),
        ("kolom: {target: [bidikan]}", "`kolom`"),
        ("fields: {bidikan: [target]}", "`bidikan` tidak ada dalam `fields`"),
        ("fields: [bidikan]", "`fields` harus berisi nama"),
        ("fields: {target: bidikan}", "`fields: target` harus berupa daftar"),
        ("fields: {nomor: [no]}", "Beri tanda kutip"),
        ("ignored: bidikan", "`ignored` harus berupa daftar"),
    ],
)
@pytest.mark.parametrize("command", ["ingest", "show", "explain"])
def test_words_that_cannot_be_used_are_one_line_and_exit_code_2(
    tmp_path: Path, make_pdf: MakePdf, capsys: Capture, command: str, content: str, said: str
) -> None:
    words = tmp_path / "kosakata.yaml"
    words.write_text(content, "utf-8")

    assert main([command, str(make_pdf(tmp_path / "a.pdf")), "--vocabulary", str(words)]) == 2

    (line,) = capsys.readouterr().err.splitlines()
    assert str(words) in line
    assert said in line


def test_words_that_are_not_there_or_no_text(tmp_path: Path, make_pdf: MakePdf, capsys: Capture) -> None:
    pdf = str(make_pdf(tmp_path / "a.pdf"))
    (tmp_path / "gambar.yaml").write_bytes(b"\xff\xfe\x00")

    assert main(["show", pdf, "--vocabulary", str(tmp_path / "tidak-ada.yaml")]) == 2
    assert main(["show", pdf, "--vocabulary", str(tmp_path / "gambar.yaml")]) == 2

    missing, binary = capsys.readouterr().err.splitlines()
    assert "tidak-ada.yaml" in missing
    assert "UTF-8" in binary
