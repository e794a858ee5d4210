"""A form filled in twice in one file, set differently: the same figures, and no difference is told."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from pipeline.document import open_document
from tests.forms.lan import Rendering
from tests.forms.samples import PLAN
from tests.forms.twice import draw_twice
from tests.golden.test_lan_form import LOOK, OFFICE, REGION, WAYS


@pytest.mark.parametrize("ways", list(product(WAYS, WAYS)), ids="-".join)
@pytest.mark.parametrize("height", [300.0, 400.0])
def test_copies_set_in_another_way_differ_in_no_figure(tmp_path: Path, ways: tuple[str, str], height: float) -> None:
    first, second = (Rendering(WAYS[way], seed=seed) for seed, way in enumerate(ways, start=2))
    look = replace(LOOK, page=(842.0, height), size=6.8)
    path = draw_twice(tmp_path / "rkt.pdf", PLAN, look, (first, second), 2025, REGION, OFFICE)
    document = open_document(path, "x")
    copies = [page.copy_of is not None for page in document.pages]
    assert all(copies[copies.index(True) :])
    assert document.copy_differences == []
