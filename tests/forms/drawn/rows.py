"""The body of a drawn table of nodes, and the records that a reader must make of it."""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.forms.drawn.columns import Column
from tests.forms.drawn.content import Aim, Node
from tests.forms.drawn.form import Form
from tests.forms.drawn.money import rounded, shown
from tests.forms.drawn.stacks import Stack, put_aims
from tests.forms.drawn.words import LEVEL_WORDS, PLACES, UNITS_IN_CHARGE
from tests.forms.sheet import Cell, TextLine, cell

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
CONTEXT = ("misi", "tujuan", "sasaran", "program", "kegiatan", "sub_kegiatan")
GREYS = (0.78, 0.9)
GROWTH = 1.1


@dataclass(slots=True)
class Shown:
    """A node as the form shows it: printed name, code, ordinal, and amounts by column role."""

    node: Node
    depth: int
    path: list[str]
    name: str
    code: list[str]
    place: list[int]
    amounts: dict[str, int] = field(default_factory=dict)
    children: list[Shown] = field(default_factory=list)

    def walk(self) -> Iterator[Shown]:
        yield self
        for child in self.children:
            yield from child.walk()


def prepare(rng: Random, form: Form, nodes: Sequence[Node], columns: Sequence[Column]) -> list[Shown]:
    """The nodes with everything that the form prints of them."""
    start = rng.randrange(1, 30)
    over = Shown(Node("", ""), -1, [], "", [], [])
    for number, node in enumerate(nodes[: len(ROMAN)], 1):
        over.children.append(_shown(form, node, over, number, start))
    names = [c.role for c in columns if c.role.startswith("sumber_")]
    for root in over.children:
        _amounts(rng, form, root, names, any(c.role == "ahead" for c in columns))
    return over.children


def _shown(form: Form, node: Node, above: Shown, number: int, start: int) -> Shown:
    word = LEVEL_WORDS[node.level]
    name = f"{word} {node.name}" if form.words == "word" else node.name
    code = _code(form, above.code, node.level, number + start if not above.place else number)
    found = Shown(node, above.depth + 1, [*above.path, name], name, code, [*above.place, number])
    children = node.children
    found.children = [_shown(form, child, found, i, start) for i, child in enumerate(children, 1)]
    return found


def _code(form: Form, above: list[str], level: str, number: int) -> list[str]:
    """The parts of a code: the level's own after those above, which are invented where no node is above."""
    if form.code_form == "short":
        return [*above, f"{number:02d}"]
    program = ["5", "03"] if form.code_form == "new" else ["1", "20"]
    if level == "program":
        return [*program, f"{number:02d}"]
    group = ["2", f"{number:02d}"] if form.code_form == "new" else [f"{number:02d}"]
    if level == "kegiatan":
        return [*(above or [*program, "02"]), *group]
    return [*(above or [*program, "02", *group]), f"{number:04d}" if form.code_form == "new" else f"{number:03d}"]


def _amounts(rng: Random, form: Form, one: Shown, sources: Sequence[str], ahead: bool) -> None:
    """Amounts of the leaves, and of the others their sums."""
    for child in one.children:
        _amounts(rng, form, child, sources, ahead)
    if one.children:
        for role in dict.fromkeys(role for child in one.children for role in child.amounts):
            one.amounts[role] = sum(child.amounts.get(role, 0) for child in one.children)
        return
    if one.node.pagu is None or form.money == "none":
        return
    pagu = rounded(one.node.pagu, form.scale)
    if sources:
        chosen = rng.sample(sources, 2 if rng.random() < 0.4 else 1)
        first = rounded(int(pagu * 0.6), form.scale) if len(chosen) > 1 else pagu
        one.amounts |= dict(zip(chosen, (first, max(0, pagu - first)), strict=False))
        one.amounts = {role: amount for role, amount in one.amounts.items() if amount}
    one.amounts["pagu"] = pagu
    if ahead:
        one.amounts["ahead"] = rounded(int(pagu * GROWTH), form.scale)


