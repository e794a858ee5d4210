"""Parts against printed totals: what a plan adds up must add up, to the rupiah."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pipeline.checks.book import LEVELS, Book, Node
from pipeline.checks.context import PrintedTotal
from pipeline.checks.registry import Doubt, check
from pipeline.checks.wording import LEVEL_NAMES, rupiah

MONEY_COLUMNS = {"pagu": "pagu", "prakiraan_pagu": "prakiraan maju"}


_LEAST_GROUPS = 2


def is_money(text: str) -> bool:
    """Whether a printed figure has at least two groups of thousands, as amounts of a plan do."""
    return len(re.findall(r"(?<=\d)[.,]\d{3}(?!\d)", text)) >= _LEAST_GROUPS


def code_within(kode: str | None, parent: str | None) -> bool:
    """Whether a code lies below another: more parts, and the same first ones. `X` stands for any part."""
    if not kode or not parent:
        return False
    parts, above = kode.split("."), parent.split(".")
    return len(parts) > len(above) and all(b in (a, "X", "XX") for a, b in zip(parts, above, strict=False))


def _next_level_within(node: Node, table: Iterable[Node]) -> list[Node]:
    """The rows whose code lies below the node's, and everything hanging codeless beside them."""
    within = [other for other in table if code_within(other.kode, node.kode)]
    if not within:
        return []
    top = min(LEVELS.index(other.level) for other in within)
    coded = [other for other in within if LEVELS.index(other.level) == top]
    codeless = [child for child in node.children if not child.kode and LEVELS.index(child.level) == top]
    return coded + codeless


def _readings(node: Node, table: Sequence[Node]) -> list[list[Node]]:
    """The ways in which a node's parts may be read: the rows hanging on it, the rows with its code, and the rows under
    every print of it in the table."""
    reprints = [other for other in table if other.key == node.key and node.nama and other.kode == node.kode]
    named = [child for child in node.children if child.nama]
    found = [
        node.children,
        _next_level_within(node, table),
        [child for other in reprints for child in other.children],
        named if len(named) < len(node.children) else [],
    ]
    return [reading for reading in found if reading]


def _total(nodes: Iterable[Node], column: str) -> Decimal | None:
    """The sum of a column; None when a row has no amount, for then the sum says nothing."""
    amounts = [node.money(column) for node in nodes]
    return sum((a for a in amounts if a is not None), Decimal(0)) if amounts and None not in amounts else None


def node_sums(book: Book, column: str) -> Iterator[tuple[Node, Decimal, list[tuple[list[Node], Decimal]]]]:
    """Each node that prints an amount, the amount, and the sums that its parts may give, each with those parts."""
    for table in book.tables.values():
        for node in table:
            printed = node.money(column)
            if printed is None:
                continue
            choices = [(parts, _total(parts, column)) for parts in _readings(node, table)]
            sums = [(parts, total) for parts, total in choices if total is not None]
            if sums:
                yield node, printed, sums


def _disagreement(book: Book, column: str) -> Iterator[tuple[Node, Decimal, Decimal, list[Node]]]:
    for node, printed, sums in node_sums(book, column):
        if all(total != printed for _, total in sums):
            parts, total = sums[0]
            yield node, printed, total, parts


def _part_name(parts: Sequence[Node]) -> str:
    return " dan ".join(dict.fromkeys(LEVEL_NAMES[part.level] for part in parts))


@check(
    "JUMLAH_TIDAK_COCOK",
    "galat",
    "isi",
    judul="Pagu induk tidak sama dengan jumlah bagiannya",
    datasets=["program_kegiatan"],
    example="A kegiatan prints Rp120.000.000, its sub kegiatan add up to Rp120.001.000.",
)
def parts_against_node(book: Book) -> Iterator[Doubt]:
    """The amount printed for a program, kegiatan or higher row against the sum of the rows below it."""
    for column, name in MONEY_COLUMNS.items():
        for node, printed, total, parts in _disagreement(book, column):
            yield Doubt(
                f"Tertulis {name} {rupiah(printed)} untuk {LEVEL_NAMES[node.level]} “{node.label}”, tetapi "
                f"{len(parts)} {_part_name(parts)} di bawahnya berjumlah {rupiah(total)} "
                f"(selisih {rupiah(printed - total)}).",
                record=node.record,
                kolom=column,
                nilai=str(printed),
                pembanding=str(total),
                others=tuple(part.record for part in parts),
            )


def level_sums(nodes: Sequence[Node], column: str) -> Iterator[tuple[str, list[Node], set[Decimal]]]:
    """Per level down to program, or the topmost with amounts: its rows, and the sums with and without nameless rows."""
    priced = [node for node in nodes if node.money(column) is not None]
    levels = [level for level in LEVELS if any(node.level == level for node in priced)]
    wanted = [level for level in levels if level in LEVELS[:3]] or levels[:1]
    for level in wanted:
        rows = [node for node in nodes if node.level == level]
        choices = (rows, [node for node in rows if node.nama], _without_reprints(rows, column))
        sums = {total for total in (_total(choice, column) for choice in choices) if total is not None}
        if sums:
            yield level, rows, sums


