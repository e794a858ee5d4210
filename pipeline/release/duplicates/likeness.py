"""Compares two documents: whether one delivers the other again, and which figures differ between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from rapidfuzz.distance import Levenshtein

from pipeline.release.duplicates.figures import Item, Pairing, pair_items
from pipeline.release.duplicates.identity import shared
from pipeline.release.duplicates.portrait import Portrait

# Shares of the words of one document that the other has too, text beside text and where a scan is one of the two.
WORDS_ALIKE = 0.95
WORDS_ALIKE_SCANNED = 0.85
# Shares of the records of one document that the other lists too. A scan may lose rows, but it makes none up; between
# texts a row more or less is another version.
RECORDS_OF_TEXT = 1.0
RECORDS_OF_SCAN = 0.9
RECORDS_LOST_BY_SCAN = 0.85
# Numbers outside records that only one document shows, such as pages in a table of contents.
LOOSE_STRANGE = 0.01
LOOSE_STRANGE_SCANNED = 0.03
FIGURES_AGREE = 0.5
SLIPS = 0.01
MOST_OF_WHOLE = 0.8
ENOUGH_FIGURES = 20
ENOUGH_WORDS = 30
_KNOWN = frozenset({"tahun", "jenis", "kantor"})


class Relation(Enum):
    """What the first of two documents is to the second."""

    SAME = "the same document"
    PART = "an excerpt of it"
    WHOLE = "the document that the second is an excerpt of"
    VERSION = "nearly the same, with other figures"


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that differs: its records in the first and the second document, null where one has none.

    `sure` where both were surely read, so that the documents themselves differ.
    """

    first: Item | None
    second: Item | None
    column: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like two documents are. `similarity` is the share of words and numbers that both hold, 0 to 1."""

    relation: Relation
    similarity: float
    differences: Sequence[Difference]
    strange: Sequence[str]
    dates_differ: bool


@dataclass(frozen=True, slots=True)
class _Figures:
    """All that was compared of two documents' records."""

    pairing: Pairing
    differences: Sequence[Difference]
    agreed: int

    @property
    def compared(self) -> int:
        return self.agreed + len(self.differences)


def least_alike(scanned: bool) -> float:
    """The share of the words of one of two documents that both must hold; `scanned` where one of them is a scan."""
    return WORDS_ALIKE_SCANNED if scanned else WORDS_ALIKE


def compare(first: Portrait, second: Portrait) -> Likeness | None:
    """What the first document is to the second, None where they are two documents.

    Their identities must not differ (`identity.differs`).
    """
    common = (first.words & second.words).total()
    floor = least_alike(first.scanned or second.scanned)
    forward, backward = (bool(one.size) and common >= floor * one.size for one in (first, second))
    if not forward and not backward:
        return None
    figures = _compare_figures(first, second)
    relation = _relation(first, second, figures, (forward, backward))
    if relation is None:
        return None
    smaller = {Relation.PART: first.size, Relation.WHOLE: second.size}.get(relation)
    everything = (first.words | second.words).total() if smaller is None else smaller
    return Likeness(
        relation,
        common / everything,
        [*figures.differences, *_only(figures.pairing, relation)],
        sorted(_strange(first, second, relation), key=lambda number: (len(number), number)),
        dates_differ(first.header.tanggal, second.header.tanggal),
    )


def _relation(first: Portrait, second: Portrait, figures: _Figures, inside: tuple[bool, bool]) -> Relation | None:
    sound = _is_sound(first, second, figures)
    forward = inside[0] and sound and _covered(first, second, figures.pairing.only_first, bool(figures.compared))
    backward = inside[1] and sound and _covered(second, first, figures.pairing.only_second, bool(figures.compared))
    if forward and backward and _is_proven(first, second, figures):
        return Relation.SAME
    if figures.agreed >= ENOUGH_FIGURES:
        ours, theirs = ([pair[side] for pair in figures.pairing.pairs] for side in (0, 1))
        if forward and _is_excerpt(first, second, theirs, figures.pairing.only_second):
            return Relation.PART
        if backward and _is_excerpt(second, first, ours, figures.pairing.only_first):
            return Relation.WHOLE
    known = shared(first.header.identity, second.header.identity) >= _KNOWN
    alike = all(inside) and figures.agreed >= FIGURES_AGREE * max(1, figures.compared)
    return Relation.VERSION if known and alike else None


def _strange(first: Portrait, second: Portrait, relation: Relation) -> set[str]:
    """Numbers outside records that only one document shows; what an excerpt leaves out is not strange."""
    here = {} if relation is Relation.WHOLE else first.loose - second.words
    there = {} if relation is Relation.PART else second.loose - first.words
    return {*here, *there}


def _is_proven(first: Portrait, second: Portrait, figures: _Figures) -> bool:
    """Whether there is enough to go by: a known office, kind and year, or many figures, or the very same words."""
    known = shared(first.header.identity, second.header.identity) >= _KNOWN
    if min(first.size, second.size) < ENOUGH_WORDS:
        return False
    return known or figures.agreed >= ENOUGH_FIGURES or first.words == second.words


