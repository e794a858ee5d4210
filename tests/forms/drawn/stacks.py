"""Indicators with their units and targets: a row each, or stacked in one cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.forms.drawn.columns import Column
from tests.forms.drawn.content import Aim
from tests.forms.drawn.form import Form
from tests.forms.drawn.money import number, target
from tests.forms.layout import wrap
from tests.forms.sheet import Cell, Look, TextLine, cell

KIND_WORDS = {"keluaran": "Output", "hasil": "Outcome"}
# A past year's target, as a share of the plan's: another figure, and one that is printed with few digits.
PAST = 0.5


@dataclass(frozen=True, slots=True)
class Stack:
    """What it takes to stack lines side by side: the look and the columns' inner widths in points."""

    form: Form
    look: Look
    widths: Sequence[float]


def put_aims(
    cells: list[Cell], columns: Sequence[Column], stack: Stack, row: int, aims: Sequence[Aim], look: dict[str, Any]
) -> int:
    """Put the indicators into the row, or into rows from here on; returns how many rows they take, at least one."""
    form = stack.form
    places = [i for i, c in enumerate(columns) if _text(form, c.role, _NOTHING) is not None]
    if not aims or not places:
        return 1
    if form.pairs:
        for aim, kind in zip(aims, KIND_WORDS, strict=False):
            mine = [place for place in places if columns[place].role.endswith(kind)]
            cells += [_cell(columns, row, i, _text(form, columns[i].role, aim) or "", look) for i in mine]
        return 1
    if len(aims) > 1 and form.several in ("aligned", "dense"):
        _stack(cells, columns, stack, row, (aims, places), look)
        return 1
    for offset, aim in enumerate(aims):
        cells += [_cell(columns, row + offset, i, _text(form, columns[i].role, aim) or "", look) for i in places]
    return len(aims)


_NOTHING = Aim("", None, None)


def _text(form: Form, role: str, aim: Aim) -> str | None:
    """What the column of this role says of the indicator; None where the column is of another kind."""
    if role.startswith("indikator"):
        return f"{KIND_WORDS[aim.kind]}: {aim.text}" if form.kinds and aim.kind else aim.text
    if role == "satuan":
        return aim.unit or ""
    if role in ("target", "ahead_target", "year0", "year1") or role.startswith("target_"):
        return target(aim, form.unit == "target")
    if role == "year-1":
        return number(round(aim.value * PAST, 1)) if aim.value is not None else ""
    return None


def _cell(columns: Sequence[Column], row: int, place: int, text: str, look: dict[str, Any]) -> Cell:
    return cell(row, place, text, align=columns[place].align, **look)


def _stack(
    cells: list[Cell],
    columns: Sequence[Column],
    stack: Stack,
    row: int,
    what: tuple[Sequence[Aim], Sequence[int]],
    look: dict[str, Any],
) -> None:
    """All in one row. Aligned: every target begins beside its indicator; dense: they follow each other in each cell."""
    aims, places = what
    texts = {place: [_text(stack.form, columns[place].role, aim) or "" for aim in aims] for place in places}
    dense = stack.form.several == "dense" and all(all(found) for found in texts.values())
    bold = bool(look.get("bold"))
    line = stack.look.size * stack.look.leading
    dashed = {p: [f"- {t}" if columns[p].role == "indikator" else t for t in found] for p, found in texts.items()}
    counts = {
        p: [len(wrap([TextLine(t, bold)], stack.widths[p], stack.look)) for t in found] for p, found in dashed.items()
    }
    tallest = [max(counts[p][i] for p in places) for i in range(len(aims))]
    for place in places:
        lines, behind = [], 0.0
        for index, text in enumerate(dashed[place]):
            if text or not dense:
                lines.append(TextLine(text, bold, 0.0 if dense else behind))
            behind = (tallest[index] - counts[place][index]) * line
        found = _cell(columns, row, place, "", look)
        found.paragraphs = lines
        cells.append(found)
