"""One dataset's records as plain columns, checked by its model, and split into the good and the bad."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
import pandera.pandas as pa
import pyarrow as arrow

from pipeline.release.columns import typed_column
from schemas.arrow import arrow_schema
from schemas.fields import Dataset, Rule, UnknownColumnError
from schemas.ledger import Finding, Record
from schemas.models import RULE_REQUIRED, RULE_TYPE, RULE_WORDS, is_sound, model, rule_name

Columns = Mapping[str, Sequence[Any]]

_GIVEN = frozenset({"baris_id", "dokumen_id", "tahun", "halaman", "tabel_id", "bukti"})


@dataclass(frozen=True, slots=True)
class Origin:
    """What every row of a document shares."""

    dokumen_id: str
    tahun: int | None


@dataclass(frozen=True, slots=True)
class Fault:
    """A row of a dataset that broke a rule; `column` is null where the whole frame did."""

    row: int
    column: str | None
    rule: str


@dataclass(frozen=True)
class Checked:
    """A dataset of one document: all its rows, typed, and what is wrong with which of them."""

    dataset: Dataset
    columns: Columns
    table: arrow.Table
    faults: Mapping[int, Sequence[Fault]]

    @property
    def good(self) -> arrow.Table:
        """The rows without fault, in their order."""
        if not self.faults:
            return self.table
        return self.table.filter(arrow.array([row not in self.faults for row in range(self.table.num_rows)]))


def record_columns(entry: Dataset, records: Sequence[Record], origin: Origin) -> dict[str, list[Any]]:
    """The columns of a dataset's records, values untouched; a column that no record sets is all null.

    Raises UnknownColumnError for a value that the dataset has no column for.
    """
    values = [record.values for record in records]
    _refuse_unknown(entry, values)
    columns: dict[str, list[Any]] = {name: [row.get(name) for row in values] for name in entry.columns}
    columns["baris_id"] = [record.baris_id for record in records]
    columns["halaman"] = [record.halaman for record in records]
    columns["tabel_id"] = [record.tabel_id for record in records]
    columns["bukti"] = [record.bukti for record in records]
    return _with_origin(columns, origin, len(records))


def finding_columns(
    entry: Dataset, findings: Sequence[Finding], origin: Origin, first: int = 1
) -> dict[str, list[Any]]:
    """The columns of `temuan`: each finding gets its own key, counted from `first` in the order of writing."""
    given = {"dokumen_id", "tahun", "temuan_id", "bukti"}
    columns = {name: [getattr(finding, name) for finding in findings] for name in entry.columns if name not in given}
    columns["temuan_id"] = [
        f"{origin.dokumen_id}-temuan-{number:05d}" for number in range(first, first + len(findings))
    ]
    columns["bukti"] = [list(finding.bukti) for finding in findings]
    return _with_origin(columns, origin, len(findings))


def _with_origin(columns: dict[str, list[Any]], origin: Origin, rows: int) -> dict[str, list[Any]]:
    columns["dokumen_id"] = [origin.dokumen_id] * rows
    columns["tahun"] = [origin.tahun] * rows
    return columns


def _refuse_unknown(entry: Dataset, values: Iterable[Mapping[str, Any]]) -> None:
    named = set().union(*values)
    for name in sorted(named - set(entry.columns)):
        raise UnknownColumnError(f"dataset {entry.name!r} has no column {name!r}")
    for name in sorted(named & _GIVEN):
        raise UnknownColumnError(f"column {name!r} of {entry.name!r} is not a value of the record")


def check(entry: Dataset, columns: Columns) -> Checked:
    """Type the columns and run the dataset's model over them, lazily."""
    faults: list[Fault] = []
    arrays: list[arrow.Array] = []
    for field in entry.fields:
        typed = typed_column(field, columns[field.name])
        arrays.append(typed.array)
        faults.extend(Fault(row, field.name, RULE_TYPE) for row in typed.unfit)
    table = arrow.Table.from_arrays(arrays, schema=arrow_schema(entry.name))
    if table.num_rows and not is_sound(entry.name, table):
        faults.extend(_model_faults(entry, table))
    return Checked(entry, columns, table, _by_row(entry, faults))


def _model_faults(entry: Dataset, table: arrow.Table) -> list[Fault]:
    frame = table.to_pandas(types_mapper=pd.ArrowDtype)
    try:
        model(entry.name).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        return faults_of(entry, errors.failure_cases, table.num_rows)
    return []


