"""A document that stands in its file twice, with one amount changed in the second copy."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw

from tests.forms.reading import read

TWICE = Path(__file__).parents[1] / "raw" / "2024" / "rkt-2024-bkpsdm-way-kanan.pdf"
PAGE, FIRST = 45, 19
PRINTED, CHANGED = "7.745.000", "777.777.777"


def change_text(document: pdfium.PdfDocument, number: int, printed: str, changed: str) -> None:
    page = document[number - 1]
    text = page.get_textpage()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        size = raw.FPDFTextObj_GetText(item.raw, text.raw, None, 0)
        held = (ctypes.c_ushort * size)()
        raw.FPDFTextObj_GetText(item.raw, text.raw, held, size)
        if bytes(held).decode("utf-16-le").strip("\0 ") == printed:
            new = changed.encode("utf-16-le") + b"\0\0"
            raw.FPDFText_SetText(item.raw, ctypes.cast(new, ctypes.POINTER(ctypes.c_ushort)))
            page.gen_content()
            return
    pytest.fail(f"{printed} is not on page {number}")


def test_an_amount_that_only_the_second_copy_has_is_said(tmp_path: Path) -> None:
    path = tmp_path / "berubah.pdf"
    with pdfium.PdfDocument(TWICE) as document:
        change_text(document, PAGE, PRINTED, CHANGED)
        document.save(path)

    result = read(path)

    pages = {row["halaman"]: row["salinan_dari"] for row in result.table("halaman").to_pylist()}
    assert pages[PAGE] == FIRST
    said = [row for row in result.table("temuan").to_pylist() if row["kode"] == "SALINAN_BEDA_ANGKA"]
    assert {(row["dataset"], row["kolom"]) for row in said} == {("program_kegiatan", "pagu"), ("indikator", "target")}
    for row in said:
        assert (row["nilai"], row["pembanding"], row["halaman"]) == (PRINTED, CHANGED, FIRST)
        assert f"Halaman {PAGE} mengulang halaman {FIRST}" in row["pesan"]
        (cell,) = [one for one in result.table("sel").to_pylist() if one["sel_id"] in row["bukti"]]
        assert cell["teks"] == PRINTED


def test_copies_that_agree_say_nothing() -> None:
    assert not [row for row in read(TWICE).table("temuan").to_pylist() if row["kode"] == "SALINAN_BEDA_ANGKA"]
