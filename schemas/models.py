"""The pandera model of each dataset, generated from the registry.

A model validates a frame of Arrow-backed columns, such as `table.to_pandas(types_mapper=pd.ArrowDtype)` gives.
Every check has the name of the rule in `RULE_WORDS` or of the registry's own rule, so that a failure can be told
in words.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

import pandas as pd
import pandera.pandas as pa
import pyarrow as arrow
import pyarrow.compute as compute

from schemas.arrow import arrow_type
from schemas.fields import Field, Kind, Rule, RuleKind
from schemas.registry import dataset

RULE_TYPE = "tipe"
RULE_REQUIRED = "wajib"
RULE_UNIQUE = "unik"
RULE_CHOICE = "pilihan"
RULE_PATTERN = "pola"
RULE_MINIMUM = "minimum"
RULE_MAXIMUM = "maksimum"
RULE_FINITE = "hingga"
RULE_ITEMS = "isi_daftar"

RULE_WORDS: dict[str, str] = {
    RULE_TYPE: "tipe nilainya tidak sesuai",
    RULE_REQUIRED: "nilainya wajib ada",
    RULE_UNIQUE: "nilainya sudah dipakai baris lain",
    RULE_CHOICE: "nilainya tidak termasuk pilihan yang sah",
    RULE_PATTERN: "penulisannya tidak sesuai pola",
    RULE_MINIMUM: "nilainya di bawah batas terkecil",
    RULE_MAXIMUM: "nilainya di atas batas terbesar",
    RULE_FINITE: "nilainya bukan angka",
    RULE_ITEMS: "daftarnya memuat butir kosong",
}

_RULES_OF_PANDERA = {"not_nullable": RULE_REQUIRED, "field_uniqueness": RULE_UNIQUE}


def rule_name(check: str) -> str:
    """The rule's name for the `check` that pandera reports; its own names are translated, ours are kept."""
    return _RULES_OF_PANDERA.get(check, check)


@cache
def model(name: str) -> pa.DataFrameSchema:
    """The model of a dataset: its columns in order and no others. Raises UnknownDatasetError."""
    entry = dataset(name)
    return pa.DataFrameSchema(
        {field.name: _column(field) for field in entry.fields},
        checks=[pa.Check(partial(_RULE_CHECKS[rule.kind], rule), name=rule.name) for rule in entry.rules],
        name=entry.name,
        title=entry.title,
        description=entry.description,
        strict=True,
        ordered=True,
    )


def _column(field: Field) -> pa.Column:
    return pa.Column(
        pd.ArrowDtype(arrow_type(field)),
        checks=_checks(field),
        nullable=not field.required,
        unique=field.unique,
        report_duplicates="exclude_first",
        title=field.title,
        description=field.description,
        metadata={"quantity": field.quantity, "english": field.english},
    )


def _checks(field: Field) -> list[pa.Check]:
    named: list[tuple[str, Callable[[pd.Series], pd.Series]]] = []
    if field.choices:
        named.append((RULE_CHOICE, partial(_is_one_of, field.options)))
    if field.pattern is not None:
        named.append((RULE_PATTERN, partial(_matches, field.pattern)))
    if field.kind is Kind.NUMBER:
        named.append((RULE_FINITE, _is_finite))
    if field.kind is Kind.TEXTS:
        named.append((RULE_ITEMS, _has_no_null_item))
    if field.minimum is not None:
        named.append((RULE_MINIMUM, partial(_is_at_least, field.minimum)))
    if field.maximum is not None:
        named.append((RULE_MAXIMUM, partial(_is_at_most, field.maximum)))
    return [pa.Check(function, name=name) for name, function in named]


def _is_one_of(options: tuple[str | int, ...], values: pd.Series) -> pd.Series:
    return values.isin(options)


def _matches(pattern: str, values: pd.Series) -> pd.Series:
    return values.str.fullmatch(f"(?:{pattern})")


def _is_finite(values: pd.Series) -> pd.Series:
    return _flags(values, compute.is_finite(_arrow(values)))


def _has_no_null_item(values: pd.Series) -> pd.Series:
    lists = _arrow(values)
    flat = compute.list_flatten(lists)
    if flat.null_count == 0:
        return pd.Series(True, index=values.index)
    parents = compute.list_parent_indices(lists).filter(compute.is_null(flat))
    rows = arrow.array(range(len(values)), arrow.int64())
    return _flags(values, compute.invert(compute.is_in(rows, value_set=compute.cast(parents, arrow.int64()))))


def _is_at_least(minimum: int, values: pd.Series) -> pd.Series:
    return _flags(values, compute.greater_equal(_arrow(values), arrow.scalar(minimum, _arrow(values).type)))


def _is_at_most(maximum: int, values: pd.Series) -> pd.Series:
    return _flags(values, compute.less_equal(_arrow(values), arrow.scalar(maximum, _arrow(values).type)))


def _ascending(rule: Rule, frame: pd.DataFrame) -> pd.Series:
    holds = pd.Series(True, index=frame.index)
    for low, high in zip(rule.columns, rule.columns[1:], strict=False):
        comparison = compute.less_equal(_arrow(frame[low]), _arrow(frame[high]))
        holds &= _flags(frame, compute.fill_null(comparison, True))
    return holds


def _same(rule: Rule, frame: pd.DataFrame) -> pd.Series:
    holds = pd.Series(True, index=frame.index)
    first = _arrow(frame[rule.columns[0]])
    for other in rule.columns[1:]:
        equal = compute.fill_null(compute.equal(first, _arrow(frame[other])), False)
        holds &= _flags(frame, compute.or_(compute.is_null(first), equal))
    return holds


_RULE_CHECKS: dict[RuleKind, Callable[[Rule, pd.DataFrame], pd.Series]] = {
    RuleKind.ASCENDING: _ascending,
    RuleKind.SAME: _same,
}


def _arrow(values: pd.Series) -> arrow.Array:
    """The column's Arrow array in one piece."""
    chunked = arrow.chunked_array(arrow.array(values))
    return chunked.combine_chunks()


def _flags(like: pd.Series | pd.DataFrame, flags: arrow.Array) -> pd.Series:
    return pd.Series(flags.to_numpy(zero_copy_only=False).astype(bool), index=like.index)
