"""The table of findings on the samples: what was judged, what is new, and what no longer applies."""

from __future__ import annotations

import pytest

from benchmarks.findings import HIDDEN, Found, Judgement, load_judgement, stale, table, unseen, updated

FALSE = {"sample": "x02", "code": "PAGU_KOSONG", "page": 4, "why": "the amount stands in the row above"}
JUDGEMENT = Judgement({"x01": {"TANPA_JUMLAH": 1}, "x02": {"PAGU_KOSONG": 1, "TARGET_BEDA": 1}}, [FALSE])
PLAN = Found("x01", True, [("TANPA_JUMLAH", 2), ("TARGET_BEDA", 3), (HIDDEN, 1)])
REPORT = Found("x02", False, [("PAGU_KOSONG", 4), ("TARGET_BEDA", 5), (HIDDEN, 6), (HIDDEN, 7)])


def test_a_finding_that_nobody_looked_at_is_said_to_be_new():
    assert unseen(PLAN, JUDGEMENT) == {"TARGET_BEDA": 1}
    assert unseen(REPORT, JUDGEMENT) == {}
    assert "not looked at yet: `TARGET_BEDA` 1" in table([PLAN], JUDGEMENT)


def test_a_judgement_without_its_finding_is_stale_unless_its_sample_was_not_read():
    assert stale([PLAN, REPORT], JUDGEMENT) == []
    assert stale([PLAN], JUDGEMENT) == []
    mended = Found("x02", False, [("PAGU_KOSONG", 5)])
    assert stale([PLAN, mended], JUDGEMENT) == ["x02 PAGU_KOSONG 4"]


def test_the_share_of_false_findings_leaves_hidden_words_out():
    lines = table([REPORT, PLAN], JUDGEMENT).splitlines()
    assert [line.split(" | ")[0] for line in lines[2:4]] == ["| x01", "| x02"]
    assert "`PAGU_KOSONG` p. 4: the amount stands in the row above" in lines[3]
    assert lines[-2].startswith("- Samples with a truth file: 1 documents, 2 findings, 0 judged false (0 %)")
    assert lines[-1].startswith("- Corpus: 1 documents, 2 findings, 1 judged false (50 %)")
    assert "on 2 pages" in lines[-1]


def test_the_table_goes_between_its_marks():
    page = "a\n<!-- findings: start -->\nold\n<!-- findings: end -->\nb\n"
    assert updated(page, "new") == page.replace("old", "new")
    with pytest.raises(ValueError, match="no marks"):
        updated("a", "new")


def test_the_judgements_of_the_project_can_be_read():
    judgement = load_judgement()
    assert judgement.seen
    assert all({"sample", "code", "page", "why"} == set(entry) for entry in judgement.false)
