"""A drawn plan, scanned on its side, from the file to its records; and what is said of digits that are unclear."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from pipeline.release.result import DocumentResult
from pipeline.threads import VARIABLE, tell_threads, threads_file
from tests.forms.case import Family, Records, titled
from tests.forms.reading import differences, read
from tests.forms.sheet import A4, Look, Sheet, cell

DPI = 200
ROWS = [
    ("Program Hutan Rakyat", "Luas hutan yang dipelihara", "Hektare", 412, 84_500_000),
    ("Program Madu Hutan", "Jumlah kelompok peternak lebah", "Kelompok", 37, 41_250_000),
    ("Program Benih Unggul", "Jumlah benih yang dibagikan", "Batang", 6_400, 120_800_000),
]


def plan() -> Family:
    header = [
        cell(0, i, text) for i, text in enumerate(["No", "Program", "Indikator", "Satuan", "Target", "Pagu (Rp)"])
    ]
    body, records = [], Records()
    for row, (program, measure, unit, target, amount) in enumerate(ROWS):
        dotted = [f"{value:,}".replace(",", ".") for value in (target, amount)]
        texts = (str(row + 1), program, measure, unit, *dotted)
        body += [cell(row, column, text) for column, text in enumerate(texts)]
        records.node("program", program, float(amount), nomor=str(row + 1))
        records.indicator("program", measure, unit, dotted[0], float(target))
    sheet = Sheet([6, 24, 28, 12, 10, 18], header, body)
    return Family(
        "pindai", Look(page=A4, size=9, font="Helvetica", bold="Helvetica-Bold"), titled(sheet), records.truth()
    )


def scanned(drawn: Path, target: Path, change: Callable[[Any], Any]) -> Path:
    """The pages of a PDF as grainy pictures, each changed in between."""
    with pdfium.PdfDocument(drawn) as document:
        pages = [page.render(scale=DPI / 72, grayscale=True).to_numpy() for page in document]
    grain = np.random.default_rng(5)
    sheets = []
    for page in pages:
        pixels = change(page.reshape(page.shape[:2]).copy())
        noisy = np.clip(pixels * 0.95 + grain.normal(0, 5, pixels.shape), 0, 255)
        sheets.append(Image.fromarray(noisy.astype(np.uint8)))
    sheets[0].save(target, save_all=True, append_images=sheets[1:], resolution=DPI, quality=85)
    return target


def findings(result: DocumentResult, kode: str) -> list[dict[str, Any]]:
    return [row for row in result.table("temuan").to_pylist() if row["kode"] == kode]


@pytest.fixture(scope="module")
def sideways(tmp_path_factory: pytest.TempPathFactory) -> DocumentResult:
    folder = tmp_path_factory.mktemp("pindai")
    drawn = plan().draw(folder / "gambar.pdf")
    return read(scanned(drawn, folder / "pindai.pdf", lambda pixels: np.rot90(pixels, 1)))


def test_a_sheet_on_its_side_is_read_as_it_was_drawn(sideways: DocumentResult) -> None:
    assert differences(sideways, plan().truth) == []
    assert sideways.status == "lengkap"
    (page,) = sideways.table("halaman").to_pylist()
    assert (page["jenis"], page["orientasi"], page["mesin"]) == ("pindai", 90, "rapidocr")
    assert page["kata"] == page["kata_terpakai"] > 30


def test_every_cell_of_a_scan_says_how_surely_it_was_read(sideways: DocumentResult) -> None:
    cells = [row for row in sideways.table("sel").to_pylist() if row["teks"]]
    assert all(0 < row["keyakinan"] < 1 for row in cells)


def test_boxes_are_those_of_the_upright_page(sideways: DocumentResult) -> None:
    (cell_,) = [row for row in sideways.table("sel").to_pylist() if row["teks"] == "120.800.000"]
    assert cell_["x0"] > A4[0] / 2
    assert cell_["y0"] < A4[1] / 2


@pytest.mark.long
def test_pages_read_at_once_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pdfium.PdfDocument.new() as thrice, pdfium.PdfDocument(plan().draw(tmp_path / "gambar.pdf")) as once:
        for _ in range(3):
            thrice.import_pages(once)
        thrice.save(tmp_path / "tiga.pdf")
    path = scanned(tmp_path / "tiga.pdf", tmp_path / "pindai.pdf", lambda pixels: pixels)
    monkeypatch.setenv(VARIABLE, str(threads_file(tmp_path)))
    results = []
    for threads in (1, 3):
        tell_threads(tmp_path, threads)
        results.append(read(path).to_bytes())
    assert results[0] == results[1]


def test_a_digit_under_a_blot_is_doubted(tmp_path: Path) -> None:
    drawn = plan().draw(tmp_path / "gambar.pdf")
    with pdfium.PdfDocument(drawn) as document:
        text = document[0].get_textpage()
        at = text.search("41.250.000").get_next()
        assert at is not None
        x0, y0, x1, y1 = text.get_charbox(at[0] + 1)
        height = document[0].get_height()
    middle = (round((x0 + x1) / 2 * DPI / 72), round((height - (y0 + y1) / 2) * DPI / 72))

    def blotted(pixels: Any) -> Any:
        return cv2.circle(pixels, middle, 7, 70, -1)

    result = read(scanned(drawn, tmp_path / "noda.pdf", blotted))

    (row,) = [row for row in result.table("program_kegiatan").to_pylist() if "Madu" in row["nama"]]
    said = [one for one in findings(result, "OCR_MERAGUKAN") if one["baris_id"] == row["baris_id"]]
    said += [one for one in findings(result, "TULISAN_TAK_TERBACA") if one["baris_id"] == row["baris_id"]]
    assert {one["kolom"] for one in said} == {"pagu"}
    assert all(one["bukti"] and one["jenis"] == "pembacaan" for one in said)
