"""Stacked cells: n indicators, n units and n targets in neighbouring cells give n items.

What tells them apart, in this order: labels (`MASUKAN/INPUT :`), as many bullets or ordinals as values, lines that
begin at the height of a value, as many gaps as values, as many lines as values.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.layouts.labels import is_bullet, read_kind, starts_ordinal
from pipeline.layouts.text import gaps
from pipeline.layouts.vocabulary import Vocabulary, letters
from pipeline.pages.lines import Line
from pipeline.reference.units import known_unit
from pipeline.values import split_stacked

WIDE_GAP = 1.35
SAME_HEIGHT = 3.0
SPACE_SHARE = 0.3
GOES_ON = re.compile(r"(?:[,/&+\-–(]|\b(?:dan|dari|total|atau|s/d|sd|sampai|per|Rp\.?))\s*$", re.IGNORECASE)
VALUE_START = re.compile(r"\s*(?:[<>≥≤=±]+\s*)?(?:Rp\.?\s*)?\(?-?\d|\s*[-–]\s*$|\s*[A-D]{1,3}[+-]?\s*$|\s*W[TD]P\s*$")


@dataclass(slots=True)
class Piece:
    """A line of indicator text, its label taken off."""

    text: str
    line: Line


@dataclass(slots=True)
class Value:
    """The lines of one stacked value."""

    lines: list[Line]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def place(self) -> tuple[int, float]:
        return self.lines[0].page, self.lines[0].middle


@dataclass(slots=True)
class Item:
    """One indicator of a stack: its text, and per value column the lines that belong to it.

    `sure` is False where nothing but the nearest height told which value is whose.
    """

    kind: str | None
    pieces: list[Piece]
    values: dict[str, list[Line]] = field(default_factory=dict)
    sure: bool = True

    @property
    def lines(self) -> list[Line]:
        return [piece.line for piece in self.pieces]


@dataclass(slots=True)
class _Section:
    """The lines under one label, and the values that stand beside them."""

    kind: str | None
    start: tuple[int, float]
    pieces: list[Piece] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stack:
    """Neighbouring cells: the indicator's lines, the leading value column's (the target), and the others'."""

    indicator: Sequence[Line]
    leading: Sequence[Line]
    others: Mapping[str, Sequence[Line]]
    leading_name: str = "target"
    right_edge: float | None = None  # how far the indicator's text reaches, in points
    widths: Mapping[str, float] = field(default_factory=dict)  # of the widest line of each other column, in points


def read_stack(stack: Stack, kind: str | None, vocabulary: Vocabulary) -> tuple[list[Item], str | None]:
    """The items of a stack, and the kind that is still open at its end. `kind` is the one open at its beginning."""
    sections = _sections(stack.indicator, kind, vocabulary)
    single = _same_line(stack)
    values = single or group_values(stack.leading)
    cutter = Cutter(stack.right_edge, vocabulary.measures)
    sure = _share_out(sections, values, cutter)
    items = [item for section in sections for item in _items(section, stack.leading_name, cutter)]
    for item in items:
        item.sure = item.sure and sure
    for name, lines in stack.others.items():
        whole = _whole_lines(lines, stack.widths[name])
        if single and len(lines) == 1 and len(lines[0].words) == len(single):
            whole = [[_of_word(lines[0], index)] for index in range(len(single))]
        _attach(items, name, whole)
    return items, sections[-1].kind if sections else kind


def _sections(lines: Sequence[Line], kind: str | None, vocabulary: Vocabulary) -> list[_Section]:
    sections: list[_Section] = []
    for line in lines:
        labelled = read_kind(line.text, vocabulary)
        if labelled:
            sections.append(_Section(labelled.name, (line.page, line.box.y0)))
            if labelled.rest:
                sections[-1].pieces.append(Piece(labelled.rest, line))
            continue
        if not sections:
            sections.append(_Section(kind, (line.page, line.box.y0)))
        sections[-1].pieces.append(Piece(line.text, line))
    return sections


def group_values(lines: Sequence[Line]) -> list[Value]:
    """Lines of a value column as values: one begins where a line begins like a value and the last one is whole."""
    values: list[Value] = []
    for line in lines:
        whole = values and any(char.isalnum() for char in values[-1].text) and not GOES_ON.search(values[-1].text)
        starts = bool(VALUE_START.match(line.text)) and not line.text.lstrip().startswith("(")
        if not values or (whole and starts):
            values.append(Value([line]))
        else:
            values[-1].lines.append(line)
    return values


def _same_line(stack: Stack) -> list[Value]:
    """`63 210` beside `Poin Poin`: as many units as numbers in one line are as many values."""
    units = stack.others.get("satuan", ())
    if len(stack.leading) != 1 or len(units) != 1:
        return []
    words = stack.leading[0].words
    pairs = split_stacked([word.text for word in words], [word.text for word in units[0].words])
    if pairs is None or len(pairs) < 2:
        return []
    return [Value([_of_word(stack.leading[0], index)]) for index in range(len(words))]


