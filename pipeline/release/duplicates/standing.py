"""The documents of a group that stand for themselves so far, found by a shared key and by who they say they are.

Every region has offices of the same names, which share the key of their year and name. They are told apart here by
region, without looking at each of them; a document whose region was not read is still looked at beside all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from pipeline.release.duplicates.identity import Identity, differs, in_order, most_slips, without_spaces


class Standing:
    """Documents by their keys. A document is named by its place among those of its group."""

    def __init__(self) -> None:
        self._shelves: dict[int, _Shelf] = defaultdict(_Shelf)

    def add(self, place: int, identity: Identity, scanned: bool, keys: Iterable[int]) -> None:
        for key in keys:
            self._shelves[key].add(place, identity, scanned)

    def near(self, identity: Identity, scanned: bool, keys: Iterable[int]) -> Counter[int]:
        """The documents that share a key with another one and may be the same one; how many keys they share."""
        found: Counter[int] = Counter()
        for key in keys:
            if key in self._shelves:
                found.update(self._shelves[key].fitting(identity, scanned))
        return found


class _Shelf:
    """The documents of one key by region, None where it was not read, and by all else that they say they are."""

    def __init__(self) -> None:
        self._by_region: dict[str | None, dict[tuple[Identity, bool], list[int]]] = {}
        self._by_words: dict[str, list[str]] = defaultdict(list)
        self._joined: dict[str, str] = {}
        self._joined_of_scans: dict[str, str] = {}

    def add(self, place: int, identity: Identity, scanned: bool) -> None:
        region = identity.wilayah
        if region not in self._by_region:
            self._by_region[region] = defaultdict(list)
            if region is not None:
                self._by_words[in_order(region)].append(region)
                self._joined[region] = without_spaces(region)
        if scanned and region is not None:
            self._joined_of_scans[region] = self._joined[region]
        self._by_region[region][identity, scanned].append(place)

    def fitting(self, identity: Identity, scanned: bool) -> Iterator[int]:
        for region in self._regions(identity.wilayah, scanned):
            for (other, other_scanned), places in self._by_region[region].items():
                if not differs(identity, other, scanned or other_scanned):
                    yield from places

    def _regions(self, region: str | None, scanned: bool) -> Iterable[str | None]:
        """The regions that may be this one: `differs` decides."""
        if region is None:
            return list(self._by_region)
        near: set[str | None] = {None} if None in self._by_region else set()
        near.update(self._by_words.get(in_order(region), ()))
        names = self._joined if scanned else self._joined_of_scans
        if names:
            longest = max(len(region), *map(len, names))
            found = process.extract_iter(
                without_spaces(region), names, scorer=Levenshtein.distance, score_cutoff=most_slips(longest)
            )
            near.update(name for _, _, name in found)
        return near
