"""The columns of a drawn table, and their header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from tests.forms.drawn.form import Form
from tests.forms.drawn.money import MARKS
from tests.forms.drawn.words import SOURCES, misspelt, outline_phrase, phrase
from tests.forms.sheet import Align, Cell, cell

KINDS = {"keluaran": ("Keluaran (Output)", "Keluaran", "Output"), "hasil": ("Hasil (Outcome)", "Hasil", "Outcome")}


@dataclass(frozen=True, slots=True)
class Column:
    """A leaf column: what it holds, its header texts from top to bottom, its share of the width."""

    role: str
    path: tuple[str, ...]
    width: float
    align: Align = "left"


def budget_columns(rng: Random, form: Form, levels: Sequence[str], year: int, depth: int) -> list[Column]:
    """The columns of a table of nodes; `depth` is the number of parts of the longest code."""
    blocks = [_aim_block(rng, form, year), _money_block(rng, form, year)]
    blocks += [[Column(side, (phrase(rng, side, year),), 10.0)] for side in form.sides if side != "keterangan"]
    blocks = [block for block in blocks if block]
    if form.order == "mixed":
        rng.shuffle(blocks)
    columns = _left(rng, form, levels, year, depth) + [column for block in blocks for column in block]
    columns = _grouped(form, columns, year) + _ahead(rng, form, year)
    if "keterangan" in form.sides:
        columns.append(Column("keterangan", (phrase(rng, "keterangan", year),), 8.0))
    return columns


def target_columns(rng: Random, form: Form, with_tujuan: bool, year: int) -> list[Column]:
    """The columns of a table of objectives."""
    columns = [Column("nomor", (phrase(rng, "nomor", year),), 4.0)] if form.ordinals != "none" else []
    if form.hierarchy != "bands":
        roles = ("tujuan", "sasaran") if with_tujuan else ("sasaran",)
        columns += [Column(role, (phrase(rng, role, year),), 20.0) for role in roles]
    block = _aim_block(rng, form, year)
    if form.years:
        group, word = rng.choice(("Target", "TARGET", "Target Kinerja")), rng.choice(("", "Tahun "))
        block.pop()
        block += [Column(f"year{n}", (group, f"{word}{year + n}"), 9.0, "center") for n in (-1, 0, 1)]
    columns += block
    return columns + [Column(s, (phrase(rng, s, year),), 12.0) for s in form.sides if s in ("penanggung", "keterangan")]


def _left(rng: Random, form: Form, levels: Sequence[str], year: int, depth: int) -> list[Column]:
    columns: list[Column] = []
    if form.ordinals in ("own", "decimal", "count"):
        columns.append(Column("nomor", (phrase(rng, "nomor", year),), 4.5))
    text = phrase(rng, "kode", year)
    if form.code == "split":
        columns += [Column(f"kode{i}", (text,), 4.0) for i in range(depth)]
    elif form.code != "none":
        columns.append(Column("kode", (text,), 13.0))
    if form.hierarchy in ("outline", "bands"):
        return [*columns, Column("nama", (outline_phrase(rng, list(levels)),), 30.0)]
    return columns + [Column(f"nama_{level}", (phrase(rng, level, year),), 18.0) for level in levels]


def _aim_block(rng: Random, form: Form, year: int) -> list[Column]:
    if form.aims == "none":
        return []
    if form.pairs:
        return [
            column
            for kind, words in KINDS.items()
            for group in (rng.choice(words),)
            for column in (
                Column(f"indikator_{kind}", (group, rng.choice(("Tolok Ukur", "Indikator", "Uraian"))), 18.0),
                Column(f"target_{kind}", (group, "Target"), 9.0, "center"),
            )
        ]
    target = phrase(rng, "target", year)
    columns = [Column("indikator", (phrase(rng, "indikator", year),), 26.0)]
    if form.unit == "column":
        columns.append(Column("satuan", (phrase(rng, "satuan", year),), 9.0, "center"))
    target = f"{target} (%)" if form.unit == "header" else target
    return [*columns, Column("target", (target,), 10.0, "center")]


def _money_block(rng: Random, form: Form, year: int) -> list[Column]:
    if form.money == "none":
        return []
    title = _marked(rng, form, phrase(rng, "pagu", year))
    if form.money == "pagu":
        return [Column("pagu", (title,), 13.0, "right")]
    names = rng.sample(SOURCES, rng.choice((2, 3)))
    columns = [Column(f"sumber_{name}", (title, name), 12.0, "right") for name in names]
    if form.money == "sources_total":
        columns.append(Column("pagu", (title, phrase(rng, "total", year)), 13.0, "right"))
    return columns


def _marked(rng: Random, form: Form, text: str) -> str:
    if form.mark == "caption":
        return text
    return f"{text} {rng.choice(MARKS[form.scale])}".strip()


def _ahead(rng: Random, form: Form, year: int) -> list[Column]:
    if form.ahead == "none":
        return []
    money = Column("ahead", (_marked(rng, form, f"Prakiraan Maju Tahun {year + 1}"),), 13.0, "right")
    if form.ahead == "money":
        return [money]
    group = rng.choice((f"Prakiraan Maju Rencana Tahun {year + 1}", f"Prakiraan Maju {year + 1}"))
    title = _marked(rng, form, rng.choice(("Pagu Indikatif", "Kebutuhan Dana/Pagu Indikatif", "Kebutuhan Dana")))
    target = Column("ahead_target", (group, rng.choice(("Target", "Target Capaian Kinerja"))), 10.0, "center")
    return [target, replace(money, path=(group, title))]


def _grouped(form: Form, columns: list[Column], year: int) -> list[Column]:
    """Plain columns of this year that stand side by side get a header over them, where the header has two rows."""
    roles = ("target", "pagu", "lokasi", "sumber")
    places = [i for i, column in enumerate(columns) if column.role in roles and len(column.path) == 1]
    if form.header_rows == "one" or len(places) < 2 or places[-1] - places[0] != len(places) - 1:
        return columns
    return [replace(c, path=(f"Rencana Tahun {year}", *c.path)) if i in places else c for i, c in enumerate(columns)]


def header_cells(rng: Random, form: Form, columns: Sequence[Column]) -> list[Cell]:
    """The header: equal texts of neighbours are one cell, a short path reaches down."""
    rows = max(len(column.path) for column in columns)
    fill = rng.choice((None, None, 0.85))
    wrong = rng.sample(range(len(columns)), min(2, len(columns))) if form.typos else []
    cells: list[Cell] = []
    at = 0
    while at < len(columns):
        path = columns[at].path
        end = at + 1
        while end < len(columns) and columns[end].path[0] == path[0] and _joined(columns[at], columns[end]):
            end += 1
        alone = len(path) == 1
        text = misspelt(rng, path[0]) if at in wrong else path[0]
        cells.append(_head(0, at, text, fill, column_span=end - at, row_span=rows if alone else 1))
        if not alone:
            cells += [_head(1, i, columns[i].path[1], fill, row_span=rows - 1) for i in range(at, end)]
        at = end
    return cells


def _joined(left: Column, right: Column) -> bool:
    both_codes = left.role.startswith("kode") and right.role.startswith("kode")
    return both_codes or (len(left.path) > 1 and len(right.path) > 1)


def _head(row: int, column: int, text: str, fill: float | None, column_span: int = 1, row_span: int = 1) -> Cell:
    spans = {"column_span": column_span, "row_span": row_span}
    return cell(row, column, text, bold=True, align="center", valign="middle", fill=fill, **spans)
