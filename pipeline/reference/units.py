"""Units of measure as planning documents print them: what they measure, and whether they take fractions."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Literal, cast, get_args

ValueKind = Literal["uang", "skor", "persen", "grade", "cacah", "ukur"]

_PARENTHESES = re.compile(r"\([^)]*\)?")
_WORD = re.compile(r"[^\W\d_]+")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit under its usual name.

    `kind` says what its figures are: uang (rupiah), skor (points, index), persen, grade (letters and words),
    cacah (counted things) or ukur (measured); `fractions` whether a figure may have decimals. `own` is the name of the
    unit itself where `name` is that of a kind of units which are read alike: a Judul is no Eksemplar.
    """

    name: str
    dimension: str
    kind: ValueKind
    fractions: bool
    own: str = field(default="", compare=False)


def _key(text: str) -> str:
    return _SPACES.sub(" ", text).strip(" .:;,").casefold()


def _value_kind(text: str) -> ValueKind:
    if text not in get_args(ValueKind):
        raise ValueError(f"unknown kind of value in the table of units: {text!r}")
    return cast(ValueKind, text)


@lru_cache(maxsize=1)
def units() -> dict[str, Unit]:
    """Every unit by each of its spellings, in lower case. Raises ValueError when the table itself is wrong."""
    by_spelling: dict[str, Unit] = {}
    with files("pipeline.reference").joinpath("satuan.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            kind = _value_kind(row["tipe_nilai"])
            common = (row["satuan"], row["dimensi"], kind, row["pecahan_boleh"] == "ya")
            alike = [group.split("=") for group in row["sejenis"].split("|") if group]
            for spellings in ([row["satuan"], *filter(None, row["alias"].split("|"))], *alike):
                unit = Unit(*common, own=spellings[0])
                for spelling in spellings:
                    by_spelling.setdefault(_key(spelling), unit)
    return by_spelling


@lru_cache(maxsize=1)
def unit_words() -> frozenset[str]:
    """Every word of the units' spellings, in lower case."""
    return frozenset(word for spelling in units() for word in _WORD.findall(spelling))


@lru_cache(maxsize=4096)
def known_unit(text: str) -> Unit | None:
    """The unit that is spelled exactly so (case, spaces and a closing point aside); None where there is none."""
    return units().get(_key(text))


@lru_cache(maxsize=4096)
def find_unit(text: str) -> Unit | None:
    """The unit that a wording stands for, None where nothing in it is known.

    Beyond the exact spellings: a remark in parentheses is left out, of alternatives (`Desa/Kelurahan`) the
    first known one counts, and of several words the first, since the head noun leads in Indonesian.
    """
    exact = known_unit(text)
    if exact is not None:
        return exact
    bare = _PARENTHESES.sub(" ", text)
    for alternative in (bare, *bare.split("/")):
        words = _key(alternative).split(" ")
        for count in range(len(words), 0, -1):
            unit = units().get(" ".join(words[:count]))
            if unit is not None:
                return unit
    return None


def same_unit(one: str, other: str) -> bool:
    """Whether two wordings name the same unit: by the table, or letter for letter where it knows neither."""
    first, second = find_unit(one), find_unit(other)
    if first is None or second is None:
        return _key(one) == _key(other)
    return (first.name, first.own) == (second.name, second.own)


def split_units(text: str) -> list[str] | None:
    """The units of a cell that holds several, e.g. `Rupiah  Laporan  Poin Poin`; wording as printed.

    None where some word belongs to no known unit, so that a unit of two words is never taken for two units.
    """
    words = text.split()
    found: list[str] = []
    start = 0
    while start < len(words):
        for end in range(len(words), start, -1):
            if known_unit(" ".join(words[start:end])) is not None:
                found.append(" ".join(words[start:end]))
                start = end
                break
        else:
            return None
    return found
