"""Which blocks are headings, and what number, title and level they carry."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipeline.layouts.prose.blocks import SENTENCE_END, TextBlock
from pipeline.layouts.prose.vocabulary import HeadingPattern, Style, normal_words, vocabulary
from pipeline.values import tidy

SHORT_WORDS = 14
BARE_WORDS = 20
LISTED_CHAPTERS = 3  # so many chapters on one page are a list of them
NAMED_COLON_WORDS = 6
ALTERNATE_SPACES = re.compile(r"\s*\.\s*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: blocks `start` up to `end` (excluded) of the list it was found in.

    `nomor` as printed without a trailing dot, None where it has none; `tingkat` counts from 1; `form` names the
    pattern of the vocabulary that it fits, `bagian` for a named main part and `tebal` for a bold line.
    """

    start: int
    end: int
    nomor: str | None
    judul: str
    tingkat: int
    form: str

    @property
    def divides(self) -> bool:
        """Whether it is a chapter, a named main part or a section numbered with dots: others stand below one."""
        return self.tingkat == 1 or (self.nomor is not None and "." in self.nomor)


def find_headings(blocks: Sequence[TextBlock], *, excluded: Collection[int] = ()) -> list[Heading]:
    """The headings among blocks in reading order; `excluded` holds indexes that are none (signatures, the cover)."""
    listed = _pages_of_listed_chapters(blocks)
    found: list[Heading] = []
    index = 0
    while index < len(blocks):
        heading = None
        if index not in excluded and blocks[index].kind != "daftar_isi":
            below = _level_below(found)
            heading = _numbered(blocks, index, below, listed) or _named(blocks, index) or _bare(blocks, index, below)
        if heading is not None and _is_repeat(heading, found, blocks):
            heading = None
        if heading is not None:
            found.append(heading)
        index = heading.end if heading is not None else index + 1
    return found


def _pages_of_listed_chapters(blocks: Sequence[TextBlock]) -> set[int]:
    chapters = [p for p in vocabulary().headings if p.title_follows and p.level == 1]
    counts: dict[tuple[int, str], int] = {}
    for block in blocks:
        for pattern in chapters:
            if pattern.pattern.match(block.text):
                counts[block.page, pattern.name] = counts.get((block.page, pattern.name), 0) + 1
    return {page for (page, _), count in counts.items() if count >= LISTED_CHAPTERS}


def _level_below(found: Sequence[Heading]) -> int:
    """One below the last chapter or section."""
    return next((heading.tingkat + 1 for heading in reversed(found) if heading.divides), 1)


def _is_repeat(heading: Heading, found: Sequence[Heading], blocks: Sequence[TextBlock]) -> bool:
    """Whether a heading in plain type names a chapter again that was printed in bold before: an outline in the text."""
    if blocks[heading.start].bold or heading.nomor is None:
        return False
    return any(h.nomor == heading.nomor and h.form == heading.form and blocks[h.start].bold for h in found)


def _styles(block: TextBlock) -> set[Style]:
    text = block.text
    styles: set[Style] = set()
    if block.bold:
        styles.add("bold")
    if block.centred or block.upper:
        styles.add("display")
    if len(block.lines) == 1 and len(text.split()) <= SHORT_WORDS and not SENTENCE_END.search(text):
        styles.add("short")
    return styles


def _numbered(blocks: Sequence[TextBlock], index: int, below: int, listed: Collection[int]) -> Heading | None:
    block = blocks[index]
    if len(block.text.split()) > 2 * BARE_WORDS:
        return None
    for pattern in vocabulary().headings:
        match = pattern.pattern.match(block.text)
        if match is None or not _fits(pattern, block, match["judul"], listed):
            continue
        nomor = tidy(ALTERNATE_SPACES.sub(".", match["nomor"])).rstrip(".")
        level = pattern.level or (nomor.count(".") + 1 if pattern.dots else below)
        judul, end = tidy(match["judul"]).strip(" :"), index + 1
        if not judul and pattern.title_follows:
            judul, end = _title_after(blocks, index)
        if judul or pattern.title_follows:
            return Heading(index, end, nomor, judul or nomor, level, pattern.name)
    return None


def _fits(pattern: HeadingPattern, block: TextBlock, title: str, listed: Collection[int]) -> bool:
    if not pattern.styles & _styles(block):
        return False
    if block.page in listed and not block.bold:
        return False
    letters = [char for char in title if char.isalpha()]
    return not pattern.upper or not letters or sum(map(str.isupper, letters)) >= 0.8 * len(letters)


def _title_after(blocks: Sequence[TextBlock], index: int) -> tuple[str, int]:
    """The title below a bare `BAB I`: the display lines that follow on its page in its own style."""
    first = blocks[index]
    parts: list[str] = []
    end = index + 1
    while end < len(blocks) and _continues(first, blocks[end - 1], blocks[end]):
        parts.append(blocks[end].text)
        end += 1
    return " ".join(parts), end


def _continues(first: TextBlock, above: TextBlock, block: TextBlock) -> bool:
    if block.page != first.page or block.kind != "judul" or block.bold != first.bold:
        return False
    if block.box.y0 - above.box.y1 > 2.5 * first.height or abs(block.height - first.height) > 0.2 * first.height:
        return False
    return block.upper and not any(p.dots and p.pattern.match(block.text) for p in vocabulary().headings)


def _named(blocks: Sequence[TextBlock], index: int) -> Heading | None:
    block = blocks[index]
    text = block.text
    if " ".join(normal_words(text)) not in vocabulary().main_parts or not ({"bold", "display"} & _styles(block)):
        return None
    return Heading(index, index + 1, None, text, 1, "bagian")


def _bare(blocks: Sequence[TextBlock], index: int, below: int) -> Heading | None:
    """A heading without number: a short bold block that is no sentence, label, caption or quotation."""
    block, words = blocks[index], vocabulary()
    text = block.text
    if not block.bold or len(text.split()) > BARE_WORDS or words.marker.match(text):
        return None
    if words.never_headings.search(text) or words.field_line.match(text) or not any(map(str.isalpha, text)):
        return None
    title = text.rstrip(" :")
    if SENTENCE_END.search(text) and (not text.endswith(":") or len(title.split()) > NAMED_COLON_WORDS):
        return None
    return Heading(index, index + 1, None, title, 1 if block.upper and block.centred else below, "tebal")
