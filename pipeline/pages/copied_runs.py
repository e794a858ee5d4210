"""Runs of pages that repeat earlier ones in another layout: the same form filled in twice, with other page breaks.

Such pages match no single page of the first copy. What proves them is where they stand, between pages that are
copies, and that the run as a whole has the words and the figures of the run at its place in the first copy. It may
lack a few, as where a page was left out; one figure that the first does not have, and it is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.pages.model import Page, Word

WORDS_ALIKE = 0.9
FIGURES_ALIKE = 0.9
FEWEST_FIGURES = 10
LETTERS = re.compile(r"[^\W\d_]{3,}")
FIGURE = re.compile(r"[\d.,]*\d[\d.,]*")
SHORTEST_NUMBER_ROW = 4


def mark_copied_runs(pages: Sequence[Page]) -> None:
    """Set `copy_of` and `similarity` on runs of pages that repeat a run of the first copy as a whole.

    Only pages behind the first page that is a copy are looked at; call it after single pages are marked.
    """
    for run, first_run in _candidates(pages):
        alike = _alike(run, first_run)
        if alike is None:
            continue
        for position, page in enumerate(run):
            page.copy_of = first_run[position * len(first_run) // len(run)].number
            page.similarity = round(alike, 4)


def _candidates(pages: Sequence[Page]) -> Iterator[tuple[list[Page], list[Page]]]:
    """Runs of pages not yet marked behind the first copied page, each with the run at its place in the first copy."""
    copied = [index for index, page in enumerate(pages) if page.copy_of is not None]
    if not copied:
        return
    place = {page.number: index for index, page in enumerate(pages)}
    second = copied[0]
    index = second
    while index < len(pages):
        end = index
        while end < len(pages) and pages[end].copy_of is None:
            end += 1
        if end > index:
            start = place[pages[index - 1].copy_of or 0] + 1
            stop = place[pages[end].copy_of or 0] if end < len(pages) else second
            first_run = [page for page in pages[start:stop] if page.copy_of is None]
            if first_run:
                yield list(pages[index:end]), first_run
        index = end + 1


def _alike(run: Sequence[Page], first_run: Sequence[Page]) -> float | None:
    """How alike the words of two runs are, 0 to 1; None where they or their figures are not those of a copy."""
    words, first_words = _words(run), _words(first_run)
    figures, first_figures = _figures(run), _figures(first_run)
    if figures.total() < FEWEST_FIGURES or figures - first_figures:
        return None
    if (figures & first_figures).total() < FIGURES_ALIKE * first_figures.total():
        return None
    alike = len(words & first_words) / len(words | first_words)
    return alike if alike >= WORDS_ALIKE else None


def _words(pages: Sequence[Page]) -> set[str]:
    return {token for page in pages for word in _shown(page) for token in LETTERS.findall(word.text.casefold())}


def _figures(pages: Sequence[Page]) -> Counter[str]:
    """The figures on the pages; not column numbers, which are printed again on as many pages as a table takes."""
    found: Counter[str] = Counter()
    for page in pages:
        rows: dict[int, list[Word]] = {}
        for word in _shown(page):
            if FIGURE.fullmatch(word.text):
                rows.setdefault(round(word.box.y1), []).append(word)
        for row in rows.values():
            texts = [word.text for word in sorted(row, key=lambda word: word.box.x0)]
            if not _is_number_row(texts):
                found.update(texts)
    return found


def _is_number_row(texts: Sequence[str]) -> bool:
    return len(texts) >= SHORTEST_NUMBER_ROW and list(texts) == [str(n) for n in range(1, len(texts) + 1)]


def _shown(page: Page) -> Iterator[Word]:
    furniture = {id(word) for word in page.furniture}
    return (word for word in page.words if word.visible and id(word) not in furniture)
