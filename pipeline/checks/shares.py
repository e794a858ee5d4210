"""Budgets that the sources of a row bear out, and the sources that the budget does."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from schemas.ledger import Ledger, Record


def borne_out_by_sources(ledger: Ledger) -> frozenset[tuple[str, str]]:
    """Key of the row and column of each printed total that its sources add up to, and of these sources."""
    shares: dict[str, list[Record]] = defaultdict(list)
    for record in ledger.rows("pendanaan"):
        shares[record.values["node_id"]].append(record)
    proven: set[tuple[str, str]] = set()
    for node in ledger.rows("program_kegiatan"):
        records, printed = shares.get(node.baris_id, []), node.get("pagu")
        amounts = [record.get("jumlah") for record in records]
        if (
            printed
            and node.get("pagu_teks")
            and amounts
            and None not in amounts
            and sum(amounts, Decimal(0)) == printed
        ):
            proven |= {(node.baris_id, "pagu"), *((record.baris_id, "jumlah") for record in records)}
    return frozenset(proven)
