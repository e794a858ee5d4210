"""In which words a printed name differs from the official one, slips of the pen and ways of writing left aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from pipeline.reference.nomenclature import REGION_WORDS, without_level
from pipeline.reference.words import expand, related, stem, word_lists

_SLIP = 0.75  # words that share so much of their letters are one word, unless the misspelt one is a word itself
_SHORTEST_ACRONYM = 2


class Differing(NamedTuple):
    """Words of the printed name that the official one lacks, and the other way round; in the order of printing."""

    extra: tuple[str, ...]
    missing: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.extra or self.missing)


def differing_words(
    level: str, printed: str, official: str, vocabulary: frozenset[str], own: frozenset[str] = frozenset()
) -> Differing:
    """The content words in which two names of one level differ; empty where they mean the same.

    `vocabulary` holds the stems of all official names; `own` are words that an office may add, such as its region.
    """
    here, there = _words(level, printed), _words(level, official)
    extra = [word for word in _not_in(here, there) if word not in own | REGION_WORDS and _tells(word)]
    missing = [word for word in _not_in(there, here) if word not in REGION_WORDS]
    extra, missing = _without_acronyms(extra, missing, there)
    missing, extra = _without_acronyms(missing, extra, here)
    extra, missing = _without_slips(extra, missing, vocabulary)
    if _joined_alike(extra, missing) or "".join(here) == "".join(there):
        return Differing((), ())
    return Differing(tuple(extra), tuple(missing))


def _words(level: str, name: str) -> list[str]:
    fillers = word_lists().fillers
    return [word for word in without_level(level, expand(name)) if word not in fillers]


def _tells(word: str) -> bool:
    """Whether a word is more than a letter or a number: these count rows, or are rests of signs."""
    return len(word) > 1 and not word.isdigit()


def _not_in(words: Sequence[str], others: Sequence[str]) -> Iterator[str]:
    stems = [stem(other) for other in others]
    for word in dict.fromkeys(words):
        if not any(related(stem(word), other) for other in stems):
            yield word


def _without_acronyms(
    short: list[str], long: list[str], written_out: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Both without acronyms of the first whose words, written out one after the other, stand in the other name."""
    for word in list(short):
        for start in range(len(written_out)):
            run = written_out[start : start + len(word)]
            if len(word) >= _SHORTEST_ACRONYM and "".join(part[0] for part in run) == word:
                short = [other for other in short if other != word]
                long = [other for other in long if other not in run]
    return short, long


def _without_slips(
    extra: list[str], missing: list[str], vocabulary: frozenset[str]
) -> tuple[list[str], list[str]]:
    """Both without pairs of a word and what is a misprint of it: a word of some official name is none."""
    left: list[str] = []
    wanted = list(missing)
    for word in extra:
        near = max(wanted, key=lambda other: Levenshtein.normalized_similarity(word, other), default=None)
        known = stem(word) in vocabulary
        if near is None or known or Levenshtein.normalized_similarity(word, near) < _SLIP:
            left.append(word)
        else:
            wanted.remove(near)
    return left, wanted


def _joined_alike(extra: Sequence[str], missing: Sequence[str]) -> bool:
    """Whether the words are the same but for spaces: `perundang undangan` and `perundangundangan`."""
    one, other = "".join(extra), "".join(missing)
    several = len(extra) != len(missing)
    return bool(one and other) and several and Levenshtein.normalized_similarity(one, other) >= 1 - (1 - _SLIP) / 2
