"""The Arrow (and so Parquet) schema of each dataset, generated from the registry."""

from __future__ import annotations

from functools import cache

import pyarrow as pa

from schemas.fields import Field, Kind
from schemas.registry import dataset

TYPES: dict[Kind, pa.DataType] = {
    Kind.TEXT: pa.string(),
    Kind.DATE: pa.string(),
    Kind.SMALL: pa.int16(),
    Kind.INTEGER: pa.int32(),
    Kind.NUMBER: pa.float64(),
    Kind.RUPIAH: pa.decimal128(20, 2),
    Kind.EXACT: pa.decimal128(24, 4),
    Kind.TEXTS: pa.list_(pa.string()),
}


def arrow_type(field: Field) -> pa.DataType:
    """How the column is stored."""
    return TYPES[field.kind]


@cache
def arrow_schema(name: str) -> pa.Schema:
    """The schema of a dataset: columns in published order. Raises UnknownDatasetError."""
    return pa.schema([pa.field(field.name, arrow_type(field), nullable=True) for field in dataset(name).fields])
