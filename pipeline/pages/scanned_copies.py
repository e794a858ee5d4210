"""Scanned pages that repeat others: a document that stands in its file as text and as paper, or twice as paper.

Reading order and letters differ between readings, so pages are compared as bags of words. Two pages of one form share
0.63 of them at most, a page and its scan 0.95 and more; what tells two fillings of one form apart are their figures.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.pages.copies import end_chains
from pipeline.pages.copy_figures import CopyDifference
from pipeline.pages.like_pages import counted, like_pairs
from pipeline.pages.model import Page
from pipeline.pages.trust import SURE

ALIKE = 0.85
LONE_PAGE_ALIKE = 0.93
LONE_PAGE_WORDS = 60
FIGURES_ALIKE = 0.97
BRIDGED = 2  # as of pages that alternate with their scans
TOKEN = re.compile(r"[^\W_]+")
FIGURE = re.compile(r"\d[\d.,]*\d|\d")


@dataclass(frozen=True, slots=True)
class _Bag:
    page: Page
    words: Counter[str]
    figures: Counter[str]
    sure: Counter[str]
    confidence: float

    @property
    def scanned(self) -> bool:
        return self.confidence < 1.0


def mark_scanned_copies(pages: Sequence[Page]) -> list[CopyDifference]:
    """Set `copy_of` and `similarity` where a page and its scan, or two scans of one page, both stand in the file.

    Of two such pages the text layer is kept, and of two scans the one that was read more surely, whichever comes
    first: run by run, so that tables go on from page to page. Call it once words are read and copies among text pages
    are marked. Returns the figures that differ.
    """
    bags = {page.number: _bag(page) for page in pages}
    marked = [page for run in _runs(list(bags.values())) if _is_copy(run) for page in _mark_run(run)]
    end_chains(pages)
    return [found for page in marked for found in _differences(bags[page.number], bags[page.copy_of or 0])]


def _bag(page: Page) -> _Bag:
    shown = [word for word in page.words if word.visible]
    tokens = Counter(token for word in shown for token in TOKEN.findall(word.text.casefold()))
    figures = Counter(figure for word in shown for figure in FIGURE.findall(word.text))
    sure = Counter(figure for word in shown if word.confidence >= SURE for figure in FIGURE.findall(word.text))
    confidence = sum(word.confidence for word in shown) / len(shown) if shown else 1.0
    return _Bag(page, tokens, figures, sure, confidence)


def _similarity(a: _Bag, b: _Bag) -> float:
    """The Jaccard index of two bags of words, 0 to 1."""
    union = (a.words | b.words).total()
    return (a.words & b.words).total() / union if union else 0.0


def _runs(bags: Sequence[_Bag]) -> Iterator[list[tuple[_Bag, _Bag]]]:
    """Runs of pairs of like pages at one distance, earlier page first; one pair that is not alike is bridged.

    Those of text and scan come before those of two scans.
    """
    alike = like_pairs([frozenset(counted(list(bag.words.elements()))) for bag in bags], ALIKE)
    by_distance: dict[tuple[bool, int], list[int]] = defaultdict(list)
    for first, second in sorted(alike):
        if bags[first].scanned or bags[second].scanned:
            both = bags[first].scanned and bags[second].scanned
            by_distance[both, second - first].append(first)
    for (_, distance), firsts in sorted(by_distance.items()):
        run: list[int] = []
        for first in firsts:
            if bags[first].page.copy_of is not None or bags[first + distance].page.copy_of is not None:
                continue
            if run and first - run[-1] > BRIDGED:
                yield [(bags[one], bags[one + distance]) for one in run]
                run = []
            run.append(first)
        if run:
            yield [(bags[one], bags[one + distance]) for one in run]


def _is_copy(run: Sequence[tuple[_Bag, _Bag]]) -> bool:
    """Whether a run shows the same figures: a page alone all that were surely read, several pages nearly all."""
    sure = sum(one.sure.total() for pair in run for one in pair)
    strange = sum(_strange(a, b) + _strange(b, a) for a, b in run)
    if len(run) > 1:
        return strange <= (1 - FIGURES_ALIKE) * sure
    first, second = run[0]
    enough = min(first.words.total(), second.words.total()) >= LONE_PAGE_WORDS
    return enough and strange == 0 and _similarity(first, second) >= LONE_PAGE_ALIKE


def _strange(one: _Bag, other: _Bag) -> int:
    """How many sure figures of a page the other neither shows nor may have misread."""
    unsure = (other.figures - other.sure).total()
    return max(0, (one.sure - other.figures).total() - unsure)


def _mark_run(run: Sequence[tuple[_Bag, _Bag]]) -> Iterator[Page]:
    """Mark the worse copy of each page; of two runs of scans the worse run as a whole, for its pages hang together."""
    both_scanned = all(first.scanned and second.scanned for first, second in run)
    surer = sum(second.confidence - first.confidence for first, second in run) > 0
    for first, second in run:
        later = surer if both_scanned else second.confidence > first.confidence
        yield from _mark(*((first, second) if later else (second, first)))


def _mark(worse: _Bag, better: _Bag) -> Iterator[Page]:
    """Mark a page as a copy of another; yields it."""
    if worse.page.copy_of is not None or better.page.copy_of is not None:
        return
    worse.page.copy_of = better.page.number
    worse.page.similarity = round(_similarity(worse, better), 4)
    yield worse.page


def _differences(worse: _Bag, better: _Bag) -> Iterator[CopyDifference]:
    here, there = worse.figures - better.figures, better.figures - worse.figures
    if here or there:
        yield CopyDifference(
            worse.page.number, better.page.number, tuple(sorted(here.elements())), tuple(sorted(there.elements()))
        )
