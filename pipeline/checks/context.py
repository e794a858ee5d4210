"""What the checks need to know of a document beyond its records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """A total that a table prints (`JUMLAH`): a check, not a record.

    `kolom` is the column of `program_kegiatan` or `rekening` that it adds up (`pagu`, `prakiraan_pagu`, `jumlah`).
    `scope_node_id` is the node that it totals; None: the whole table.
    """

    label: str
    kolom: str
    nilai: Decimal
    tabel_id: str | None
    halaman: int | None
    bukti: tuple[str, ...] = ()
    scope_node_id: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """`tahun`: the plan year, None where it could not be told. `totals`: every total printed in the document.

    Office, kind and stage come from the ledger's `dokumen` row.
    """

    tahun: int | None = None
    totals: Sequence[PrintedTotal] = ()
