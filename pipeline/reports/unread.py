"""Amounts that a sum leaves out, because they could not be read or stand in quarantine."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from pipeline.release.query import fetch
from pipeline.release.views import ABOVE_AMOUNTS, key_of
from pipeline.reports.doubts import COLUMNS, Doubts
from pipeline.reports.model import Program, Row
from pipeline.reports.summary import program_key

# As `v_pagu` counts money: a row above others that carry an amount, read or not, leaves nothing out by itself, nor does
# one that another table of the document gives.
_NODES = f"""
    WITH RECURSIVE
    simpul AS (
        SELECT p.*, coalesce(p.tabel_id, '') AS tabel, {key_of("p.kegiatan")} AS kunci_kegiatan,
            coalesce({key_of("p.nama")}, p.kode, p.node_id) AS kunci_nama,
            coalesce({key_of("p.program")}, CASE WHEN p.level = 'program' THEN {key_of("p.nama")} END) AS kunci_program,
            p.pagu IS NULL AND (
                regexp_matches(coalesce(p.pagu_teks, ''), '[0-9]') OR list_contains($doubted, p.baris_id)
            ) AS tak_terbaca
        FROM program_kegiatan p SEMI JOIN v_dokumen USING (dokumen_id)
        WHERE list_contains($keys, p.dokumen_id) AND p.versi IS DISTINCT FROM 'rancangan_awal'
    ),
    berpagu AS (SELECT * FROM simpul WHERE pagu IS NOT NULL OR tak_terbaca),
    {ABOVE_AMOUNTS}
    SELECT t.dokumen_id, t.halaman, CASE WHEN t.level = 'program' THEN coalesce(t.program, t.nama) ELSE t.program END
        AS program
    FROM simpul t
    ANTI JOIN beranak a ON a.dokumen_id = t.dokumen_id AND a.node_id = t.node_id
    ANTI JOIN berpagu k ON t.level = 'program' AND k.level IN ('kegiatan', 'sub_kegiatan')
        AND k.dokumen_id = t.dokumen_id AND k.kunci_program = t.kunci_program
    ANTI JOIN berpagu s ON t.level = 'kegiatan' AND s.level = 'sub_kegiatan' AND s.dokumen_id = t.dokumen_id
        AND s.kunci_kegiatan = t.kunci_nama AND s.kunci_program IS NOT DISTINCT FROM t.kunci_program
    ANTI JOIN simpul o ON o.pagu IS NOT NULL AND o.dokumen_id = t.dokumen_id AND o.tabel <> t.tabel
        AND o.level = t.level AND o.kunci_nama = t.kunci_nama AND o.kunci_program IS NOT DISTINCT FROM t.kunci_program
        AND o.kunci_kegiatan IS NOT DISTINCT FROM t.kunci_kegiatan
    WHERE t.tak_terbaca
    QUALIFY rank() OVER (
        PARTITION BY t.dokumen_id, t.level, t.kunci_program, t.kunci_kegiatan, t.kunci_nama ORDER BY t.tabel
    ) = 1
    ORDER BY t.halaman NULLS LAST, t.baris_id
"""  # noqa: S608 (no value of a user or a document is in it)
_QUARANTINE = """
    SELECT dokumen_id, halaman, rekaman FROM karantina SEMI JOIN v_dokumen USING (dokumen_id)
    WHERE dataset = 'program_kegiatan' AND list_contains($keys, dokumen_id) ORDER BY halaman NULLS LAST, baris_id
"""


@dataclass(frozen=True, slots=True)
class Unread:
    """An amount that no sum holds: its document, the program that it stands under, and its page."""

    dokumen_id: str
    program: str
    page: int | None


def unread_amounts(
    connection: duckdb.DuckDBPyConnection, keys: Sequence[str], doubts: Mapping[str, Doubts]
) -> dict[str, list[Unread]]:
    """The amounts of each document that could not be read or stand in quarantine, in the order of its pages."""
    doubted = sorted({row for one in doubts.values() for row, column in one.codes if column in COLUMNS["pagu"]})
    found: dict[str, list[Unread]] = defaultdict(list)
    for row in fetch(connection, _NODES, {"keys": list(keys), "doubted": doubted}).records():
        found[row["dokumen_id"]].append(Unread(row["dokumen_id"], row["program"] or "", row["halaman"]))
    for row in fetch(connection, _QUARANTINE, {"keys": list(keys)}).records():
        found[row["dokumen_id"]].extend(_quarantined(row))
    return found


def _quarantined(row: Row) -> Iterator[Unread]:
    """A quarantined row that prints an amount; any other one leaves no money out."""
    record = json.loads(row["rekaman"])
    if record.get("pagu") is not None or record.get("pagu_teks"):
        name = record.get("program") or (record.get("nama") if record.get("level") == "program" else None)
        yield Unread(row["dokumen_id"], str(name or ""), row["halaman"])


def with_unread(programs: Sequence[Program], unread: Sequence[Unread]) -> tuple[Program, ...]:
    """The programs with how many amounts their sums leave out, and those of which no amount could be read at all."""
    counts = Counter(program_key(one.program) for one in unread)
    known = [program.counting(counts.pop(program_key(program.name), 0)) for program in programs]
    first = {program_key(one.program): one for one in reversed(unread)}
    lost = [Program(first[key].program, None, None, 0, first[key].page, unread=n) for key, n in counts.items()]
    return (*known, *lost)
