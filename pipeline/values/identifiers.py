"""Texts that are names, not figures: numbers of documents and regulations, codes, ranks, dates, headings."""

from __future__ import annotations

import re

from pipeline.values.model import Quantity
from pipeline.values.vocabulary import WORDS, alternatives

_NIP = re.compile(r"(?:NIP\.?\s*:?\s*)?[0-9]{8}\s?[0-9]{6}\s?[0-9]\s?[0-9]{3}", re.IGNORECASE)
_RANK = re.compile(r"(?:(?:Gol(?:ongan)?\.?)\s*)?(?:IV|I{1,3})\s?[/.]?\s?[a-e]", re.IGNORECASE)
_ROMAN_HEADING = re.compile(r"(?:BAB\s+)?[IVX]{1,5}(?:\s?[.-]\s?[0-9]{1,3})+\.?")
_HEADING = re.compile(r"(?:[1-9][0-9]?)(?:\.[1-9][0-9]?)+\.?")
_ORDINAL = re.compile(r"[1-9][0-9]?[.)]|\(?[a-z][.)]|(?:BAB\s+)?(?:[IVX]{2,5}\.?|[IVX]\.)|BAB\s+[IVX]")
# A first part beyond this is no chapter of a plan.
_LAST_CHAPTER = 15
_CODE = re.compile(r"(?:[0-9]{1,5}|[Xx]{1,2})(?:\.(?:[0-9]{1,5}|[Xx]{1,2})){2,}\.?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+\.?")
_LEADING_ZERO = re.compile(r"0[0-9]+")
_NUMBERED = re.compile(
    r".*\b(?:No|Nomor|Nmr|UU|PP|Perpres|Permen\w*|Perda|Pergub|Perbup|Perwal|Kepmen\w*|Inpres|SE|SK)\b\.?\s*:?\s*[0-9].*",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"[\w.\-()]+(?:/[\w.\-()]+)+")
_MIXED = re.compile(
    r"(?=[^a-z]*[0-9])[A-Z]{1,6}[.\-]?[0-9][0-9A-Z.\-]*|[A-Z]{1,3}\.[0-9][0-9A-Z.\-]*|[0-9]+-[A-Z][A-Z0-9.\-]*"
)
_OF_A_YEAR = re.compile(r"(?P<number>[0-9]{1,4})\s?/\s?(?P<year>(?:19|20)[0-9]{2})")
_MANY_HYPHENS = re.compile(r"[0-9]+(?:-[0-9]+){2,}")
_MONTH = alternatives(WORDS.months)
_DATE = re.compile(
    rf"(?:[0-9]{{1,2}}\s+)?(?:{_MONTH})\.?\s+[0-9]{{4}}|[0-9]{{1,2}}[/-][0-9]{{1,2}}[/-][0-9]{{4}}", re.IGNORECASE
)
_MONTHS_ONLY = re.compile(
    rf"(?:{_MONTH})(?:\s*(?:[-–]|s/d|s\.d\.?|sampai|hingga|dan)\s*(?:{_MONTH}))?(?:\s+[0-9]{{4}})?", re.IGNORECASE
)
_PERIOD_NUMBER = re.compile(
    r"(?:Triwulan|TW|Semester|Smt|Tahun|Th|Thn|T\.?A|Tahun Anggaran)\.?\s*(?:[IV]{1,3}|[1-4]|(?:19|20)[0-9]{2})",
    re.IGNORECASE,
)


def read_identifier(text: str, *, strict: bool) -> Quantity | None:
    """What kind of name a tidy text is; None where it may be a figure.

    `strict` leaves out the forms that a figure can have too: heading numbers, codes and numbers with leading zeros.
    """
    if _NIP.fullmatch(text):
        return Quantity("identifier", rule="an employee number (NIP)")
    if _RANK.fullmatch(text):
        return Quantity("identifier")
    if _DATE.fullmatch(text):
        return Quantity("identifier", ambiguous=True, rule="a date")
    if _MONTHS_ONLY.fullmatch(text) or _PERIOD_NUMBER.fullmatch(text):
        return Quantity("text_period", text, rule="a period, not a number")
    if _ROMAN_HEADING.fullmatch(text):
        return Quantity("heading_no", ambiguous=True, rule="heading number")
    if not strict:
        loose = _loose(text)
        if loose is not None:
            return loose
    return _document_number(text)


def _loose(text: str) -> Quantity | None:
    if _HEADING.fullmatch(text) and int(text.split(".")[0]) <= _LAST_CHAPTER:
        return Quantity("heading_no", ambiguous=True, rule="heading number")
    if _ORDINAL.fullmatch(text):
        return Quantity("heading_no", ambiguous=True, rule="an ordinal")
    if _CODE.fullmatch(text) and not _GROUPED.fullmatch(text) and _looks_coded(text):
        return Quantity("identifier", ambiguous=True, rule="a code of several parts")
    if _LEADING_ZERO.fullmatch(text):
        return Quantity("identifier", ambiguous=True, rule="a leading zero: a code, not a figure")
    return None


def _looks_coded(text: str) -> bool:
    """A part with a leading zero or an X, or no part that could be a group of thousands."""
    parts = text.strip(".").split(".")
    coded = any(part.upper().startswith("X") or _LEADING_ZERO.fullmatch(part) for part in parts)
    return coded or all(len(part) <= 2 for part in parts)


def _document_number(text: str) -> Quantity | None:
    if not any(char.isdigit() for char in text):
        return None
    of_a_year = _OF_A_YEAR.fullmatch(text)
    if of_a_year is not None:
        return _of_a_year(int(of_a_year["number"]), int(of_a_year["year"]))
    slashed = _SLASHED.fullmatch(text) is not None and any(char.isalpha() for char in text)
    if slashed and not _is_amount_per_unit(text):
        return Quantity("identifier", ambiguous=True, rule=_number_rule(text))
    if text.count("/") >= 2 and _SLASHED.fullmatch(text):
        return Quantity("identifier", ambiguous=True, rule="document number: never parse")
    if _NUMBERED.fullmatch(text):
        return Quantity("identifier", ambiguous=True, rule="regulation number")
    if _MIXED.fullmatch(text) or _MANY_HYPHENS.fullmatch(text):
        return Quantity("identifier", ambiguous=True, rule="letters and digits: a name")
    return None


_PER_UNIT = re.compile(r"[0-9.,]+\s?[a-zA-Z]+/[a-zA-Z]+|[0-9.,]+/[0-9.,]+[a-zA-Z]*|[0-9.,]+%?/[a-zA-Z]+")


def _is_amount_per_unit(text: str) -> bool:
    return _PER_UNIT.fullmatch(text) is not None


def _of_a_year(number: int, year: int) -> Quantity:
    """`25/2004` is a regulation, `2023/2024` two years."""
    if number == year - 1:
        return Quantity("year_range", [number, year], ambiguous=True, rule="two years 19xx/20xx, not a target range")
    return Quantity("identifier", ambiguous=True, rule="regulation number")


def _number_rule(text: str) -> str:
    return "regulation number" if text.count("/") <= 2 else "document number: never parse"
