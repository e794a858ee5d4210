"""Lists without rules: a column of figures beside names that wrap, found by the free strips between the columns.

Figures that stand below one another anchor the rows. From them the list grows as far as lines leave the strip
beside the figures free; running text never does for long. The line whose words stand over the columns is the header.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.pages.lines import Line, make_line
from pipeline.pages.model import Word
from pipeline.tables.unruled_header import find_header, headed_columns
from pipeline.tables.unruled_lines import (
    ALIGNED,
    GUTTER,
    ORDINAL,
    SHORT,
    Segment,
    aligned,
    free_strips,
    is_figure,
    is_money,
    is_signed,
    is_target,
    may_be_target,
    pitch_of,
    segments,
    stands_aligned,
    within,
)
from pipeline.tables.unruled_model import BESIDE, NEXT_LINE, NEXT_ROW, Band, UnruledList
from pipeline.values import read_money

FILLED_ROWS = 0.6
FEWEST_HEADED_COLUMNS = 3
FEWEST_WITH_HEADER = 2
FEWEST_WITHOUT = 3


@dataclass(frozen=True, slots=True)
class Kind:
    """What anchors the rows of a list: segments that prove a column of figures, and those that may stand in one."""

    proves: Callable[[Segment], bool]
    fits: Callable[[Segment], bool]
    headed: bool  # whether only a header over three columns is proof enough


MONEY = Kind(is_money, is_figure, headed=False)
TARGETS = Kind(is_target, may_be_target, headed=True)


def find_lists(lines: Sequence[Line], kind: Kind = MONEY) -> list[UnruledList]:
    """The lists on a page, from top to bottom. `lines` are its loose lines in order.

    `kind` says which segments anchor a row.
    """
    found = []
    for run in _runs(lines, kind):
        grown = _grow(lines, run, kind)
        if grown is not None and _is_list(grown, kind):
            found.append(grown)
    return _without_overlaps(found)


def aligned_groups(spans: Sequence[tuple[float, float]]) -> list[list[int]]:
    """Numbers of the spans (left, right) that share an edge or their middle, the largest group first."""
    groups: list[list[int]] = []
    for places in ([b for _, b in spans], [a for a, _ in spans], [(a + b) / 2 for a, b in spans]):
        group: list[int] = []
        for i in sorted(range(len(spans)), key=places.__getitem__):
            if group and places[i] - places[group[-1]] > ALIGNED:
                groups.append(sorted(group))
                group = []
            group.append(i)
        groups.append(sorted(group))
    return sorted((g for g in groups if len(g) > 1), key=len, reverse=True)


@dataclass(slots=True)
class _Run:
    """Lines first..last (included) between figures that stand below one another, and the figures' band."""

    first: int
    last: int
    band: Band
    count: int


def _runs(lines: Sequence[Line], kind: Kind) -> list[_Run]:
    figures = [(i, s) for i, line in enumerate(lines) for s in segments(line) if kind.proves(s)]
    groups = aligned_groups([(segment.words[-1].box.x0, segment.x1) for _, segment in figures])
    runs = [run for group in groups for run in _divide(lines, [figures[i] for i in group], kind)]
    unique = {(run.first, run.last, run.band): run for run in runs}
    return list(unique.values())


def _divide(lines: Sequence[Line], members: Sequence[tuple[int, Segment]], kind: Kind) -> list[_Run]:
    """Figures of one column as runs that no line of text interrupts."""
    runs: list[_Run] = []
    for index, segment in members:
        one = _Run(index, index, Band(segment.x0, segment.x1, is_signed(segment)), 1)
        if runs and index > runs[-1].last:
            band = runs[-1].band.with_figure(segment)
            joined = _Run(runs[-1].first, index, band, runs[-1].count + 1)
            if _hangs_together(lines[joined.first : index + 1], band, kind):
                runs[-1] = joined
                continue
        runs.append(one)
    return [run for run in runs if run.count > 1]


