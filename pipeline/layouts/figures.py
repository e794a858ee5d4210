"""Targets and amounts out of cell texts, with the column's other values as evidence and a finding for each doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pipeline.layouts.scale import OPEN
from pipeline.reference.units import find_unit
from pipeline.values import ColumnContext, Money, Target, read_money, read_target
from schemas.ledger import Ledger, Record

MESSAGES = {
    "AMBIGU": "Angka «{text}» dapat dibaca lebih dari satu cara, sehingga dikosongkan.",
    "GABUNGAN": "Target «{text}» memuat beberapa angka sekaligus, sehingga angkanya dikosongkan.",
    "BERTUMPUK": "Target «{text}» memuat beberapa nilai bertumpuk yang tidak dapat dipasangkan.",
    "SALAH_OCR": "Angka «{text}» memuat huruf yang mirip angka; periksa pada halamannya.",
    "SALAH_RUMUS": "Isian «{text}» adalah pesan galat rumus, bukan angka.",
    "NEGATIF": "Angka «{text}» bernilai negatif.",
    "SKALA": "Angka «{text}» dapat berarti rupiah penuh, ribuan, atau jutaan rupiah, sehingga dikosongkan.",
    "PECAHAN": "Angka «{text}» berupa pecahan, padahal satuannya menghitung benda utuh.",
}
CODES = {
    "AMBIGU": "ANGKA_AMBIGU",
    "GABUNGAN": "TARGET_GABUNGAN",
    "BERTUMPUK": "TARGET_BERTUMPUK",
    "SALAH_OCR": "SALAH_OCR",
    "SALAH_RUMUS": "SALAH_RUMUS",
    "NEGATIF": "ANGKA_NEGATIF",
    "SKALA": "SKALA_DIRAGUKAN",
    "PECAHAN": "ANGKA_PECAHAN",
}
CONTENT_DOUBTS = ("NEGATIF", "PECAHAN", "SALAH_RUMUS")


def unit_key(satuan: str | None) -> str:
    """How texts with the same unit are recognised: by the unit's usual name, else by its wording."""
    if not satuan:
        return ""
    unit = find_unit(satuan)
    return (unit.name if unit else satuan).casefold()


@dataclass(slots=True)
class Evidence:
    """The texts of each value column by unit: what decides `1.250` and `2.693`."""

    texts: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    _contexts: dict[tuple[str, str], ColumnContext] = field(default_factory=dict)

    def add(self, column: str, satuan: str | None, text: str) -> None:
        self.texts[column, unit_key(satuan)].append(text)

    def context(self, column: str, satuan: str | None) -> ColumnContext:
        key = (column, unit_key(satuan))
        if key not in self._contexts:
            self._contexts[key] = ColumnContext.of(self.texts[key])
        return self._contexts[key]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt that is to be written once the record exists."""

    column: str
    code: str
    text: str
    rule: str


def target_values(
    text: str | None, satuan: str | None, context: ColumnContext, column: str = "target"
) -> tuple[Target, list[Doubt]]:
    """A target text as its columns, and the doubts about it. `text` None is an empty cell."""
    if text is None:
        return Target(satuan=satuan), []
    target = read_target(text, satuan, context)
    doubts = [Doubt(column, target.doubt, text, target.rule)] if target.doubt else []
    return target, doubts


def money_values(
    text: str | None, scale: int, context: ColumnContext, column: str = "pagu"
) -> tuple[Decimal | None, list[Doubt]]:
    """An amount in rupiah, and the doubts about it."""
    if text is None:
        return None, []
    if scale == OPEN:
        return None, [Doubt(column, "SKALA", text, "two scales are left")] if any(c.isdigit() for c in text) else []
    money: Money = read_money(text, scale, context)
    doubts = [Doubt(column, "AMBIGU", text, money.rule)] if money.ambiguous else []
    return money.amount, doubts


def money_context(texts: Iterable[str]) -> ColumnContext:
    """What the amounts of one column tell about each other's notation."""
    return ColumnContext.of(texts)


def write_doubts(ledger: Ledger, record: Record, doubts: Sequence[Doubt]) -> None:
    """Write a finding about a record for each doubt that came up while its figures were read."""
    for doubt in doubts:
        kind: Any = "isi" if doubt.code in CONTENT_DOUBTS else "pembacaan"
        level: Any = "info" if doubt.code == "PECAHAN" else "peringatan"
        message = MESSAGES[doubt.code].format(text=doubt.text)
        ledger.doubt_record(record, doubt.column, CODES[doubt.code], kind, level, message, nilai=doubt.text)
