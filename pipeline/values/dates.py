"""Dates, years and employee numbers as Indonesian documents print them."""

from __future__ import annotations

import re
from datetime import date

from pipeline.values.text import tidy
from pipeline.values.vocabulary import WORDS, alternatives

_MONTH = alternatives(WORDS.months)
_NAMED = re.compile(
    rf"(?<![\w/])(?:(?P<day>[0-9]{{1,2}})\s*[-.]?\s*)?(?<![^\W\d_])(?P<month>{_MONTH})\b\.?,?\s*[-.]?\s*(?P<year>(?:19|20)[0-9]{{2}})(?![0-9])",
    re.IGNORECASE | re.ASCII,
)
_NUMERIC = re.compile(
    r"(?<![\w/.-])(?P<day>[0-9]{1,2})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<year>(?:19|20)[0-9]{2})(?![0-9])"
)
_ISO = re.compile(r"(?<![\w/.-])(?P<year>(?:19|20)[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![\w-])")
_YEAR_ONLY = re.compile(r"(?:Tahun\s+)?(?P<year>(?:19|20)[0-9]{2})", re.IGNORECASE)
_YEAR = re.compile(r"(?<![0-9])(?<![0-9][.,])(?:19|20)[0-9]{2}(?![0-9]|[.,][0-9])")
_NIP_PARTS = re.compile(r"(?<![0-9])([0-9]{8})[ .]{0,2}([0-9]{6})[ .]{0,2}([0-9])[ .]{0,2}([0-9]{3})(?![0-9])")
_NIP_MARKED = re.compile(r"\bN\s?I\s?P\b[.:\s]*([0-9](?:[ .]{0,2}[0-9]){17})(?![0-9])", re.IGNORECASE)


def read_date(text: str) -> tuple[str | None, str]:
    """The date in a text in ISO form, as exact as printed (`2024-01`), and the words that say it.

    Names and short names of months, `31-12-2023`, `31/12/2023`, ISO, or a year that is the whole text. A day that
    its month does not have gives None. Where there is no date: None and the tidy text.
    """
    text = tidy(text)
    for pattern in (_NAMED, _ISO, _NUMERIC):
        match = pattern.search(text)
        if match is not None:
            return _iso(match), match.group().strip(" ,")
    year = _YEAR_ONLY.fullmatch(text)
    return (year["year"] if year else None), text


def _iso(match: re.Match[str]) -> str | None:
    month = int(match["month"]) if match["month"].isdigit() else WORDS.months[match["month"].casefold()]
    year, day = int(match["year"]), match["day"]
    try:
        exact = date(year, month, int(day or 1))
    except ValueError:
        return None
    return exact.isoformat() if day else exact.strftime("%Y-%m")


def read_nip(text: str) -> str | None:
    """The first employee number in a text as 18 digits; None where there is none. Its dates are not checked."""
    text = tidy(text)
    match = _NIP_PARTS.search(text)
    if match is not None:
        return "".join(match.groups())
    marked = _NIP_MARKED.search(text)
    return re.sub(r"[ .]", "", marked[1]) if marked else None


def years_in(text: str) -> list[int]:
    """The years 1900 to 2099 named in a text, in order, each as often as it is named.

    Four digits inside a longer number, or a group of one with separators, are no year.
    """
    return [int(year) for year in _YEAR.findall(text)]