def faults_of(entry: Dataset, failure_cases: pd.DataFrame, rows: int) -> list[Fault]:
    """Faults out of pandera's failure cases; a case without an index is about the frame, and so about every row."""
    rules = {rule.name: rule for rule in entry.rules}
    faults: dict[Fault, None] = {}
    for column, check_name, index in zip(
        failure_cases["column"], failure_cases["check"], failure_cases["index"], strict=True
    ):
        rule = rule_name(str(check_name))
        if pd.isna(index):
            faults.update(dict.fromkeys(Fault(row, None, rule) for row in range(rows)))
        else:
            named = rules[rule].columns[0] if rule in rules else str(column)
            faults[Fault(int(index), named, rule)] = None
    return list(faults)


def _by_row(entry: Dataset, faults: Iterable[Fault]) -> dict[int, list[Fault]]:
    """Faults per row in column order; a value of the wrong type is not also called missing."""
    order = {name: place for place, name in enumerate(entry.columns)}
    by_row: dict[int, list[Fault]] = {}
    for fault in faults:
        by_row.setdefault(fault.row, []).append(fault)
    for row, found in by_row.items():
        unfit = {fault.column for fault in found if fault.rule == RULE_TYPE}
        kept = [fault for fault in found if not (fault.rule == RULE_REQUIRED and fault.column in unfit)]
        by_row[row] = sorted(kept, key=lambda fault: -1 if fault.column is None else order[fault.column])
    return by_row


def quarantine_columns(entry: Dataset, checked: Iterable[Checked], origin: Origin) -> dict[str, list[Any]]:
    """The columns of `karantina`: one row per bad record of any dataset."""
    rows = [_quarantine_row(one, row, faults) for one in checked for row, faults in sorted(one.faults.items())]
    columns = {name: [row.get(name) for row in rows] for name in entry.columns}
    return _with_origin(columns, origin, len(rows))


def _quarantine_row(checked: Checked, row: int, faults: Sequence[Fault]) -> dict[str, Any]:
    first = faults[0]
    faulty = {fault.column for fault in faults}
    record = {name: values[row] for name, values in checked.columns.items()}
    sound = {name: checked.table[name][row].as_py() for name in ("halaman", "tabel_id", "bukti") if name not in faulty}
    return {
        "baris_id": str(record[checked.dataset.key]),
        "halaman": sound.get("halaman"),
        "tabel_id": sound.get("tabel_id"),
        "bukti": sound.get("bukti") or [],
        "dataset": checked.dataset.name,
        "kolom": first.column,
        "aturan": first.rule,
        "nilai": None if first.column is None else _shown(record[first.column]),
        "rekaman": _safe(json.dumps(_plain(record), ensure_ascii=False)),
        "alasan": _reason(checked, record, faults),
    }


def _reason(checked: Checked, record: Mapping[str, Any], faults: Sequence[Fault]) -> str:
    rules = {rule.name: rule for rule in checked.dataset.rules}
    parts = [_complaint(fault, rules, record) for fault in faults]
    return f"Baris tidak memenuhi skema {checked.dataset.name}: {'; '.join(parts)}."


def _complaint(fault: Fault, rules: Mapping[str, Rule], record: Mapping[str, Any]) -> str:
    if fault.rule in rules:
        rule = rules[fault.rule]
        shown = ", ".join(f"{name} = {_shown(record[name])}" for name in rule.columns)
        return f"aturan {rule.name} dilanggar ({shown}), seharusnya: {rule.description.rstrip('.')}"
    if fault.column is None:
        return f"seluruh dataset gagal diperiksa ({fault.rule})"
    value = _shown(record[fault.column])
    return f"kolom {fault.column}: {RULE_WORDS[fault.rule]}" + ("" if value is None else f" ({value})")


def _shown(value: object) -> str | None:
    return None if value is None else _safe(str(value))


def _safe(text: str) -> str:
    """Half surrogates, which no file can hold, are written as their escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _plain(value: object) -> object:
    """The value as JSON can hold it: exact numbers and whatever it does not know become text."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else str(value)
    if value is None or isinstance(value, str | int):
        return value
    return str(value) if isinstance(value, Decimal) else repr(value)
