"""The sheets of what changed: all changes, one sheet for each kind, how many there are, and what is not certain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.reports.columns import doubt_column, file_columns, sides
from pipeline.reports.model import ASPECTS, Row
from pipeline.reports.spreadsheet import Book, Column
from pipeline.reports.summary import Change, as_amount, changes_by_aspect, money_of, owner
from pipeline.reports.texts import Words
from pipeline.reports.unsure import Unsure
from pipeline.reports.wording import SHEETS

_AMOUNTS = ("pagu", "baru", "hilang")
_FIGURES = ("pagu", "target")
_WORDING_WIDTH, _AMOUNT_WIDTH = 44, 22


def write_changes(book: Book, changes: Sequence[Change], words: Words) -> None:
    """One sheet with every change."""
    book.table(words(SHEETS["changes"]), _change_columns(words), changes)


def write_kinds(book: Book, changes: Sequence[Change], words: Words) -> None:
    """How many changes there are of each kind, and a sheet for each kind that there is."""
    found = changes_by_aspect(changes)
    _write_counts(book, changes, found, words)
    for aspect, rows in found.items():
        book.table(words(f"sheet.{aspect}"), _kind_columns(aspect, words), rows)


def write_unsure(book: Book, unsure: Sequence[Unsure], words: Words) -> None:
    """What the comparison leaves open; no sheet where nothing is."""
    if unsure:
        book.table(words(SHEETS["unsure"]), _unsure_columns(words), unsure)


def _write_counts(book: Book, changes: Sequence[Change], found: dict[str, list[Change]], words: Words) -> None:
    """Counted by formulas over the sheet of all changes."""
    last = len(changes) + 1
    place = next(i for i, column in enumerate(_change_columns(words)) if column.title == words("aspect"))
    area = f"'{words(SHEETS['changes'])}'!${chr(65 + place)}$2:${chr(65 + place)}${last}"
    columns = [
        Column(words("aspect"), lambda aspect: words(f"aspect.{aspect}"), width=24),
        Column(
            words("changes"),
            lambda aspect: len(found.get(aspect, ())),
            "rupiah",
            16,
            formula=lambda number: f"=COUNTIF({area},A{number})",
            total=True,
        ),
    ]
    book.table(words("kinds")[:31], columns, ASPECTS)


def _change_columns(words: Words) -> list[Column]:
    def of(name: str) -> Any:
        return lambda change: change.row[name]

    earlier, later = words("earlier"), words("later")
    return [
        Column(words("office"), lambda change: owner(change.pair.after), width=32),
        Column(words("level"), lambda change: words.level(change.row["level"]), width=14),
        Column(words("name"), of("nama"), width=50),
        Column(words("aspect"), lambda change: words(f"aspect.{change.row['aspek']}"), width=10),
        Column(earlier, lambda change: _shown_value(change.row, "nilai_dari"), "rupiah", 22),
        Column(f"{words('page')} {earlier}", of("halaman_dari"), "page", 9),
        Column(later, lambda change: _shown_value(change.row, "nilai_ke"), "rupiah", 22),
        Column(f"{words('page')} {later}", of("halaman_ke"), "page", 9),
        Column(words("difference"), of("selisih"), "signed", 18),
        Column(words("percent"), lambda change: _hundredth(change.row["persen"]), "percent", 10),
        doubt_column(words, lambda change: _doubts(change, words)),
        *_source_columns(words),
    ]


def _source_columns(words: Words) -> list[Column]:
    """How sure it is that both rows are one, and where they stand; not printed."""

    def of(name: str) -> Any:
        return lambda change: change.row[name]

    earlier, later = words("earlier"), words("later")
    return [
        Column(words("similarity"), of("kemiripan"), "number", 11, printed=False),
        Column(f"{words('row')}: {earlier}", of("dari_id"), width=40, printed=False),
        Column(f"{words('row')}: {later}", of("ke_id"), width=40, printed=False),
        *file_columns(earlier, lambda change: change.pair.before, words),
        *file_columns(later, lambda change: change.pair.after, words),
    ]


def _kind_columns(aspect: str, words: Words) -> list[Column]:
    """The columns of one kind: what is new has no earlier value, wording no difference, and only money a sum."""

    def of(name: str) -> Any:
        return lambda change: change.row[name]

    columns = [
        Column(words("office"), lambda change: owner(change.pair.after), width=32),
        Column(words("level"), lambda change: words.level(change.row["level"]), width=14),
        Column(words("name"), of("nama"), width=50),
    ]
    for role, value, page, absent in (
        ("earlier", "nilai_dari", "halaman_dari", "baru"),
        ("later", "nilai_ke", "halaman_ke", "hilang"),
    ):
        if aspect != absent:
            columns += [_value_column(aspect, words(role), value), Column(words("page"), of(page), "page", 9)]
    if aspect in _FIGURES:
        formula = (lambda number: f"=F{number}-D{number}") if aspect == "pagu" else None
        columns += [
            Column(words("difference"), of("selisih"), "signed", 20, formula, total=aspect == "pagu"),
            Column(words("percent"), lambda change: _hundredth(change.row["persen"]), "percent", 10),
        ]
    return [*columns, doubt_column(words, lambda change: _doubts(change, words)), *_source_columns(words)]


def _value_column(aspect: str, title: str, name: str) -> Column:
    if aspect == "target":
        return Column(title, lambda change: _target(change.row, name), "number", _AMOUNT_WIDTH)
    width = _WORDING_WIDTH if aspect in ("nama", "induk") else _AMOUNT_WIDTH
    return Column(title, lambda change: _shown_value(change.row, name), "rupiah", width, total=aspect in _AMOUNTS)


def _unsure_columns(words: Words) -> list[Column]:
    return [
        Column(words("office"), lambda one: owner(one.pair.after), width=32),
        Column(words("unsure.what"), lambda one: words(f"unsure.{one.kind}"), width=26),
        Column(words("message"), lambda one: one.message, width=80),
        Column(f"{words('page')} {words('later')}", lambda one: one.page, "page", 9),
        Column(words("code"), lambda one: one.kind if one.kind.isupper() else None, width=28),
        Column("baris_id", lambda one: one.key, width=44, printed=False),
        *file_columns(words("earlier"), lambda one: one.pair.before, words),
        *file_columns(words("later"), lambda one: one.pair.after, words),
    ]


def _doubts(change: Change, words: Words) -> str:
    return sides(words, change.doubts_before, change.doubts_after, *change.doubts)


def _shown_value(row: Row, name: str) -> object:
    """Money as a number that can be added up, anything else as the text that it is."""
    amount = money_of(row, row[name])
    return row[name] if amount is None else amount


def _target(row: Row, name: str) -> object:
    """A target as a number where it is one."""
    amount = as_amount(row[name])
    return row[name] if amount is None else amount


def _hundredth(value: float | None) -> float | None:
    return None if value is None else value / 100
