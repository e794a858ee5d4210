"""Figures in which two copies of the same pages differ: a slip of a reading, or the office's own."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil

from pipeline.pages.copy_stream import Token, align, stream
from pipeline.pages.model import Page, Word

FLANK = 2
REPEATED_SHARE = 0.2
MOVED_PAGES = 2  # the same rows set otherwise, and a page break between them; of the copy with the larger pages


@dataclass(frozen=True, slots=True)
class CopyDifference:
    """Figures that only one of two copies of a page shows: a slip of one of the readings, or of the office.

    `page` is the copy, `copy_of` the page that is kept; figures are as printed, and the words they stand in follow the
    same order. Where one figure stands in the place of another, both are named; else one side may be empty.
    `cell` is the row and column in the table of the kept page, from 0, where cells were compared; `taken` says that the
    copy's reading was put there, and `sure` that neither reading is doubtful by itself.
    """

    page: int
    copy_of: int
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]
    words_here: tuple[Word, ...] = ()
    words_there: tuple[Word, ...] = ()
    cell: tuple[int, int] | None = None
    taken: bool = False
    sure: bool = True


@dataclass(slots=True)
class Comparison:
    """How two runs of pages compare: the figures of the second one, and where the two differ."""

    figures: int
    differences: list[CopyDifference]

    def changes(self) -> Iterator[tuple[str, str]]:
        """The figures of the second run that stand in the place of others, each with the other one."""
        for one in self.differences:
            if len(one.only_here) == len(one.only_there):
                yield from zip(one.only_here, one.only_there, strict=True)


@dataclass(frozen=True, slots=True)
class Run:
    """Pages that are compared, and those right before and after them, to which a page break may have moved a figure."""

    pages: Sequence[Page]
    before: tuple[Page, ...] = ()
    after: tuple[Page, ...] = ()

    @property
    def all(self) -> list[Page]:
        return [*self.before, *self.pages, *self.after]

    def holds(self, index: int) -> bool:
        """Whether a page of `all` is one of those that are compared."""
        return 0 <= index - len(self.before) < len(self.pages)


def beside(pages: Sequence[Page], first: tuple[int, int], second: tuple[int, int]) -> tuple[Run, Run]:
    """Two runs, given by the places of their first pages and of those behind their last, with the pages beside them.

    No page stands beside both, or in one and beside the other.
    """
    in_first = set(range(*first))
    taken = in_first | set(range(*second))
    runs: list[Run] = []
    for start, end in (first, second):
        found = [
            (index,) if 0 <= index < len(pages) and index not in taken and pages[index].copy_of is None else ()
            for index in (start - 1, end)
        ]
        taken.update(index for side in found for index in side)
        before, after = (tuple(pages[index] for index in side) for side in found)
        own = [page for page in pages[start:end] if runs or page.copy_of is None]
        runs.append(Run(own, before, after))
    return runs[0], runs[1]


def compare(first: Run, second: Run) -> Comparison:
    """Compare the figures of a run of pages with those of the run that it repeats, `first`."""
    a, b = stream(first.all), stream(second.all)
    pairs = align([token.key for token in a], [token.key for token in b])
    work = _Work(first, second, a, b, pairs)
    work.pair_changes()
    work.cancel_moved()
    work.set_aside()
    work.pair_rest()
    return Comparison(sum(token.is_figure and second.holds(token.page) for token in b), work.differences())


@dataclass(slots=True)
class _Work:
    """Two streams, the places at which they agree, and what is left over of both."""

    first: Run
    second: Run
    a: list[Token]
    b: list[Token]
    pairs: list[tuple[int, int]]
    changed: list[tuple[int, int]] = field(default_factory=list)
    left_a: list[int] = field(default_factory=list)
    left_b: list[int] = field(default_factory=list)

    def pair_changes(self) -> None:
        """Find the figures that stand between the same words as other figures, and what else is left over.

        A figure in the place of another is a difference, wherever else it may stand too.
        """
        words = [(i, j) for i, j in self.pairs if not self.a[i].is_figure]
        settled_a, settled_b = {i for i, _ in self.pairs}, {j for _, j in self.pairs}
        matched = set(self.pairs)
        for (i, j), (next_i, next_j) in pairwise([(-1, -1), *words, (len(self.a), len(self.b))]):
            of_a = [x for x in range(i + 1, next_i) if not self.a[x].is_numbering]
            of_b = [y for y in range(j + 1, next_j) if not self.b[y].is_numbering]
            span = [*zip(of_a, of_b, strict=False)]
            if len(of_a) == len(of_b) and self._is_framed((i, j), (next_i, next_j), matched):
                self.changed += [(x, y) for x, y in span if self.a[x].key != self.b[y].key]
                settled_a.update(x for x, _ in span)
                settled_b.update(y for _, y in span)
        self.left_a = _figures(self.a, settled_a)
        self.left_b = _figures(self.b, settled_b)

    def _is_framed(self, start: tuple[int, int], end: tuple[int, int], matched: set[tuple[int, int]]) -> bool:
        """Whether only figures stand between two places, and the words around them agree."""
        (i, j), (next_i, next_j) = start, end
        inside = [*self.a[i + 1 : next_i], *self.b[j + 1 : next_j]]
        flanks = [(i - step, j - step) for step in range(FLANK) if i - step >= 0 and j - step >= 0]
        flanks += [
            (next_i + step, next_j + step)
            for step in range(FLANK)
            if next_i + step < len(self.a) and next_j + step < len(self.b)
        ]
        return all(token.is_figure for token in inside) and all(flank in matched for flank in flanks)

    def cancel_moved(self) -> None:
        """Drop from what is left over the figures that stand elsewhere, near where they are expected."""
        places: dict[str, list[int]] = defaultdict(list)
        for j in self.left_b:
            places[self.b[j].key].append(j)
        kept = []
        for i in self.left_a:
            expected, (low, high) = self._expected(i), self._reach(i)
            near = [j for j in places[self.a[i].key] if low <= self.b[j].page <= high]
            if near:
                places[self.a[i].key].remove(min(near, key=lambda j: abs(j - (expected or 0))))
            else:
                kept.append(i)
        self.left_a = kept
        self.left_b = sorted(j for rest in places.values() for j in rest)

    def _expected(self, i: int) -> int | None:
        """The place in the second stream that belongs to a place of the first one; None where nothing agrees."""
        if not self.pairs:
            return None
        at = bisect_left(self.pairs, (i, 0))
        return self.pairs[max(0, at - 1)][1]

    def _reach(self, i: int) -> tuple[int, int]:
        """The first and the last page of the second stream to which a place of the first one may have moved."""
        at = bisect_left(self.pairs, (i, 0))
        low = self.b[self.pairs[at - 1][1]].page if at else 0
        high = self.b[self.pairs[at][1]].page if at < len(self.pairs) else len(self.second.all)
        moved = MOVED_PAGES * max(1, ceil(len(self.second.pages) / max(1, len(self.first.pages))))
        return low - moved, high + moved

    def set_aside(self) -> None:
        """Forget figures on pages that were not repeated or stand beside the runs, and of headers printed again."""
        total = Counter(token.page for token in self.a)
        agreed = Counter(self.a[i].page for i, _ in self.pairs)
        repeated = {page for page in total if agreed[page] >= REPEATED_SHARE * total[page] and self.first.holds(page)}
        self.left_a = [i for i in self.left_a if self.a[i].page in repeated and not self.a[i].again]
        self.left_b = [j for j in self.left_b if self._is_compared(j) and not self.b[j].again]
        self.changed = [(i, j) for i, j in self.changed if self._is_compared(j)]

    def pair_rest(self) -> None:
        """Set figures against each other that are left over behind the same words, be there a page break or not."""
        behind: dict[tuple[str, ...], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, (tokens, left) in enumerate(((self.a, self.left_a), (self.b, self.left_b))):
            for one in left:
                behind[tuple(token.text for token in tokens[max(0, one - FLANK) : one])][side].append(one)
        for of_a, of_b in behind.values():
            if len(of_a) == len(of_b):
                self.changed += zip(of_a, of_b, strict=True)
                self.left_a = [i for i in self.left_a if i not in of_a]
                self.left_b = [j for j in self.left_b if j not in of_b]

    def _is_compared(self, j: int) -> bool:
        return self.second.holds(self.b[j].page)

    def differences(self) -> list[CopyDifference]:
        """Each changed figure for itself; the rest by pages, as the two runs stand side by side."""
        found = [self._difference([i], [j]) for i, j in self.changed]
        rest: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for i in self.left_a:
            rest[self.b[self._expected(i) or 0].page][0].append(i)
        for j in self.left_b:
            rest[self.b[j].page][1].append(j)
        found += [self._difference(of_a, of_b, page) for page, (of_a, of_b) in rest.items()]
        return sorted(found, key=lambda one: (one.page, one.copy_of))

    def _difference(self, of_a: Sequence[int], of_b: Sequence[int], page: int = 0) -> CopyDifference:
        there, here = [self.a[i] for i in of_a], [self.b[j] for j in of_b]
        number = self.second.all[here[0].page if here else page]
        kept = self.first.all[there[0].page].number if there else self._kept(of_b[0])
        return CopyDifference(
            number.number,
            kept,
            tuple(token.text for token in here),
            tuple(token.text for token in there),
            tuple(token.word for token in here),
            tuple(token.word for token in there),
        )

    def _kept(self, j: int) -> int:
        """The page of the first run that stands beside a place of the second one."""
        if not self.pairs:
            return self.first.pages[0].number
        before = [i for i, other in self.pairs if other <= j] or [self.pairs[0][0]]
        return self.first.all[self.a[before[-1]].page].number


def _figures(tokens: Sequence[Token], settled: set[int]) -> list[int]:
    return [i for i, token in enumerate(tokens) if token.is_figure and i not in settled and not token.is_numbering]
