"""Labels inside cells: the kind of an indicator (`KELUARAN/OUTPUT :`), the level of a name (`Kegiatan:`), bullets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from pipeline.layouts.vocabulary import Vocabulary, letters
from pipeline.values import strip_bullet, strip_ordinal

LABELLED = re.compile(r"\s*[-–•]?\s*(?:[a-eA-E1-5][.)]\s*)?(?P<label>[^:;.]{3,40}?)\s*[:;]\s*(?P<rest>.*)", re.DOTALL)
BULLET = re.compile(r"\s*(?:[-–—•▪●○◦➢➤►*·§]|[o]\s(?=[A-Z]))\s*(?=\S)")
MARKED_LEVELS = ("misi", "tujuan", "sasaran")  # words of common speech too: a colon or number must follow
URUSAN_KINDS = ("wajib", "pilihan")  # UU 23/2014, pasal 11
SHORTEST_FORGIVEN = 7  # letters: a slip makes another word out of a shorter one
WORD = re.compile(r"[^\W\d_]+")
# What stands beside a kind in a header without saying anything else.
BESIDE_KIND = frozenset(
    ["indikator", "kinerja", "target", "tolok", "tolak", "ukur", "program", "kegiatan", "sub", "subkegiatan", "capaian"]
)
ORDINAL_LED = re.compile(r"\s*\(?(?:\d{1,3}|[a-hA-H]|[ivxIVX]{1,5})[.)]{1,2}\s*(?=[^\W\d_])")


class Labelled(NamedTuple):
    """A text after its label was taken off: `name` is what the label says."""

    name: str
    rest: str


def read_kind(text: str, vocabulary: Vocabulary) -> Labelled | None:
    """The kind that a line's label names, and what stands after the label; None where there is no such label.

    A label needs its colon, but for a line that holds nothing else.
    """
    match = LABELLED.match(text)
    if match:
        kind = vocabulary.kinds.get(letters(match["label"]))
        return Labelled(kind, match["rest"].strip()) if kind else None
    kind = vocabulary.kinds.get(letters(text))
    return Labelled(kind, "") if kind and len(text) < 40 else None


def header_kind(path: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """The one kind of indicators that header texts name (`Hasil Program`, `Indikator Output`), the lowest deciding.

    None where a text names several kinds, or says more than kinds, levels and words of measuring.
    """
    for text in reversed(path):
        words = [word.casefold() for word in WORD.findall(text)]
        kinds = {kind for word in words if (kind := vocabulary.kinds.get(word))}
        if kinds and all(word in vocabulary.kinds or word in BESIDE_KIND for word in words):
            return kinds.pop() if len(kinds) == 1 else None
    return None


def read_level_word(text: str, vocabulary: Vocabulary) -> Labelled | None:
    """The level that a name's first word tells, `rest` being the name; a word followed by a colon is taken off."""
    for phrase, level in vocabulary.level_words:
        marked = level in MARKED_LEVELS
        match = re.match(
            rf"\s*{re.escape(phrase)}(?P<number>\s*\d{{1,2}}|\s+[ivx]{{1,4}}\b)?\s*(?P<colon>:)?\s*(?P<rest>\S.*)",
            text,
            re.IGNORECASE | re.DOTALL,
        )
        if match and marked and not (match["colon"] or match["number"]):
            continue
        if match and (match["colon"] or re.match(rf"\s*{re.escape(phrase)}\s", text, re.IGNORECASE)):
            bare = match["colon"] or (marked and match["number"])
            return Labelled(level, match["rest"].strip() if bare else text.strip())
    return None


def level_word(text: str, vocabulary: Vocabulary) -> str | None:
    """The level whose word a name begins with; one wrong letter and letters set apart are forgiven in a long word.

    `Wajib` and `Pilihan` are what kinds of urusan are called.
    """
    found = read_level_word(text, vocabulary)
    if found is not None:
        return found.name
    first, run = letters(text.split()[0]) if text.split() else "", letters(text)
    if first in URUSAN_KINDS:
        return "urusan"
    for word, level in ((letters(phrase), level) for phrase, level in vocabulary.level_words):
        long = len(word) >= SHORTEST_FORGIVEN and level not in MARKED_LEVELS
        if long and (Levenshtein.distance(first, word) == 1 or (len(first) < len(word) and run.startswith(word))):
            return level
    return None


def is_bullet(text: str) -> bool:
    """Whether a text begins with a bullet in front of words; a dash before a figure is a minus."""
    return bool(BULLET.match(text)) and strip_bullet(text) != text


def starts_ordinal(text: str) -> bool:
    """Whether a text begins with an ordinal (`1. `, `a) `) in front of words."""
    return bool(ORDINAL_LED.match(text)) and strip_ordinal(text)[0] is not None


def split_ordinal(text: str) -> tuple[str | None, str]:
    """(ordinal as printed without its dot or brackets, the rest); (None, text) where there is none."""
    ordinal, rest = strip_ordinal(text) if starts_ordinal(text) else (None, text.strip())
    return (ordinal.text if ordinal else None), rest
