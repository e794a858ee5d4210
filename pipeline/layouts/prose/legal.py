"""The list of regulations that a document names as its legal basis."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.layouts.prose.blocks import TextBlock
from pipeline.layouts.prose.sections import Section, join_paragraph, paragraphs
from pipeline.layouts.prose.vocabulary import vocabulary
from pipeline.values import tidy
from schemas.ledger import Ledger

NUMBER = re.compile(
    r"\b(?:nomor|nombor|nomer|no)\b\.?\s*:?\s*(?P<nomor>[A-Z]{0,4}[\d.]*\d[^\s,;:()]*|[IVXLCM]+/[^\s,;:()]+)"
    r"|\b(?P<bare>\d{1,3})(?=\s+tahun\s+(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
YEAR = re.compile(r"^[\s,]*(?:tahun|th\.?)\s*(?P<tahun>(?:19|20)\d\d)\b", re.IGNORECASE)
DATED = re.compile(r"^[\s,]*tanggal\s+\d{1,2}\s+[^\W\d_]+\s+(?P<tahun>(?:19|20)\d\d)\b", re.IGNORECASE)
BARE_YEAR = re.compile(r"\btahun\s+(?P<tahun>(?:19|20)\d\d)\b", re.IGNORECASE)
YEAR_INSIDE = re.compile(r"/(?P<tahun>(?:19|20)\d\d)\b")
ABOUT = re.compile(r"\btentang\b\s*(?P<about>.*)$", re.IGNORECASE)
GAZETTE = re.compile(
    r"\s*[(,]?\s*\(?\s*(?:Tambahan\s+)?(?:Lembaran|Lembar|Berita)\s+(?:Negara|Negera|Daerah)\b.*$", re.IGNORECASE
)
TYPE_WORDS = 16


@dataclass(frozen=True, slots=True)
class Regulation:
    """A regulation as an item of the list cites it.

    `jenis` is the type in its canonical spelling with what follows it up to the number; `nomor` as printed.
    """

    jenis: str | None
    nomor: str | None
    tahun: int | None
    tentang: str | None


def read_regulation(text: str) -> Regulation | None:
    """The regulation that a text begins with; None where it begins with none.

    What it amends, or was amended by, is part of what it is about, not a second regulation. A year inside the
    number (`22/PMK.07/2022`) counts where no year stands beside it.
    """
    jenis = _type(text)
    if jenis is None:
        return None
    number = NUMBER.search(text)
    about = ABOUT.search(text)
    if number is not None and about is not None and number.start() > about.start():
        number = None
    head = text[: number.start()] if number else text[: about.start()] if about else text
    return Regulation(
        jenis=_tidy_type(head, jenis),
        nomor=(number["nomor"] or number["bare"]).strip(".") if number else None,
        tahun=_year(text, number),
        tentang=_about(about),
    )


def _type(text: str) -> tuple[re.Match[str], str] | None:
    for pattern, canonical in vocabulary().legal_types:
        if match := pattern.match(text):
            return match, canonical
    return None


def _tidy_type(head: str, jenis: tuple[re.Match[str], str]) -> str | None:
    match, canonical = jenis
    rest = head[match.end() :]
    rest = vocabulary().legal_noise.sub(" ", rest)
    rest = BARE_YEAR.sub(" ", rest)
    words = tidy(rest).strip(" ,.:;").split()
    return " ".join([canonical, *words[:TYPE_WORDS]])


def _year(text: str, number: re.Match[str] | None) -> int | None:
    if number is None:
        match = BARE_YEAR.search(text)
    else:
        after = text[number.end() :]
        match = YEAR.match(after) or DATED.match(after) or YEAR_INSIDE.search(number.group())
    return int(match["tahun"]) if match else None


def _about(about: re.Match[str] | None) -> str | None:
    if about is None:
        return None
    return tidy(GAZETTE.sub("", about["about"])).rstrip(" .;,") or None


@dataclass(frozen=True, slots=True)
class LegalItem:
    """An item of the list: its ordinal as a number, its text without the ordinal, and its blocks."""

    nomor_urut: int
    teks: str
    blocks: tuple[TextBlock, ...]


def legal_items(sections: Sequence[Section]) -> list[LegalItem]:
    """The items of all lists that a heading or phrase about the legal basis opens, in reading order."""
    return [item for section in sections for item in _section_items(section)]


def _section_items(section: Section) -> Iterator[LegalItem]:
    """Items after the phrase that opens the list, up to the first paragraph that is neither item nor citation."""
    intro = vocabulary().legal_intro
    inside = intro.search(section.judul) is not None
    count = 0
    for group in paragraphs(section.blocks):
        text = join_paragraph(group)
        marked = vocabulary().marker.match(text)
        rest = text[marked.end() :].strip() if marked else text
        if marked is None and not (inside and _is_citation(text)):
            inside = intro.search(text) is not None or (inside and count == 0)
            continue
        if inside and _is_citation(rest):
            count = _ordinal(marked, count)
            yield LegalItem(count, rest.rstrip(), tuple(group))


def _is_citation(text: str) -> bool:
    found = read_regulation(text)
    return found is not None and (found.nomor is not None or found.tahun is not None)


def _ordinal(marked: re.Match[str] | None, count: int) -> int:
    """The printed number; a letter's place in the alphabet; one more than the last for a bullet."""
    if marked is not None and marked["number"]:
        return int(marked["number"])
    if marked is not None and marked["letter"]:
        return ord(marked["letter"].lower()) - ord("a") + 1
    return count + 1


def write_legal_bases(ledger: Ledger, sections: Sequence[Section]) -> None:
    """A `dasar_hukum` record per item of the legal basis."""
    for item in legal_items(sections):
        found = read_regulation(item.teks)
        if found is None:
            continue
        ledger.add(
            "dasar_hukum",
            halaman=item.blocks[0].page,
            bukti=[block.sel_id for block in item.blocks],
            nomor_urut=item.nomor_urut,
            jenis=found.jenis,
            nomor=found.nomor,
            tahun_peraturan=found.tahun,
            tentang=found.tentang,
            teks=item.teks,
        )
