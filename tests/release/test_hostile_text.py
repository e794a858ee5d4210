"""What a PDF says is data, from its page to every form in which it is published."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.cli.main import main
from pipeline.release.build import publish
from tests.forms.reading import read

HEADER = ["No", "Sasaran", "Indikator Kinerja", "Satuan", "Target"]
BODY = [
    ["1", '=HYPERLINK("x","klik")', "<script>alert(1)</script>", "Persen", "90"],
    ["2", "+62 naik", "@SUM(A1:A9)", "-1+1", "=1+1"],
]
XS, TOP, HEIGHT = (40, 80, 300, 500, 600, 760), 500, 30
FORMULAS = tuple("=+-@")


@pytest.fixture(scope="module")
def curated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of one plan whose cells hold formulas and markup."""
    folder = tmp_path_factory.mktemp("jahat")
    canvas = Canvas(str(folder / "rkt.pdf"), pagesize=(842, 595))
    canvas.drawString(250, 560, "RENCANA KINERJA TAHUNAN 2024")
    rows = [HEADER, *BODY]
    for x in XS:
        canvas.line(x, TOP - HEIGHT * len(rows), x, TOP)
    for index in range(len(rows) + 1):
        canvas.line(XS[0], TOP - HEIGHT * index, XS[-1], TOP - HEIGHT * index)
    for index, row in enumerate(rows):
        for x, text in zip(XS, row, strict=False):
            canvas.drawString(x + 2, TOP - HEIGHT * index - 18, text)
    canvas.save()
    publish([read(folder / "rkt.pdf")], folder / "curated", inputs=[], reader_version="uji")
    return folder / "curated"


def test_parquet_holds_what_is_printed(curated: Path) -> None:
    rows = pq.read_table(curated / "current" / "parquet" / "indikator").to_pylist()
    assert [row["sasaran"] for row in rows] == [row[1] for row in BODY]
    assert [row["indikator"] for row in rows] == [row[2] for row in BODY]
    assert [row["target"] for row in rows] == [90.0, None]
    texts = pq.read_table(curated / "current" / "parquet" / "sel").column("teks").to_pylist()
    assert set(texts) >= {text for row in BODY for text in row}


def test_no_cell_of_a_csv_is_a_formula(curated: Path) -> None:
    for path in (curated / "current" / "csv").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            assert not [cell for row in csv.reader(stream) for cell in row if cell.startswith(FORMULAS)], path.name


def test_excel_gets_texts_and_never_formulas(curated: Path, tmp_path: Path) -> None:
    for dataset in ("indikator", "sel", "temuan"):
        target = tmp_path / f"{dataset}.xlsx"
        assert main(["ekspor", dataset, str(target), "--curated", str(curated)]) == 0
        cells = [cell for row in openpyxl.load_workbook(target)[dataset].iter_rows() for cell in row]
        assert {cell.data_type for cell in cells if str(cell.value).startswith(FORMULAS)} <= {"s"}
        assert not any(cell.hyperlink for cell in cells)
