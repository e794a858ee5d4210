"""Comparisons of former releases, kept by what they follow from: one new document does not compare all others again.

    <folder>/<key>.banding    the SHA-256 of all that comes after it, the findings as JSON, the rows as an Arrow stream

The key is a hash over the two results, their official columns and the code, so that what is kept is never out of date.
Only an entry that is whole and of its key is used; any other is computed anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.ipc as ipc

from pipeline.version import release_version
from schemas.arrow import arrow_schema
from schemas.ledger import Finding

_SUFFIX = ".banding"
_DATASET = "perbandingan"
_SHA256, _LENGTH = 32, 8  # bytes
_OFFICIAL = ("kode_resmi", "nama_resmi")
_WRITE = ipc.IpcWriteOptions(compression="zstd", use_threads=False)
_READ = ipc.IpcReadOptions(use_threads=False)


@dataclass(frozen=True, slots=True)
class Compared:
    """The rows of `perbandingan` of a pair, and what is doubtful in them."""

    table: pa.Table
    findings: Sequence[Finding]


def side_of(result_sha256: str, programs: pa.Table) -> str:
    """What a comparison follows from on one side: the result and its `program_kegiatan` with the official columns."""
    official = [programs[name].to_pylist() for name in _OFFICIAL]
    return f"{result_sha256} {hashlib.sha256(json.dumps(official).encode()).hexdigest()}"


class KeptComparisons:
    """A folder of comparisons. It is made where it is missing. Raises OSError where the disk refuses to take one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._wanted: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def has(self, dari: str, ke: str) -> bool:
        """Whether there is an entry of two sides; that it is whole is seen when it is found."""
        return (self._folder / _name(dari, ke)).is_file()

    def find(self, dari: str, ke: str) -> Compared | None:
        """The comparison of two sides, None where it is not there whole."""
        name = _name(dari, ke)
        self._wanted.add(name)
        try:
            content = (self._folder / name).read_bytes()
        except OSError:
            return None
        head, body = content[:_SHA256], content[_SHA256:]
        return _unpacked(body) if head == _seal(name, body) else None

    def keep(self, dari: str, ke: str, compared: Compared) -> None:
        """Put a comparison there, whole or not at all; a disk that loses it costs time, and nothing else."""
        name = _name(dari, ke)
        body = _packed(compared)
        handle, temporary = tempfile.mkstemp(dir=self._folder)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(_seal(name, body) + body)
            Path(temporary).replace(self._folder / name)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise

    def prune(self) -> int:
        """Delete what was not asked for; returns how many files went."""
        stale = [path for path in self._folder.iterdir() if path.name not in self._wanted]
        for path in stale:
            path.unlink(missing_ok=True)
        return len(stale)


def _name(dari: str, ke: str) -> str:
    return hashlib.sha256(f"{release_version()}\0{dari}\0{ke}".encode()).hexdigest() + _SUFFIX


def _seal(name: str, body: bytes) -> bytes:
    return hashlib.sha256(name.encode() + body).digest()


def _packed(compared: Compared) -> bytes:
    findings = json.dumps([asdict(finding) for finding in compared.findings]).encode()
    sink = pa.BufferOutputStream()
    with ipc.new_stream(sink, compared.table.schema, options=_WRITE) as writer:
        writer.write_table(compared.table)
    return len(findings).to_bytes(_LENGTH, "big") + findings + bytes(sink.getvalue())


def _unpacked(body: bytes) -> Compared:
    end = _LENGTH + int.from_bytes(body[:_LENGTH], "big")
    findings = [Finding(**each | {"bukti": tuple(each["bukti"])}) for each in json.loads(body[_LENGTH:end])]
    table = ipc.open_stream(pa.py_buffer(body[end:]), options=_READ).read_all()
    return Compared(table.cast(arrow_schema(_DATASET)), findings)
