"""From every figure through `bukti` to a box on a page whose own text holds it, read again with pdfium alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from pipeline.release.build import publish
from pipeline.release.query import query
from pipeline.release.result import DocumentResult
from tests.forms.case import OFFICE, REGION
from tests.forms.families import families
from tests.forms.lan import Rendering, draw_lan
from tests.forms.reading import read
from tests.forms.samples import PLAN
from tests.forms.sheet import A4_WIDE, Look
from tests.forms.traps import traps

RAW = Path(__file__).parents[1] / "raw"
YEARS = (2023, 2024)
# The figures of the contract, and the column that holds each as printed; a null where no column does.
FIGURES: dict[str, dict[str, str | None]] = {
    "program_kegiatan": {"pagu": "pagu_teks", "prakiraan_pagu": None},
    "indikator": {
        "target": "target_teks",
        "kondisi_awal": "kondisi_awal_teks",
        "prakiraan_target": "prakiraan_target_teks",
    },
    "target_periode": {"target": "target_teks", "anggaran": None},
    "rekening": {"jumlah": "jumlah_teks"},
}
BOXES = "SELECT sel_id, halaman, orientasi, x0, y0, x1, y1 FROM sel JOIN halaman USING (dokumen_id, halaman)"
Box = tuple[float, float, float, float]
WHOLE_NUMBER = re.compile(r"\d+(?:[.,]\d{3})*")


@dataclass(frozen=True)
class Figure:
    """One figure of one row; `printed` is null where the dataset has no column for how it is printed."""

    dataset: str
    baris_id: str
    column: str
    value: Decimal
    printed: str | None
    bukti: tuple[str, ...]


class Pages:
    """The text of a PDF under a box, straight from pdfium: nothing of ours stands between the page and the test."""

    def __init__(self, path: Path) -> None:
        self._document = pdfium.PdfDocument(path)
        self._text = cache(lambda number: self._document[number - 1].get_textpage())

    def under(self, number: int, turn: int, box: Box) -> str:
        """The characters under a box of the contract.

        The page counts from 1, the box is in points from the top left of the upright page; `turn` is `orientasi`.
        """
        page = self._document[number - 1]
        x0, y0, x1, y1 = box
        _, _, width, height = page.get_mediabox()
        sides = {  # pdfium keeps text where it is before any turn, from the bottom left
            0: (x0, height - y1, x1, height - y0),
            90: (y0, x0, y1, x1),
            180: (width - x1, y0, width - x0, y1),
            270: (width - y1, height - x1, width - y0, height - x0),
        }[(page.get_rotation() + turn) % 360]
        sheet = self._text(number)
        return line_by_line(sheet, sides) if page.get_rotation() else str(sheet.get_text_bounded(*sides))

    def close(self) -> None:
        self._document.close()


def line_by_line(sheet: pdfium.PdfTextpage, sides: Box) -> str:
    """The characters within sides on a page that is shown turned by a quarter, where pdfium tells no ends of lines."""
    text, last = "", 0.0
    for index in range(sheet.count_chars()):
        left, bottom, right, top = sheet.get_charbox(index, loose=True)
        across, along = (left + right) / 2, (bottom + top) / 2
        if sides[0] < across < sides[2] and sides[1] < along < sides[3]:
            text += ("\n" if abs(across - last) > (right - left) / 2 else "") + sheet.get_text_range(index, 1)
            last = across
    return text


def figures(rows: Mapping[str, list[dict[str, Any]]]) -> Iterator[Figure]:
    """Every figure that is not null, of every dataset that holds figures."""
    for dataset, columns in FIGURES.items():
        for row in rows[dataset]:
            for column, printed in columns.items():
                if row[column] is not None:
                    text = None if printed is None else row[printed]
                    value = Decimal(str(row[column]))
                    yield Figure(dataset, row["baris_id"], column, value, text, tuple(row["bukti"]))


def shows(text: str, figure: Figure) -> bool:
    """Whether text holds a figure as it is printed, or as a whole amount where that is not kept.

    White space does not count, but 2 does not stand in 12, nor in 2.5.
    """
    if figure.printed is not None:
        printed = r"\s*".join(map(re.escape, "".join(figure.printed.split())))
        return re.search(rf"(?<![\d.,]){printed}(?!\d|[.,]\d)", text) is not None
    amounts = (re.sub(r"\D", "", amount) for amount in WHOLE_NUMBER.findall(text))
    return any(Decimal(amount) == figure.value for amount in amounts)


def unshown(pdf: Path, found: list[Figure], cells: Sequence[tuple[Any, ...]]) -> list[str]:
    """The figures that no box of their evidence shows, in words; cells as `BOXES` gives them."""
    places = {sel_id: (page, turn, tuple(box)) for sel_id, page, turn, *box in cells}
    with closing(Pages(pdf)) as pages:
        return [
            f"{figure.baris_id} {figure.column}: {figure.printed or figure.value} not in {texts}"
            for figure in found
            for texts in [[pages.under(*places[sel_id]) for sel_id in figure.bukti]]
            if not any(shows(text, figure) for text in texts)
        ]


def contradicted(found: list[Figure]) -> list[str]:
    """The figures whose digits are not those of their printed text, as in `59.1` printed and 591 read."""
    return [
        f"{figure.baris_id} {figure.column}: {figure.printed} read as {figure.value}"
        for figure in found
        if figure.printed is not None and digits(str(figure.value)) not in re.sub(r"\D", "", figure.printed)
    ]


def digits(number: str) -> str:
    """The digits of a number as Python writes it, without a fraction of nothing but zeros."""
    return re.sub(r"\D", "", re.sub(r"\.0+$", "", number))


def rows_of(result: DocumentResult) -> dict[str, list[dict[str, Any]]]:
    return {dataset: result.table(dataset).to_pylist() for dataset in FIGURES}


def plan_of(year: int) -> Path:
    (path,) = (RAW / str(year)).glob("*.pdf")
    return path


@pytest.fixture(scope="module")
def curated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the plans that come with the project."""
    folder = tmp_path_factory.mktemp("bukti") / "curated"
    publish([read(plan_of(year)) for year in YEARS], folder, inputs=[], reader_version="uji")
    return folder


