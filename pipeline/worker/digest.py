"""A result in numbers: what the terminal, the run's artifacts and the list of documents say about it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, cast

from pipeline.worker.model import Outcome, Status
from schemas.evidence import UNKNOWN_LAYOUT
from schemas.fields import Theme
from schemas.registry import themed

if TYPE_CHECKING:
    from pipeline.release.result import DocumentResult


def digest(result: DocumentResult, seconds: float) -> Outcome:
    """The outcome of a document that has a result; `seconds` is how long reading it took."""
    counts = result.counts
    pages = result.tables["halaman"].select(["jenis", "salinan_dari", "kata"]).to_pylist()
    layouts = Counter(result.tables["tabel"].column("tata_letak").to_pylist())
    return Outcome(
        status=cast(Status, result.status),
        pages=len(pages),
        copies=sum(page["salinan_dari"] is not None for page in pages),
        records={entry.name: counts[entry.name] for entry in themed(Theme.DOMAIN) if counts[entry.name]},
        findings=dict(sorted(Counter(result.tables["temuan"].column("tingkat").to_pylist()).items())),
        quarantine=counts["karantina"],
        unknown_tables=layouts[UNKNOWN_LAYOUT],
        unread_pages=sum(_is_unread(page) for page in pages),
        seconds=round(seconds, 3),
    )


def _is_unread(page: dict[str, Any]) -> bool:
    """A picture of a page that gave no word, and repeats no other."""
    return page["jenis"] == "pindai" and not page["kata"] and page["salinan_dari"] is None
