"""Tables out of texts, without a page: for tests of what reads them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.pages.lines import Line, make_line
from pipeline.pages.model import Box, Word
from pipeline.tables.model import Cell, Part, Row, Table

HEIGHT = 20.0
WIDTH = 60.0


def drawn_table(rows: Sequence[Sequence[str]], page: int = 1, shift: float = 0.0) -> Table:
    """A ruled table of equally wide columns, a text per cell; `shift` moves it to the right, in points."""
    edges = [shift + WIDTH * column for column in range(len(rows[0]) + 1)]
    grid = [
        [_cell(row, column, text, edges, page) for column, text in enumerate(texts)] for row, texts in enumerate(rows)
    ]
    where = [Row(page, HEIGHT * row, HEIGHT * (row + 1)) for row in range(len(rows))]
    return Table(where, edges, grid)


def _cell(row: int, column: int, text: str, edges: Sequence[float], page: int) -> Cell:
    box = Box(edges[column], HEIGHT * row, edges[column + 1], HEIGHT * (row + 1))
    words = [
        Word(word, Box(box.x0 + 2 + i, box.y0 + 4, box.x0 + 3 + i, box.y0 + 14)) for i, word in enumerate(text.split())
    ]
    lines: list[Line] = [make_line(words, page)] if words else []
    return Cell(row, column, 1, 1, [Part(page, box, row, 1, lines)])
