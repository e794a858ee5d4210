"""Whether a text layer can be a language at all; light, for it is asked of every page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

import yaml

from pipeline.pages.model import Word

LETTERS = re.compile(r"[^\W\d_]+")
LONG_WORD = 4
FEWEST_LONG = 0.25
FEWEST_COMMON = 0.1
FEWEST_CHARACTERS = 100  # not words: such fonts have no blanks either
FEWEST_LETTERED = 0.03
MOST_ODD = 0.1
UNASSIGNED = frozenset({"Cc", "Cn", "Co", "Cs"})
UNREADABLE = "\ufffd"


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


def is_no_language(words: Sequence[Word]) -> bool:
    """Whether a page of text looks as if its fonts did not say which letters they draw.

    Such fonts give characters that no script has, or other letters in the place of each: then no word is a common
    one. Of the long words of sound pages at least a sixth are common ones, and of their characters 1.5 in a hundred
    are odd at most. Pages with hardly any letters are suspected too; the picture of the page has the last word.
    """
    shown = [word.text for word in words if word.visible]
    characters = "".join(shown)
    if len(characters) < FEWEST_CHARACTERS:
        return False
    odd = sum(map(is_odd, characters))
    long = [run.casefold() for text in shown for run in LETTERS.findall(text) if len(run) >= LONG_WORD]
    common = sum(run in common_words() for run in long)
    few = len(long) < FEWEST_LETTERED * len(shown)
    return odd > MOST_ODD * len(characters) or few or common < FEWEST_COMMON * len(long)


def is_odd(character: str) -> bool:
    """Whether a character is one that no text has: a control, a private one, one of no script."""
    return character == UNREADABLE or unicodedata.category(character) in UNASSIGNED
