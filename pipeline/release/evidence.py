"""From a row back to its page: the record, its document, and the cells with their boxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from pipeline.release.errors import ReleaseError
from pipeline.release.query import fetch, open_catalog
from schemas.fields import Dataset, Theme
from schemas.registry import DATASETS

_CELLS = """
    SELECT sel_id, halaman, x0, y0, x1, y1, teks, jenis, tabel_id FROM sel
    WHERE dokumen_id = $dokumen AND list_contains($keys, sel_id)
    ORDER BY list_position($keys, sel_id)
"""
_CELLS_OF_TABLE = """
    SELECT sel_id, halaman, x0, y0, x1, y1, teks, jenis, tabel_id FROM sel
    WHERE dokumen_id = $dokumen AND tabel_id = $tabel ORDER BY halaman, baris, kolom, sel_id
"""
# The columns of `perbandingan` that name the two documents of a row.
_COMPARED = ("dari_dokumen_id", "ke_dokumen_id")


class UnknownRowError(ReleaseError):
    """No row of the release has this key."""


@dataclass(frozen=True, slots=True)
class EvidenceCell:
    """A cell or block of text: its 1-based page and its box in points, from the top left of the upright page."""

    sel_id: str
    halaman: int
    x0: float
    y0: float
    x1: float
    y1: float
    teks: str | None
    jenis: str
    tabel_id: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row, the `dokumen` row of its PDF, and the cells that its values came from, in reading order.

    `elsewhere`: the same for the other document of a row that compares two.
    """

    dataset: str
    record: Mapping[str, Any]
    document: Mapping[str, Any]
    cells: Sequence[EvidenceCell]
    elsewhere: Sequence[Evidence] = ()

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that the cells stand on, ascending; the row's own page where it has no cell in any document."""
        pages = sorted({cell.halaman for cell in self.cells})
        if not pages and not self.elsewhere and self.record["halaman"] is not None:
            pages = [self.record["halaman"]]
        return tuple(pages)


def evidence(release: Path, key: str) -> Evidence:
    """The evidence of a row of the release in that folder.

    `key` is a `baris_id`, or a `temuan_id`, `node_id`, `sel_id` or `tabel_id`. A row with evidence of its own shows
    that; a cell shows itself and a table its cells. Raises UnknownRowError.
    """
    with open_catalog(release) as connection:
        for column, dataset in _places():
            found = _rows(connection, dataset, column, key)
            if found:
                return _evidence(connection, dataset, found[0])
    raise UnknownRowError(
        f"Tidak ada baris dengan kunci {key} di rilis ini. Salin `baris_id` dari tabel atau dari `rkt temuan`.",
        f"No row of this release has the key {key}. Copy a `baris_id` from a table or from `rkt temuan`.",
    )


def _places() -> list[tuple[str, Dataset]]:
    """Where a key may stand, the likeliest first; a finding's `baris_id` names another row and comes last."""
    own = [(entry.key, entry) for entry in DATASETS.values()]
    other = [
        (field.name, entry)
        for entry in DATASETS.values()
        for field in entry.fields
        if field.unique and field.name != entry.key
    ]
    doubts = [("baris_id", entry) for entry in DATASETS.values() if entry.theme is Theme.DOUBT]
    return [*own, *other, *doubts]


def _rows(connection: duckdb.DuckDBPyConnection, dataset: Dataset, column: str, key: str) -> list[dict[str, Any]]:
    sql = f'SELECT * FROM "{dataset.name}" WHERE "{column}" = $key LIMIT 1'  # noqa: S608 (names of the registry)
    return list(fetch(connection, sql, {"key": key}).records())


def _evidence(connection: duckdb.DuckDBPyConnection, dataset: Dataset, record: dict[str, Any]) -> Evidence:
    own = record["dokumen_id"]
    compared = [record[name] for name in _COMPARED if dataset.has(name)]
    elsewhere = [_within(connection, dataset, record, dokumen) for dokumen in compared if dokumen != own]
    return replace(_within(connection, dataset, record, own), elsewhere=[one for one in elsewhere if one.cells])


def _within(connection: duckdb.DuckDBPyConnection, dataset: Dataset, record: dict[str, Any], dokumen: str) -> Evidence:
    """The part of a row's evidence that stands in one document."""
    documents = fetch(connection, "SELECT * FROM dokumen WHERE dokumen_id = $dokumen", {"dokumen": dokumen})
    keys = record["bukti"] or ([record["sel_id"]] if dataset.has("sel_id") else [])
    if not keys and dataset.name == "tabel":
        found = fetch(connection, _CELLS_OF_TABLE, {"dokumen": dokumen, "tabel": record["tabel_id"]})
    else:
        found = fetch(connection, _CELLS, {"dokumen": dokumen, "keys": keys})
    cells = [EvidenceCell(*row) for row in found.rows]
    return Evidence(dataset.name, record, next(documents.records()), cells)
