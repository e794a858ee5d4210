"""The shape of the plan: blocks printed twice, and codes that do not fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.checks.book import Book, Node
from pipeline.checks.registry import Doubt, check
from pipeline.checks.sums import code_within
from pipeline.checks.wording import LEVEL_NAMES, pages, quote
from pipeline.reference.words import content_stems, related, same_name
from pipeline.values import code_level
from schemas.registry import PLAN_DATASETS


def _below(node: Node) -> frozenset[tuple[tuple[str, str], ...]]:
    depth = len(node.path)
    return frozenset(other.path[depth:] for other in node.walk() if other is not node)


@check(
    "TANPA_TABEL_RENCANA",
    "peringatan",
    "isi",
    judul="Dokumen tanpa tabel rencana",
    datasets=["dokumen"],
    example="A letter was delivered in place of the plan.",
)
def no_plan(book: Book) -> Iterator[Doubt]:
    """A document that has text with the datasets that the tables of a plan give: at least one should have rows. Where
    a table was not understood or a page was read from its picture, what the document lacks is not known."""
    if any(finding.kode == "TABEL_TAK_DIKENAL" for finding in book.ledger.findings):
        return
    kinds = {sheet.get("jenis") for sheet in book.rows("halaman") if sheet.get("kata")}
    if kinds and "pindai" not in kinds and not any(map(book.rows, PLAN_DATASETS)):
        message = "Dokumen ini tidak memuat tabel rencana, sehingga tidak ada program atau indikator yang terbaca."
        yield Doubt(message, record=next(iter(book.rows("dokumen")), None))


@check(
    "BLOK_BERULANG",
    "peringatan",
    "isi",
    judul="Blok tercetak lebih dari sekali",
    datasets=["program_kegiatan"],
    example="A program is printed again further down with a kegiatan and sub kegiatan that already stood above.",
)
def repeated_blocks(book: Book) -> Iterator[Doubt]:
    """Each row with rows below it against the rows of the same name in the same table."""
    for nodes in book.tables.values():
        first_of: dict[tuple[tuple[str, str], ...], list[Node]] = defaultdict(list)
        reported: set[Node] = set()
        for node in nodes:
            earlier = [other for other in first_of[node.path] if _repeats(node, other)]
            first_of[node.path].append(node)
            if not earlier or (node.parent and node.parent in reported):
                reported.update({node} if earlier else ())
                continue
            reported.add(node)
            yield Doubt(
                f"Blok {LEVEL_NAMES[node.level]} {quote(node.label)} tercetak lebih dari sekali di tabel yang sama"
                f"{pages(earlier[0].record.halaman, node.record.halaman)}; "
                f"{len(_below(node))} baris di bawahnya sudah ada pada cetakan sebelumnya.",
                record=node.record,
                kolom="nama",
                nilai=node.nama,
                others=(earlier[0].record,),
            )


def _repeats(node: Node, earlier: Node) -> bool:
    """Whether everything below a node already stood below an earlier print of it."""
    below = _below(node)
    return bool(node.nama and below) and below <= _below(earlier)


@check(
    "BARIS_BERULANG",
    "peringatan",
    "isi",
    judul="Baris tercetak dua kali",
    datasets=["program_kegiatan"],
    example="A sub kegiatan with the same pagu stands twice under its kegiatan.",
)
def repeated_rows(book: Book) -> Iterator[Doubt]:
    """Lowest rows under one parent with each other: same name, amount, place and indicators."""
    for family in book.families:
        seen: dict[object, Node] = {}
        for node in family:
            amount = node.money("pagu")
            if node.children or not node.nama or not amount:
                continue
            promised = frozenset(same_name(record.get("indikator") or "") for record in book.hanging(node))
            key = (node.key, amount, node.record.get("lokasi"), node.record.get("sumber_dana"), promised)
            first = seen.setdefault(key, node)
            if first is not node:
                yield Doubt(
                    f"{LEVEL_NAMES[node.level].capitalize()} {quote(node.nama)} tercetak dua kali dengan pagu yang sama"
                    f"{pages(first.record.halaman, node.record.halaman)}.",
                    record=node.record,
                    kolom="nama",
                    nilai=node.nama,
                    others=(first.record,),
                )


@check(
    "KODE_TIDAK_COCOK_INDUK",
    "peringatan",
    "isi",
    judul="Kode tidak cocok dengan induknya",
    datasets=["program_kegiatan"],
    example="Kegiatan 5.03.02.2.06 stands under program 5.03.01.",
)
def code_against_parent(book: Book) -> Iterator[Doubt]:
    """The code of a row against the code of the row that it hangs on; all rows under one parent are one finding."""
    strangers: dict[Node, list[Node]] = defaultdict(list)
    for node in book.nodes:
        if node.parent is not None and _is_stranger(node, node.parent, book.tables[node.record.tabel_id]):
            strangers[node.parent].append(node)
    for parent, (node, *others) in strangers.items():
        more = f" dan {len(others)} kode lain di bawahnya" if others else ""
        yield Doubt(
            f"Kode {node.kode} ({quote(node.label)}){more} tidak cocok dengan kode {LEVEL_NAMES[parent.level]} di "
            f"atasnya, {parent.kode} ({quote(parent.label)}).",
            record=node.record,
            kolom="kode",
            nilai=node.kode,
            pembanding=parent.kode,
            others=(parent.record, *(other.record for other in others)),
        )


def _is_stranger(node: Node, parent: Node, table: Sequence[Node]) -> bool:
    """Whether a row's code does not lie within its parent's, in the forms of Permendagri 90/2019 and 13/2006."""
    if not node.kode or not parent.kode:
        return False
    # A code no longer than its parent's is counted within the parent: it says nothing about it.
    if node.kode.count(".") <= parent.kode.count(".") or code_within(node.kode, parent.kode):
        return False
    if _within_older(node.kode, parent):
        return False
    # Printed away from its parent (pages out of order): the code itself is in order.
    return not any(code_within(node.kode, other.kode) and other.level == parent.level for other in table)


def _within_older(kode: str, parent: Node) -> bool:
    """Whether a code lies within its parent's in the form before 2021 (Permendagri 13/2006), which puts the office and
    its unit between the urusan (two parts) and the number of the program."""
    own, above = kode.split("."), (parent.kode or "").split(".")
    if code_level(kode) is not None or own[:2] != above[:2]:
        return False
    return parent.level in ("urusan", "bidang") or above[-1] == own[-2]


@check(
    "KODE_GANDA",
    "peringatan",
    "isi",
    judul="Satu kode untuk dua nama",
    datasets=["program_kegiatan"],
    example="5.03.02.2.01.0001 stands before two different sub kegiatan.",
)
def code_twice(book: Book) -> Iterator[Doubt]:
    """The codes of one table with each other: one code, one name."""
    for nodes in book.tables.values():
        seen: dict[str, Node] = {}
        for node in nodes:
            if not node.kode or not node.nama:
                continue
            first = seen.setdefault(node.kode, node)
            full = node.parent is None or code_within(node.kode, node.parent.kode)
            if first.key != node.key and full and first.level == node.level and not _alike(first.nama, node.nama):
                yield Doubt(
                    f"Kode {node.kode} dipakai untuk {quote(first.nama)} dan untuk {quote(node.nama)}.",
                    record=node.record,
                    kolom="kode",
                    nilai=node.kode,
                    others=(first.record,),
                )


def _alike(one: str, other: str) -> bool:
    """Whether two names differ in no content word."""
    left, right = content_stems(one), content_stems(other)
    return all(any(related(a, b) for b in right) for a in left) and all(any(related(a, b) for b in left) for a in right)
