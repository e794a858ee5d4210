"""What a page break cut: the signs of a row that goes on, and of merged cells that go on.

The signs were measured on real documents; a lower-case start or a missing rule says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.tables.model import Cell
from pipeline.values import read_ordinal, strip_ordinal

FIGURE = re.compile(r"(?:Rp\.?\s*)?\(?[\d.,]*\d[\d.,]*\)?\s*%?(?:,-)?")
LABEL = re.compile(r"\(?(?:\d{1,3}|[IVXLC]{1,5}|[A-Za-z])[.)]?|\d+(?:\s*\.\s*\d+)+\.?")
FARTHEST_STEP = 2
FEWEST_BEGUN = 2  # columns: one text alone may go on after a full stop
BULLET = re.compile(r"[-–•▪➢*]\s")


def is_label(cell: Cell) -> bool:
    """Whether a cell holds nothing but an ordinal or a code."""
    return len(cell.lines) == 1 and bool(LABEL.fullmatch(cell.text))


def _labels(cells: Sequence[Cell]) -> list[Cell]:
    """The ordinals and codes of a row: those that stand left of its longest text."""
    texts = [cell for cell in cells if not cell.empty and not is_label(cell)]
    limit = max(texts, key=lambda cell: len(cell.text)).column if texts else 0
    return [cell for cell in cells if cell.column < limit and is_label(cell)]


def _counting(rest: Sequence[Cell], row_above: Sequence[Cell]) -> list[Cell]:
    """The ordinals and codes of a row; a number far from the one above it in its column is a value."""
    above = {cell.column: cell for cell in row_above}
    return [cell for cell in _labels(rest) if not _jumps(cell, above.get(cell.column))]


def _jumps(cell: Cell, above: Cell | None) -> bool:
    if above is None or not (cell.text.isdigit() and above.text.split(" ")[-1].replace(".", "").isdigit()):
        return False
    number, before = int(cell.text), float(above.text.split(" ")[-1].replace(".", "", above.text.count(".") - 1))
    return number > before + FARTHEST_STEP


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
    if not filled or not above or len(rest) == 1 or _counting(rest, row_above):
        return False
    if not _figures(rest, []):
        return not any(_opens_item(cell) for cell in filled) and not _begins_anew(rest, above)
    labels = _labels(above)
    if not _figures(above, labels):
        return True
    return _lacks_text(rest, [cell for cell in above if cell not in labels])


def _begins_anew(rest: Sequence[Cell], above: Sequence[Cell]) -> bool:
    """Whether a row begins each of its texts, and fills what the row above fills, or is bold where that one is not.

    A page break cuts the longest texts of a row, not all of them, and in the middle of a sentence. A merged cell that
    goes on over the break is empty in both.
    """
    filled = [cell for cell in rest if not cell.empty]
    if not all(cell.text[:1].isupper() or not cell.text[:1].isalpha() for cell in filled):
        return False
    going_on = {cell.column for cell in rest if cell.empty and cell.row_span > 1}
    columns = {cell.column for cell in above if not is_label(cell)} - going_on
    before = {cell.column: cell.bold for cell in above}
    bolder = all(cell.bold and before.get(cell.column) is False for cell in filled)
    return bolder or (len(filled) >= FEWEST_BEGUN and {cell.column for cell in filled} >= columns)


def begins_entry(rest: Sequence[Cell], rows_above: Iterable[Sequence[Cell]]) -> bool | None:
    """Whether a row begins an entry, by the heading that its stack begins with; None where headings do not tell.

    `rows_above` are the cells of the rows above it, the nearest first, each with the cells that begin in it only. A
    stack does not print its first heading (`MASUKAN :`) twice, and one that begins otherwise goes on.
    """
    columns = [cell for cell in rest if not cell.empty]
    for own in rows_above:
        filled = [cell for cell in own if not cell.empty]
        for cell in columns:
            first = next((other for other in filled[1:] if other.column == cell.column), None)
            if first is not None and _heading(first) is not None:
                return _heading(cell) == _heading(first)
        if len(filled) > 1 and _labels(filled):
            return None
    return None


def goes_on_inside(rest: Sequence[Cell], above: Sequence[Cell], begins: bool | None) -> bool:
    """Whether a row without a label of its own goes on inside the stack of the row above it."""
    if begins is not False or _counting(rest, above):
        return False
    return not any(strip_ordinal(cell.text)[0] for cell in rest[:-1])


def _heading(cell: Cell) -> str | None:
    """The heading that a cell begins with, by its letters; None where it begins otherwise."""
    text = cell.lines[0].text if cell.lines else ""
    return re.sub(r"[\W\d_]", "", text).casefold() if text.rstrip().endswith(":") else None


def _opens_item(cell: Cell) -> bool:
    """Whether a cell begins with a heading (`HASIL/OUTCOME :`) or a bullet: a new item, not a rest."""
    first = cell.lines[0].text
    return first.endswith(":") or bool(BULLET.match(first))


def _lacks_text(rest: Sequence[Cell], above: Sequence[Cell]) -> bool:
    """Whether the column of the longest text of the row above stands empty."""
    longest = max(above, key=lambda cell: len(cell.text))
    return any(cell.column == longest.column and cell.empty for cell in rest)


def running_on(pairs: Sequence[tuple[Cell, Cell]], begins: bool = False) -> list[tuple[Cell, Cell]]:
    """The merged cells that go on over a page break, out of pairs (last cell above, first cell below) of a column.

    An empty cell that spans rows on either page goes on. Where it does and holds text, so does a cell ruled
    alike, and every coarser one to its left: a block cannot end while a finer one in it goes on. But where a cell
    that reaches over the same rows holds new figures, or text while the row `begins` an entry, its whole block
    begins anew.
    """
    empty = [(above, cell) for above, cell in pairs if cell.empty and max(above.row_span, cell.row_span) > 1]
    anchors = [pair for pair in empty if not pair[0].empty]
    coarser = [pair for pair in pairs if any(_is_coarser(pair, anchor) for anchor in anchors)]
    anew = [
        pair for pair in pairs if pair not in coarser and (_holds_figure(pair[1]) or (begins and not pair[1].empty))
    ]
    alike = [
        pair for pair in pairs if any(_same_block(pair, anchor) or _ruled_alike(pair, anchor) for anchor in anchors)
    ]
    going = [pair for pair in empty + alike if not any(_same_block(pair, other) for other in anew)]
    return [pair for pair in dict.fromkeys([*coarser, *going]) if pair in empty or not _starts_entry(*pair)]


def _starts_entry(above: Cell, cell: Cell) -> bool:
    """Whether a cell begins with an ordinal; one that stands alone must count on or restart, or it is a figure."""
    if not is_label(cell):
        return strip_ordinal(cell.text)[0] is not None
    ordinal, before = read_ordinal(cell.text), read_ordinal(above.text)
    return ordinal is not None and (ordinal.value == 1 or (before is not None and ordinal.value == before.value + 1))


def _is_coarser(pair: tuple[Cell, Cell], anchor: tuple[Cell, Cell]) -> bool:
    """Whether a column stands left of one that goes on, in a block that began with it or before."""
    (above, cell), (anchor_above, anchor_cell) = pair, anchor
    left = cell.column < anchor_cell.column and above.row <= anchor_above.row
    return left and max(above.row_span, cell.row_span) > 1 and not _same_block(pair, anchor)


def _ruled_alike(pair: tuple[Cell, Cell], anchor: tuple[Cell, Cell]) -> bool:
    (above, cell), (anchor_above, anchor_cell) = pair, anchor
    return (above.row, cell.row_span) == (anchor_above.row, anchor_cell.row_span)


def _same_block(pair: tuple[Cell, Cell], other: tuple[Cell, Cell]) -> bool:
    """Whether two columns reach over the same rows on both pages: they begin and end together."""
    return pair[1].row_span > 1 and _ruled_alike(pair, other)


def _holds_figure(cell: Cell) -> bool:
    return any(FIGURE.fullmatch(line.text) for line in cell.lines)
