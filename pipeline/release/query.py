"""Questions to a release's catalog. Loads neither Prefect nor pandas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.release.errors import DamagedReleaseError, QueryError
from pipeline.release.store import CATALOG, need_release

# What DuckDB raises where the file itself is at fault. With files and network cut off, no query can be.
_DAMAGE = (duckdb.IOException, duckdb.SerializationException, duckdb.FatalException, duckdb.InternalException)
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
    """The catalog of a release's folder, read-only and cut off from files and network.

    Raises DamagedReleaseError where it is missing or damaged, be it found out by a question inside the block.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": False,
        "autoload_known_extensions": False,
        "lock_configuration": True,
    }
    try:
        with duckdb.connect(release / CATALOG, read_only=True, config=settings) as connection:
            _need_whole(release / CATALOG, connection)
            yield connection
    except duckdb.Error as error:
        if not _is_damage(error):
            raise
        raise DamagedReleaseError(release / CATALOG) from error


def query(curated: Path, sql: str) -> QueryResult:
    """Run one SELECT over the current release. Raises NoReleaseError and QueryError."""
    return query_release(need_release(curated), sql)


def query_release(release: Path, sql: str) -> QueryResult:
    """Run one SELECT over the release in that folder. Raises QueryError and DamagedReleaseError."""
    with open_catalog(release) as connection:
        try:
            _refuse_writing(connection, sql)
            return fetch(connection, sql)
        except duckdb.Error as error:
            if _is_damage(error):
                raise
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


def _need_whole(catalog: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Raise DamagedReleaseError for a file that is cut short: DuckDB notices only where a query needs the rest."""
    used = connection.execute("SELECT block_size * total_blocks FROM pragma_database_size()").fetchone()
    if used is None or catalog.stat().st_size < used[0]:
        raise DamagedReleaseError(catalog)


def _is_damage(error: duckdb.Error) -> bool:
    """Whether the catalog's file is at fault. A checksum that is wrong has no class of its own."""
    return isinstance(error, _DAMAGE) or type(error) is duckdb.Error


def _refuse_writing(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    statements = connection.extract_statements(sql)
    if len(statements) != 1 or statements[0].type not in _READING:
        raise QueryError("Hanya satu perintah SELECT yang dapat dijalankan.", "Only one SELECT statement can be run.")
