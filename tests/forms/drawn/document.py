"""A drawn document by seed: content in a form that nobody chose by hand, with its exact truth."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.forms.draw import Paper
from tests.forms.drawn.columns import Column, budget_columns, header_cells, target_columns
from tests.forms.drawn.content import NODE_LEVELS, Content, cut
from tests.forms.drawn.form import Form, choose, levels_of
from tests.forms.drawn.rows import Body, prepare
from tests.forms.drawn.stacks import Stack
from tests.forms.drawn.targets import objective_body
from tests.forms.sheet import A4, A4_WIDE, FOLIO_WIDE, Cell, Look, Sheet

PAGES = {"wide": A4_WIDE, "folio": FOLIO_WIDE, "tall": A4, "low": (842.0, 380.0)}
FONTS = (("Times-Roman", "Times-Bold"), ("Helvetica", "Helvetica-Bold"))
PROSE = (
    "Rencana ini memuat apa yang dikerjakan dalam satu tahun, siapa pelaksananya, dan bagaimana hasilnya diukur. "
    "Rinciannya tercantum dalam tabel yang menjadi satu kesatuan dengan rencana ini."
)
# Letters are set so much smaller, and the rest of their width becomes space between them.
SPACED = 0.82
CAPTIONS = {"ribuan": "(dalam ribuan rupiah)", "juta": "(dalam juta rupiah)", "rupiah": ""}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A document that can be written: its form, its table, its look and its truth in the truth files' format."""

    seed: int
    content: Content
    form: Form
    sheet: Sheet
    look: Look
    title: str
    truth: dict[str, Any]

    def write(self, path: Path) -> Path:
        """The PDF at `path`, and its truth beside it."""
        paper = _Paper(path, self.look, watermark=self.form.watermark, spaced=self.form.spacing)
        for line in (
            self.title,
            self.content.office.upper(),
            self.content.region.upper(),
            f"TAHUN {self.content.year}",
        ):
            paper.say(line, 11, bold=True, center=True, after=1)
        paper.y += 8
        paper.say(PROSE, 9, after=8)
        if self.form.mark == "caption" and self.form.money != "none" and CAPTIONS[self.form.scale]:
            paper.say(CAPTIONS[self.form.scale], 8, after=3)
        paper.table(self.sheet)
        paper.save()
        path.with_name(f"{path.stem}.truth.json").write_text(json.dumps(self.truth, ensure_ascii=False, indent=1))
        return path


class _Paper(Paper):
    """Paper with a watermark under the text, and letters spaced out."""

    def __init__(self, path: Path, look: Look, watermark: bool, spaced: bool) -> None:
        self.watermark, self.spaced = watermark, spaced
        super().__init__(path, look)

    def _open(self) -> None:
        super()._open()
        if not self.watermark:
            return
        width, height = self.look.page
        self.canvas.saveState()
        self.canvas.setFillGray(0.85)
        self.canvas.setFont("Helvetica-Bold", 70)
        self.canvas.translate(width / 2, height / 2)
        self.canvas.rotate(35)
        self.canvas.drawCentredString(0, 0, "RANCANGAN")
        self.canvas.restoreState()

    def text(self, x: float, baseline: float, text: str, font: str, size: float) -> None:
        if not self.spaced or len(text) < 2:
            super().text(x, baseline, text, font, size)
            return
        free = stringWidth(text, font, size) * (1 - SPACED)
        self.canvas.setFont(font, size * SPACED)
        self.canvas.drawString(x, self.look.page[1] - baseline, text, charSpace=free / len(text))


