"""What changed from one release to another, counted by dataset and document. DuckDB compares the Parquet files.

A row is known by its `baris_id`: the same file read by the same reader version has the same keys, so a new reader
version may tell a row as gone and new where only its key changed. Files that both manifests give the same hash are
equal and not read; what has to be joined and does not fit into memory goes to a temporary folder.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from pipeline.release.errors import DamagedReleaseError
from pipeline.release.keep import find_release
from pipeline.release.manifest import Manifest
from pipeline.release.query import QueryResult, fetch
from pipeline.release.store import MANIFEST

COLUMNS = ("dataset", "dokumen_id", "berkas", "baru", "hilang", "berubah")
_TYPES = ("VARCHAR", "VARCHAR", "VARCHAR", "BIGINT", "BIGINT", "BIGINT")
_MEMORY = "512MB"

Columns = Mapping[str, str]


def difference(curated: Path, before: int, after: int) -> QueryResult:
    """What `difference_of` tells of two releases in `curated`. Raises NoSuchReleaseError besides."""
    return difference_of(find_release(curated, before), find_release(curated, after))


def difference_of(before: Path, after: Path) -> QueryResult:
    """Rows that are new, gone or changed in the release in `after` against that in `before`: one per dataset, document.

    Only what differs is listed. A column that one release lacks counts as empty there. Raises DamagedReleaseError
    where a file is missing or cannot be read.
    """
    folders = [before, after]
    manifests = [Manifest.read(folder / MANIFEST) for folder in folders]
    rows: list[tuple[object, ...]] = []
    with (
        tempfile.TemporaryDirectory(prefix="rkt-diff-") as spill,
        duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": spill}) as connection,
    ):
        try:
            names = _file_names(connection, folders, manifests)
            for dataset in dict.fromkeys(name for manifest in manifests for name in manifest.counts):
                files = _differing(dataset, folders, manifests)
                rows += _counts(connection, dataset, files, names)
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            raise DamagedReleaseError(folders[1]) from error
    return QueryResult(COLUMNS, _TYPES, rows)


def _differing(dataset: str, folders: Sequence[Path], manifests: Sequence[Manifest]) -> tuple[list[str], list[str]]:
    """The Parquet files of a dataset in each release that the other does not have with the same bytes."""
    kinds = [
        {(file.path, file.sha256) for file in manifest.files if file.dataset == dataset and file.form == "parquet"}
        for manifest in manifests
    ]
    before, after = (
        sorted(str(folder / path) for path, _ in own - other)
        for folder, own, other in zip(folders, kinds, reversed(kinds), strict=True)
    )
    return before, after


def _file_names(
    connection: duckdb.DuckDBPyConnection, folders: Sequence[Path], manifests: Sequence[Manifest]
) -> dict[str, str]:
    """The file names of the documents of both releases, the later one's where they differ."""
    names: dict[str, str] = {}
    for folder, manifest in zip(folders, manifests, strict=True):
        files = [str(folder / file.path) for file in manifest.files if file.dataset == "dokumen" and file.form != "csv"]
        if files:
            names |= dict(connection.read_parquet(files).project("dokumen_id, berkas").fetchall())
    return names


def _counts(
    connection: duckdb.DuckDBPyConnection,
    dataset: str,
    files: tuple[list[str], list[str]],
    names: Mapping[str, str],
) -> list[tuple[object, ...]]:
    """The rows of the answer for one dataset."""
    before, after = (_columns(connection, paths) for paths in files)
    columns = dict.fromkeys([*before, *after])
    if not columns:
        return []
    old, new = (
        _side(paths, own, other, list(columns))
        for paths, own, other in zip(files, (before, after), (after, before), strict=True)
    )
    differs = " OR ".join(f"a.{_quoted(name)} IS DISTINCT FROM b.{_quoted(name)}" for name in columns)
    sql = f"""
        SELECT coalesce(b.dokumen_id, a.dokumen_id) AS dokumen_id,
            count(*) FILTER (a.baris_id IS NULL), count(*) FILTER (b.baris_id IS NULL),
            count(*) FILTER (a.baris_id IS NOT NULL AND b.baris_id IS NOT NULL)
        FROM ({old}) a FULL JOIN ({new}) b ON a.baris_id = b.baris_id
        WHERE a.baris_id IS NULL OR b.baris_id IS NULL OR {differs}
        GROUP BY 1 ORDER BY 1
    """  # noqa: S608 - the names come from our own files, quoted
    return [(dataset, key, names.get(key), *counts) for key, *counts in fetch(connection, sql).rows]


def _columns(connection: duckdb.DuckDBPyConnection, paths: Sequence[str]) -> Columns:
    """The columns of Parquet files with their types; none where there are no files."""
    if not paths:
        return {}
    relation = connection.read_parquet(list(paths))
    return dict(zip(relation.columns, map(str, relation.types), strict=True))


def _side(paths: Sequence[str], own: Columns, other: Columns, columns: Sequence[str]) -> str:
    """One release's rows with all `columns`: null where it lacks one, text where the types of both differ."""
    parts = []
    for name in columns:
        if name not in own:
            # A release without any file of the dataset has no row, but its columns still need a type to join by.
            parts.append(f"CAST(NULL AS {other[name]}) AS {_quoted(name)}")
        elif name in other and other[name] != own[name]:
            parts.append(f"CAST({_quoted(name)} AS VARCHAR) AS {_quoted(name)}")
        else:
            parts.append(_quoted(name))
    if not paths:
        return f"SELECT {', '.join(parts)} WHERE false"
    files = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    return f"SELECT {', '.join(parts)} FROM read_parquet([{files}])"  # noqa: S608 - paths of our own, quoted


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
