"""Which document this is: its kind, stage, title, year, office and region, out of what it prints.

The name of the file is no evidence. Every answer carries the blocks it came from and all candidates with their
weights; where weighty places disagree, a finding says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

from pipeline.layouts.prose.blocks import TextBlock
from pipeline.layouts.prose.clues import (
    first_kind,
    office_aliases,
    office_of_holder,
    offices_named,
    own_years,
    regions_named,
    spoken_years,
    years_of_plan,
)
from pipeline.layouts.prose.evidence import Candidate, Piece, TableText, gather, weigh
from pipeline.layouts.prose.sections import cover_blocks
from pipeline.layouts.prose.signatory import Signatory
from pipeline.layouts.prose.vocabulary import vocabulary
from pipeline.pages.model import Page
from pipeline.reference.regions import Region, region_from_text
from pipeline.reference.words import expand
from pipeline.values import years_in
from schemas.ledger import Finding

T = TypeVar("T")
Stage = Literal["murni", "perubahan", "rancangan"]

OTHER_KIND = "lainnya"
TITLE_GAP = 2.5  # times the height: how far apart the lines of one title may stand
LEAST_WEIGHT = 0.7
CLEAR_LEAD = 0.93  # of the first one's weight: a rival heavier than that leaves the answer open
STRONG = frozenset({"sampul", "bidang", "kaki"})


@dataclass(slots=True)
class Identity:
    """What the document is. Null means that it does not say; `bukti` holds block keys by field."""

    jenis_dokumen: str
    tahap: Stage | None
    judul: str | None
    tahun: int | None
    perangkat_daerah: str | None
    wilayah: str | None
    kode_wilayah: str | None
    bukti: dict[str, tuple[str, ...]] = field(default_factory=dict)
    kinds: list[Candidate[str]] = field(default_factory=list)
    years: list[Candidate[int]] = field(default_factory=list)
    regions: list[Candidate[Region]] = field(default_factory=list)
    offices: list[Candidate[tuple[str, ...]]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_identity(
    pages: Sequence[Page],
    blocks: Sequence[TextBlock],
    tables: Sequence[TableText] = (),
    signatory: Signatory | None = None,
) -> Identity:
    """The identity of a document out of its unique pages, its numbered prose blocks, and its tables' texts."""
    cover = cover_blocks(blocks)
    pieces = gather(pages, blocks, cover, tables)
    kinds = weigh(_kind_votes(pieces))
    years = weigh(_year_votes(pieces)) or weigh(_past_year_votes(pieces))
    regions = _prefer_district(weigh(_region_votes(pieces)))
    offices = weigh(_office_votes(pieces, signatory))
    title, title_keys = _title(cover, pieces)
    kind, year, region = _best(kinds), _clear(years), _best(regions)
    identity = Identity(
        jenis_dokumen=kind.value if kind else OTHER_KIND,
        tahap=_stage(title, pieces) if title else None,
        judul=title,
        tahun=year.value if year else None,
        perangkat_daerah=_office_name(offices, signatory),
        wilayah=region.value.nama if region else None,
        kode_wilayah=region.value.kode if region else None,
        kinds=kinds,
        years=years,
        regions=regions,
        offices=offices,
    )
    office = _best(offices)
    chosen = {"jenis_dokumen": kind, "tahun": year, "wilayah": region, "perangkat_daerah": office}
    identity.bukti = {name: found.bukti for name, found in chosen.items() if found} | {"judul": title_keys}
    identity.findings = list(_findings(identity))
    return identity


def _best(candidates: Sequence[Candidate[T]]) -> Candidate[T] | None:
    return candidates[0] if candidates and candidates[0].weight >= LEAST_WEIGHT else None


def _clear(candidates: Sequence[Candidate[T]]) -> Candidate[T] | None:
    """The best candidate, None where another is as good as it."""
    rival = candidates[1].weight if len(candidates) > 1 else 0.0
    best = _best(candidates)
    return best if best is not None and rival < CLEAR_LEAD * best.weight else None