def _without_reprints(rows: Iterable[Node], column: str) -> list[Node]:
    return list({(node.key, node.kode, node.money(column)): node for node in rows}.values())


def scopes(book: Book, total: PrintedTotal) -> list[list[Node]]:
    """The rows that a total may add up: those of its node or table, else those of the whole document."""
    table = [node for node in book.tables.get(total.tabel_id, []) if _is_latest(node)]
    if total.scope_node_id is not None:
        return [list(node.walk())[1:] for node in table if node.record.get("node_id") == total.scope_node_id]
    nodes = [node for node in book.nodes if _is_latest(node)]
    return [table, nodes] if table else [nodes]


def _is_latest(node: Node) -> bool:
    """Whether a row is not the earlier one of two versions side by side: totals are compared for the later one."""
    return bool(node.record.get("versi") != "rancangan_awal")


@check(
    "TOTAL_TIDAK_COCOK",
    "galat",
    "isi",
    judul="Jumlah tercetak tidak sama dengan isi tabel",
    datasets=["program_kegiatan"],
    example="JUMLAH prints Rp500.000.000, the programs add up to Rp520.000.000.",
)
def printed_total(book: Book) -> Iterator[Doubt]:
    """A printed total (JUMLAH, TOTAL) against the sum of the topmost rows, and of the programs."""
    for total in book.context.totals:
        if total.kolom not in MONEY_COLUMNS:
            continue
        levels = [list(level_sums(nodes, total.kolom)) for nodes in scopes(book, total)]
        elsewhere = {level: sums for found in levels[1:] for level, _, sums in found}
        for level, rows, sums in levels[0] if levels else []:
            if total.nilai in sums | elsewhere.get(level, set()):
                continue
            own = max(sums)
            yield Doubt(
                f"{total.label} mencetak {MONEY_COLUMNS[total.kolom]} {rupiah(total.nilai)}, tetapi {len(rows)} "
                f"{LEVEL_NAMES[level]} berjumlah {rupiah(own)} (selisih {rupiah(total.nilai - own)}).",
                kolom=total.kolom,
                nilai=str(total.nilai),
                pembanding=str(own),
                halaman=total.halaman,
                tabel_id=total.tabel_id,
                bukti=total.bukti,
                others=tuple(row.record for row in rows),
            )
            break


@check(
    "TANPA_JUMLAH",
    "info",
    "isi",
    judul="Tidak ada jumlah tercetak untuk diperiksa",
    datasets=["program_kegiatan"],
    example="34 sub kegiatan have a Dana; no kegiatan, program or table total is printed.",
)
def no_total(book: Book) -> Iterator[Doubt]:
    """Whether a table with amounts prints anything that they could be checked against; an amount that belongs to no
    row may be a total without a label."""
    totalled = {total.tabel_id for total in book.context.totals}
    for tabel_id, nodes in book.tables.items():
        priced = [node for node in nodes if node.money("pagu") is not None]
        checkable = any(node.money("pagu") is not None and node.children for node in nodes)
        unlabelled = any(is_money(text) for text in book.loose.get(tabel_id, ()))
        if len(priced) < 2 or checkable or unlabelled or tabel_id in totalled:
            continue
        total = sum((amount for node in priced if (amount := node.money("pagu")) is not None), Decimal(0))
        yield Doubt(
            f"Tabel ini memuat {len(priced)} pagu yang berjumlah {rupiah(total)}, tetapi tidak mencetak jumlah apa "
            f"pun, sehingga penjumlahannya tidak dapat diperiksa.",
            kolom="pagu",
            pembanding=str(total),
            halaman=priced[0].record.halaman,
            tabel_id=tabel_id,
        )


@check(
    "PAGU_BEDA_ANTAR_TABEL",
    "peringatan",
    "isi",
    judul="Pagu berbeda antartabel",
    datasets=["program_kegiatan"],
    example="A program has Rp350.000.000 in one table and Rp530.000.000 in another.",
)
def amount_between_tables(book: Book) -> Iterator[Doubt]:
    """The amount of one node where two tables of the document list it."""
    seen: dict[tuple[object, ...], Node] = {}
    for node in book.nodes:
        amount = node.money("pagu")
        if amount is None or not node.nama:
            continue
        context = node.parent.key if node.parent and node.level in LEVELS[3:] else None
        first = seen.setdefault((node.key, context), node)
        before = first.money("pagu")
        if first.record.tabel_id == node.record.tabel_id or before is None or before == amount:
            continue
        yield Doubt(
            f"Pagu {LEVEL_NAMES[node.level]} “{node.label}” adalah {rupiah(before)} di tabel pertama dan "
            f"{rupiah(amount)} di tabel lain.",
            record=node.record,
            kolom="pagu",
            nilai=str(amount),
            pembanding=str(before),
            others=(first.record,),
        )
