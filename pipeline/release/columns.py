"""Typed columns out of plain values: what does not fit its type is told, never bent."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from numbers import Integral, Real
from typing import Any

import pyarrow as pa
import pyarrow.compute as compute

from schemas.arrow import arrow_type
from schemas.fields import TEXTUAL, Field, Kind

_UNFIT = (pa.ArrowInvalid, pa.ArrowTypeError, UnicodeError, OverflowError)

# Types that Arrow converts exactly. Arrow alone would turn 2.5 into 2, True into 1.0 and "ab" into ["a", "b"].
_EXACT_TYPES: dict[Kind, frozenset[type]] = {
    Kind.TEXT: frozenset({str, type(None)}),
    Kind.DATE: frozenset({str, type(None)}),
    Kind.SMALL: frozenset({int, type(None)}),
    Kind.INTEGER: frozenset({int, type(None)}),
    Kind.NUMBER: frozenset({int, float, type(None)}),
    Kind.RUPIAH: frozenset({int, Decimal, type(None)}),
    Kind.EXACT: frozenset({int, Decimal, type(None)}),
    Kind.TEXTS: frozenset({list, type(None)}),
}


@dataclass(frozen=True, slots=True)
class TypedColumn:
    """A column of its registered type; `unfit` are the rows whose value was of another, null in `array`."""

    array: pa.Array
    unfit: list[int]


def typed_column(field: Field, values: Sequence[Any]) -> TypedColumn:
    """Type a column.

    Numbers take int, float and Decimal; rupiah takes int and Decimal, never a float; texts become NFC.
    """
    plain, unfit = _plain_values(field.kind, values)
    try:
        array = pa.array(plain, arrow_type(field))
    except _UNFIT:
        unfit = sorted({*unfit, *_unfit_rows(field, plain)})
        rejected = frozenset(unfit)
        array = pa.array([None if row in rejected else value for row, value in enumerate(plain)], arrow_type(field))
    if field.kind in TEXTUAL:
        array = compute.utf8_normalize(array, form="NFC")
    return TypedColumn(array, unfit)


def _unfit_rows(field: Field, values: Sequence[Any]) -> list[int]:
    rows: list[int] = []
    for row, value in enumerate(values):
        try:
            pa.array([value], arrow_type(field))
        except _UNFIT:
            rows.append(row)
    return rows


def _plain_values(kind: Kind, values: Sequence[Any]) -> tuple[Sequence[Any], list[int]]:
    """The values in the types that Arrow converts exactly, and the rows that have no such form."""
    if set(map(type, values)) <= _EXACT_TYPES[kind] and (kind is not Kind.TEXTS or _all_ascii(values)):
        return values, []
    plain: list[Any] = []
    unfit: list[int] = []
    for row, value in enumerate(values):
        try:
            plain.append(None if value is None else _PLAIN[kind](value))
        except (TypeError, ValueError, OverflowError):
            plain.append(None)
            unfit.append(row)
    return plain, unfit


def _all_ascii(lists: Sequence[Any]) -> bool:
    items = chain.from_iterable(filter(None, lists))
    return all(type(item) is str and item.isascii() for item in items)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return str(value)


def _integer(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError
    return int(value)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        raise TypeError
    return float(value)


def _exact(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(_integer(value))


def _texts(value: object) -> list[str | None]:
    if not isinstance(value, list | tuple):
        raise TypeError
    return [None if item is None else unicodedata.normalize("NFC", _text(item)) for item in value]


_PLAIN: dict[Kind, Callable[[object], object]] = {
    Kind.TEXT: _text,
    Kind.DATE: _text,
    Kind.SMALL: _integer,
    Kind.INTEGER: _integer,
    Kind.NUMBER: _number,
    Kind.RUPIAH: _exact,
    Kind.EXACT: _exact,
    Kind.TEXTS: _texts,
}
