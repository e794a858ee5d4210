"""The reports in the programs that auditors open them with. Skipped, and said so, where those are not installed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from pipeline.reports.doubts import Doubts
from pipeline.reports.model import Pair, Uncertain
from pipeline.reports.write import write_comparison_reports
from tests.reports.conftest import FORMULA, HOSTILE, LATER, MakePair

_CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_OFFICE = next(filter(None, map(shutil.which, ("soffice", "libreoffice"))), None)
_QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip

needs_chromium = pytest.mark.skipif(_CHROMIUM is None, reason="Chromium is not installed")
needs_office = pytest.mark.skipif(_OFFICE is None, reason="LibreOffice is not installed")


def _browse(page: Path, folder: Path, *wanted: str) -> tuple[str, list[str]]:
    """Open a page in Chromium; returns what it printed and every URL that the page asked for, by the network log."""
    log = folder / "net.json"
    profile = f"--user-data-dir={folder / 'profil'}"
    # A proxy that nothing listens at: whatever a page asks for is seen, and leads nowhere.
    offline = ("--proxy-server=127.0.0.1:9", f"--log-net-log={log}")
    done = subprocess.run(
        [str(_CHROMIUM), *_QUIET, *offline, profile, *wanted, page.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    events: list[dict[str, Any]] = json.loads(log.read_text("utf-8"))["events"]
    asked = (event["params"] for event in events if "url" in event.get("params", {}))
    # What Chromium asks of its own accord has no origin: only the page is on trial here.
    urls = {str(one["url"]) for one in asked if one.get("initiator", "not an origin") != "not an origin"}
    return done.stdout, sorted(url for url in urls if not url.startswith(("data:", "file:")))


@needs_chromium
def test_the_test_sees_what_a_page_asks_for(tmp_path: Path) -> None:
    page = tmp_path / "gambar.html"
    page.write_text('<img src="http://contoh.invalid/gambar.png">')
    assert _browse(page, tmp_path, "--dump-dom")[1] == ["http://contoh.invalid/gambar.png"]


@needs_chromium
def test_the_page_opens_without_network_with_its_style_and_picture(make_pair: MakePair, tmp_path: Path) -> None:
    page, _ = write_comparison_reports([make_pair()], tmp_path)
    dom, asked = _browse(page, tmp_path, "--dump-dom")
    assert asked == []
    assert "<title>Perbandingan rencana kinerja: RKT 2023" in dom
    assert "&lt;script&gt;document.title" in dom


@needs_chromium
def test_the_policy_stops_script_and_network_should_any_get_in(make_pair: MakePair, tmp_path: Path) -> None:
    page, _ = write_comparison_reports([make_pair()], tmp_path)
    intruder = '<script>document.title="diserang"</script><img src="http://contoh.invalid/a.png"></main>'
    page.write_text(page.read_text("utf-8").replace("</main>", intruder), "utf-8")
    dom, asked = _browse(page, tmp_path, "--dump-dom")
    assert "<title>Perbandingan" in dom
    assert asked == []


@needs_chromium
def test_the_page_prints_on_a4_with_headers_repeated(make_pair: MakePair, tmp_path: Path) -> None:
    page, _ = write_comparison_reports([make_pair(make_pair().changes * 40)], tmp_path)  # type: ignore[arg-type]
    target = tmp_path / "cetak.pdf"
    _browse(page, tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={target}")
    with pypdfium2.PdfDocument(target) as document:
        sizes = {tuple(round(side) for side in document.get_page_size(number)) for number in range(len(document))}
        texts = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
        pictures = [thing for thing in document[0].get_objects() if thing.type in (2, 5)]
    assert sizes <= {(595, 842), (594, 841), (595, 841), (596, 842)}
    assert sum("Berkurang" in text for text in texts) >= 2
    assert all("Selisih" in text for text in texts if "Berkurang" in text)
    assert "1.234.567" in "".join(texts)
    assert pictures  # the chart: paths or a form


@needs_chromium
def test_a_doubt_prints_in_words_beside_its_figure(make_pair: MakePair, tmp_path: Path) -> None:
    page, _ = write_comparison_reports([_doubted(make_pair())], tmp_path)
    target = tmp_path / "cetak.pdf"
    _browse(page, tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={target}")
    with pypdfium2.PdfDocument(target) as document:
        text = "".join(document[number].get_textpage().get_text_bounded() for number in range(len(document)))
    assert re.search(r"1\.234\.567\s+\S?\s*diragukan", text)
    assert "Yang tidak dapat dipastikan" in text


@needs_office
def test_libreoffice_keeps_every_value_and_calculates_the_same(make_pair: MakePair, tmp_path: Path) -> None:
    _, book = write_comparison_reports([_doubted(make_pair())], tmp_path)
    folder = tmp_path / "hasil"
    environment = {**os.environ, "HOME": str(tmp_path)}
    command = [str(_OFFICE), "--headless", f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"]
    convert = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), str(book)]
    subprocess.run([*command, *convert], check=True, timeout=180, capture_output=True, env=environment)
    written, kept = (openpyxl.load_workbook(path, data_only=True) for path in (book, folder / book.name))
    assert kept.sheetnames == written.sheetnames
    assert {"Pagu berubah", "Yang tidak dapat dipastikan"} <= set(kept.sheetnames)
    assert kept["Pagu berubah"]["J2"].value == "Tujuan: OCR_MERAGUKAN"
    for sheet in written.worksheets:
        other = kept[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                assert _same(cell.value, other[cell.coordinate].value), (sheet.title, cell.coordinate)
    names = {cell.value for cell in kept["Rencana"]["E"]}
    assert FORMULA in names
    assert set(HOSTILE[:-1]) <= names


def _doubted(pair: Pair) -> Pair:
    """The pair with the later amount of its first sub kegiatan in doubt, and a level that only the earlier one has."""
    doubts = Doubts({(f"{LATER}-n1", "pagu"): ("OCR_MERAGUKAN",)})
    return replace(pair, after=replace(pair.after, doubts=doubts), uncertain=Uncertain(only_before=("kegiatan",)))


def _same(one: object, other: object) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return other == pytest.approx(one)
    return one == other