def _kind_votes(pieces: Sequence[Piece]) -> Iterator[tuple[str, Piece, float]]:
    """Titles vote by their first phrase; headers and running text by what only one kind of document has."""
    words = vocabulary()
    for piece in pieces:
        weak = piece.source in ("prosa", "kepala_tabel")
        kind = None if weak else first_kind(piece.text, words.kinds)
        if kind is not None:
            # A table or chapter about another document is common inside a document: only covers and footers name it.
            yield kind, piece, 0.4 if piece.source in ("judul", "judul_tabel") else 1.0
        chapter = first_kind(piece.text, words.chapter_kinds)
        if chapter is not None:
            yield chapter, piece, 0.5 if piece.source in ("judul", "judul_tabel") else 1.0


def _year_votes(pieces: Sequence[Piece]) -> Iterator[tuple[int, Piece, float]]:
    for piece in pieces:
        if piece.source == "prosa":
            named = first_kind(piece.text, vocabulary().kinds) is not None
            for year in spoken_years(piece.text):
                yield year, piece, 2.0 if named else 1.0
            continue
        planned = years_of_plan(piece.text)
        for year in dict.fromkeys(planned or own_years(piece.text)):
            yield year, piece, 2.0 if planned else 0.5 if piece.source in ("judul", "kepala_tabel") else 1.0


def _past_year_votes(pieces: Sequence[Piece]) -> Iterator[tuple[int, Piece, float]]:
    """Years that titles and headers look back to: of a report they are its own, where they are the only ones."""
    for piece in pieces:
        years = set(years_in(piece.text))
        if piece.source != "prosa" and len(years) == 1:
            yield years.pop(), piece, 1.0


def _region_votes(pieces: Sequence[Piece]) -> Iterator[tuple[Region, Piece, float]]:
    for piece in pieces:
        named = regions_named(piece.text)
        for region in named if piece.source == "prosa" else dict.fromkeys(named):
            yield region, piece, 1.0
        if not named and piece.source != "prosa" and (bare := region_from_text(piece.text)):
            yield bare, piece, 0.5


def _prefer_district(candidates: list[Candidate[Region]]) -> list[Candidate[Region]]:
    """A kabupaten or kota as weighty as its province comes first: the province then only says where it lies."""
    if not candidates or candidates[0].value.jenis != "provinsi":
        return candidates
    top = candidates[0]
    for other in candidates[1:]:
        if other.value.kode.startswith(top.value.kode + ".") and other.weight >= 0.95 * top.weight:
            return [other, *(c for c in candidates if c is not other)]
    return candidates


def _office_votes(
    pieces: Sequence[Piece], signatory: Signatory | None
) -> Iterator[tuple[tuple[str, ...], Piece, float]]:
    """Offices named in full, and by the short names that the document gives them (pieces without text).

    Table headers name too many other offices.
    """
    usable = [piece for piece in _with_position(pieces, signatory) if piece.source != "kepala_tabel"]
    aliases = {short: name for piece in usable for short, name in office_aliases(piece.text)}
    known = re.compile(r"\b(?:" + "|".join(map(re.escape, aliases)) + r")\b") if aliases else None
    for piece in usable:
        for name in offices_named(piece.text):
            yield expand(aliases.get(name, name)), replace(piece, text="" if name in aliases else name), 1.0
        for short in known.findall(piece.text) if known else ():
            yield expand(aliases[short]), replace(piece, text=""), 0.5


def _with_position(pieces: Sequence[Piece], signatory: Signatory | None) -> Iterator[Piece]:
    yield from pieces
    if signatory is not None and signatory.jabatan:
        page = signatory.blocks[0].page if signatory.blocks else 1
        yield Piece(signatory.jabatan, "tanda_tangan", page, signatory.bukti)


def _office_name(offices: Sequence[Candidate[tuple[str, ...]]], signatory: Signatory | None) -> str | None:
    """The name as printed, in mixed case where it is printed so anywhere, spelled as in a title if it can be."""
    best = _best(offices)
    if best is not None:
        counts = Counter(piece.text for piece in best.pieces if piece.text)
        titles = {piece.text.casefold() for piece in best.pieces if piece.source in STRONG}
        return max(counts, key=lambda name: (not name.isupper(), name.casefold() in titles, counts[name]))
    return office_of_holder(signatory.jabatan) if signatory and signatory.jabatan else None


