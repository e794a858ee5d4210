"""Pages that hold more than any table: they cost seconds, not hours."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from itertools import pairwise

import pytest

from pipeline.pages.model import Page, Rule
from pipeline.tables.build import page_tables
from tests.tables.drawn import HEIGHT, WIDTH, grid_rules, words_at

MOST_SECONDS = 12.0  # of processor time, several times what they take


def scattered() -> list[Rule]:
    """50,000 short rules in no order, as a map or a chart has them."""
    chance = random.Random(5)
    starts = ((chance.random() * HEIGHT, chance.random() * WIDTH) for _ in range(50_000))
    return [Rule(number % 2 == 0, at, start, start + 40) for number, (at, start) in enumerate(starts)]


def hairlines() -> list[Rule]:
    """Nothing but lines over the whole page, nearer to one another than letters are high."""
    down = [Rule(False, HEIGHT * step / 25_000, 0, WIDTH) for step in range(25_000)]
    return down + [Rule(True, WIDTH * step / 25_000, 0, HEIGHT) for step in range(25_000)]


def sheet() -> list[Rule]:
    """A grid of 40,000 cells, each with rules of its own."""
    xs, ys = [3.0 * step for step in range(200)], [4.0 * step for step in range(200)]
    return [rule for y0, y1 in pairwise(ys) for rule in grid_rules(xs, [y0, y1])]


@pytest.mark.parametrize("rules", [scattered, hairlines, sheet])
def test_a_page_of_rules_is_read_in_bounded_time(rules: Callable[[], list[Rule]]) -> None:
    page = Page(1, WIDTH, HEIGHT, words=words_at("Jumlah 1.250", 100, 100), rules=rules())
    started = time.process_time()
    tables, loose = page_tables(page)
    assert time.process_time() - started < MOST_SECONDS
    held = sum(len(line.words) for table in tables for cell in table.cells for line in cell.lines)
    assert held + len(loose) == 2
