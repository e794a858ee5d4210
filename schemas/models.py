"""The pandera model of each dataset, generated from the registry.

A model validates a frame of Arrow-backed columns, such as `table.to_pandas(types_mapper=pd.ArrowDtype)` gives.
Every check has the name of the rule in `RULE_WORDS` or of the registry's own rule, so that a failure can be told
in words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import pairwise

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
        checks=[pa.Check(partial(_rule_flags, rule), name=rule.name) for rule in entry.rules],
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


Test = Callable[[arrow.Array], arrow.Array]
"""Tells of each value of a column without nulls whether it keeps a rule."""


def _checks(field: Field) -> list[pa.Check]:
    return [pa.Check(partial(_flags_of, test), name=name) for name, test in _tests(field)]


@cache
def _tests(field: Field) -> list[tuple[str, Test]]:
    named: list[tuple[str, Test]] = []
    if field.choices:
        options = arrow.array(field.options, arrow_type(field))
        named.append((RULE_CHOICE, partial(compute.is_in, value_set=options)))
    if field.pattern is not None:
        named.append((RULE_PATTERN, partial(compute.match_substring_regex, pattern=f"^(?:{field.pattern})$")))
    if field.kind is Kind.NUMBER:
        named.append((RULE_FINITE, compute.is_finite))
    if field.kind is Kind.TEXTS:
        named.append((RULE_ITEMS, _has_no_null_item))
    if field.minimum is not None:
        named.append((RULE_MINIMUM, partial(_is_at_least, field.minimum)))
    if field.maximum is not None:
        named.append((RULE_MAXIMUM, partial(_is_at_most, field.maximum)))
    return named


def is_sound(name: str, table: arrow.Table) -> bool:
    """Whether a table of a dataset keeps all rules of its model, asked without pandas, which costs 30 times as much.

    Where it does not, the model tells which rows broke which rule. Raises UnknownDatasetError.
    """
    entry = dataset(name)
    columns = {field.name: table[field.name].combine_chunks() for field in entry.fields}
    return all(_column_is_sound(field, columns[field.name]) for field in entry.fields) and all(
        _holds(_RULE_TESTS[rule.kind]([columns[name] for name in rule.columns])) for rule in entry.rules
    )


def _column_is_sound(field: Field, values: arrow.Array) -> bool:
    if field.required and values.null_count:
        return False
    if field.unique and compute.count_distinct(values, mode="all").as_py() < len(values):
        return False
    given = values.drop_null()
    return all(_holds(test(given)) for _, test in _tests(field))


def _holds(flags: arrow.Array) -> bool:
    return bool(compute.all(flags, min_count=0).as_py())


def _has_no_null_item(lists: arrow.Array) -> arrow.Array:
    flat = compute.list_flatten(lists)
    if flat.null_count == 0:
        return arrow.array([True] * len(lists), arrow.bool_())
    parents = compute.list_parent_indices(lists).filter(compute.is_null(flat))
    rows = arrow.array(range(len(lists)), arrow.int64())
    return compute.invert(compute.is_in(rows, value_set=compute.cast(parents, arrow.int64())))


def _is_at_least(minimum: int, values: arrow.Array) -> arrow.Array:
    return compute.greater_equal(values, arrow.scalar(minimum, values.type))


def _is_at_most(maximum: int, values: arrow.Array) -> arrow.Array:
    return compute.less_equal(values, arrow.scalar(maximum, values.type))


def _ascending(columns: Sequence[arrow.Array]) -> arrow.Array:
    holds = arrow.array([True] * len(columns[0]), arrow.bool_())
    for low, high in pairwise(columns):
        holds = compute.and_(holds, compute.fill_null(compute.less_equal(low, high), True))
    return holds


def _same(columns: Sequence[arrow.Array]) -> arrow.Array:
    first, *others = columns
    holds = arrow.array([True] * len(first), arrow.bool_())
    for other in others:
        equal = compute.fill_null(compute.equal(first, other), False)
        holds = compute.and_(holds, compute.or_(compute.is_null(first), equal))
    return holds


_RULE_TESTS: dict[RuleKind, Callable[[Sequence[arrow.Array]], arrow.Array]] = {
    RuleKind.ASCENDING: _ascending,
    RuleKind.SAME: _same,
}


def _rule_flags(rule: Rule, frame: pd.DataFrame) -> pd.Series:
    return _flags(frame, _RULE_TESTS[rule.kind]([_arrow(frame[name]) for name in rule.columns]))


def _flags_of(test: Test, values: pd.Series) -> pd.Series:
    return _flags(values, test(_arrow(values)))


def _arrow(values: pd.Series) -> arrow.Array:
    """The column's Arrow array in one piece."""
    chunked = arrow.chunked_array(arrow.array(values))
    return chunked.combine_chunks()


def _flags(like: pd.Series | pd.DataFrame, flags: arrow.Array) -> pd.Series:
    return pd.Series(flags.to_numpy(zero_copy_only=False).astype(bool), index=like.index)
