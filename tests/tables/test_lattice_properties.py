"""Any grid of merged cells, drawn as rules, comes back exactly."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from pipeline.pages.model import Page, Rule
from pipeline.tables.lattice import find_frames
from tests.tables.drawn import HEIGHT, WIDTH, horizontal, vertical

Span = tuple[int, int, int, int]  # row, column, row_end, column_end
GAPS = st.floats(8.0, 60.0)


@st.composite
def merged_grids(draw) -> tuple[list[float], list[float], list[Span]]:
    """Edges and cells of a grid in which some rectangles of cells are merged."""
    xs = list(accumulate(draw(st.lists(GAPS, min_size=2, max_size=6)), initial=40.0))
    ys = list(accumulate(draw(st.lists(GAPS, min_size=1, max_size=7)), initial=50.0))
    rows, columns = len(ys) - 1, len(xs) - 1
    taken: set[tuple[int, int]] = set()
    cells: list[Span] = []
    for _ in range(draw(st.integers(0, 6))):
        top, left = draw(st.integers(0, rows - 1)), draw(st.integers(0, columns - 1))
        bottom, right = draw(st.integers(top + 1, rows)), draw(st.integers(left + 1, columns))
        inside = {(r, c) for r in range(top, bottom) for c in range(left, right)}
        if not inside & taken:
            taken |= inside
            cells.append((top, left, bottom, right))
    cells += [(r, c, r + 1, c + 1) for r in range(rows) for c in range(columns) if (r, c) not in taken]
    return xs, ys, sorted(cells)


def drawn_edges(cells: list[Span]) -> tuple[list[int], list[int]]:
    """The edges that some cell ends at: the others are drawn nowhere."""
    columns = sorted({edge for _, left, _, right in cells for edge in (left, right)})
    rows = sorted({edge for top, _, bottom, _ in cells for edge in (top, bottom)})
    return columns, rows


def sides(cells: list[Span], xs: list[float], ys: list[float]) -> list[Rule]:
    return [
        rule
        for top, left, bottom, right in cells
        for rule in (
            horizontal(ys[top], xs[left], xs[right]),
            horizontal(ys[bottom], xs[left], xs[right]),
            vertical(xs[left], ys[top], ys[bottom]),
            vertical(xs[right], ys[top], ys[bottom]),
        )
    ]


@given(merged_grids(), st.randoms(use_true_random=False))
def test_merged_grids_come_back(grid, order):
    xs, ys, cells = grid
    rules = sides(cells, xs, ys)
    order.shuffle(rules)
    columns, rows = drawn_edges(cells)
    (frame,) = find_frames(Page(1, WIDTH, HEIGHT, rules=rules))
    assert len(frame.xs) == len(columns)
    assert len(frame.ys) == len(rows)
    assert all(abs(x - xs[edge]) < 0.01 for x, edge in zip(frame.xs, columns, strict=True))
    assert all(abs(y - ys[edge]) < 0.01 for y, edge in zip(frame.ys, rows, strict=True))
    found = [
        (rows[region.row], columns[region.column], rows[region.row_end], columns[region.column_end])
        for region in frame.regions
    ]
    assert sorted(found) == cells
    assert frame.signs == []
