"""Whether the text layer over a scan can be trusted.

Two tests: the layer against the language, which finds the noise of a recogniser that failed altogether, and its figures
against the picture, which finds layers that read like text and are half wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from pipeline.pages.image import Picture
from pipeline.pages.model import Box, Word
from pipeline.pages.ocr_words import read_box

LETTERS = re.compile(r"[^\W\d_]+")
LONG_WORD = 4
FEWEST_LONG = 0.25
FEWEST_COMMON = 0.1
FIGURE = re.compile(r"\d[\d.,]*")
SAMPLE = 40
AGREEING = 0.8
MARGIN = 1.0


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """The commonest words of planning documents, in lower case."""
    text = resources.files("pipeline.pages").joinpath("common_words.yaml").read_text("utf-8")
    return frozenset(str(word) for word in yaml.safe_load(text))


def layer_is_garbage(words: Sequence[Word]) -> bool:
    """Whether the words of a layer are no language: few long words among those with letters, and hardly a common one.

    Measured: noise has at most 0.17 long and no common words, sound pages at least 0.67 and 0.30. A layer that holds
    no letters at all is no text either.
    """
    lettered = [run.casefold() for word in words for run in LETTERS.findall(word.text)]
    if not lettered:
        return True
    long = sum(len(run) >= LONG_WORD for run in lettered) / len(lettered)
    common = sum(run in common_words() for run in lettered) / len(lettered)
    return long < FEWEST_LONG and common < FEWEST_COMMON


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a sample of a layer's figures compares with the picture: how many were looked at, and which differ."""

    looked_at: int
    differing: tuple[Word, ...]

    @property
    def is_sound(self) -> bool:
        """Whether at least four in five figures agree. A layer without figures has nothing to be wrong about."""
        return len(self.differing) <= (1 - AGREEING) * self.looked_at


def compare_with_picture(words: Sequence[Word], picture: Picture, most: int | None = SAMPLE) -> Comparison:
    """Read the places of a layer's figures in the picture, or of a sample of `most` of them spread over the page.

    A page without figures is compared by its words. `picture` is the page as its layer lies on it.
    """
    figures = [word for word in words if FIGURE.search(word.text)] or list(words)
    step = max(1, -(-len(figures) // most)) if most else 1
    sample = figures[::step]
    differing = tuple(word for word in sample if not _agrees(word, picture))
    return Comparison(len(sample), differing)


def _agrees(word: Word, picture: Picture) -> bool:
    box = word.box
    seen = read_box(picture, Box(box.x0 - MARGIN, box.y0 - MARGIN, box.x1 + MARGIN, box.y1 + MARGIN))
    return _bare(word.text) in _bare("".join(part.text for part in seen))


def _bare(text: str) -> str:
    """Letters and digits alone: blanks and marks at the edges of a box are not what differs."""
    return "".join(character for character in text.casefold() if character.isalnum())
