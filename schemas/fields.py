"""What a column and a dataset of the contract are, in plain dataclasses that import nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class UnknownDatasetError(KeyError):
    """No dataset of the contract has this name."""

    def __str__(self) -> str:
        return str(self.args[0])


class UnknownColumnError(KeyError):
    """The dataset has no column of this name."""

    def __str__(self) -> str:
        return str(self.args[0])


class Kind(StrEnum):
    """The type of a column; `schemas.arrow` says how each is stored."""

    TEXT = "text"
    DATE = "date"  # an ISO date as exact as printed: 2024, 2024-01 or 2024-01-31
    SMALL = "small"  # years and pages
    INTEGER = "integer"
    NUMBER = "number"
    RUPIAH = "rupiah"  # exact, two decimals
    EXACT = "exact"  # exact, four decimals, for differences of rupiah and of targets alike
    TEXTS = "texts"  # a list of texts, never holding null


INTEGERS = frozenset({Kind.SMALL, Kind.INTEGER})
TEXTUAL = frozenset({Kind.TEXT, Kind.DATE})


class Theme(StrEnum):
    """The part of the contract that a dataset belongs to."""

    DOMAIN = "domain"
    EVIDENCE = "evidence"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its type, its words for readers, and what every value must satisfy.

    `minimum` and `maximum` are inclusive; `pattern` must match the whole text; `required` forbids null.
    `references` names the `dataset.column` whose values this column points to; `quantity` names the unit of measure.
    """

    name: str
    kind: Kind
    title: str
    description: str
    english: str
    required: bool = False
    unique: bool = False
    quantity: str | None = None
    choices: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    references: str | None = None

    @property
    def options(self) -> tuple[str | int, ...]:
        """The choices in the column's own type; empty where any value may stand."""
        return tuple(int(choice) if self.kind in INTEGERS else choice for choice in self.choices)


class RuleKind(StrEnum):
    """How the columns of a rule relate, wherever they are not null."""

    ASCENDING = "ascending"  # each column is at least the one before it
    SAME = "same"  # where the first is given, every other one is given and equal


@dataclass(frozen=True, slots=True)
class Rule:
    """What two or more columns of one row must satisfy together."""

    name: str
    kind: RuleKind
    columns: tuple[str, ...]
    description: str
    english: str


@dataclass(frozen=True)
class Dataset:
    """One dataset: its columns in published order, the first five and `bukti` common to all."""

    name: str
    theme: Theme
    title: str
    description: str
    english: str
    fields: tuple[Field, ...]
    key: str = "baris_id"
    rules: tuple[Rule, ...] = ()

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns, in published order."""
        return tuple(field.name for field in self.fields)

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    def field(self, name: str) -> Field:
        """The column of that name. Raises UnknownColumnError."""
        if name not in self._by_name:
            raise UnknownColumnError(f"dataset {self.name!r} has no column {name!r}")
        return self._by_name[name]

    def has(self, name: str) -> bool:
        """Whether the dataset has a column of that name."""
        return name in self._by_name
