"""Legal bases: a regulation cannot change a younger one, has one type, and is not younger than the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from pipeline.checks.book import Book
from pipeline.checks.registry import Doubt, check
from pipeline.checks.wording import pages, quote
from pipeline.reference.words import word_lists
from schemas.ledger import Record

_NUMBER_AND_YEAR = r"(?:nomor|no\.?)\s*:?\s*(?P<number>\d+[\w./-]*)\s+tahun\s+(?P<year>\d{4})"
_AMENDS = re.compile(rf"perubahan\s+(?:\w+\s+)?atas\s+(?P<what>[^;]{{0,140}}?){_NUMBER_AND_YEAR}", re.IGNORECASE)
_SAME_SUBJECT = 85  # likeness of two subjects, 0 to 100
_SUBJECT_LENGTH = 60
_SHORTEST_SUBJECT = 15
_SHOWN = 3  # names in one message


class Citation(NamedTuple):
    """A regulation as cited: type in short, number without leading zeros, year, subject, and where."""

    kind: str
    number: str
    year: int
    subject: str
    wording: str
    record: Record


@lru_cache(maxsize=1)
def _citation_pattern() -> re.Pattern[str]:
    wordings = sorted(word_lists().regulations, key=len, reverse=True)
    kinds = "|".join(re.escape(wording).replace(r"\ ", r"\s+") for wording in wordings)
    return re.compile(
        rf"\b(?P<kind>{kinds})\b(?P<of>[^.;\d]{{0,60}}?){_NUMBER_AND_YEAR}(?:\s+tentang\s+(?P<subject>[^.;]{{0,200}}))?",
        re.IGNORECASE,
    )


def _kind_of(wording: str) -> str | None:
    known = word_lists().regulations
    text = " ".join(wording.lower().split())
    fitting = [name for name in known if re.match(rf"{re.escape(name)}\b", text)]
    return known[max(fitting, key=len)] if fitting else None


def _plain_number(number: str) -> str:
    return number.lower().lstrip("0") or "0"


def _cited_in_prose(section: Record) -> Iterator[Citation]:
    for match in _citation_pattern().finditer(section.get("teks") or ""):
        kind = _kind_of(match["kind"])
        if kind:
            wording = " ".join(f"{match['kind']}{match['of']}".split())
            subject, number = match["subject"] or "", _plain_number(match["number"])
            yield Citation(kind, number, int(match["year"]), subject, wording, section)


def _listed(book: Book) -> Iterator[Citation]:
    for row in book.rows("dasar_hukum"):
        jenis, nomor, year = row.get("jenis"), row.get("nomor"), row.get("tahun_peraturan")
        kind = _kind_of(jenis or "")
        if kind and nomor and year:
            yield Citation(kind, _plain_number(nomor), year, row.get("tentang") or "", jenis or "", row)


def _same_subject(one: str, other: str) -> bool:
    left, right = one[:_SUBJECT_LENGTH].lower(), other[:_SUBJECT_LENGTH].lower()
    return min(len(left), len(right)) >= _SHORTEST_SUBJECT and fuzz.ratio(left, right) >= _SAME_SUBJECT


@check(
    "PERATURAN_MENGUBAH_YANG_LEBIH_BARU",
    "peringatan",
    "isi",
    judul="Peraturan mengubah peraturan yang lebih baru",
    datasets=["dasar_hukum"],
    example="PP 32/1979 tentang perubahan atas PP 65/2008.",
)
def amends_younger(book: Book) -> Iterator[Doubt]:
    """The year of a regulation with that of the one it says to change."""
    for row in book.rows("dasar_hukum"):
        year = row.get("tahun_peraturan")
        match = _AMENDS.search(row.get("teks") or row.get("tentang") or "")
        if year is None or match is None or int(match["year"]) <= year:
            continue
        yield Doubt(
            f"{row.get('jenis') or 'Peraturan'} Nomor {row.get('nomor')} Tahun {year} disebut mengubah peraturan yang "
            f"lebih baru, Nomor {match['number']} Tahun {match['year']}.",
            record=row,
            kolom="tahun_peraturan",
            nilai=f"{row.get('nomor')}/{year}",
            pembanding=f"{match['number']}/{match['year']}",
        )


@check(
    "PERATURAN_DUA_JENIS",
    "peringatan",
    "isi",
    judul="Satu peraturan dengan dua jenis",
    datasets=["dasar_hukum", "bagian"],
    example="Peraturan Bupati 29/2016 in the list, Peraturan Daerah 29/2016 in the text, on the same subject.",
)
def two_types(book: Book) -> Iterator[Doubt]:
    """Regulations of one number, year and subject: they should be of one type wherever they are cited."""
    listed = list(_listed(book))
    others = [*listed, *(citation for section in book.rows("bagian") for citation in _cited_in_prose(section))]
    reported: set[tuple[str, int, frozenset[str]]] = set()
    for one in listed:
        for other in others:
            if (one.number, one.year) != (other.number, other.year) or one.kind == other.kind:
                continue
            pair = (one.number, one.year, frozenset({one.kind, other.kind}))
            if pair in reported or not _same_subject(one.subject, other.subject):
                continue
            reported.add(pair)
            yield Doubt(
                f"Nomor {one.number} Tahun {one.year} disebut sebagai {quote(one.wording)} dan sebagai "
                f"{quote(other.wording)}, dengan pokok yang sama{pages(one.record.halaman, other.record.halaman)}.",
                record=one.record,
                kolom="jenis",
                nilai=one.wording,
                pembanding=other.wording,
                others=(other.record,),
            )


@check(
    "PERATURAN_SETELAH_RENCANA",
    "peringatan",
    "isi",
    judul="Peraturan lebih baru daripada rencana",
    datasets=["dasar_hukum"],
    example="A plan for 2024 rests on a regulation of 2025.",
)
def younger_than_plan(book: Book) -> Iterator[Doubt]:
    """The year of each legal basis with the plan's year."""
    plan_year = book.context.tahun
    for row in book.rows("dasar_hukum") if plan_year is not None else ():
        year = row.get("tahun_peraturan")
        if year is not None and year > plan_year:
            yield Doubt(
                f"{row.get('jenis') or 'Peraturan'} Nomor {row.get('nomor')} Tahun {year} lebih baru daripada tahun "
                f"rencana, {plan_year}.",
                record=row,
                kolom="tahun_peraturan",
                nilai=str(year),
                pembanding=str(plan_year),
            )


@check(
    "PERATURAN_BERULANG",
    "info",
    "isi",
    judul="Peraturan tercantum dua kali",
    datasets=["dasar_hukum"],
    example="UU 23/2014 is listed twice.",
)
def listed_twice(book: Book) -> Iterator[Doubt]:
    """The legal bases with each other; all that are repeated are one finding."""
    seen: dict[tuple[str, str, int], Citation] = {}
    again: list[Citation] = []
    for citation in _listed(book):
        # Regulations of two ministries or regions may share a number and a year: the subject must agree as well.
        first = seen.setdefault((citation.kind, citation.number, citation.year), citation)
        if first is not citation and _same_subject(first.subject, citation.subject):
            again.append(citation)
    if again:
        names = "; ".join(f"{cited.wording} Nomor {cited.number} Tahun {cited.year}" for cited in again[:_SHOWN])
        more = f" dan {len(again) - _SHOWN} lainnya" if len(again) > _SHOWN else ""
        yield Doubt(
            f"{len(again)} peraturan tercantum lebih dari sekali dalam dasar hukum: {names}{more}.",
            record=again[0].record,
            kolom="nomor",
            nilai=again[0].number,
            others=tuple(cited.record for cited in again[1:]),
        )
