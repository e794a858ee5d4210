"""Text printed twice in the same place, as some programs draw bold letters or clipped pieces: it is one text."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.pages.model import Word

CELL = 4.0
SAME_PLACE = 0.7


def drop_overprinted(words: Iterable[Word]) -> list[Word]:
    """The words without those that repeat an earlier one of the same text nearly where it stands.

    It becomes bold where both are seen, or both are not; one that is seen in either print is seen.
    """
    kept: list[Word] = []
    seen: dict[str, dict[int, list[tuple[int, Word]]]] = {}
    for word in words:
        column, row = int(word.box.x0 / CELL), int(word.box.y0 / CELL)
        alike = seen.setdefault(word.text, {})
        near = [
            other
            for at in (row - 1, row, row + 1)
            if at in alike
            for beside, other in alike[at]
            if abs(beside - column) <= 1
        ]
        twin = next((other for other in near if _same_place(word, other)), None)
        if twin is not None:
            twin.bold = twin.bold or word.bold or word.visible == twin.visible
            twin.visible = twin.visible or word.visible
            continue
        alike.setdefault(row, []).append((column, word))
        kept.append(word)
    return kept


def _same_place(word: Word, other: Word) -> bool:
    area = min(word.box.width * word.box.height, other.box.width * other.box.height)
    return area > 0 and word.box.overlap(other.box) >= SAME_PLACE * area
