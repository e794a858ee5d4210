"""The words by which headers and labels are read: data in YAML, and the look-ups over it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz, process

from pipeline.values import tidy

LEVELS = ("misi", "tujuan", "sasaran", "urusan", "bidang", "program", "kegiatan", "sub_kegiatan")
NODE_LEVELS = LEVELS[3:]
NEAR_ENOUGH = 90.0
SHORTEST_NEAR = 7
DESCRIBING = re.compile(r"^\s*(?:uraian|nama|rincian)\s+", re.IGNORECASE)


def letters(text: str) -> str:
    """The letters of a text in lower case: how phrases are compared."""
    return re.sub(r"[\W\d_]+", "", text).casefold()


def stems(text: str) -> frozenset[str]:
    """The words of a text without endings that change no meaning, and without small words: in any order the same."""
    found = (re.sub(r"(?:nya|lah)$", "", word) for word in re.findall(r"[^\W\d_]+", text.casefold()))
    return frozenset(word for word in found if word not in ("dan", "atau", "serta", "yang"))


def letters_and_digits(text: str) -> str:
    """The letters and digits of a text in lower case."""
    return re.sub(r"[\W_]+", "", text).casefold()


def bare_phrase(text: str) -> str:
    """A header text without its units, years and remarks in brackets, unless nothing else is left."""
    bare = re.sub(
        r"\((?:[^()]*\b(?:rp|rupiah|000|%|juta(?:an)?|ribu(?:an)?|tahun|thn|n[+-]?\d?)\b[^()]*|[%\d\s.+/=x*-]*)\)",
        " ",
        text,
        flags=re.IGNORECASE,
    )
    bare = re.sub(r"\b(?:tahun\s*(?:anggaran|ke|n)?|thn\.?|ta\.?)?\s*(?:19|20)\d\d\b", " ", bare, flags=re.IGNORECASE)
    bare = re.sub(r"[%]|\bRp\.?(?=\W|$)", " ", bare)
    return tidy(bare) if letters(bare) else tidy(text)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase says: a `kind` of column (field, level, ignored, past, …), its name, and how sure that is."""

    kind: str
    name: str
    confidence: float
    phrase: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase with `*` where more may stand: at its end, or in front too (`anywhere`)."""

    key: str
    anywhere: bool
    open_end: bool
    words: str

    @classmethod
    def of(cls, phrase: str) -> Pattern:
        words = r"\s*".join(re.escape(word) for word in phrase.strip("*").split())
        return cls(letters(phrase), phrase.startswith("*"), phrase.endswith("*"), words)

    def fits(self, key: str) -> bool:
        """Whether the letters of a text are this phrase."""
        if self.anywhere:
            return self.key in key if self.open_end else key.endswith(self.key)
        return key.startswith(self.key) if self.open_end else key == self.key


@dataclass(slots=True)
class Vocabulary:
    """Phrases by their letters. `prefixes` are phrases after which more may follow."""

    exact: dict[str, Meaning] = field(default_factory=dict)
    by_stems: dict[frozenset[str], Meaning] = field(default_factory=dict)
    prefixes: list[tuple[str, Meaning]] = field(default_factory=list)
    groups: list[tuple[Pattern, str]] = field(default_factory=list)
    other_tables: list[tuple[Pattern, str]] = field(default_factory=list)
    versions: list[tuple[Pattern, str]] = field(default_factory=list)
    periods: dict[str, str] = field(default_factory=dict)
    period_groups: list[tuple[str, str]] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    money: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    level_words: list[tuple[str, str]] = field(default_factory=list)
    levels: dict[str, str] = field(default_factory=dict)
    totals: list[str] = field(default_factory=list)
    total_words: list[str] = field(default_factory=list)

    def meaning(self, text: str) -> Meaning | None:
        """What a header text says, by its letters: exactly, by its beginning, or nearly; None where unknown."""
        key = letters(text)
        if not key:
            return None
        if key in self.exact:
            return self.exact[key]
        for prefix, meaning in self.prefixes:
            if key.startswith(prefix):
                return meaning
        return self._near(key)

    def _near(self, key: str) -> Meaning | None:
        if len(key) < SHORTEST_NEAR:
            return None
        found = process.extractOne(key, self.exact.keys(), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
        if found is None:
            return None
        meaning = self.exact[found[0]]
        return Meaning(meaning.kind, meaning.name, round(found[1] / 100, 2), meaning.phrase)

    def group(self, text: str) -> str | None:
        """The role that a header over several columns gives them: plan, next or past; None where it gives none."""
        key = letters(text)
        found = [(len(pattern.key), role) for pattern, role in self.groups if pattern.fits(key)]
        return max(found)[1] if found else None

    def without_role(self, text: str) -> str:
        """A header without the words that only tell its role (`Anggaran Setelah Perubahan`): what it is of."""
        for pattern, _ in self.groups:
            if pattern.anywhere and pattern.fits(letters(text)):
                return re.sub(pattern.words, " ", text, flags=re.IGNORECASE)
        return text

    @property
    def other_names(self) -> set[str]:
        """The names of the kinds of tables that are not the plan's."""
        return {name for _, name in self.other_tables}

    def other_table(self, text: str) -> str | None:
        """The kind of table that is not the plan's, as a header or title names it; None for others."""
        key = letters(text)
        return next((name for pattern, name in self.other_tables if pattern.fits(key)), None)

    def version(self, text: str) -> str | None:
        """Which of two versions side by side a header over several columns names; None where it names none."""
        key = letters(text)
        return next((name for pattern, name in self.versions if pattern.fits(key)), None)

    def period(self, text: str) -> str | None:
        return self.periods.get(letters_and_digits(text))

    def period_group(self, text: str) -> str | None:
        key = letters(text)
        return next((unit for prefix, unit in self.period_groups if key.startswith(prefix)), None)

    def is_total(self, text: str) -> bool:
        key = letters(text)
        return any(
            key == total.rstrip("*") or (total.endswith("*") and key.startswith(total[:-1])) for total in self.totals
        )

    def starts_total(self, text: str) -> bool:
        """Whether a text begins with the word for a total, with more after it."""
        return self.without_total(text) != text

    def without_total(self, text: str) -> str:
        """A text without the word for a total at its beginning."""
        words = "|".join(re.escape(word) for word in self.total_words)
        return re.sub(rf"^\s*(?:{words})\b[\s:.]*", "", text, count=1, flags=re.IGNORECASE)

    def without_description(self, text: str) -> str:
        """A header without the word before what it names: `Uraian Program dan Kegiatan`, `Nama Program`."""
        rest = DESCRIBING.sub("", text)
        return rest if letters(rest) else text

    def outline(self, text: str) -> tuple[str, ...]:
        """The levels that a header names (`Program/Kegiatan`, `Tujuan dan Sasaran`), coarsest first; else ()."""
        parts = [part for part in re.split(r"[/,&()\n]|\bdan\b|-", text.casefold()) if letters(part)]
        found = [self.levels.get(letters(part)) for part in parts]
        if len(found) > 1 and all(found):
            return tuple(level for level in LEVELS if level in found)
        return self._run_together(letters(text))

    def _run_together(self, key: str) -> tuple[str, ...]:
        """Levels whose names fill a text with nothing but `dan` between them."""
        names = sorted(self.levels, key=len, reverse=True)
        found: list[str] = []
        while key:
            name = next((name for name in [*names, "dan", "serta"] if key.startswith(name)), None)
            if name is None:
                return ()
            if name in self.levels:
                found.append(self.levels[name])
            key = key[len(name) :]
        return tuple(level for level in LEVELS if level in found) if len(set(found)) > 1 else ()


