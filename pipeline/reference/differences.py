"""In which words a printed name differs from the official one, slips of the pen and ways of writing left aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from pipeline.reference.nomenclature import REGION_WORDS, without_level
from pipeline.reference.words import expand, related, stem, tokens, without_phrases, word_lists

_SLIP = 0.75  # words that share so much of their letters are one word, unless the misspelt one is a word itself
_LEAST_SHORTENED = 2
_LEAST_WITHIN = 4


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
    extra, missing = _without_short_forms(extra, missing, there)
    missing, extra = _without_short_forms(missing, extra, here)
    extra, missing = _without_slips(extra, missing, _Slips(here, there, vocabulary))
    if "".join(here) == "".join(there):
        return Differing((), ())
    return Differing(_as_printed(printed, extra), _as_printed(official, missing))


def _words(level: str, name: str) -> list[str]:
    fillers = word_lists().fillers
    words = without_phrases(without_level(level, expand(name)), word_lists().own_office)
    return [word for word in words if word not in fillers]


def _tells(word: str) -> bool:
    """Whether a word is more than a letter or a number: these count rows, or are rests of signs."""
    return len(word) > 1 and not word.isdigit()


def _not_in(words: Sequence[str], others: Sequence[str]) -> Iterator[str]:
    stems = [stem(other) for other in others]
    for word in dict.fromkeys(words):
        if not any(related(stem(word), other) for other in stems):
            yield word


def _without_short_forms(
    short: Sequence[str], long: Sequence[str], written_out: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Both without short forms (`perda`) in the first of words that stand one after the other in the other name."""
    shorter, longer = list(short), list(long)
    for word in short:
        for start in range(len(written_out)):
            run = _run_shortened_by(word, written_out[start:])
            if len(run) >= _LEAST_SHORTENED and any(part in long for part in run):
                shorter = [other for other in shorter if other != word]
                longer = [other for other in longer if other not in run]
                break
    return shorter, longer


def _run_shortened_by(word: str, words: Sequence[str]) -> tuple[str, ...]:
    """The first of the words whose beginnings, one after the other, make up a word; empty where they do not."""
    if not words:
        return ()
    for size in range(1, len(word) + 1):
        if not words[0].startswith(word[:size]):
            return ()
        if size == len(word):
            return (words[0],)
        rest = _run_shortened_by(word[size:], words[1:])
        if rest:
            return (words[0], *rest)
    return ()


class _Slips(NamedTuple):
    """Two names as words, and the stems of all official names: what is among those is a word and no slip."""

    here: Sequence[str]
    there: Sequence[str]
    vocabulary: frozenset[str]

    def meant(self, word: str) -> list[str]:
        """The official words that a printed word is a slip of: misspelt, broken off or run together; mostly none."""
        if stem(word) in self.vocabulary or word in self.vocabulary:
            return []
        alike = [other for other in self.there if _alike(word, other)]
        within = [other for other in self.there if len(other) >= _LEAST_WITHIN and other in word]
        return alike or within or [other for other in self.there if self._broken(word, other)]

    def _broken(self, word: str, other: str) -> bool:
        """Whether a word and its neighbour are two halves of the other one."""
        at = self.here.index(word)
        halves = [*self.here[max(at - 1, 0) : at], word, *self.here[at + 1 : at + 2]]
        return any(_alike(one + two, other) for one, two in pairwise(halves))


def _without_slips(extra: Sequence[str], missing: Sequence[str], slips: _Slips) -> tuple[list[str], list[str]]:
    left: list[str] = []
    wanted = list(missing)
    for word in extra:
        meant = slips.meant(word)
        if not meant:
            left.append(word)
        wanted = [other for other in wanted if other not in meant]
    return left, wanted


def _alike(one: str, other: str) -> bool:
    return Levenshtein.normalized_similarity(one, other) >= _SLIP


def _as_printed(name: str, words: Sequence[str]) -> tuple[str, ...]:
    """The words with abbreviations as the name has them: `asn` for aparatur, sipil, negara."""
    shown = list(words)
    for short in tokens(name):
        full = word_lists().abbreviations.get((short,), ())
        lacking = [word for word in full if word in shown]
        if len(lacking) > 1:
            at = shown.index(lacking[0])
            shown = [word for word in shown if word not in lacking]
            shown.insert(at, short.upper())
    return tuple(shown)
