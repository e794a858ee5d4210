"""The generated corpus: the same seed gives the same bytes, and every document is read in full."""

from __future__ import annotations

from pathlib import Path

from benchmarks.corpus_made import make
from benchmarks.corpus_offices import place, plans
from benchmarks.corpus_pages import documents_of, sums_of
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
