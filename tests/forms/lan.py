"""The form of LAN 239/2003 in the ways in which offices fill it in: three blocks of indicators per sub kegiatan."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from tests.forms.draw import Paper, draw
from tests.forms.layout import wrap
from tests.forms.plan import Activity, Goal, Group, Measure, Plan, Program
from tests.forms.sheet import Cell, Look, Sheet, TextLine, cell

Way = Literal["joined", "own_rows", "stacked"]
Stacking = Literal["first_line", "last_line", "top", "middle", "bottom"]
WIDTHS = [3.0, 8, 8, 7.5, 4.5, 5, 11, 2.6, 12.5, 17, 5.5, 8.5, 4.5]
COLUMN = {
    "no": 0, "tujuan": 1, "sasaran": 2, "indikator": 3, "satuan": 4, "target": 5, "program": 6, "nomor": 7, "uraian": 8,
    "ukuran": 9, "unit": 10, "capaian": 11, "ket": 12,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rendering:
    """How the form is filled in. `ways` are chosen from per sub kegiatan, `stackings` per stacked cell."""

    ways: Sequence[Way] = ("joined",)
    stackings: Sequence[Stacking] = ("first_line",)
    late_label: bool = False  # the kegiatan's label stands beside the second sub kegiatan of its block
    number_in_name: bool = False  # no column for the ordinal: `1 Penyusunan …`
    headings_ruled: bool = True  # a rule between a heading in a row of its own and its indicator
    by_program: bool = False  # the way changes with the program instead of with the sub kegiatan
    seed: int = 0


@dataclass(slots=True)
class _Form:
    look: Look
    rendering: Rendering
    dice: random.Random
    cells: list[Cell] = field(default_factory=list)
    row: int = 0

    def put(self, column: str, text: str, rows: int = 1, **more: Any) -> Cell:
        one = cell(self.row, COLUMN[column], text, row_span=rows, **more)
        self.cells.append(one)
        return one

    def width(self, column: str) -> float:
        inner = self.look.page[0] - 2 * self.look.margin
        return inner * WIDTHS[COLUMN[column]] / sum(WIDTHS) - 2 * self.look.padding


def header() -> list[Cell]:
    """The form's two-row header."""
    head: dict[str, Any] = {"align": "center", "bold": True}
    tops = [cell(0, c, t, row_span=2, **head) for c, t in ((0, "NO"), (1, "TUJUAN"), (6, "PROGRAM"), (12, "KET."))]
    wide = [cell(0, 2, "SASARAN STRATEGIS", column_span=4, **head), cell(0, 7, "KEGIATAN", column_span=5, **head)]
    low = ["SASARAN", "INDIKATOR KINERJA", "SATUAN", "RENCANA TINGKAT CAPAIAN (TARGET)"]
    subs = [cell(1, 2 + i, t, **head) for i, t in enumerate(low)]
    subs.append(cell(1, 7, "URAIAN", column_span=2, **head))
    subs += [cell(1, 9 + i, t, **head) for i, t in enumerate(["INDIKATOR", *low[2:]])]
    return [*tops, *wide, *subs]


NUMBERS = ["1", "", "2", "3", "4", "5", "6", "7", "<", "8", "9", "10", "11"]


def lan_sheet(plan: Plan, look: Look, rendering: Rendering) -> Sheet:
    """The form filled in with a plan."""
    form = _Form(look, rendering, random.Random(rendering.seed))
    for goal in plan.goals:
        _goal(form, goal)
    return Sheet(list(WIDTHS), header(), form.cells, list(NUMBERS))


def _goal(form: _Form, goal: Goal) -> None:
    start = form.row
    for program in goal.programs:
        _program(form, program)
    rows = form.row - start
    form.row, end = start, form.row
    form.put("no", goal.number, rows)
    form.put("tujuan", goal.tujuan or "", rows)
    form.put("sasaran", goal.sasaran or "", rows)
    texts = [wrap([TextLine(m.text)], form.width("indikator"), form.look) for m in goal.measures]
    form.put("indikator", "", rows).paragraphs = _spaced(texts)
    for name, words in (
        ("satuan", [m.unit or "" for m in goal.measures]),
        ("target", [m.target for m in goal.measures]),
    ):
        form.put(name, "", rows, align="center").paragraphs = _beside(texts, words, form.look)
    form.row = end


def _spaced(texts: Sequence[Sequence[TextLine]]) -> list[TextLine]:
    """Texts one under the other with a gap between them."""
    return [replace(line, gap=8.0 if i and line is text[0] else 0.0) for i, text in enumerate(texts) for line in text]


def _beside(texts: Sequence[Sequence[TextLine]], words: Sequence[str], look: Look) -> list[TextLine]:
    """Words at the height of the first lines of such texts."""
    height = look.size * look.leading
    return [TextLine(word, gap=(8.0 + height * (len(texts[i - 1]) - 1)) if i else 0.0) for i, word in enumerate(words)]


