"""The generated corpus: the same seed gives the same bytes, and every document is read in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.corpus import Bench
from benchmarks.corpus_made import DOCUMENTS, make, take
from benchmarks.corpus_offices import place, plans
from benchmarks.corpus_pages import documents_of, sums_of
from benchmarks.ingest import ChildFailedError, Run, run_process
from benchmarks.nothing_new import Paired, SomethingNewError, compare
from tests.forms.reading import doubts, read

SEED = 7


def test_the_same_seed_draws_the_same_documents_and_they_are_read_in_full(tmp_path: Path) -> None:
    made = list(documents_of(place(1), SEED, tmp_path / "a"))
    again = list(documents_of(place(1), SEED, tmp_path / "b"))
    assert made == again
    assert [(tmp_path / "a" / one.berkas).read_bytes() for one in made] == [
        (tmp_path / "b" / one.berkas).read_bytes() for one in made
    ]
    for one in (made[0], made[2], made[4]):
        result = read(tmp_path / "a" / one.berkas)
        tables = {name: result.table(name).to_pylist() for name in ("program_kegiatan", "indikator")}
        nodes = [row | {"pagu": row["pagu"] and float(row["pagu"])} for row in tables["program_kegiatan"]]
        assert (result.status, result.quarantined, doubts(result)) == ("lengkap", 0, [])
        assert sums_of({"program_kegiatan": nodes, "indikator": tables["indikator"]}) == one.sums
        assert (result.tahun, result.document["jenis_dokumen"]) == (one.tahun, one.jenis)


def test_offices_of_a_kind_share_names_and_plans_change_from_year_to_year() -> None:
    here, there = plans(place(1), SEED), plans(place(25), SEED)
    assert here[0].name == there[0].name
    assert here[0].region != there[0].region
    assert here[0].programs[0]["nama"] == there[0].programs[0]["nama"]
    assert [plan.year for plan in here] == [2023, 2024, 2025]
    large = plans(place(0), SEED)
    assert large[0].total != large[1].total != large[2].total
    assert large != plans(place(0), SEED + 1)


def test_a_kept_corpus_is_used_again_unless_another_is_wanted(tmp_path: Path) -> None:
    made = make(tmp_path, 2, SEED)
    drawn = tmp_path / "documents" / made[0].berkas
    drawn.unlink()
    assert make(tmp_path, 2, SEED) == made
    assert not drawn.exists()
    make(tmp_path, 2, SEED + 1)
    assert drawn.exists()


def test_what_a_failing_process_says_is_told_however_much_it_is() -> None:
    code = "import sys; sys.stderr.write('galat ' * 50_000); sys.exit(3)"
    with pytest.raises(ChildFailedError, match=r"(?s)ended with 3:\n(galat ){50000}$"):
        run_process(code)


def test_a_run_with_nothing_new_is_judged_by_what_it_takes_over_an_empty_flow() -> None:
    empty = [Run(9.0, 6.0, 0, 0), Run(30.0, 7.0, 0, 0), Run(9.5, 6.1, 0, 0)]
    again = [Run(run.seconds + 2.5, run.cpu + cpu, 0, 0) for run, cpu in zip(empty, (2.9, 1.0, 3.5), strict=True)]
    paired = Paired(again, empty)
    assert (paired.seconds, paired.goal().met) == (2.5, True)
    assert paired.cpu == pytest.approx(2.9)
    slower = [Run(run.seconds, run.cpu + 0.2, 0, 0) for run in again]
    assert not Paired(slower, empty).goal().met


@pytest.mark.long
@pytest.mark.xdist_group("prefect")
@pytest.mark.timeout(900)
def test_a_small_corpus_is_read_published_and_found_known(tmp_path: Path) -> None:
    """Twenty documents of small offices, then one more; every release is checked against what was drawn."""
    drawn = tmp_path / "corpus" / DOCUMENTS
    made = [one for number in (1, 3, 5, 7, 9) for one in documents_of(place(number), SEED, drawn)]
    taken, again, told = Bench(tmp_path / "corpus", made, tmp_path).whole(made[:20], made[20], 1)
    assert (len(taken.made), taken.workers, len(again.again)) == (20, 2, 1)
    assert again.goal().met, str(again)
    assert [line.split(":")[0] for line in told[:2]] == ["nothing new", "one new document"]

    raw = take(tmp_path / "corpus", made[20:21], tmp_path / "raw")
    with pytest.raises(SomethingNewError):
        compare(raw, tmp_path / "curated", 0)
