"""Small ledgers of our own making, and the truth files of the samples where RKT_SAMPLES names them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.checks import DocumentContext, PrintedTotal, run_checks
from schemas.ledger import Finding, Ledger, Record

LEVELS = ["urusan", "bidang", "program", "kegiatan", "sub_kegiatan"]


class Plan:
    """Writes a plan row by row: a node hangs on the last node of a higher level in its table."""

    def __init__(self, tahun: int = 2030) -> None:
        self.ledger = Ledger("0123456789abcdef")
        self.tahun = tahun
        self.totals: list[PrintedTotal] = []
        self._open: dict[str, list[tuple[int, str]]] = {}

    def about(self, **values: Any) -> None:
        self.ledger.add("dokumen", halaman=1, **values)

    def node(self, level: str, nama: str, pagu: float | str | None = None, table: str = "t1", **values: Any) -> Record:
        depth = LEVELS.index(level)
        above = [(at, node_id) for at, node_id in self._open.get(table, []) if at < depth]
        node_id = f"{table}-{len(self.ledger.rows('program_kegiatan'))}"
        self._open[table] = [*above, (depth, node_id)]
        return self.ledger.add(
            "program_kegiatan",
            halaman=3,
            tabel_id=table,
            bukti=[f"cell-{node_id}"],
            node_id=node_id,
            induk_id=values.pop("induk_id", above[-1][1] if above else None),
            level=level,
            nama=nama,
            pagu=None if pagu is None else Decimal(str(pagu)),
            **values,
        )

    def indicator(self, indikator: str, target: float | None, satuan: str | None, **values: Any) -> Record:
        node = values.pop("node", None)
        defaults: dict[str, Any] = {
            "level": node.values["level"] if node else "sasaran",
            "node_id": node.values["node_id"] if node else None,
            "sub_kegiatan": node.values["nama"] if node and node.values["level"] == "sub_kegiatan" else None,
            "target_teks": None if target is None else f"{target:g}",
            "target_min": target,
            "target_maks": target,
        }
        table = values.pop("table", node.tabel_id if node else "t0")
        halaman = values.pop("halaman", 2)
        columns = defaults | values
        return self.ledger.add(
            "indikator",
            halaman=halaman,
            tabel_id=table,
            bukti=[f"i{len(self.ledger.rows('indikator'))}"],
            indikator=indikator,
            target=target,
            satuan=satuan,
            **columns,
        )

    def section(self, judul: str, teks: str) -> Record:
        return self.ledger.add("bagian", halaman=1, judul=judul, nomor=None, teks=teks, bukti=["prose"])

    def total(self, nilai: int, kolom: str = "pagu", table: str = "t1", **more: Any) -> None:
        self.totals.append(PrintedTotal("JUMLAH", kolom, Decimal(nilai), table, 9, ("total-cell",), **more))

    def findings(self, kode: str | None = None) -> list[Finding]:
        """Everything that the checks find, or what one check finds."""
        before = list(self.ledger.findings)
        run_checks(self.ledger, DocumentContext(self.tahun, tuple(self.totals)))
        found, self.ledger.findings = self.ledger.findings[len(before) :], before
        return [finding for finding in found if kode in (None, finding.kode)]


@pytest.fixture
def plan() -> Plan:
    return Plan()


@pytest.fixture
def truth_plan() -> Callable[[str], Plan]:
    """A plan made from a truth file of the samples, as a perfect reader would give it."""
    samples = os.environ.get("RKT_SAMPLES")
    if not samples:
        pytest.skip("RKT_SAMPLES is not set: the samples' truth files are not here")

    def read(name: str) -> Plan:
        truth = json.loads((Path(samples) / f"{name}.truth.json").read_text("utf-8"))
        return _from_truth(truth)

    return read


def _from_truth(truth: dict[str, Any]) -> Plan:
    plan = Plan(truth["dokumen"]["tahun"])
    about = {k: v for k, v in truth["dokumen"].items() if k != "tahun"}
    about["nip"] = re.sub(r"\D", "", about["nip"]) if about["nip"] else None
    plan.about(tahap="murni", **about)
    by_code: dict[str, str] = {}
    by_name: dict[tuple[str, str, str | None], Record] = {}
    numbered = any(row.get("nomor") for row in truth["program_kegiatan"] if row["level"] == "program")
    table = "t1"
    for row in truth["program_kegiatan"]:
        # In a document with two listings, the second one's programs carry no ordinal.
        if numbered and row["level"] == "program" and row.get("nomor") is None:
            table = "t2"
        values = {k: v for k, v in row.items() if k not in ("halaman", "level", "nama", "pagu")}
        if values.get("prakiraan_pagu") is not None:
            values["prakiraan_pagu"] = Decimal(str(values["prakiraan_pagu"]))
        kode = row.get("kode")
        above = [code for code in by_code if kode and kode.startswith(code + ".")]
        if above:
            values["induk_id"] = by_code[max(above, key=len)]
        record = plan.node(row["level"], row["nama"], row["pagu"], table, **values)
        if kode:
            by_code[kode] = record.values["node_id"]
        by_name[row["level"], row["nama"], row.get("kegiatan")] = record
    tables = {record.tabel_id for record in plan.ledger.rows("program_kegiatan")}
    for index, row in enumerate(truth["indikator"]):
        node = by_name.get((row["level"], row.get(row["level"]) or "", row.get("kegiatan")))
        values = {k: v for k, v in row.items() if k not in ("halaman", "indikator", "target", "satuan")}
        # The facsimile's first table has five indicators; the others stand in the table of the nodes.
        values["table"] = "t2" if "t2" in tables and index >= 5 else node.tabel_id if node else "t0"
        plan.indicator(row["indikator"], row["target"], row["satuan"], node=node, **values)
    for total in truth.get("totals", []):
        plan.total(total["nilai"], "prakiraan_pagu" if "Prakiraan" in total["label"] else "pagu")
    return plan
