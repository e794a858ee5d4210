"""A document's records as the checks look at them: the tree of each table, and indicators at their nodes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from pipeline.checks.context import DocumentContext
from pipeline.reference.words import measure_of, same_name
from schemas.ledger import Ledger, Record

LEVELS = ("urusan", "bidang", "program", "kegiatan", "sub_kegiatan")


@dataclass(eq=False, slots=True)
class Node:
    """A row of `program_kegiatan` with its place in its table's tree."""

    record: Record
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def level(self) -> str:
        level: str = self.record.values["level"]
        return level

    @property
    def kode(self) -> str | None:
        return self._text("kode")

    @property
    def nomor(self) -> str | None:
        return self._text("nomor")

    @property
    def nama(self) -> str:
        """The printed name, empty for a nameless row."""
        return self._text("nama") or ""

    @property
    def label(self) -> str:
        """How a message calls the node: its name, else its code, else its level."""
        return self.nama or self.kode or f"{self.level} tanpa nama"

    @property
    def key(self) -> tuple[str, str]:
        """Level and comparable name: equal for two prints of one node."""
        return self.level, same_name(self.nama)

    @property
    def path(self) -> tuple[tuple[str, str], ...]:
        """Keys from the root down to this node."""
        return (*(self.parent.path if self.parent else ()), self.key)

    def money(self, column: str) -> Decimal | None:
        """An amount of the node in rupiah, None where the document prints none."""
        amount: Decimal | None = self.record.get(column)
        return amount

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def _text(self, column: str) -> str | None:
        text: str | None = self.record.get(column)
        return text


def _counts(record: Record) -> bool:
    return measure_of(record.get("indikator") or "") == "cacah"


@dataclass(frozen=True)
class Book:
    """One document's ledger and context, with the look-ups that checks share."""

    ledger: Ledger
    context: DocumentContext

    def rows(self, dataset: str) -> list[Record]:
        return self.ledger.rows(dataset)

    @cached_property
    def nodes(self) -> list[Node]:
        """Every node, in reading order, tied to its parent within its table."""
        nodes = [Node(record) for record in self.rows("program_kegiatan")]
        by_id = {(node.record.tabel_id, node.record.get("node_id")): node for node in nodes}
        for node in nodes:
            induk_id = node.record.get("induk_id")
            parent = by_id.get((node.record.tabel_id, induk_id)) if induk_id else None
            if parent is not None and parent is not node:
                node.parent = parent
                parent.children.append(node)
        return nodes

    @cached_property
    def tables(self) -> dict[str | None, list[Node]]:
        """The nodes of each table, in reading order."""
        tables: dict[str | None, list[Node]] = defaultdict(list)
        for node in self.nodes:
            tables[node.record.tabel_id].append(node)
        return dict(tables)

    @cached_property
    def families(self) -> list[list[Node]]:
        """Siblings: nodes of one level under one parent (or at the top of one table), in reading order."""
        families: dict[tuple[Any, ...], list[Node]] = defaultdict(list)
        for node in self.nodes:
            families[node.record.tabel_id, id(node.parent), node.level].append(node)
        return list(families.values())

    @cached_property
    def indicators(self) -> dict[str, list[Record]]:
        """The indicators that hang on each node, by `node_id`."""
        by_node: dict[str, list[Record]] = defaultdict(list)
        for record in self.rows("indikator"):
            node_id = record.get("node_id")
            if node_id is not None:
                by_node[node_id].append(record)
        return dict(by_node)

    def hanging(self, node: Node) -> list[Record]:
        """The indicators that hang on a node."""
        return self.indicators.get(node.record.get("node_id") or "", [])

    def outputs(self, node: Node) -> list[Record]:
        """The output indicators of a node: said to be, or, where the document says nothing, those that count."""
        return [
            record
            for record in self.hanging(node)
            if record.get("jenis") == "keluaran"
            or (record.get("jenis") is None and node.level == "sub_kegiatan" and _counts(record))
        ]

    @cached_property
    def doubted(self) -> frozenset[tuple[str | None, str | None]]:
        """The rows and columns that the reading stages doubt already."""
        return frozenset((finding.baris_id, finding.kolom) for finding in self.ledger.findings)

    @cached_property
    def loose(self) -> dict[str | None, list[str]]:
        """The figures of each table that the reader could tie to no row, as printed: what is blank may be among them,
        and so may a total."""
        figures: dict[str | None, list[str]] = defaultdict(list)
        for finding in self.ledger.findings:
            if finding.kode == "ANGKA_TANPA_REKAMAN":
                figures[finding.tabel_id].append(finding.nilai or "")
        return dict(figures)

    def about(self, column: str) -> str | None:
        """A column of the document's own row; None where it is not written (yet) or the document does not say."""
        rows = self.rows("dokumen")
        text: str | None = rows[0].get(column) if rows else None
        return text

    @property
    def office(self) -> str | None:
        """The full name of the office whose plan it is."""
        return self.about("perangkat_daerah")
