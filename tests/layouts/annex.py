"""Budget annexes drawn for tests: ruled row by row, or a ruled frame in which nothing parts the rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Literal

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

PAGE = (595.0, 842.0)
LEFT, TOP, SIZE, PITCH = 40.0, 120.0, 8.0, 10.0


@dataclass(frozen=True)
class Printed:
    """A row as it is printed: its code (one text, or one per code column), its texts with line feeds, its amount."""

    code: str | tuple[str, ...]
    name: str
    amount: str
    law: str = ""
    bold: bool = False


@dataclass(frozen=True)
class Annex:
    """How an annex is set. `per_page` rows stand on each page; `padding` is the free space between rows, in points."""

    rows: Sequence[Printed]
    header: Sequence[str] = ("KODE REKENING", "URAIAN", "JUMLAH (Rp)", "DASAR HUKUM")
    codes: int = 1
    ruled: bool = True
    per_page: int = 50
    valign: Literal["top", "middle", "bottom"] = "top"
    padding: float = 4.0
    title: str = "RINGKASAN ANGGARAN PENDAPATAN DAN BELANJA DAERAH TAHUN ANGGARAN 2024"

    @property
    def edges(self) -> list[float]:
        widths = [90.0 / self.codes] * self.codes + [210.0, 110.0, 100.0]
        return list(accumulate(widths, initial=LEFT))


def draw_annex(path: Path, annex: Annex) -> Path:
    """A PDF of an annex, its header again on each page."""
    canvas = Canvas(str(path), pagesize=PAGE, invariant=True)
    for start in range(0, len(annex.rows), annex.per_page):
        if start == 0:
            _text(canvas, LEFT, 80, annex.title, bold=True)
        _page(canvas, annex, annex.rows[start : start + annex.per_page])
        canvas.showPage()
    canvas.save()
    return path


def _page(canvas: Canvas, annex: Annex, rows: Sequence[Printed]) -> None:
    edges = annex.edges
    y = TOP + 20
    for text, (x0, x1) in zip(annex.header, _header_edges(annex), strict=True):
        _text(canvas, (x0 + x1 - stringWidth(text, "Helvetica-Bold", SIZE)) / 2, TOP + 6, text, bold=True)
    ys = [TOP, y]
    for row in rows:
        height = PITCH * max(_lines(row)) + annex.padding
        _row(canvas, annex, row, y, height)
        y += height
        ys.append(y)
    for edge in ys if annex.ruled else (TOP, TOP + 20, y):
        canvas.line(edges[0], PAGE[1] - edge, edges[-1], PAGE[1] - edge)
    for index, x in enumerate(edges):
        top = TOP + 20 if 0 < index < annex.codes else TOP
        canvas.line(x, PAGE[1] - top, x, PAGE[1] - y)


def _header_edges(annex: Annex) -> Iterator[tuple[float, float]]:
    edges = annex.edges
    yield edges[0], edges[annex.codes]
    yield from zip(edges[annex.codes :], edges[annex.codes + 1 :], strict=False)


def _lines(row: Printed) -> Iterator[int]:
    yield from (text.count("\n") + 1 for text in (row.name, row.amount, row.law))


def _row(canvas: Canvas, annex: Annex, row: Printed, top: float, height: float) -> None:
    codes = (row.code,) if isinstance(row.code, str) else row.code
    texts = [*codes, *[""] * (annex.codes - len(codes)), row.name, row.amount, row.law]
    for column, text in enumerate(texts):
        lines = text.split("\n")
        free = height - annex.padding - PITCH * len(lines)
        y = top + annex.padding / 2 + {"top": 0.0, "middle": free / 2, "bottom": free}[annex.valign]
        for number, line in enumerate(lines):
            font = "Helvetica-Bold" if row.bold else "Helvetica"
            right = annex.edges[column + 1] - 3 - stringWidth(line, font, SIZE)
            x = right if column == annex.codes + 1 else annex.edges[column] + 3
            _text(canvas, x, y + number * PITCH, line, row.bold)


def _text(canvas: Canvas, x: float, top: float, text: str, bold: bool = False) -> None:
    canvas.setFont("Helvetica-Bold" if bold else "Helvetica", SIZE)
    canvas.drawString(x, PAGE[1] - top - SIZE, text)