def _of_word(line: Line, index: int) -> Line:
    return Line([line.words[index]], line.words[index].box, line.page)


def _share_out(sections: list[_Section], values: Sequence[Value], cutter: Cutter) -> bool:
    """Give each section its values: in order where there are as many as texts, else those at its height.

    Returns whether that is sure: heights tell nothing where a section with text is left without a value.
    """
    with_text = [section for section in sections if section.pieces]
    for counts in cutter.counts(with_text):
        if sum(counts) == len(values):
            rest = iter(values)
            for section, count in zip(with_text, counts, strict=True):
                section.values.extend(next(rest) for _ in range(count))
            return True
    for value in values:
        page, middle = value.place
        above = [section for section in sections if section.start <= (page, middle + SAME_HEIGHT)]
        owner = above[-1] if above else (sections[0] if sections else None)
        if owner is not None:
            _nearest_with_text(sections, with_text, owner).values.append(value)
    return len(values) < 2 or all(section.values for section in with_text)


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts the lines of a section into texts by the signs that the lines themselves give."""

    right_edge: float | None
    measures: frozenset[str]

    def counts(self, sections: Sequence[_Section]) -> Iterator[list[int]]:
        """How many texts each section holds, by one sign after the other: one each, marks, breaks, measure words."""
        yield [1] * len(sections)
        for cut in (self.by_marks_or_breaks, self.by_marks_or_measures):
            yield [len(cut(section.pieces)) for section in sections]

    def by_marks_or_breaks(self, pieces: Sequence[Piece]) -> list[list[Piece]]:
        marked = _by_marks(pieces)
        return marked if len(marked) > 1 else self.by_hard_breaks(pieces)

    def by_marks_or_measures(self, pieces: Sequence[Piece]) -> list[list[Piece]]:
        marked = _by_marks(pieces)
        return marked if len(marked) > 1 else self.by_measures(pieces)

    def by_hard_breaks(self, pieces: Sequence[Piece]) -> list[list[Piece]]:
        """Cut before each line whose first word would have fitted on the line before it: that break was meant."""
        starts = [0]
        for index in range(1, len(pieces)):
            before, line = pieces[index - 1].line, pieces[index].line
            room = (self.right_edge or before.box.x1) - before.box.x1
            if before.page != line.page and not pieces[index].text[:1].isupper():
                continue
            needed = line.words[0].box.width + SPACE_SHARE * line.box.height
            if room > needed and not GOES_ON.search(pieces[index - 1].text):
                starts.append(index)
        return _cut(pieces, starts)

    def by_measures(self, pieces: Sequence[Piece]) -> list[list[Piece]]:
        """Cut before lines that begin with a measure (`Jumlah`, `Indeks`) after a line that does not ask for more."""
        starts = [
            i
            for i, piece in enumerate(pieces)
            if i == 0 or (self._opens(piece.text) and not GOES_ON.search(pieces[i - 1].text))
        ]
        return _cut(pieces, starts)

    def _opens(self, text: str) -> bool:
        return text[:1].isupper() and letters(text.split(" ", 1)[0]) in self.measures


def _nearest_with_text(sections: list[_Section], with_text: list[_Section], owner: _Section) -> _Section:
    if owner.pieces or not with_text:
        return owner
    return min(with_text, key=lambda section: abs(sections.index(section) - sections.index(owner)))


def _items(section: _Section, leading: str, cutter: Cutter) -> list[Item]:
    count = len(section.values)
    if not section.pieces:
        return []
    if count <= 1:
        texts = _by_marks(section.pieces)
        if count == 0 or len(texts) == 1:
            items = [Item(section.kind, pieces) for pieces in texts]
            if count:
                items[0].values[leading] = section.values[0].lines
            return items
        return [Item(section.kind, section.pieces, {leading: section.values[0].lines})]
    texts, sure = split_pieces(section.pieces, section.values, cutter)
    if len(texts) == 1:
        lines = [line for value in section.values for line in value.lines]
        return [Item(section.kind, section.pieces, {leading: lines})]
    return [
        Item(section.kind, pieces, {leading: value.lines}, sure)
        for pieces, value in zip(texts, section.values, strict=True)
    ]


def split_pieces(pieces: Sequence[Piece], values: Sequence[Value], cutter: Cutter) -> tuple[list[list[Piece]], bool]:
    """Lines as one text per value, and whether a sign told them apart; one text where no sign does."""
    count = len(values)
    for groups in (
        _by_marks(pieces),
        cutter.by_measures(pieces),
        _by_height(pieces, values),
        _by_gaps(pieces),
        cutter.by_hard_breaks(pieces),
    ):
        if len(groups) == count:
            return groups, True
    if len(pieces) == count:
        return [[piece] for piece in pieces], True
    if len(pieces) < count:
        return [list(pieces)], False
    return _nearest(pieces, values), False


def _cut(pieces: Sequence[Piece], starts: Sequence[int]) -> list[list[Piece]]:
    edges = [*starts, len(pieces)]
    return [list(pieces[a:b]) for a, b in itertools.pairwise(edges)]


def _by_marks(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Cut before each bullet or ordinal, if the first line has one."""
    marked = [i for i, piece in enumerate(pieces) if is_bullet(piece.text) or starts_ordinal(piece.text)]
    if not marked or marked[0] != 0:
        return [list(pieces)]
    return _cut(pieces, marked)


