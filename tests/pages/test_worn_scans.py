"""Scans with broken, dashed and dotted rules, and with paper that is not evenly light."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from pipeline.pages.image import Picture
from pipeline.pages.light import evened
from pipeline.pages.model import Page, Rule
from pipeline.pages.rules_in_image import find_rules
from pipeline.tables.lattice import find_frames
from tests.pages.scans import COLUMNS, HEIGHT, ROWS, TEXTS, WIDTH, Sheet, grainy, table_sheet

CELLS = (len(COLUMNS) - 1) * (len(ROWS) - 1)


def regions(rules: list[Rule]) -> int:
    return sum(len(frame.regions) for frame in find_frames(Page(1, WIDTH, HEIGHT, rules=rules)))


def typed(sheet: Sheet) -> Sheet:
    for y, row in zip(ROWS, TEXTS, strict=False):
        for x, text in zip(COLUMNS, row, strict=False):
            sheet.text(x + 5, y + 16, text)
    return sheet


@pytest.mark.parametrize("dash", [(3.0, 2.0), (0.7, 1.5)], ids=["dashes", "dots"])
def test_dashed_and_dotted_rules_make_cells(dash: tuple[float, float]) -> None:
    sheet = Sheet()
    sheet.canvas.setDash(*dash)
    sheet.grid()
    sheet.canvas.setDash()
    ruling = find_rules(grainy(typed(sheet).picture(), 4))
    assert regions(ruling.rules) == CELLS
    left = ruling.clean.pixels[round(88 * ruling.clean.scale), :] < 128  # above the line of text
    assert not left.any()


def test_columns_of_letters_are_no_dotted_rules() -> None:
    sheet = Sheet()
    for line in range(12):
        sheet.text(50, 60 + 11 * line, "Pelaporan Lima Ikhtisar 11111")
    assert find_rules(sheet.picture()).rules == []


def _broken(picture: Picture, gap: float) -> Picture:
    """The picture with a gap of so many points in every rule: in the middle of one side, near a corner on the next."""
    pixels = picture.pixels.copy()
    for number, x in enumerate(COLUMNS):
        for y0, y1 in pairwise(ROWS):
            y = (y0 + y1 - gap) / 2 if number % 2 else y0 + 1
            _erase(pixels, picture.scale, x - 1.5, y, x + 1.5, y + gap)
    for number, y in enumerate(ROWS):
        x = COLUMNS[number % 3 + 1] - (gap / 2 if number % 2 else 0)
        _erase(pixels, picture.scale, x + 20, y - 1.5, x + 20 + gap, y + 1.5)
    return replace(picture, pixels=pixels)


def _erase(pixels: np.ndarray, scale: float, x0: float, y0: float, x1: float, y1: float) -> None:
    pixels[round(y0 * scale) : round(y1 * scale), round(x0 * scale) : round(x1 * scale)] = 255


@pytest.mark.parametrize("gap", [4.0, 8.5])
def test_rules_broken_in_every_cell_are_put_together(gap: float) -> None:
    assert regions(find_rules(_broken(typed_grid(), gap)).rules) == CELLS


def typed_grid() -> Picture:
    sheet = Sheet()
    sheet.grid()
    return sheet.picture()


def test_a_narrow_merged_cell_stays_merged() -> None:
    sheet = Sheet()
    xs, ys = (40.0, 150.0, 160.0, 300.0), (60.0, 100.0, 140.0)
    for x in xs:
        sheet.line(x, ys[0], x, ys[-1])
    for y in (ys[0], ys[-1]):
        sheet.line(xs[0], y, xs[-1], y)
    sheet.line(xs[0], ys[1], xs[1], ys[1])
    sheet.line(xs[2], ys[1], xs[3], ys[1])
    assert regions(find_rules(sheet.picture()).rules) == 5


def test_paper_in_the_shadow_is_made_even() -> None:
    picture = table_sheet().picture()
    across = np.linspace(0.35, 1.0, picture.pixels.shape[1])[None, :]
    dark = replace(picture, pixels=(picture.pixels * across * 0.9).astype(np.uint8))
    light = evened(dark).pixels
    assert light[:40, :40].mean() == pytest.approx(light[:40, -40:].mean(), abs=25)
    ink = picture.pixels < 60
    assert light[ink].mean() < 60


def test_even_paper_is_left_as_it_is() -> None:
    picture = grainy(table_sheet().picture(), 8)
    assert evened(picture) is picture
