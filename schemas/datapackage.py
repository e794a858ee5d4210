"""The Table Schema (Data Package v2) of each dataset, generated from the registry."""

from __future__ import annotations

from typing import Any

from schemas.fields import Field, Kind
from schemas.registry import dataset

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

_TYPES: dict[Kind, str] = {
    Kind.TEXT: "string",
    Kind.DATE: "string",  # Table Schema has no type for a date that may lack its day
    Kind.SMALL: "integer",
    Kind.INTEGER: "integer",
    Kind.NUMBER: "number",
    Kind.RUPIAH: "number",
    Kind.EXACT: "number",
    Kind.TEXTS: "array",
}


def table_schema(name: str) -> dict[str, Any]:
    """The Table Schema of a dataset, its fields in published order. Raises UnknownDatasetError.

    `unit` and `descriptionEnglish` are properties beyond the standard, which allows them.
    """
    entry = dataset(name)
    return {"fields": [_field(field) for field in entry.fields], "primaryKey": [entry.key]}


def _field(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "type": _TYPES[field.kind],
        "title": field.title,
        "description": field.description,
        "descriptionEnglish": field.english,
    }
    if field.quantity is not None:
        described["unit"] = field.quantity
    constraints = _constraints(field)
    if constraints:
        described["constraints"] = constraints
    return described


def _constraints(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if field.required:
        constraints["required"] = True
    if field.unique:
        constraints["unique"] = True
    if field.choices:
        constraints["enum"] = list(field.options)
    if field.pattern is not None:
        constraints["pattern"] = field.pattern
    if field.minimum is not None:
        constraints["minimum"] = field.minimum
    if field.maximum is not None:
        constraints["maximum"] = field.maximum
    return constraints
