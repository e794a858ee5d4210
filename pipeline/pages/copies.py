"""Pages that repeat others: a document that stands in its file more than once.

One pair of pages proves little: two pages of one form resemble each other as much as two copies do. What proves a copy
is a run of pages that others say again in the same order, and whose figures, compared one by one, agree. Of two copies
the first is kept, or the second where only that one has pages in between.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.pages.copy_figures import Comparison, CopyDifference, beside, compare
from pipeline.pages.copy_texts import Texts
from pipeline.pages.model import Page

PARTLY_HELD = 0.5  # of the weight of the words of a page that both copies have in part
FEWEST_FIGURES = 5  # shared by such pages
BRIDGED = 3  # pages in a row that only one copy has, or that are filled in otherwise
FEWEST_PAGES = 2  # whose figures all agree
FEWEST_WORDS = 60  # and figures in a run: title pages and forms without a filling prove nothing
SAME_MASS = (
    0.75  # of what one copy says, with repetitions: the other says nearly as much; two versions side by side, half
)
DIFFERING_FIGURES = 0.025  # of the figures of a run; another version of a plan differs in more
DIFFERING_AMOUNTS = 0.1  # of the amounts of a run: most figures of a plan are small, and the same in each version
YEAR_LENGTH = 4
PAGE_NUMBER = 1  # figure of a page that may be its number, where nothing tells so
AMOUNT = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d{5,}")


@dataclass(slots=True)
class _Run:
    """Pages that repeat others: by the place of each, the likest of those, and all that together say what it says."""

    homes: dict[int, int]
    around: dict[int, list[int]]
    partly: list[int] = field(default_factory=list)  # pages in it or behind it that have more than what they repeat

    @property
    def pages(self) -> range:
        return range(min([*self.homes, *self.partly]), max([*self.homes, *self.partly]) + 1)

    @property
    def repeated(self) -> range:
        """The pages from the first to the last one that may have been repeated."""
        others = [one for around in self.around.values() for one in around if one not in self.pages]
        return range(min(self.homes.values()), max(others) + 1)

    def add(self, place: int, other: int, around: list[int]) -> None:
        self.homes[place], self.around[place] = other, around


def mark_copies(pages: Sequence[Page]) -> list[CopyDifference]:
    """Set `copy_of` and `similarity` on the pages that repeat others, running headers aside; returns what differs.

    `similarity` is how much of the weight of a page's words the others hold, 0 to 1. Pages that were read from pictures
    are left to `mark_scanned_copies`.
    """
    texts = Texts([page for page in pages if not is_read_from_picture(page)])
    found: list[CopyDifference] = []
    end = 0
    for place, other in texts.likest_before().items():
        run = _find_run(texts, place, other) if place >= end and texts.free(place) else None
        if run is not None and _is_copy(texts, run):
            end = run.pages.stop
            found += _mark(texts, run)
        elif run is not None:
            end = next(one for one in range(place, run.pages.stop + 1) if one not in run.homes)
    end_chains(texts.pages)
    return found


def end_chains(pages: Sequence[Page]) -> None:
    """Let every copy name the page that is kept, not one that turned out to be a copy itself."""
    kept = {page.number: page.copy_of for page in pages}
    for page in pages:
        while page.copy_of is not None and kept[page.copy_of] is not None:
            page.copy_of = kept[page.copy_of]


def is_read_from_picture(page: Page) -> bool:
    """Whether most words of a page were recognised in its picture."""
    return sum(1 if word.confidence < 1.0 else -1 for word in page.words if word.visible) > 0


def _find_run(texts: Texts, place: int, other: int) -> _Run | None:
    """The run of pages around one that repeats another page, or what stands on it and beside it."""
    other = texts.kept(other)
    around = texts.window(place, other, texts.free_pages(0, place)) if other < place else []
    if not around or not texts.repeats(place, around):
        return None
    run = _Run({place: other}, {place: around})
    for step in (-1, 1):  # what stands before a run is no page that it may repeat
        _grow(texts, run, step)
    return run


def _grow(texts: Texts, run: _Run, step: int) -> None:
    """Take the pages behind a run, or before it, that go on in what it repeats."""
    last = place = run.pages[-1 if step > 0 else 0]
    while abs(place + step - last) <= BRIDGED + 1:
        place += step
        if not max(run.homes.values()) < place < len(texts.pages) or not texts.free(place):
            return
        other, around = _goes_on(texts, run, place, last)
        if not texts.repeats(place, around):
            if step > 0 and _is_partly(texts, place, around):
                run.partly.append(place)
            continue
        if any(texts.are_one(place, one) for one, home in run.homes.items() if home in around):
            return  # the next copy of what the run repeats
        run.add(place, other, around)
        last = place


def _is_partly(texts: Texts, place: int, around: Sequence[int]) -> bool:
    """Whether a page break falls on a page beside what the other copy lacks: the figures prove it, not the words."""
    shared = len(texts.figures(place)) - texts.strange(place, around)
    return (
        shared >= FEWEST_FIGURES and texts.held(place, around) >= PARTLY_HELD and texts.is_filled_alike(place, around)
    )


def _goes_on(texts: Texts, run: _Run, place: int, last: int) -> tuple[int, list[int]]:
    """The page that one near a run repeats, not before what the run's `last` page repeats, and the pages around it."""
    home, forth, reach = run.homes[last], place > last, abs(place - last) + BRIDGED
    start = min(place, run.pages.start)
    among = texts.free_pages(home - 1, start) if forth else texts.free_pages(0, min(home + 2, start))
    ends = [one for one in run.around[last] if one < run.pages.start]
    near = [one for one in among if min(ends) - reach < one < max(ends) + reach]
    other = texts.likest(place, near)
    around = [*texts.window(place, other, among), last]  # a header that is printed again stands on both
    return max(home, other) if forth else min(home, other), around