def _program(form: _Form, program: Program) -> None:
    way = form.dice.choice(form.rendering.ways)
    for index, group in enumerate(program.groups):
        start = form.row
        second = start
        for number, activity in enumerate(group.activities):
            if number == 1:
                second = form.row
            chosen = way if form.rendering.by_program else form.dice.choice(form.rendering.ways)
            _activity(form, activity, chosen)
        end = form.row
        _label(form, program, group, index == 0, (start, second, end))
        form.row = end


def _label(form: _Form, program: Program, group: Group, first: bool, rows: tuple[int, int, int]) -> None:
    start, second, end = rows
    label = f"{group.number}. {group.name}"
    form.row = start
    if form.rendering.late_label and second > start:
        form.put("program", program.name if first else "", second - start)
        form.row = second
        form.put("program", label, end - second)
    else:
        form.put("program", f"{program.name}\n\n{label}" if first else label, end - start)


def _activity(form: _Form, activity: Activity, way: Way) -> None:
    start = form.row
    {"joined": _joined, "own_rows": _own_rows, "stacked": _stacked}[way](form, activity)
    end = form.row
    form.row = start
    if form.rendering.number_in_name:
        text = f"{activity.number} {activity.name}" if activity.number else activity.name
        form.put("nomor", text, end - start, column_span=2)
    else:
        form.put("nomor", activity.number or "", end - start)
        form.put("uraian", activity.name, end - start)
    form.row = end


def _text(measure: Measure) -> str:
    return f"- {measure.text}" if measure.is_money else measure.text


def _joined(form: _Form, activity: Activity) -> None:
    """A row per kind; heading and text in one cell, unit and target centred in theirs."""
    for _, measures in activity.kinds():
        form.put("ukuran", "\n".join([f"**{measures[0].heading}", *(_text(m) for m in measures)]))
        form.put("unit", "\n".join(m.unit or "" for m in measures), align="center", valign="bottom")
        form.put("capaian", "\n".join(m.target for m in measures), align="right", valign="bottom")
        form.put("ket", "\n".join(m.remark for m in measures if m.remark))
        form.row += 1


def _own_rows(form: _Form, activity: Activity) -> None:
    """A row per heading, and one per indicator."""
    ruled = form.rendering.headings_ruled
    for _, measures in activity.kinds():
        for name in ("ukuran", "unit", "capaian", "ket"):
            form.put(name, f"**{measures[0].heading}" if name == "ukuran" else "", bottom=ruled)
        form.row += 1
        for index, measure in enumerate(measures):
            top = ruled or index > 0
            form.put("ukuran", _text(measure), top=top)
            form.put("unit", measure.unit or "", align="center", top=top)
            form.put("capaian", measure.target, align="right", top=top)
            form.put("ket", measure.remark or "", top=top)
            form.row += 1


def _stacked(form: _Form, activity: Activity) -> None:
    """One row: all headings and texts in one cell, units and targets stacked in theirs."""
    where = form.dice.choice(form.rendering.stackings)
    blocks: list[list[TextLine]] = []
    lines: list[TextLine] = []
    for _, measures in activity.kinds():
        heading = wrap([TextLine(measures[0].heading, True)], form.width("ukuran"), form.look)
        for measure in measures:
            text = wrap([TextLine(_text(measure))], form.width("ukuran"), form.look)
            blocks.append([*heading, *text])
            lines += [*heading, *text]
            heading = []
    form.put("ukuran", "").paragraphs = lines
    valign = where if where in ("top", "middle", "bottom") else "top"
    for name, words in (
        ("unit", [m.unit or "" for m in activity.measures]),
        ("capaian", [m.target for m in activity.measures]),
    ):
        place = _under_heading(blocks, words, form.look, where)
        form.put(name, "", align="center" if name == "unit" else "right", valign=valign).paragraphs = place
    form.put("ket", "\n".join(m.remark for m in activity.measures if m.remark))
    form.row += 1


def _under_heading(
    blocks: Sequence[Sequence[TextLine]], words: Sequence[str], look: Look, where: Stacking
) -> list[TextLine]:
    """Words at the height of the first line under a heading, or of a block's last line."""
    if where not in ("first_line", "last_line"):
        return [TextLine(word) for word in words]
    height = look.size * look.leading
    lines: list[TextLine] = []
    y = used = 0.0
    for block, word in zip(blocks, words, strict=True):
        headings = sum(line.bold for line in block)
        at = y + height * (headings if where == "first_line" else len(block) - 1)
        lines.append(TextLine(word, gap=at - used))
        used = at + height
        y += height * len(block)
    return lines


def draw_lan(path: Path, plan: Plan, look: Look, rendering: Rendering, year: int, region: str, office: str) -> Path:
    """A document of the form alone, with its title over it."""

    def write(paper: Paper) -> None:
        for title in ("RENCANA KINERJA TAHUNAN", "SATUAN KERJA PERANGKAT DAERAH", f"PEMERINTAH {region.upper()}"):
            paper.say(title, 12, bold=True, center=True, after=1)
        paper.say(f"TAHUN : {year}", 11)
        paper.say(f"INSTANSI : {office} {region}", 11, after=8)
        paper.table(lan_sheet(plan, look, rendering))

    return draw(path, look, write)
