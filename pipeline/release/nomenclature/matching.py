"""The official entry of each row of a document, and whether the document is written in this nomenclature at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.reference.nomenclature import Match, Nomenclature, bidang_of, comparable_code
from pipeline.reference.words import same_name
from pipeline.release.nomenclature.listing import Listing, Row

OTHER_OFFICES = 3  # so many other offices must agree before what documents say stands for the official list
_ONE_BIDANG = 0.8  # share of the coded rows that makes their bidang the document's
_IN_USE = 0.5  # share of a document's rows that a nomenclature must explain to be the one it is written in


@dataclass(frozen=True)
class Matched:
    """A document's rows with their matches, in the order of the rows.

    `in_use`: most of the document is written in this nomenclature, so that what differs from it says something.
    """

    listing: Listing
    nomenclature: Nomenclature
    matches: Sequence[Match | None]
    in_use: bool

    @property
    def by_node(self) -> Mapping[str, tuple[Row, Match | None]]:
        """Each row with its match, by `node_id`."""
        return {row.node_id: (row, match) for row, match in zip(self.listing.rows, self.matches, strict=True)}


def match_listing(listing: Listing, nomenclature: Nomenclature) -> Matched:
    """Match every row: those with codes first, for they tell the bidang of the others.

    A document written in other codes has names that a list also has by chance, under codes that never bound it: of
    such a document only rows whose code and name both agree are matched.
    """
    matching = _Matching(listing, nomenclature)
    matches = [matching.match(row) for row in listing.rows]
    in_use = _in_use(listing, nomenclature, matches)
    if not in_use and not nomenclature.dari_dokumen:
        matches = [match if match and match.oleh == "kode" else None for match in matches]
    return Matched(listing, nomenclature, matches, in_use)


class _Matching:
    """The rows of one document; a row's match may need that of its parent."""

    def __init__(self, listing: Listing, nomenclature: Nomenclature) -> None:
        self._nomenclature = nomenclature
        self._region = listing.region_level
        self._rows = {row.node_id: row for row in listing.rows}
        self._found: dict[str, Match | None] = {}
        for row in listing.rows:
            if row.own_code:
                self._found[row.node_id] = self._find(row, None)
        coded = [bidang_of(match.kode or "") for match in self._found.values() if match and match.oleh == "kode"]
        self._bidang = _prevailing(coded or self._told_by_names(listing))

    def _told_by_names(self, listing: Listing) -> list[str]:
        """The bidang of the rows whose names belong to one bidang only."""
        told: list[str] = []
        for level, nama in dict.fromkeys((row.level, row.nama or "") for row in listing.rows):
            bidang = {bidang_of(entry.kode) for entry in self._nomenclature.with_name(level, nama, self._region)}
            if len(bidang) == 1:
                told.extend(bidang - {""})
        return told

    def match(self, row: Row) -> Match | None:
        if row.node_id not in self._found:
            self._found[row.node_id] = None  # a parent of itself ends here
            self._found[row.node_id] = self._find(row, self._near(row))
        return self._found[row.node_id]

    def _near(self, row: Row) -> str | None:
        parent = self._rows.get(row.induk_id or "")
        official = self.match(parent) if parent else None
        return (official.kode if official else None) or self._bidang

    def _find(self, row: Row, near: str | None) -> Match | None:
        kode = row.kode if row.own_code else None
        found = self._nomenclature.match(row.level, kode, row.nama, self._region, near)
        if found is None or not self._nomenclature.dari_dokumen:
            return found
        # The document's own office is no witness to itself.
        own = same_name(row.nama or "") == same_name(found.nama)
        return found if found.jumlah - own >= OTHER_OFFICES else None


def _prevailing(bidang: Iterable[str]) -> str | None:
    """The bidang that nearly all codes share."""
    counts = Counter(bidang)
    if not counts:
        return None
    most, count = counts.most_common(1)[0]
    return most or None if count >= _ONE_BIDANG * counts.total() else None


def _in_use(listing: Listing, nomenclature: Nomenclature, matches: Sequence[Match | None]) -> bool:
    coded: dict[tuple[str, str], bool] = {}
    named: dict[tuple[str, str], bool] = {}
    for row, match in zip(listing.rows, matches, strict=True):
        if row.level not in nomenclature.levels or not row.nama:
            continue
        if row.own_code and row.kode:
            if nomenclature.dari_dokumen and not nomenclature.with_code(row.level, row.kode):
                continue  # what other offices do not print, they say nothing about
            key = row.level, comparable_code(row.kode)
            coded[key] = coded.get(key, False) or bool(match and match.oleh == "kode")
        named[row.level, same_name(row.nama)] = match is not None
    told = coded or named
    return bool(told) and sum(told.values()) >= _IN_USE * len(told)