def released(curated: Path, dataset: str, year: int) -> list[dict[str, Any]]:
    answer = query(curated, f"SELECT * FROM {dataset} WHERE tahun = {year}")
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


@pytest.mark.parametrize("year", YEARS)
def test_every_figure_of_the_release_stands_on_its_page(curated: Path, year: int) -> None:
    found = list(figures({dataset: released(curated, dataset, year) for dataset in FIGURES}))
    assert len(found) > 150, "a walk over nothing proves nothing"
    assert unshown(plan_of(year), found, query(curated, f"{BOXES} WHERE sel.tahun = {year}").rows) == []
    assert contradicted(found) == []


@pytest.mark.parametrize("year", YEARS)
def test_evidence_lies_on_pages_that_are_no_copies(curated: Path, year: int) -> None:
    sql = f"""
        SELECT s.sel_id FROM sel s JOIN halaman h USING (dokumen_id, halaman)
        WHERE s.tahun = {year} AND h.salinan_dari IS NOT NULL
    """
    assert query(curated, sql).rows == []


@pytest.mark.parametrize("year", YEARS)
def test_every_word_is_accounted_for_or_a_finding_says_which_are_not(curated: Path, year: int) -> None:
    sheets = released(curated, "halaman", year)
    findings = released(curated, "temuan", year)
    told = {finding["halaman"] for finding in findings if finding["kode"] == "KATA_TAK_TERPAKAI"}
    assert sum(sheet["kata"] for sheet in sheets) > 1000
    assert {sheet["halaman"] for sheet in sheets if sheet["kata"] != sheet["kata_terpakai"]} == told
    assert all(sheet["kata_terpakai"] <= sheet["kata"] for sheet in sheets), "no word is used twice"


def assert_shown(pdf: Path, result: DocumentResult) -> list[Figure]:
    """Hold every figure of a result against its page; returns the figures."""
    found = list(figures(rows_of(result)))
    turns = {sheet["halaman"]: sheet["orientasi"] for sheet in result.table("halaman").to_pylist()}
    cells = [
        (cell["sel_id"], cell["halaman"], turns[cell["halaman"]], *(cell[side] for side in ("x0", "y0", "x1", "y1")))
        for cell in result.table("sel").to_pylist()
    ]
    problems = unshown(pdf, found, cells)
    assert not problems, "\n".join(problems)
    assert contradicted(found) == []
    return found


def test_every_figure_of_other_layouts_stands_on_its_page(tmp_path: Path) -> None:
    """Next year's figures, quarters and months too, which the plans at hand do not have."""
    walked: set[tuple[str, str]] = set()
    for family in [*families(), *traps()]:
        pdf = family.draw(tmp_path / f"{family.name}.pdf")
        walked |= {(figure.dataset, figure.column) for figure in assert_shown(pdf, read(pdf))}
    assert walked >= {
        ("program_kegiatan", "pagu"),
        ("program_kegiatan", "prakiraan_pagu"),
        ("indikator", "target"),
        ("indikator", "prakiraan_target"),
        ("target_periode", "target"),
    }


PAGES: dict[str, dict[str, Any]] = {
    **{f"{height:.0f}-high": {"page": (842.0, height), "size": 6.8} for height in (300.0, 340.0, 380.0)},
    **{f"turned-{turn}": {"page": A4_WIDE, "rotate": turn} for turn in (90, 270)},
}


@pytest.mark.parametrize("page", PAGES)
def test_a_figure_cut_off_from_its_row_is_shown_where_it_stands(tmp_path: Path, page: str) -> None:
    look = Look(footer="Rencana Kinerja Tahunan", **PAGES[page])
    rendering = Rendering(("joined", "own_rows", "stacked"), seed=3)
    pdf = draw_lan(tmp_path / "rkt.pdf", PLAN, look, rendering, 2025, REGION, OFFICE)
    columns = {figure.column for figure in assert_shown(pdf, read(pdf))}
    assert columns == {"pagu", "target"}