def _is_copy(texts: Texts, run: _Run) -> bool:
    """Whether a run shows the figures of what it repeats, a few aside: fewer pages may differ than agree."""
    told = [place for place in run.homes if texts.words[place]]
    if sum(texts.counts[place].total() for place in told) < FEWEST_WORDS:
        return False
    if len(told) == 1:
        other = run.homes[told[0]]
        return texts.are_one(told[0], other) and not _compare(texts, run, (other, other + 1)).differences
    exact = sum(texts.strange(place, run.around[place]) <= PAGE_NUMBER for place in told)
    return (
        exact >= max(FEWEST_PAGES, len(told) - exact)
        and _is_another_copy(texts, run, told)
        and _agree(texts, _compare(texts, run), told)
    )


def _is_another_copy(texts: Texts, run: _Run, told: Sequence[int]) -> bool:
    """Whether a run is no other table with the same contents, as of a review or a summary in the same document.

    Copies say a thing as often as each other. They stand one behind the other, or else break their pages alike.
    """
    here, there = texts.mass(told), texts.mass(_back(texts, run).homes)
    if min(here, there) < SAME_MASS * max(here, there):
        return False
    behind = len(texts.free_pages(run.repeated.stop, run.pages.start)) <= BRIDGED
    return behind or all(texts.are_one(place, run.homes[place]) for place in told)


def _compare(texts: Texts, run: _Run, first: tuple[int, int] | None = None) -> Comparison:
    """What of a run's figures the pages that it repeats do not show, and the other way round."""
    first = first or (run.repeated.start, run.repeated.stop)
    return compare(*beside(texts.pages, first, (run.pages.start, run.pages.stop)))


def _agree(texts: Texts, compared: Comparison, told: Sequence[int]) -> bool:
    """Whether the figures of a run's pages are those that they repeat. What the run lacks is no matter.

    Where a year is another more than once, the form was filled in for another year.
    """
    numbers = {texts.pages[place].number for place in told}
    differing = [one for one in compared.differences if one.only_here and one.page in numbers]
    years = Counter(both for both in compared.changes() if all(_is_year(figure) for figure in both))
    exact = len(numbers - {one.page for one in differing})
    amounts = sum(bool(AMOUNT.fullmatch(figure)) for place in told for figure in texts.figures(place))
    changed = sum(bool(AMOUNT.fullmatch(figure)) for one in differing for figure in one.only_here)
    return (
        all(times == 1 for times in years.values())
        and changed <= max(1, DIFFERING_AMOUNTS * amounts)
        and exact >= max(FEWEST_PAGES, len(numbers) - exact)
        and sum(len(one.only_here) for one in differing) <= max(1, DIFFERING_FIGURES * compared.figures)
    )


def _is_year(figure: str) -> bool:
    return figure.isdigit() and len(figure) == YEAR_LENGTH and figure[:2] in ("19", "20")


def _mark(texts: Texts, run: _Run) -> list[CopyDifference]:
    """Mark the pages of a run, or if it has more that is nowhere else, those that it repeats; returns what differs."""
    back = _back(texts, run)
    more = _more(texts, run, run.pages, run.repeated) > _more(texts, back, run.repeated, run.pages)
    marked = back if more else run
    differences = _compare(texts, marked).differences
    for place, other in marked.homes.items():
        page = texts.pages[place]
        page.copy_of = texts.pages[other].number
        page.similarity = round(texts.held(place, marked.around[place]), 4)
    numbers = {texts.pages[place].number for place in marked.homes}
    return [one for one in differences if one.page in numbers]


def _more(texts: Texts, run: _Run, pages: range, others: range) -> int:
    """How many figures of those pages that repeat nothing the others do not show, page numbers aside."""
    own = [place for place in texts.free_pages(pages.start, pages.stop) if place not in run.homes]
    return sum(max(0, texts.strange(place, others) - PAGE_NUMBER) for place in own)


def _back(texts: Texts, run: _Run) -> _Run:
    """The same run the other way round: which of the pages that it repeats repeat it."""
    back, second = _Run({}, {}), list(run.pages)
    for place in texts.free_pages(run.repeated.start, run.repeated.stop):
        other = texts.likest(place, second)
        around = texts.window(place, other, second)
        if texts.repeats(place, around):
            back.add(place, other, around)
    return back
