"""Fills the official columns of a release's rows, and adds what differs to its findings. Stored results hold neither.

What is imported later counts for documents that were read before, without reading them again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from pipeline.reference.editions import Edition, Editions
from pipeline.reference.nomenclature import Nomenclature
from pipeline.release.nomenclature.findings import findings_of
from pipeline.release.nomenclature.listing import listing_of
from pipeline.release.nomenclature.matching import Matched, match_listing
from pipeline.release.nomenclature.seen import seen_in
from pipeline.release.result import ResultSource
from schemas.ledger import Finding

_COLUMNS = {"kode_resmi": "kode", "nama_resmi": "nama", "kemiripan": "kemiripan"}
_DATASET = "program_kegiatan"


class Official:
    """What the rows of a release are matched against: imported editions, or what its documents agree on."""

    def __init__(self, editions: Sequence[Edition], sources: Iterable[ResultSource]) -> None:
        """`sources` are the documents that speak for themselves: one that was delivered again is no second witness."""
        self._editions = Editions(editions)
        self._seen = None if editions else seen_in(listing_of(s.dokumen_id, s.table) for s in _with_rows(sources))

    def rows(self, source: ResultSource) -> pa.Table:
        """The rows of a document with their official columns."""
        table, matched = source.table(_DATASET), self._match(source)
        return table if matched is None else _with_columns(table, matched)

    def findings(self, source: ResultSource) -> list[Finding]:
        """What differs in a document from the nomenclature."""
        matched = self._match(source)
        return findings_of(matched) if matched else []

    def used(self) -> list[dict[str, Any]]:
        """What the release was matched against, for its manifest: year, entries and hash of each edition."""
        if self._seen is not None:
            return [{"sumber": "dokumen", "entri": len(self._seen.entries)}] if self._seen.entries else []
        return [
            {"sumber": "impor", "edisi": one.tahun, "entri": len(one.entries), "sha256": one.sha256}
            for one in self._editions.editions
        ]

    def _match(self, source: ResultSource) -> Matched | None:
        nomenclature = self._for(source)
        if nomenclature is None or not nomenclature.entries or not source.counts[_DATASET]:
            return None
        return match_listing(listing_of(source.dokumen_id, source.table), nomenclature)

    def _for(self, source: ResultSource) -> Nomenclature | None:
        return self._editions.for_year(source.tahun) if self._seen is None else self._seen


def _with_columns(table: pa.Table, matched: Matched) -> pa.Table:
    for name, attribute in _COLUMNS.items():
        place = table.schema.get_field_index(name)
        field = table.schema.field(place)
        values = [getattr(match, attribute) if match else None for match in matched.matches]
        table = table.set_column(place, field, pa.array(values, field.type))
    return table


def describe(used: Sequence[Mapping[str, Any]]) -> str:
    """Where the official columns of a release come from, in Indonesian and English, for its data package."""
    if not used:
        return ""
    if used[0]["sumber"] == "dokumen":
        return (
            "Kolom resmi berasal dari kode dan nama yang dipakai bersama oleh perangkat daerah lain dalam data ini, "
            "karena belum ada nomenklatur yang diimpor. The official columns come from codes and names that other "
            "offices in this data share, for no nomenclature was imported."
        )
    years = ", ".join(str(one["edisi"] or "tanpa tahun") for one in used)
    return (
        f"Kolom resmi berasal dari nomenklatur yang diimpor, edisi {years}. "
        f"The official columns come from the imported nomenclature, edition {years}."
    )


def _with_rows(sources: Iterable[ResultSource]) -> Iterator[ResultSource]:
    return (source for source in sources if source.counts[_DATASET])
