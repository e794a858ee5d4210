from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pipeline.values import read_quantity


def test_every_shared_vector_reads_right() -> None:
    samples = os.environ.get("RKT_SAMPLES")
    if not samples:
        pytest.skip("RKT_SAMPLES is not set: the shared number vectors are not here")
    vectors = json.loads((Path(samples) / "number_vectors.json").read_text(encoding="utf-8"))
    assert len(vectors) >= 52
    wrong = []
    for vector in vectors:
        quantity = read_quantity(vector["raw"], vector["satuan"])
        expected = (vector["kind"], vector["value"], vector["ambiguous"])
        if (quantity.kind, quantity.value, quantity.ambiguous) != expected:
            wrong.append((vector["raw"], expected, quantity))
    assert wrong == []
