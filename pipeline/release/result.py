"""The result of one document: an Arrow table per dataset, and its one-file form for the cache."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.ipc as ipc

from pipeline.files import sha256_of
from pipeline.release.duplicates.keys import KEYS_VERSION, content_keys
from pipeline.release.errors import CorruptResultError
from schemas.arrow import arrow_schema
from schemas.registry import DATASETS, dataset

_FORMAT = 1
_META = "result.json"
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that zip knows: the bytes must not tell when they were written
_IPC_OPTIONS = ipc.IpcWriteOptions(compression="zstd")
_IPC_READ = ipc.IpcReadOptions(use_threads=False)  # the tables are small: threads cost more than they save


class ResultSource(Protocol):
    """A document's result, in memory or on disk, read one dataset at a time."""

    @property
    def dokumen_id(self) -> str: ...

    @property
    def tahun(self) -> int | None: ...

    @property
    def counts(self) -> Mapping[str, int]: ...

    @property
    def keys(self) -> tuple[int, ...]: ...

    @property
    def sha256(self) -> str: ...

    def table(self, name: str) -> pa.Table: ...


@dataclass(frozen=True)
class DocumentResult:
    """What one document yields: `tables` holds one table, typed by the registry, for every dataset."""

    dokumen_id: str
    tahun: int | None
    tables: Mapping[str, pa.Table] = field(repr=False)

    def __post_init__(self) -> None:
        if set(self.tables) != set(DATASETS):
            raise ValueError(f"a result holds every dataset once, not {sorted(self.tables)}")
        for name, table in self.tables.items():
            if table.schema != arrow_schema(name):
                raise ValueError(f"the table of {name!r} is not of the registry's schema")

    @property
    def counts(self) -> dict[str, int]:
        """Rows per dataset, all datasets in the contract's order."""
        return {name: self.tables[name].num_rows for name in DATASETS}

    @property
    def quarantined(self) -> int:
        """How many records failed their schema."""
        return int(self.tables["karantina"].num_rows)

    @property
    def status(self) -> str:
        """The document's status: `lengkap`, `sebagian` or `gagal`."""
        return str(self.document["status"])

    @property
    def document(self) -> dict[str, Any]:
        """The row of `dokumen`."""
        row: dict[str, Any] = self.tables["dokumen"].to_pylist()[0]
        return row

    @cached_property
    def keys(self) -> tuple[int, ...]:
        """What documents that may deliver this one again share with it: 64-bit numbers."""
        return _keys(self.tables["dokumen"], self.tables["sel"])

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of `to_bytes`, as 64 hex digits."""
        return hashlib.sha256(self.to_bytes()).hexdigest()

    def table(self, name: str) -> pa.Table:
        """The table of a dataset. Raises UnknownDatasetError."""
        return self.tables[dataset(name).name]

    def to_bytes(self) -> bytes:
        """One zip of Arrow streams; the same result always gives the same bytes."""
        buffer = io.BytesIO()
        meta = {
            "format": _FORMAT,
            "dokumen_id": self.dokumen_id,
            "tahun": self.tahun,
            "counts": self.counts,
            "keys_version": KEYS_VERSION,
            "keys": self.keys,
        }
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(_member(_META), json.dumps(meta))
            for name in DATASETS:
                archive.writestr(_member(f"{name}.arrow"), _stream(self.tables[name]))
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> DocumentResult:
        """Read what `to_bytes` wrote. Raises CorruptResultError."""
        return StoredResult.of(io.BytesIO(data), "bytes").load()


class StoredResult:
    """A result file, from which one dataset at a time is read."""

    def __init__(self, path: Path) -> None:
        self._file: Path | io.BytesIO = path
        self._read_meta(str(path))

    @classmethod
    def of(cls, data: io.BytesIO, name: str) -> StoredResult:
        """The same, from bytes in memory; `name` is for error messages."""
        stored = cls.__new__(cls)
        stored._file = data
        stored._read_meta(name)
        return stored

    def _read_meta(self, name: str) -> None:
        self._name = name
        meta = json.loads(self._member(_META))
        if meta["format"] != _FORMAT:
            raise _corrupt(name)
        self.dokumen_id: str = meta["dokumen_id"]
        self.tahun: int | None = meta["tahun"]
        self.counts: dict[str, int] = meta["counts"]
        # A result whose PDF has gone outlives the reader that made it, so its keys may be of another make.
        current = meta.get("keys_version") == KEYS_VERSION
        self._stored_keys: np.ndarray | None = np.array(meta["keys"], dtype=np.uint64) if current else None

    @property
    def keys(self) -> tuple[int, ...]:
        """What documents that may deliver this one again share with it. Raises CorruptResultError."""
        if self._stored_keys is None:
            self._stored_keys = np.array(_keys(self.table("dokumen"), self.table("sel")), dtype=np.uint64)
        return tuple(self._stored_keys.tolist())

    @property
    def sha256(self) -> str:
        """The SHA-256 of the file, as 64 hex digits. Raises OSError where it cannot be read."""
        if isinstance(self._file, Path):
            return sha256_of(self._file)
        return hashlib.sha256(self._file.getbuffer()).hexdigest()

    def _member(self, member: str) -> bytes:
        try:
            with zipfile.ZipFile(self._file) as archive:
                return archive.read(member)
        except (zipfile.BadZipFile, KeyError, EOFError) as error:
            raise _corrupt(self._name) from error

    def table(self, name: str) -> pa.Table:
        """The table of a dataset. Raises UnknownDatasetError and CorruptResultError."""
        schema = arrow_schema(name)
        try:
            table = ipc.open_stream(self._member(f"{name}.arrow"), options=_IPC_READ).read_all()
        except pa.ArrowInvalid as error:
            raise _corrupt(self._name) from error
        if table.schema != schema:
            raise _corrupt(self._name)
        return table

    def load(self) -> DocumentResult:
        """The whole result in memory. Raises CorruptResultError."""
        return DocumentResult(self.dokumen_id, self.tahun, {name: self.table(name) for name in DATASETS})


def _keys(documents: pa.Table, cells: pa.Table) -> tuple[int, ...]:
    document = documents.select(["tahun", "perangkat_daerah"]).to_pylist()[0]
    return content_keys(document["tahun"], document["perangkat_daerah"], cells["teks"])


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _FIXED_DATE)
    info.create_system = 3  # the same on every platform
    info.external_attr = 0o644 << 16
    return info


def _stream(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with ipc.new_stream(sink, table.schema, options=_IPC_OPTIONS) as writer:
        writer.write_table(table.combine_chunks())
    return bytes(sink.getvalue())


def _corrupt(name: str) -> CorruptResultError:
    return CorruptResultError(
        f"Hasil tersimpan {name} rusak atau dari versi lain. Hapus berkas itu, lalu jalankan lagi.",
        f"The stored result {name} is damaged or of another version. Delete it and run again.",
    )
