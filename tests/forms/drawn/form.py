"""The choices that make a form, drawn by seed: how levels are told apart, which columns there are, how it is set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from random import Random

from tests.forms.drawn.content import NODE_LEVELS, Content


@dataclass(slots=True)
class Form:
    """One choice per factor. `benchmarks.forms` counts what each costs, by these names."""

    kind: str  # budget, targets
    hierarchy: str  # outline, staircase, grid, register, bands
    levels: str  # how many
    bold: bool
    fill: bool
    indent: bool
    capitals: bool
    words: str  # none, word, label
    ordinals: str  # none, own, inside, decimal, count
    code: str  # none, one, split, spaced
    code_form: str  # new, old, short
    aims: str  # none, leaf, all
    unit: str  # column, target, header
    several: str  # rows_merged, rows_blank, aligned, dense
    pairs: bool
    kinds: bool  # `Output: …` before each indicator
    money: str  # none, pagu, sources, sources_total
    parents: bool  # whether coarser rows have amounts of their own
    scale: str  # rupiah, ribuan, juta
    mark: str  # header, caption: where the scale is said
    notation: str  # dots, decimals, rp, english
    ahead: str  # none, money, both
    years: bool
    total: str  # none, last, first, program
    sides: tuple[str, ...]  # lokasi, sumber, penanggung, keterangan
    order: str  # usual, mixed
    typos: bool
    header: str  # all, numbers, none: what is repeated on the next page
    header_rows: str  # one, two
    numbers: str  # none, plain, brackets
    rules: str  # stroke, fill, double
    missing: str  # none, rows, sides
    breaks: str  # rows, anywhere
    footer: str  # none, text, box
    watermark: bool
    spacing: bool
    page: str
    size: float

    def factors(self) -> dict[str, str]:
        """Every factor with its choice as a word."""
        found = {f.name: str(getattr(self, f.name)) for f in fields(self) if f.name not in ("sides", "size")}
        return found | {side: str(side in self.sides) for side in ("lokasi", "sumber", "penanggung", "keterangan")}


def chance(rng: Random, share: float) -> bool:
    return rng.random() < share


def choose(rng: Random, content: Content) -> Form:
    """A form that can show this content so that a reader can tell what is meant."""
    kinds = (["budget"] * 3 if content.nodes else []) + (["targets"] if content.objectives else [])
    kind = rng.choice(kinds)
    levels = levels_of(content) if kind == "budget" else ["sasaran"]
    form = Form(
        kind=kind,
        hierarchy=_hierarchy(rng, kind, levels),
        levels=str(len(levels)),
        bold=chance(rng, 0.55),
        fill=chance(rng, 0.35),
        indent=chance(rng, 0.3),
        capitals=chance(rng, 0.15),
        words=rng.choice(("none", "none", "word", "label")),
        ordinals=rng.choice(("none", "none", "own", "inside", "decimal", "count")),
        code=rng.choice(("none", "none", "one", "one", "split", "spaced")) if kind == "budget" else "none",
        code_form=rng.choice(("new", "old", "short")),
        aims=rng.choice(("none", "leaf", "leaf", "all", "all")) if kind == "budget" else "all",
        unit=rng.choice(("column", "target", "target", "header")),
        several=rng.choice(("rows_merged", "rows_blank", "aligned", "dense")),
        pairs=kind == "budget" and chance(rng, 0.12),
        kinds=chance(rng, 0.3),
        money=rng.choice(("pagu", "pagu", "pagu", "sources", "sources_total", "none")) if kind == "budget" else "none",
        parents=chance(rng, 0.6),
        scale=rng.choice(("rupiah", "rupiah", "rupiah", "ribuan", "juta")),
        mark=rng.choice(("header", "header", "caption")),
        notation=rng.choice(("dots", "dots", "decimals", "rp", "english")),
        ahead=rng.choice(("none", "none", "money", "both")),
        years=kind == "targets" and chance(rng, 0.3),
        total=rng.choice(("none", "none", "last", "last", "first", "program")),
        sides=tuple(s for s in ("lokasi", "sumber", "penanggung", "keterangan") if chance(rng, 0.35)),
        order=rng.choice(("usual", "mixed")),
        typos=chance(rng, 0.2),
        header=rng.choice(("all", "all", "numbers", "none")),
        header_rows=rng.choice(("one", "two")),
        numbers=rng.choice(("none", "none", "plain", "brackets")),
        rules=rng.choice(("stroke", "stroke", "fill", "double")),
        missing=rng.choice(("none", "none", "none", "none", "rows", "sides")),
        breaks=rng.choice(("rows", "anywhere")),
        footer=rng.choice(("none", "text", "box")),
        watermark=chance(rng, 0.12),
        spacing=chance(rng, 0.12),
        page=rng.choice(("wide", "wide", "folio", "tall", "low")),
        size=rng.choice((6.5, 7.0, 8.0, 9.0)),
    )
    _settle(form, rng, content, levels)
    return form


def levels_of(content: Content) -> list[str]:
    """The levels that the content's nodes have, from coarse to fine."""
    there = {node.level for root in content.nodes for node in root.walk()}
    return [level for level in NODE_LEVELS if level in there]


