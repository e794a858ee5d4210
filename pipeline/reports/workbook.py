"""The workbooks: what their sheets hold, of a comparison and of one document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.reports.change_sheets import write_changes, write_kinds, write_unsure
from pipeline.reports.columns import doubt_column, file_columns, sides
from pipeline.reports.doubts import Figure, distinct
from pipeline.reports.model import LEVELS, Node, Pair, PlanDocument, Row
from pipeline.reports.spreadsheet import Book, Column
from pipeline.reports.summary import Beside, all_changes, edition, owner, percent, programs_beside
from pipeline.reports.texts import Words
from pipeline.reports.unsure import all_unsure
from pipeline.reports.wording import SHEETS, target_of

_CONTEXT = {"goal": "tujuan", "objective": "sasaran", "program": "program", "kegiatan": "kegiatan"}


@dataclass(frozen=True, slots=True)
class _Of:
    """A row together with the document or the pair that it belongs to."""

    document: Any
    row: Any


def write_comparison_workbook(path: Path, pairs: Sequence[Pair], words: Words) -> None:
    """All rows of a comparison: summary, programs, changes, and both documents' plans, indicators and findings."""
    book = Book(path, words)
    names = {kind: words(key) for kind, key in SHEETS.items()}
    changes = all_changes(pairs)
    documents = _distinct(document for pair in pairs for document in (pair.before, pair.after))
    book.table(names["summary"], _summary_columns(words), pairs)
    book.table(names["programs"], _beside_columns(words), _programs(pairs))
    write_changes(book, changes, words)
    write_kinds(book, changes, words)
    write_unsure(book, all_unsure(pairs, words), words)
    _write_documents(book, names, documents, words)
    book.close()


def write_document_workbook(path: Path, document: PlanDocument, previous: Pair | None, words: Words) -> None:
    """All rows of one document: facts, programs, plan, indicators, findings, and changes where there are any."""
    book = Book(path, words)
    names = {kind: words(key) for kind, key in SHEETS.items()}
    book.table(names["summary"], _fact_columns(words), [document])
    book.table(names["programs"], _program_columns(words), document.programs)
    if previous:
        write_changes(book, all_changes([previous]), words)
        write_unsure(book, all_unsure([previous], words), words)
    _write_documents(book, names, [document], words)
    book.close()


def _write_documents(book: Book, names: dict[str, str], documents: Sequence[PlanDocument], words: Words) -> None:
    if all(document.whole for document in documents):
        _write_plans(book, names, documents, words)
    findings = (_Of(document, row) for document in documents for row in document.findings)
    book.table(names["findings"], _finding_columns(words), findings)


def _write_plans(book: Book, names: dict[str, str], documents: Sequence[PlanDocument], words: Words) -> None:
    nodes = (_Of(document, node) for document in documents for listing in document.listings for node in listing.nodes)
    book.table(names["plan"], _node_columns(words), nodes, lambda item: item.row.depth, _is_program)
    indicators = (_Of(document, row) for document in documents for row in document.indicators)
    book.table(names["indicators"], _indicator_columns(words), indicators)


def _summary_columns(words: Words) -> list[Column]:
    earlier, later = words("earlier"), words("later")
    return [
        Column(words("office"), lambda pair: owner(pair.after), width=44),
        Column(earlier, lambda pair: edition(pair.before), width=18),
        Column(f"{words('pagu.rupiah')}: {earlier}", lambda pair: pair.before.pagu, "rupiah", 20, total=True),
        Column(later, lambda pair: edition(pair.after), width=18),
        Column(f"{words('pagu.rupiah')}: {later}", lambda pair: pair.after.pagu, "rupiah", 20, total=True),
        Column(words("difference"), lambda pair: pair.difference, "signed", 20, lambda n: f"=E{n}-C{n}", total=True),
        Column(words("percent"), _pair_share, "percent", 10, lambda n: f"=F{n}/C{n}"),
        doubt_column(words, lambda pair: sides(words, pair.before.pagu_doubts, pair.after.pagu_doubts)),
        *_unread_columns(words, lambda pair: (pair.before.unread, pair.after.unread)),
        Column(words("changes"), lambda pair: len(pair.changes), "rupiah", 12, total=True),
        *(_level_column(level, lambda pair: (pair.before, pair.after), words, total=True) for level in LEVELS),
        *file_columns(earlier, lambda pair: pair.before, words),
        *file_columns(later, lambda pair: pair.after, words),
    ]


