"""Forms drawn by seed: what the reader makes of them may only get better."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.forms import Outcome, contents, line, total, try_seed
from tests.forms.drawn.content import Content, cut, made
from tests.forms.drawn.document import draw_seed

SEEDS = range(24)
SEEDS_OF_SAMPLES = range(44)
# What has been reached: shares of records (recall, precision) and of figures, and how many are wrong in silence.
FLOORS = (0.89, 0.90, 0.93, 0)
FLOORS_OF_SAMPLES = (0.81, 0.85, 0.90, 11)


def _hold(outcomes: Sequence[Outcome], floors: tuple[float, float, float, int]) -> None:
    assert [o.failure for o in outcomes if o.failure] == []
    found = total(outcomes)
    recall, precision, figures, silent = floors
    assert found.recall >= recall, line(found)
    assert found.precision >= precision, line(found)
    assert found.figures_share >= figures, line(found)
    assert found.silent <= silent, line(found)


def test_forms_of_content_made_by_code_hold_their_floors(tmp_path: Path) -> None:
    _hold([try_seed(seed, [made()], tmp_path / f"s{seed}.pdf") for seed in SEEDS], FLOORS)


def test_forms_of_the_samples_contents_hold_their_floors(samples: Path, tmp_path: Path) -> None:
    found = contents(samples)
    _hold([try_seed(seed, found, tmp_path / f"s{seed}.pdf") for seed in SEEDS_OF_SAMPLES], FLOORS_OF_SAMPLES)


@pytest.mark.parametrize("seed", [3, 7])
def test_a_seed_draws_the_same_again(seed: int, tmp_path: Path) -> None:
    first, again = (draw_seed(seed, [made()]).write(tmp_path / f"{name}.pdf") for name in ("a", "b"))
    assert first.read_bytes() == again.read_bytes()
    assert (tmp_path / "a.truth.json").read_text() == (tmp_path / "b.truth.json").read_text()


def test_seeds_draw_every_kind_of_hierarchy() -> None:
    forms = [draw_seed(seed, [made()]).form for seed in range(60)]
    assert {form.hierarchy for form in forms} == {"outline", "staircase", "grid", "register", "bands"}
    assert {form.kind for form in forms} == {"budget", "targets"}


def test_the_truth_holds_what_is_shown_and_nothing_else() -> None:
    for seed in range(60):
        drawing = draw_seed(seed, [made()])
        printed = {cell.paragraphs[0].text for cell in drawing.sheet.body if cell.paragraphs}
        shown = " ".join(" ".join(line.text for line in cell.paragraphs) for cell in drawing.sheet.body).casefold()
        assert printed
        assert all(row["nama"].casefold() in shown for row in drawing.truth["program_kegiatan"])
        assert all(row["indikator"].casefold() in shown for row in drawing.truth["indikator"])
        if drawing.form.money == "none":
            assert all(row["pagu"] is None for row in drawing.truth["program_kegiatan"])


def test_a_cut_keeps_whole_branches_within_its_rows() -> None:
    content: Content = made()
    part = cut(content, 1, rows=6)
    assert part.nodes[0].name == content.nodes[1].name
    assert sum(1 for root in part.nodes for _ in root.walk()) <= 6
