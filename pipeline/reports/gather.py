"""The rows of a report, out of a release's catalog."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from pipeline.release.comparing.reading import compare_documents, compared_with
from pipeline.release.comparing.rows import Told
from pipeline.release.errors import ReleaseError
from pipeline.release.query import fetch, open_catalog
from pipeline.release.views import key_of
from pipeline.reports.doubts import COLUMNS, Doubts, distinct
from pipeline.reports.model import LEVELS, Listing, Node, Pair, PlanDocument, Program, Row, Uncertain
from pipeline.reports.unread import unread_amounts, with_unread

_FIND = """
    SELECT dokumen_id, berkas FROM dokumen
    WHERE CASE
        WHEN $sha256 IS NOT NULL THEN sha256 = $sha256
        ELSE dokumen_id = $name OR berkas = $name OR ends_with(berkas, '/' || $name)
    END
    ORDER BY dokumen_id <> $name, berkas <> $name, berkas
"""
_FACTS = "SELECT * EXCLUDE (bukti) FROM dokumen WHERE list_contains($keys, dokumen_id)"
_PROGRAMS = f"""
    SELECT dokumen_id, {key_of("program")} AS kunci, program, pagu, pagu_tercetak, baris, halaman FROM v_pagu_program
    WHERE list_contains($keys, dokumen_id) ORDER BY halaman NULLS LAST, program
"""  # noqa: S608 (no value of a user or a document is in it)
_FINDINGS = """
    SELECT tingkat, jenis, kode, halaman, dataset, kolom, pesan, nilai, pembanding, tabel_id, baris_id, temuan_id,
        dokumen_id
    FROM temuan
    WHERE list_contains($keys, dokumen_id)
        AND ($whole OR (jenis = 'pembacaan' AND tingkat <> 'info' AND baris_id IS NOT NULL
            AND (kolom IS NULL OR list_contains($figures, kolom))))
    ORDER BY CASE tingkat WHEN 'galat' THEN 0 WHEN 'peringatan' THEN 1 ELSE 2 END, kode, halaman NULLS FIRST,
        temuan_id
"""
_LEVELS = """
    SELECT dokumen_id, tingkat, count(*) AS jumlah FROM temuan WHERE list_contains($keys, dokumen_id) GROUP BY ALL
"""
# The Dana of a node is its pagu (contract, `indikator`): whatever is doubted in one is doubted in the other.
_DOUBTS = """
    WITH bacaan AS (
        SELECT dokumen_id, baris_id, coalesce(kolom, '') AS kolom, kode FROM temuan
        WHERE jenis = 'pembacaan' AND tingkat <> 'info' AND baris_id IS NOT NULL AND list_contains($keys, dokumen_id)
            AND (kolom IS NULL OR list_contains($figures, kolom))
    ),
    dana AS (
        SELECT b.dokumen_id, p.baris_id, 'pagu' AS kolom, b.kode
        FROM bacaan b JOIN indikator i USING (dokumen_id, baris_id) JOIN program_kegiatan p USING (dokumen_id, node_id)
        WHERE i.jenis = 'masukan' AND i.satuan = 'Rupiah' AND (b.kolom = '' OR list_contains($target, b.kolom))
    )
    SELECT DISTINCT r.dokumen_id, r.baris_id, p.node_id, r.kolom, r.kode
    FROM (FROM bacaan UNION ALL FROM dana) r LEFT JOIN program_kegiatan p USING (dokumen_id, baris_id)
    ORDER BY ALL
"""
_DOUBTED_SUMS = f"""
    SELECT dokumen_id, {key_of("program")} AS kunci, baris_id, false AS tercetak FROM v_pagu
    WHERE list_contains($keys, dokumen_id) AND list_contains($rows, baris_id)
    UNION ALL
    SELECT dokumen_id, {key_of("nama")}, baris_id, true FROM program_kegiatan
    WHERE level = 'program' AND list_contains($keys, dokumen_id) AND list_contains($rows, baris_id)
    ORDER BY ALL
