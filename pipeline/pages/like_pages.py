"""Which pages of a document are alike, found without comparing every page with every other."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence


def like_pairs(sets: Sequence[frozenset[Hashable]], alike: float) -> dict[tuple[int, int], float]:
    """The pairs of sets whose Jaccard index is `alike` or more (0 to 1), by their places, the earlier first.

    Empty sets are like none. Two sets so alike share one of the few rarest things of each, so only those that do are
    compared: what every page of a form prints costs nothing.
    """
    shown = Counter(thing for one in sets for thing in one)
    order = {thing: place for place, (thing, _) in enumerate(sorted(shown.items(), key=lambda item: item[1]))}
    holders: dict[Hashable, list[int]] = defaultdict(list)
    found: dict[tuple[int, int], float] = {}
    for later, one in enumerate(sets):
        rare = _rarest(one, order, alike)
        for earlier in sorted({place for thing in rare for place in holders[thing]}):
            share = jaccard(sets[earlier], one, alike)
            if share >= alike:
                found[earlier, later] = share
        for thing in rare:
            holders[thing].append(later)
    return found


def _rarest(one: frozenset[Hashable], order: dict[Hashable, int], alike: float) -> list[Hashable]:
    kept = len(one) - math.ceil(alike * len(one)) + 1
    return sorted(one, key=order.__getitem__)[:kept] if one else []


def jaccard(a: frozenset[Hashable], b: frozenset[Hashable], least: float = 0.0) -> float:
    """The share of things of either set that both hold, 0 to 1; 0 where their sizes alone keep it under `least`."""
    few, many = sorted((len(a), len(b)))
    if not many or few < least * many:
        return 0.0
    shared = len(a & b)
    return shared / (few + many - shared)


def counted(things: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Each thing with how often it has come before, so that a set of them stands for the bag."""
    seen: Counter[str] = Counter()
    for thing in things:
        yield thing, seen[thing]
        seen[thing] += 1
