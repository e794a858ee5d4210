"""Whatever stands on a page: no word is lost or read twice, and grids are well formed."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.pages.model import Box, Fill, Page, Rule, Word
from pipeline.tables.unruled import unruled_tables
from pipeline.tables.unruled_rows import Names, cut_rows

TEXTS = ("1.", "2.", "a.", "Program", "Peningkatan", "Jumlah", "Rp", "1.250.000", "98.500.250,00", "-", "90", "%", "BB")
word = st.builds(
    lambda text, x, y, dx: Word(text, Box(60.0 * x + dx, 13.0 * y, 60.0 * x + dx + 5 * len(text), 13.0 * y + 10)),
    st.sampled_from(TEXTS),
    st.integers(0, 8),
    st.integers(0, 12),
    st.floats(-4, 4),
)
rule = st.builds(lambda y, x0, x1: Rule(False, 26.0 * y, 60.0 * x0, 60.0 * x1 + 60), *[st.integers(0, 6)] * 3)
fill = st.builds(
    lambda x, y: Fill(Box(60.0 * x, 26.0 * y, 60.0 * x + 59, 26.0 * y + 25), (200, 200, 200)),
    *[st.integers(0, 6)] * 2,
)


@settings(max_examples=80, deadline=None)
@given(st.lists(word, max_size=60), st.lists(rule, max_size=8), st.lists(fill, max_size=20))
def test_every_word_is_read_once(words: list[Word], rules: list[Rule], fills: list[Fill]) -> None:
    page = Page(1, 595, 842, words, rules, fills, engine="rapidocr")
    tables, rest = unruled_tables(page, words)
    held = [w for table in tables for cell in table.cells for line in cell.lines for w in line.words]
    assert sorted(map(id, [*held, *rest])) == sorted(map(id, words))
    for table in tables:
        for edges in (table.xs, table.ys):
            assert all(a < b for a, b in pairwise(edges))


@given(
    st.lists(st.integers(1, 5), min_size=1, max_size=8), st.sampled_from(["top", "middle", "bottom"]), st.floats(3, 20)
)
def test_rows_are_found_again(sizes: list[int], place: str, gap: float) -> None:
    pitch, y = 12.0, 100.0
    lines: list[float] = []
    anchors: list[float] = []
    starts: list[int] = []
    for size in sizes:
        starts.append(len(lines))
        lines += [y + pitch * i for i in range(size)]
        anchors.append(y + pitch * {"top": 0.0, "middle": (size - 1) / 2, "bottom": size - 1.0}[place])
        y += pitch * size + gap
    cut = cut_rows(Names(tuple(lines), (), frozenset(), pitch), anchors)
    assert cut is not None
    assert cut.starts == tuple(starts)
    assert not cut.doubtful
