"""The form of LAN 239/2003, filled in and broken over pages in every way: the same records must come out."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from tests.forms.lan import Rendering, Stacking, Way, draw_lan
from tests.forms.reading import differences, doubts, read
from tests.forms.samples import PLAN
from tests.forms.sheet import A4_WIDE, FOLIO_WIDE, Look
from tests.forms.twice import draw_twice

OFFICE = "Dinas Perpustakaan dan Kearsipan"
REGION = "Kabupaten Lampung Tengah"
LOOK = Look(page=(842.0, 400.0), footer="Rencana Kinerja Tahunan")
WAYS: dict[str, tuple[Way, ...]] = {
    "own_rows": ("own_rows",),
    "stacked": ("stacked",),
    "both": ("joined", "own_rows", "stacked"),
}
STACKINGS: tuple[Stacking, ...] = ("first_line", "last_line", "top", "middle", "bottom")


def check(path: Path, look: Look, rendering: Rendering) -> None:
    result = read(draw_lan(path, PLAN, look, rendering, 2025, REGION, OFFICE))
    problems = [*differences(result, PLAN.truth()), *doubts(result)]
    assert not problems, "\n".join(problems)
    assert result.document["tahun"] == 2025
    assert result.document["wilayah"] == REGION


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("height", range(300, 420, 17))
def test_page_breaks_fall_anywhere(tmp_path: Path, way: str, height: int) -> None:
    look = replace(LOOK, page=(842.0, float(height)), size=6.8)
    check(tmp_path / "rkt.pdf", look, Rendering(WAYS[way], STACKINGS[:2], seed=height))


@pytest.mark.parametrize("stacking", STACKINGS)
@pytest.mark.parametrize("header", ["all", "numbers", "none"])
def test_units_and_targets_stand_anywhere_beside_a_stack(tmp_path: Path, stacking: Stacking, header: str) -> None:
    look = replace(LOOK, header=header, breaks="rows")  # type: ignore[arg-type]
    check(tmp_path / "rkt.pdf", look, Rendering(("stacked",), (stacking,)))


LOOKS = {
    "filled-rules": replace(LOOK, rules="fill"),
    "double-rules": replace(LOOK, rules="double"),
    "open-ends": replace(LOOK, open_ends=True),
    "slivers": replace(LOOK, sliver=True),
    "rotated-90": replace(LOOK, page=A4_WIDE, rotate=90),
    "rotated-270": replace(LOOK, page=A4_WIDE, rotate=270),
    "drifting-edges": replace(LOOK, drift=0.8),
    "title-again": replace(LOOK, repeat_title="Lanjutan Lampiran 1"),
    "footer-box": replace(LOOK, footer_box=True),
    "one-page": replace(LOOK, page=FOLIO_WIDE, size=6),
    "narrow": replace(LOOK, page=(700.0, 500.0), size=7.5),
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("way", WAYS)
def test_the_look_does_not_matter(tmp_path: Path, look: str, way: str) -> None:
    check(tmp_path / "rkt.pdf", LOOKS[look], Rendering(WAYS[way], seed=3))


FILLINGS = {
    "late-label": Rendering(("joined", "own_rows"), late_label=True),
    "late-label-stacked": Rendering(("stacked",), late_label=True),
    "number-in-name": Rendering(("own_rows", "stacked"), number_in_name=True),
    "heading-without-rule": Rendering(("own_rows",), headings_ruled=False),
    "way-by-program": Rendering(WAYS["both"], by_program=True, seed=1),
}


@pytest.mark.parametrize("filling", FILLINGS)
def test_offices_fill_the_form_in_their_own_ways(tmp_path: Path, filling: str) -> None:
    check(tmp_path / "rkt.pdf", LOOK, FILLINGS[filling])


@pytest.mark.parametrize("ways", [("own_rows", "own_rows"), ("own_rows", "stacked"), ("stacked", "both")], ids="-".join)
def test_a_second_copy_yields_nothing_twice(tmp_path: Path, ways: tuple[str, str]) -> None:
    first, second = (Rendering(WAYS[way], seed=2) for way in ways)
    result = read(draw_twice(tmp_path / "rkt.pdf", PLAN, LOOK, (first, second), 2025, REGION, OFFICE))
    problems = differences(result, PLAN.truth())
    assert not problems, "\n".join(problems)
    pages = result.table("halaman").to_pylist()
    assert [page["salinan_dari"] is not None for page in pages].count(True) >= len(pages) // 2 - 1


@pytest.mark.long
@pytest.mark.parametrize("seed", range(60))
def test_any_mixture(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    look = Look(
        page=(dice.choice([842.0, 935.0]), dice.uniform(300, 600)),
        size=dice.uniform(6, 8.5),
        leading=dice.choice([1.1, 1.25, 1.4]),
        padding=dice.choice([2.0, 3.0, 5.0]),
        header=dice.choice(["all", "numbers", "none"]),
        rules=dice.choice(["stroke", "fill", "double"]),
        sliver=dice.random() < 0.3,
        open_ends=dice.random() < 0.2,
        footer="RKT",
    )
    ways = dice.choice(list(WAYS.values()))
    check(tmp_path / "rkt.pdf", look, Rendering(ways, STACKINGS, number_in_name=dice.random() < 0.3, seed=seed))
