"""Comparisons are kept from release to release: what is kept changes no byte, and what is damaged is not used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import pipeline.release.comparing.filling as filling
from pipeline.release.build import publish
from pipeline.release.manifest import InputFile
from pipeline.release.result import DocumentResult
from tests.compare.test_release import document


@pytest.fixture
def plans() -> list[DocumentResult]:
    return [
        document(1, 2022, [10, 5]),
        document(2, 2023, [20, 5, 7], doubt=True),
        document(3, 2024, [20, 6], status="sebagian"),
    ]


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The pairs that are compared and not found."""
    pairs: list[tuple[str, str]] = []
    compare = filling.compare_plans

    def noted(dari: filling.Plan, ke: filling.Plan) -> object:
        pairs.append((dari.dokumen_id[-1], ke.dokumen_id[-1]))
        return compare(dari, ke)

    monkeypatch.setattr(filling, "compare_plans", noted)
    return pairs


def released(plans: list[DocumentResult], curated: Path, kept: Path | None) -> dict[str, str]:
    """The SHA-256 of each Parquet and CSV file of a release."""
    release = publish(plans, curated, inputs=[InputFile("raw", "0" * 64)], reader_version="1", kept=kept)
    return {file.path: file.sha256 for file in release.manifest.files}


def test_a_kept_comparison_is_not_computed_and_changes_no_byte(
    plans: list[DocumentResult], computed: list[tuple[str, str]], tmp_path: Path
) -> None:
    plain = released(plans, tmp_path / "curated", None)
    computed.clear()
    assert released(plans, tmp_path / "curated", tmp_path / "kept") == plain
    assert computed == [("1", "2"), ("2", "3")], "once for its rows, and not again for its findings"
    computed.clear()
    assert released(plans, tmp_path / "curated", tmp_path / "kept") == plain
    assert computed == []


def test_each_plan_is_made_once_however_few_are_in_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Three offices of three years: in the order of a release the plans of an office are far apart."""
    results = [
        document(10 * office + year - 2021, year, [office, year - 2020], wilayah=f"Kabupaten {office}")
        for office in (1, 2, 3)
        for year in (2022, 2023, 2024)
    ]
    plain = released(results, tmp_path / "plain", None)
    made: list[str] = []
    plan_of = filling.plan_of

    def noted(row: dict[str, object], table: Callable[[str], object]) -> filling.Plan:
        made.append(str(row["dokumen_id"]))
        return plan_of(row, table)  # type: ignore[arg-type]

    monkeypatch.setattr(filling, "plan_of", noted)
    monkeypatch.setattr(filling, "_KEPT_PLANS", 2)
    assert released(results, tmp_path / "curated", tmp_path / "kept") == plain
    assert sorted(made) == sorted(result.dokumen_id for result in results)


def test_a_stored_result_finds_what_one_in_memory_left(
    plans: list[DocumentResult], computed: list[tuple[str, str]], tmp_path: Path
) -> None:
    expected = released(plans, tmp_path / "a", tmp_path / "kept")
    computed.clear()
    paths = [tmp_path / f"{plan.dokumen_id}.rkt" for plan in plans]
    for path, plan in zip(paths, plans, strict=True):
        path.write_bytes(plan.to_bytes())
    release = publish(
        paths, tmp_path / "b", inputs=[InputFile("raw", "0" * 64)], reader_version="1", kept=tmp_path / "kept"
    )
    assert ({file.path: file.sha256 for file in release.manifest.files}, computed) == (expected, [])


def test_a_new_or_changed_document_is_compared_alone_and_the_rest_goes(
    plans: list[DocumentResult], computed: list[tuple[str, str]], tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    released(plans, tmp_path / "curated", kept)
    before = {path.name for path in kept.iterdir()}
    computed.clear()
    plans[2] = document(3, 2024, [20, 8])
    found = released(plans, tmp_path / "curated", kept)
    assert computed == [("2", "3")]
    assert (len(before), len({path.name for path in kept.iterdir()} & before), len(list(kept.iterdir()))) == (2, 1, 2)
    assert found == released(plans, tmp_path / "afresh", None)


def _swap(first: Path, second: Path) -> None:
    content = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)


def _flip(first: Path, _second: Path) -> None:
    content = bytearray(first.read_bytes())
    content[len(content) // 2] ^= 1
    first.write_bytes(content)


def _cut(first: Path, second: Path) -> None:
    first.write_bytes(first.read_bytes()[:-1])
    second.write_bytes(b"")


def _gone(first: Path, _second: Path) -> None:
    first.unlink()


@pytest.mark.parametrize("damage", [_swap, _flip, _cut, _gone])
def test_a_damaged_entry_is_computed_anew(
    damage: Callable[[Path, Path], None],
    plans: list[DocumentResult],
    computed: list[tuple[str, str]],
    tmp_path: Path,
) -> None:
    kept = tmp_path / "kept"
    plain = released(plans, tmp_path / "curated", kept)
    whole = {path: path.read_bytes() for path in kept.iterdir()}
    damage(*sorted(whole))
    computed.clear()
    assert released(plans, tmp_path / "curated", kept) == plain
    assert computed
    assert {path: path.read_bytes() for path in kept.iterdir()} == whole


def test_leftovers_of_a_killed_publisher_go(plans: list[DocumentResult], tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "tmphalf").write_bytes(b"half")
    released(plans, tmp_path / "curated", kept)
    assert {path.suffix for path in kept.iterdir()} == {".banding"}


def test_an_entry_of_other_code_is_not_used(
    plans: list[DocumentResult],
    computed: list[tuple[str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    released(plans, tmp_path / "curated", tmp_path / "kept")
    computed.clear()
    monkeypatch.setattr("pipeline.release.comparing.kept.release_version", lambda: "another")
    released(plans, tmp_path / "curated", tmp_path / "kept")
    assert len(computed) == 2
