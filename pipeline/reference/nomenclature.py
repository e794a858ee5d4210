"""The official nomenclature of programs (Permendagri 90/2019 and its updates), as a CSV that the user has.

Nothing is shipped: codes and names are revised by decree, so a user imports the edition that binds the region.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process

from pipeline.reference.words import same_name, tokens, word_lists

RegionLevel = Literal["provinsi", "kabupaten/kota"]

NAME_ALONE = 0.90  # a name without a code must be this close to an official one
NAME_WITH_CODE = 0.60  # a code that agrees needs less of the name
_LEVELS = {"bidang_urusan": "bidang", "subkegiatan": "sub_kegiatan", "sub kegiatan": "sub_kegiatan"}
_INACTIVE = frozenset({"nonaktif", "tidak aktif", "dihapus", "inactive"})
# Fourth part of a kegiatan code: 1 for provinces, 2 for kabupaten/kota (Permendagri 90/2019, annex I).
_REGION_PART = {"1": "provinsi", "2": "kabupaten/kota"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One official name. `jenis_pemda` is empty where the entry holds for every region level."""

    level: str
    kode: str
    nama: str
    aktif: bool = True
    jenis_pemda: str = ""


class Match(NamedTuple):
    """The official entry found: `kode` is None when several codes carry the name; `kemiripan` is 0 to 1."""

    kode: str | None
    nama: str
    kemiripan: float


def comparable_code(kode: str) -> str:
    """A code with leading zeros off each part: `5.03.02.2.01.0001` and `5.03.02.2.01.01` are one."""
    return ".".join(part.lstrip("0") or "0" for part in re.split(r"[.\s]+", kode.strip(". ")))


def _region_of(entry: Entry) -> str:
    parts = entry.kode.split(".")
    return entry.jenis_pemda or (_REGION_PART.get(parts[3], "") if len(parts) > 3 else "")


@dataclass(slots=True)
class Nomenclature:
    """Official entries, indexed by code and by name within each level."""

    entries: list[Entry]
    _codes: dict[tuple[str, str], list[Entry]] = field(init=False, default_factory=dict)
    _names: dict[str, dict[str, list[Entry]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for entry in self.entries:
            self._codes.setdefault((entry.level, comparable_code(entry.kode)), []).append(entry)
            for name in _spellings(entry.nama):
                self._names.setdefault(entry.level, {}).setdefault(name, []).append(entry)

    @classmethod
    def load(cls, path: Path) -> Nomenclature:
        """Read a CSV with the columns level, kode, nama and, if it has them, status and jenis_pemda.

        Raises ValueError that names the missing column when the file is not such a list.
        """
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = {"level", "kode", "nama"} - set(reader.fieldnames or ())
            if missing:
                raise ValueError(f"{path.name}: column(s) missing: {', '.join(sorted(missing))}")
            return cls([_entry(row) for row in reader])

    def match(
        self, level: str, kode: str | None, nama: str | None, region_level: RegionLevel | None = None
    ) -> Match | None:
        """The official entry for a node of a plan, None where none is close enough.

        The printed code decides when the name supports it; otherwise the closest name does. Active entries and those
        of the right region level come first.
        """
        if not nama:
            return None
        by_code = self._by_code(level, kode, nama, region_level) if kode else None
        if by_code is not None and by_code.kemiripan >= NAME_ALONE:
            return by_code
        by_name = self._by_name(level, kode, nama, region_level)
        return max((m for m in (by_code, by_name) if m), key=lambda match: match.kemiripan, default=None)

    def _by_code(self, level: str, kode: str, nama: str, region_level: RegionLevel | None) -> Match | None:
        found = [(entry, _likeness(nama, entry.nama)) for entry in self._with_code(level, kode)]
        found = [(entry, score) for entry, score in found if score >= NAME_WITH_CODE]
        if not found:
            return None
        entry, score = min(found, key=lambda pair: (-pair[1], *_rank(pair[0], region_level)))
        official = kode if entry.kode.startswith("X") else entry.kode
        return Match(official, entry.nama, round(score, 4))

    def _with_code(self, level: str, kode: str) -> Iterator[Entry]:
        plain = comparable_code(kode)
        yield from self._codes.get((level, plain), ())
        parts = plain.split(".")
        # `X` and `X.XX` stand for every urusan and bidang: the support program of every office.
        for width, general in ((2, ["X", "XX"]), (1, ["X"])):
            if len(parts) > width:
                yield from self._codes.get((level, ".".join(general + parts[width:])), ())

    def _by_name(self, level: str, kode: str | None, nama: str, region_level: RegionLevel | None) -> Match | None:
        names = self._names.get(level)
        if not names:
            return None
        tried = (
            process.extractOne(spelling, names.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=NAME_ALONE * 100)
            for spelling in _spellings(nama)
        )
        best = max((hit for hit in tried if hit), key=lambda hit: hit[1], default=None)
        if best is None:
            return None
        choices = sorted(names[best[0]], key=lambda entry: _rank(entry, region_level))
        first_rank = _rank(choices[0], region_level)[:2]
        equal = [entry for entry in choices if _rank(entry, region_level)[:2] == first_rank]
        codes = {entry.kode for entry in _nearest(equal, kode)}
        return Match(codes.pop() if len(codes) == 1 else None, choices[0].nama, round(best[1] / 100, 4))


def _entry(row: dict[str, str]) -> Entry:
    level = row["level"].strip().lower()
    status = (row.get("status") or "").strip().lower()
    return Entry(
        level=_LEVELS.get(level, level),
        kode=row["kode"].strip(),
        nama=" ".join(row["nama"].split()),
        aktif=status not in _INACTIVE,
        jenis_pemda=(row.get("jenis_pemda") or "").strip().lower(),
    )


def _spellings(nama: str) -> list[str]:
    """A name written out and as abbreviated: dropping `ASN` costs one word, not three."""
    short = " ".join(word for word in tokens(nama) if word not in word_lists().fillers)
    return list(dict.fromkeys((same_name(nama), short)))


def _likeness(one: str, other: str) -> float:
    return max(fuzz.token_sort_ratio(a, b) for a in _spellings(one) for b in _spellings(other)) / 100


def _rank(entry: Entry, region_level: RegionLevel | None) -> tuple[bool, bool, str]:
    region = _region_of(entry)
    return not entry.aktif, bool(region_level and region and region != region_level), entry.kode


def _nearest(entries: Iterable[Entry], kode: str | None) -> list[Entry]:
    """The entries that share the longest beginning with a printed code; all of them where none was printed."""
    choices = list(entries)
    if not kode:
        return choices
    printed = comparable_code(kode).split(".")
    shared = [_shared_parts(printed, comparable_code(entry.kode).split(".")) for entry in choices]
    return [entry for entry, count in zip(choices, shared, strict=True) if count == max(shared)]


def _shared_parts(one: list[str], other: list[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right and right not in ("X", "XX"):
            break
        count += 1
    return count
