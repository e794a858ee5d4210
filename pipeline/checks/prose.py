"""Running text against the plan's year, stage and kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.checks.book import Book
from pipeline.checks.registry import Doubt, check
from pipeline.checks.wording import quote, section_title
from pipeline.reference.words import word_lists
from schemas.ledger import Record

# A year that is not one end of a range such as 2021-2026.
_YEAR = r"(?<![-–—/\d])(?P<year>(?:19|20)\d\d)(?!\s*[-–—/]\s*\d|\d)"
_OF_YEAR = rf"\b(?:tahun(?:\s+anggaran)?|TA)\s+{_YEAR}"
_TARGET_OF = re.compile(rf"\btarget\b[^.;,\d]{{0,40}}?{_OF_YEAR}", re.IGNORECASE)
_RUNNING = re.compile(rf"\bberjalan\w*\b[^.;\d]{{0,40}}?{_OF_YEAR}", re.IGNORECASE)
_AROUND = 80  # characters read around a phrase for signs that the sentence looks back or ahead


class Mention(NamedTuple):
    """A phrase of the running text that ties the plan to a year, and what stands around it in its sentence."""

    year: int
    phrase: str
    before: str
    after: str


def _own_name(kind: str | None) -> re.Pattern[str] | None:
    names = word_lists().document_names.get(kind or "", ())
    if not names:
        return None
    return re.compile(rf"{_spelled(names)}[^.;\d]{{0,90}}?{_OF_YEAR}", re.IGNORECASE)


def _spelled(names: Iterable[str]) -> str:
    """A pattern for a plan's own names that are not the beginning of another document's name."""
    own, other = (
        "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in phrases)
        for phrases in (names, word_lists().other_documents)
    )
    return rf"\b(?:{own})\b(?!\s+(?:{other})\b)"


def _has_word(text: str, words: Iterable[str]) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) for word in words)


def _looks_back(text: str) -> bool:
    return _has_word(text, word_lists().looking_back)


def _mentions(text: str, pattern: re.Pattern[str]) -> Iterator[Mention]:
    for match in pattern.finditer(text):
        before = re.split(r"[.;]\s", text[max(0, match.start() - _AROUND) : match.start()])[-1]
        after = re.split(r"[.;,]\s", text[match.end() : match.end() + _AROUND])[0]
        if not _looks_back(before) and not _looks_back(match[0]):
            yield Mention(int(match["year"]), " ".join(match[0].split()), before, after)


def _past_targets(text: str, plan_year: int) -> Iterator[Mention]:
    """Targets of a past year that the text has still before it: those that it looks back on are history."""
    for mention in _mentions(text, _TARGET_OF):
        ahead = _has_word(mention.before, word_lists().looking_ahead)
        if mention.year < plan_year and ahead and not _looks_back(mention.after):
            yield mention


def _other_years(section: Record, plan_year: int, own_name: re.Pattern[str] | None) -> dict[int, str]:
    """The years other than the plan's that a section speaks of as if they were the plan's, with the phrase."""
    text = section.get("teks") or ""
    if _looks_back(section.get("judul") or ""):
        return {}
    named = _mentions(text, own_name) if own_name else ()
    years: dict[int, str] = {}
    for mention in (*named, *_past_targets(text, plan_year), *_mentions(text, _RUNNING)):
        if mention.year != plan_year:
            years.setdefault(mention.year, mention.phrase)
    return years


@check(
    "TAHUN_TEKS_BEDA",
    "peringatan",
    "isi",
    judul="Teks menyebut tahun lain",
    datasets=["bagian"],
    example="Rencana Kinerja Tahunan Perubahan Tahun 2023, in a plan for 2024.",
)
def year_in_prose(book: Book) -> Iterator[Doubt]:
    """The year that the running text gives the plan, its targets or the year under way, with the plan's year;
    regulations, ranges of years and looks back do not count."""
    plan_year, own_name = book.context.tahun, _own_name(book.about("jenis_dokumen"))
    if plan_year is None:
        return
    for section in book.rows("bagian"):
        for year, phrase in _other_years(section, plan_year, own_name).items():
            yield Doubt(
                f"Bagian {quote(section_title(section))} menyebut {quote(phrase)}, padahal dokumen ini untuk tahun "
                f"{plan_year}.",
                record=section,
                kolom="teks",
                nilai=str(year),
                pembanding=str(plan_year),
            )


@check(
    "TAHAP_TEKS_BEDA",
    "info",
    "isi",
    judul="Teks menyebut tahap lain",
    datasets=["bagian", "dokumen"],
    example="The text speaks of a Rencana Kinerja Tahunan Perubahan, the cover does not.",
)
def stage_in_prose(book: Book) -> Iterator[Doubt]:
    """The stage (murni or perubahan) that the running text gives the plan, with that of its title."""
    names = word_lists().document_names.get(book.about("jenis_dokumen") or "", ())
    if book.about("tahap") != "murni" or not names:
        return
    pattern = re.compile(rf"{_spelled(names)}(?:\s+\([^)]*\))?\s+perubahan\b", re.IGNORECASE)
    for section in book.rows("bagian"):
        found = pattern.search(section.get("teks") or "")
        if found:
            yield Doubt(
                f"Bagian {quote(section_title(section))} menyebut {quote(found[0])}, padahal menurut judulnya "
                f"dokumen ini bukan perubahan.",
                record=section,
                kolom="teks",
                nilai=" ".join(found[0].split()),
                pembanding="murni",
            )
            return


def _other_names(kind: str) -> dict[str, re.Pattern[str]]:
    """How the text would call this document if it took it for another kind: that kind's name right before `ini`.

    A name that begins the document's own (`Rencana Kerja` of `Rencana Kerja Tahunan`) is a short form of it.
    """
    names = word_lists().document_names
    own = names.get(kind, ())
    patterns: dict[str, re.Pattern[str]] = {}
    for other, spelled in names.items():
        foreign = [name for name in spelled if not any(name in ours or ours in name for ours in own)]
        if other != kind and foreign:
            patterns[other] = re.compile(rf"{_spelled(foreign)}(?:\s+\([^)]*\))?\s+ini\b", re.IGNORECASE)
    return patterns


def _called_otherwise(section: Record, patterns: Iterable[re.Pattern[str]]) -> str | None:
    title = section.get("judul") or ""
    if not _has_word(title, word_lists().framing_chapters):
        return None
    found = [match for pattern in patterns if (match := pattern.search(section.get("teks") or ""))]
    return " ".join(found[0][0].split()) if found else None


@check(
    "JENIS_TEKS_BEDA",
    "peringatan",
    "isi",
    judul="Teks menyebut dokumen ini dengan jenis lain",
    datasets=["bagian", "dokumen"],
    example="The preface of a Rencana Kinerja Tahunan says: Perjanjian Kinerja ini disusun.",
)
def kind_in_prose(book: Book) -> Iterator[Doubt]:
    """What the opening and closing chapters call the document itself (`… ini`), with the kind that its title names; a
    document may speak of others."""
    kind = book.about("jenis_dokumen")
    if kind is None or kind not in word_lists().document_names:
        return
    patterns = _other_names(kind)
    for section in book.rows("bagian"):
        phrase = _called_otherwise(section, patterns.values())
        if phrase is not None:
            own = word_lists().document_names[kind][0].title()
            yield Doubt(
                f"Bagian {quote(section_title(section))} menyebut dokumen ini {quote(phrase)}, padahal menurut "
                f"judulnya dokumen ini {own}.",
                record=section,
                kolom="teks",
                nilai=phrase,
                pembanding=own,
            )
            return