def _is_sound(first: Portrait, second: Portrait, figures: _Figures) -> bool:
    """Whether no figure tells the documents apart: texts must agree in all of them, scans may hold doubtful ones.

    A scan whose year, office, kind and stage are all known may hold a few slips of a digit that nothing doubted.
    """
    sure = [difference for difference in figures.differences if difference.sure]
    if not (first.scanned or second.scanned):
        return not figures.differences and not dates_differ(first.header.tanggal, second.header.tanggal)
    if figures.agreed < FIGURES_AGREE * figures.compared:
        return False
    named = _KNOWN | {"tahap"} <= shared(first.header.identity, second.header.identity)
    return not sure or (named and len(sure) <= SLIPS * figures.compared and all(map(_may_be_slip, sure)))


def _may_be_slip(difference: Difference) -> bool:
    """Whether one figure can be the other misread: one digit more, less or another."""
    if difference.first is None or difference.second is None:
        return False
    one, other = (item.figures.get(difference.column, "") for item in (difference.first, difference.second))
    return bool(one and other) and Levenshtein.distance(one, other) <= 1


def _covered(one: Portrait, other: Portrait, missing: Sequence[Item], has_records: bool) -> bool:
    """Whether the other document lists nearly all records of one, and shows nearly all its other numbers."""
    records = sum(bool(item.figures) for item in one.items)
    lost = sum(bool(item.figures) for item in missing)
    wanted = RECORDS_LOST_BY_SCAN if other.scanned else RECORDS_OF_SCAN if one.scanned else RECORDS_OF_TEXT
    if records - lost < wanted * records:
        return False
    strange = (one.loose - other.words).total()
    if one.scanned or other.scanned:
        return strange <= LOOSE_STRANGE_SCANNED * one.loose.total() + one.unsure_numbers + other.unsure_numbers
    return strange <= (LOOSE_STRANGE * one.loose.total() if has_records else 0)


def dates_differ(one: str | None, other: str | None) -> bool:
    """Whether two dates of signature are not the same, as far as both are printed."""
    return bool(one and other and not one.startswith(other) and not other.startswith(one))


def _is_excerpt(part: Portrait, whole: Portrait, paired: Sequence[Item], left_out: Sequence[Item]) -> bool:
    """Whether a part, all of which the whole holds, is pages of it: where single rows are missing, it is a version.

    `paired` and `left_out` are the records of the whole. Rows may be cut where the excerpt begins and ends.
    """
    if part.size > MOST_OF_WHOLE * whole.size:
        return False
    times = Counter(_mark(item) for item in whole.items)
    shown = {_mark(item) for item in paired}
    # What the whole prints twice says nothing about the pages that an excerpt was taken from.
    pages = {item.halaman for item in paired if item.figures and times[_mark(item)] == 1 and item.halaman is not None}
    missing = [item.halaman for item in left_out if item.figures and item.halaman and _mark(item) not in shown]
    cut = _cut_pages(pages, missing)
    allowed = 1 - (RECORDS_LOST_BY_SCAN if part.scanned else RECORDS_OF_TEXT)
    return sum(page in pages - cut for page in missing) <= allowed * len(paired)


def _cut_pages(pages: set[int], missing: Sequence[int]) -> set[int]:
    """The first and last page of an excerpt, where rows of the whole go on before and after them."""
    if not pages:
        return set()
    first, last = min(pages), max(pages)
    before, after = any(page < first for page in missing), any(page > last for page in missing)
    return {page for page, goes_on in ((first, before), (last, after)) if goes_on}


def _mark(item: Item) -> tuple[str, str | None, str, frozenset[tuple[str, str]]]:
    return item.dataset, item.level, item.name, frozenset(item.figures.items())


def _compare_figures(first: Portrait, second: Portrait) -> _Figures:
    pairing = pair_items(first.items, second.items)
    differences: list[Difference] = []
    agreed = 0
    for one, other in pairing.pairs:
        for column in {**one.figures, **other.figures}:
            if one.figures.get(column) == other.figures.get(column):
                agreed += 1
            else:
                sure = _is_sure(one, column, first) and _is_sure(other, column, second)
                differences.append(Difference(one, other, column, sure))
    return _Figures(pairing, differences, agreed)


def _is_sure(item: Item, column: str, portrait: Portrait) -> bool:
    """A figure that a scan does not show may have been lost by the reading."""
    if column in item.unsure:
        return False
    return column in item.figures or item.halaman not in portrait.header.scanned


def _only(pairing: Pairing, relation: Relation) -> Iterator[Difference]:
    """Figures of records that only one document lists; what an excerpt leaves out is no difference."""
    if relation is not Relation.WHOLE:
        yield from (Difference(item, None, column, False) for item in pairing.only_first for column in item.figures)
    if relation is not Relation.PART:
        yield from (Difference(None, item, column, False) for item in pairing.only_second for column in item.figures)
