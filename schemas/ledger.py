"""The book that every stage writes into while one document is read: its records and its findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["pembacaan", "isi"]
Level = Literal["galat", "peringatan", "info"]


@dataclass(slots=True)
class Record:
    """One row of a dataset of the contract.

    `values` holds the dataset's own columns; a column that is left out is null.
    `bukti` holds the `sel_id`s that the values came from, in reading order.
    """

    dataset: str
    baris_id: str
    halaman: int | None
    tabel_id: str | None
    bukti: list[str]
    values: dict[str, Any]

    def get(self, column: str) -> Any:
        """The value of a column of the dataset, None where it was not set."""
        return self.values.get(column)


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt. `jenis` pembacaan: we doubt what we read; isi: the document contradicts itself or a rule."""

    kode: str
    jenis: Kind
    tingkat: Level
    pesan: str
    dataset: str | None = None
    baris_id: str | None = None
    kolom: str | None = None
    nilai: str | None = None
    pembanding: str | None = None
    halaman: int | None = None
    tabel_id: str | None = None
    bukti: tuple[str, ...] = ()


@dataclass(slots=True)
class Ledger:
    """Records and findings of one document, in the order in which they were written.

    Row keys count up within a dataset, so the same file and reader give the same keys.
    """

    dokumen_id: str
    records: dict[str, list[Record]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(
        self,
        dataset: str,
        *,
        halaman: int | None = None,
        tabel_id: str | None = None,
        bukti: Iterable[str] = (),
        **values: Any,
    ) -> Record:
        """Write a record; returns it with its key."""
        rows = self.records.setdefault(dataset, [])
        baris_id = f"{self.dokumen_id}-{dataset}-{len(rows) + 1:05d}"
        record = Record(dataset, baris_id, halaman, tabel_id, list(dict.fromkeys(bukti)), values)
        rows.append(record)
        return record

    def rows(self, dataset: str) -> list[Record]:
        """The records of a dataset, in reading order; empty where none was written."""
        return self.records.get(dataset, [])

    def doubt(self, kode: str, jenis: Kind, tingkat: Level, pesan: str, **where: Any) -> Finding:
        """Write a finding that belongs to no single record."""
        finding = Finding(kode, jenis, tingkat, pesan, **where)
        self.findings.append(finding)
        return finding

    def doubt_record(
        self, record: Record, kolom: str | None, kode: str, jenis: Kind, tingkat: Level, pesan: str, **more: Any
    ) -> Finding:
        """Write a finding about one record, and the column of it that is in doubt."""
        where: dict[str, Any] = {
            "dataset": record.dataset,
            "baris_id": record.baris_id,
            "kolom": kolom,
            "halaman": record.halaman,
            "tabel_id": record.tabel_id,
            "bukti": tuple(record.bukti),
        }
        return self.doubt(kode, jenis, tingkat, pesan, **(where | more))
