"""The rows of a report, out of a release's catalog."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from pipeline.release.errors import ReleaseError
from pipeline.release.query import fetch, open_catalog
from pipeline.reports.model import Listing, Node, Pair, PlanDocument, Program, Row

_FIND = """
    SELECT dokumen_id, berkas FROM dokumen
    WHERE CASE
        WHEN $sha256 IS NOT NULL THEN sha256 = $sha256
        ELSE dokumen_id = $name OR berkas = $name OR ends_with(berkas, '/' || $name)
    END
    ORDER BY dokumen_id <> $name, berkas <> $name, berkas
"""
_PROGRAMS = """
    SELECT program, pagu, pagu_tercetak, baris, halaman FROM v_pagu_program
    WHERE dokumen_id = $id ORDER BY halaman NULLS LAST, program
"""
_ROWS = {
    "nodes": "SELECT * EXCLUDE (bukti) FROM program_kegiatan WHERE dokumen_id = $id ORDER BY halaman, baris_id",
    "indicators": "SELECT * EXCLUDE (bukti) FROM indikator WHERE dokumen_id = $id ORDER BY halaman, baris_id",
    "tables": "SELECT tabel_id, judul, halaman, halaman_akhir FROM tabel WHERE dokumen_id = $id",
    "counted": "SELECT node_id, pagu FROM v_pagu WHERE dokumen_id = $id",
    "findings": """
        SELECT tingkat, jenis, kode, halaman, dataset, kolom, pesan, nilai, pembanding, tabel_id, baris_id, temuan_id
        FROM temuan
        WHERE dokumen_id = $id
        ORDER BY CASE tingkat WHEN 'galat' THEN 0 WHEN 'peringatan' THEN 1 ELSE 2 END, kode, halaman NULLS FIRST,
            temuan_id
    """,
}
_BEFORE = """
    SELECT dari.dokumen_id FROM dokumen dari SEMI JOIN perbandingan p
        ON p.dari_dokumen_id = dari.dokumen_id AND p.ke_dokumen_id = $id
    ORDER BY dari.tahun < (SELECT tahun FROM dokumen WHERE dokumen_id = $id) DESC NULLS LAST,
        dari.tahun DESC NULLS LAST, dari.dokumen_id
    LIMIT 1
"""
_CHANGES = """
    SELECT * EXCLUDE (bukti) FROM perbandingan
    WHERE dari_dokumen_id = $before AND ke_dokumen_id = $after ORDER BY baris_id
"""


def find_document(release: Path, name: str, sha256: str | None = None) -> str | None:
    """The `dokumen_id` of a document; null where the release has none.

    With the `sha256` of a file its content alone decides. Without it, `name` is the key or the file as it was read, or
    the end of its path; raises ReleaseError with all choices where that means several documents.
    """
    with open_catalog(release) as connection:
        found = fetch(connection, _FIND, {"name": name, "sha256": sha256}).rows
    if not found:
        return None
    if len(found) > 1 and name not in found[0]:
        choices = ", ".join(f"{key} ({berkas})" for key, berkas in found)
        raise ReleaseError(
            f"{name}: beberapa dokumen bernama demikian. Sebutkan salah satu kuncinya: {choices}",
            f"{name}: several documents have this name. Give the key of one: {choices}",
        )
    return str(found[0][0])


def read_document(release: Path, dokumen_id: str) -> PlanDocument:
    """Everything that a report says about a document of the release in that folder. Raises ReleaseError."""
    with open_catalog(release) as connection:
        facts = _records(connection, "SELECT * EXCLUDE (bukti) FROM dokumen WHERE dokumen_id = $id", id=dokumen_id)
        if not facts:
            raise ReleaseError(f"{dokumen_id}: tidak ada di rilis ini.", f"{dokumen_id}: not in this release.")
        rows = {name: _records(connection, sql, id=dokumen_id) for name, sql in _ROWS.items()}
        programs = fetch(connection, _PROGRAMS, {"id": dokumen_id}).rows
    listings = _listings(rows)
    placed = {row["baris_id"] for listing in listings for node in listing.nodes for row in node.indicators}
    return PlanDocument(
        facts[0],
        tuple(Program(name or "", *rest) for name, *rest in programs),
        listings,
        tuple(rows["indicators"]),
        tuple(row for row in rows["indicators"] if row["baris_id"] not in placed),
        tuple(rows["findings"]),
    )


def earlier_pair(release: Path, after: PlanDocument) -> Pair | None:
    """The comparison with the document of the latest earlier year, or else of the same year, that `perbandingan` has.

    Null where it has no row: two documents without a difference have none, either.
    """
    key = after.facts["dokumen_id"]
    with open_catalog(release) as connection:
        found = fetch(connection, _BEFORE, {"id": key}).rows
        if not found:
            return None
        changes = _records(connection, _CHANGES, before=found[0][0], after=key)
    return Pair(read_document(release, found[0][0]), after, changes)


def _records(connection: duckdb.DuckDBPyConnection, sql: str, **parameters: str) -> list[dict[str, Any]]:
    return list(fetch(connection, sql, parameters).records())


def _listings(rows: dict[str, list[dict[str, Any]]]) -> tuple[Listing, ...]:
    """The nodes by table; the table that carries most pagu first, since it is what an auditor looks for."""
    tables = {row["tabel_id"]: row for row in rows["tables"]}
    counted = {row["node_id"]: row["pagu"] for row in rows["counted"]}
    hanging: dict[str, list[Row]] = defaultdict(list)
    for row in rows["indicators"]:
        hanging[row["node_id"]].append(row)
    by_table: dict[str | None, list[Row]] = defaultdict(list)
    for row in rows["nodes"]:
        by_table[row["tabel_id"]].append(row)
    listings = [Listing(tables.get(key), _tree(nodes, counted, hanging)) for key, nodes in by_table.items()]
    return tuple(sorted(listings, key=lambda listing: -sum(node.counted is not None for node in listing.nodes)))


def _tree(nodes: Sequence[Row], counted: dict[str, Decimal], hanging: dict[str, list[Row]]) -> tuple[Node, ...]:
    """The nodes of a table with their depth. They stand in printed order, so a parent comes before its children."""
    depth: dict[str, int] = {}
    tree = []
    for row in nodes:
        key, parent = row["node_id"], row["induk_id"]
        depth[key] = depth[parent] + 1 if parent in depth else 0
        tree.append(Node(row, depth[key], counted.get(key), tuple(hanging[key])))
    return tuple(tree)
