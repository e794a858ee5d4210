"""Rules in pictures: found, mended, told from letters and drawings, and taken out of the picture."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.pages.model import Rule
from pipeline.pages.rules_in_image import find_rules
from tests.pages.scans import COLUMNS, ROWS, Sheet, compressed, grainy, table_sheet


def positions(rules: list[Rule], vertical: bool) -> list[float]:
    return sorted(rule.position for rule in rules if rule.vertical == vertical)


@pytest.mark.parametrize("spread", [0, 12])
def test_all_rules_of_a_table(spread: float) -> None:
    rules = find_rules(compressed(grainy(table_sheet().picture(), spread), 50)).rules
    assert positions(rules, vertical=True) == pytest.approx(list(COLUMNS), abs=0.6)
    assert positions(rules, vertical=False) == pytest.approx(list(ROWS), abs=0.6)
    assert all(rule.start == pytest.approx(ROWS[0], abs=1) for rule in rules if rule.vertical)


def test_rules_are_painted_white_and_letters_stay() -> None:
    bare = Sheet()
    bare.grid()
    assert (find_rules(bare.picture()).clean.pixels < 128).mean() < 0.0005
    filled = table_sheet().picture()
    ink = find_rules(filled).clean.pixels < 128
    assert ink.sum() > 0.35 * (filled.pixels < 128).sum()


def test_a_gap_in_a_rule_is_bridged_and_a_loose_end_is_not_led_on() -> None:
    sheet = Sheet()
    sheet.grid(xs=(40.0, 390.0), ys=(60.0, 190.0))
    sheet.line(210, 60, 210, 110)
    sheet.line(210, 116, 210, 190)  # one rule with a gap of six points
    sheet.line(40, 120, 205, 120)  # reaches the gap's rule but for five points
    sheet.line(300, 60, 300, 100)  # ends in the open
    rules = find_rules(sheet.picture()).rules
    broken = [rule for rule in rules if rule.vertical and abs(rule.position - 210) < 1]
    assert any(rule.start < 62 and rule.end > 188 for rule in broken)
    level = next(rule for rule in rules if not rule.vertical and abs(rule.position - 120) < 1)
    assert level.end == pytest.approx(210, abs=1)
    loose = next(rule for rule in rules if rule.vertical and abs(rule.position - 300) < 1)
    assert loose.end == pytest.approx(100, abs=1.5)


def test_strokes_and_small_frames_are_no_rules() -> None:
    sheet = Sheet()
    sheet.line(100, 50, 100, 90)  # a stroke of a signature
    for x in (200, 230, 260):
        sheet.line(x, 50, x, 110)
    for y in (50, 80, 110):
        sheet.line(200, y, 260, y)  # a crest of 60 by 60 points
    assert find_rules(sheet.picture()).rules == []


def test_the_line_over_a_sum_is_no_border_of_a_cell() -> None:
    sheet = Sheet()
    sheet.grid(xs=(40.0, 250.0, 390.0), ys=(60.0, 200.0))
    sheet.line(265, 150, 385, 150)
    rules = find_rules(sheet.picture())
    assert positions(rules.rules, vertical=False) == pytest.approx([60, 200], abs=0.6)
    around = rules.clean.pixels[int(145 * rules.clean.scale) : int(155 * rules.clean.scale)]
    assert (around > 200).all()


def test_bold_letters_run_together_are_no_rule() -> None:
    sheet = Sheet()
    sheet.grid(xs=(40.0, 250.0, 390.0), ys=(60.0, 100.0))
    picture = sheet.picture()
    row = slice(int(75 * picture.scale), int(80 * picture.scale))
    columns = slice(int(60 * picture.scale), int(160 * picture.scale))
    smear = np.where(np.random.default_rng(3).random(picture.pixels[row, columns].shape) < 0.6, 0, 255)
    picture.pixels[row, columns] = smear
    picture.pixels[row.start + 5 : row.start + 7, columns] = 0
    assert positions(find_rules(picture).rules, vertical=False) == pytest.approx([60, 100], abs=0.6)


def test_a_page_without_rules() -> None:
    sheet = Sheet()
    sheet.text(40, 60, "Perjanjian Kinerja Tahun 2025")
    assert find_rules(sheet.picture()).rules == []
