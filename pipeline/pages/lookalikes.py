"""Words of scans with a letter taken for one that looks like it, set right by the words that the document knows.

Only letters, and only where a single known word looks the same: `Ruplah` beside `Rupiah`. Figures are never touched.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from rapidfuzz.distance import Levenshtein

from pipeline.pages.language import common_words
from pipeline.pages.model import OCR_ENGINE, Page
from pipeline.reference.units import unit_words

SURE = 0.98
UNSURE = 0.95
FEWEST_PRINTS = 2
SHORTEST = 4
LETTERS_PER_SLIP = 4
LETTERS = re.compile(r"[^\W\d_]+")
# Letters that recognisers take for one another, each by the one that stands for all of them.
JOINED = re.compile(r"rn|nn|mn|m")
ALIKE = str.maketrans({**dict.fromkeys("ltjf", "i"), **dict.fromkeys("co", "e"), "b": "h", "u": "n", "y": "v"})


@dataclass(frozen=True, slots=True)
class Mended:
    """A word as it was read, and the known word that it was taken for."""

    page: int
    read: str
    known: str


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Words by their shape: those of the language and units, and those that the document itself prints."""

    language: Mapping[str, str]
    own: Mapping[str, str]
    known: frozenset[str]

    @classmethod
    def of(cls, pages: Sequence[Page]) -> _Lexicon:
        language = frozenset(word for word in common_words() | unit_words() if len(word) >= SHORTEST)
        by_shape = _single(language)
        own = {word for word in _printed_often(pages) if _shape(word) not in by_shape}
        return cls(by_shape, _single(own), language | own)

    def lookalike(self, word: str, sure: bool) -> str | None:
        """The one known word that looks like an unknown one; a surely read one gives way to the language alone."""
        shape = _shape(word)
        other = self.language.get(shape) or (None if sure else self.own.get(shape))
        if word in self.known or other is None:
            return None
        near = Levenshtein.distance(other, word) <= max(1, len(word) // LETTERS_PER_SLIP)
        return other if near else None


def mend_lookalikes(pages: Sequence[Page]) -> list[Mended]:
    """Set such words right on the pages that were read from pictures; their confidence stays as low as it was."""
    scans = [page for page in pages if page.engine == OCR_ENGINE]
    if not scans:
        return []
    lexicon = _Lexicon.of(scans)
    return [mended for page in scans for mended in _mend_page(page, lexicon)]


def _printed_often(pages: Sequence[Page]) -> set[str]:
    """The words that the document prints several times in surely read letters."""
    printed: Counter[str] = Counter()
    for page in pages:
        for word in page.words:
            if word.confidence >= SURE:
                printed.update(run.casefold() for run in LETTERS.findall(word.text) if len(run) >= SHORTEST)
    return {word for word, times in printed.items() if times >= FEWEST_PRINTS}


def _single(words: Iterable[str]) -> dict[str, str]:
    """The words that no other one looks like, by their shape."""
    shapes: dict[str, set[str]] = defaultdict(set)
    for word in words:
        shapes[_shape(word)].add(word)
    return {shape: same.pop() for shape, same in shapes.items() if len(same) == 1}


def _shape(word: str) -> str:
    return JOINED.sub("n", word).translate(ALIKE)


def _mend_page(page: Page, lexicon: _Lexicon) -> Iterator[Mended]:
    for position, word in enumerate(page.words):
        if word.confidence == 1.0:
            continue
        text = LETTERS.sub(partial(_mended, lexicon, word.confidence >= UNSURE), word.text)
        if text != word.text:
            yield Mended(page.number, word.text, text)
            page.words[position] = replace(word, text=text)


def _mended(lexicon: _Lexicon, sure: bool, match: re.Match[str]) -> str:
    """A run of letters, or the one known word that looks like it, in the same case."""
    run = match[0]
    other = lexicon.lookalike(run.casefold(), sure) if len(run) >= SHORTEST else None
    if other is None:
        return run
    if sum(map(str.isupper, run)) > 1:
        return other.upper()
    return other.capitalize() if run[0].isupper() else other
