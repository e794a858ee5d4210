"""Random edits of an invented plan give exactly the rows of these edits."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.compare.differ import compare_plans
from pipeline.compare.model import Differences
from tests.compare.plans import EDITS, Edited, Told, as_plan, copy, invent


def told(found: Differences) -> Counter[Told]:
    return Counter((c.aspek, c.nama or "", c.nilai_dari, c.nilai_ke) for c in found.changes)


def edited(seed: int, coded: bool, edits: Sequence[int]) -> tuple[Differences, Counter[Told]]:
    dice = random.Random(seed)
    before = invent(dice, coded)
    after = Edited(copy(before), dice)
    for number in edits:
        chosen = after.pick()
        if chosen is not None:
            EDITS[number](after, *chosen)
    return compare_plans(as_plan(before, "a"), as_plan(after.plan, "b")), Counter(after.told)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10**6),
    coded=st.booleans(),
    edits=st.lists(st.integers(0, len(EDITS) - 1), max_size=8),
)
@example(seed=1, coded=True, edits=[8, 8, 8, 5, 6])
@example(seed=2, coded=False, edits=[3, 3, 7, 7, 5])
def test_exactly_the_edits_are_told(seed: int, coded: bool, edits: list[int]) -> None:
    found, wanted = edited(seed, coded, edits)
    assert told(found) == wanted


@pytest.mark.parametrize("coded", [True, False])
def test_a_plan_does_not_differ_from_itself(coded: bool) -> None:
    plan = invent(random.Random(7), coded)
    found = compare_plans(as_plan(plan, "a"), as_plan(plan, "b", tables=2))
    assert not found.changes
    assert found.scope.indicators == len(plan.subs())


@pytest.mark.parametrize("seed", range(5))
def test_what_is_new_one_way_is_gone_the_other_way(seed: int) -> None:
    dice = random.Random(seed)
    before = invent(dice, True)
    after = Edited(copy(before), dice)
    for edit in EDITS:
        chosen = after.pick()
        assert chosen is not None
        edit(after, *chosen)
    here, there = as_plan(before, "a"), as_plan(after.plan, "b")
    turned = {"baru": "hilang", "hilang": "baru"}
    there_and_back = Counter((turned.get(a, a), y, x) for a, _, x, y in told(compare_plans(there, here)).elements())
    assert there_and_back == Counter((a, x, y) for a, _, x, y in told(compare_plans(here, there)).elements())