def _programs(pairs: Iterable[Pair]) -> Iterator[_Of]:
    for pair in pairs:
        yield from (_Of(pair, row) for row in programs_beside(pair))


def _beside_columns(words: Words) -> list[Column]:
    def of(name: str) -> Any:
        return lambda item: getattr(item.row, name)

    earlier, later = words("earlier"), words("later")
    return [
        Column(words("office"), lambda item: owner(item.document.after), width=36),
        Column(words("program"), of("name"), width=50),
        Column(f"{words('pagu.rupiah')}: {earlier}", of("before"), "rupiah", 20, total=True),
        Column(f"{words('page')} {earlier}", of("page_before"), "page", 9),
        Column(f"{words('pagu.rupiah')}: {later}", of("after"), "rupiah", 20, total=True),
        Column(f"{words('page')} {later}", of("page_after"), "page", 9),
        Column(words("difference"), of("difference"), "signed", 20, lambda n: f"=E{n}-C{n}", total=True),
        Column(words("percent"), _program_share, "percent", 10, lambda n: f"=G{n}/C{n}"),
        doubt_column(words, lambda item: sides(words, item.row.doubts_before, item.row.doubts_after)),
        *_unread_columns(words, lambda item: (item.row.unread_before, item.row.unread_after)),
        *file_columns(earlier, lambda item: item.document.before, words),
        *file_columns(later, lambda item: item.document.after, words),
    ]


def _unread_columns(words: Words, counts: Callable[[Any], tuple[int, int]]) -> list[Column]:
    """How many amounts the sums of both documents leave out."""
    title = words("pagu.unread.title")
    return [
        Column(f"{title}: {words('earlier')}", lambda row: counts(row)[0], "rupiah", 12, total=True),
        Column(f"{title}: {words('later')}", lambda row: counts(row)[1], "rupiah", 12, total=True),
    ]


def _fact_columns(words: Words) -> list[Column]:
    facts = {"document": "berkas", "key": "dokumen_id", "status": "status"}
    return [
        Column(words("office"), owner, width=44),
        Column(words("kind"), edition, width=18),
        *(Column(words(key), _fact(name), width=30) for key, name in facts.items()),
        Column(words("pages"), lambda document: document.facts["jumlah_halaman"], "page", 10),
        Column(words("pagu.rupiah"), lambda document: document.pagu, "rupiah", 20),
        doubt_column(words, lambda document: ", ".join(document.pagu_doubts)),
        Column(words("pagu.unread.title"), lambda document: document.unread, "rupiah", 12),
        *(_level_column(level, lambda document: (document,), words) for level in LEVELS),
    ]


def _fact(name: str) -> Callable[[PlanDocument], object]:
    return lambda document: document.facts[name]


def _level_column(
    level: str, documents: Callable[[Any], Iterable[PlanDocument]], words: Words, total: bool = False
) -> Column:
    """How many findings of a level the documents of a row have."""
    title = f"{words('findings')}: {words(f'level.{level}')}"
    return Column(title, lambda row: sum(one.levels[level] for one in documents(row)), "rupiah", 13, total=total)


def _program_columns(words: Words) -> list[Column]:
    return [
        Column(words("program"), lambda program: program.name, width=60),
        Column(words("pagu.rupiah"), lambda program: program.pagu, "rupiah", 22, total=True),
        Column(words("printed"), lambda program: program.printed, "rupiah", 22),
        doubt_column(words, lambda program: ", ".join(distinct([program.doubts, program.printed_doubts]))),
        Column(words("pagu.unread.title"), lambda program: program.unread, "rupiah", 12, total=True),
        Column(words("rows"), lambda program: program.rows, "page", 10),
        Column(words("page"), lambda program: program.page, "page", 10),
    ]