def _hangs_together(lines: Sequence[Line], band: Band, kind: Kind) -> bool:
    pitch = pitch_of(lines)
    close = all(b.middle - a.middle <= NEXT_ROW * pitch for a, b in pairwise(lines))
    return close and all(_fits(line, band, kind) for line in lines)


def _fits(line: Line, band: Band, kind: Kind) -> bool:
    """Whether a line leaves the strip beside the figures free and has nothing but a figure in their column."""
    for segment in segments(line):
        if segment.x1 <= band.free or segment.x0 >= band.right:
            continue
        if segment.x0 < band.left - ALIGNED or not kind.fits(segment):
            return False
    return True


def _beside(line: Line, band: Band) -> bool:
    """Whether a line has no word in the figures' column."""
    return all(word.box.x1 <= band.free or word.box.x0 >= band.right for word in line.words)


def _grow(lines: Sequence[Line], run: _Run, kind: Kind) -> UnruledList | None:
    """Add the rest of the last row, the columns, the header and the lines between header and first figure."""
    pitch = pitch_of(lines[run.first : run.last + 1])
    run = _extend(lines, run, pitch, kind)
    core = list(lines[run.first : run.last + 1])
    left = min(line.box.x0 for line in core)
    for line in lines[run.last + 1 :]:
        near = line.middle - core[-1].middle <= NEXT_LINE * pitch
        if not near or not _beside(line, run.band) or line.box.x0 < left - ALIGNED:
            break
        core.append(line)
    leading = _leading(lines, run, pitch)
    gutters = _gutters([*leading, *core], run) or _gutters(core, run)
    if gutters is None:
        return None
    anchors = [line for line in core if not _beside(line, run.band)]
    value = sum(right <= run.band.left for _, right in gutters)
    grown = UnruledList([], [*leading, *core], anchors, gutters, value, 0, run.band)
    grown.name = _name_column(grown)
    _take_total(grown)
    find_header(lines[: run.first - len(leading)], grown, pitch)
    return grown


def _take_total(grown: UnruledList) -> None:
    """Take the last line for a total where it is a bare amount: the sum of those above, or one more than ordinals."""
    *above, last = grown.anchors
    band = grown.band
    if len(above) < FEWEST_WITH_HEADER or grown.body[-1] is not last or within(last, 0.0, band.free):
        return
    texts = [" ".join(word.text for word in within(line, band.free, band.right)) for line in grown.anchors]
    *parts, total = (read_money(text).amount for text in texts)
    is_sum = None not in parts and sum(filter(None, parts)) == total
    if is_sum or sum(opens_row(line, grown) for line in grown.body) == len(above):
        grown.total, grown.body, grown.anchors = last, grown.body[:-1], above


def _extend(lines: Sequence[Line], run: _Run, pitch: float, kind: Kind) -> _Run:
    """Add rows at both ends whose figure fits the column but proves nothing by itself: `0`, `-`, `500000`."""
    first, last = run.first, run.last
    for index in range(run.last + 1, len(lines)):
        if lines[index].middle - lines[index - 1].middle > NEXT_LINE * pitch or not _fits(lines[index], run.band, kind):
            break
        last = last if _beside(lines[index], run.band) else index
    for index in range(run.first - 1, -1, -1):
        if lines[index + 1].middle - lines[index].middle > NEXT_LINE * pitch or not _fits(lines[index], run.band, kind):
            break
        first = first if _beside(lines[index], run.band) else index
    return replace(run, first=first, last=last)


def _leading(lines: Sequence[Line], run: _Run, pitch: float) -> list[Line]:
    """The lines above the first figure that could begin its row: close, and with nothing in the figures' column."""
    found: list[Line] = []
    below = lines[run.first]
    for line in reversed(lines[: run.first]):
        if below.middle - line.middle > NEXT_LINE * pitch or not _beside(line, run.band):
            break
        found.insert(0, line)
        below = line
    return found


