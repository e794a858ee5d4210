"""How like a header text is to known phrases: slips, words cut by a narrow column, other order, words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline.layouts.vocabulary import Meaning, Vocabulary, letters

LIKE = 80.0  # percent of the letters that agree: below, phrases are different words
SLIP = 88.0  # one slip in eight letters
SHORTEST = 5  # letters: shorter words turn into others by a slip
HEAD, TAIL = 0.9, 0.55  # a known phrase at the head of a text names it, at its end it may only qualify
INSIDE = 1.2  # `Prakiraan Realisasi …`: what a realisation is of changes nothing, so that this beats a whole phrase
COVERED = 0.25  # of a text's letters: less than that does not name it
HALF = 0.5  # … and less than half for the shortest words
OTHER_ORDER = 0.95
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Like:
    """A known phrase that a text is like, and how much, 0 to 1."""

    meaning: Meaning
    share: float


def likenesses(text: str, vocabulary: Vocabulary) -> list[Like]:
    """The phrases of fields and levels that a header text is like, the nearest first, one for each name."""
    key, heads, stems = letters(text), list(_heads(text)), _stems(text)
    best: dict[str, Like] = {}
    for phrase, meaning in vocabulary.exact.items():
        share = _share(key, heads, phrase)
        if share < OTHER_ORDER and len(stems) > 1 and stems == _stems(meaning.phrase):
            share = OTHER_ORDER
        if share and (meaning.name not in best or best[meaning.name].share < share):
            best[meaning.name] = Like(meaning, share)
    for prefix, meaning in vocabulary.prefixes:
        if any(key[len(head) :].startswith(prefix) for head in heads):
            best[meaning.name] = Like(meaning, INSIDE)
    return sorted(best.values(), key=lambda like: -like.share)


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


def _stems(text: str) -> list[str]:
    """The words of a text in alphabetical order, without the endings that change no meaning, and small words."""
    found = [re.sub(r"(?:nya|lah)$", "", word) for word in WORD.findall(text.casefold())]
    return sorted({word for word in found if word not in ("dan", "atau", "serta", "yang")})


def _share(key: str, heads: list[str], phrase: str) -> float:
    whole = fuzz.ratio(key, phrase)
    if whole >= LIKE and len(phrase) >= SHORTEST:
        return whole / 100
    if len(phrase) < (COVERED if len(phrase) >= SHORTEST else HALF) * len(key) or len(phrase) >= len(key):
        return 0.0
    if any(_same(head, phrase) for head in heads[:-1]):
        return HEAD - 0.3 * (1 - len(phrase) / len(key))
    tails = [key[len(head) :] for head in heads[:-1]]
    return TAIL if any(_same(tail, phrase) for tail in tails) else 0.0


def _same(text: str, phrase: str) -> bool:
    return text == phrase or (
        len(phrase) > SHORTEST and abs(len(text) - len(phrase)) <= 1 and fuzz.ratio(text, phrase) >= SLIP
    )


def outline_like(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The levels that a text names with slips or qualifiers (`Program/Kegitatan`, `Urusan/Unit/Program`)."""
    parts = [part for part in re.split(r"[/,&\n]|\bdan\b|-", text.casefold()) if letters(part)]
    found = [_level(part, vocabulary) for part in parts]
    known = [level for level in found if level is not None]
    few_unknown = len(found) - len(known) <= len(known) / 3  # one in four words of an outline may be another's
    return tuple(dict.fromkeys(known)) if len(set(known)) > 1 and few_unknown else ()


def _level(part: str, vocabulary: Vocabulary) -> str | None:
    key = letters(part)
    exact = vocabulary.levels.get(key)
    if exact is not None:
        return exact
    near = [(fuzz.ratio(key, name), level) for name, level in vocabulary.levels.items() if len(name) > SHORTEST]
    share, level = max(near)
    if share >= SLIP:
        return level
    return next((vocabulary.levels[head] for head in reversed(list(_heads(part))) if head in vocabulary.levels), None)
