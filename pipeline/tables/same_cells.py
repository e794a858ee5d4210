"""Which cells of two tables are the same cell: of two copies of a page, each read for itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from pipeline.tables.page_table import PageCell, PageTable

SAME_PLACE = 0.02
ROWS_ALIKE = 0.8
ROW_ALIKE = 0.6


def same_cells(kept: PageTable, copy: PageTable) -> list[tuple[PageCell, PageCell]]:
    """Pairs of cells with the same columns and rows; none where the columns of the tables do not agree.

    Rows are matched by their order where there are as many, and else by their texts too.
    """
    if not _same_columns(kept, copy):
        return []
    rows = _same_rows(_row_texts(kept), _row_texts(copy))
    at = {(c.region.row, c.region.row_end, c.region.column, c.region.column_end): c for c in copy.cells}
    return list(_pairs(kept, rows, at))


def _pairs(
    kept: PageTable, rows: dict[int, int], at: dict[tuple[int, int, int, int], PageCell]
) -> Iterator[tuple[PageCell, PageCell]]:
    for cell in kept.cells:
        region = cell.region
        top, last = rows.get(region.row), rows.get(region.row_end - 1)
        if top is not None and last is not None:
            other = at.get((top, last + 1, region.column, region.column_end))
            if other is not None:
                yield cell, other


def _same_columns(a: PageTable, b: PageTable) -> bool:
    """Whether two tables have as many columns, at the same shares of their widths."""
    if len(a.xs) != len(b.xs):
        return False
    return all(abs(_share(a.xs, x) - _share(b.xs, y)) <= SAME_PLACE for x, y in zip(a.xs, b.xs, strict=True))


def _share(edges: Sequence[float], x: float) -> float:
    return (x - edges[0]) / (edges[-1] - edges[0])


def _row_texts(table: PageTable) -> list[str]:
    return ["".join(table.row_texts(row)) for row in range(len(table.ys) - 1)]


def _same_rows(a: Sequence[str], b: Sequence[str]) -> dict[int, int]:
    """The rows of the second table by those of the first."""
    if len(a) == len(b) and fuzz.ratio(" ".join(a), " ".join(b)) >= 100 * ROWS_ALIKE:
        return {row: row for row in range(len(a))}
    scores = [[fuzz.ratio(x, y) / 100 if x and y else 0.0 for y in b] for x in a]
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            both = best[i + 1][j + 1] + scores[i][j] if scores[i][j] >= ROW_ALIKE else 0.0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    return dict(_path(scores, best))


def _path(scores: Sequence[Sequence[float]], best: Sequence[Sequence[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(best) - 1 and j < len(best[0]) - 1:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            yield i, j
            i, j = i + 1, j + 1
