"""Two plans as they are compared, and what comes out: changes, and what could not be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Aspect = Literal["baru", "hilang", "nama", "induk", "pagu", "target", "satuan"]

STRATEGIC = frozenset({"misi", "tujuan", "sasaran"})
LEVELS = ("urusan", "bidang", "program", "kegiatan", "sub_kegiatan")


@dataclass(frozen=True, slots=True)
class Node:
    """One row of `program_kegiatan`. `quarantined`: the row is in `karantina`, so that none of its values counts."""

    baris_id: str
    node_id: str
    induk_id: str | None
    level: str
    kode: str | None
    nama: str | None
    pagu: Decimal | None
    program: str | None
    kegiatan: str | None
    kode_resmi: str | None
    nama_resmi: str | None
    halaman: int | None
    tabel_id: str | None
    bukti: tuple[str, ...]
    quarantined: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of `indikator`; `sasaran` and `tujuan` tell indicators above the program apart."""

    baris_id: str
    node_id: str | None
    level: str
    tujuan: str | None
    sasaran: str | None
    jenis: str | None
    indikator: str
    satuan: str | None
    target_teks: str | None
    target: float | None
    target_min: float | None
    target_maks: float | None
    target_kategori: str | None
    halaman: int | None
    tabel_id: str | None
    bukti: tuple[str, ...]
    quarantined: bool = False

    @property
    def is_money(self) -> bool:
        """Whether it is the Dana of its node, whose exact amount is the node's pagu (contract, `indikator`)."""
        return self.jenis == "masukan" and self.satuan == "Rupiah"


@dataclass(frozen=True)
class Plan:
    """The rows of one document in their order.

    `doubted`: columns of a row (by `baris_id`) whose reading is in doubt; "" where the whole row is. `complete`: every
    page was read, so that what is not in the rows is not in the document.
    """

    dokumen_id: str
    tahun: int | None
    complete: bool
    nodes: Sequence[Node]
    indicators: Sequence[Indicator]
    doubted: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def doubts(self, baris_id: str, *columns: str) -> bool:
        """Whether the reading of one of the columns of a row, or of all of it, is in doubt."""
        found = self.doubted.get(baris_id, frozenset())
        return "" in found or not found.isdisjoint(columns)


@dataclass(frozen=True, slots=True)
class Change:
    """One row of `perbandingan`. `doubted`: the reading of one of the two values is in doubt (there is a finding)."""

    aspek: Aspect
    level: str
    nama: str | None
    dari: Node | Indicator | None
    ke: Node | Indicator | None
    nilai_dari: str | None = None
    nilai_ke: str | None = None
    selisih: Decimal | None = None
    persen: float | None = None
    kemiripan: float | None = None
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class Untold:
    """What may have changed and cannot be told.

    `reason`: a value or row of one document could not be read (`bacaan`), or the other document has a row of this name
    at another level (`tingkat`), so that it may be the same.
    """

    aspek: Aspect
    level: str
    nama: str | None
    dari: Node | Indicator | None
    ke: Node | Indicator | None
    reason: Literal["bacaan", "tingkat"] = "bacaan"


@dataclass(frozen=True, slots=True)
class Scope:
    """What was compared: pairs of nodes and of indicators, and what only one of the documents lists or gives.

    `only_from` and `only_to` name levels of nodes (`sub_kegiatan`), kinds of indicators (`sub_kegiatan: hasil`) and
    columns (`program: pagu`) that the other document does not have at all. Nothing is called new or gone for these.
    """

    nodes: int
    indicators: int
    only_from: tuple[str, ...]
    only_to: tuple[str, ...]


@dataclass(frozen=True)
class Differences:
    """All that differs between two plans, in the order of the earlier document, what is new at its place after it."""

    changes: Sequence[Change]
    untold: Sequence[Untold]
    scope: Scope
