"""Cells with spans out of ruled lines.

Rules are clustered by position and joined along it; connected rules make a frame; inside a frame, elementary
cells whose shared side is not ruled are one cell, so that spans come out by themselves.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.pages.model import Box, Page, Rule

SAME_POSITION = 2.2
BRIDGED_GAP = 3.0
TOUCHING = 3.0
RULED_SHARE = 0.6
SHORTEST_SIDE = 6.0
SMALLEST_FRAME = 12.0


@dataclass(slots=True)
class RuleLine:
    """Collinear rules joined: at `position`, covering `spans` along its direction."""

    position: float
    spans: list[tuple[float, float]]

    @property
    def start(self) -> float:
        return self.spans[0][0]

    @property
    def end(self) -> float:
        return self.spans[-1][1]

    def covers(self, start: float, end: float) -> float:
        """The share of start..end that is ruled."""
        if end <= start:
            return 0.0
        return sum(max(0.0, min(end, b) - max(start, a)) for a, b in self.spans) / (end - start)


@dataclass(slots=True)
class Region:
    """A cell of one page's grid: rows and columns it covers, ends excluded."""

    row: int
    column: int
    row_end: int
    column_end: int
    box: Box


@dataclass(slots=True)
class Frame:
    """One page's grid: `xs` and `ys` are its edges in points, `regions` its cells in reading order."""

    xs: list[float]
    ys: list[float]
    regions: list[Region]
    signs: list[str] = field(default_factory=list)

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def cluster(values: Iterable[tuple[float, float]], tolerance: float) -> list[float]:
    """Weighted means of values closer than `tolerance` to their neighbour. Pairs are (value, weight)."""
    means: list[float] = []
    group: list[tuple[float, float]] = []
    for value, weight in sorted(values):
        if group and value - group[-1][0] > tolerance:
            means.append(_mean(group))
            group = []
        group.append((value, weight))
    if group:
        means.append(_mean(group))
    return means


def _mean(group: Sequence[tuple[float, float]]) -> float:
    weight = sum(w for _, w in group)
    return sum(v * w for v, w in group) / weight if weight else group[0][0]


