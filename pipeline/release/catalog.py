"""Builds `catalog.duckdb`: the tables themselves, so that it can be moved, and the views over them."""

from __future__ import annotations

import errno
from pathlib import Path

import duckdb

from pipeline.release.store import CATALOG
from pipeline.release.views import VIEWS
from schemas.fields import Dataset
from schemas.registry import DATASETS

_MEMORY = "512MB"  # DuckDB's default is most of the machine, which the readers may still need


def write_catalog(folder: Path) -> Path:
    """Write the catalog from the Parquet files of a release's folder, with descriptions as comments.

    Raises OSError where the disk refuses, which DuckDB tells in an exception of its own.
    """
    path = folder / CATALOG
    try:
        _write(path, folder)
    except (duckdb.IOException, duckdb.FatalException, duckdb.TransactionException) as error:
        raise OSError(errno.EIO, str(error).splitlines()[0], str(path)) from error
    return path


def _write(path: Path, folder: Path) -> None:
    with duckdb.connect(path, config={"memory_limit": _MEMORY}) as connection:
        for name, dataset in DATASETS.items():
            files = sorted((folder / "parquet" / name).glob("*.parquet"))
            connection.read_parquet([str(file) for file in files]).create(name)
            _comment(connection, dataset)
        for view in VIEWS:
            connection.execute(f'CREATE VIEW "{view.name}" AS {view.sql}')
            connection.execute(f'COMMENT ON VIEW "{view.name}" IS {_quoted(view.description)}')
        connection.execute("CHECKPOINT")


def _comment(connection: duckdb.DuckDBPyConnection, dataset: Dataset) -> None:
    connection.execute(f'COMMENT ON TABLE "{dataset.name}" IS {_quoted(dataset.description)}')
    for field in dataset.fields:
        connection.execute(f'COMMENT ON COLUMN "{dataset.name}"."{field.name}" IS {_quoted(field.description)}')


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
