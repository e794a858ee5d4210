"""A document's plan, as it is compared, out of its tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from pipeline.compare.model import LEVELS, Indicator, Node, Plan

TABLES = ("program_kegiatan", "indikator", "temuan", "karantina")
"""The datasets that a comparison needs beside `dokumen`."""

_NODE = (
    "baris_id", "node_id", "induk_id", "level", "kode", "nama", "pagu", "program", "kegiatan", "kode_resmi",
    "nama_resmi", "halaman", "tabel_id", "bukti",
)  # fmt: skip
_INDICATOR = (
    "baris_id", "node_id", "level", "tujuan", "sasaran", "jenis", "indikator", "satuan", "target_teks", "target",
    "target_min", "target_maks", "target_kategori", "halaman", "tabel_id", "bukti",
)  # fmt: skip
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "program_kegiatan": _NODE,
    "indikator": _INDICATOR,
    "temuan": ("jenis", "tingkat", "baris_id", "kolom"),
    "karantina": ("dataset", "baris_id", "rekaman", "halaman", "tabel_id"),
}
"""The columns of these that it reads."""

_READABLE = ("halaman", "tabel_id")
_NUMBERS = frozenset({"pagu", "target", "target_min", "target_maks"})


def plan_of(document: Mapping[str, Any], table: Callable[[str], pa.Table]) -> Plan:
    """The plan of a document. `document` is its row of `dokumen` (dokumen_id, tahun, status)."""
    rows = {name: table(name).select(columns).to_pylist() for name, columns in COLUMNS.items()}
    return plan_of_rows(document, rows)


def plan_of_rows(document: Mapping[str, Any], rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> Plan:
    """The same, out of rows that hold the columns of `COLUMNS`."""
    bad = list(rows["karantina"])
    nodes = [Node(**_with_evidence(row)) for row in rows["program_kegiatan"]]
    indicators = [Indicator(**_with_evidence(row)) for row in rows["indikator"]]
    return Plan(
        dokumen_id=document["dokumen_id"],
        tahun=document["tahun"],
        complete=document["status"] == "lengkap",
        nodes=[*nodes, *_bad_nodes(bad)],
        indicators=[*indicators, *_bad_indicators(bad)],
        doubted=_doubted(rows["temuan"]),
    )


def _with_evidence(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "bukti": tuple(row["bukti"] or ())}


def _doubted(findings: Iterable[Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    """Columns of rows whose reading is doubted; what is only said for information (`info`) is no doubt of a figure."""
    found: dict[str, set[str]] = {}
    for finding in findings:
        if finding["jenis"] == "pembacaan" and finding["tingkat"] != "info" and finding["baris_id"] is not None:
            found.setdefault(finding["baris_id"], set()).add(finding["kolom"] or "")
    return {key: frozenset(columns) for key, columns in found.items()}


def _bad_nodes(bad: Iterable[Mapping[str, Any]]) -> Iterator[Node]:
    for row, record in _records(bad, "program_kegiatan"):
        if record.get("level") in LEVELS and isinstance(record.get("nama"), str):
            given = _texts(record, _NODE) | {"node_id": str(record.get("node_id") or row["baris_id"])}
            yield Node(**given | _place(row), quarantined=True)


def _bad_indicators(bad: Iterable[Mapping[str, Any]]) -> Iterator[Indicator]:
    for row, record in _records(bad, "indikator"):
        if isinstance(record.get("indikator"), str) and isinstance(record.get("level"), str):
            yield Indicator(**_texts(record, _INDICATOR) | _place(row), quarantined=True)


def _records(bad: Iterable[Mapping[str, Any]], name: str) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    for row in bad:
        if row["dataset"] == name:
            yield row, json.loads(row["rekaman"])


def _texts(record: Mapping[str, Any], columns: Iterable[str]) -> dict[str, Any]:
    """The texts of a record that failed its schema; its figures count for nothing."""
    return {
        name: record.get(name) if isinstance(record.get(name), str) and name not in _NUMBERS else None
        for name in columns
    }


def _place(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in _READABLE} | {"baris_id": row["baris_id"], "bukti": ()}
