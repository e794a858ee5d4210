"""Words of planning documents: tokens, abbreviations written out, stems, and what an indicator measures.

All comparisons of names in the pipeline go through here, so that two places never disagree on what "the same name" is.
The word lists are data (`words.yaml`); this module holds only what is done with them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

import yaml

Measure = Literal["skor", "persen", "cacah", "lain"]

_TOKEN = re.compile(r"[^\W_]+", re.UNICODE)
_SUFFIXES = ("nya", "kan", "an")
# Nasal prefixes, longest first, with the root consonant that they swallow before a vowel (KBBI's rules of affixation).
_NASAL = (
    ("meny", "s"),
    ("peny", "s"),
    ("meng", ""),
    ("peng", ""),
    ("mem", "p"),
    ("pem", "p"),
    ("men", "t"),
    ("pen", "t"),
)
_BARE = re.compile(r"[mp]e(?=[lmnrwy])")  # without a nasal, only before these consonants
_PLAIN = ("ber", "ter", "per", "di", "ke", "se")
_MIN_ROOT = 4
_ORDINAL = re.compile(r"^\s*\d{1,2}[.)]?\s+(?=[^\W\d_])")
_ACRONYM = re.compile(r"\s*[({/]\s*(?P<letters>[A-Z]{2,8})\b(?:\s*[)}])?")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class IndexScale:
    """A national index: its name, the ranges in which it is given, and the rule that sets them."""

    nama: str
    batas: tuple[tuple[float, float], ...]
    dasar: str


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists of `words.yaml`, ready for look-up. Abbreviations are keyed by their tokens, regulations by wording."""

    abbreviations: Mapping[tuple[str, ...], tuple[str, ...]]
    fillers: frozenset[str]
    measures: Mapping[str, frozenset[str]]
    score_company: frozenset[str]
    own_office: tuple[tuple[str, ...], ...]
    counted: frozenset[str]
    office_words: frozenset[str]
    large_by_nature: tuple[tuple[str, ...], ...]
    general_units: frozenset[str]
    general_things: Mapping[str, frozenset[str]]
    beyond_bounds: frozenset[str]
    events: frozenset[str]
    good_classes: frozenset[str]
    poor_classes: frozenset[str]
    document_names: Mapping[str, tuple[str, ...]]
    looking_back: tuple[str, ...]
    looking_ahead: tuple[str, ...]
    other_documents: tuple[str, ...]
    weight_headers: frozenset[str]
    framing_chapters: tuple[str, ...]
    index_scales: tuple[IndexScale, ...]
    regulations: Mapping[str, str]


@lru_cache(maxsize=1)
def word_lists() -> WordLists:
    """The word lists of this package, read once."""
    raw = yaml.safe_load(resources.files(__package__).joinpath("words.yaml").read_text("utf-8"))
    return WordLists(
        abbreviations={tuple(short.split()): tuple(full.split()) for short, full in raw["singkatan"].items()},
        fillers=frozenset(raw["pengisi"]),
        measures={kind: frozenset(words) for kind, words in raw["ukuran"].items()},
        score_company=frozenset(raw["penyerta_skor"]),
        own_office=tuple(tuple(phrase.split()) for phrase in raw["diri_sendiri"]),
        counted=frozenset(raw["benda_hitung"]),
        office_words=frozenset(raw["kata_kantor"]),
        large_by_nature=tuple(tuple(phrase.split()) for phrase in raw["wajar_besar"]),
        general_units=frozenset(raw["satuan_umum"]),
        general_things={thing: frozenset(units) for thing, units in raw["benda_umum"].items()},
        beyond_bounds=frozenset(raw["boleh_lewat_batas"]),
        events=frozenset(raw["peristiwa"]),
        good_classes=frozenset(raw["kelas"]["baik"]),
        poor_classes=frozenset(raw["kelas"]["buruk"]),
        document_names={kind: tuple(names) for kind, names in raw["sebutan_dokumen"].items()},
        looking_back=tuple(raw["menoleh"]),
        looking_ahead=tuple(raw["menatap"]),
        other_documents=tuple(raw["bukan_sebutan"]),
        weight_headers=frozenset(raw["kepala_bobot"]),
        framing_chapters=tuple(raw["bagian_pembingkai"]),
        index_scales=tuple(
            IndexScale(row["nama"], tuple((low, high) for low, high in row["batas"]), row["dasar"])
            for row in raw["skala"]
        ),
        regulations={wording: short for short, wordings in raw["peraturan"].items() for wording in wordings},
    )


def tokens(text: str) -> list[str]:
    """Lower-case words and numbers of a text, punctuation dropped."""
    return _TOKEN.findall(unicodedata.normalize("NFC", text).lower())


@lru_cache(maxsize=1)
def _longest_abbreviation() -> int:
    return max(map(len, word_lists().abbreviations))


@lru_cache(maxsize=16384)
def expand(text: str) -> tuple[str, ...]:
    """Tokens with abbreviations written out: `IP ASN` gives indeks, profesionalitas, aparatur, sipil, negara."""
    words, known, longest = tokens(text), word_lists().abbreviations, _longest_abbreviation()
    out: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(longest, len(words) - at), 0, -1):
            full = known.get(tuple(words[at : at + size]))
            if full is not None:
                out.extend(full)
                at += size
                break
        else:
            out.append(words[at])
            at += 1
    return tuple(out)


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A rough root: affixes off, swallowed consonants back. `dipelihara` and `pemeliharaan` meet in `pelihara`."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _MIN_ROOT + 1:
            word = word[: -len(suffix)]
            break
    for prefix, swallowed in _NASAL:
        if word.startswith(prefix) and len(word) - len(prefix) >= _MIN_ROOT - 1:
            rest = word[len(prefix) :]
            return swallowed + rest if rest[0] in "aeiou" else rest
    if _BARE.match(word) and len(word) - 2 >= _MIN_ROOT:
        return word[2:]
    for prefix in _PLAIN:
        if word.startswith(prefix) and len(word) - len(prefix) >= _MIN_ROOT:
            return word[len(prefix) :]
    return word