def _add_phrases(vocabulary: Vocabulary, kind: str, name: str, phrases: Iterable[str]) -> None:
    for phrase in phrases:
        meaning = Meaning(kind, name, 1.0, str(phrase))
        if str(phrase).endswith("*"):
            vocabulary.prefixes.append((letters(phrase), meaning))
        else:
            vocabulary.exact[letters(str(phrase))] = meaning
            vocabulary.by_stems[stems(str(phrase))] = meaning


def _merge(base: dict[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Two vocabularies as one: lists of phrases are joined, names are added."""
    merged = dict(base)
    for key, value in more.items():
        old = merged.get(key)
        if isinstance(old, dict) and isinstance(value, Mapping):
            merged[key] = _merge(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            merged[key] = [*old, *value]
        elif old is None:
            merged[key] = value
        else:
            raise VocabularyError(f"`{key}`: harus berupa {type(old).__name__}")
    return merged


class VocabularyError(ValueError):
    """A vocabulary file that cannot be used; the message says why, in Indonesian."""


def build(raw: Mapping[str, Any]) -> Vocabulary:
    """A vocabulary out of its YAML form, which has every section."""
    vocabulary = Vocabulary()
    for name, phrases in raw["not_ours"].items():
        _add_phrases(vocabulary, "not_ours", name, phrases)
    _add_phrases(vocabulary, "past", "past", raw["past"])
    _add_phrases(vocabulary, "achieved", "achieved", raw["achieved"])
    _add_phrases(vocabulary, "ignored", "ignored", raw["ignored"])
    for name, phrases in raw["fields"].items():
        _add_phrases(vocabulary, "field", name, phrases)
    for level, phrases in raw["levels"].items():
        _add_phrases(vocabulary, "level", level, phrases)
        vocabulary.levels |= {letters(phrase): level for phrase in phrases}
    vocabulary.groups = [(Pattern.of(p), role) for role, phrases in raw["groups"].items() for p in phrases]
    vocabulary.other_tables = [(Pattern.of(p), name) for name, ps in raw["other_tables"].items() for p in ps]
    vocabulary.versions = [(Pattern.of(p), name) for name, ps in raw["versions"].items() for p in ps]
    vocabulary.periods = {letters_and_digits(p): name for name, phrases in raw["periods"].items() for p in phrases}
    vocabulary.period_groups = [(letters(p), unit) for unit, phrases in raw["period_groups"].items() for p in phrases]
    vocabulary.kinds = {letters(p): kind for kind, phrases in raw["kinds"].items() for p in phrases}
    vocabulary.measures = frozenset(letters(p) for p in raw["measures"])
    vocabulary.money = frozenset(letters(p) for p in raw["money"])
    words = [(p, level) for level, phrases in raw["level_words"].items() for p in phrases]
    vocabulary.level_words = sorted(words, key=lambda pair: -len(pair[0]))
    vocabulary.total_words = sorted((p for p in raw["totals"] if " " not in p and "*" not in p), key=len, reverse=True)
    vocabulary.totals = [letters(p) + ("*" if p.endswith("*") else "") for p in raw["totals"]]
    return vocabulary


def _read(text: str, name: str) -> dict[str, Any]:
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise VocabularyError(f"{name}: bukan YAML yang benar ({error})") from error
    if not isinstance(raw, dict):
        raise VocabularyError(f"{name}: harus berupa daftar bagian")
    return raw


@cache
def own_phrases() -> dict[str, Any]:
    """The project's own phrases, as their YAML has them: a section holds phrases, or names with their phrases."""
    return _read(files("pipeline.layouts").joinpath("vocabulary.yaml").read_text("utf-8"), "vocabulary.yaml")


@cache
def load_vocabulary(extra: Path | None = None) -> Vocabulary:
    """The project's phrases, and those of a user's own file added to them.

    Raises VocabularyError where the file is no vocabulary, OSError where it cannot be read.
    """
    raw = own_phrases()
    if extra is not None:
        more = _read(extra.read_text("utf-8"), extra.name)
        if unknown := set(more) - set(raw):
            raise VocabularyError(f"bagian tidak dikenal: {', '.join(sorted(unknown))}")
        raw = _merge(raw, more)
    return build(raw)
