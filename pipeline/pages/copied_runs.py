"""Runs of pages that repeat earlier ones in another layout: the same form filled in twice, with other page breaks.

Such pages match no single page of the first copy. What proves them is where they stand, between pages that are
copies, and that the run as a whole has the words and the figures of the run at its place in the first copy. It may
lack a few, as where a page was left out; one figure more than the first has, and it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.pages.copies import is_read_from_picture
from pipeline.pages.copy_figures import Run, compare
from pipeline.pages.copy_stream import shown
from pipeline.pages.model import Page

WORDS_ALIKE = 0.9
LACKING_FIGURES = 0.1
CHANGED_FIGURES = 0.05
FEWEST_FIGURES = 10
LETTERS = re.compile(r"[^\W\d_]{3,}")


def mark_copied_runs(pages: Sequence[Page]) -> None:
    """Set `copy_of` and `similarity` on runs of pages that repeat a run of the first copy as a whole.

    Only pages behind the first page that is a copy are looked at; call it after single pages are marked.
    """
    text = [page for page in pages if not is_read_from_picture(page)]
    for run, first in _candidates(text):
        alike = _alike(run, first)
        if alike is None:
            continue
        for position, page in enumerate(run.pages):
            page.copy_of = first.pages[position * len(first.pages) // len(run.pages)].number
            page.similarity = round(alike, 4)


def _candidates(pages: Sequence[Page]) -> Iterator[tuple[Run, Run]]:
    """Runs of pages not yet marked behind the first copied page, each with the run at its place in the first copy."""
    place = {page.number: index for index, page in enumerate(pages)}
    second = next((index for index, page in enumerate(pages) if page.copy_of is not None), len(pages))
    index = second
    while index < len(pages):
        end = index
        while end < len(pages) and pages[end].copy_of is None:
            end += 1
        if end > index:
            start = place[pages[index - 1].copy_of or 0] + 1
            stop = place[pages[end].copy_of or 0] if end < len(pages) else second
            first = [page for page in pages[start:stop] if page.copy_of is None]
            if first:
                behind = tuple(pages[stop : stop + 1]) if end < len(pages) else ()
                yield (
                    Run(pages[index:end], (pages[index - 1],), tuple(pages[end : end + 1])),
                    Run(first, (pages[start - 1],), behind),
                )
        index = end + 1


def _alike(run: Run, first: Run) -> float | None:
    """How alike the words of two runs are, 0 to 1; None where they or their figures are not those of a copy.

    A figure in the place of another may differ; it is a finding.
    """
    compared = compare(first, run)
    if compared.figures < FEWEST_FIGURES:
        return None
    changed = sum(len(one.only_here) for one in compared.differences)
    lacking = sum(len(one.only_there) for one in compared.differences) - changed
    if any(len(one.only_here) > len(one.only_there) for one in compared.differences):
        return None
    if changed > CHANGED_FIGURES * compared.figures or lacking > LACKING_FIGURES * compared.figures:
        return None
    words, first_words = _words(run.all), _words(first.all)
    alike = len(words & first_words) / len(words | first_words)
    return alike if alike >= WORDS_ALIKE else None


def _words(pages: Sequence[Page]) -> set[str]:
    return {token for page in pages for word in shown(page) for token in LETTERS.findall(word.text.casefold())}
