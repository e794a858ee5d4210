"""The official nomenclature of programs (Permendagri 90/2019 and its updates): entries, and the closest one to a name.

Nothing is shipped: codes and names are revised by decree, so a user imports the edition that binds the region
(`editions.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process

from pipeline.reference.words import same_name, stem, tokens, word_lists

RegionLevel = Literal["provinsi", "kabupaten/kota"]

NAME_ALONE = 0.90  # a name without a code must be this close to an official one
NAME_WITH_CODE = 0.60  # a code that agrees needs less of the name
REGION_WORDS = frozenset({"kabupaten", "kota", "provinsi"})
# Fourth part of a kegiatan code: 1 for provinces, 2 for kabupaten/kota (Permendagri 90/2019, annex I).
_REGION_PART = {"1": "provinsi", "2": "kabupaten/kota"}
# Words that name the level and not the entry: `PROGRAM KEPEGAWAIAN DAERAH` is printed `Kepegawaian Daerah` too.
_LEVEL_WORDS = {
    "urusan": frozenset({"urusan", "pemerintahan"}),
    "bidang": frozenset({"urusan", "pemerintahan", "bidang"}),
    "program": frozenset({"program"}),
    "kegiatan": frozenset({"kegiatan"}),
    "sub_kegiatan": frozenset({"sub", "subkegiatan", "kegiatan"}),
}
# Another region level or an entry out of use must be that much closer to be taken.
_OTHER_REGION, _OUT_OF_USE = 5.0, 2.0
_MOST_NAMES = 8
_GENERAL_FROM = 3  # bidang that list one and the same entry before it is taken to be every bidang's
_BIDANG_PARTS = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One official name.

    `jenis_pemda` is empty where the entry holds for every region level; `jumlah` counts the offices that use it where
    the entry comes from documents and not from a decree.
    """

    level: str
    kode: str
    nama: str
    aktif: bool = True
    jenis_pemda: str = ""
    jumlah: int = 0


class Match(NamedTuple):
    """The official entry found: `kode` is None when several codes carry the name; `kemiripan` is 0 to 1.

    `oleh` says whether the printed code led to the entry or the name alone.
    """

    kode: str | None
    nama: str
    kemiripan: float
    aktif: bool = True
    oleh: Literal["kode", "nama"] = "kode"
    jumlah: int = 0


@lru_cache(maxsize=65536)
def comparable_code(kode: str) -> str:
    """A code with leading zeros off each part: `5.03.02.2.01.0001` and `5.03.02.2.01.01` are one."""
    return ".".join(part.lstrip("0") or "0" for part in re.split(r"[.\s]+", kode.upper().strip(". ")))


def code_under(kode: str, above: str) -> bool:
    """Whether a comparable code lies below another; `X` and `XX` stand for any part."""
    parts, upper = kode.split("."), above.split(".")
    return len(parts) > len(upper) and _shared_parts(parts, upper) == len(upper)


def region_of(entry: Entry) -> str:
    """The region level of an entry, as the list says or its code; empty where it holds for all."""
    parts = entry.kode.split(".")
    return entry.jenis_pemda or (_REGION_PART.get(parts[3], "") if len(parts) > 3 else "")


def without_level(level: str, words: Sequence[str]) -> tuple[str, ...]:
    """The words of a name without those at its start that only name its level."""
    start, named = 0, _LEVEL_WORDS.get(level, frozenset())
    while start < len(words) and words[start] in named:
        start += 1
    return tuple(words[start:]) or tuple(words)


