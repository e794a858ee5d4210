"""Questions to a release's catalog. Loads neither Prefect nor pandas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.release.errors import QueryError
from pipeline.release.store import CATALOG, need_release

_READING = frozenset({duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN})


@dataclass(frozen=True, slots=True)
class QueryResult:
    """An answer: column names, their DuckDB types, and rows of Python values."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]

    def records(self) -> Iterator[dict[str, Any]]:
        """The rows as dictionaries."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))


@contextmanager
def open_catalog(release: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The catalog of a release's folder, read-only and cut off from files and network."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": False,
        "autoload_known_extensions": False,
        "lock_configuration": True,
    }
    with duckdb.connect(release / CATALOG, read_only=True, config=settings) as connection:
        yield connection


def query(curated: Path, sql: str) -> QueryResult:
    """Run one SELECT over the current release. Raises NoReleaseError and QueryError."""
    return query_release(need_release(curated), sql)


def query_release(release: Path, sql: str) -> QueryResult:
    """Run one SELECT over the release in that folder. Raises QueryError."""
    with open_catalog(release) as connection:
        try:
            _refuse_writing(connection, sql)
            return fetch(connection, sql)
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            raise QueryError(f"Kueri gagal: {reason}", f"The query failed: {reason}") from error


def fetch(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object] | None = None
) -> QueryResult:
    """Run a statement of ours; `parameters` are its $names."""
    cursor = connection.execute(sql, dict(parameters) if parameters else None)
    described = cursor.description or []
    columns = tuple(str(column[0]) for column in described)
    return QueryResult(columns, tuple(str(column[1]) for column in described), cursor.fetchall())


def _refuse_writing(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    statements = connection.extract_statements(sql)
    if len(statements) != 1 or statements[0].type not in _READING:
        raise QueryError("Hanya satu perintah SELECT yang dapat dijalankan.", "Only one SELECT statement can be run.")
