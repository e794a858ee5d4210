"""Row heights, line places and page breaks of a drawn table: a strip of rows that is cut where the page ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.forms.sheet import Cell, Look, TextLine


@dataclass(slots=True)
class Placed:
    """A cell with its box, in points from the top of the strip, and the top of each of its lines."""

    cell: Cell
    top: float
    bottom: float
    tops: list[float]


def wrap(paragraphs: Sequence[TextLine], width: float, look: Look) -> list[TextLine]:
    """Paragraphs as lines no wider than `width`; a word that is too long is cut without a hyphen."""
    lines: list[TextLine] = []
    for paragraph in paragraphs:
        font = look.bold if paragraph.bold else look.font
        room = width - paragraph.x
        current = ""
        gap = paragraph.gap
        for word in _fitting(paragraph.text.split(" "), room, font, look.size):
            longer = f"{current} {word}" if current else word
            if current and stringWidth(longer, font, look.size) > room:
                lines.append(TextLine(current, paragraph.bold, gap, paragraph.x))
                current, gap = word, 0.0
            else:
                current = longer
        lines.append(TextLine(current, paragraph.bold, gap, paragraph.x))
    return lines


def _fitting(words: Sequence[str], width: float, font: str, size: float) -> list[str]:
    parts: list[str] = []
    for word in words:
        rest = word
        while len(rest) > 1 and stringWidth(rest, font, size) > width:
            count = next(n for n in range(len(rest) - 1, 0, -1) if n == 1 or stringWidth(rest[:n], font, size) <= width)
            parts.append(rest[:count])
            rest = rest[count:]
        parts.append(rest)
    return parts


def text_height(lines: Sequence[TextLine], look: Look) -> float:
    return sum(line.gap + look.size * look.leading for line in lines)


def heights(cells: Sequence[Cell], rows: int, minimum: Sequence[float], look: Look) -> list[float]:
    """The height of each row, so that every cell holds its lines; a merged cell stretches its last row."""
    found = list(minimum)
    for one in sorted(cells, key=lambda c: c.row_span):
        need = text_height(one.lines or [], look) + 2 * look.padding + one.offset
        room = sum(found[one.row : one.row + one.row_span])
        if one.lines and need > room:
            found[one.last_row] += need - room
    return found


def place(cells: Sequence[Cell], row_heights: Sequence[float], look: Look) -> list[Placed]:
    """Every cell's box and line tops."""
    edges = [0.0]
    for height in row_heights:
        edges.append(edges[-1] + height)
    placed = []
    for one in cells:
        top, bottom = edges[one.row], edges[one.last_row + 1]
        lines = one.lines or []
        free = bottom - top - text_height(lines, look) - 2 * look.padding
        start = top + look.padding + one.offset
        start += {"top": 0.0, "middle": max(0.0, free / 2), "bottom": max(0.0, free)}[one.valign]
        tops = []
        for line in lines:
            start += line.gap
            tops.append(start)
            start += look.size * look.leading
        placed.append(Placed(one, top, bottom, tops))
    return placed


@dataclass(slots=True)
class Strip:
    """Rows that are still to be drawn."""

    cells: list[Cell]
    minimum: list[float]

    @property
    def rows(self) -> int:
        return len(self.minimum)


def take(strip: Strip, room: float, look: Look) -> tuple[list[Cell], list[float], Strip | None]:
    """The cells and row heights that fit into `room`, and the strip that is left, None at the end."""
    row_heights = heights(strip.cells, strip.rows, strip.minimum, look)
    used = 0.0
    for row, height in enumerate(row_heights):
        if used + height > room + 0.01:
            return _cut(strip, row_heights, row, used, room, look)
        used += height
    return strip.cells, row_heights, None


def _cut(
    strip: Strip, row_heights: list[float], row: int, used: float, room: float, look: Look
) -> tuple[list[Cell], list[float], Strip | None]:
    line_height = look.size * look.leading
    inside = look.breaks == "anywhere" and room - used >= line_height + look.padding
    placed = place(strip.cells, row_heights, look)
    limit = room if inside else used
    if inside and not any(p.cell.row == row and p.tops and p.tops[0] + line_height <= room for p in placed):
        inside, limit = False, used
    if not inside and row == 0:
        inside, limit = True, room
    end = row + 1 if inside else row
    above: list[Cell] = []
    below: list[Cell] = []
    for one in placed:
        _share(one, (row, end), limit, look, above, below)
    minimum = strip.minimum[row:]
    if not inside:
        return above, row_heights[:row], Strip(below, minimum)
    minimum[0] = look.padding * 4 if look.sliver else 0.0
    left = Strip(below, minimum)
    kept = [*row_heights[:row], limit - used]
    return above, kept, left if look.sliver else _without_empty_row(left)


def _share(one: Placed, cut: tuple[int, int], limit: float, look: Look, above: list[Cell], below: list[Cell]) -> None:
    """A cell goes above or below the cut, or is cut in two between its lines."""
    c = one.cell
    row, end = cut
    if c.last_row < row:
        above.append(c)
    elif c.row >= end:
        below.append(replace(c, row=c.row - row))
    else:
        lines = c.lines or []
        stays = [top + look.size * look.leading <= limit + 0.01 for top in one.tops]
        count = stays.index(False) if False in stays else len(stays)
        down = one.tops[0] - one.top - look.padding - lines[0].gap if lines else 0.0
        upper = replace(c, row_span=end - c.row, lines=lines[:count], valign="top", offset=max(0.0, down), bottom=False)
        first = max(c.row, row)
        rest = [replace(line, gap=0.0) if i == 0 else line for i, line in enumerate(lines[count:])]
        above.append(upper)
        below.append(replace(c, row=first - row, row_span=c.last_row - first + 1, lines=rest, top=False, offset=0.0))


def _without_empty_row(strip: Strip) -> Strip:
    """A row of which nothing is left after a cut is gone."""
    first = [c for c in strip.cells if c.row == 0 and c.row_span == 1]
    longer = [c for c in strip.cells if c.row == 0 and c.row_span > 1]
    if any(c.lines for c in first) or not first or not strip.minimum[1:]:
        return strip
    moved = [replace(c, row_span=c.row_span - 1) for c in longer]
    rest = [replace(c, row=c.row - 1) for c in strip.cells if c.row > 0]
    return Strip([*moved, *rest], strip.minimum[1:])