def _hierarchy(rng: Random, kind: str, levels: Sequence[str]) -> str:
    if kind == "targets":
        return rng.choice(("grid", "grid", "register", "bands"))
    if len(levels) == 1:
        return "outline"
    return rng.choice(("outline", "outline", "outline", "staircase", "grid", "register", "bands"))


def _settle(form: Form, rng: Random, content: Content, levels: Sequence[str]) -> None:
    """Take back what contradicts itself or what nobody could read."""
    leafy = form.hierarchy in ("grid", "register")
    if leafy:
        form.parents, form.indent, form.capitals, form.fill = False, False, False, False
        form.bold = False
        form.words = "none" if form.words == "label" else form.words
        form.aims = "leaf" if form.aims == "all" and form.kind == "budget" else form.aims
        form.ordinals = form.ordinals if form.ordinals in ("none", "count") else "none"
        form.total = "none" if form.total == "program" else form.total
    if form.hierarchy == "bands":
        form.fill = True
    if len(levels) == 1:
        # A number without dots that counts on is an ordinal, whatever its header says.
        form.code_form = "old" if form.code_form == "short" else form.code_form
        form.parents = form.fill = form.indent = form.capitals = form.bold = False
        form.ordinals = rng.choice(("none", "count"))
    _settle_levels(form, rng, levels)
    _settle_aims(form, rng, content)
    _settle_money(form, content)
    if form.several in ("rows_blank", "dense", "rows_merged") and form.missing == "rows":
        form.several = "aligned"
    if leafy and form.missing == "rows":
        form.missing = "none"
    if form.header == "numbers" and form.numbers == "none":
        form.header = "all"
    if form.watermark and form.spacing:
        form.spacing = False


def _settle_levels(form: Form, rng: Random, levels: Sequence[str]) -> None:
    """A reader must be able to tell the levels of an outline or of bands: by a sure sign, or by two looks."""
    if form.hierarchy not in ("outline", "bands") or len(levels) == 1:
        if form.ordinals in ("inside", "own", "decimal") and form.hierarchy not in ("outline", "bands", "staircase"):
            form.ordinals = "none"
        return
    if form.code != "none":
        form.ordinals = "none" if form.ordinals in ("decimal", "count", "own") else form.ordinals
    if form.ordinals == "count":
        form.ordinals = "none"
    sure = form.code != "none" or form.words != "none" or form.ordinals in ("own", "inside", "decimal")
    looks = form.bold + form.fill + form.indent + form.capitals
    if not sure and (len(levels) > 2 or looks < 2):
        if rng.random() < 0.5:
            form.words = "word"
        else:
            form.ordinals = rng.choice(("own", "inside", "decimal"))
            form.bold = True


def _settle_aims(form: Form, rng: Random, content: Content) -> None:
    nodes = [node for root in content.nodes for node in root.walk()]
    if form.kind == "budget" and not any(node.aims for node in nodes):
        form.aims = "none"
    if form.aims == "none":
        form.pairs = False
    aims = (
        [a for n in nodes for a in n.aims] if form.kind == "budget" else [a for o in content.objectives for a in o.aims]
    )
    if form.unit == "header" and not (aims and all(a.unit == "%" and a.value is not None for a in aims)):
        form.unit = rng.choice(("column", "target"))
    form.kinds = form.kinds and not form.pairs and bool(aims) and all(a.kind for a in aims)
    if form.pairs:
        form.several, form.unit = "aligned", "target"
    if form.hierarchy in ("grid", "register") and form.several == "rows_blank":
        form.several = "rows_merged"


def _settle_money(form: Form, content: Content) -> None:
    nodes = [node for root in content.nodes for node in root.walk()]
    if not any(node.pagu for node in nodes):
        form.money = "none"
    if form.money == "none" and form.aims == "none" and form.kind == "budget":
        form.money = "pagu" if any(node.pagu for node in nodes) else "none"
    if form.money == "none":
        form.total, form.ahead, form.parents = "none", "none", False
    if form.ahead == "both" and (form.aims == "none" or form.pairs):
        form.ahead = "money"
    if form.total == "program" and not form.parents:
        form.total = "last"
