"""Over all documents of a release: which deliver another one again, and which is the one that stands for all.

Documents that share a key form a group. In a group the better readings come first; each document is compared with
those that stand for themselves so far, and joins one of them or stands for itself. So the outcome does not depend on
the order in which documents come, and a duplicate never points to a duplicate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from pipeline.release.duplicates.findings import findings_about
from pipeline.release.duplicates.identity import differs
from pipeline.release.duplicates.likeness import Likeness, Relation, compare, least_alike
from pipeline.release.duplicates.portrait import OUTLINE, Header, Portrait, header_of, outline_of, portrait_of
from pipeline.release.duplicates.standing import Standing
from pipeline.release.duplicates.verdict import Duplicates, Verdict
from pipeline.release.result import ResultSource

_PORTRAITS_AT_ONCE = 8
# A delivery shares most keys, so it is among the first; this only bounds what chance brings together.
_MOST_COMPARED = 50
# So many are compared as they are. Of more than these an outline tells first which may be alike at all.
_FEW = _PORTRAITS_AT_ONCE
_OF_ANOTHER = (Relation.SAME, Relation.PART)


def find_duplicates(sources: Sequence[ResultSource]) -> Duplicates:
    """The verdicts on all documents. The headers of one group and a few whole documents are in memory at a time."""
    verdicts: dict[str, Verdict] = {}
    for group in _groups(sources):
        verdicts |= _Group(group).verdicts()
    return Duplicates(verdicts)


def _groups(sources: Sequence[ResultSource]) -> Iterator[list[ResultSource]]:
    """Documents that hang together by keys that they share; those that share none are left out."""
    keys = np.array([key for source in sources for key in source.keys], dtype=np.uint64)
    owners = np.array([place for place, source in enumerate(sources) for _ in source.keys], dtype=np.int64)
    order = np.argsort(keys, kind="stable")
    same = keys[order][1:] == keys[order][:-1]
    links = zip(owners[order][:-1][same].tolist(), owners[order][1:][same].tolist(), strict=True)
    for members in _connected(links):
        yield [sources[place] for place in members]


def _connected(links: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    parent: dict[int, int] = {}

    def root(place: int) -> int:
        while parent.setdefault(place, place) != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for one, other in links:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    groups: dict[int, list[int]] = defaultdict(list)
    for place in sorted(parent):
        groups[root(place)].append(place)
    yield from groups.values()


class _Group:
    """Documents that may be deliveries of each other; a document is named by its place among them, best first."""

    def __init__(self, sources: Sequence[ResultSource]) -> None:
        known = sorted(((header_of(source.table), source) for source in sources), key=lambda pair: pair[0].rank)
        self._headers: list[Header] = [header for header, _ in known]
        self._sources: list[ResultSource] = [source for _, source in known]
        self._likeness = lru_cache(maxsize=None)(self._compare)
        self._portrait = lru_cache(maxsize=_PORTRAITS_AT_ONCE)(self._load)
        self._outlines = np.zeros((len(known), OUTLINE), dtype=np.uint32)
        self._outlined: set[int] = set()
        self._origin: dict[int, int] = {}
        self._wholes: dict[int, set[int]] = defaultdict(set)
        self._versions: dict[int, int] = {}

    def verdicts(self) -> Mapping[str, Verdict]:
        """What is decided about the documents of the group, by `dokumen_id`."""
        self._join_deliveries()
        self._join_excerpts()
        decided = {**self._lasting_versions(), **self._origin}
        return {self._headers[place].dokumen_id: self._verdict(place, decided[place]) for place in sorted(decided)}

    def _load(self, place: int) -> Portrait:
        return portrait_of(self._headers[place], self._sources[place].table)

    def _compare(self, one: int, other: int) -> Likeness | None:
        return compare(self._portrait(one), self._portrait(other))

    def _join_deliveries(self) -> None:
        """Each document joins the likest one that stands for itself so far, or stands for itself from here on."""
        standing = Standing()
        for place, (header, source) in enumerate(zip(self._headers, self._sources, strict=True)):
            known = header.identity, bool(header.scanned), source.keys
            near = standing.near(*known)
            likely = sorted(self._maybe_alike(place, list(near)), key=lambda other: (-near[other], other))
            same = [other for other in likely[:_MOST_COMPARED] if self._relate(place, other) is Relation.SAME]
            if same:
                self._origin[place] = self._likest(place, same)
            else:
                standing.add(place, *known)

    def _maybe_alike(self, place: int, others: list[int]) -> list[int]:
        """Those of many documents that may share enough words with another one: none is left out that does."""
        if len(others) <= _FEW:
            return others
        here, there = self._outline([place])[0], self._outline(others)
        floors = [least_alike(self._scanned(place) or self._scanned(other)) for other in others]
        smaller = np.minimum(there.sum(axis=1), here.sum())
        enough = np.minimum(there, here).sum(axis=1) >= np.array(floors) * smaller
        return [other for other, fits in zip(others, enough.tolist(), strict=True) if fits]

    def _outline(self, places: Sequence[int]) -> np.ndarray:
        """The outlines of documents, a row each."""
        for place in places:
            if place not in self._outlined:
                self._outlines[place] = outline_of(self._sources[place].table)
                self._outlined.add(place)
        return self._outlines[places]

    def _scanned(self, place: int) -> bool:
        return bool(self._headers[place].scanned)

    def _may_be(self, place: int, other: int) -> bool:
        here, there = self._headers[place], self._headers[other]
        return not differs(here.identity, there.identity, self._scanned(place) or self._scanned(other))

    def _relate(self, place: int, other: int) -> Relation | None:
        """What a document is to one that stands for itself; excerpts and versions are noted for later."""
        likeness = self._likeness(place, other)
        if likeness is None:
            return None
        if likeness.relation is Relation.PART:
            self._wholes[place].add(other)
        elif likeness.relation is Relation.WHOLE:
            self._wholes[other].add(place)
        elif likeness.relation is Relation.VERSION:
            self._versions.setdefault(place, other)
        return likeness.relation

    def _likest(self, place: int, others: Sequence[int]) -> int:
        return max(others, key=lambda other: (self._similarity(place, other), -other))

    def _similarity(self, place: int, other: int) -> float:
        likeness = self._likeness(place, other)
        return 0.0 if likeness is None else likeness.similarity

    def _join_excerpts(self) -> None:
        """Excerpts join what they are taken from, and so do the other deliveries of an excerpt.

        The largest come first: what an excerpt of an excerpt is taken from is settled before it.
        """
        parts = [place for place in self._wholes if place not in self._origin]
        for place in sorted(parts, key=lambda part: (-self._portrait(part).size, part)):
            wholes = {self._origin.get(whole, whole) for whole in self._wholes[place]}
            fitting = [whole for whole in sorted(wholes) if self._is_of(place, whole)]
            if fitting:
                self._move(place, self._likest(place, fitting))

    def _move(self, place: int, whole: int) -> None:
        for other in [other for other, origin in self._origin.items() if origin == place]:
            if self._is_of(other, whole):
                self._origin[other] = whole
            else:
                del self._origin[other]
        self._origin[place] = whole

    def _is_of(self, place: int, other: int) -> bool:
        likeness = self._likeness(place, other) if self._may_be(place, other) else None
        return likeness is not None and likeness.relation in _OF_ANOTHER

    def _lasting_versions(self) -> dict[int, int]:
        """Of documents that stand for themselves, those that are nearly another one that does so too."""
        return {
            place: other
            for place, other in self._versions.items()
            if place not in self._origin and other not in self._origin
        }

    def _verdict(self, place: int, other: int) -> Verdict:
        likeness = self._likeness(place, other)
        if likeness is None:
            raise AssertionError("a document is related to another without being like it")
        here, there = self._headers[place], self._headers[other]
        origin = there.dokumen_id if likeness.relation in _OF_ANOTHER else None
        return Verdict(origin, findings_about(here, there, likeness))