"""  # noqa: S608 (as above)
_ROWS = {
    "nodes": """
        SELECT * EXCLUDE (bukti) FROM program_kegiatan WHERE list_contains($keys, dokumen_id)
        ORDER BY halaman, baris_id
    """,
    "indicators": """
        SELECT * EXCLUDE (bukti) FROM indikator WHERE list_contains($keys, dokumen_id) ORDER BY halaman, baris_id
    """,
    "tables": """
        SELECT dokumen_id, tabel_id, judul, halaman, halaman_akhir FROM tabel WHERE list_contains($keys, dokumen_id)
    """,
    "counted": "SELECT dokumen_id, node_id, pagu FROM v_pagu WHERE list_contains($keys, dokumen_id)",
}
MOST_WHOLE = 20
"""Of more pairs than these a report has no plans, only what they come to: their rows would fill a workbook."""

_FIGURES = [column for columns in COLUMNS.values() for column in columns]
_ByDocument = dict[str, list[dict[str, Any]]]


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
    return read_documents(release, [dokumen_id])[dokumen_id]


def read_documents(release: Path, keys: Sequence[str], whole: bool = True) -> dict[str, PlanDocument]:
    """Several documents at once by `dokumen_id`: the views are slow for each by itself. Raises ReleaseError.

    Without `whole` their nodes and indicators are left out, and findings that doubt no figure.
    """
    with open_catalog(release) as connection:
        parameters = {"keys": list(keys)}
        facts = _by_document(connection, _FACTS, **parameters)
        for key in keys:
            if key not in facts:
                raise ReleaseError(f"{key}: tidak ada di rilis ini.", f"{key}: not in this release.")
        doubts = _doubts(connection, keys)
        programs = _programs(connection, keys, doubts)
        findings = _by_document(connection, _FINDINGS, **parameters, whole=whole, figures=_FIGURES)
        levels = _by_document(connection, _LEVELS, **parameters)
        rows = {name: _by_document(connection, sql, **parameters) for name, sql in _ROWS.items()} if whole else {}
    return {
        key: PlanDocument(
            facts[key][0],
            programs[key],
            *_plan({name: found.get(key, []) for name, found in rows.items()} if whole else None),
            findings=tuple(findings.get(key, ())),
            levels=dict.fromkeys(LEVELS, 0) | {row["tingkat"]: row["jumlah"] for row in levels.get(key, ())},
            doubts=doubts[key],
            whole=whole,
        )
        for key in keys
    }


def read_pairs(release: Path, told: Sequence[Told]) -> list[Pair]:
    """The pairs of a comparison for a report; of more than `MOST_WHOLE` without their plans' rows."""
    keys = list(dict.fromkeys(key for one in told for key in (one.dari, one.ke)))
    documents = read_documents(release, keys, whole=len(told) <= MOST_WHOLE)
    return [_pair(documents[one.dari], documents[one.ke], one) for one in told]


def earlier_pair(release: Path, after: PlanDocument) -> Pair | None:
    """The comparison with the document that the release compares this one with; null where there is none.

    It is made again, by what filled `perbandingan`: a pair without a difference has no rows there, and what only one of
    two documents has stands in no dataset.
    """
    key = after.facts["dokumen_id"]
    before = compared_with(release, key)
    if before is None:
        return None
    return _pair(read_document(release, before), after, compare_documents(release, before, key).told())


def _pair(before: PlanDocument, after: PlanDocument, told: Told) -> Pair:
    uncertain = Uncertain(told.findings, told.scope.only_from, told.scope.only_to)
    return Pair(before, after, told.rows, uncertain)


def _by_document(connection: duckdb.DuckDBPyConnection, sql: str, **parameters: object) -> _ByDocument:
    found: _ByDocument = defaultdict(list)
    for row in fetch(connection, sql, parameters).records():
        found[row["dokumen_id"]].append(row)
    return found


def _doubts(connection: duckdb.DuckDBPyConnection, keys: Sequence[str]) -> dict[str, Doubts]:
    """What is doubted in each of the documents."""
    found = _by_document(connection, _DOUBTS, keys=list(keys), figures=_FIGURES, target=list(COLUMNS["target"]))
    doubts = {}
    for key in keys:
        codes: dict[tuple[str, str], tuple[str, ...]] = {}
        for row in found.get(key, ()):
            for name in {row["baris_id"], row["node_id"]} - {None}:
                codes[name, row["kolom"]] = (*codes.get((name, row["kolom"]), ()), row["kode"])
        doubts[key] = Doubts(codes)
    return doubts


def _programs(
    connection: duckdb.DuckDBPyConnection, keys: Sequence[str], doubts: dict[str, Doubts]
) -> dict[str, tuple[Program, ...]]:
    """The programs of each document, and which of their sums hold an amount in doubt or leave one out."""
    doubted = [row for one in doubts.values() for row in one.rows("pagu")]
    sums: dict[tuple[str, str | None, bool], list[tuple[str, ...]]] = defaultdict(list)
    if doubted:
        rows = fetch(connection, _DOUBTED_SUMS, {"keys": list(keys), "rows": doubted}).rows
        for key, name, row, printed in rows:
            sums[key, name, printed].append(doubts[key].of(row, "pagu"))
    programs: dict[str, list[Program]] = {key: [] for key in keys}
    for row in fetch(connection, _PROGRAMS, {"keys": list(keys)}).records():
        found, printed = (distinct(sums[row["dokumen_id"], row["kunci"], one]) for one in (False, True))
        amounts = row["pagu"], row["pagu_tercetak"], row["baris"], row["halaman"]
        programs[row["dokumen_id"]].append(Program(row["program"] or "", *amounts, found, printed))
    unread = unread_amounts(connection, keys, doubts)
    return {key: with_unread(found, unread.get(key, ())) for key, found in programs.items()}


def _plan(rows: dict[str, list[dict[str, Any]]] | None) -> tuple[tuple[Listing, ...], tuple[Row, ...], tuple[Row, ...]]:
    """The listings, all indicators, and those that hang on no node; nothing where the rows were not asked for."""
    if rows is None:
        return (), (), ()
    listings = _listings(rows)
    placed = {row["baris_id"] for listing in listings for node in listing.nodes for row in node.indicators}
    indicators = tuple(rows["indicators"])
    return listings, indicators, tuple(row for row in indicators if row["baris_id"] not in placed)


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