def without_phrases(words: Iterable[str], phrases: Iterable[tuple[str, ...]]) -> list[str]:
    """The words with every occurrence of a phrase taken out."""
    left = list(words)
    for phrase in phrases:
        size, at = len(phrase), 0
        while at + size <= len(left):
            if tuple(left[at : at + size]) == phrase:
                del left[at : at + size]
            else:
                at += 1
    return left


def has_phrase(words: Iterable[str], phrases: Iterable[tuple[str, ...]]) -> bool:
    """Whether one of the phrases occurs in the words."""
    sequence = tuple(words)
    return len(without_phrases(sequence, phrases)) < len(sequence)


def content_stems(text: str) -> frozenset[str]:
    """Stems of the words that carry meaning, abbreviations written out; order and inflection do not matter."""
    return frozenset(stem(word) for word in expand(text) if word not in word_lists().fillers)


@lru_cache(maxsize=16384)
def same_name(text: str) -> str:
    """A key that is equal for two prints of one name: case, spacing, punctuation and abbreviations do not matter."""
    return " ".join(word for word in expand(text) if word not in word_lists().fillers)


def measure_of(text: str) -> Measure:
    """How an indicator is measured, by its first word."""
    words = expand(text)
    if not words:
        return "lain"
    lists = word_lists().measures
    if words[0] in lists["skor"]:
        return "skor"
    if words[0] in lists["persen"]:
        return "persen"
    return "cacah" if words[0] in lists["cacah"] else "lain"


def is_acronym_of(word: str, name: str) -> bool:
    """Whether a word abbreviates a name by letters: its letters occur in the name in order, starting at its first.

    Offices are abbreviated by initials and by syllables alike, so any letter of the name may be used. Digits stand for
    repeated initials and are skipped.
    """
    letters = [char for char in word.lower() if char.isalpha()]
    target = "".join(part for part in tokens(name) if part not in word_lists().fillers)
    if len(letters) < 3 or not target or letters[0] != target[0]:
        return False
    position = 0
    for letter in letters:
        position = target.find(letter, position) + 1
        if position == 0:
            return False
    return True


def own_acronyms(text: str, office: str | None) -> frozenset[str]:
    """Lower-case words of the text that are printed in capitals and abbreviate the office's name."""
    if not office or text == text.upper():
        return frozenset()
    capitals = (word for word in re.findall(r"\b[A-Z][A-Z0-9&]{2,}\b", text))
    known = word_lists().abbreviations
    return frozenset(w.lower() for w in capitals if (w.lower(),) not in known and is_acronym_of(w, office))


def _spelled_out(words: Sequence[str], letters: str) -> int:
    """How many of the last words an acronym abbreviates by their initials, in lower case; 0 where it does not.

    A filler may count (`Antar Kota Dalam Provinsi`) or not (`Sungai Danau dan Penyeberangan`).
    """
    if not words:
        return 0
    *before, last = words
    if last[0] == letters[-1]:
        deeper = _spelled_out(before, letters[:-1]) if letters[:-1] else 0
        if deeper or len(letters) == 1:
            return deeper + 1
    deeper = _spelled_out(before, letters) if last in word_lists().fillers else 0
    return deeper + 1 if deeper else 0


def short_forms(text: str) -> str:
    """The text with each name that it abbreviates itself left out: `Angkutan Sungai Danau (ASD)` is `ASD`."""
    out, at = "", 0
    for match in _ACRONYM.finditer(text):
        before = out + text[at : match.start()]
        words = list(_WORD.finditer(before))
        long = _spelled_out([word[0].lower() for word in words], match["letters"].lower())
        out = f"{before[: words[-long].start()]}{match['letters']}" if long else before + match[0]
        at = match.end()
    return out + text[at:]


def indicator_key(text: str, office: str | None = None) -> tuple[Measure, frozenset[str]]:
    """What an indicator measures: the measure, and the stems of what is measured.

    Aliases, word order, abbreviations and an ordinal before the text do not matter; words for the office itself are
    left out, so that `Nilai SAKIP SKPD` and `Nilai Evaluasi SAKIP` are one. Other qualifiers (Kabupaten, Provinsi)
    stay and tell apart.
    """
    text = short_forms(_ORDINAL.sub("", text))
    measure, lists = measure_of(text), word_lists()
    own = own_acronyms(text, office)
    printed = " ".join(word for word in text.split() if word.strip(".,;:()").lower() not in own)
    left = without_phrases(expand(printed), lists.own_office)
    if office:
        left = without_phrases(left, (expand(office),))
    if measure != "lain":
        left = left[1:]
    dropped = lists.fillers | (lists.score_company if measure == "skor" else frozenset())
    return measure, frozenset(stem(word) for word in left if word not in dropped)


def related(one: str, other: str) -> bool:
    """Whether two stems are one root as far as the rough stemmer can tell: equal but for their first letter, or one in
    the other."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= _MIN_ROOT and (short in long or (len(short) > _MIN_ROOT and short[1:] == long[1:]))
