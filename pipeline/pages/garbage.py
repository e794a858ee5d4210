"""Whether a text layer can be trusted: its words, or its figures, against the picture of the page.

What reads like text may be half wrong, and only the picture tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.pages.image import Picture
from pipeline.pages.language import is_odd
from pipeline.pages.model import Box, Word
from pipeline.pages.ocr_words import read_box

FIGURE = re.compile(r"\d[\d.,]*")
SAMPLE = 40
AGREEING = 0.8
HALF = 0.5
MARGIN = 1.0


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
    sample = _spread([word for word in words if FIGURE.search(word.text)] or list(words), most)
    differing = tuple(word for word in sample if not _agrees(word, picture))
    return Comparison(len(sample), differing)


def text_is_garbled(words: Sequence[Word], picture: Picture) -> bool:
    """Whether most of a page's words, or of a sample spread over the page, are others in its picture.

    Marks and single characters are no evidence, unless they are characters that no text has.
    """
    telling = [word for word in words if word.visible and (len(_bare(word.text)) > 1 or any(map(is_odd, word.text)))]
    sample = _spread(telling, SAMPLE)
    agreeing = sum(bool(_bare(word.text)) and _agrees(word, picture) for word in sample)
    return agreeing < HALF * len(sample)


def _spread(words: Sequence[Word], most: int | None) -> Sequence[Word]:
    step = max(1, -(-len(words) // most)) if most else 1
    return words[::step]


def _agrees(word: Word, picture: Picture) -> bool:
    box = word.box
    seen = read_box(picture, Box(box.x0 - MARGIN, box.y0 - MARGIN, box.x1 + MARGIN, box.y1 + MARGIN))
    return _bare(word.text) in _bare("".join(part.text for part in seen))


def _bare(text: str) -> str:
    """Letters and digits alone: blanks and marks at the edges of a box are not what differs."""
    return "".join(character for character in text.casefold() if character.isalnum())
