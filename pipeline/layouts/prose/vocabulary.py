"""The words by which prose is understood. All of them are data, in `prose.yaml` beside this module."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

import yaml

Style = Literal["bold", "display", "short"]


@dataclass(frozen=True, slots=True)
class HeadingPattern:
    """How a numbered heading looks.

    `level` None: one below the section it stands in, or as deep as its number where `dots`; `opens_line`: a line
    that begins so begins a block; `title_follows`: its title may stand on the lines below.
    """

    name: str
    pattern: re.Pattern[str]
    level: int | None
    styles: frozenset[Style]
    upper: bool
    dots: bool
    title_follows: bool
    opens_line: bool


@dataclass(frozen=True, slots=True)
class KindPhrase:
    """A phrase that names a kind of document; `words` are compared without case and punctuation."""

    words: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that `prose.yaml` says, ready for use."""

    marker: re.Pattern[str]
    contents_line: re.Pattern[str]
    field_line: re.Pattern[str]
    headings: tuple[HeadingPattern, ...]
    main_parts: frozenset[str]
    never_headings: re.Pattern[str]
    kinds: tuple[KindPhrase, ...]
    chapter_kinds: tuple[KindPhrase, ...]
    draft_words: re.Pattern[str]
    revision_words: re.Pattern[str]
    office_word: re.Pattern[str]
    office_end: re.Pattern[str]
    officers: Mapping[str, str]
    office_fields: re.Pattern[str]
    year_fields: re.Pattern[str]
    plan_year: re.Pattern[str]
    other_year: re.Pattern[str]
    year_after: re.Pattern[str]
    legal_intro: re.Pattern[str]
    legal_types: tuple[tuple[re.Pattern[str], str], ...]
    legal_noise: re.Pattern[str]
    vision_intro: re.Pattern[str]
    mission_intro: re.Pattern[str]
    mission_inline: re.Pattern[str]
    ranks: re.Pattern[str]
    heads: re.Pattern[str]
    first_party: re.Pattern[str]
    parties: re.Pattern[str]


def normal_words(text: str) -> tuple[str, ...]:
    """The words of a text without case and punctuation, in order."""
    return tuple(re.findall(r"[^\W_]+", text.casefold()))


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _phrases(by_kind: Mapping[str, Sequence[str]]) -> tuple[KindPhrase, ...]:
    """Longest phrases first, so that the first one that fits is the most telling."""
    found = [KindPhrase(normal_words(text), kind) for kind, texts in by_kind.items() for text in texts]
    return tuple(sorted(found, key=lambda phrase: -len(phrase.words)))


def _heading(raw: Mapping[str, Any]) -> HeadingPattern:
    return HeadingPattern(
        name=raw["name"],
        pattern=re.compile(raw["pattern"], re.IGNORECASE if raw["any_case"] else 0),
        level=raw["level"],
        styles=frozenset(raw["styles"]),
        upper=raw["upper"],
        dots=raw["dots"],
        title_follows=raw["title_follows"],
        opens_line=raw["opens_line"],
    )


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary, read once. A key that is missing from the file raises KeyError."""
    raw = yaml.safe_load(resources.files(__package__).joinpath("prose.yaml").read_text("utf-8"))
    single = {name: _any_of(raw[name]) for name in _PATTERNS}
    return Vocabulary(
        **single,
        headings=tuple(_heading(item) for item in raw["headings"]),
        main_parts=frozenset(" ".join(normal_words(text)) for text in raw["main_parts"]),
        kinds=_phrases(raw["kinds"]),
        chapter_kinds=_phrases(raw["chapter_kinds"]),
        officers={holder.casefold(): office for holder, office in raw["officers"].items()},
        legal_types=tuple((re.compile(p, re.IGNORECASE), name) for p, name in raw["legal_types"].items()),
    )


_PATTERNS = (
    "marker",
    "contents_line",
    "field_line",
    "never_headings",
    "draft_words",
    "revision_words",
    "office_word",
    "office_end",
    "office_fields",
    "year_fields",
    "plan_year",
    "other_year",
    "year_after",
    "legal_intro",
    "legal_noise",
    "vision_intro",
    "mission_intro",
    "mission_inline",
    "ranks",
    "heads",
    "first_party",
    "parties",
)
