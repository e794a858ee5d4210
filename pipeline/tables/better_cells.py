"""Of two copies of a table, each cell from the better reading; a figure that the two read differently is told.

The page that is kept was chosen as a whole. A text layer stands; of two scans, a cell that one of them lost, read in
pieces or read unsurely is taken from the other, with its place there as its evidence. What both read alike is as sure
as the surer of the two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.pages.copy_figures import CopyDifference
from pipeline.pages.language import common_words
from pipeline.pages.lines import Line, make_line
from pipeline.pages.model import Box, Page, Word
from pipeline.pages.trust import doubtful_figure
from pipeline.tables.page_table import PageCell, PageTable
from pipeline.tables.same_cells import same_cells

FIGURE = re.compile(r"(?<![\d.,])(?!(?<=[^\W\d_])\d+[^\W\d_])\d(?:[\d.,]*\d)?")  # no digit within a word
TOKEN = re.compile(r"[^\W_]+")
LETTERS = re.compile(r"[^\W\d_]+")
BELIEVED = 0.9


@dataclass(frozen=True, slots=True)
class _Pair:
    """A page that is kept and its copy, one of them at least a scan; `text` says that the kept one is not."""

    kept: Page
    copy: Page
    text: bool


def take_better_cells(
    pages: Sequence[Page], tables: Mapping[int, Sequence[PageTable]], differences: Sequence[CopyDifference]
) -> list[CopyDifference]:
    """Put the better reading of each cell into the tables of the pages that are kept; `tables` are by page number.

    Call it once all copies are marked, before tables are joined. `differences` are those known of whole pages; of pages
    whose tables agree they give way to those of cells, and of what stands outside of them.
    """
    known = _known_words(pages)
    found = []
    settled = set()
    for pair in _pairs(pages):
        cells = [both for a, b in _like_tables(tables, pair) for both in same_cells(a, b)]
        if cells:
            settled.add((pair.copy.number, pair.kept.number))
            found += list(_outside(pair, cells))
            found += [one for kept, copy in cells for one in _settle(pair, kept, copy, known)]
    rest = [one for one in differences if (one.page, one.copy_of) not in settled]
    return sorted([*rest, *found], key=lambda one: (one.page, one.copy_of))


def _pairs(pages: Sequence[Page]) -> Iterator[_Pair]:
    by_number = {page.number: page for page in pages}
    for copy in pages:
        kept = by_number.get(copy.copy_of or 0)
        if kept is not None and (kept.recognised or copy.recognised):
            yield _Pair(kept, copy, not kept.recognised)


def _like_tables(tables: Mapping[int, Sequence[PageTable]], pair: _Pair) -> Iterator[tuple[PageTable, PageTable]]:
    kept, copy = tables[pair.kept.number], tables[pair.copy.number]
    return zip(kept, copy, strict=True) if len(kept) == len(copy) else iter(())


def _known_words(pages: Iterable[Page]) -> frozenset[str]:
    """Words that stand in the document more than once, or are common: what else a scan shows may be broken."""
    shown = (word for page in pages for word in page.words if word.visible)
    count = Counter(run for word in shown for run in LETTERS.findall(word.text.casefold()) if len(run) > 1)
    return frozenset(run for run, times in count.items() if times > 1) | common_words()


def _words(cell: PageCell) -> list[Word]:
    return [word for line in cell.lines for word in line.words]


def _settle(pair: _Pair, kept: PageCell, copy: PageCell, known: frozenset[str]) -> Iterator[CopyDifference]:
    """Choose between the two readings of a cell, and tell where their figures differ."""
    here, there = _words(copy), _words(kept)
    taken = not pair.text and _is_better(here, there, known)
    if taken:
        _take(pair, kept, copy)
    elif [word.text for word in here] == [word.text for word in there]:
        for word, other in zip(there, here, strict=True):
            word.confidence = max(word.confidence, other.confidence)
    place = kept.region.row, kept.region.column
    difference = _difference(pair, here, there)
    if difference is not None:
        yield replace(difference, words_there=tuple(_words(kept)), cell=place, taken=taken)


def _difference(pair: _Pair, here: Sequence[Word], there: Sequence[Word]) -> CopyDifference | None:
    """The figures that only one of two readings has."""
    figures_here, figures_there = (Counter(f for w in words for f in FIGURE.findall(w.text)) for words in (here, there))
    only_here, only_there = figures_here - figures_there, figures_there - figures_here
    if not only_here and not only_there:
        return None
    words_here, words_there = _holding(here, only_here), _holding(there, only_there)
    doubts = doubtful_figure(words_here, dpi=pair.copy.dpi), doubtful_figure(words_there, dpi=pair.kept.dpi)
    return CopyDifference(
        pair.copy.number,
        pair.kept.number,
        tuple(sorted(only_here.elements())),
        tuple(sorted(only_there.elements())),
        words_here,
        words_there,
        sure=doubts == (None, None),
    )


def _holding(words: Sequence[Word], figures: Counter[str]) -> tuple[Word, ...]:
    return tuple(word for word in words if any(figure in figures for figure in FIGURE.findall(word.text)))


def _outside(pair: _Pair, cells: Sequence[tuple[PageCell, PageCell]]) -> Iterator[CopyDifference]:
    """The figures that differ outside of the cells that are the same."""
    inside = {id(word) for both in cells for cell in both for word in _words(cell)}
    here, there = (
        [word for word in page.words if word.visible and id(word) not in inside] for page in (pair.copy, pair.kept)
    )
    difference = _difference(pair, here, there)
    if difference is not None:
        yield difference


def _is_better(here: Sequence[Word], there: Sequence[Word], known: frozenset[str]) -> bool:
    """Whether the first of two readings of a cell is the better one."""
    if not here or not there:
        return bool(here) and min(word.confidence for word in here) >= BELIEVED
    tokens, others = _tokens(here), _tokens(there)
    if tokens == others:
        return False
    if not tokens - others or not others - tokens:
        more, less = tokens - others, others - tokens
        return _is_sure(here, more) if more else _only_adds_dirt(there, less)
    if _figures(here) != _figures(there):
        return _trust(here) > _trust(there)
    return (-_broken(here, known), _trust(here)) > (-_broken(there, known), _trust(there))


def _is_sure(words: Sequence[Word], more: Counter[str]) -> bool:
    """Whether what a reading has more than the other was read surely."""
    return all(word.confidence >= BELIEVED for word in _with(words, more))


def _only_adds_dirt(words: Sequence[Word], more: Counter[str]) -> bool:
    """Whether what a reading has more was read unsurely, and is no figure: a figure is doubted, never left out."""
    return not _is_sure(words, more) and not any(FIGURE.search(token) for token in more)


def _with(words: Sequence[Word], tokens: Counter[str]) -> list[Word]:
    return [word for word in words if any(token in tokens for token in TOKEN.findall(word.text.casefold()))]


def _tokens(words: Sequence[Word]) -> Counter[str]:
    return Counter(token for word in words for token in TOKEN.findall(word.text.casefold()))


def _figures(words: Sequence[Word]) -> Counter[str]:
    return Counter(figure for word in words for figure in FIGURE.findall(word.text))


def _trust(words: Sequence[Word]) -> tuple[bool, float]:
    """Whether the figures of a reading are sound, and how surely its worst figure, or its worst word, was read."""
    figures = [word for word in words if FIGURE.search(word.text)] or words
    return doubtful_figure(figures) is None, min(word.confidence for word in figures)


def _broken(words: Sequence[Word], known: frozenset[str]) -> int:
    """How many of the words are none that the document knows."""
    runs = [run for word in words for run in LETTERS.findall(word.text.casefold())]
    return sum(run not in known for run in runs)


def _take(pair: _Pair, kept: PageCell, copy: PageCell) -> None:
    """Put the copy's reading into a cell, at the place on the kept page that belongs to it there."""
    old = {id(word) for word in _words(kept)}
    inside = kept.region.box
    kept.lines = [_moved(line, copy.region.box, inside, pair.kept.number) for line in copy.lines]
    kept.source = pair.copy.number, copy.region.box
    pair.kept.words = [word for word in pair.kept.words if id(word) not in old] + _words(kept)
    if not any(_holds(copy.region.box, doubt.box) for doubt in pair.copy.doubts):
        pair.kept.doubts = [doubt for doubt in pair.kept.doubts if not _holds(inside, doubt.box)]


def _holds(box: Box, other: Box) -> bool:
    x, y = other.center
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _moved(line: Line, cell: Box, target: Box, page: int) -> Line:
    return make_line([replace(word, box=_mapped(word.box, cell, target)) for word in line.words], page)


def _mapped(box: Box, cell: Box, target: Box) -> Box:
    """A box with the place in `target` that it has in `cell`; nothing is stretched unless the cells differ in size."""
    wide, high = target.width / cell.width, target.height / cell.height
    left, top = target.x0 - cell.x0 * wide, target.y0 - cell.y0 * high
    return Box(box.x0 * wide + left, box.y0 * high + top, box.x1 * wide + left, box.y1 * high + top)