class Nomenclature:
    """Official entries, indexed by code and by name within each level.

    `tahun` is the year of the edition, None where it is not known. `dari_dokumen`: the entries were seen in documents.
    """

    def __init__(self, entries: Iterable[Entry], tahun: int | None = None, dari_dokumen: bool = False) -> None:
        self.entries = list(entries)
        self.tahun = tahun
        self.dari_dokumen = dari_dokumen
        self.levels = frozenset(entry.level for entry in self.entries)
        self._codes: dict[tuple[str, str], list[Entry]] = {}
        self._names: dict[str, _Names] = {}
        for entry in [*self.entries, *_general(self.entries)]:
            self._codes.setdefault((entry.level, comparable_code(entry.kode)), []).append(entry)
            self._names.setdefault(entry.level, _Names()).add(entry)
        self._parents = frozenset(kode.rpartition(".")[0] for _, kode in self._codes)
        self._vocabulary: frozenset[str] | None = None
        self._closest = lru_cache(maxsize=262144)(self._find_closest)

    @property
    def vocabulary(self) -> frozenset[str]:
        """The stems that two official names have: such a word is no slip of the pen for another one."""
        if self._vocabulary is None:
            names = {same_name(entry.nama) for entry in self.entries}
            counts = Counter(found for name in names for found in {stem(word) for word in name.split()})
            self._vocabulary = frozenset(word for word, count in counts.items() if count > 1)
        return self._vocabulary

    def match(
        self,
        level: str,
        kode: str | None,
        nama: str | None,
        region_level: RegionLevel | None = None,
        near: str | None = None,
    ) -> Match | None:
        """The official entry for a node of a plan, None where none is close enough.

        The printed code decides when the name supports it; otherwise the closest name does. Active entries and those
        of the right region level come first; among several codes of one name, those that share the longest beginning
        with the printed code, or else with `near`, the code of the parent or the bidang of the document.
        """
        if not nama:
            return None
        by_code = self._by_code(level, kode, nama, region_level) if kode else None
        if by_code is not None and by_code.kemiripan >= NAME_ALONE:
            return by_code
        by_name = self._by_name(level, kode or near, nama, region_level)
        return max((m for m in (by_code, by_name) if m), key=lambda match: match.kemiripan, default=None)

    def with_code(self, level: str, kode: str) -> list[Entry]:
        """The entries that a printed code may stand for: its own, and those of every urusan and bidang (`X.XX`)."""
        plain = comparable_code(kode)
        found = list(self._codes.get((level, plain), ()))
        parts = plain.split(".")
        for width, general in ((2, ["X", "XX"]), (1, ["X"])):
            if len(parts) > width:
                found += self._codes.get((level, ".".join(general + parts[width:])), ())
        return list(dict.fromkeys(found))

    def has_siblings(self, plain: str) -> bool:
        """Whether the list has entries of the parent of a comparable code."""
        parent = plain.rpartition(".")[0]
        general = ".".join(["X", "XX", *parent.split(".")[_BIDANG_PARTS:]])
        return parent in self._parents or general in self._parents

    def with_name(self, level: str, nama: str, region_level: RegionLevel | None = None) -> tuple[Entry, ...]:
        """The entries that carry the closest name, however many codes they have; empty where none is close enough."""
        closest = self._closest(level, nama, region_level)
        return closest[0] if closest else ()

    def likeness(self, entry: Entry, nama: str) -> float:
        """How close a printed name is to that of an entry, 0 to 1; word order and abbreviations do not matter."""
        theirs = _spellings(entry.level, entry.nama)
        return max(fuzz.ratio(a, b) for a in _spellings(entry.level, nama) for b in theirs) / 100

    def _by_code(self, level: str, kode: str, nama: str, region_level: RegionLevel | None) -> Match | None:
        found = [(entry, self.likeness(entry, nama)) for entry in self.with_code(level, kode)]
        found = [(entry, score) for entry, score in found if score >= NAME_WITH_CODE]
        if not found:
            return None
        entry, score = min(found, key=lambda pair: (-pair[1], *_rank(pair[0], region_level)))
        return Match(_in_bidang(entry.kode, kode), entry.nama, round(score, 4), entry.aktif, jumlah=entry.jumlah)

    def _by_name(self, level: str, near: str | None, nama: str, region_level: RegionLevel | None) -> Match | None:
        closest = self._closest(level, nama, region_level)
        if closest is None:
            return None
        entries, score = closest
        nearest = list(_nearest(entries, near))
        best = nearest[0]
        # The code of another region level is no code of this document, though the name is the same.
        elsewhere = _rank(best, region_level)[1]
        codes = {_in_bidang(entry.kode, near) for entry in nearest}
        kode = codes.pop() if len(codes) == 1 and not elsewhere else None
        return Match(kode, best.nama, round(score, 4), best.aktif, "nama", best.jumlah)

    def _find_closest(
        self, level: str, nama: str, region_level: RegionLevel | None
    ) -> tuple[tuple[Entry, ...], float] | None:
        """The entries of the closest name, of the best rank among them, and how close it is."""
        names = self._names.get(level)
        hits = names.closest(_spellings(level, nama)) if names else []
        if not hits:
            return None
        ranked = sorted(
            ((score - _handicap(entry, region_level), score, entry) for score, entry in hits),
            key=lambda hit: (-hit[0], _rank(hit[2], region_level)),
        )
        best = ranked[0]
        name = same_name(best[2].nama)
        first = _rank(best[2], region_level)[:2]
        equal = [e for value, _, e in ranked if value == best[0] or same_name(e.nama) == name]
        return tuple(dict.fromkeys(e for e in equal if _rank(e, region_level)[:2] == first)), best[1] / 100


