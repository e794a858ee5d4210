"""Fills the official columns of a release's rows, and adds what differs to its findings. Stored results hold neither.

What is imported later counts for documents that were read before, without reading them again.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from pipeline.reference.editions import Edition, Editions
from pipeline.reference.nomenclature import Nomenclature
from pipeline.release.nomenclature.findings import findings_of
from pipeline.release.nomenclature.listing import Heading, Listing, heading_of, listing_of
from pipeline.release.nomenclature.matching import match_listing
from pipeline.release.nomenclature.seen import seen_in
from pipeline.release.result import ResultSource
from schemas.ledger import Finding

_COLUMNS = ("kode_resmi", "nama_resmi", "kemiripan")
_DATASET = "program_kegiatan"
_MOST_FINDINGS = (
    50_000  # that are kept at once, some 50 MB; those of further documents are made when they are asked for
)
_Columns = tuple[str | None, str | None, float | None]
_NOTHING: _Columns = (None, None, None)


class Official:
    """What the rows of a release are matched against: imported editions, or what its documents agree on.

    A release asks for the rows of a document several times, far apart. So that they are matched once, a number is kept
    for each row, which leads to its official columns: most rows share theirs with many others.
    """

    def __init__(self, editions: Sequence[Edition], sources: Iterable[ResultSource]) -> None:
        """`sources` are the documents that speak for themselves: one that was delivered again is no second witness."""
        self._headings: dict[str, Heading] = {}
        self._numbers: dict[str, array[int]] = {}
        self._number_of: dict[_Columns, int] = {}
        self._columns: list[_Columns] = []  # by number
        self._findings: dict[str, Sequence[Finding]] = {}
        self._room = _MOST_FINDINGS
        self._editions = Editions(editions)
        listings = (self._listing(source, source.table(_DATASET)) for source in sources if source.counts[_DATASET])
        self._seen = None if editions else seen_in(listings)

    def rows(self, source: ResultSource) -> pa.Table:
        """The rows of a document with their official columns."""
        table = source.table(_DATASET)
        if self._for(source) is None:
            return table
        if source.dokumen_id not in self._numbers:
            self._match(source, table)
        return _with_columns(table, [self._columns[number] for number in self._numbers[source.dokumen_id]])

    def findings(self, source: ResultSource) -> Sequence[Finding]:
        """What differs in a document from the nomenclature."""
        if self._for(source) is None:
            return ()
        if source.dokumen_id in self._findings:
            return self._findings[source.dokumen_id]
        return self._match(source, source.table(_DATASET))

    def used(self) -> list[dict[str, Any]]:
        """What the release was matched against, for its manifest: year, entries and hash of each edition."""
        if self._seen is not None:
            return [{"sumber": "dokumen", "entri": len(self._seen.entries)}] if self._seen.entries else []
        return [
            {"sumber": "impor", "edisi": one.tahun, "entri": len(one.entries), "sha256": one.sha256}
            for one in self._editions.editions
        ]

    def _match(self, source: ResultSource, table: pa.Table) -> Sequence[Finding]:
        """Match the rows of a document, and keep what they come to; returns the findings."""
        nomenclature = self._for(source)
        if nomenclature is None:
            raise ValueError(f"no nomenclature is there for document {source.dokumen_id}")
        matched = match_listing(self._listing(source, table), nomenclature)
        columns = ((one.kode, one.nama, one.kemiripan) if one else _NOTHING for one in matched.matches)
        self._numbers[source.dokumen_id] = array("I", map(self._number, columns))
        found = findings_of(matched)
        if len(found) <= self._room:
            self._room -= len(found)
            self._findings[source.dokumen_id] = found
        return found

    def _number(self, columns: _Columns) -> int:
        number = self._number_of.setdefault(columns, len(self._columns))
        if number == len(self._columns):
            self._columns.append(columns)
        return number

    def _listing(self, source: ResultSource, table: pa.Table) -> Listing:
        key = source.dokumen_id
        if key not in self._headings:
            self._headings[key] = heading_of(key, source.table)
        return listing_of(key, self._headings[key], table)

    def _for(self, source: ResultSource) -> Nomenclature | None:
        """The nomenclature for a document; None where there is none, or the document has no rows."""
        nomenclature = self._editions.for_year(source.tahun) if self._seen is None else self._seen
        return nomenclature if nomenclature is not None and nomenclature.entries and source.counts[_DATASET] else None


def _with_columns(table: pa.Table, rows: Sequence[_Columns]) -> pa.Table:
    for index, name in enumerate(_COLUMNS):
        place = table.schema.get_field_index(name)
        field = table.schema.field(place)
        table = table.set_column(place, field, pa.array([row[index] for row in rows], field.type))
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
