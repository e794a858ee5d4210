"""The words that the reader of values knows, from `vocabulary.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Word lists in lower case; `bounds_before` and `bounds_after` lead from a wording to its operator."""

    missing: frozenset[str]
    zero_or_missing: frozenset[str]
    spreadsheet_errors: frozenset[str]
    letter_grades: frozenset[str]
    word_grades: frozenset[str]
    grade_prefixes: frozenset[str]
    number_prefixes: frozenset[str]
    fillers: frozenset[str]
    joiners: frozenset[str]
    bounds_before: Mapping[str, str]
    bounds_after: Mapping[str, str]
    range_words: tuple[str, ...]
    scales: Mapping[str, int]
    money_scales: Mapping[str, int]
    periods: Mapping[str, str]
    rate_units: Mapping[str, str]
    digits: tuple[str, ...]
    months: Mapping[str, int]
    hyphen_stems: frozenset[str]
    hyphen_pairs: Mapping[str, frozenset[str]]


def _by_wording(operators: Mapping[str, list[str]]) -> dict[str, str]:
    return {wording: operator for operator, wordings in operators.items() for wording in wordings}


def _load() -> Vocabulary:
    text = files("pipeline.values").joinpath("vocabulary.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.safe_load(text)
    raw["bounds_before"] = _by_wording(raw["bounds_before"])
    raw["bounds_after"] = _by_wording(raw["bounds_after"])
    raw["months"] = {name: number for number, names in raw["months"].items() for name in names}
    raw["hyphen_pairs"] = {stem: frozenset(words) for stem, words in raw["hyphen_pairs"].items()}
    for name in ("range_words", "digits"):
        raw[name] = tuple(raw[name])
    fields: dict[str, Any] = {
        name: frozenset(value) if isinstance(value, list) else value for name, value in raw.items()
    }
    return Vocabulary(**fields)


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; a space in one stands for any white space."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


WORDS = _load()
