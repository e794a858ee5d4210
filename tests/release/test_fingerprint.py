"""A release says what it follows from, so that a run with nothing new publishes nothing, and undoes no rollback."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.reference.editions import Edition
from pipeline.release.build import Release, publish
from pipeline.release.fingerprint import Ingredient, fingerprint, standing_release
from pipeline.release.keep import roll_back
from pipeline.release.manifest import InputFile, Lineage, Manifest
from pipeline.release.result import DocumentResult
from pipeline.release.store import MANIFEST, point_to, release_folder

MakeResult = Callable[..., DocumentResult]
PublishAs = Callable[[str], Release]

A, B = "a1" * 8, "b2" * 8
ONE = Ingredient("raw/2024/a.pdf", A * 4, "kunci", "hasil")


@pytest.fixture
def publish_as(make_result: MakeResult, tmp_path: Path) -> PublishAs:
    """Publishes one small document under a fingerprint."""
    result = make_result(A)

    def publish_it(wanted: str) -> Release:
        inputs = [InputFile("a.pdf", A * 4)]
        return publish([result], tmp_path / "c", inputs=inputs, reader_version="1", lineage=Lineage(wanted))

    return publish_it


def taken(*documents: Ingredient, masked: bool = False, edition: str = "", withdrawn: str = "") -> str:
    nomenclature = [Edition(2024, (), edition)] if edition else []
    gone = [InputFile(withdrawn, "0" * 64)] if withdrawn else []
    return fingerprint(documents, nip_masked=masked, nomenclature=nomenclature, withdrawn=gone)


def test_whatever_changes_the_content_changes_the_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    two = replace(ONE, berkas="raw/2024/b.pdf", sha256=B * 4)
    told = [
        taken(),
        taken(ONE),
        taken(ONE, two),
        taken(replace(ONE, berkas="raw/2024/c.pdf")),
        taken(replace(ONE, key="lain")),
        taken(replace(ONE, result_sha256="lain")),
        taken(ONE, masked=True),
        taken(ONE, edition="e"),
        taken(ONE, withdrawn="raw/x.pdf"),
    ]
    monkeypatch.setattr("pipeline.release.fingerprint.release_version", lambda: "lain")
    told.append(taken(ONE))
    assert len(set(told)) == len(told)
    assert taken(ONE, two) == taken(two, ONE)


def test_a_release_of_the_same_fingerprint_stands(publish_as: PublishAs, tmp_path: Path) -> None:
    assert standing_release(tmp_path / "c", "f") is None
    publish_as("f")
    standing = standing_release(tmp_path / "c", "f")
    assert standing is not None
    assert (standing.number, standing.newest) == (1, 1)
    assert standing_release(tmp_path / "c", "g") is None


def test_a_run_with_nothing_new_does_not_undo_a_rollback(publish_as: PublishAs, tmp_path: Path) -> None:
    publish_as("f")
    publish_as("g")
    roll_back(tmp_path / "c", 1)
    standing = standing_release(tmp_path / "c", "g")
    assert standing is not None
    assert (standing.number, standing.newest) == (1, 2)
    assert standing_release(tmp_path / "c", "h") is None
    publish_as("h")
    assert standing_release(tmp_path / "c", "g") is None


def test_a_release_that_its_process_never_pointed_to_is_no_rollback(publish_as: PublishAs, tmp_path: Path) -> None:
    publish_as("f")
    publish_as("g")
    point_to(tmp_path / "c", 1)
    assert standing_release(tmp_path / "c", "g") is None


@pytest.mark.parametrize("damage", ["gone", "cut", "catalog"])
def test_a_release_that_is_not_whole_does_not_stand(publish_as: PublishAs, tmp_path: Path, damage: str) -> None:
    publish_as("f")
    folder = release_folder(tmp_path / "c", 1)
    if damage == "cut":
        (folder / "csv" / "dokumen.csv").write_text("x")
    else:
        (folder / ("catalog.duckdb" if damage == "catalog" else "csv/dokumen.csv")).unlink()
    assert standing_release(tmp_path / "c", "f") is None


def test_a_release_of_earlier_code_is_read_and_does_not_stand(publish_as: PublishAs, tmp_path: Path) -> None:
    path = publish_as("f").path / MANIFEST
    content = json.loads(path.read_text())
    del content["fingerprint"], content["withdrawn"]
    path.write_text(json.dumps(content))
    assert Manifest.read(path).inputs == [InputFile("a.pdf", A * 4)]
    assert standing_release(tmp_path / "c", "f") is None
