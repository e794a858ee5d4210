"""Pages made of words at given places, for tests."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.layouts.prose import TextBlock, number_blocks, prose_blocks
from pipeline.pages.model import Box, Page, Word

WIDTH, HEIGHT = 600.0, 840.0
LEFT, RIGHT = 60.0, 540.0
CHAR = 5.5
DOCUMENT = "0123456789abcdef"


def line(text: str, y: float, x: float = LEFT, *, bold: bool = False, height: float = 11.0) -> list[Word]:
    """The words of a line; every character is 5.5 points wide at a height of 11."""
    words = []
    char = CHAR * height / 11.0
    for word in text.split(" "):
        if word:
            words.append(Word(word, Box(x, y, x + char * len(word), y + height), bold=bold))
        x += char * (len(word) + 1)
    return words


def centred(text: str, y: float, *, bold: bool = True, height: float = 11.0) -> list[Word]:
    width = CHAR * height / 11.0 * len(text)
    return line(text, y, (WIDTH - width) / 2, bold=bold, height=height)


def paragraph(
    text: str, y: float, x: float = LEFT, *, hang: float = 0.0, pitch: float = 15.0
) -> tuple[list[Word], float]:
    """A wrapped paragraph and the y below it."""
    words: list[Word] = []
    row = ""
    start = x
    for token in text.split():
        if row and start + CHAR * (len(row) + 1 + len(token)) > RIGHT:
            words += line(row, y, start)
            row, y, start = "", y + pitch, x + hang
        row = f"{row} {token}".strip()
    return words + line(row, y, start), y + pitch


def page(number: int, *lines: Sequence[Word]) -> Page:
    return Page(number, WIDTH, HEIGHT, [word for words in lines for word in words])


def blocks_of(*pages: Page) -> list[TextBlock]:
    blocks = [block for one in pages for block in prose_blocks(one.number, one.words, one.width)]
    number_blocks(blocks, DOCUMENT)
    return blocks
