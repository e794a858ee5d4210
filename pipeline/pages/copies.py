"""Pages that repeat earlier ones: a document that stands in its file more than once.

One pair of pages proves little: two pages of one form resemble each other as much as two copies do. What proves a
copy is a run of pages, at one distance, whose words and figures agree; within it the pages are then matched. Where a
figure differs, the pages around it must agree in all of theirs, or the two are near-duplicates and both are read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.pages.copy_figures import Comparison, Run, beside, compare
from pipeline.pages.like_pages import jaccard, like_pairs
from pipeline.pages.model import Page

ALIKE = 0.8
RUN_ALIKE = 0.9
DIFFERING_FIGURES = 0.025
PAGE_DIFFERING_FIGURES = 0.2
FEWEST_EXACT_PAGES = 2
LONE_PAGE_ALIKE = 0.97
LONE_PAGE_WORDS = 60
CONTAINED = 0.9
BRIDGED = 3
SHORTEST_PIECE = 3
TOKEN = re.compile(r"[^\W_]+")
YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(slots=True)
class _Print:
    """What is compared of a page."""

    shingles: frozenset[tuple[str, ...]]
    figures: Counter[str]
    letters: Counter[str]
    words: int


@dataclass(slots=True)
class _Pages:
    """The pages, what is compared of each, and which pairs are alike: Jaccard index by their places."""

    pages: Sequence[Page]
    prints: list[_Print]
    alike: dict[tuple[int, int], float] = field(default_factory=dict)

    def similarity(self, earlier: int, later: int) -> float:
        """The Jaccard index of two pages' shingles; two blank pages are alike."""
        a, b = self.prints[earlier], self.prints[later]
        if not a.words and not b.words:
            return 1.0
        known = self.alike.get((earlier, later))
        return known if known is not None else jaccard(a.shingles, b.shingles)

    def free(self, *places: int) -> bool:
        """Whether none of these pages is a copy."""
        return all(self.pages[place].copy_of is None for place in places)

    def contained(self, later: int, around: int) -> float:
        """The share of a page's shingles that stand on an earlier page or its neighbours; 0 where a figure does not."""
        if around < 0 or around + 1 >= later:
            return 0.0
        return _contained(self.prints[later], self.kept(around - 1, around + 2))

    def kept(self, start: int, end: int) -> list[_Print]:
        """What is compared of the pages from `start` to before `end` that are no copies."""
        return [self.prints[place] for place in range(max(0, start), end) if self.free(place)]


def mark_copies(pages: Sequence[Page]) -> None:
    """Set `copy_of` and `similarity` on the pages that repeat an earlier one, running headers aside.

    `similarity` is the Jaccard index of the two pages' three-word shingles, 0 to 1. Pages that were read from pictures
    are left to `mark_scanned_copies`.
    """
    text = [page for page in pages if not is_read_from_picture(page)]
    known = _Pages(text, [_print(page) for page in text])
    known.alike = like_pairs([one.shingles if one.words else frozenset() for one in known.prints], ALIKE)
    for distance in sorted({later - earlier for earlier, later in known.alike}):
        for start, end in _runs(known, distance):
            _mark_run(known, start, end, distance)
    end_chains(text)


def end_chains(pages: Sequence[Page]) -> None:
    """Let every copy name the page that is kept, not one that turned out to be a copy itself."""
    kept = {page.number: page.copy_of for page in pages}
    for page in pages:
        while page.copy_of is not None and kept[page.copy_of] is not None:
            page.copy_of = kept[page.copy_of]


def is_read_from_picture(page: Page) -> bool:
    """Whether most words of a page were recognised in its picture."""
    return sum(1 if word.confidence < 1.0 else -1 for word in page.words if word.visible) > 0


def _print(page: Page) -> _Print:
    tokens = [token for word in page.words if word.visible for token in TOKEN.findall(word.text.casefold())]
    shingles = (
        frozenset(zip(tokens, tokens[1:], tokens[2:], strict=False)) if len(tokens) > 2 else frozenset([tuple(tokens)])
    )
    figures = Counter(token for token in tokens if token.isdigit())
    return _Print(shingles, figures, Counter(tokens) - figures, len(tokens))


def _runs(known: _Pages, distance: int) -> list[tuple[int, int]]:
    """Runs of later pages that repeat the page `distance` before, or what stands on it and beside it.

    A few pages that are not alike are bridged.
    """
    runs: list[list[int]] = []
    for later in range(distance, len(known.prints)):
        if not known.free(later - distance, later):
            continue
        near = bool(runs) and later - runs[-1][1] <= BRIDGED
        if known.similarity(later - distance, later) >= ALIKE:
            if near:
                runs[-1][1] = later
            else:
                runs.append([later, later])
        elif near and known.contained(later, later - distance):
            runs[-1][1] = later
    return [piece for first, last in runs for piece in _pieces(first, last + 1, distance)]


def _pieces(start: int, end: int, distance: int) -> Iterator[tuple[int, int]]:
    """A run that is longer than its distance is several copies, each to be judged for itself."""
    step = distance if distance >= SHORTEST_PIECE else end - start
    return ((first, min(first + step, end)) for first in range(start, end, step))


