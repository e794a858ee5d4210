"""Targets split over quarters or months against the target of the year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks.book import Book
from pipeline.checks.registry import Doubt, check
from pipeline.checks.wording import figure, quote, rupiah
from schemas.ledger import Record

_ROUNDING = 0.01


def _by_indicator(book: Book) -> Iterator[tuple[Record, list[Record]]]:
    parts: dict[str, list[Record]] = defaultdict(list)
    for record in book.rows("target_periode"):
        if record.values["periode"].isdigit():
            continue  # a year splits nothing
        parts[record.values["indikator_id"]].append(record)
    for indicator in book.rows("indikator"):
        if indicator.baris_id in parts:
            yield indicator, parts[indicator.baris_id]


@check(
    "TARGET_PERIODE_TIDAK_COCOK",
    "info",
    "isi",
    judul="Target per periode tidak mencapai target setahun",
    datasets=["target_periode", "indikator"],
    example="3 + 3 + 3 + 2 Dokumen, 12 for the year.",
)
def targets_of_periods(book: Book) -> Iterator[Doubt]:
    """The targets of the periods with the year's: they add up to it, or the last or largest reaches it."""
    for indicator, parts in _by_indicator(book):
        year, targets = indicator.get("target"), [part.get("target") for part in parts]
        if year is None or None in targets or len(targets) < 2:
            continue
        reached = (sum(targets), max(targets), targets[-1], sum(targets) / len(targets))
        if all(abs(value - year) > _ROUNDING for value in reached):
            yield Doubt(
                f"Target setahun {quote(indicator.values['indikator'])} adalah {figure(year)}, tetapi target per "
                f"periode berjumlah {figure(sum(targets))} dan paling tinggi {figure(max(targets))}.",
                record=indicator,
                kolom="target",
                nilai=indicator.get("target_teks"),
                pembanding=figure(sum(targets)),
                others=tuple(parts),
            )


@check(
    "ANGGARAN_PERIODE_TIDAK_COCOK",
    "galat",
    "isi",
    judul="Anggaran per periode tidak sama dengan pagu",
    datasets=["target_periode", "program_kegiatan"],
    example="Four quarters add up to Rp90.000.000, the pagu is Rp100.000.000.",
)
def money_of_periods(book: Book) -> Iterator[Doubt]:
    """The money of the periods with the amount of the row that they split."""
    by_id = {node.record.get("node_id"): node for node in book.nodes}
    for indicator, parts in _by_indicator(book):
        node = by_id.get(indicator.get("node_id"))
        printed = node.money("pagu") if node else None
        amounts = [part.get("anggaran") for part in parts]
        if node is None or printed is None or None in amounts or len(amounts) < 2:
            continue
        total = sum((Decimal(amount) for amount in amounts), Decimal(0))
        if total != printed:
            yield Doubt(
                f"Anggaran per periode untuk {quote(node.label)} berjumlah {rupiah(total)}, tetapi pagunya "
                f"{rupiah(printed)}.",
                record=node.record,
                kolom="pagu",
                nilai=str(printed),
                pembanding=str(total),
                others=tuple(parts),
            )