def _title(cover: Sequence[TextBlock], pieces: Sequence[Piece]) -> tuple[str | None, tuple[str, ...]]:
    """The title on the cover, else above a table or in the running footer, else none."""
    title, keys = _cover_title(cover)
    if title is not None:
        return title, keys
    for source in ("kaki", "judul_tabel", "judul"):
        for piece in pieces:
            chapter = any(heading.opens_line and heading.pattern.match(piece.text) for heading in vocabulary().headings)
            if piece.source == source and not chapter and first_kind(piece.text, vocabulary().kinds):
                return piece.text, piece.bukti
    return None, ()


def _cover_title(cover: Sequence[TextBlock]) -> tuple[str | None, tuple[str, ...]]:
    """The display lines of a cover that stand together, from the one that names the kind of document."""
    shown = [block for block in cover if block.kind == "judul"]
    kinds = vocabulary().kinds
    start = next((i for i, block in enumerate(shown) if first_kind(block.text, kinds)), 0 if shown else None)
    if start is None:
        return None, ()
    taken = [shown[start]]
    for block in shown[start + 1 :]:
        if block.page != taken[-1].page or block.box.y0 - taken[-1].box.y1 > TITLE_GAP * block.height:
            break
        taken.append(block)
    return _without_annex(" ".join(block.text for block in taken)), tuple(block.sel_id for block in taken)


def _without_annex(title: str) -> str:
    """A title without the `Lampiran II` above it."""
    for heading in vocabulary().headings:
        match = heading.pattern.match(title) if heading.name == "lampiran" else None
        if match and match["judul"]:
            return match["judul"]
    return title


def _stage(title: str | None, pieces: Sequence[Piece]) -> Stage:
    """What title, cover and footers call the document; `murni` where they call it neither draft nor revised."""
    words = vocabulary()
    texts = [piece.text for piece in pieces if piece.source in ("sampul", "kaki")] + ([title] if title else [])
    if any(words.draft_words.search(text) for text in texts):
        return "rancangan"
    return "perubahan" if any(words.revision_words.search(text) for text in texts) else "murni"


def _findings(identity: Identity) -> Iterator[Finding]:
    if identity.tahun is None:
        yield Finding(
            "TAHUN_TAK_DIKENAL", "pembacaan", "peringatan",
            "Tahun rencana dokumen ini tidak dapat ditentukan dari isinya.",
            dataset="dokumen", kolom="tahun",
        )  # fmt: skip
    if not identity.kinds:
        yield Finding(
            "JENIS_TAK_DIKENAL", "pembacaan", "info",
            "Jenis dokumen ini tidak disebut pada judul maupun isinya.",
            dataset="dokumen", kolom="jenis_dokumen",
        )  # fmt: skip
    if identity.wilayah is None:
        yield Finding(
            "WILAYAH_TAK_DIKENAL", "pembacaan", "peringatan",
            "Daerah pemilik dokumen ini tidak dapat ditentukan dari isinya.",
            dataset="dokumen", kolom="wilayah",
        )  # fmt: skip
    yield from _conflict(identity.years, "TAHUN_BERBEDA", "tahun", "tahun")
    yield from _conflict(identity.kinds, "JENIS_BERBEDA", "jenis_dokumen", "jenis dokumen")
    yield from _conflict(identity.regions, "WILAYAH_BERBEDA", "wilayah", "daerah")


def _conflict(candidates: Sequence[Candidate[T]], kode: str, kolom: str, kata: str) -> Iterator[Finding]:
    """A finding where a cover, a field or a running footer names something else than what was chosen."""
    for other in candidates[1:]:
        first = candidates[0]
        against = [piece for piece in other.pieces if piece.source in STRONG and piece not in first.pieces]
        if not against:
            continue
        piece = against[0]
        chosen, named = _shown(first.value), _shown(other.value)
        yield Finding(
            kode, "isi", "peringatan",
            f"Dokumen ini terbaca untuk {kata} {chosen}, tetapi halaman {piece.halaman} menyebut {named}.",
            dataset="dokumen", kolom=kolom, nilai=chosen, pembanding=named, halaman=piece.halaman, bukti=piece.bukti,
        )  # fmt: skip


def _shown(value: object) -> str:
    return value.nama if isinstance(value, Region) else str(value)