def _gutters(body: Sequence[Line], run: _Run) -> list[tuple[float, float]] | None:
    """The free strips that part columns; None where nothing stands left of the figures, or too near."""
    before = [words for line in body if (words := within(line, 0.0, run.band.left))]
    ends = max((words[-1].box.x1 for words in before), default=run.band.left)
    if ends > run.band.free:
        return None
    strips = free_strips([make_line(words, body[0].page) for words in before], BESIDE)
    kept = [strip for strip in strips if _parts_columns(strip, strips, body, run)]
    after = [strip for strip in free_strips(body, GUTTER) if strip[0] >= run.band.right - ALIGNED]
    return [*kept, (ends, run.band.left), *after]


def _parts_columns(
    strip: tuple[float, float], strips: Sequence[tuple[float, float]], body: Sequence[Line], run: _Run
) -> bool:
    """Whether most rows have something right of a strip, and it begins below itself or is short.

    The words of justified names do neither: their last ones end below one another, where the column ends.
    """
    right = min((a for a, _ in strips if a > strip[1]), default=run.band.left)
    parts = [words for line in body if (words := within(line, strip[1], right))]
    if len(parts) < FILLED_ROWS * run.count:
        return False
    lefts, rights = [words[0].box.x0 for words in parts], [words[-1].box.x1 for words in parts]
    if aligned(lefts) and not (aligned(rights, 1.0) and not aligned(lefts, 1.0)):
        return True
    short = all(len(words) == 1 and SHORT.fullmatch(words[0].text) for words in parts)
    return short and stands_aligned(list(zip(lefts, rights, strict=True)))


def _name_column(grown: UnruledList) -> int:
    edges = grown.edges
    widths = [
        sum(word.box.width for line in grown.body for word in within(line, edges[i], edges[i + 1]))
        for i in range(grown.value)
    ]
    return widths.index(max(widths))


def _is_list(grown: UnruledList, kind: Kind) -> bool:
    """Whether there is proof enough: a header, or ordinals or currency signs beside three figures at least."""
    if kind.headed:
        named = headed_columns(grown) >= FEWEST_HEADED_COLUMNS and len(grown.anchors) >= FEWEST_WITHOUT
        return named and not _counts_up(grown)
    if grown.header:
        return len(grown.anchors) >= FEWEST_WITH_HEADER
    signed = sum("rp" in line.text.casefold() for line in grown.anchors)
    marked = max(signed, sum(1 for line in grown.body if opens_row(line, grown)))
    return len(grown.anchors) >= FEWEST_WITHOUT and marked >= FILLED_ROWS * len(grown.anchors)


def _counts_up(grown: UnruledList) -> bool:
    """Whether the figures are whole numbers that never fall: the page numbers of a table of contents."""
    edges = grown.edges
    figures = [within(line, edges[grown.value], edges[grown.value + 1])[0].text for line in grown.anchors]
    return all(map(str.isdigit, figures)) and all(int(a) <= int(b) for a, b in pairwise(figures))


def opens_row(line: Line, grown: UnruledList) -> bool:
    """Whether a line begins with an ordinal, in a column of its own or before the name."""
    edges = grown.edges
    first = line.words[0]
    if first.box.center[0] >= edges[grown.name + 1]:
        return False
    own = first.box.center[0] < edges[grown.name]
    return ORDINAL.fullmatch(first.text) is not None and (own or first.text[-1] in ".)")


def words_of(lines: Iterable[Line]) -> list[Word]:
    """The words of lines, in order."""
    return [word for line in lines for word in line.words]


def _without_overlaps(found: Sequence[UnruledList]) -> list[UnruledList]:
    """Lists that share a line are one found twice: the one with more rows stays, or the one further left."""
    kept: list[UnruledList] = []
    for one in sorted(found, key=lambda item: (-len(item.anchors), item.band.left)):
        lines = {id(line) for line in one.lines}
        if not any(id(line) in lines for other in kept for line in other.lines):
            kept.append(one)
    return sorted(kept, key=lambda item: item.body[0].middle)