def _by_height(pieces: Sequence[Piece], values: Sequence[Value]) -> list[list[Piece]]:
    """Cut at the lines that stand at the height of a value, if every value has one and the first line is one."""
    starts = []
    for value in values:
        page, middle = value.place
        at = [i for i, p in enumerate(pieces) if p.line.page == page and abs(p.line.middle - middle) <= SAME_HEIGHT]
        if not at:
            return []
        starts.append(at[0])
    distinct = sorted(set(starts))
    return _cut(pieces, distinct) if distinct and distinct[0] == 0 else []


def _by_gaps(pieces: Sequence[Piece]) -> list[list[Piece]]:
    distances = gaps([piece.line for piece in pieces])
    inner = sorted(d for d in distances if 0 < d < 200)
    if not inner:
        return [list(pieces)]
    usual = inner[0]
    starts = [0] + [i for i, d in enumerate(distances) if i and WIDE_GAP * usual < d < float("inf")]
    return _cut(pieces, starts)


def is_one_text(lines: Sequence[Line]) -> bool:
    """Whether lines follow one another at one distance, as the lines of one paragraph do."""
    inner = [distance for distance in gaps(lines) if distance < float("inf")]
    return not inner or max(inner) <= WIDE_GAP * min(inner)


def _nearest(pieces: Sequence[Piece], values: Sequence[Value]) -> list[list[Piece]]:
    """Each line to the value nearest in height, in order, one line at least to each."""
    groups: list[list[Piece]] = [[] for _ in values]
    current = 0
    for index, piece in enumerate(pieces):
        rest = len(pieces) - index
        while current + 1 < len(values) and groups[current]:
            here, there = (_distance(piece, values[i]) for i in (current, current + 1))
            if there < here or rest <= len(values) - current - 1:
                current += 1
            else:
                break
        groups[current].append(piece)
    return groups if all(groups) else [list(pieces)]


def _distance(piece: Piece, value: Value) -> float:
    page, middle = value.place
    return abs(piece.line.middle - middle) + 10_000 * abs(piece.line.page - page)


def _whole_lines(lines: Sequence[Line], width: float) -> list[list[Line]]:
    """Lines, those together that one word runs over: too wide for the column, its rest in small letters and no unit."""
    whole: list[list[Line]] = []
    for line in lines:
        before = whole[-1][-1] if whole else None
        if before and _is_rest(before, line, width):
            whole[-1].append(line)
        else:
            whole.append([line])
    return whole


def _is_rest(before: Line, line: Line, width: float) -> bool:
    if len(before.words) > 1 or not line.text[:1].islower() or before.box.width + line.box.width <= width:
        return False
    return known_unit(before.text + line.text) is not None or known_unit(line.text) is None


def _attach(items: list[Item], name: str, lines: Sequence[list[Line]]) -> None:
    """Share a further column's lines among the items: all to one, one each, or by the height of the values."""
    if not lines or not items:
        return
    anchored = [item for item in items if any(item.values.values())] or items
    if len(items) == 1:
        anchored[0].values[name] = [line for group in lines for line in group]
        return
    groups = _groups(lines, anchored)
    for position, item in enumerate(anchored):
        item.values[name] = groups[position] if len(groups) > 1 else list(groups[0])


def _groups(lines: Sequence[list[Line]], items: Sequence[Item]) -> list[list[Line]]:
    """Lines as one group per item, or as one group that belongs to all of them."""
    if len(lines) in (1, len(items)):
        return [list(group) for group in lines]
    values = group_values([line for group in lines for line in group])
    if len(values) == len(items):
        return [value.lines for value in values]
    groups: list[list[Line]] = [[] for _ in items]
    anchors = [next((ls[0] for ls in item.values.values() if ls), item.lines[0]) for item in items]
    for line in (line for group in lines for line in group):
        distances = [abs(one.middle - line.middle) + 10_000 * abs(one.page - line.page) for one in anchors]
        groups[distances.index(min(distances))].append(line)
    return groups
