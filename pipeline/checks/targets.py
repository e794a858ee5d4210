"""One indicator, one target: the same indicator must not have two targets in two tables of one document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from rapidfuzz import fuzz

from pipeline.checks.book import Book
from pipeline.checks.registry import Doubt, check
from pipeline.checks.wording import figure, pages, quote
from pipeline.reference.units import find_unit
from pipeline.reference.words import Measure, indicator_key, same_name, word_lists
from schemas.ledger import Record

Target = tuple[float | None, float | None, float | None, str | None]
Listing = tuple[str | None, bool]
_STRATEGIC = frozenset({"misi", "tujuan", "sasaran"})
# A count or share is named by what it counts; with fewer content words than this it is too vague to be recognised.
_WORDS_TO_RECOGNISE = 3
_SLIP = 80  # of 100: one letter too many or too few in a word of four


def _target(record: Record) -> Target | None:
    values = (record.get("target"), record.get("target_min"), record.get("target_maks"), record.get("target_kategori"))
    return values if any(value is not None for value in values) else None


def _unit(record: Record, measure: Measure) -> str:
    """What the unit measures: scores are one whatever they are called; where none is printed, the name decides."""
    printed = record.get("satuan")
    if not printed:
        return measure
    unit = find_unit(printed)
    if unit is None:
        return same_name(printed)
    return unit.kind if unit.kind in ("skor", "persen") else unit.name


def _listing(record: Record) -> Listing:
    """A table's strategic part and its program part count as two listings: both name the same indicators."""
    return record.tabel_id, record.values["level"] in _STRATEGIC


def _show(record: Record) -> str:
    return record.get("target_teks") or figure(record.values["target"])


def _recognisable(measure: Measure, words: frozenset[str]) -> bool:
    return bool(words) and (measure == "skor" or len(words) >= _WORDS_TO_RECOGNISE)


def _listings(book: Book) -> dict[Any, dict[Listing, list[Record]]]:
    """The indicators that have a target, by what they measure, then by where they are listed."""
    groups: dict[Any, dict[Listing, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for record in book.rows("indikator"):
        if not record.get("indikator") or record.get("jenis") == "masukan" or record.tabel_id is None:
            continue
        measure, words = indicator_key(record.values["indikator"], book.office)
        if _target(record) is not None and _recognisable(measure, words):
            # A count belongs to the sub kegiatan that it counts for; scores and shares are the office's.
            place = same_name(record.get("sub_kegiatan") or "") if measure == "cacah" else None
            groups[measure, words, _unit(record, measure), place][_listing(record)].append(record)
    return groups


@check(
    "TARGET_BEDA",
    "peringatan",
    "isi",
    judul="Target satu indikator berbeda antartabel",
    datasets=["indikator"],
    example="Indeks Profesionalitas ASN: 64 in the IKU table, 63 in the Lampiran.",
)
def conflicting_targets(book: Book) -> Iterator[Doubt]:
    """The target of an indicator in each table that lists it; aliases, word order and abbreviations do not matter,
    qualifiers such as Kabupaten tell two indicators apart."""
    for listings in _listings(book).values():
        by_value: dict[Target, list[Record]] = {}
        for records in listings.values():
            values = {_target(record) for record in records}
            # A listing that already holds several targets names several things alike; it proves nothing.
            if len(values) == 1 and (value := values.pop()) is not None:
                by_value.setdefault(value, []).extend(records)
        for (_, ours), (_, theirs) in combinations(by_value.items(), 2):
            yield _conflict(ours, theirs)


def _conflict(ours: list[Record], theirs: list[Record]) -> Doubt:
    first, other = ours[0], theirs[0]
    alias = "" if same_name(first.values["indikator"]) == same_name(other.values["indikator"]) else (
        f" ({quote(other.values['indikator'])})"
    )  # fmt: skip
    times = f" pada {len(theirs)} baris" if len(theirs) > 1 else ""
    return Doubt(
        f"Target {quote(first.values['indikator'])} adalah {_show(first)} di satu tabel, tetapi {_show(other)}{times} "
        f"di tempat lain{alias}{pages(first.halaman, other.halaman)}.",
        record=first,
        kolom="target",
        nilai=_show(first),
        pembanding=_show(other),
        others=(other,),
    )


@check(
    "INDIKATOR_TANPA_PASANGAN",
    "info",
    "isi",
    judul="Indikator hanya ada di satu tabel",
    datasets=["indikator"],
    example="Nilai Komponen Kinerja stands in the IKU table and nowhere in the Lampiran.",
)
def without_counterpart(book: Book) -> Iterator[Doubt]:
    """Indicators of tujuan and sasaran that one table lists against every other table that lists some; those of a
    tujuan only against tables that name the tujuan. Slips of the pen do not make another indicator."""
    own: dict[str | None, dict[Any, Record]] = defaultdict(dict)
    every: dict[str | None, set[Any]] = defaultdict(set)
    with_goals: set[str | None] = set()
    for record in book.rows("indikator"):
        if not record.get("indikator") or record.tabel_id is None:
            continue
        key = indicator_key(record.values["indikator"], book.office)
        every[record.tabel_id].add(key)
        if record.get("tujuan"):
            with_goals.add(record.tabel_id)
        if record.values["level"] in _STRATEGIC:
            own[record.tabel_id].setdefault(key, record)
    for tabel_id, listed in own.items():
        # Only tables that list partly the same indicators are meant to list the same ones.
        peers = {other for other, keys in own.items() if other != tabel_id and set(listed) & set(keys)}
        elsewhere = [keys for other, keys in every.items() if other != tabel_id]
        for key, record in listed.items():
            asked = peers & with_goals if record.values["level"] == "tujuan" else peers
            if asked and not any(_listed_in(key, keys) for keys in elsewhere):
                yield _alone(record)


def _listed_in(key: tuple[Measure, frozenset[str]], keys: set[Any]) -> bool:
    """Whether a table lists an indicator, or one whose words differ from it by a slip of the pen."""
    measure, words = key
    return key in keys or any(
        measure == other and len(words & theirs) >= _WORDS_TO_RECOGNISE and _slip(words - theirs, theirs - words)
        for other, theirs in keys
    )


def _slip(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether what is left of two wordings is one word, misspelled on one side: the same word or a filler."""
    if len(ours) > 1 or len(theirs) > 1:
        return False
    one, other = ("".join(ours), "".join(theirs))
    choices = [other] if one and other else word_lists().fillers
    return any(fuzz.ratio(one or other, choice) >= _SLIP for choice in choices)


def _alone(record: Record) -> Doubt:
    return Doubt(
        f"Indikator {quote(record.values['indikator'])} hanya ada di satu tabel; tabel lain yang memuat "
        f"indikator tujuan dan sasaran tidak menyebutnya.",
        record=record,
        kolom="indikator",
        nilai=record.values["indikator"],
    )