def _document_columns(words: Words) -> list[Column]:
    return [
        Column(words("document"), lambda item: edition(item.document), width=18),
        Column(words("page"), lambda item: _row_of(item)["halaman"], "page", 8),
    ]


def _key_columns(words: Words) -> list[Column]:
    return [
        Column(words("table"), lambda item: _row_of(item)["tabel_id"], width=24, printed=False),
        Column("baris_id", lambda item: _row_of(item)["baris_id"], width=44, printed=False),
        *file_columns(words("document"), lambda item: item.document, words),
    ]


def _node_columns(words: Words) -> list[Column]:
    def of(name: str) -> Any:
        return lambda item: item.row.row[name]

    return [
        *_document_columns(words),
        Column(words("level"), lambda item: words.level(item.row.row["level"]), width=14),
        Column(words("code"), lambda item: item.row.row["kode"] or item.row.row["nomor"], width=18),
        Column(words("name"), of("nama"), width=64),
        Column(words("pagu.rupiah"), of("pagu"), "rupiah", 19),
        Column(words("counted"), lambda item: item.row.counted, "rupiah", 19, total=True),
        doubt_column(words, lambda item: _codes(item, "nama", "pagu")),
        *_key_columns(words),
    ]


def _indicator_columns(words: Words) -> list[Column]:
    def of(name: str) -> Any:
        return lambda item: item.row[name]

    return [
        *_document_columns(words),
        Column(words("level"), lambda item: words.level(item.row["level"]), width=14),
        Column(words("kind"), of("jenis"), width=11),
        Column(words("indicator"), of("indikator"), width=52),
        Column(words("target"), lambda item: target_of(item.row), width=18),
        Column(words("unit"), of("satuan"), width=14),
        doubt_column(words, lambda item: _codes(item, "nama", "target", "satuan")),
        Column(words("sub_kegiatan"), of("sub_kegiatan"), width=44),
        Column(words("figure"), of("target"), "number", 16, printed=False),
        *(Column(words(key), of(name), width=40, printed=False) for key, name in _CONTEXT.items()),
        *_key_columns(words),
    ]


def _finding_columns(words: Words) -> list[Column]:
    def of(name: str) -> Any:
        return lambda item: item.row[name]

    return [
        *_document_columns(words),
        Column(words("level"), lambda item: words(f"level.{item.row['tingkat']}"), width=12),
        Column(words("doubt"), lambda item: words(f"doubt.{item.row['jenis']}"), width=14),
        Column(words("code"), of("kode"), width=32),
        Column(words("message"), of("pesan"), width=80),
        Column(words("value"), of("nilai"), width=26),
        Column(words("reference"), of("pembanding"), width=26),
        Column("dataset", of("dataset"), width=18, printed=False),
        Column(words("column"), of("kolom"), width=14, printed=False),
        *_key_columns(words),
    ]


def _row_of(item: _Of) -> Row:
    row: Row = item.row.row if isinstance(item.row, Node) else item.row
    return row


def _codes(item: _Of, *figures: Figure) -> str:
    return ", ".join(item.document.doubts.of(_row_of(item)["baris_id"], *figures))


def _is_program(item: _Of) -> bool:
    return item.row.row["level"] in ("urusan", "bidang", "program")


def _share(before: Any, after: Any) -> Any:
    return None if percent(before, after) is None else (after - before) / before


def _pair_share(pair: Pair) -> Any:
    return _share(pair.before.pagu, pair.after.pagu)


def _program_share(item: _Of) -> Any:
    row: Beside = item.row
    return _share(row.before, row.after)


def _distinct(documents: Iterable[PlanDocument]) -> list[PlanDocument]:
    """Each document once: of three years, the middle one stands in two pairs."""
    return list({document.facts["dokumen_id"]: document for document in documents}.values())
