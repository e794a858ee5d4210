"""What a comparison comes to: pagu side by side, the largest changes, changes by kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from pipeline.release.comparing.rows import DOUBTED
from pipeline.reports.doubts import Figure
from pipeline.reports.model import ASPECTS, Pair, PlanDocument, Program, Row
from pipeline.reports.texts import Words

LARGEST = 10
# A new or missing row is told by its name and shown with its amount or its target. A parent has findings of its own.
_DOUBTABLE: Mapping[str, tuple[Figure, ...]] = {
    "baru": ("nama", "pagu", "target"),
    "hilang": ("nama", "pagu", "target"),
    "nama": ("nama",),
    "induk": (),
    "pagu": ("pagu",),
    "target": ("target",),
    "satuan": ("satuan",),
}
_ABBREVIATIONS = frozenset({"rkt", "iku", "dpa", "apbd"})
_NOT_OF_NAME = re.compile(r"[^0-9a-z]")
_LEVEL_WORD = re.compile(r"^\s*program\s*:?\s+")


@dataclass(frozen=True, slots=True)
class Beside:
    """A program or an office with its pagu in both documents, in rupiah, and the pages; null where it is absent.

    It is not `comparable` where a document prints no pagu at all, or none that could be read: what is not known is no
    change. `unread_before` and `unread_after` count the amounts that the pagu leaves out. `doubts_before` and
    `doubts_after` hold the codes of the findings that doubt an amount in it.
    """

    name: str
    before: Decimal | None
    after: Decimal | None
    page_before: int | None = None
    page_after: int | None = None
    comparable: bool = True
    doubts_before: tuple[str, ...] = ()
    doubts_after: tuple[str, ...] = ()
    unread_before: int = 0
    unread_after: int = 0

    @property
    def difference(self) -> Decimal | None:
        """The later pagu minus the earlier; a program that is new or gone counts in full."""
        if not self.comparable or (self.before is None and self.after is None):
            return None
        return (self.after or Decimal(0)) - (self.before or Decimal(0))

    @property
    def percent(self) -> Decimal | None:
        """The difference in percent of the earlier pagu; null where that is absent or zero."""
        return percent(self.before, self.after) if self.comparable else None

    @property
    def size(self) -> Decimal:
        """The larger pagu of the two, by which programs are ordered in a picture."""
        return max(self.before or Decimal(0), self.after or Decimal(0))


@dataclass(frozen=True, slots=True)
class Change:
    """A row of `perbandingan`, its pair, and the rupiah that it moves; null where it moves none that is known.

    `doubts_before` and `doubts_after` hold the codes of the findings that doubt one of its two values, `doubts` that of
    the comparison, which doubts the change itself.
    """

    row: Row
    pair: Pair
    money: Decimal | None
    doubts_before: tuple[str, ...] = ()
    doubts_after: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def percent(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """The change from `before` to `after` in percent, with one decimal; null where it cannot be told."""
    if not before or after is None:
        return None
    return ((after - before) * 100 / before).quantize(Decimal("0.1"))


def programs_beside(pair: Pair) -> list[Beside]:
    """The programs of both documents, one row each: by name, or by the pair that `perbandingan` made of two names."""
    renamed = {
        program_key(row["nilai_dari"]): program_key(row["nilai_ke"]) for row in pair.changes if _is_program_name(row)
    }
    later = {program_key(program.name): program for program in pair.after.programs}
    rows = []
    for program in pair.before.programs:
        key = program_key(program.name)
        match = later.pop(key, None) or later.pop(renamed.get(key, key), None)
        rows.append(_beside(program, match))
    rows += [_beside(None, program) for program in later.values()]
    return [replace(row, comparable=pair.difference is not None and not _unknown(row)) for row in rows]


def _unknown(row: Beside) -> bool:
    """Whether one of the two amounts is missing because it could not be read."""
    return (row.before is None and row.unread_before > 0) or (row.after is None and row.unread_after > 0)


def offices_beside(pairs: Iterable[Pair]) -> list[Beside]:
    """The totals of each pair, under the name of the later document's office."""
    return [
        Beside(
            owner(pair.after),
            pair.before.pagu,
            pair.after.pagu,
            comparable=pair.difference is not None,
            doubts_before=pair.before.pagu_doubts,
            doubts_after=pair.after.pagu_doubts,
            unread_before=pair.before.unread,
            unread_after=pair.after.unread,
        )
        for pair in pairs
    ]


def all_changes(pairs: Iterable[Pair]) -> list[Change]:
    """The changes of all pairs, in the order of the pairs and of the contract's aspects."""
    place = {aspect: number for number, aspect in enumerate(ASPECTS)}
    return [
        change
        for pair in pairs
        for change in _changes_of(pair, sorted(pair.changes, key=lambda row: place[row["aspek"]]))
    ]


