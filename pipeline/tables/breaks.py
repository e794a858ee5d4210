"""What a page break cut: the signs of a row that goes on, and of merged cells that go on.

The signs were measured on real documents; a lower-case start or a missing rule says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.tables.model import Cell

FIGURE = re.compile(r"(?:Rp\.?\s*)?\(?[\d.,]*\d[\d.,]*\)?\s*%?(?:,-)?")
LABEL = re.compile(r"\(?(?:\d{1,3}|[IVXLC]{1,5}|[A-Za-z])[.)]?|\d+(?:\s*\.\s*\d+)+\.?")
BULLET = re.compile(r"[-–•▪➢*]\s")


def is_label(cell: Cell) -> bool:
    """Whether a cell holds nothing but an ordinal or a code."""
    return len(cell.lines) == 1 and bool(LABEL.fullmatch(cell.text))


def _labels(cells: Sequence[Cell]) -> list[Cell]:
    """The ordinals and codes of a row: those that stand left of its longest text."""
    texts = [cell for cell in cells if not cell.empty and not is_label(cell)]
    limit = max(texts, key=lambda cell: len(cell.text)).column if texts else 0
    return [cell for cell in cells if cell.column < limit and is_label(cell)]


def _figures(cells: Sequence[Cell], labels: Sequence[Cell]) -> bool:
    return any(FIGURE.fullmatch(line.text) for cell in cells if cell not in labels for line in cell.lines)


def row_is_cut(rest: Sequence[Cell], row_above: Sequence[Cell]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before it.

    `rest` and `row_above` are the cells of the two rows. A rest has no ordinal or code of its own, and either no
    figures and no heading, or figures that the row above lacks, or figures without the text that they belong to.
    Merged cells that began higher up say nothing about the row above.
    """
    above = [cell for cell in row_above if cell.row_span == 1 and not cell.empty]
    filled = [cell for cell in rest if not cell.empty]
    if not filled or not above or len(rest) == 1 or _labels(rest):
        return False
    if not _figures(rest, []):
        return not any(_opens_item(cell) for cell in filled)
    labels = _labels(above)
    if not _figures(above, labels):
        return True
    return _lacks_text(rest, [cell for cell in above if cell not in labels])


def _opens_item(cell: Cell) -> bool:
    """Whether a cell begins with a heading (`HASIL/OUTCOME :`) or a bullet: a new item, not a rest."""
    first = cell.lines[0].text
    return first.endswith(":") or bool(BULLET.match(first))


def _lacks_text(rest: Sequence[Cell], above: Sequence[Cell]) -> bool:
    """Whether the column of the longest text of the row above stands empty."""
    longest = max(above, key=lambda cell: len(cell.text))
    return any(cell.column == longest.column and cell.empty for cell in rest)


def running_on(pairs: Sequence[tuple[Cell, Cell]]) -> list[tuple[Cell, Cell]]:
    """The merged cells that go on over a page break, out of pairs (last cell above, first cell below) of a column.

    An empty cell that spans rows on either page goes on. Where it does and holds text, so does a cell ruled
    alike, and every coarser one to its left: a block cannot end while a finer one in it goes on.
    """
    going = [(above, cell) for above, cell in pairs if cell.empty and (above.row_span > 1 or cell.row_span > 1)]
    anchors = [(above, cell) for above, cell in going if not above.empty]
    also = [
        (above, cell)
        for above, cell in pairs
        if (above, cell) not in going
        and not is_label(cell)
        and any(_goes_with(above, cell, *anchor) for anchor in anchors)
    ]
    return going + also


def _goes_with(above: Cell, cell: Cell, anchor_above: Cell, anchor: Cell) -> bool:
    alike = (above.row, cell.row_span) == (anchor_above.row, anchor.row_span)
    coarser = cell.column < anchor.column and above.row <= anchor_above.row and max(above.row_span, cell.row_span) > 1
    return alike or coarser
