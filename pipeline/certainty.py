"""How sure each published figure is, and each node's level: the `…_keyakinan` columns of the contract.

Computed once, at the end of reading, from what every stage before it doubted and from the printed sums that hold:
no stage has thresholds of its own for it.
"""

from __future__ import annotations

from collections import defaultdict

from pipeline.checks.context import DocumentContext
from pipeline.checks.corroboration import corroborate
from pipeline.checks.shares import borne_out_by_sources
from schemas.common import CERTAINTY
from schemas.ledger import Ledger, Record
from schemas.registry import DATASETS

PRINTED = "_teks"
# A doubt about these is one about where a node stands, and the other way round.
STANDING = frozenset({"level", "induk_id", "program", "kegiatan"})
# A doubt about any end of a range is one about the target.
TARGETS = frozenset({"target", "target_min", "target_maks", "target_kategori"})


def settle_certainty(ledger: Ledger, context: DocumentContext) -> None:
    """Fill the certainty columns of all records.

    `diragukan` where the stage that wrote the record says so, or a finding of jenis `pembacaan` above `info` names the
    figure or its whole row; `terbukti` where a printed sum agrees with it to the rupiah; else `terbaca`. Null where
    there is no figure and no doubt.
    """
    doubted = _doubted(ledger)
    proven = corroborate(ledger, context).borne_out | borne_out_by_sources(ledger)
    for name, entry in DATASETS.items():
        columns = [column for column in entry.columns if column.endswith(CERTAINTY)]
        for record in ledger.rows(name) if columns else ():
            for column in columns:
                figure = column.removesuffix(CERTAINTY)
                record.values[column] = _certainty(record, figure, doubted[record.baris_id], proven)


def _certainty(record: Record, figure: str, doubted: set[str | None], proven: frozenset[tuple[str, str]]) -> str | None:
    if record.get(figure + CERTAINTY) == "diragukan" or None in doubted or doubted & _names(figure):
        return "diragukan"
    if record.get(figure) is None and (figure != "target" or not any(record.get(name) is not None for name in TARGETS)):
        return None
    return "terbukti" if (record.baris_id, figure) in proven else "terbaca"


def _names(figure: str) -> frozenset[str]:
    """The columns that a finding may name when it doubts a figure."""
    own = STANDING if figure == "level" else TARGETS if figure == "target" else frozenset({figure})
    return own | {figure + PRINTED}


def _doubted(ledger: Ledger) -> dict[str, set[str | None]]:
    """By key of the row: the columns that are doubted, None for the whole row."""
    doubted: dict[str, set[str | None]] = defaultdict(set)
    for finding in ledger.findings:
        if finding.jenis == "pembacaan" and finding.tingkat != "info" and finding.baris_id is not None:
            doubted[finding.baris_id].add(finding.kolom)
    return doubted
