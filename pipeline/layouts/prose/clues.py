"""What a single text says about kind, year, region and office."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.layouts.prose.vocabulary import KindPhrase, normal_words, vocabulary
from pipeline.reference.regions import Found, Region, find_regions
from pipeline.values import tidy, years_in

DANGLING = re.compile(r"(?:\s+(?:dan|serta|pada|di|se|oleh|untuk|dengan|the))+$", re.IGNORECASE)
ALIAS = r"\s*\((?:selanjutnya\s+disebut\s+)?(?P<alias>[A-Z][\w&-]{2,}(?:\s[A-Z][\w&-]+){0,2})\)"
MOST_OFFICE_WORDS = 14


def first_kind(text: str, phrases: Sequence[KindPhrase]) -> str | None:
    """The kind whose phrase comes first in a text, the longest phrase first; None where none occurs."""
    words = normal_words(text)
    for start in range(len(words)):
        for phrase in phrases:
            if words[start : start + len(phrase.words)] == phrase.words:
                return phrase.kind
    return None


def own_years(text: str) -> list[int]:
    """The years in a text that may be its own: no ranges, dates, regulations, forecasts or years looked back to."""
    return years_in(vocabulary().other_year.sub(" ", text))


def years_of_plan(text: str) -> list[int]:
    """The years that a table header or title calls the plan's."""
    return [year for match in vocabulary().plan_year.finditer(text) for year in years_in(match.group())[-1:]]


def spoken_years(text: str) -> list[int]:
    """The years that running text names after `tahun`."""
    rest = vocabulary().other_year.sub(" ", text)
    return [int(match["year"]) for match in vocabulary().year_after.finditer(rest)]


def regions_named(text: str) -> list[Region]:
    """The regions that a text announces; a province that only says where a kabupaten or kota lies is left out."""
    found = find_regions(text)
    return [one.region for one in found if not any(_locates(text, one, other) for other in found)]


def _locates(text: str, province: Found, other: Found) -> bool:
    """Whether a province follows one of its own kabupaten or kota directly."""
    inside = other.region.kode.startswith(province.region.kode + ".")
    return inside and not re.search(r"\w", text[other.end : province.start]) and province.start >= other.end


def offices_named(text: str) -> Iterator[str]:
    """The names of offices in a text, each without its region."""
    words = vocabulary()
    position = 0
    while match := words.office_word.search(text, position):
        end = words.office_end.search(text, match.end())
        line_end = text.find("\n\n", match.end())
        stop = min([len(text), *([end.start()] if end else []), *([line_end] if line_end >= 0 else [])])
        name = DANGLING.sub("", tidy(text[match.start() : stop]).strip(" ,.:;-"))
        if 1 <= len(name.split()) <= MOST_OFFICE_WORDS:
            yield name
        position = max(stop, match.end())


def office_aliases(text: str) -> Iterator[tuple[str, str]]:
    """Short names that a text gives to offices in brackets, `Badan X (BX)`, each with the name it stands for."""
    for name in offices_named(text):
        for match in re.finditer(re.escape(name) + ALIAS, text):
            yield match["alias"].strip(), name


def office_of_holder(position: str) -> str | None:
    """The office of somebody whose title names it without `Kepala`, such as an Inspektur."""
    folded = " ".join(normal_words(position))
    officers = vocabulary().officers
    return next((office for holder, office in officers.items() if folded.startswith(holder)), None)
