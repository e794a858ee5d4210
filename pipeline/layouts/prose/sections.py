"""The running text as sections: a row of `bagian` per heading, and one for the cover."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from pipeline.layouts.prose.blocks import TextBlock
from pipeline.layouts.prose.headings import Heading, find_headings
from pipeline.layouts.prose.vocabulary import vocabulary
from pipeline.pages.lines import Line
from pipeline.values import join_lines
from schemas.ledger import Ledger

COVER_WORDS = 90
UNFINISHED = re.compile(r"[^.:;!?”\"]$")


@dataclass(slots=True)
class Section:
    """A heading and the prose below it, up to the next heading. `halaman` and `halaman_akhir` are PDF pages."""

    nomor: str | None
    judul: str
    tingkat: int
    halaman: int
    halaman_akhir: int
    heading: list[TextBlock] = field(default_factory=list)
    blocks: list[TextBlock] = field(default_factory=list)

    @property
    def teks(self) -> str:
        """The paragraphs, one a line; a paragraph cut by a page break is one."""
        return "\n".join(join_paragraph(group) for group in paragraphs(self.blocks))

    @property
    def bukti(self) -> list[str]:
        return [block.sel_id for block in (*self.heading, *self.blocks)]


def paragraphs(blocks: Sequence[TextBlock]) -> list[list[TextBlock]]:
    """Blocks in reading order, those that a page break has cut put together."""
    groups: list[list[TextBlock]] = []
    for block in blocks:
        if groups and _is_cut(groups[-1][-1], block):
            groups[-1].append(block)
        else:
            groups.append([block])
    return groups


def join_paragraph(group: Sequence[TextBlock]) -> str:
    """The text of blocks that are one paragraph."""
    lines: list[Line] = [line for block in group for line in block.lines]
    return join_lines([line.text for line in lines], [line.hyphenated for line in lines])


def _is_cut(above: TextBlock, below: TextBlock) -> bool:
    """Whether `below` goes on with a paragraph that the end of the page has cut."""
    if below.page != above.page + 1 or below.kind != "paragraf" or above.kind in ("judul", "daftar_isi"):
        return False
    if vocabulary().field_line.match(below.text):
        return False
    return bool(UNFINISHED.search(above.text)) or below.text[0].islower()


def find_sections(
    blocks: Sequence[TextBlock], cover: Collection[TextBlock], title: str, *, no_headings: Collection[TextBlock] = ()
) -> list[Section]:
    """Sections in reading order; all blocks given are in one of them.

    `cover` are the blocks of the cover, `title` its title, `no_headings` blocks that are headings in no case.
    """
    excluded = {i for i, block in enumerate(blocks) if block in cover or block in no_headings}
    headings = find_headings(blocks, excluded=excluded)
    sections: list[Section] = []
    first = headings[0].start if headings else len(blocks)
    if first:
        page = blocks[0].page
        sections.append(Section(None, title or blocks[0].text, 1, page, page, blocks=list(blocks[:first])))
    for heading, following in zip_longest(headings, headings[1:]):
        end = following.start if following else len(blocks)
        page = blocks[heading.start].page
        inside = list(blocks[heading.end : end])
        name = list(blocks[heading.start : heading.end])
        sections.append(Section(heading.nomor, heading.judul, heading.tingkat, page, page, name, inside))
    _set_ends(sections, blocks)
    return sections


def _set_ends(sections: Sequence[Section], blocks: Sequence[TextBlock]) -> None:
    """A section ends on the page before the next one's when that begins at the top of its page."""
    tops = {block.page: block for block in reversed(blocks)}
    for section, following in zip_longest(sections, sections[1:]):
        own = max([section.halaman, *(block.page for block in section.blocks)])
        section.halaman_akhir = own
        if following is None:
            continue
        starts_page = tops[following.halaman] in following.heading
        section.halaman_akhir = max(own, following.halaman - 1 if starts_page else following.halaman)


def cover_blocks(blocks: Sequence[TextBlock]) -> list[TextBlock]:
    """The blocks of a cover: the first page that has prose, where that is few words and no numbered heading."""
    if not blocks:
        return []
    page = [block for block in blocks if block.page == blocks[0].page]
    heading = next(iter(_numbered_headings(page)), None)
    if sum(len(block.text.split()) for block in page) <= COVER_WORDS and heading is None:
        return page
    first = heading.start if heading else len(page)
    return [block for block in page[:first] if block.kind == "judul" and block in page[: _leading_titles(page)]]


def _numbered_headings(blocks: Sequence[TextBlock]) -> list[Heading]:
    """Chapters, sections and named main parts: what a cover has not."""
    return [heading for heading in find_headings(blocks) if heading.form not in ("tebal", "lampiran")]


def _leading_titles(page: Sequence[TextBlock]) -> int:
    """How many blocks at the top of a page are display lines."""
    count = 0
    while count < len(page) and page[count].kind == "judul":
        count += 1
    return count


def write_sections(ledger: Ledger, sections: Sequence[Section]) -> None:
    """A `bagian` record per section."""
    for section in sections:
        ledger.add(
            "bagian",
            halaman=section.halaman,
            bukti=section.bukti,
            nomor=section.nomor,
            judul=section.judul,
            tingkat=section.tingkat,
            halaman_akhir=section.halaman_akhir,
            teks=section.teks or None,
        )
