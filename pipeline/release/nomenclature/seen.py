"""What stands for the official list while none is imported: codes and names that several offices print alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.reference.nomenclature import Entry, Nomenclature, comparable_code
from pipeline.reference.words import same_name
from pipeline.release.nomenclature.listing import Listing
from pipeline.release.nomenclature.matching import OTHER_OFFICES

_AGREEING = 0.75  # share of the offices that print a code which must give it the same name


@dataclass(slots=True)
class _Name:
    """One name of a code: the offices that print it, and how often each spelling was seen."""

    offices: set[str] = field(default_factory=set)
    spellings: Counter[str] = field(default_factory=Counter)


def seen_in(listings: Iterable[Listing]) -> Nomenclature:
    """The nomenclature that documents agree on. An office counts once, however many of its plans there are."""
    codes: dict[tuple[str, str], dict[str, _Name]] = {}
    printed: dict[tuple[str, str], Counter[str]] = {}
    for listing in listings:
        for row in listing.rows:
            if row.own_code and row.kode and row.nama and not row.scanned:
                key = row.level, comparable_code(row.kode)
                name = codes.setdefault(key, {}).setdefault(same_name(row.nama), _Name())
                name.offices.add(listing.office)
                name.spellings[row.nama] += 1
                printed.setdefault(key, Counter())[row.kode] += 1
    entries = []
    for key in sorted(codes):
        entry = _entry(key[0], _most_frequent(printed[key]), codes[key].values())
        if entry is not None:
            entries.append(entry)
    return Nomenclature(entries, dari_dokumen=True)


def _entry(level: str, kode: str, names: Iterable[_Name]) -> Entry | None:
    """The entry of a code, None where too few offices print it or they do not agree."""
    found = list(names)
    best = max(found, key=lambda name: (len(name.offices), _most_frequent(name.spellings)))
    offices = set().union(*(name.offices for name in found))
    if len(best.offices) < OTHER_OFFICES or len(best.offices) < _AGREEING * len(offices):
        return None
    return Entry(level, kode, _most_frequent(best.spellings), jumlah=len(best.offices))


def _most_frequent(counts: Counter[str]) -> str:
    return min(counts, key=lambda text: (-counts[text], text))
