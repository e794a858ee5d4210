"""Differences as rows of `perbandingan`, and as findings where their reading is in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa

from pipeline.checks.wording import LEVEL_NAMES, quote
from pipeline.compare.model import Aspect, Change, Differences, Indicator, Node, Plan, Scope, Untold
from schemas.arrow import arrow_schema
from schemas.ledger import Finding

DATASET = "perbandingan"
DOUBTED, UNTOLD, PARTIAL = "PERUBAHAN_DIRAGUKAN", "PERUBAHAN_TAK_DIKETAHUI", "PERBANDINGAN_SEBAGIAN"
_CHANGED: dict[Aspect, str] = {
    "baru": "ada di dokumen ini dan tidak ada di dokumen pembanding",
    "hilang": "ada di dokumen pembanding dan tidak ada di dokumen ini",
    "nama": "berganti nama",
    "induk": "berpindah induk",
    "pagu": "berubah pagunya",
    "target": "berubah targetnya",
    "satuan": "berubah satuannya",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a comparison comes to, without the plans: many of them fit into memory.

    `rows` are those of `perbandingan`; `empty` and `partial` are the documents (by `dokumen_id`) in which nothing could
    be read that can be compared, and those that hold something and were not read in full.
    """

    dari: str
    ke: str
    rows: Sequence[Mapping[str, Any]]
    findings: Sequence[Finding]
    scope: Scope
    empty: tuple[str, ...]
    partial: tuple[str, ...]

    def count(self, kode: str) -> int:
        """How many findings of a code there are."""
        return sum(finding.kode == kode for finding in self.findings)


_WHY = {
    "bacaan": "di salah satu dokumen baris atau angkanya tidak terbaca dengan pasti",
    "tingkat": "di dokumen yang lain nama ini tercantum pada tingkat yang lain",
}


@dataclass(frozen=True)
class Comparison:
    """What differs from one document to another, and what was compared."""

    dari: Plan
    ke: Plan
    differences: Differences

    def table(self) -> pa.Table:
        """The rows of `perbandingan`, in the order of the earlier document; empty where nothing differs."""
        rows = [self._row(number, change) for number, change in enumerate(self.differences.changes, start=1)]
        return pa.Table.from_pylist(rows, schema=arrow_schema(DATASET))

    def findings(self) -> Iterator[Finding]:
        """What a reader of the changes must know: those of doubtful figures, and what could not be told at all."""
        for number, change in enumerate(self.differences.changes, start=1):
            if change.doubted:
                yield self._doubt(number, change)
        for untold in self.differences.untold:
            yield self._untold(untold)
        yield from self._unread()

    def told(self) -> Told:
        """The rows and findings, for those who need no plans any more."""
        plans = {plan.dokumen_id: plan for plan in (self.dari, self.ke)}
        empty = tuple(key for key, plan in plans.items() if not plan.nodes and not plan.indicators)
        return Told(
            self.dari.dokumen_id,
            self.ke.dokumen_id,
            self.table().to_pylist(),
            tuple(self.findings()),
            self.differences.scope,
            empty,
            tuple(key for key, plan in plans.items() if not plan.complete and key not in empty),
        )

    def _key(self, number: int) -> str:
        return f"{self.ke.dokumen_id}-{DATASET}-{self.dari.dokumen_id}-{number:05d}"

    def _row(self, number: int, change: Change) -> dict[str, Any]:
        here, there = change.dari, change.ke
        evidence = dict.fromkeys(cell for row in (here, there) if row is not None for cell in row.bukti)
        return {
            "baris_id": self._key(number),
            "dokumen_id": self.ke.dokumen_id,
            "tahun": self.ke.tahun,
            "halaman": there.halaman if there else None,
            "tabel_id": there.tabel_id if there else None,
            "bukti": list(evidence),
            "dari_dokumen_id": self.dari.dokumen_id,
            "ke_dokumen_id": self.ke.dokumen_id,
            "dari_id": _id(here),
            "ke_id": _id(there),
            "level": change.level,
            "nama": change.nama,
            "aspek": change.aspek,
            "nilai_dari": change.nilai_dari,
            "nilai_ke": change.nilai_ke,
            "selisih": _exact(change.selisih),
            "persen": change.persen,
            "halaman_dari": here.halaman if here else None,
            "halaman_ke": there.halaman if there else None,
            "kemiripan": change.kemiripan,
        }

    def _doubt(self, number: int, change: Change) -> Finding:
        pesan = (
            f"{_subject(change)} tampak {_CHANGED[change.aspek]} terhadap dokumen {self.dari.dokumen_id}, tetapi "
            "pembacaannya di salah satu dokumen diragukan."
        )
        return Finding(
            DOUBTED, "pembacaan", "info", pesan, DATASET, self._key(number), "nilai_ke",
            change.nilai_ke, change.nilai_dari, change.ke.halaman if change.ke else None,
            change.ke.tabel_id if change.ke else None, change.ke.bukti if change.ke else (),
        )  # fmt: skip

    def _unread(self) -> Iterator[Finding]:
        """Of a document that was not read in full, what is called gone (or new) may only not have been read."""
        for plan, aspek in ((self.ke, "hilang"), (self.dari, "baru")):
            count = sum(change.aspek == aspek for change in self.differences.changes)
            if count and not plan.complete:
                pesan = (
                    f"Dokumen {plan.dokumen_id} tidak terbaca seluruhnya, sehingga {count} perubahan “{aspek}” antara "
                    f"dokumen {self.dari.dokumen_id} dan {self.ke.dokumen_id} mungkin hanya tidak terbaca."
                )
                yield Finding(PARTIAL, "pembacaan", "peringatan", pesan, DATASET, nilai=str(count))

    def _untold(self, untold: Untold) -> Finding:
        there = untold.ke
        dataset = "program_kegiatan" if isinstance(untold.dari or there, Node) else "indikator"
        pesan = (
            f"{_subject(untold)} tidak dapat dibandingkan dengan dokumen {self.dari.dokumen_id}: {_WHY[untold.reason]}."
        )
        return Finding(
            UNTOLD, "pembacaan", "info", pesan, dataset, there.baris_id if there else None,
            untold.aspek if untold.aspek in ("pagu", "target") else None,
            halaman=there.halaman if there else None, tabel_id=there.tabel_id if there else None,
            bukti=there.bukti if there else (),
        )  # fmt: skip


def _id(row: Node | Indicator | None) -> str | None:
    """A node's `node_id`, an indicator's `baris_id`."""
    if row is None:
        return None
    return row.node_id if isinstance(row, Node) else row.baris_id


def _exact(value: Decimal | None) -> Decimal | None:
    return None if value is None else round(value, 4)


def _subject(entry: Change | Untold) -> str:
    row = entry.dari or entry.ke
    kind = LEVEL_NAMES.get(entry.level, entry.level) if isinstance(row, Node) else "indikator"
    return f"{kind[:1].upper()}{kind[1:]} {quote(entry.nama)}"
