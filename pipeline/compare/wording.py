"""Whether two names say the same, and how alike they are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from pipeline.reference.nomenclature import without_level
from pipeline.reference.words import expand, stem, word_lists

_WORDS = 0.85  # share of a likeness that words make; the rest are letters, so that order and small words count too
_SLIP_FROM = 4
_LIKE_STEM = 5
_FILLER_WEIGHT = 0.1


@lru_cache(maxsize=65536)
def plain_words(level: str, name: str) -> tuple[str, ...]:
    """The words of a name with abbreviations written out, without those that only name its level."""
    return without_level(level, expand(name))


@lru_cache(maxsize=65536)
def same_wording(level: str, one: str, other: str) -> bool:
    """Whether two prints are of one name: case, spaces, punctuation, abbreviations and a letter left out or doubled do
    not matter; another or an additional word does, however small.
    """
    here, there = plain_words(level, one), plain_words(level, other)
    if here == there or "".join(here) == "".join(there):
        return True
    return len(here) == len(there) and all(map(_same_word, here, there))


def _same_word(one: str, other: str) -> bool:
    """Equal, or two neighbouring letters exchanged, or one letter more: a letter for another makes another word."""
    if one == other:
        return True
    if min(len(one), len(other)) < _SLIP_FROM - 1 or max(len(one), len(other)) < _SLIP_FROM:
        return False
    if any(char.isdigit() for char in one + other):
        return False
    exchanged = len(one) == len(other) and sorted(one) == sorted(other)
    return (exchanged or abs(len(one) - len(other)) == 1) and OSA.distance(one, other, score_cutoff=1) <= 1


def likeness(level: str, here: Sequence[str], there: Sequence[str]) -> np.ndarray:
    """How alike the names are, 0 to 1, for each pair: an array of len(here) x len(there).

    Words that many of these names share count little: `ASN` or `Perangkat Daerah` makes no two of them one. Names that
    `same_wording` holds to be one are 1.
    """
    if not here or not there:
        return np.zeros((len(here), len(there)))
    words = [plain_words(level, name) for name in chain(here, there)]
    alike = _by_words([frozenset(map(stem, one)) for one in words], len(here))
    texts = [" ".join(one) for one in words]
    letters = process.cdist(texts[: len(here)], texts[len(here) :], scorer=fuzz.ratio, dtype=np.float32) / 100
    found: np.ndarray = _WORDS * alike + (1 - _WORDS) * letters
    found = np.minimum(found, 0.999)
    for row, column in zip(*np.nonzero(found > _WORDS / 2), strict=True):
        if same_wording(level, here[row], there[column]):
            found[row, column] = 1.0
    return found


def _by_words(names: Sequence[frozenset[str]], split: int) -> np.ndarray:
    """Shared weight of words over all their weight (Dice), rare words weighing more."""
    known = _without_slips({word for name in names for word in name})
    sets = [frozenset(known[word] for word in name) for name in names]
    counts = Counter(word for one in dict.fromkeys(sets) for word in one)
    place = {word: index for index, word in enumerate(sorted(counts))}
    fillers = {stem(word) for word in word_lists().fillers}
    weights = np.zeros(len(place))
    for word, index in place.items():
        rare = math.log(1 + len(names) / counts[word])
        weights[index] = rare * (_FILLER_WEIGHT if word in fillers else 1.0)
    matrix = np.zeros((len(sets), len(place)))
    for row, one in enumerate(sets):
        matrix[row, [place[word] for word in one]] = 1.0
    totals = matrix @ weights
    shared = (matrix[:split] * weights) @ matrix[split:].T
    sums = totals[:split, None] + totals[None, split:]
    return np.divide(2 * shared, sums, out=np.zeros_like(shared), where=sums > 0)


def _without_slips(stems: set[str]) -> dict[str, str]:
    """Each stem with the one that stands for it: of two that differ in a letter, the first in order."""
    listed = sorted(stems)
    long = [word for word in listed if len(word) >= _LIKE_STEM and word.isalpha()]
    meant = {word: word for word in listed}
    if long:
        near = process.cdist(long, long, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
        for row, column in zip(*np.nonzero(near <= 1), strict=True):
            if column < row:
                meant[long[row]] = meant[long[column]]
    return meant
