"""Writes one dataset's Parquet and CSV files, a document at a time, so that memory does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as parquet

from pipeline.files import sha256_of
from pipeline.release.csvtext import csv_schema, csv_table
from pipeline.release.manifest import NO_YEAR, ReleaseFile
from schemas.arrow import arrow_schema
from schemas.registry import dataset

WITHOUT_CSV = frozenset({"sel"})  # contract: csv for all but sel
PER_DOCUMENT_GROUPS = frozenset({"sel"})  # large per document: a reader of one skips the row groups of the others
_ROWS_PER_GROUP = 65_536


@dataclass(frozen=True, slots=True)
class Part:
    """One document's rows of a dataset, and the year whose file they belong to."""

    tahun: int | None
    table: pa.Table


class _ParquetFile:
    """A Parquet file that gathers small tables into row groups of a fixed size."""

    def __init__(self, path: Path, schema: pa.Schema, gather: bool) -> None:
        self._writer = parquet.ParquetWriter(path, schema, compression="zstd")
        self._gather = gather
        self._waiting: list[pa.Table] = []

    def write(self, table: pa.Table) -> None:
        self._waiting.append(table)
        if not self._gather or sum(part.num_rows for part in self._waiting) >= _ROWS_PER_GROUP:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            rows = pa.concat_tables(self._waiting).combine_chunks()
            self._writer.write_table(rows, row_group_size=max(1, rows.num_rows))
            self._waiting.clear()

    def close(self) -> None:
        self._flush()
        self._writer.close()


class DatasetWriter:
    """The files of one dataset below a release's folder. Parts must come with their years in order."""

    def __init__(self, name: str, folder: Path) -> None:
        self._dataset = dataset(name)
        self._schema = arrow_schema(name)
        self._folder = folder / "parquet" / name
        self._folder.mkdir(parents=True)
        self._year: str | None = None
        self._file: _ParquetFile | None = None
        self._csv: csv.CSVWriter | None = None
        self.rows = 0
        if name not in WITHOUT_CSV:
            target = folder / "csv" / f"{name}.csv"
            target.parent.mkdir(exist_ok=True)
            self._csv = csv.CSVWriter(target, csv_schema(self._dataset, self._schema))

    def __enter__(self) -> DatasetWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is None and kind is None:
            self._open(NO_YEAR)  # a dataset without rows still has a file with its schema
        if self._file is not None:
            self._file.close()
        if self._csv is not None:
            self._csv.close()

    def write(self, part: Part) -> None:
        """Append a document's rows."""
        if not part.table.num_rows:
            return
        year = NO_YEAR if part.tahun is None else str(part.tahun)
        file = self._file if self._file is not None and year == self._year else self._open(year)
        file.write(part.table)
        self.rows += part.table.num_rows
        if self._csv is not None:
            self._csv.write_table(csv_table(self._dataset, part.table))

    def _open(self, year: str) -> _ParquetFile:
        if self._file is not None:
            self._file.close()
        path = self._folder / f"{year}.parquet"
        if path.exists():
            raise ValueError(f"the rows of {year} do not come together")
        self._year = year
        self._file = _ParquetFile(path, self._schema, self._dataset.name not in PER_DOCUMENT_GROUPS)
        return self._file


def write_dataset(name: str, parts: Iterable[Part], folder: Path) -> int:
    """Write all files of a dataset; returns its rows."""
    with DatasetWriter(name, folder) as writer:
        for part in parts:
            writer.write(part)
    return writer.rows


def files_of(name: str, folder: Path) -> list[ReleaseFile]:
    """The files of a dataset in a release's folder, by path, with their hashes."""
    paths = sorted((folder / "parquet" / name).glob("*.parquet"))
    if name not in WITHOUT_CSV:
        paths.append(folder / "csv" / f"{name}.csv")
    return [_described(name, path, folder) for path in paths]


def _described(name: str, path: Path, folder: Path) -> ReleaseFile:
    digest = sha256_of(path)
    form = path.suffix.removeprefix(".")
    return ReleaseFile(name, form, path.relative_to(folder).as_posix(), path.stat().st_size, digest)