@dataclass(slots=True)
class _Names:
    """The names of one level in all their spellings, each with the entries that carry it."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    _listed: list[str] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        for name in _spellings(entry.level, entry.nama):
            self.entries.setdefault(name, []).append(entry)

    def closest(self, spellings: Sequence[str]) -> list[tuple[float, Entry]]:
        """Entries with how close each is, 90 to 100; only those of the very name where there are such."""
        if spellings[0] in self.entries:
            return [(100.0, entry) for entry in self.entries[spellings[0]]]
        if len(self._listed) != len(self.entries):
            self._listed = list(self.entries)
        hits: dict[Entry, float] = {}
        for spelling in spellings:
            found = process.extract(
                spelling, self._listed, scorer=fuzz.ratio, processor=None, score_cutoff=NAME_ALONE * 100,
                limit=_MOST_NAMES,
            )  # fmt: skip
            for name, score, _ in found:
                for entry in self.entries[name]:
                    hits[entry] = max(score, hits.get(entry, 0.0))
        return [(score, entry) for entry, score in hits.items()]


@lru_cache(maxsize=65536)
def _spellings(level: str, nama: str) -> tuple[str, ...]:
    """A name as sorted words: written out, as abbreviated, and without the region level that its code tells, too.

    Dropping `ASN` costs one word, not three.
    """
    fillers = word_lists().fillers
    short = [word for word in tokens(nama) if word not in fillers]
    full = same_name(nama).split()
    variants = [without_level(level, full), without_level(level, short)]
    variants += [tuple(word for word in words if word not in REGION_WORDS) for words in variants]
    return tuple(dict.fromkeys(" ".join(sorted(words)) for words in variants if words)) or ("",)


def bidang_of(kode: str) -> str:
    """The urusan and bidang of a code, its first two parts; empty where it has none or they are general."""
    parts = kode.split(".")[:_BIDANG_PARTS]
    return ".".join(parts) if len(parts) == _BIDANG_PARTS and all(part.isdigit() for part in parts) else ""


def _general(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Entries of every bidang (`X.XX.01.2.01`), for lists that write the support program out in each bidang.

    Lists leave out bidang that their region has no office for, or what an office does not use.
    """
    found: dict[tuple[str, str, str], dict[str, Entry]] = {}
    for entry in entries:
        bidang, tail = bidang_of(entry.kode), entry.kode.split(".")[_BIDANG_PARTS:]
        if bidang and tail and entry.aktif:
            key = entry.level, ".".join(tail), same_name(entry.nama)
            found.setdefault(key, {}).setdefault(comparable_code(bidang), entry)
    for (_, rest, _), by_bidang in found.items():
        if len(by_bidang) >= _GENERAL_FROM:
            yield replace(min(by_bidang.values(), key=lambda entry: entry.kode), kode=f"X.XX.{rest}")


def _in_bidang(kode: str, near: str | None) -> str:
    """A general code (`X.XX.01.2.01`) with the urusan and bidang of a printed one; as it is where none tells them."""
    parts, printed = kode.split("."), (near or "").split(".")
    width = sum(part in ("X", "XX") for part in parts[:2])
    if not width or len(printed) < width or not all(part.isdigit() for part in printed[:width]):
        return kode
    return ".".join(printed[:width] + parts[width:])


def _handicap(entry: Entry, region_level: RegionLevel | None) -> float:
    inactive, elsewhere, _ = _rank(entry, region_level)
    return inactive * _OUT_OF_USE + elsewhere * _OTHER_REGION


def _rank(entry: Entry, region_level: RegionLevel | None) -> tuple[bool, bool, str]:
    region = region_of(entry)
    return not entry.aktif, bool(region_level and region and region != region_level), entry.kode


def _nearest(entries: Iterable[Entry], kode: str | None) -> Iterator[Entry]:
    """The entries that share the longest beginning with a code, at least its bidang; all where there are none."""
    choices = list(entries)
    near = comparable_code(kode).split(".") if kode else []
    shared = [_shared_parts(near, comparable_code(entry.kode).split(".")) for entry in choices]
    most = max(shared) if max(shared) >= _BIDANG_PARTS else None
    return (entry for entry, count in zip(choices, shared, strict=True) if most is None or count == most)


def _shared_parts(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right and right not in ("X", "XX") and left not in ("X", "XX"):
            break
        count += 1
    return count