@dataclass(slots=True)
class Body:
    """The cells of the body while it is put together, with the truth of what they show."""

    rng: Random
    form: Form
    columns: Sequence[Column]
    stack: Stack
    levels: Sequence[str]
    cells: list[Cell] = field(default_factory=list)
    nodes: list[dict[str, Any]] = field(default_factory=list)
    indicators: list[dict[str, Any]] = field(default_factory=list)
    optional: list[str] = field(default_factory=list)
    row: int = 0
    leaves: int = 0

    def at(self, role: str) -> int | None:
        return next((i for i, column in enumerate(self.columns) if column.role == role), None)

    def outline(self, roots: Sequence[Shown]) -> None:
        """A row per node: an outline, a staircase, or bands over rows."""
        for root in roots:
            for one in root.walk():
                if self.form.hierarchy == "bands" and one.depth == 0:
                    self._band(one)
                else:
                    self._node_row(one)
            if self.form.total == "program":
                self.total(f"Jumlah {root.name}", [root])

    def leaf_rows(self, roots: Sequence[Shown]) -> None:
        """A row per leaf, coarser names beside it: merged (grid) or printed in every row (register)."""
        deepest = len(self.levels) - 1
        for root in roots:
            for one in root.walk():
                if one.depth == deepest:
                    self._leaf_row(one)
        if self.form.hierarchy == "grid":
            self._merge()

    def _leaf_row(self, one: Shown) -> None:
        for depth, name in enumerate(one.path[:-1]):
            column = self.at(f"nama_{self.levels[depth]}") or 0
            known = [c for c in self.cells if c.column == column]
            new = not known or self._last[depth] != tuple(one.place[: depth + 1])
            self._last[depth] = tuple(one.place[: depth + 1])
            if new:
                self._record(one, depth)
            if new or self.form.hierarchy == "register":
                self.cells.append(cell(self.row, column, name))
        self._node_row(one)

    _last: dict[int, tuple[int, ...]] = field(default_factory=lambda: dict.fromkeys(range(3), ()))

    def _record(self, one: Shown, depth: int) -> None:
        """A coarser node that has no row of its own. In a register it is context, and may be a node or not."""
        if self.form.hierarchy == "register":
            self.optional.append(f"program_kegiatan[{len(self.nodes)}]")
        self._node(self.levels[depth], one.path[: depth + 1], None, {})

    def _merge(self) -> None:
        """Coarser names reach down to the next."""
        for level in self.levels[:-1]:
            column = self.at(f"nama_{level}")
            mine = sorted((c for c in self.cells if c.column == column), key=lambda c: c.row)
            for index, one in enumerate(mine):
                end = mine[index + 1].row if index + 1 < len(mine) else self.row
                one.row_span = end - one.row

    def _node_row(self, one: Shown) -> None:
        form, node = self.form, one.node
        deepest = one.depth == len(self.levels) - 1
        aims = node.aims if form.aims == "all" or (form.aims == "leaf" and deepest) else []
        aims = aims[:2] if form.pairs else aims
        look = self._look(one, deepest)
        rows = put_aims(self.cells, self.columns, self.stack, self.row, aims, look)
        span = rows if form.several == "rows_merged" else 1
        name, line = self._printed(one), self._indented(one)
        role = "nama" if form.hierarchy in ("outline", "bands") else f"nama_{node.level}"
        self._put(role, "", span, look, [TextLine(name, bool(look.get("bold")), 0.0, line)])
        self._texts(one, span, look, deepest)
        self._node(node.level, one.path, self._kode(one), self._money(one, span, look, deepest))
        context = dict(zip(self.levels, one.path, strict=False))
        for index, aim in enumerate(aims):
            kind = ("keluaran", "hasil")[index] if form.pairs else aim.kind if form.kinds else None
            self.indicators.append(indicator(node.level, aim, context, kind, form))
        self.row += rows

    def _look(self, one: Shown, deepest: bool) -> dict[str, Any]:
        form = self.form
        fill = GREYS[min(one.depth, 1)] if form.fill and not deepest and form.hierarchy != "bands" else None
        return {"bold": form.bold and not deepest, "fill": fill}

    def _printed(self, one: Shown) -> str:
        form = self.form
        name = one.name.upper() if form.capitals and one.depth == 0 else one.name
        if form.words == "label":
            name = f"{LEVEL_WORDS[one.node.level]} : {name}"
        return f"{self._ordinal(one)}. {name}" if form.ordinals == "inside" else name

    def _indented(self, one: Shown) -> float:
        return 8.0 * one.depth if self.form.indent and self.form.hierarchy in ("outline", "bands") else 0.0

    def _ordinal(self, one: Shown) -> str:
        number = one.place[-1]
        if self.form.ordinals == "decimal":
            return ".".join(map(str, one.place))
        if self.form.ordinals == "count":
            self.leaves += 1
            return str(self.leaves)
        style = one.depth if len(self.levels) > 1 else 1
        if style == 0:
            return ROMAN[number - 1]
        return str(number) if style == 1 else string.ascii_lowercase[(number - 1) % 26]

    def _texts(self, one: Shown, span: int, look: dict[str, Any], deepest: bool) -> None:
        if self.at("nomor") is not None:
            self._put("nomor", self._ordinal(one), span, look)
        joint = " . " if self.form.code == "spaced" else "."
        self._put("kode", joint.join(one.code), span, look)
        for index, part in enumerate(one.code):
            self._put(f"kode{index}", part, span, look)
        if deepest:
            self._put("lokasi", self.rng.choice(PLACES), span, look)
            self._put("sumber", self.rng.choice(("APBD", "DAU", "PAD")), span, look)
            self._put("penanggung", self.rng.choice(UNITS_IN_CHARGE), span, look)

    def _money(self, one: Shown, span: int, look: dict[str, Any], deepest: bool) -> dict[str, int]:
        """Print the node's amounts and say which were printed."""
        if not deepest and one.children and not self.form.parents:
            return {}
        for role, amount in one.amounts.items():
            self._put(role, shown(amount, self.form.scale, self.form.notation), span, look)
        return one.amounts

    def _put(self, role: str, text: str, span: int, look: dict[str, Any], lines: list[TextLine] | None = None) -> None:
        column = self.at(role)
        if column is None:
            return
        found = cell(self.row, column, text, row_span=span, align=self.columns[column].align, **look)
        if lines is not None:
            found.paragraphs = lines
        self.cells.append(found)

    def _kode(self, one: Shown) -> str | None:
        return ".".join(one.code) if self.form.code != "none" else None

    def _node(self, level: str, path: Sequence[str], kode: str | None, amounts: dict[str, int]) -> None:
        context = dict(zip(self.levels, path, strict=False))
        self.nodes.append(
            {"level": level, "kode": kode, "nama": path[-1], "pagu": amounts.get("pagu")}
            | {"prakiraan_pagu": amounts.get("ahead")}
            | {"program": context.get("program"), "kegiatan": context.get("kegiatan")}
        )

    def _band(self, one: Shown) -> None:
        """A row whose name reaches over the columns up to the first amount, shaded."""
        first = self.at("nama") or 0
        money = [i for i, c in enumerate(self.columns) if c.role in one.amounts]
        has_money = bool(money) and (self.form.parents or not one.children)
        end = min((i for i in money if i > first), default=len(self.columns)) if has_money else len(self.columns)
        look = {"bold": True, "fill": GREYS[0]}
        plain = self.form.code == "none" and self.at("nomor") is None
        start = 0 if plain else first
        self.cells.append(cell(self.row, start, self._printed(one), column_span=end - start, **look))
        if not plain:
            self._texts(one, 1, look, deepest=False)
        amounts = self._money(one, 1, look, deepest=False) if has_money else {}
        for column in range(end, len(self.columns)):
            if not any(c.row == self.row and c.column == column for c in self.cells):
                self.cells.append(cell(self.row, column, "", fill=GREYS[0]))
        self._node(one.node.level, one.path, self._kode(one), amounts)
        self.row += 1

    def total(self, label: str, roots: Sequence[Shown], first: bool = False) -> None:
        """A row with the sums of the roots; in the first row where `first`."""
        money = [i for i, c in enumerate(self.columns) if c.role in ("pagu", "ahead") or c.role.startswith("sumber_")]
        if not money:
            return
        if first:
            for one in self.cells:
                one.row += 1
        row = 0 if first else self.row
        start = min(money)
        self.cells.append(cell(row, 0, label, bold=True, column_span=max(1, start), align="center"))
        for column in money:
            amount = sum(root.amounts.get(self.columns[column].role, 0) for root in roots)
            if amount:
                text = shown(amount, self.form.scale, self.form.notation)
                self.cells.append(cell(row, column, text, bold=True, align="right"))
        self.row += 1


def indicator(level: str, aim: Aim, context: dict[str, str], kind: str | None, form: Form) -> dict[str, Any]:
    """The record of an indicator that the form shows."""
    return (
        {"level": level, "indikator": aim.text, "jenis": kind, "satuan": aim.unit, "target": aim.value}
        | {"target_min": None, "target_maks": None, "target_kategori": aim.grade}
        | {name: context.get(name) for name in CONTEXT}
    )
