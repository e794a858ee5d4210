"""Masks civil servant numbers (NIP), which hold a birth date, down to their last four digits."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as compute

from schemas.fields import TEXTUAL, Dataset, Kind

# A NIP is YYYYMMDD YYYYMM S NNN: 18 digits, printed together or in these groups.
# RE2, which finds the texts that need work, knows no look-around; the word bounds are held by _NIP below.
_CANDIDATE = r"\d{8}[ .\-]?\d{6}[ .\-]?\d[ .\-]?\d{3}|(?i:nip)\W{0,5}\d"
_NIP = re.compile(r"(?<![0-9A-Za-z])\d{8}[ .\-]?\d{6}[ .\-]?\d[ .\-]?\d{3}(?![0-9A-Za-z])")
# After the word NIP any longer run counts: old numbers have nine digits, and scans lose digits or read them as letters.
_AFTER_WORD = re.compile(r"(?<![A-Za-z])(nip\W{0,5})(\d[\dOolISB .\-]{4,}\d)", re.IGNORECASE)
_KEPT = 4


def mask_text(text: str) -> str:
    """The text with every NIP masked; separators and the last four digits stay."""
    masked = _NIP.sub(lambda found: _mask_digits(found.group()), text)
    return _AFTER_WORD.sub(lambda found: found.group(1) + _mask_digits(found.group(2)), masked)


def _mask_digits(number: str) -> str:
    left = sum(character.isalnum() for character in number) - _KEPT
    masked: list[str] = []
    for character in number:
        if character.isalnum():
            masked.append("*" if left > 0 else character)
            left -= 1
        else:
            masked.append(character)
    return "".join(masked)


def mask_table(dataset: Dataset, table: pa.Table) -> pa.Table:
    """The table with NIPs masked in every column of text and of texts."""
    for place, field in enumerate(dataset.fields):
        masker = _MASKERS.get(field.kind)
        if masker is not None:
            table = table.set_column(place, table.schema.field(place), masker(table[field.name].combine_chunks()))
    return table


def _mask_texts(values: pa.Array) -> pa.Array:
    suspects = compute.fill_null(compute.match_substring_regex(values, _CANDIDATE), False)
    rows = compute.indices_nonzero(suspects).to_pylist()
    if not rows:
        return values
    texts = values.to_pylist()
    for row in rows:
        texts[row] = mask_text(texts[row])
    return pa.array(texts, values.type)


def _mask_lists(values: pa.Array) -> pa.Array:
    flat = compute.list_flatten(values)
    if not compute.any(compute.match_substring_regex(flat, _CANDIDATE), min_count=0).as_py():
        return values
    lists = [None if items is None else [mask_text(item) for item in items] for items in values.to_pylist()]
    return pa.array(lists, values.type)


_MASKERS: dict[Kind, Callable[[pa.Array], pa.Array]] = {
    **dict.fromkeys(TEXTUAL, _mask_texts),
    Kind.TEXTS: _mask_lists,
}
