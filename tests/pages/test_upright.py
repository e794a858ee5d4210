"""Which way a scan lies is told from its text, whatever the page's rotate flag says."""

from __future__ import annotations

import pytest

from pipeline.pages.model import Box
from pipeline.pages.upright import lean_of, lies_sideways, quarter_turned, skew_of, squared, straighten, turned_box
from tests.pages.scans import Sheet, table_sheet, tilted


@pytest.mark.parametrize("quarter", [0, 90, 180, 270])
def test_axis_of_a_table(quarter: int) -> None:
    assert lies_sideways(quarter_turned(table_sheet().picture(), quarter)) is (quarter in (90, 270))


@pytest.mark.parametrize("quarter", [0, 90])
def test_axis_of_prose_without_rules(quarter: int) -> None:
    sheet = Sheet()
    for number in range(15):
        sheet.text(30, 30 + 14 * number, "Kegiatan ini dilaksanakan oleh perangkat daerah dalam tahun berjalan")
    assert lies_sideways(quarter_turned(sheet.picture(), quarter)) is (quarter == 90)


@pytest.mark.parametrize("degrees", [-2.4, -1.0, -0.3, 0.0, 0.55, 1.5, 2.7])
def test_skew_is_measured_to_a_tenth_of_a_degree(degrees: float) -> None:
    assert skew_of(tilted(table_sheet().picture(), degrees)) == pytest.approx(-degrees, abs=0.1)


def test_straightening_twice_changes_nothing() -> None:
    askew = tilted(table_sheet().picture(), 1.2)
    straight = straighten(askew, skew_of(askew))
    assert abs(skew_of(straight)) <= 0.1


def test_a_box_turned_there_and_back_holds_the_first() -> None:
    box = Box(300, 200, 380, 212)
    there = turned_box(box, 420, 300, 1.0)
    back = turned_box(there, 420, 300, -1.0)
    assert back.x0 <= box.x0
    assert back.x1 >= box.x1
    assert back.center == pytest.approx(box.center, abs=0.01)
    assert there.center[1] > box.center[1]  # clockwise: what stands right of the middle goes down


@pytest.mark.parametrize("lean", [-0.8, 0.4])
def test_upright_rules_that_lean_are_set_upright(lean: float) -> None:
    leaning = squared(table_sheet().picture(), -lean)
    assert lean_of(leaning) == pytest.approx(lean, abs=0.1)
    assert abs(lean_of(squared(leaning, lean_of(leaning)))) <= 0.1


def test_a_square_page_and_one_without_rules_do_not_lean() -> None:
    sheet = Sheet()
    for number in range(15):
        sheet.text(30, 30 + 14 * number, "Kegiatan ini dilaksanakan oleh perangkat daerah dalam tahun berjalan")
    assert abs(lean_of(table_sheet().picture())) <= 0.05
    assert lean_of(sheet.picture()) == 0
