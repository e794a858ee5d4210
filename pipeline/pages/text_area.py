"""The text area of a document's pages: where their text and tables begin and end, running lines left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pipeline.pages.model import Box, Page, Word

FEW = 0.1  # the share of the pages of a size that may begin higher, or end lower, than the text area


def text_areas(
    pages: Sequence[Page], tables: Mapping[int, Sequence[Box]], words: Mapping[int, Sequence[Word]]
) -> dict[int, tuple[float, float]]:
    """By page number, the head and the foot of the text area, in points from the top of the page.

    Pages of one size share it. `tables` and `words` are the boxes of tables and the loose words of each page.
    """
    sizes: dict[tuple[int, int], list[Page]] = defaultdict(list)
    for page in pages:
        sizes[round(page.width), round(page.height)].append(page)
    areas: dict[int, tuple[float, float]] = {}
    for alike in sizes.values():
        boxes = [[*tables[page.number], *(word.box for word in words[page.number])] for page in alike]
        heads = sorted(min(box.y0 for box in found) for found in boxes if found)
        feet = sorted((max(box.y1 for box in found) for found in boxes if found), reverse=True)
        few = int(FEW * len(heads))
        area = (heads[few], feet[few]) if heads else (0.0, alike[0].height)
        areas |= {page.number: area for page in alike}
    return areas
