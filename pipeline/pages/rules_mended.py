"""Rules put together again from the pieces that a scan left of them.

Nothing ends in the open in a table: a gap is bridged where a piece ends without meeting a rule across, and an open end
is led on to a rule across that stands near. Gaps between two rules across are the sides of a merged cell, and stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.pages.model import Rule

COLLINEAR = 1.4
BRIDGED_GAP = 12.0
WIDE_GAP = 30.0
REACH = 4.0
TOUCHING = 0.5
BLUR = 6.0
AT_RULE = 2.5
RIGHT_AT_RULE = 1.7
SHORTEST = 24.0
SHORTEST_CLOSED = 9.0
INKED_SHARE = 0.6
MOST_ADDED = 0.15
LONG = 150.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A straight run of ink; `sure` where it is long and black enough to be a rule by itself."""

    rule: Rule
    sure: bool

    @property
    def length(self) -> float:
        return self.rule.end - self.rule.start


@dataclass(slots=True)
class _Track:
    """Pieces in one line, from the first to the last; `end` is the farthest that any reaches."""

    pieces: list[Piece] = field(default_factory=list)
    end: float = 0.0

    @property
    def sure(self) -> bool:
        return any(piece.sure for piece in self.pieces)

    @property
    def span(self) -> tuple[float, float]:
        """From where to where the pieces reach; what a faint one adds to a sure one is its blur, unless it is long."""
        sure = [piece.rule for piece in self.pieces if piece.sure]
        start = self.pieces[0].rule.start
        if not sure:
            return start, self.end
        first, last = min(rule.start for rule in sure), max(rule.end for rule in sure)
        return (
            first if first - start <= BLUR else start,
            last if self.end - last <= BLUR else self.end,
        )

    def rule(self) -> Rule:
        """The pieces as one rule."""
        whole = sum(piece.length for piece in self.pieces)
        position = sum(piece.rule.position * piece.length for piece in self.pieces) / whole
        return Rule(self.pieces[0].rule.vertical, position, *self.span)

    def add(self, piece: Piece) -> None:
        self.end = max(self.end, piece.rule.end) if self.pieces else piece.rule.end
        self.pieces.append(piece)


def mended(pieces: Sequence[Piece]) -> list[Rule]:
    """The rules that pieces of both directions make up. Unsure ones count where rules across hold both their ends."""
    tracks = list(_tracks(pieces))
    spans = [track.rule() for track in tracks if track.sure or track.end - track.pieces[0].rule.start >= SHORTEST]
    parts = [part for track in tracks for part in _parted(track, spans)]
    sure = [part.rule() for part in parts if part.sure]
    maybe = [part for part in parts if not part.sure and _like_rule(part)]
    sure = led_on(led_on(sure, [*sure, *(part.rule() for part in maybe)]))
    return _with_held(sure, [part.rule() for part in maybe])


def _tracks(pieces: Sequence[Piece]) -> Iterator[_Track]:
    for vertical in (False, True):
        tracks: list[_Track] = []
        for piece in sorted((p for p in pieces if p.rule.vertical == vertical), key=lambda p: p.rule.start):
            near = [track for track in tracks if _continues(track, piece)]
            if near:
                min(near, key=lambda track: _apart(track, piece)).add(piece)
            else:
                tracks.append(_Track())
                tracks[-1].add(piece)
        yield from tracks


def _continues(track: _Track, piece: Piece) -> bool:
    return piece.rule.start - track.end <= WIDE_GAP and _apart(track, piece) <= COLLINEAR


def _apart(track: _Track, piece: Piece) -> float:
    return abs(track.pieces[-1].rule.position - piece.rule.position)


def _parted(track: _Track, across: Sequence[Rule]) -> Iterator[_Track]:
    """A track cut at the gaps that are not bridged."""
    part = _Track()
    for piece in track.pieces:
        if part.pieces and not _bridged(part, piece, across):
            yield part
            part = _Track()
        part.add(piece)
    yield part


def _bridged(part: _Track, piece: Piece, across: Sequence[Rule]) -> bool:
    gap = piece.rule.start - part.end
    if gap <= TOUCHING:
        return True
    open_before = not meets(part.rule(), part.end, across, AT_RULE)
    open_behind = not meets(piece.rule, piece.rule.start, across, AT_RULE)
    if gap <= BRIDGED_GAP:
        return open_before or open_behind
    return open_before and open_behind and part.sure and piece.sure


def _like_rule(part: _Track) -> bool:
    length = part.end - part.pieces[0].rule.start
    inked = sum(piece.length for piece in part.pieces)
    return length >= SHORTEST_CLOSED and inked >= INKED_SHARE * length


def _with_held(rules: Sequence[Rule], maybe: Sequence[Rule]) -> list[Rule]:
    """The rules, and those of the others that rules hold at both ends, which in turn may hold others."""
    held = [_led_on_little(rule, [*rules, *maybe]) for rule in maybe]
    while True:
        across = [*rules, *held]
        still = [rule for rule in held if _is_held(rule, across)]
        if len(still) == len(held):
            return across
        held = still


def _is_held(rule: Rule, across: Sequence[Rule]) -> bool:
    """Whether rules hold both ends of a rule, or one of a rule so long that no column of letters stands like it."""
    if rule.end - rule.start >= LONG:
        return any(meets(rule, end, across, AT_RULE) for end in (rule.start, rule.end))
    return all(meets(rule, end, across, RIGHT_AT_RULE) for end in (rule.start, rule.end))


def _led_on_little(rule: Rule, across: Sequence[Rule]) -> Rule:
    """The rule led on where that adds little to it: letters in one line end a little before the rules around them."""
    (led,) = led_on([rule], across)
    added = (led.end - led.start) - (rule.end - rule.start)
    return led if added <= MOST_ADDED * (rule.end - rule.start) else rule


def led_on(rules: Sequence[Rule], across: Sequence[Rule] | None = None) -> list[Rule]:
    """The rules with open ends led on to the nearest rule across within the bridged gap; others stay as they are."""
    others = list(across if across is not None else rules)
    led = []
    for rule in rules:
        start, end = rule.start, rule.end
        if not (meets(rule, start, others, REACH) or meets(rule, start + BLUR / 2, others, BLUR / 2)):
            start = _crossing(rule, start, others, -1)
        if not (meets(rule, end, others, REACH) or meets(rule, end - BLUR / 2, others, BLUR / 2)):
            end = _crossing(rule, end, others, 1)
        led.append(replace(rule, start=start, end=end))
    return led


def meets(rule: Rule, end: float, rules: Sequence[Rule], reach: float) -> bool:
    """Whether an end of a rule touches a rule that runs across it."""
    return any(
        other.vertical != rule.vertical
        and abs(other.position - end) <= reach
        and other.start - REACH <= rule.position <= other.end + REACH
        for other in rules
    )


def _crossing(rule: Rule, end: float, rules: Sequence[Rule], way: int) -> float:
    """Where a rule across stands within the bridged gap ahead, the nearest one; else the end as it is.

    That rule may be broken at the corner too.
    """
    ahead = [
        other.position
        for other in rules
        if other.vertical != rule.vertical
        and 0 < (other.position - end) * way <= BRIDGED_GAP
        and other.start - BRIDGED_GAP <= rule.position <= other.end + BRIDGED_GAP
    ]
    return min(ahead, key=lambda position: abs(position - end)) if ahead else end