def _mark_run(known: _Pages, start: int, end: int, distance: int) -> None:
    shares = _shares(known, start, end, distance)
    if not shares:
        return
    if len(shares) == 1:
        _mark_lone(known, next(iter(shares)), distance)
    elif sum(shares.values()) >= RUN_ALIKE * len(shares):
        if not _may_agree(known, distance, shares):
            return
        start, end = _widen(known, start, end, distance)
        compared = _compare(known, (start, end), distance, shares)
        if _agree(known, compared, shares):
            _mark(known, start, end, distance, compared)


def _shares(known: _Pages, start: int, end: int, distance: int) -> dict[int, float]:
    """How alike the pages of a run are, 0 to 1, by their places; blank, bridged and copied ones are left out."""
    shares = {}
    for later in range(start, end):
        both = later - distance, later
        if known.free(*both) and all(known.prints[one].words for one in both):
            share = known.similarity(later - distance, later)
            share = share if share >= ALIKE else known.contained(later, later - distance)
            if share:
                shares[later] = share
    return shares


def _may_agree(known: _Pages, distance: int, alike: Collection[int]) -> bool:
    """Whether enough pages have no figure that the first copy lacks at their place: a cheap look before comparing."""
    exact = 0
    for later in alike:
        here, around = known.prints[later].figures, later - distance
        there = known.prints[max(0, around - 1) : around + 2]
        strange = sum(max(0, count - sum(one.figures[figure] for one in there)) for figure, count in here.items())
        exact += strange <= 1  # a page number that nothing tells from a figure
    return exact >= max(FEWEST_EXACT_PAGES, len(alike) - exact)


def _compare(known: _Pages, run: tuple[int, int], distance: int, alike: Collection[int]) -> Comparison:
    """Compare the figures of a run of pages, piece by piece where it is longer than the distance, and so two copies."""
    pages, whole = known.pages, Comparison(0, [])
    for start in range(*run, distance):
        end = min(start + distance, run[1])
        if any(start <= later < end for later in alike):
            piece = compare(*beside(pages, (start - distance, end - distance), (start, end)))
            whole.figures += piece.figures
            whole.differences += piece.differences
    return whole


def _agree(known: _Pages, compared: Comparison, alike: Collection[int]) -> bool:
    """Whether two runs show the same figures, a few aside: fewer pages may have such than agree in all figures.

    Where a year is another more than once, the form was filled in for another year.
    """
    if not compared.differences:
        return True
    years = Counter(both for both in compared.changes() if all(YEAR.fullmatch(figure) for figure in both))
    if any(times > 1 for times in years.values()):
        return False
    exact = sum(not compared.on(known.pages[later].number) for later in alike)
    return (
        exact >= max(FEWEST_EXACT_PAGES, len(alike) - exact)
        and compared.differing <= DIFFERING_FIGURES * compared.figures
    )


def _mark_lone(known: _Pages, later: int, distance: int) -> None:
    """Mark a page that is a copy by itself: long, nearly alike, and with the same figures in the same places."""
    a, b = known.prints[later - distance], known.prints[later]
    first, second = known.pages[later - distance], known.pages[later]
    alike = known.similarity(later - distance, later)
    if min(a.words, b.words) < LONE_PAGE_WORDS or alike < LONE_PAGE_ALIKE:
        return
    if first.copy_of is None and second.copy_of is None and not compare(Run([first]), Run([second])).differences:
        second.copy_of, second.similarity = first.number, round(alike, 4)


def _mark(known: _Pages, start: int, end: int, distance: int, compared: Comparison) -> None:
    pages, prints = known.pages, known.prints
    for i in range(start, end):
        near = [
            j for j in (i - distance, i - distance - 1, i - distance + 1) if 0 <= j < i and pages[j].copy_of is None
        ]
        if pages[i].copy_of is not None or not near:
            continue
        best = max(near, key=lambda j: known.similarity(j, i))
        alike = known.similarity(best, i)
        like = alike >= ALIKE or _same_words(prints[best], prints[i])
        few = compared.on(pages[i].number) <= max(1, PAGE_DIFFERING_FIGURES * prints[i].figures.total())
        if (like and few) or _contained(prints[i], [prints[j] for j in near]):
            pages[i].copy_of = pages[best].number
            pages[i].similarity = round(alike, 4)


def _same_words(a: _Print, b: _Print) -> bool:
    """Whether two pages have the same words, figures aside, as a short page has that differs in its only figure."""
    union = (a.letters | b.letters).total()
    return union > 0 and (a.letters & b.letters).total() >= CONTAINED * union


def _widen(known: _Pages, start: int, end: int, distance: int) -> tuple[int, int]:
    """Take blank pages and pages that break differently at the ends of a run into it, one at each end."""
    before, after = start - 1 - distance, end - distance
    if before >= 0 and _contained(known.prints[start - 1], known.kept(before, before + 2)):
        start -= 1
    if end < len(known.prints) and _contained(known.prints[end], known.kept(after - 1, after + 2)):
        end += 1
    return start, end


def _contained(part: _Print, whole: Sequence[_Print]) -> float:
    """The share of a page's shingles that neighbouring pages of the first copy have; 0 where too few, or a figure less.

    A blank page is contained where one of them is blank.
    """
    if not part.words or not whole:
        return float(not part.words and any(not one.words for one in whole))
    figures: Counter[str] = Counter()
    for one in whole:
        figures |= one.figures
    if part.figures - figures:
        return 0.0
    shared = sum(any(shingle in one.shingles for one in whole) for shingle in part.shingles) / len(part.shingles)
    return shared if shared >= CONTAINED else 0.0