def draw_seed(seed: int, contents: Sequence[Content]) -> Drawing:
    """The drawing of this seed: the contents take turns, everything else is chance. The same seed draws the same."""
    rng = Random(seed)
    content = cut(contents[seed % len(contents)], rng.randrange(1000), rng.choice((12, 20, 30, 40)))
    form = choose(rng, content)
    look = _look(rng, form)
    columns = _widened(_columns(rng, form, content), form, look)
    stack = Stack(form, look, _inner_widths(columns, look))
    body = Body(rng, form, columns, stack, levels_of(content))
    if form.kind == "budget":
        _budget(rng, form, content, body)
    else:
        objective_body(body, content.objectives)
    numbers = [str(i) if form.numbers == "plain" else f"({i})" for i in range(1, len(columns) + 1)]
    sheet = Sheet(
        [c.width for c in columns],
        header_cells(rng, form, columns),
        _without_rules(form, body.cells, len(columns), body.row),
        numbers if form.numbers != "none" else [],
    )
    renja = form.kind == "budget" and rng.random() < 0.6
    title = "RENCANA KERJA (RENJA)" if renja else "RENCANA KINERJA TAHUNAN"
    return Drawing(seed, content, form, sheet, look, title, _truth(content, body, "renja" if renja else "rkt"))


def _columns(rng: Random, form: Form, content: Content) -> list[Column]:
    if form.kind == "targets":
        return target_columns(rng, form, all(o.tujuan for o in content.objectives), content.year)
    levels = levels_of(content)
    parts = {"short": (1, 2, 3), "new": (3, 5, 6), "old": (3, 4, 5)}[form.code_form]
    depth = len(levels) - 1 if form.code_form == "short" else NODE_LEVELS.index(levels[-1])
    return budget_columns(rng, form, levels, content.year, parts[depth])


def _budget(rng: Random, form: Form, content: Content, body: Body) -> None:
    roots = prepare(rng, form, content.nodes, body.columns)
    if form.hierarchy in ("grid", "register"):
        body.leaf_rows(roots)
    else:
        body.outline(roots)
    if form.total in ("last", "first"):
        body.total(rng.choice(("JUMLAH", "TOTAL", "Jumlah Total")), roots, form.total == "first")


def _look(rng: Random, form: Form) -> Look:
    font, bold = rng.choice(FONTS)
    return Look(
        page=PAGES[form.page],
        size=form.size,
        font=font,
        bold=bold,
        padding=rng.choice((2.0, 3.0, 4.0)),
        rules=form.rules,
        header=form.header,
        breaks=form.breaks,
        open_ends=rng.random() < 0.3,
        footer="" if form.footer == "none" else "Rencana Kerja",
        footer_box=form.footer == "box",
    )


def _widened(columns: list[Column], form: Form, look: Look) -> list[Column]:
    """The columns, those of amounts wide enough for them: an amount that breaks in two says two things."""
    need = stringWidth("000.000.000.000,00" if form.notation != "rp" else "Rp 000.000.000.000", look.bold, look.size)
    need = 0.7 * need if form.scale != "rupiah" else need
    room = look.page[0] - 2 * look.margin
    least = (need + 2 * look.padding) / room
    tight = [column.align == "right" for column in columns]
    rest = sum(c.width for c, held in zip(columns, tight, strict=True) if not held)
    share = max(1.0 - least * sum(tight), 0.3)
    return [replace(c, width=least if held else c.width / rest * share) for c, held in zip(columns, tight, strict=True)]


def _inner_widths(columns: Sequence[Column], look: Look) -> list[float]:
    total = sum(column.width for column in columns)
    room = look.page[0] - 2 * look.margin
    return [room * column.width / total - 2 * look.padding for column in columns]


def _without_rules(form: Form, cells: list[Cell], columns: int, rows: int) -> list[Cell]:
    """The body's cells without the rules between rows, or without the table's outer sides."""
    if form.missing == "none":
        return cells
    taken = {(r, c.column + i) for c in cells for r in range(c.row, c.last_row + 1) for i in range(c.column_span)}
    filled = [*cells, *(Cell(r, c) for r in range(rows) for c in range(columns) if (r, c) not in taken)]
    for one in filled:
        if form.missing == "rows":
            one.top, one.bottom = one.row == 0, one.last_row == rows - 1
        else:
            one.left = one.left and one.column > 0
            one.right = one.right and one.column + one.column_span < columns
    return filled


def _truth(content: Content, body: Body, jenis: str) -> dict[str, Any]:
    return {
        "dokumen": {"tahun": content.year, "jenis_dokumen": jenis, "wilayah": content.region},
        "program_kegiatan": body.nodes,
        "indikator": body.indicators,
        "optional": body.optional,
    }
