"""Our cells against pdfplumber's on every sample page with ruled tables.

Each document has a floor: the share of our cells with text that pdfplumber has too, as measured, and why it is not 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pytest

from pipeline.document import read_pages
from pipeline.tables.build import page_tables
from tests.tables.plumber import Agreement, agreement, read_cells

# pdfplumber knows a cell by its four corners: it loses cells with an open side.
OPEN = "cells without a closing rule are lost to pdfplumber"
# We part rows by the bands of other columns and by shading; pdfplumber leaves them merged.
MERGED = "rows that rules do not part are one cell to pdfplumber"
CHARS = "letters printed over others, or clipped by their row, stand in pdfplumber's text"
ORDER = "lines of one cell in another order"
CHART = "charts and organisation charts that look like tables"

FLOORS: dict[str, tuple[float, str]] = {
    "facsimile/rkt-2023-bkpsdm-way-kanan.pdf": (1.0, ""),
    "facsimile/rkt-2024-bkpsdm-way-kanan.pdf": (1.0, ""),
    "real/v01-dishub-jabar-2016.pdf": (1.0, ""),
    "real/v02-inspektorat-jabar-2016-program.pdf": (0.78, f"{OPEN}; {MERGED}"),
    "real/v03-bp3akb-jabar-2016.pdf": (1.0, ""),
    "real/v04-setwan-purbalingga-ranwal-renja-2027.pdf": (1.0, ""),
    "real/v06-diskominfo-pk-2017.pdf": (1.0, ""),
    "real/v09-tabel-3-1-renja-2016.pdf": (0.53, f"{OPEN}; {MERGED}"),
}
CORPUS: dict[str, tuple[float, str]] = {
    "c01": (0.98, OPEN),
    "c02": (0.99, CHARS),
    "c03": (0.97, MERGED),
    "c04": (0.98, CHARS),
    "c05": (0.92, OPEN),
    "c06": (1.0, ""),
    "c07": (0.99, CHARS),
    "c08": (1.0, ""),
    "c09": (0.58, MERGED),
    "c10": (1.0, ""),
    "c11": (0.99, OPEN),
    "c12": (1.0, ""),
    "c13": (0.98, CHART),
    "c14": (0.97, CHARS),
    "c15": (1.0, ""),
    "c16": (0.97, OPEN),
    "c17": (0.96, ORDER),
    "c18": (1.0, ""),
    "c20": (0.86, CHART),
    "c22": (0.5, OPEN),
    "c24": (0.98, MERGED),
    "c25": (1.0, ""),
    "c26": (1.0, ""),
    "c27": (0.93, OPEN),
    "c28": (0.93, OPEN),
    "c29": (0.93, OPEN),
    "c30": (0.93, OPEN),
    "c31": (1.0, ""),
}
# Cells whose figures differ although ours are right: letters of the row above, or printed twice, in pdfplumber's cells.
OTHER_FIGURES = {"c02": 1, "c04": 20, "c11": 3, "c14": 3, "c20": 3}


def agreements(path: Path) -> Iterator[Agreement]:
    """One per table of each page that has some."""
    tables = {page.number: page_tables(page)[0] for page in read_pages(path) if page.engine == "pdfium"}
    with pdfplumber.open(path, pages=[number for number, found in tables.items() if found]) as document:
        for page in document.pages:
            cells = read_cells(page)
            yield from (agreement(table, cells) for table in tables[page.page_number])


def shares(path: Path) -> tuple[float, int]:
    """The share of cells agreed upon, and how many hold other figures."""
    found = list(agreements(path))
    compared = sum(one.compared for one in found)
    assert compared > 0
    figures = sum(difference.figures_differ for one in found for difference in one.differences)
    return sum(one.alike for one in found) / compared, figures


@pytest.mark.parametrize("name", FLOORS)
def test_two_readers_agree(samples, name):
    share, figures = shares(samples / name)
    assert share >= FLOORS[name][0]
    assert figures == 0


@pytest.mark.long
@pytest.mark.parametrize("name", CORPUS)
def test_two_readers_agree_on_the_corpus(samples, name):
    share, figures = shares(samples / "corpus" / f"{name}.pdf")
    assert share >= CORPUS[name][0]
    assert figures <= OTHER_FIGURES.get(name, 0)


def test_every_document_whose_floor_is_below_one_says_why():
    assert all(reason for floor, reason in [*FLOORS.values(), *CORPUS.values()] if floor < 1)
