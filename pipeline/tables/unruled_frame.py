"""Rows inside a ruled frame that no rule parts: a row of ordinals or codes in a stack, cut at their heights."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile
from typing import Literal

from pipeline.pages.lines import Line, group_lines
from pipeline.tables.model import Cell, Part, Row, Table
from pipeline.tables.row_evidence import LABEL, WIDE, at_height, beside, between, pitch_of
from pipeline.tables.unruled_model import UNSURE_ROWS

MARK = re.compile(r"[\dXx]{1,5}(?:\s*\.\s*[\dXx]{1,5})*\s*\.?|(?:[\dXx]{1,5}\s+)+[\dXx]{1,5}")
FIGURE = re.compile(r"[(-]?\s*(?:Rp\.?\s*)?[(-]?\s*\d{1,3}(?:[.,]\d{3})*(?:[.,]\d{2})?\s*\)?(?:,-)?|-", re.IGNORECASE)
VALUE = re.compile(r"(?:Rp\.?\s*)?\d[\d.,]*\s*(?:%|[^\W\d_]+)?")  # with its unit, if any
GROUPED = re.compile(r"\d[.,]\d{3}")
FEWEST_FIGURES = 2
ONE_ROW = -2.0  # what speaks for one row wherever no rule is drawn
UNMARKED = -1000.0  # no two ordinals or codes below one another: figures alone may be those of one row
GOES_ON = 1.0  # the same at the head of a page, where other rows of the table are stacks
MOST_STACKED = 12  # figures of one sub kegiatan: masukan, keluaran and hasil have a few each
FEWEST_ABREAST = 3  # columns, and lines in each: two of either may stand so by chance
OWN_FIGURE = 2.0  # a figure of its own for each row
ROOM = 11.0  # points that a cell leaves free beside its text: Word's 5.4 on each side
WRAPS = -4.0  # a code that has no room beside the one above it, at the pitch of a text: the rest of that one
SAME_HEIGHT = 0.45
NEARER = 0.9
MIDDLE_VOTES = 3  # only text set around its row's middle leaves a code between two of its lines
NEXT_LINE = 1.6  # times a line's height: as far as the rest of a row may be

Alignment = Literal["top", "middle", "bottom"]


@dataclass(slots=True)
class _Anchor:
    """A height at which a row of the frame has its code, its figure, or both."""

    line: Line
    marked: bool
    valued: bool

    @property
    def middle(self) -> float:
        return self.line.middle


@dataclass(slots=True)
class _Stack:
    """A row of the grid that holds several rows: its pieces of cells, by what stands in them."""

    row: int
    pieces: list[tuple[Cell, Part]]
    anchors: list[_Anchor]
    texts: list[list[Line]]
    starts_page: bool
    taken: set[int] = field(default_factory=set)  # lines of codes and figures, by id

    def at_anchor(self, line: Line) -> bool:
        return any(abs(line.middle - a.middle) <= SAME_HEIGHT * line.box.height for a in self.anchors)


def split_rows(table: Table) -> None:
    """Cut the body's rows that hold a stack of ordinals or codes into one row per height.

    A row counts where the score of its leftmost texts, ordinals or codes alone on their lines, is positive: rows begin
    on the left. The text beside one is its row's, and so are the lines into which that text wraps: above, below or
    around it, as the table has it. Where that cannot be told, the table gets the sign `UNSURE_ROWS`.
    """
    body = range(table.header_rows, len(table.rows))
    stacks = [stack for row in body if (stack := _stack(table, row, UNMARKED)) is not None]
    if stacks:
        stacks = [stack for row in body if (stack := _stack(table, row, GOES_ON)) is not None]
    _doubt_tall(table, {stack.row for stack in stacks})
    if not stacks:
        return
    alignment = _alignment(stacks)
    free = [(s, line) for s in stacks for lines in s.texts for line in lines if not s.at_anchor(line)]
    unsure = [s for s, line in free if alignment is None or (alignment == "middle" and _is_halfway(s, line))]
    if unsure:
        table.signs.append(UNSURE_ROWS)
        for stack in unsure:
            for _, part in stack.pieces:
                part.unsure = True
    cuts = {stack.row: _bands(stack, alignment or "top") for stack in stacks}
    _rebuild(table, {stack.row: stack for stack in stacks}, cuts)


def _doubt_tall(table: Table, cut: set[int]) -> None:
    """Doubt a row that stays whole although a column of it holds more figures below one another than a stack does."""
    for row in range(table.header_rows, len(table.rows)):
        parts = [part for _, part in _pieces(table, row) if part.row_span == 1]
        figures = [sum(bool(VALUE.fullmatch(line.text)) for line in part.lines) for part in parts]
        if row not in cut and max(figures, default=0) > MOST_STACKED:
            table.signs.append(UNSURE_ROWS)
            for part in parts:
                part.unsure = True


def _stack(table: Table, row: int, unmarked: float) -> _Stack | None:
    """The row as a stack; None where it is one row. `unmarked` is what figures alone say at the head of a page."""
    pieces = list(_pieces(table, row))
    if any(part.row_span > 1 for _, part in pieces):
        return None
    filled = [part for _, part in pieces if part.lines]
    if _abreast(filled):
        anchors = [_Anchor(line, marked=True, valued=True) for line in filled[0].lines]
        lines = [part.lines for part in filled]
        return _Stack(row, pieces, anchors, lines, table.rows[row].starts_page)
    marked = list(takewhile(lambda part: _is_marks(part.lines), filled))
    mark_lines = [line for part in marked for line in part.lines]
    figures = [part.lines for part in filled if part not in marked and _is_figures(part.lines)]
    score = ONE_ROW + _score(marked, filled, figures)
    if not any(len(part.lines) > 1 for part in marked):
        score += unmarked if table.rows[row].starts_page else UNMARKED
    if score <= 0:
        return None
    figure_lines = [line for lines in figures for line in lines]
    anchors = _anchors(mark_lines, figure_lines, table.rows[row].page)
    taken = {id(line) for line in (*mark_lines, *figure_lines)}
    rest = [[line for line in part.lines if id(line) not in taken] for _, part in pieces]
    return _Stack(row, pieces, anchors, [lines for lines in rest if lines], table.rows[row].starts_page, taken)


def _abreast(filled: Sequence[Part]) -> bool:
    """Whether all columns hold as many lines, each at the height of one in the first, and one column a figure in each.

    Texts that wrap do not do so in every column alike.
    """
    first = filled[0].lines if filled else []
    if len(filled) < FEWEST_ABREAST or len(first) < FEWEST_ABREAST:
        return False
    level = all(
        len(part.lines) == len(first) and all(at_height(a, b) for a, b in zip(first, part.lines, strict=True))
        for part in filled[1:]
    )
    return level and any(all(any(map(str.isdigit, line.text)) for line in part.lines) for part in filled[1:])


def _score(marked: Sequence[Part], filled: Sequence[Part], figures: Sequence[Sequence[Line]]) -> float:
    """What speaks for a row per ordinal, code or figure, against one row for all."""
    pitch = pitch_of([part.lines for part in filled])
    beside_it = [line for part in filled if part not in marked for line in part.lines]
    score = OWN_FIGURE * max((len(lines) - 1 for lines in figures), default=0)
    for part in marked:
        for above, line in pairwise(part.lines):
            score += between(above, line, pitch) + beside(line, beside_it)
            full = above.box.width + line.box.width > part.box.width - ROOM
            own = any(at_height(line, figure) for lines in figures for figure in lines)
            score += WRAPS * (full and not own and line.middle - above.middle < WIDE * pitch)
    return score


def _pieces(table: Table, row: int) -> Iterator[tuple[Cell, Part]]:
    for cell in table.row_cells(row):
        for part in cell.parts:
            if part.row <= row < part.row + part.row_span:
                yield cell, part


def _is_figures(lines: Sequence[Line]) -> bool:
    grouped = sum(bool(GROUPED.search(line.text)) for line in lines)
    return grouped >= FEWEST_FIGURES and all(FIGURE.fullmatch(line.text) for line in lines)


def _is_marks(lines: Sequence[Line]) -> bool:
    marks = all(MARK.fullmatch(line.text) or LABEL.fullmatch(line.text) for line in lines)
    return marks and not _is_figures(lines)


def _anchors(marks: Sequence[Line], figures: Sequence[Line], page: int) -> list[_Anchor]:
    """The heights of codes and figures from top to bottom; what belongs to one row is one anchor."""
    marked = {id(word) for line in marks for word in line.words}
    found: list[_Anchor] = []
    code = ""
    for line in group_lines([word for part in (*marks, *figures) for word in part.words], page):
        own = " ".join(word.text for word in line.words if id(word) in marked)
        anchor = _Anchor(line, bool(own), any(id(word) not in marked for word in line.words))
        if found and _goes_on(found[-1], anchor, code):
            found[-1].valued = found[-1].valued or anchor.valued
        else:
            found.append(anchor)
        code = own or code
    return found


def _goes_on(before: _Anchor, anchor: _Anchor, code: str) -> bool:
    """Whether a line is the rest of the row above it: of a code that wraps, or the figure of one without."""
    near = anchor.middle - before.middle <= NEXT_LINE * before.line.box.height
    rest = anchor.marked and not anchor.valued and code.endswith(".")
    lower = before.marked and not before.valued and anchor.valued and not anchor.marked
    return near and (rest or (lower and before.line.bold == anchor.line.bold))


def _alignment(stacks: Sequence[_Stack]) -> Alignment | None:
    """How texts that wrap stand beside their code and figure; None where nothing tells."""
    votes: dict[Alignment, int] = {"top": 0, "middle": 0, "bottom": 0}
    for stack in stacks:
        for lines in stack.texts:
            for vote in _votes(stack, lines):
                votes[vote] += 1
    best = max(votes, key=lambda name: votes[name])
    return best if votes[best] > sum(votes.values()) - votes[best] else None


def _is_halfway(stack: _Stack, line: Line) -> bool:
    """Whether a line is as far from the row above it as from the one below."""
    near = sorted(abs(anchor.middle - line.middle) for anchor in stack.anchors)[:2]
    return len(near) > 1 and near[0] > NEARER * near[1]


def _votes(stack: _Stack, lines: Sequence[Line]) -> Iterator[Alignment]:
    for run, above, below in _free_runs(stack, lines):
        if above is None:
            if not stack.starts_page:
                yield "bottom"
        elif below is None:
            yield "top"
        else:
            upper, lower = run[0].middle - above.middle, below.middle - run[-1].middle
            if upper < NEARER * lower:
                yield "top"
            elif lower < NEARER * upper:
                yield "bottom"
    for anchor in stack.anchors:
        near = [line.middle - anchor.middle for line in lines if abs(line.middle - anchor.middle) < line.box.height]
        if near and min(near) < 0 < max(near) and min(abs(gap) for gap in near) > SAME_HEIGHT * lines[0].box.height:
            for _ in range(MIDDLE_VOTES):
                yield "middle"


def _free_runs(stack: _Stack, lines: Sequence[Line]) -> Iterator[tuple[list[Line], Line | None, Line | None]]:
    """The lines beside no code or figure that follow one another, with the lines above and below them."""
    run: list[Line] = []
    above: Line | None = None
    for line in lines:
        if not stack.at_anchor(line):
            run.append(line)
            continue
        if run:
            yield run, above, line
        run, above = [], line
    if run:
        yield run, above, None


def _bands(stack: _Stack, alignment: Alignment) -> list[list[Line]]:
    """The lines of a stack by row, from top to bottom."""
    heights = [anchor.middle for anchor in stack.anchors]
    heights += [line.middle for line in _headings(stack, alignment)]
    heights.sort()
    bands: list[list[Line]] = [[] for _ in range(len(heights) + 1)]  # the first: above every anchor
    for _, part in stack.pieces:
        for line in part.lines:
            fixed = id(line) in stack.taken or stack.at_anchor(line)
            bands[_band(line, heights, "middle" if fixed and alignment == "middle" else alignment)].append(line)
    return [band for band in bands if band]


def _headings(stack: _Stack, alignment: Alignment) -> Iterator[Line]:
    """Lines beside no code or figure that are no rest of a text, being bold where it is not, or the reverse."""
    for lines in stack.texts:
        for before, line in pairwise(lines if alignment != "bottom" else list(reversed(lines))):
            if alignment != "middle" and line.bold != before.bold and not stack.at_anchor(line):
                yield line


def _band(line: Line, heights: Sequence[float], alignment: Alignment) -> int:
    """The band of a line, the first one being that above all heights."""
    slack = SAME_HEIGHT * line.box.height
    if alignment == "top":
        return bisect_right(heights, line.middle + slack)
    if alignment == "bottom":
        return min(len(heights), bisect_right(heights, line.middle - slack) + 1)
    return min(range(len(heights)), key=lambda index: abs(heights[index] - line.middle)) + 1


def _rebuild(table: Table, stacks: dict[int, _Stack], bands: dict[int, list[list[Line]]]) -> None:
    """Put rows of their own in place of each stack."""
    starts: list[int] = []
    rows: list[Row] = []
    for number, row in enumerate(table.rows):
        starts.append(len(rows))
        rows += _new_rows(row, bands[number]) if number in stacks else [row]
    starts.append(len(rows))
    grid: list[list[Cell | None]] = [[None] * (len(table.edges) - 1) for _ in rows]
    for cell in list(table.cells()):
        for new in _new_cells(cell, starts, rows, bands):
            for at in range(new.row, new.row + new.row_span):
                grid[at][new.column : new.column + new.column_span] = [new] * new.column_span
    table.rows = rows
    table.grid = [[cell for cell in row if cell is not None] for row in grid]


def _new_rows(row: Row, bands: Sequence[Sequence[Line]]) -> list[Row]:
    edges = [row.top]
    for upper, lower in pairwise(bands):
        edge = (max(line.box.y1 for line in upper) + min(line.box.y0 for line in lower)) / 2
        edges.append(min(max(edge, edges[-1]), row.bottom))
    edges.append(row.bottom)
    return [
        replace(row, top=top, bottom=bottom, starts_page=row.starts_page and index == 0)
        for index, (top, bottom) in enumerate(pairwise(edges))
    ]


def _new_cells(
    cell: Cell, starts: Sequence[int], rows: Sequence[Row], bands: dict[int, list[list[Line]]]
) -> Iterator[Cell]:
    """A cell with its rows counted anew; one that reaches into a stack is cut into its pieces, and those by row."""
    if not any(row in bands for row in range(cell.row, cell.row + cell.row_span)):
        span = starts[cell.row + cell.row_span] - starts[cell.row]
        for part in cell.parts:
            part.row, part.row_span = starts[part.row], starts[part.row + part.row_span] - starts[part.row]
        yield replace(cell, row=starts[cell.row], row_span=span)
        return
    for part in cell.parts:
        if part.row in bands:
            yield from _cut(cell, part, starts[part.row], rows, bands[part.row])
        else:
            moved = replace(part, row=starts[part.row])
            yield replace(cell, row=moved.row, row_span=part.row_span, parts=[moved])


def _cut(cell: Cell, part: Part, start: int, rows: Sequence[Row], bands: Sequence[Sequence[Line]]) -> Iterator[Cell]:
    for row, band in enumerate(bands, start=start):
        inside = {id(line) for line in band}
        lines = [line for line in part.lines if id(line) in inside]
        box = part.box._replace(y0=rows[row].top, y1=rows[row].bottom)
        yield replace(cell, row=row, row_span=1, parts=[replace(part, row=row, row_span=1, box=box, lines=lines)])
