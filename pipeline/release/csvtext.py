"""Texts and lists as CSV holds them, so that no spreadsheet runs what a PDF says."""

from __future__ import annotations

import json
import re

import pyarrow as pa
import pyarrow.compute as compute

from schemas.fields import TEXTUAL, Dataset, Kind

# What spreadsheets take for the start of a formula, in plain and full-width form. Apostrophes in front are counted
# in, so that taking one away always gives the text back.
_DANGEROUS = "'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
_ESCAPE = f"^({_DANGEROUS})"
_ESCAPED = re.compile(f"^'(?={_DANGEROUS})")


def escape(text: str) -> str:
    """The text as a CSV cell: one that could start a formula gets an apostrophe in front."""
    return re.sub(_ESCAPE, r"'\1", text)


def unescape(cell: str) -> str:
    """The text that `escape` made the cell from."""
    return _ESCAPED.sub("", cell)


def csv_schema(dataset: Dataset, schema: pa.Schema) -> pa.Schema:
    """The schema of a dataset's CSV table: lists are texts of JSON."""
    fields = [
        pa.field(field.name, pa.string()) if field.kind is Kind.TEXTS else schema.field(field.name)
        for field in dataset.fields
    ]
    return pa.schema(fields)


def csv_table(dataset: Dataset, table: pa.Table) -> pa.Table:
    """The table with texts escaped and lists as JSON; numbers are never touched."""
    arrays = [_cells(field.kind, table[field.name].combine_chunks()) for field in dataset.fields]
    return pa.Table.from_arrays(arrays, schema=csv_schema(dataset, table.schema))


def _cells(kind: Kind, values: pa.Array) -> pa.Array:
    if kind in TEXTUAL:
        return compute.replace_substring_regex(values, pattern=_ESCAPE, replacement=r"'\1")
    if kind is Kind.TEXTS:
        return pa.array([list_text(items) for items in values.to_pylist()], pa.string())
    return values


def list_text(items: list[str] | None) -> str | None:
    """A list as JSON."""
    return None if items is None else json.dumps(items, ensure_ascii=False)
