"""Which documents are worth comparing: those that share a key, of which each document has a handful.

Two deliveries of one document share the year and office, or their whole wording, or most of their amounts. Keys say
nothing about sameness; they keep a release of many thousand documents from comparing each with each.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

from pipeline.reference.words import expand

KEYS_VERSION = 1
"""To be raised with any change of the keys, so that none of an older result is compared with one of today."""

_TOKEN = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(?<![\d.,])\d[\d.,]*\d(?![\d.,]*\d)")
_AMOUNT = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{2})?|\d{1,3}(?:,\d{3})+(?:\.\d{2})?|\d{5,12}")
_LEAST_WORDS = 30
_LEAST_AMOUNTS = 4
# Of two deliveries that share 80 % of their amounts 1 pair in 4,000 shares none of 16 bands of 4 hashes, and of two
# plans that share 5 % of them 1 pair in 10,000 shares one.
_BANDS, _ROWS = 16, 4


def content_keys(tahun: int | None, perangkat_daerah: str | None, texts: pa.ChunkedArray) -> tuple[int, ...]:
    """The keys of a document out of its year, its office and the texts of its cells, each of 64 bits."""
    shown = [text for text in compute.drop_null(texts).to_pylist() if text]
    if not shown:
        return ()
    keys = [*_identity_key(tahun, perangkat_daerah), *_wording_key(shown), *_amount_keys(shown)]
    return tuple(keys)


def words_of(texts: Iterable[str]) -> Counter[str]:
    """Words and numbers of the texts, lower case, punctuation dropped; how often each stands there."""
    return Counter(token for text in texts for token in _TOKEN.findall(text.casefold()))


def digits_of(number: str) -> str:
    """The digits of a printed number without its marks and without cents of zero: `2.975.040,00` is 2975040."""
    return re.sub(r"[.,]", "", number.removesuffix(",00").removesuffix(".00"))


def office_key(perangkat_daerah: str) -> str:
    """An office's name with abbreviations written out, whatever its case, punctuation and order of words."""
    return " ".join(sorted(expand(perangkat_daerah)))


def _identity_key(tahun: int | None, perangkat_daerah: str | None) -> Iterable[int]:
    if tahun is not None and perangkat_daerah is not None:
        yield _hash(f"identitas {tahun} {office_key(perangkat_daerah)}")


def _wording_key(texts: Sequence[str]) -> Iterable[int]:
    words = words_of(texts)
    if words.total() >= _LEAST_WORDS:
        yield _hash("kata " + " ".join(f"{word}:{times}" for word, times in sorted(words.items())))


def _amount_keys(texts: Iterable[str]) -> Iterable[int]:
    """Bands of the min-hashes of all amounts, a repeated one counted as often as it stands there."""
    found = Counter(
        digits_of(number) for text in texts for number in _NUMBER.findall(text) if _AMOUNT.fullmatch(number)
    )
    if found.total() < _LEAST_AMOUNTS:
        return
    features = [_hash(f"{amount} {number}") for amount, times in found.items() for number in range(times)]
    odd = np.array([_hash(f"kali {place}") | 1 for place in range(_BANDS * _ROWS)], dtype=np.uint64)
    plus = np.array([_hash(f"tambah {place}") for place in range(_BANDS * _ROWS)], dtype=np.uint64)
    values = np.array(features, dtype=np.uint64)[:, None] * odd + plus  # wraps around, as hashing wants it
    least = (values ^ (values >> np.uint64(29))).min(axis=0).reshape(_BANDS, _ROWS)
    for band, row in enumerate(least.tolist()):
        yield _hash(f"pagu {band} {row}")


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "backslashreplace"), digest_size=8).digest(), "big")