def _changes_of(pair: Pair, rows: Iterable[Row]) -> Iterator[Change]:
    """The rows of a pair with what is doubted in them."""
    told = {finding.baris_id: (finding.kode,) for finding in pair.uncertain.findings if finding.kode == DOUBTED}
    for row in rows:
        figures = _DOUBTABLE[row["aspek"]]
        before, after = pair.before.doubts.of(row["dari_id"], *figures), pair.after.doubts.of(row["ke_id"], *figures)
        yield Change(row, pair, moved_money(row), before, after, told.get(row["baris_id"], ()))


def largest_changes(changes: Sequence[Change], count: int = LARGEST) -> list[Change]:
    """The changes that move most rupiah, whichever way."""
    moving = [change for change in changes if change.money]
    return sorted(moving, key=lambda change: -abs(change.money or Decimal(0)))[:count]


def changes_by_aspect(changes: Iterable[Change]) -> dict[str, list[Change]]:
    """The changes by what differs, in the contract's order, without the aspects that nothing differs in."""
    found: dict[str, list[Change]] = {aspect: [] for aspect in ASPECTS}
    for change in changes:
        found[change.row["aspek"]].append(change)
    return {aspect: rows for aspect, rows in found.items() if rows}


def moved_money(row: Row) -> Decimal | None:
    """The rupiah that a change moves: the difference of a pagu, or the whole pagu of what is new or gone."""
    if row["aspek"] == "pagu":
        return Decimal(row["selisih"]) if row["selisih"] is not None else None
    if row["aspek"] == "baru":
        return money_of(row, row["nilai_ke"])
    if row["aspek"] == "hilang":
        amount = money_of(row, row["nilai_dari"])
        return None if amount is None else -amount
    return None


def money_of(row: Row, value: str | None) -> Decimal | None:
    """A value of a change where it is rupiah: a pagu, and not the target of an indicator that is new or gone."""
    dokumen_id, key = (row["ke_dokumen_id"], row["ke_id"]) if row["ke_id"] else (row["dari_dokumen_id"], row["dari_id"])
    is_indicator = str(key).startswith(f"{dokumen_id}-indikator-")
    money = row["aspek"] == "pagu" or (row["aspek"] in ("baru", "hilang") and not is_indicator)
    return as_amount(value) if money else None


def as_amount(text: str | None) -> Decimal | None:
    """The figure that a value of `perbandingan` writes with a decimal point; null where it is no plain figure."""
    if text is None:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def owner(document: PlanDocument) -> str:
    """Whose plan it is: the office with its region, or the file where the document does not say."""
    names = [document.facts[name] for name in ("perangkat_daerah", "wilayah") if document.facts[name]]
    return ", ".join(names) or str(document.facts["berkas"])


def edition(document: PlanDocument) -> str:
    """What a document is in a few words, such as `RKT 2024` or `renja 2024 perubahan`, or its key."""
    facts = document.facts
    kind = facts["jenis_dokumen"]
    stage = facts["tahap"] if facts["tahap"] != "murni" else None
    parts = [kind and (kind.upper() if kind in _ABBREVIATIONS else kind.replace("_", " ")), facts["tahun"], stage]
    return " ".join(str(part) for part in parts if part) or str(facts["dokumen_id"])


def editions(pair: Pair, words: Words) -> tuple[str, str]:
    """How the two documents of a pair are called in headers; told apart where both would be called the same."""
    before, after = edition(pair.before), edition(pair.after)
    if before != after:
        return before, after
    return f"{before} ({words('earlier')})", f"{after} ({words('later')})"


def title_of(pairs: Sequence[Pair]) -> str:
    """What a comparison is of: the editions, and the office or how many pairs."""
    before, after = edition(pairs[0].before), edition(pairs[0].after)
    if len(pairs) > 1:
        earlier, later = _years(pair.before for pair in pairs), _years(pair.after for pair in pairs)
        return f"{earlier} → {later} ({len(pairs)})"
    return f"{before} → {after}, {owner(pairs[0].after)}"


def _years(documents: Iterable[PlanDocument]) -> str:
    return ", ".join(sorted({str(document.facts["tahun"] or "–") for document in documents}))


def _beside(before: Program | None, after: Program | None) -> Beside:
    named = after or before
    if named is None:
        raise ValueError("a row needs a program")
    return Beside(
        named.name,
        before.pagu if before else None,
        after.pagu if after else None,
        before.page if before else None,
        after.page if after else None,
        doubts_before=before.doubts if before else (),
        doubts_after=after.doubts if after else (),
        unread_before=before.unread if before else 0,
        unread_after=after.unread if after else 0,
    )


def program_key(name: str | None) -> str:
    """A program's name without case, spaces, punctuation and the word `program`, as the views match it."""
    return _NOT_OF_NAME.sub("", _LEVEL_WORD.sub("", (name or "").lower()))


def _is_program_name(row: Row) -> bool:
    return bool(row["level"] == "program" and row["aspek"] == "nama")
