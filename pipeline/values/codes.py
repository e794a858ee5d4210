"""Codes of the planning nomenclature, and the ordinals and bullets that number rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.values.text import tidy

CodeLevel = Literal["urusan", "bidang", "program", "kegiatan", "sub_kegiatan"]
OrdinalStyle = Literal["number", "nested", "letter", "roman"]

_SEPARATOR = re.compile(r"\s*\.\s*|\s+")
_PART = re.compile(r"[0-9]{1,5}|[Xx]{1,2}")
_MOST_PARTS = 14
# Permendagri 90/2019, Kepmendagri 050-5889/2021: X, X.XX, X.XX.XX, X.XX.XX.X.XX and two or four digits more.
_LEVELS: tuple[tuple[CodeLevel, re.Pattern[str]], ...] = (
    ("urusan", re.compile(r"[0-9]|X")),
    ("bidang", re.compile(r"(?:[0-9]|X)\.(?:[0-9]{2}|XX)")),
    ("program", re.compile(r"(?:[0-9]|X)\.(?:[0-9]{2}|XX)\.[0-9]{2}")),
    ("kegiatan", re.compile(r"(?:[0-9]|X)\.(?:[0-9]{2}|XX)\.[0-9]{2}\.[0-9]\.[0-9]{2}")),
    ("sub_kegiatan", re.compile(r"(?:[0-9]|X)\.(?:[0-9]{2}|XX)\.[0-9]{2}\.[0-9]\.[0-9]{2}\.(?:[0-9]{2}|[0-9]{4})")),
)

_ROMAN = re.compile(r"(?=.)(X{0,3})(IX|IV|V?I{0,3})", re.IGNORECASE)
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_LETTER = re.compile(r"[A-Za-z]")
_NUMBER = re.compile(r"[0-9]{1,3}")
_NESTED = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})+")
_ORDINAL = r"(?P<open>\()?\s*(?P<label>[0-9]{1,2}(?:\.[0-9]{1,2})+|[0-9]{1,3}|[IVXivx]{1,7}|[A-Za-z])\s*"
_WHOLE = re.compile(_ORDINAL + r"[.)]{0,2}")
# After a number and its point a word may follow at once (`1.Perda`), after letters only with a space (`a.n.`).
_LEADING = re.compile(
    rf"(?:{_ORDINAL}(?:[.)]{{1,2}})(?:(?<=\d[.)])(?=[^\W\d_])|\s+)|(?P<bare>[0-9]{{1,2}}(?:\.[0-9]{{1,2}})+)\s+(?=[^\W\d_]))(?P<rest>\S.*)"
)
_BULLET = re.compile(r"(?:[-–—−‐•●○◦▪■□◆◇►▶➢➤✓✔❖·∙*~>\u00b7\u2023\uE000-\uF8FF]|o(?=\s))+\s*(?=\D)(?=\S)")


def read_code(text: str) -> str | None:
    """The parts of a code joined with dots, without the spaces around them; None where the text is no code.

    Parts are 1 to 5 digits, or X and XX for any urusan and bidang; between them stand points or spaces. A number
    whose groups are all of three digits is an amount, not a code.
    """
    parts = _SEPARATOR.split(tidy(text).strip(". "))
    if len(parts) > _MOST_PARTS or not all(_PART.fullmatch(part) for part in parts):
        return None
    if len(parts) > 1 and all(len(part) == 3 and part.isdigit() for part in parts[1:]):
        return None
    return ".".join(parts).upper()


def code_level(code: str) -> CodeLevel | None:
    """The level that a code of Permendagri 90/2019 or Kepmendagri 050-5889/2021 stands for; None for other codes.

    Parts before 2021 (Permendagri 13/2006) look alike up to the program and have no level below it.
    """
    for level, pattern in _LEVELS:
        if pattern.fullmatch(code):
            return level
    return None


@dataclass(frozen=True, slots=True)
class Ordinal:
    """An ordinal without its points and parentheses. `value` counts from 1; of a nested one it is the last part.

    A single i, v or x may be roman or a letter, c, d, l and m are letters: `value_as` gives the other reading.
    """

    text: str
    value: int
    style: OrdinalStyle

    def value_as(self, style: OrdinalStyle) -> int | None:
        """The value read in another style; None where the text cannot be read so."""
        if style == self.style:
            return self.value
        if style == "letter" and _LETTER.fullmatch(self.text):
            return _letter_value(self.text)
        return _roman_value(self.text) if style == "roman" else None


def read_ordinal(text: str) -> Ordinal | None:
    """The ordinal that a text consists of: `1.`, `a)`, `(1)`, `IV`, `2.1.3`; None for other texts."""
    match = _WHOLE.fullmatch(tidy(text))
    return _ordinal(match["label"]) if match else None


def strip_ordinal(text: str) -> tuple[Ordinal | None, str]:
    """The ordinal before a text, and the tidy text without it. A point or parenthesis must close the ordinal.

    A figure is no ordinal: `1.250 Orang` and `12 Bulan` come back whole.
    """
    text = tidy(text)
    match = _LEADING.fullmatch(text)
    ordinal = _ordinal(match["label"] or match["bare"]) if match else None
    if match is None or ordinal is None:
        return None, text
    return ordinal, match["rest"]


def strip_bullet(text: str) -> str:
    """The tidy text without dashes, dots and symbols before it. A dash before a figure stays: it may be a minus."""
    text = tidy(text)
    match = _BULLET.match(text)
    return text[match.end() :] if match else text


def _ordinal(label: str) -> Ordinal | None:
    if _NUMBER.fullmatch(label):
        return Ordinal(label, int(label), "number")
    if _NESTED.fullmatch(label):
        return Ordinal(label, int(label.rpartition(".")[2]), "nested")
    roman = _roman_value(label)
    if roman is not None:
        return Ordinal(label, roman, "roman")
    return Ordinal(label, _letter_value(label), "letter") if _LETTER.fullmatch(label) else None


def _letter_value(letter: str) -> int:
    return ord(letter.lower()) - ord("a") + 1


def _roman_value(text: str) -> int | None:
    """A roman number up to 39 in one case; None for other texts."""
    if not _ROMAN.fullmatch(text) or not (text.isupper() or text.islower()):
        return None
    digits = [_ROMAN_DIGITS[char] for char in text.upper()]
    following = [*digits[1:], 0]
    return sum(-digit if digit < after else digit for digit, after in zip(digits, following, strict=True))
