"""How like a header text is to known phrases: slips, words cut by a narrow column, other order, words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from pipeline.layouts.vocabulary import Meaning, Vocabulary, letters, stems

LIKE = 80.0  # percent of the letters that agree: below, phrases are different words
SLIP = 88.0  # one slip in eight letters
SHORTEST = 5  # letters: shorter words turn into others by a slip
HEAD, TAIL = 0.9, 0.55  # a known phrase at the head of a text names it, at its end it may only qualify
SPREAD = 0.3  # what words around a known phrase take from it at most
INSIDE = 1.2  # `Prakiraan Realisasi …`: what a realisation is of changes nothing, so that this beats a whole phrase
COVERED = 0.25  # of a text's letters: less than that does not name it
A_WORD = 4  # letters: shorter ones are abbreviations, which stand in other words
HALF = 0.5  # … and less than half for the shortest words
OTHER_ORDER = 0.95
_NEUTRAL = re.compile(r"^\s*(?:uraian|nama|rincian|daftar)\b")  # words for what any name column holds
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Like:
    """A known phrase that a text is like, and how much, 0 to 1."""

    meaning: Meaning
    share: float


def likenesses(text: str, vocabulary: Vocabulary) -> list[Like]:
    """The phrases of fields and levels that a header text is like, the nearest first, one for each name."""
    key, heads = letters(text), list(_heads(text))
    best: dict[str, Like] = {}
    for meaning, share in [*_whole(text, key, vocabulary), *_parts(key, heads, vocabulary)]:
        if meaning.name not in best or best[meaning.name].share < share:
            best[meaning.name] = Like(meaning, share)
    return sorted(best.values(), key=lambda like: -like.share)


def _whole(text: str, key: str, vocabulary: Vocabulary) -> Iterator[tuple[Meaning, float]]:
    """Phrases that are the text with slips, or its words in another order."""
    for phrase, percent in _near(key, vocabulary, LIKE):
        if len(phrase) >= SHORTEST:
            yield vocabulary.exact[phrase], percent / 100
    words = stems(text)
    if len(words) > 1 and words in vocabulary.by_stems:
        yield vocabulary.by_stems[words], OTHER_ORDER


def _parts(key: str, heads: list[str], vocabulary: Vocabulary) -> Iterator[tuple[Meaning, float]]:
    """Phrases that the text begins or ends with, and those that decide wherever they begin."""
    for head in heads[:-1]:
        for phrase in _same(head, vocabulary):
            if len(phrase) >= (COVERED if len(phrase) >= A_WORD else HALF) * len(key):
                yield vocabulary.exact[phrase], HEAD - SPREAD * (1 - len(phrase) / len(key))
        for phrase in _same(key[len(head) :], vocabulary):
            if len(phrase) >= (COVERED if len(phrase) >= A_WORD else HALF) * len(key):
                yield vocabulary.exact[phrase], TAIL
    for prefix, meaning in vocabulary.prefixes:
        if any(key[len(head) :].startswith(prefix) for head in heads):
            yield meaning, INSIDE


def _same(text: str, vocabulary: Vocabulary) -> list[str]:
    """The phrases that a text is, one slip forgiven in longer ones."""
    exact = [text] if text in vocabulary.exact else []
    near = [phrase for phrase, _ in _near(text, vocabulary, SLIP) if len(phrase) > SHORTEST]
    return exact + [phrase for phrase in near if abs(len(phrase) - len(text)) <= 1]


def _near(text: str, vocabulary: Vocabulary, percent: float) -> list[tuple[str, float]]:
    found = process.extract(text, vocabulary.exact.keys(), scorer=fuzz.ratio, score_cutoff=percent, limit=None)
    return [(phrase, score) for phrase, score, _ in found]


def without_brackets(text: str) -> str:
    """A text without what stands in brackets (`Lokasi (Kabupaten/Kota)`), unless nothing else is left."""
    bare = re.sub(r"\([^()]*\)?", " ", text)
    return bare if letters(bare) else text


def _heads(text: str) -> Iterator[str]:
    """The letters of the first word, the first two words, and so on."""
    head = ""
    for word in WORD.findall(text.casefold()):
        head += word
        yield head


def outline_like(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The levels that a text names with slips or qualifiers (`Program/Kegitatan`, `Urusan/Unit/Program`)."""
    parts = [part for part in re.split(r"[/,&\n]|\bdan\b|-", text.casefold()) if letters(part)]
    found = [_level(part, vocabulary) for part in parts]
    known = [level for level in found if level is not None]
    few_unknown = len(found) - len(known) <= len(known) / 3  # one in four words of an outline may be another's
    return tuple(dict.fromkeys(known)) if len(set(known)) > 1 and few_unknown else ()


def _level(part: str, vocabulary: Vocabulary) -> str | None:
    """The level that a part of an outline names: as a whole, or at its head; `Uraian` and the like name nothing."""
    heads = list(_heads(_NEUTRAL.sub("", part)))
    if not heads:
        return None
    exact = vocabulary.levels.get(heads[-1])
    if exact is not None:
        return exact
    near = [(fuzz.ratio(heads[-1], name), level) for name, level in vocabulary.levels.items() if len(name) > SHORTEST]
    share, level = max(near)
    return (
        level
        if share >= SLIP
        else next((vocabulary.levels[h] for h in reversed(heads) if h in vocabulary.levels), None)
    )
