"""Who a document says it is, and whether two documents may be the same one by that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Levenshtein

from pipeline.reference.words import expand

_UNNAMED_KIND = "lainnya"
_LETTERS_PER_SLIP = 12
_ORDINALS = frozenset("ivx")
_FACETS = ("tahun", "jenis", "tahap", "kantor", "wilayah")


@dataclass(frozen=True, slots=True)
class Identity:
    """The facets of a document's identity, each null where the document does not say. Names are written out."""

    tahun: int | None
    jenis: str | None
    tahap: str | None
    kantor: str | None
    wilayah: str | None


def identity_of(document: Mapping[str, Any]) -> Identity:
    """The identity in a row of `dokumen`. A kind that has no name of its own is known by the title, if there is one."""
    kind = document["jenis_dokumen"]
    if kind == _UNNAMED_KIND:
        kind = _name(document["judul"])
    return Identity(
        document["tahun"], kind, document["tahap"], _name(document["perangkat_daerah"]), _name(document["wilayah"])
    )


def differs(a: Identity, b: Identity, scanned: bool) -> bool:
    """Whether two documents are surely not the same one. `scanned`: names may hold misread letters."""
    if any(_both_and_unlike(one, other) for one, other in ((a.tahun, b.tahun), (a.tahap, b.tahap))):
        return True
    names = ((a.jenis, b.jenis), (a.kantor, b.kantor), (a.wilayah, b.wilayah))
    return any(one and other and not _same_name(one, other, scanned) for one, other in names)


def shared(a: Identity, b: Identity) -> frozenset[str]:
    """The facets that both documents state; call it for documents that do not differ."""
    return frozenset(name for name in _FACETS if getattr(a, name) is not None and getattr(b, name) is not None)


def _name(text: str | None) -> str | None:
    return " ".join(expand(text)) if text else None


def _both_and_unlike(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def in_order(name: str) -> str:
    """The words of a name in an order of their own: names of the same words are the same."""
    return " ".join(sorted(name.split()))


def without_spaces(name: str) -> str:
    """A name as misread letters are counted in it."""
    return name.replace(" ", "")


def most_slips(letters: int) -> int:
    """How many letters of a name may be misread, of two names the longer one counts."""
    return letters // _LETTERS_PER_SLIP


def _same_name(one: str, other: str, scanned: bool) -> bool:
    if in_order(one) == in_order(other):
        return True
    if not scanned or _ordinals(one) != _ordinals(other):
        return False
    slips = Levenshtein.distance(without_spaces(one), without_spaces(other))
    return slips <= most_slips(max(len(one), len(other)))


def _ordinals(name: str) -> list[str]:
    """What tells Puskesmas I from Puskesmas II: numbers, roman ones too. No slip of a letter explains these."""
    return [word for word in name.split() if word.isdigit() or _ORDINALS.issuperset(word)]