def join_spans(spans: Iterable[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    """Spans with those joined that overlap or are no more than `gap` apart, in ascending order."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if joined and start - joined[-1][1] <= gap:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def merge_rules(rules: Sequence[Rule]) -> list[RuleLine]:
    """Rules of one direction, those at the same position as one line each, lines apart being apart."""
    if not rules:
        return []
    ordered = sorted(rules, key=lambda rule: rule.position)
    lines: list[RuleLine] = []
    group: list[Rule] = []
    for rule in ordered:
        if group and rule.position - group[-1].position > SAME_POSITION:
            lines.append(_as_line(group))
            group = []
        group.append(rule)
    lines.append(_as_line(group))
    return lines


def _as_line(group: Sequence[Rule]) -> RuleLine:
    position = _mean([(rule.position, rule.end - rule.start) for rule in group])
    return RuleLine(position, join_spans(((rule.start, rule.end) for rule in group), BRIDGED_GAP))


def _pieces(lines: Sequence[RuleLine], shortest: float) -> list[RuleLine]:
    """One line per unbroken span, a row of dashes being one: pieces far apart may belong to different tables."""
    return [RuleLine(line.position, [span]) for line in lines for span in line.spans if span[1] - span[0] >= shortest]


def _components(
    horizontal: Sequence[RuleLine], vertical: Sequence[RuleLine]
) -> list[tuple[list[RuleLine], list[RuleLine]]]:
    """Groups of pieces that touch one another, those with both directions only."""
    parent = list(range(len(horizontal) + len(vertical)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, j in _touching(horizontal, vertical):
        parent[find(len(horizontal) + j)] = find(i)
    groups: dict[int, tuple[list[RuleLine], list[RuleLine]]] = defaultdict(lambda: ([], []))
    for i, line in enumerate(horizontal):
        groups[find(i)][0].append(line)
    for j, line in enumerate(vertical):
        groups[find(len(horizontal) + j)][1].append(line)
    found = [(h, v) for h, v in groups.values() if h and v]
    for across, along in groups.values():
        if not across:
            _absorb(along, found)
    return found


def _absorb(loose: Sequence[RuleLine], tables: Sequence[tuple[list[RuleLine], list[RuleLine]]]) -> None:
    """Give verticals that touch no horizontal to the table that begins and ends where they do: its columns there are
    merged over the whole page.
    """
    for _, vertical in tables:
        top, bottom = min(line.start for line in vertical), max(line.end for line in vertical)
        if all(abs(line.start - top) <= TOUCHING and abs(line.end - bottom) <= TOUCHING for line in loose):
            vertical.extend(loose)
            return


def _touching(horizontal: Sequence[RuleLine], vertical: Sequence[RuleLine]) -> Iterator[tuple[int, int]]:
    """The numbers of the pieces, one of each direction, that meet or nearly do."""
    by_x = sorted(range(len(vertical)), key=lambda j: vertical[j].position)
    positions = [vertical[j].position for j in by_x]
    reach = [(line.start - TOUCHING, line.end + TOUCHING) for line in vertical]
    for i, line in enumerate(horizontal):
        first = bisect_left(positions, line.start - TOUCHING)
        for j in by_x[first : bisect_right(positions, line.end + TOUCHING)]:
            if reach[j][0] <= line.position <= reach[j][1]:
                yield i, j


def find_frames(page: Page) -> list[Frame]:
    """The ruled grids of a page, from top to bottom; single boxes around text are frames of one cell."""
    horizontal = _pieces(merge_rules([rule for rule in page.rules if not rule.vertical]), SHORTEST_SIDE)
    vertical = _pieces(merge_rules([rule for rule in page.rules if rule.vertical]), SHORTEST_SIDE / 2)
    frames = [frame for h, v in _components(horizontal, vertical) for frame in _frames(h, v)]
    return sorted(frames, key=lambda frame: (frame.box.y0, frame.box.x0))


def _frames(horizontal: list[RuleLine], vertical: list[RuleLine]) -> list[Frame]:
    """The frames of one group of connected rules: bands that share no column edge are tables of their own."""
    signs: list[str] = []
    _close_ends(horizontal, vertical, signs)
    _close_sides(horizontal, vertical, signs)
    ys = cluster(((line.position, line.end - line.start) for line in horizontal), SAME_POSITION)
    frames = []
    for first, last in _band_runs(ys, vertical):
        top, bottom = ys[first], ys[last]
        above = [line for line in vertical if min(line.end, bottom) - max(line.start, top) > SAME_POSITION]
        inside = [line for line in horizontal if top - SAME_POSITION <= line.position <= bottom + SAME_POSITION]
        frame = _frame(inside, above, ys[first : last + 1], signs)
        if frame:
            frames.append(frame)
    return frames


def _band_runs(ys: list[float], vertical: Sequence[RuleLine]) -> list[tuple[int, int]]:
    """Runs of bands in which each band shares a column edge with the next, as first and last edge numbers."""
    edges = [_edges_between(top, bottom, vertical) for top, bottom in pairwise(ys)]
    runs: list[list[int]] = []
    for band, xs in enumerate(edges):
        if not xs:
            continue
        joined = runs and runs[-1][1] == band and any(abs(x - y) <= SAME_POSITION for x in xs for y in edges[band - 1])
        if joined:
            runs[-1][1] = band + 1
        else:
            runs.append([band, band + 1])
    return [(first, last) for first, last in runs]


def _edges_between(top: float, bottom: float, vertical: Sequence[RuleLine]) -> list[float]:
    reaching = [line for line in vertical if line.start < bottom and line.end > top]
    return [line.position for line in reaching if line.covers(top, bottom) >= RULED_SHARE]


def _frame(horizontal: list[RuleLine], vertical: list[RuleLine], ys: list[float], signs: list[str]) -> Frame | None:
    xs = cluster(((line.position, line.end - line.start) for line in vertical), SAME_POSITION)
    if len(xs) < 2 or len(ys) < 2 or xs[-1] - xs[0] < SMALLEST_FRAME or ys[-1] - ys[0] < SHORTEST_SIDE:
        return None
    return Frame(xs, ys, _regions(xs, ys, horizontal, vertical), list(signs))


def _close_ends(horizontal: list[RuleLine], vertical: Sequence[RuleLine], signs: list[str]) -> None:
    """Where two or more verticals stick out above or below all horizontals, rule the open end."""
    top, bottom = min(line.position for line in horizontal), max(line.position for line in horizontal)
    above = [line for line in vertical if line.start < top - 2 * TOUCHING]
    below = [line for line in vertical if line.end > bottom + 2 * TOUCHING]
    for sticking, end, sign in (
        (above, min((line.start for line in above), default=0.0), "ujung atas terbuka"),
        (below, max((line.end for line in below), default=0.0), "ujung bawah terbuka"),
    ):
        if len(sticking) >= 2:
            horizontal.append(RuleLine(end, [(min(v.position for v in sticking), max(v.position for v in sticking))]))
            signs.append(sign)


def _close_sides(horizontal: Sequence[RuleLine], vertical: list[RuleLine], signs: list[str]) -> None:
    """Where two or more horizontals stick out to the left or right of all verticals, rule the open side."""
    left, right = min(line.position for line in vertical), max(line.position for line in vertical)
    before = [line for line in horizontal if line.start < left - 4 * TOUCHING]
    after = [line for line in horizontal if line.end > right + 4 * TOUCHING]
    for sticking, end, sign in (
        (before, min((line.start for line in before), default=0.0), "sisi kiri terbuka"),
        (after, max((line.end for line in after), default=0.0), "sisi kanan terbuka"),
    ):
        if len(sticking) >= 2:
            vertical.append(RuleLine(end, [(min(h.position for h in sticking), max(h.position for h in sticking))]))
            signs.append(sign)


def nearest(edges: Sequence[float], position: float) -> int:
    """The number of the edge closest to a position; `edges` are in ascending order, the lower of two is taken."""
    at = bisect_left(edges, position)
    if at == len(edges) or (at > 0 and position - edges[at - 1] <= edges[at] - position):
        return at - 1
    return at


class _Sides:
    """Which sides of the elementary cells are ruled."""

    def __init__(self, edges: Sequence[float], lines: Sequence[RuleLine]) -> None:
        by_edge: list[list[tuple[float, float]]] = [[] for _ in edges]
        for line in lines:
            by_edge[nearest(edges, line.position)].extend(line.spans)
        self.by_edge = [join_spans(spans, BRIDGED_GAP) for spans in by_edge]

    def ruled(self, edge: int, start: float, end: float) -> bool:
        needed, covered = RULED_SHARE * (end - start), 0.0
        for a, b in self.by_edge[edge]:
            if b > start and a < end:
                covered += min(end, b) - max(start, a)
        return covered >= needed


def _regions(xs: list[float], ys: list[float], horizontal: list[RuleLine], vertical: list[RuleLine]) -> list[Region]:
    columns, rows = len(xs) - 1, len(ys) - 1
    across, along = _Sides(ys, horizontal), _Sides(xs, vertical)
    label = [[-1] * columns for _ in range(rows)]
    open_below = [
        [r + 1 < rows and not across.ruled(r + 1, xs[c], xs[c + 1]) for c in range(columns)] for r in range(rows)
    ]
    open_right = [
        [c + 1 < columns and not along.ruled(c + 1, ys[r], ys[r + 1]) for c in range(columns)] for r in range(rows)
    ]
    groups: list[list[tuple[int, int]]] = []
    for r in range(rows):
        for c in range(columns):
            if label[r][c] < 0:
                groups.append(_flood(r, c, len(groups), label, open_below, open_right))
    regions = [region for group in groups for region in _rectangles(group, xs, ys)]
    return sorted(regions, key=lambda region: (region.row, region.column))


def _flood(
    r: int, c: int, name: int, label: list[list[int]], open_below: list[list[bool]], open_right: list[list[bool]]
) -> list[tuple[int, int]]:
    """The elementary cells that hang together with (r, c) over unruled sides."""
    stack, group = [(r, c)], []
    label[r][c] = name
    while stack:
        i, j = stack.pop()
        group.append((i, j))
        neighbours = []
        if open_below[i][j]:
            neighbours.append((i + 1, j))
        if i and open_below[i - 1][j]:
            neighbours.append((i - 1, j))
        if open_right[i][j]:
            neighbours.append((i, j + 1))
        if j and open_right[i][j - 1]:
            neighbours.append((i, j - 1))
        for a, b in neighbours:
            if label[a][b] < 0:
                label[a][b] = name
                stack.append((a, b))
    return group


def _rectangles(group: list[tuple[int, int]], xs: list[float], ys: list[float]) -> list[Region]:
    """A group as one region; one that is no rectangle is cut into runs, alike runs below one another joined."""
    if len(group) == 1:
        ((r, c),) = group
        return [Region(r, c, r + 1, c + 1, Box(xs[c], ys[r], xs[c + 1], ys[r + 1]))]
    runs: dict[tuple[int, int], list[int]] = defaultdict(list)
    by_row: dict[int, list[int]] = defaultdict(list)
    for r, c in group:
        by_row[r].append(c)
    for r, columns in by_row.items():
        for start, end in _runs(sorted(columns)):
            runs[start, end].append(r)
    return [
        Region(top, start, bottom, end, Box(xs[start], ys[top], xs[end], ys[bottom]))
        for (start, end), rows in runs.items()
        for top, bottom in _runs(sorted(rows))
    ]


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of successive numbers, ends excluded."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number:
            runs[-1][1] = number + 1
        else:
            runs.append([number, number + 1])
    return [(start, end) for start, end in runs]
