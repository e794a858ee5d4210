"""What speaks for a document's identity: pieces of text by where they stand, and candidates weighed by them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from pipeline.layouts.prose.blocks import TextBlock
from pipeline.layouts.prose.vocabulary import vocabulary
from pipeline.pages.lines import group_lines
from pipeline.pages.model import Page

Source = Literal["sampul", "bidang", "kaki", "judul_tabel", "judul", "tanda_tangan", "kepala_tabel", "prosa"]

# How much a candidate gains from each kind of place. What a cover says outweighs what a single other place says;
# all running text together weighs as much as one chapter title.
WEIGHTS: dict[Source, float] = {
    "sampul": 10.0,
    "bidang": 8.0,
    "kaki": 6.0,
    "judul_tabel": 4.0,
    "judul": 3.0,
    "tanda_tangan": 4.0,
    "kepala_tabel": 1.5,
    "prosa": 3.0,
}
MOST_PIECES = 2  # of one kind of place that count for one candidate
PAGE_NUMBER = re.compile(
    r"(?:^|[\s|–—-]+)(?:(?:[Hh]alaman|HALAMAN|[Hh]al|[Pp]age)\b\.?\s*)?(?:\d{1,3}|[ivx]{1,5}|[IVX]{1,4}\s?-\s?\d{1,3})?\W*$"
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TableText:
    """What a table says outside its body: its title and its header, each with the evidence for it."""

    halaman: int
    judul: str
    kepala: str
    bukti: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text and where it stands."""

    text: str
    source: Source
    halaman: int
    bukti: tuple[str, ...] = ()


@dataclass(slots=True)
class Candidate(Generic[T]):
    """A possible value, its weight, and the pieces that speak for it."""

    value: T
    weight: float
    pieces: list[Piece] = field(default_factory=list)

    @property
    def bukti(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for piece in self.pieces for key in piece.bukti))

    @property
    def sources(self) -> set[Source]:
        return {piece.source for piece in self.pieces}


def weigh(votes: Iterable[tuple[T, Piece, float]]) -> list[Candidate[T]]:
    """Candidates by falling weight; of equals the one named first.

    A vote is a value, the piece that names it, and a factor on the weight of the piece's place. Of each kind of
    place the two heaviest pieces count; running text counts by its share of all mentions.
    """
    by_value: dict[T, list[tuple[Piece, float]]] = defaultdict(list)
    for value, piece, factor in votes:
        by_value[value].append((piece, factor))
    mentions = sum(factor for found in by_value.values() for piece, factor in found if piece.source == "prosa")
    candidates = [
        Candidate(value, _weight(found, mentions), [piece for piece, _ in found]) for value, found in by_value.items()
    ]
    return sorted(candidates, key=lambda candidate: -candidate.weight)


def _weight(found: Sequence[tuple[Piece, float]], mentions: float) -> float:
    by_source: dict[Source, list[float]] = defaultdict(list)
    for piece, factor in found:
        by_source[piece.source].append(factor)
    total = 0.0
    for source, factors in by_source.items():
        if source == "prosa":
            total += WEIGHTS[source] * sum(factors) / mentions
        else:
            total += WEIGHTS[source] * sum(sorted(factors, reverse=True)[:MOST_PIECES])
    return total


def gather(
    pages: Sequence[Page], blocks: Sequence[TextBlock], cover: Sequence[TextBlock], tables: Sequence[TableText]
) -> list[Piece]:
    """All pieces of a document, the weightiest places first."""
    pieces = list(_cover_pieces(cover))
    pieces += _field_pieces(blocks)
    pieces += _furniture_pieces(pages)
    for table in tables:
        if table.judul:
            pieces.append(Piece(table.judul, "judul_tabel", table.halaman, table.bukti))
        if table.kepala:
            pieces.append(Piece(table.kepala, "kepala_tabel", table.halaman, table.bukti))
    at_cover = set(map(id, cover))
    pieces += [_block_piece(block) for block in blocks if id(block) not in at_cover and block.kind != "daftar_isi"]
    return pieces


def _cover_pieces(cover: Sequence[TextBlock]) -> Iterator[Piece]:
    shown = [block for block in cover if block.kind == "judul"] or list(cover)
    if shown:
        text = "\n".join(block.text for block in shown)
        yield Piece(text, "sampul", shown[0].page, tuple(block.sel_id for block in shown))


def _field_pieces(blocks: Sequence[TextBlock]) -> Iterator[Piece]:
    words = vocabulary()
    for block in blocks:
        for pattern in (words.office_fields, words.year_fields):
            if match := pattern.match(block.text):
                yield Piece(match["value"], "bidang", block.page, (block.sel_id,))


def _block_piece(block: TextBlock) -> Piece:
    return Piece(block.text, "judul" if block.kind == "judul" else "prosa", block.page, (block.sel_id,))


def _furniture_pieces(pages: Sequence[Page]) -> Iterator[Piece]:
    """Running headers and footers that stand on more than one page, or on the only one, each once."""
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    for page in pages:
        for line in group_lines(page.furniture, page.number):
            text = PAGE_NUMBER.sub("", line.text)
            counts[text] += 1
            first.setdefault(text, page.number)
    for text, count in counts.items():
        if text and (count > 1 or len(pages) == 1):
            yield Piece(text, "kaki", first[text])
