"""Lines in reading order where a page has columns side by side, as in a block of two signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.layouts.prose.vocabulary import vocabulary
from pipeline.pages.lines import Line, make_line
from pipeline.pages.model import Word

WIDE_GAP = 2.2  # times the height of the line
REACH = 10.0  # times the height: how far apart two lines with the same gap may stand
EDGE_REACH = 5.0  # times the height: how far a line of one side alone may stand from its zone


@dataclass(frozen=True, slots=True)
class _Zone:
    """Lines `first` up to `last` (inclusive) that a gutter from `left` to `right` divides."""

    first: int
    last: int
    left: float
    right: float


def text_height(line: Line) -> float:
    """The height of the line's words, in points; one tall sign in it changes nothing."""
    heights = sorted(word.box.height for word in line.words)
    return heights[len(heights) // 2] or line.box.height or 1.0


def reading_order(lines: Sequence[Line]) -> list[list[Line]]:
    """Runs of lines, each run one column of text, in reading order. Every word is in exactly one line."""
    zone = _first_zone(lines)
    if zone is None:
        return [list(lines)] if lines else []
    inside = lines[zone.first : zone.last + 1]
    left, right = _divide(inside, (zone.left + zone.right) / 2)
    runs = [list(lines[: zone.first])] if zone.first else []
    runs += reading_order(left) + reading_order(right)
    return runs + reading_order(lines[zone.last + 1 :])


def _divide(lines: Sequence[Line], middle: float) -> tuple[list[Line], list[Line]]:
    sides: tuple[list[Line], list[Line]] = ([], [])
    for line in lines:
        parts: tuple[list[Word], list[Word]] = ([], [])
        for word in line.words:
            parts[word.box.center[0] > middle].append(word)
        for side, words in zip(sides, parts, strict=True):
            if words:
                side.append(make_line(words, line.page))
    return sides


def _gaps(line: Line) -> list[tuple[float, float]]:
    """Wide gaps between words that are none between a label or a list mark and its text."""
    least = WIDE_GAP * text_height(line)
    found = []
    reached = line.words[0].box.x1
    for index in range(1, len(line.words)):
        word = line.words[index]
        if word.box.x0 - reached > least and not _is_label(line.words[:index], line.words[index:]):
            found.append((reached, word.box.x0))
        reached = max(reached, word.box.x1)
    return found


def _is_label(before: Sequence[Word], after: Sequence[Word]) -> bool:
    left = " ".join(word.text for word in before)
    if after[0].text.startswith(":") or left.endswith(":"):
        return True
    marked = vocabulary().marker.match(f"{left} A")
    return marked is not None and marked.end() >= len(left)


def _first_zone(lines: Sequence[Line]) -> _Zone | None:
    gaps = [_gaps(line) for line in lines]
    for first, here in enumerate(gaps):
        for left, right in here:
            zone = _grow(lines, gaps, _Zone(first, first, left, right))
            if zone.last > zone.first:
                return _add_edges(lines, zone)
    return None


def _grow(lines: Sequence[Line], gaps: Sequence[Sequence[tuple[float, float]]], zone: _Zone) -> _Zone:
    """The zone with every later line that leaves its gutter free, up to the last one with words on both sides."""
    left, right, last = zone.left, zone.right, zone.first
    for index in range(zone.first + 1, len(lines)):
        line = lines[index]
        height = text_height(line)
        if line.box.y0 - lines[last].box.y1 > REACH * height:
            break
        shared = [(max(a, left), min(b, right)) for a, b in gaps[index]]
        wide = [(a, b) for a, b in shared if b - a >= height]
        if wide:
            (left, right), last = wide[0], index
        elif line.box.x0 < right - 1 and line.box.x1 > left + 1:
            break
    return _Zone(zone.first, last, left, right)


def _add_edges(lines: Sequence[Line], zone: _Zone) -> _Zone:
    """The zone with the lines above and below that stand on one side alone, such as the date above a signature."""
    first, last = zone.first, zone.last
    while first and _beside(lines[first - 1], zone, lines[first].box.y0 - lines[first - 1].box.y1):
        first -= 1
    while last + 1 < len(lines) and _beside(lines[last + 1], zone, lines[last + 1].box.y0 - lines[last].box.y1):
        last += 1
    return _Zone(first, last, zone.left, zone.right)


def _beside(line: Line, zone: _Zone, distance: float) -> bool:
    return line.box.x0 >= zone.right - 1 and distance <= EDGE_REACH * text_height(line)
