"""docs/queries.md is true: every block runs over a release of raw/ and answers what is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.queries import DOCUMENT, Example, ExampleError, answer, examples, renewed, runnable

pytestmark = pytest.mark.xdist_group("prefect")

EXAMPLES = examples(DOCUMENT.read_text(encoding="utf-8"))
LITTLE = "## 1. Awan\n\n```sql\nSELECT 7 AS n, NULL AS k\n```\n\n```text\nold\n```\n"


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{place}-{entry.name}" for place, entry in enumerate(EXAMPLES)])
def test_the_shown_answer_is_the_answer(example: Example, facsimiles: Path) -> None:
    if not runnable(example):
        pytest.skip("Rscript is not installed")
    assert answer(example, facsimiles) == example.shown, "stale: `make demo`, then `python -m benchmarks.queries`"


def test_every_question_is_answered_in_several_languages() -> None:
    assert {example.number for example in EXAMPLES} == set(range(1, 13))
    assert sum(example.language == "r" for example in EXAMPLES) == 2
    assert sum(example.language == "python" for example in EXAMPLES) >= 3
    assert any("/parquet/" in example.code for example in EXAMPLES if example.language == "sql")


def test_a_stale_answer_is_renewed(facsimiles: Path) -> None:
    new = renewed(LITTLE, facsimiles)
    assert new == LITTLE.replace("old\n", "n  k\n-  -\n7\n")
    assert renewed(new, facsimiles) == new


def test_a_block_without_an_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a block of text"):
        examples(LITTLE + "\n```python\nprint(1)\n```\n")


def test_a_block_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(ExampleError, match="ZeroDivisionError"):
        answer(Example(1, "python", "1 / 0", ""), tmp_path)
