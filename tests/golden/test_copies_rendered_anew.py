"""A form filled in twice in one file, set differently: each record once, and no difference but those that are there."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from pipeline.document import Document, open_document
from tests.forms.lan import Rendering
from tests.forms.plan import Measure, Plan
from tests.forms.reading import differences, read
from tests.forms.samples import PLAN
from tests.forms.sheet import Look
from tests.forms.twice import Copy, draw_copies, draw_twice
from tests.golden.test_lan_form import LOOK, OFFICE, REGION, STACKINGS, WAYS

SMALL = replace(LOOK, page=(842.0, 340.0), size=6.8)
FILLED = Rendering(("own_rows",))
VARIANTS: dict[str, tuple[Look, Look]] = {
    "font": (SMALL, replace(SMALL, font="Helvetica", bold="Helvetica-Bold", margin=30, size=8)),
    "header-in-first": (SMALL, replace(SMALL, header="none")),
    "header-in-second": (replace(SMALL, header="none"), SMALL),
    "numbered-in-second": (replace(SMALL, footer=""), SMALL),
    "larger-pages": (SMALL, replace(SMALL, page=(842.0, 842.0))),
    "smaller-pages": (replace(SMALL, page=(842.0, 842.0)), SMALL),
}


def shifted(seed: int) -> list[Copy]:
    """Two copies whose page breaks lie one to six lines apart, on the table's first page only or on every page."""
    dice = random.Random(seed)
    look = replace(LOOK, page=(842.0, dice.uniform(300, 460)), size=dice.choice([6.8, 7.0, 7.5]))
    lines, on_every = 1 + seed % 6, seed % 3 == 0
    way = dice.choice(list(WAYS))
    other = dice.choice([way, *WAYS])
    second = replace(look, top=look.top + lines * look.size * look.leading) if on_every else look
    first_way, other_way = (Rendering(WAYS[one], STACKINGS[:2], seed=seed + (one != way)) for one in (way, other))
    return [Copy(PLAN, first_way, look), Copy(PLAN, other_way, second, 0 if on_every else lines)]


def drawn(path: Path, *copies: Copy) -> Path:
    return draw_copies(path, copies, 2025, REGION, OFFICE)


def copied(document: Document) -> list[bool]:
    return [page.copy_of is not None for page in document.pages]


def pages_of(path: Path, copy: Copy) -> int:
    with pdfium.PdfDocument(drawn(path, copy)) as document:
        return len(document)


def without_page(path: Path, index: int) -> Path:
    with pdfium.PdfDocument(path) as document:
        del document[index]
        document.save(path.with_name("kurang.pdf"))
    return path.with_name("kurang.pdf")


def changed(plan: Plan, *amounts: str) -> Plan:
    """The plan with other amounts in the place of some."""

    def other(measure: Measure) -> Measure:
        return replace(measure, target=f"7.{measure.target}") if measure.target in amounts else measure

    goals = []
    for goal in plan.goals:
        programs = []
        for program in goal.programs:
            groups = tuple(
                replace(
                    group,
                    activities=tuple(replace(a, measures=tuple(map(other, a.measures))) for a in group.activities),
                )
                for group in program.groups
            )
            programs.append(replace(program, groups=groups))
        goals.append(replace(goal, programs=tuple(programs)))
    return replace(plan, goals=tuple(goals))


@pytest.mark.parametrize("ways", list(product(WAYS, WAYS)), ids="-".join)
@pytest.mark.parametrize("height", [300.0, 400.0])
def test_copies_set_in_another_way_differ_in_no_figure(tmp_path: Path, ways: tuple[str, str], height: float) -> None:
    first, second = (Rendering(WAYS[way], seed=seed) for seed, way in enumerate(ways, start=2))
    look = replace(LOOK, page=(842.0, height), size=6.8)
    path = draw_twice(tmp_path / "rkt.pdf", PLAN, look, (first, second), 2025, REGION, OFFICE)
    document = open_document(path, "x")
    copies = copied(document)
    assert all(copies[copies.index(True) :])
    assert document.copy_differences == []


@pytest.mark.parametrize("seed", [pytest.param(seed, marks=pytest.mark.long if seed > 5 else ()) for seed in range(20)])
def test_page_breaks_may_shift(tmp_path: Path, seed: int) -> None:
    copies = shifted(seed)
    length = pages_of(tmp_path / "satu.pdf", copies[0])
    document = open_document(drawn(tmp_path / "rkt.pdf", *copies), "x")
    marks = copied(document)
    assert marks == [False] * length + [True] * (len(marks) - length)
    assert document.copy_differences == []


@pytest.mark.parametrize("variant", VARIANTS)
def test_copies_may_be_set_otherwise(tmp_path: Path, variant: str) -> None:
    first, second = (Copy(PLAN, FILLED, look) for look in VARIANTS[variant])
    result = read(drawn(tmp_path / "rkt.pdf", first, second))
    assert differences(result, PLAN.truth()) == []


def test_a_third_copy_yields_nothing_either(tmp_path: Path) -> None:
    first, second = shifted(4)
    result = read(drawn(tmp_path / "rkt.pdf", first, second, replace(second, lower=1)))
    assert differences(result, PLAN.truth()) == []


@pytest.mark.parametrize("lacking", [0, 1], ids=["first", "second"])
def test_the_copy_that_lacks_a_page_is_not_the_one_that_is_kept(tmp_path: Path, lacking: int) -> None:
    first, second = Copy(PLAN, FILLED, SMALL), Copy(PLAN, FILLED, SMALL, 3)
    length = pages_of(tmp_path / "satu.pdf", first)
    path = without_page(drawn(tmp_path / "rkt.pdf", first, second), lacking * length + length - 2)
    assert differences(read(path), PLAN.truth()) == []


@pytest.mark.parametrize("lower", [0, 2, 5])
def test_an_amount_that_was_changed_is_named_with_the_one_that_is_kept(tmp_path: Path, lower: int) -> None:
    first, second = Copy(PLAN, FILLED, SMALL), Copy(changed(PLAN, "910.000"), FILLED, SMALL, lower)
    document = open_document(drawn(tmp_path / "rkt.pdf", first, second), "x")
    (difference,) = document.copy_differences
    assert (difference.only_here, difference.only_there) == (("7.910.000",), ("910.000",))
    assert document.pages[difference.copy_of - 1].copy_of is None
    assert document.pages[difference.page - 1].copy_of is not None


def test_another_version_of_a_plan_is_no_copy(tmp_path: Path) -> None:
    revised = changed(PLAN, "910.000", "9.120.000", "64.275.000")
    path = drawn(tmp_path / "rkt.pdf", Copy(PLAN, FILLED, SMALL), Copy(revised, FILLED, SMALL))
    assert not any(copied(open_document(path, "x")))
