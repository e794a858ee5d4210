"""Amounts against those of their siblings: outliers, twins, blanks and zeros."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.checks.book import Book, Node
from pipeline.checks.registry import Doubt, check
from pipeline.checks.sums import MONEY_COLUMNS
from pipeline.checks.wording import LEVEL_NAMES, pages, quote, rupiah
from pipeline.reference.words import expand, has_phrase, word_lists
from schemas.ledger import Record

OUTLIER_TIMES = 50  # the largest amount against the second largest; below that, plans vary by nature
TWIN_DIGITS = 4  # with fewer significant digits, equal amounts are round numbers
_ENOUGH_FILLED = 0.5
_FEWEST_FILLED = 2


def _priced(family: list[Node]) -> list[tuple[Decimal, Node]]:
    return [(amount, node) for node in family if (amount := node.money("pagu"))]


def stand_out(blank: Sequence[object], family: Sequence[object]) -> bool:
    """Whether some lack what most of their siblings have."""
    filled = len(family) - len(blank)
    return bool(blank) and filled >= _FEWEST_FILLED and filled >= _ENOUGH_FILLED * len(family)


def _lacking(blank: Sequence[Node], family: Sequence[Node], what: str) -> str:
    names = "; ".join(quote(node.label) for node in blank[:3]) + (" dan lainnya" if len(blank) > 3 else "")
    return (
        f"{len(blank)} dari {len(family)} {LEVEL_NAMES[blank[0].level]} yang sekelompok tidak memuat {what}: "
        f"{names}{pages(*(node.record.halaman for node in blank))}."
    )


def _large_by_nature(book: Book, node: Node) -> bool:
    texts = [node.nama, *(record.get("indikator") or "" for record in book.outputs(node))]
    return any(has_phrase(expand(text), word_lists().large_by_nature) for text in texts)


@check(
    "PAGU_PENCILAN",
    "info",
    "isi",
    judul="Pagu jauh di atas yang lain",
    datasets=["program_kegiatan"],
    example="758.630.000 beside 9.510.000 and 9.431.000.",
)
def outlier(book: Book) -> Iterator[Doubt]:
    """The largest amount among siblings with the second largest, pay and utilities apart."""
    for family in book.families:
        ranked = sorted(_priced(family), key=lambda pair: pair[0], reverse=True)
        if len(ranked) < 3 or ranked[0][0] < OUTLIER_TIMES * ranked[1][0] or _large_by_nature(book, ranked[0][1]):
            continue
        (amount, node), (second, other) = ranked[:2]
        yield Doubt(
            f"Pagu {LEVEL_NAMES[node.level]} {quote(node.label)} sebesar {rupiah(amount)} jauh di atas yang lain dalam "
            f"kelompoknya; yang terbesar berikutnya {rupiah(second)}.",
            record=node.record,
            kolom="pagu",
            nilai=str(amount),
            pembanding=str(second),
            others=(other.record,),
        )


def _significant_digits(amount: Decimal) -> int:
    return len(amount.normalize().as_tuple().digits)


@check(
    "PAGU_KEMBAR",
    "info",
    "isi",
    judul="Pagu sama persis",
    datasets=["program_kegiatan"],
    example="Two sub kegiatan both have 123.456.000.",
)
def twins(book: Book) -> Iterator[Doubt]:
    """Amounts of siblings with each other: equal to the rupiah although not round."""
    for family in book.families:
        by_amount: dict[Decimal, list[Node]] = defaultdict(list)
        for amount, node in _priced(family):
            if _significant_digits(amount) >= TWIN_DIGITS:
                by_amount[amount].append(node)
        for amount, nodes in by_amount.items():
            if len({node.key for node in nodes}) < 2:
                continue
            yield Doubt(
                f"Pagu {rupiah(amount)} sama persis untuk {len(nodes)} {LEVEL_NAMES[nodes[0].level]} yang berbeda: "
                + "; ".join(quote(node.label) for node in nodes)
                + ".",
                record=nodes[-1].record,
                kolom="pagu",
                nilai=str(amount),
                others=tuple(node.record for node in nodes[:-1]),
            )


@check(
    "PAGU_KOSONG",
    "info",
    "isi",
    judul="Pagu kosong di antara yang terisi",
    datasets=["program_kegiatan"],
    example="Three of ten kegiatan have no prakiraan maju.",
)
def blank_amounts(book: Book) -> Iterator[Doubt]:
    """Rows without an amount with siblings that have one."""
    for family in book.families:
        for column, name in MONEY_COLUMNS.items():
            blank = [node for node in family if node.money(column) is None and node.nama]
            if not stand_out(blank, family):
                continue
            yield Doubt(
                _lacking(blank, family, name),
                record=blank[0].record,
                kolom=column,
                others=tuple(node.record for node in blank[1:]),
            )


@check(
    "PAGU_NOL_BERTARGET",
    "info",
    "isi",
    judul="Pagu nol tetapi bertarget",
    datasets=["program_kegiatan", "indikator"],
    example="Pengelolaan Arsip: 12 Dokumen, Rp0.",
)
def zero_with_target(book: Book) -> Iterator[Doubt]:
    """Sub kegiatan with an amount of zero against the targets of their outputs."""
    for node in book.nodes:
        if node.level != "sub_kegiatan" or node.money("pagu") != 0:
            continue
        promised = [record for record in book.outputs(node) if record.get("target")]
        if promised:
            yield Doubt(
                f"Sub kegiatan {quote(node.label)} berpagu nol, tetapi menargetkan {promised[0].get('target_teks')} "
                f"untuk {quote(promised[0].values['indikator'])}.",
                record=node.record,
                kolom="pagu",
                nilai="0",
                pembanding=promised[0].get("target_teks"),
                others=(promised[0],),
            )


@check(
    "TANPA_INDIKATOR",
    "info",
    "isi",
    judul="Baris tanpa indikator di antara yang berindikator",
    datasets=["program_kegiatan", "indikator"],
    example="One of nine sub kegiatan has no indicator at all.",
)
def rows_without_indicator(book: Book) -> Iterator[Doubt]:
    """Named rows without any indicator with siblings that have one."""
    for family in book.families:
        # A row printed again carries its indicators once.
        covered = {node.key for node in family if book.indicators.get(node.record.values["node_id"])}
        bare = [node for node in family if node.nama and node.key not in covered]
        if not stand_out(bare, family):
            continue
        yield Doubt(
            _lacking(bare, family, "indikator"),
            record=bare[0].record,
            kolom="nama",
            nilai=bare[0].nama,
            others=tuple(node.record for node in bare[1:]),
        )


@check(
    "TARGET_KOSONG",
    "info",
    "isi",
    judul="Target kosong di antara yang terisi",
    datasets=["indikator"],
    example="Two of 30 outputs have no target.",
)
def blank_targets(book: Book) -> Iterator[Doubt]:
    """Indicators without a target with others of their level and kind in the same table that have one."""
    groups: dict[tuple[str | None, str, str | None], list[Record]] = defaultdict(list)
    for record in book.rows("indikator"):
        groups[record.tabel_id, record.values["level"], record.get("jenis")].append(record)
    for records in groups.values():
        blank = [record for record in records if not record.get("target_teks") and record.get("jenis") != "masukan"]
        if not stand_out(blank, records):
            continue
        yield Doubt(
            f"{len(blank)} dari {len(records)} indikator sejenis tidak memuat target, antara lain "
            f"{quote(blank[0].values['indikator'])}{pages(*(record.halaman for record in blank))}.",
            record=blank[0],
            kolom="target_teks",
            others=tuple(blank[1:]),
        )
