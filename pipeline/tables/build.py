"""Words into the cells of a page's frames."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import compress, pairwise

from pipeline.pages.lines import Line, group_lines, make_line
from pipeline.pages.model import Box, Fill, Page, Word
from pipeline.tables.apart import tables_apart
from pipeline.tables.bands import part_rows
from pipeline.tables.lattice import Frame, find_frames
from pipeline.tables.page_table import PageCell, PageTable
from pipeline.tables.scanned import SCANNED, single_rules
from pipeline.tables.unruled_lines import segments

FILLED_SHARE = 0.5
FEWEST_REGIONS = 3
FEWEST_FILLED = 2
RULED_ROWS = 0.6  # of a table's height: an edge ruled along so much of it is one along all of it
ROW_OF_CELLS = 0.7  # of its cells hold words; in a line with a page number at its end, most do not
CHANNEL = 1.0  # times the height of its words: what a merged cell leaves free beside such an edge, more than a blank


def page_tables(page: Page) -> tuple[list[PageTable], list[Word]]:
    """The ruled tables of a page, from top to bottom, and the visible words that none of them holds."""
    tables: list[PageTable] = []
    words = [word for word in page.words if word.visible]
    ruled = page if page.engine == "pdfium" else replace(page, rules=single_rules(page.rules))
    for frame in sorted(find_frames(ruled), key=_area):
        if len(frame.regions) < FEWEST_REGIONS or len(frame.xs) < 3:
            continue
        inside, outside = _divide(words, frame.box)
        found, titles = tables_apart(_fill(frame, inside, page))
        if sum(bool(cell.lines) for table in found for cell in table.cells) < FEWEST_FILLED:
            continue
        tables += found
        words = [*outside, *titles]
    tables.sort(key=lambda table: (table.box.y0, table.box.x0))
    return tables, words


def _area(frame: Frame) -> float:
    return frame.box.width * frame.box.height


def _divide(words: Sequence[Word], box: Box) -> tuple[list[Word], list[Word]]:
    """The words whose middle lies in a box, and the others. Edges are doubled, to spare each word a division."""
    left, top, right, bottom = (2 * edge for edge in box)
    within = [left <= x0 + x1 <= right and top <= y0 + y1 <= bottom for x0, y0, x1, y1 in [word.box for word in words]]
    return list(compress(words, within)), [word for word, held in zip(words, within, strict=True) if not held]


def _fill(frame: Frame, words: Sequence[Word], page: Page) -> PageTable:
    cells = [PageCell(region) for region in frame.regions]
    at: list[list[int]] = [[-1] * (len(frame.xs) - 1) for _ in frame.ys[1:]]
    for number, region in enumerate(frame.regions):
        for row in range(region.row, region.row_end):
            at[row][region.column : region.column_end] = [number] * (region.column_end - region.column)
    held: dict[int, list[Word]] = defaultdict(list)
    rows, columns = frame.ys[1:-1], frame.xs[1:-1]  # what lies beyond the outer edges belongs to the outer cells
    for word in words:
        x0, y0, x1, y1 = word.box
        held[at[bisect_right(rows, (y0 + y1) / 2)][bisect_right(columns, (x0 + x1) / 2)]].append(word)
    for number, inside in held.items():
        cells[number].lines = group_lines(inside, page.number)
    engine = SCANNED if page.engine != "pdfium" else "lattice"
    table = PageTable(page.number, frame.xs, frame.ys, cells, engine=engine, signs=list(frame.signs))
    _follow_edges(table)
    left, top, right, bottom = table.box
    fills = [
        fill
        for fill in page.fills
        if fill.box.x0 < right and fill.box.x1 > left and fill.box.y0 < bottom and fill.box.y1 > top
    ]
    part_rows(table, fills)
    shade(table, fills)
    return table


def _follow_edges(table: PageTable) -> None:
    """Cut the cells over an edge that most rows have ruled, where their words leave it free: its rule is missing."""
    height = table.ys[-1] - table.ys[0]
    over: dict[int, float] = defaultdict(float)
    wide = [cell for cell in table.cells if cell.region.column_end - cell.region.column > 1]
    for cell in wide:
        for edge in range(cell.region.column + 1, cell.region.column_end):
            over[edge] += cell.region.box.height
    usual = {edge for edge, unruled in over.items() if unruled <= (1 - RULED_ROWS) * height}
    for cell in wide:
        inner = usual.intersection(range(cell.region.column + 1, cell.region.column_end))
        edges = [edge for edge in sorted(inner) if _leaves_free(cell, table.xs[edge])]
        pieces = list(_cut(cell, edges, table))
        if len(pieces) > 1 and sum(bool(piece.lines) for piece in pieces) >= ROW_OF_CELLS * len(pieces):
            table.cells.remove(cell)
            table.cells += pieces
            table.signs.append("garis antarkolom hilang")
    table.cells.sort(key=lambda cell: (cell.region.row, cell.region.column))


def _leaves_free(cell: PageCell, x: float) -> bool:
    """Whether a cell has words at both sides of an edge, and a channel between them."""
    boxes = [word.box for line in cell.lines for word in line.words]
    before = [box.x1 for box in boxes if box.x1 <= x]
    after = [box.x0 for box in boxes if box.x0 >= x]
    if not before or not after or len(before) + len(after) < len(boxes):
        return False
    return min(after) - max(before) >= CHANNEL * max(box.height for box in boxes)


def _cut(cell: PageCell, edges: Sequence[int], table: PageTable) -> Iterator[PageCell]:
    words = [word for line in cell.lines for word in line.words]
    for first, last in pairwise([cell.region.column, *edges, cell.region.column_end]):
        left, right = table.xs[first], table.xs[last]
        box = cell.region.box._replace(x0=left, x1=right)
        own = [word for word in words if left <= word.box.center[0] < right]
        yield PageCell(replace(cell.region, column=first, column_end=last, box=box), group_lines(own, table.page))


def shade(table: PageTable, fills: Sequence[Fill]) -> None:
    """Give each cell the colour that covers more than half of it, the last one drawn winning."""
    if not fills:
        return
    level: dict[tuple[float, float], list[Fill]] = {}  # the fills beside each row: the cells of a row ask for the same
    for cell in table.cells:
        _, top, _, bottom = cell.region.box
        if (top, bottom) not in level:
            level[top, bottom] = [fill for fill in fills if fill.box.y0 < bottom and fill.box.y1 > top]
        area = cell.region.box.width * cell.region.box.height
        covered: dict[tuple[int, int, int], float] = defaultdict(float)
        for fill in level[top, bottom]:
            overlap = fill.box.overlap(cell.region.box)
            if overlap:
                covered[fill.color] += overlap
        ruling = [color for color, shared in covered.items() if shared > FILLED_SHARE * area]
        cell.fill = ruling[-1] if ruling else None


def set_surroundings(tables: Sequence[PageTable], words: Sequence[Word], page: int) -> None:
    """Give each table the loose lines right above it and, to the last one, those below it.

    `words` are the page's loose words without running headers and footers.
    """
    lines = group_lines(words, page)
    for table in tables:
        beside = [one for one in tables if _beside(table.box, one.box)]
        over = [one.box for one in tables if one is not table and one.box.y0 <= table.box.y0 and one not in beside]
        upper = max((min(box.y1, table.box.y0) for box in over), default=0.0)
        near = [line for line in lines if upper <= line.middle < table.box.y0]
        table.above = _nearest_to(table, beside, near) if beside else near
    if tables:
        lowest = max(table.box.y1 for table in tables)
        tables[-1].below = [line for line in lines if line.middle > lowest]


def set_room(tables: Sequence[PageTable], area: tuple[float, float]) -> None:
    """Give the tables of a page their distances from the head and the foot of its text area."""
    for table in tables:
        table.room_above, table.room_below = table.box.y0 - area[0], area[1] - table.box.y1


def _beside(a: Box, b: Box) -> bool:
    return min(a.y1, b.y1) > max(a.y0, b.y0) and min(a.x1, b.x1) <= max(a.x0, b.x0)


def _nearest_to(table: PageTable, beside: Sequence[PageTable], lines: Sequence[Line]) -> list[Line]:
    """The pieces of lines that stand nearer to a table than to those beside it."""
    pieces = [make_line(segment.words, line.page) for line in lines for segment in segments(line)]
    boxes = sorted([table.box, *(one.box for one in beside)])
    return [
        piece
        for piece in pieces
        if min(boxes, key=lambda box: max(box.x0 - piece.box.center[0], piece.box.center[0] - box.x1)) == table.box
    ]
