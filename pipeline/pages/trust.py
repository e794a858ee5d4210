"""How far a word that was read from a picture can be trusted as a figure.

What is found here doubts a figure; it never changes one. The thresholds were measured on scans of 100 to 300 dpi
with noise, JPEG loss and skew: a word's worst character tells more than its line, and the form of the number finds
what the recogniser is sure of and wrong about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from pipeline.pages.model import Word

Reason = Literal["keyakinan", "huruf", "kelompok", "pemisah", "terlalu_kecil", "terputus"]

SURE = 0.99
SURE_OF_MARKS = 0.999
SHARP_DPI = 150.0
LEAST_RUPIAH = 100_000

DIGIT = re.compile(r"\d")
LOOKALIKE = re.compile(r"(?<![^\W\d_])[OoIl|SB](?=[\d.,])|(?<=\d)[OoIl|SB](?![^\W\d_])")
NUMBER = re.compile(r"\d[\d.,]*\d|\d")
SOUND = re.compile(
    r"\d+|\d+[.,]\d{1,2}|\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+[.,]\d{3,}"
)
CODE = re.compile(r"\d{1,4}(?:\.\d{1,4}){2,}")
FULL_GROUP = 3
SHORT_DECIMAL = re.compile(r"\d+[.,]\d{1,2}")
LOOSE_GROUP = re.compile(r"[.,]?\d{3}(?:[.,]\d{3})*(?:,\d{2})?")
EXPLANATIONS: dict[Reason, str] = {
    "keyakinan": "sebagian karakternya kurang jelas",
    "huruf": "ada huruf yang mirip angka di dalamnya",
    "kelompok": "pengelompokan angkanya tidak lazim",
    "pemisah": "titik dan koma sulit dibedakan pada gambar sekecil ini",
    "terlalu_kecil": "jumlahnya sangat kecil untuk rupiah, mungkin terpotong",
    "terputus": "ada kelompok tiga angka yang terpisah di belakangnya",
}


def doubtful(word: Word, *, dpi: float | None = None, rupiah: bool = False) -> Reason | None:
    """Why a word read from a picture is doubtful as a figure; None where it is not, or holds no digit.

    `dpi` is what the picture holds, `rupiah` whether the figure is an amount of money. Words of a text layer, whose
    confidence is 1, are never doubted.
    """
    if word.confidence >= 1.0 or not _like_figure(word.text):
        return None
    if LOOKALIKE.search(word.text) or not DIGIT.search(word.text):
        return "huruf"
    numbers = NUMBER.findall(word.text)
    if not all(_is_sound(number, rupiah) for number in numbers):
        return "kelompok"
    if word.confidence < SURE:
        return "keyakinan"
    if (
        word.confidence < SURE_OF_MARKS
        and dpi is not None
        and dpi < SHARP_DPI
        and any(SHORT_DECIMAL.fullmatch(number) for number in numbers)
    ):
        return "pemisah"
    if rupiah and numbers and all(_rupiah(number) < LEAST_RUPIAH for number in numbers):
        return "terlalu_kecil"
    return None


def doubtful_figure(words: Sequence[Word], *, dpi: float | None = None, rupiah: bool = False) -> Reason | None:
    """Why a figure that stands in `words`, from left to right, is doubtful: a word is, or its digits are parted."""
    for word in words:
        reason = doubtful(word, dpi=dpi, rupiah=rupiah and len(words) == 1)
        if reason is not None:
            return reason
    scanned = any(word.confidence < 1.0 for word in words)
    if scanned and any(_parted(a.text, b.text) for a, b in pairwise(words)):
        return "terputus"
    amounts = [number for word in words for number in NUMBER.findall(word.text)]
    if scanned and rupiah and amounts and all(_rupiah(number) < LEAST_RUPIAH for number in amounts):
        return "terlalu_kecil"
    return None


def explain(reason: Reason) -> str:
    """The reason in Indonesian, to go into a sentence after the figure."""
    return EXPLANATIONS[reason]


def _like_figure(text: str) -> bool:
    """Whether a word is a figure or may be one whose digits were read as letters."""
    return bool(DIGIT.search(text)) or bool(re.fullmatch(r"[OoIl|SB.,]+", text) and re.search(r"[OoIl|]", text))


def _is_sound(number: str, rupiah: bool) -> bool:
    if rupiah:
        return bool(re.fullmatch(r"\d{1,3}(?:([.,])\d{3})?(?:\1\d{3})*(?:[.,]\d{2})?|\d+(?:[.,]\d{2})?", number))
    return bool(SOUND.fullmatch(number)) or bool(CODE.fullmatch(number) and _is_code(number))


def _is_code(number: str) -> bool:
    """Whether dotted groups are a code, not an amount that lost a digit: most groups of an amount have three."""
    groups = number.split(".")[1:]
    return 2 * sum(len(group) == FULL_GROUP for group in groups) < len(groups)


def _rupiah(number: str) -> int:
    whole = re.sub(r"[.,]\d{2}$", "", number)
    return int(re.sub(r"\D", "", whole))


def _parted(left: str, right: str) -> bool:
    """Whether two words look like one number: digits before a loose group of three, or a mark between digits."""
    if left[-1:].isdigit():
        return bool(LOOSE_GROUP.fullmatch(right))
    return bool(DIGIT.search(left)) and left[-1:] in (".", ",") and right[:1].isdigit()
