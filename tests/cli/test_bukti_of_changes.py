"""`rkt bukti` of a change: a picture of each document, told with its file, named by one pattern."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.intake import find_documents
from pipeline.release.build import publish
from pipeline.release.manifest import InputFile
from pipeline.release.result import DocumentResult
from pipeline.release.validate import validate
from schemas.ledger import Ledger
from tests.conftest import MakePdf

Capture = pytest.CaptureFixture[str]


def plan(pdf: Path, tahun: int) -> DocumentResult:
    """A sub kegiatan whose pagu is its year, in a cell of page 1."""
    source = find_documents([pdf]).documents[0].source
    book, key = Ledger(source.dokumen_id), source.dokumen_id
    about = {"jenis_dokumen": "rkt", "perangkat_daerah": "Dinas Contoh", "wilayah": "Kabupaten Contoh"}
    book.add("dokumen", **{**source.columns(), "versi_pembaca": "1", "status": "lengkap", **about})
    book.add("halaman", halaman=1, jenis="teks", mesin="pdfium", orientasi=0, kata=1, kata_terpakai=1)
    box = {"x0": 72.0, "y0": 60.0, "x1": 300.0, "y1": 80.0}
    book.add("sel", halaman=1, sel_id=f"{key}-sel-1", jenis="sel", teks=str(tahun), **box)
    book.add(
        "program_kegiatan", halaman=1, bukti=[f"{key}-sel-1"], node_id=f"{key}-n1", level="sub_kegiatan",
        nama="Uji Air", pagu=Decimal(tahun),
    )  # fmt: skip
    return validate(book, tahun)


@pytest.fixture
def changed(
    tmp_path: Path, make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> tuple[list[str], str, dict[str, str]]:
    """The arguments that name the release and the PDFs, the key of a change, and the key of each file."""
    monkeypatch.chdir(tmp_path)
    pdfs = [make_pdf(tmp_path / f"rkt-{tahun}.pdf", str(tahun)) for tahun in (2023, 2024)]
    results = [plan(pdf, tahun) for pdf, tahun in zip(pdfs, (2023, 2024), strict=True)]
    publish(results, tmp_path / "curated", inputs=[InputFile("x", "0" * 64)], reader_version="1")
    place = ["--curated", str(tmp_path / "curated")]
    assert main(["query", "SELECT baris_id FROM perbandingan", "--format", "json", *place]) == 0
    (change,) = json.loads(capsys.readouterr().out)
    keys = {pdf.name: result.dokumen_id for pdf, result in zip(pdfs, results, strict=True)}
    return [*place, *(word for pdf in pdfs for word in ("--pdf", str(pdf)))], change["baris_id"], keys


@pytest.mark.parametrize("named", [False, True])
def test_both_pictures_are_named_alike_and_told_with_their_file(
    changed: tuple[list[str], str, dict[str, str]], tmp_path: Path, capsys: Capture, named: bool
) -> None:
    place, change, keys = changed
    stem = "gambar" if named else change
    assert main(["bukti", change, *place, *(["-o", "gambar.png"] if named else [])]) == 0
    assert sorted(path.name for path in tmp_path.glob("*.png")) == sorted(
        f"{stem}-{key}-h1.png" for key in keys.values()
    )
    told = capsys.readouterr().err
    for name, key in keys.items():
        assert f"Gambar: {stem}-{key}-h1.png ({name}, halaman 1)" in told


def test_the_one_picture_of_a_row_is_the_file_that_is_named(
    changed: tuple[list[str], str, dict[str, str]], tmp_path: Path
) -> None:
    place, _, keys = changed
    row = f"{keys['rkt-2024.pdf']}-program_kegiatan-00001"
    pdf = ["--pdf", str(tmp_path / "rkt-2024.pdf")]
    assert main(["bukti", row, *place[:2], *pdf]) == 0
    assert main(["bukti", row, *place[:2], *pdf, "-o", "satu.png"]) == 0
    assert sorted(path.name for path in tmp_path.glob("*.png")) == sorted([f"{row}-h1.png", "satu.png"])
