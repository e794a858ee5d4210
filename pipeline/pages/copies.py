"""Pages that repeat earlier ones: a document that stands in its file more than once.

One pair of pages proves little: two pages of one form resemble each other as much as two copies do. What proves a
copy is a run of pages, at one distance, whose words and figures agree; within it the pages are then matched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.pages.model import Page

ALIKE = 0.8
RUN_ALIKE = 0.9
FIGURES_ALIKE = 0.95
PAGE_FIGURES_ALIKE = 0.8
LONE_PAGE_ALIKE = 0.97
LONE_PAGE_WORDS = 60
CONTAINED = 0.9
TOKEN = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class _Print:
    """What is compared of a page."""

    shingles: frozenset[tuple[str, ...]]
    figures: Counter[str]
    words: int


def mark_copies(pages: Sequence[Page]) -> None:
    """Set `copy_of` and `similarity` on the pages that repeat an earlier one, running headers aside.

    `similarity` is the Jaccard index of the two pages' three-word shingles, 0 to 1.
    """
    prints = [_print(page) for page in pages]
    for distance in _distances(prints):
        for start, end in _runs(prints, distance):
            if _is_copy(prints, start, end, distance):
                _mark(pages, prints, start, end, distance)


def _print(page: Page) -> _Print:
    tokens = [token for word in page.words if word.visible for token in TOKEN.findall(word.text.casefold())]
    shingles = (
        frozenset(zip(tokens, tokens[1:], tokens[2:], strict=False)) if len(tokens) > 2 else frozenset([tuple(tokens)])
    )
    return _Print(shingles, Counter(token for token in tokens if token.isdigit()), len(tokens))


def similarity(a: _Print, b: _Print) -> float:
    """The Jaccard index of two pages' shingles; two blank pages are alike."""
    if not a.words and not b.words:
        return 1.0
    union = len(a.shingles | b.shingles)
    return len(a.shingles & b.shingles) / union if union else 0.0


def _figures_alike(pairs: Sequence[tuple[_Print, _Print]]) -> float:
    shared = sum((a.figures & b.figures).total() for a, b in pairs)
    union = sum((a.figures | b.figures).total() for a, b in pairs)
    return shared / union if union else 1.0


def _distances(prints: Sequence[_Print]) -> list[int]:
    """Distances at which some pair of pages with text is alike, longest possible run first."""
    return [
        distance
        for distance in range(1, len(prints))
        if any(a.words and similarity(a, b) >= ALIKE for a, b in zip(prints, prints[distance:], strict=False))
    ]


def _runs(prints: Sequence[_Print], distance: int) -> list[tuple[int, int]]:
    """Runs of later pages that are like the page `distance` before; one page that breaks differently is bridged."""
    alike = [similarity(prints[i - distance], prints[i]) >= ALIKE for i in range(distance, len(prints))]
    runs: list[list[int]] = []
    for offset, good in enumerate(alike):
        if good and runs and offset - runs[-1][1] <= 3:
            runs[-1][1] = offset
        elif good:
            runs.append([offset, offset])
    return [(distance + first, distance + last + 1) for first, last in runs]


def _is_copy(prints: Sequence[_Print], start: int, end: int, distance: int) -> bool:
    pairs = [(prints[i - distance], prints[i]) for i in range(start, end)]
    with_text = [pair for pair in pairs if pair[0].words and similarity(*pair) >= ALIKE]
    if not with_text:
        return False
    mean = sum(similarity(*pair) for pair in with_text) / len(with_text)
    figures = _figures_alike(with_text)
    if len(with_text) == 1:
        a, b = with_text[0]
        enough = min(a.words, b.words) >= LONE_PAGE_WORDS
        return enough and mean >= LONE_PAGE_ALIKE and figures == 1.0
    return mean >= RUN_ALIKE and figures >= FIGURES_ALIKE


def _mark(pages: Sequence[Page], prints: Sequence[_Print], start: int, end: int, distance: int) -> None:
    start, end = _widen(prints, start, end, distance)
    for i in range(start, end):
        if pages[i].copy_of is not None:
            continue
        near = [
            j for j in (i - distance, i - distance - 1, i - distance + 1) if 0 <= j < i and pages[j].copy_of is None
        ]
        if not near:
            continue
        best = max(near, key=lambda j: similarity(prints[j], prints[i]))
        alike = similarity(prints[best], prints[i])
        same_figures = _figures_alike([(prints[best], prints[i])]) >= PAGE_FIGURES_ALIKE
        if (alike >= ALIKE and same_figures) or _contained(prints[i], [prints[j] for j in near]):
            pages[i].copy_of = pages[best].number
            pages[i].similarity = round(alike, 4)


def _widen(prints: Sequence[_Print], start: int, end: int, distance: int) -> tuple[int, int]:
    """Take blank pages and pages that break differently at the ends of a run into it, one at each end."""
    if start - 1 >= distance and _contained(prints[start - 1], prints[start - 1 - distance : start + 1 - distance]):
        start -= 1
    if end < len(prints) and _contained(prints[end], prints[end - 1 - distance : end + 2 - distance]):
        end += 1
    return start, end


def _contained(part: _Print, whole: Sequence[_Print]) -> bool:
    """Whether nearly all shingles and figures of a page stand on the neighbouring pages of the first copy."""
    if not part.words:
        return any(not one.words for one in whole)
    shingles = frozenset().union(*(one.shingles for one in whole))
    figures: Counter[str] = Counter()
    for one in whole:
        figures |= one.figures
    shared = len(part.shingles & shingles) / len(part.shingles)
    return shared >= CONTAINED and not part.figures - figures
