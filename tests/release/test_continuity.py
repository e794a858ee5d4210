"""A release drops nothing that those before it list, whatever became of the state folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.release.build import Release, publish
from pipeline.release.continuity import listed_inputs, need_all, newest_manifest
from pipeline.release.errors import WouldLoseError
from pipeline.release.keep import roll_back
from pipeline.release.manifest import InputFile
from pipeline.release.result import DocumentResult
from pipeline.release.store import MANIFEST

MakeResult = Callable[..., DocumentResult]
PublishOf = Callable[..., Release]

A = InputFile("raw/a.pdf", "a" * 64)
B = InputFile("raw/b.pdf", "b" * 64)


@pytest.fixture
def publish_of(make_result: MakeResult, tmp_path: Path) -> PublishOf:
    """Publishes a small release that lists the inputs given."""

    def publish_it(*inputs: InputFile) -> Release:
        return publish([make_result("a1" * 8)], tmp_path / "c", inputs=inputs, reader_version="1")

    return publish_it


def test_the_current_and_the_newest_release_count(publish_of: PublishOf, tmp_path: Path) -> None:
    assert listed_inputs(tmp_path / "c") == set()
    for inputs in ([A], [InputFile("raw/tengah.pdf", "c" * 64)], [B]):
        publish_of(*inputs)
    assert listed_inputs(tmp_path / "c") == {B}
    roll_back(tmp_path / "c", 1)
    assert listed_inputs(tmp_path / "c") == {A, B}


def test_a_damaged_manifest_gives_way_to_the_one_before(publish_of: PublishOf, tmp_path: Path) -> None:
    publish_of(A)
    (publish_of(A, B).path / MANIFEST).write_text("{")
    assert listed_inputs(tmp_path / "c") == {A}
    newest = newest_manifest(tmp_path / "c")
    assert newest is not None
    assert newest.inputs == [A]


def test_what_is_neither_there_nor_accounted_for_is_named() -> None:
    need_all([[A, B]], [A, B], ())
    need_all([[A, B]], [A], {B.sha256})
    with pytest.raises(WouldLoseError, match="Nothing was published") as caught:
        need_all([[A, B]], [A], ())
    assert caught.value.lost == [("raw/b.pdf", "b" * 16)]
    assert "raw/b.pdf" in caught.value.pesan
    assert "rkt withdraw" in caught.value.pesan


def test_a_new_version_of_the_same_name_replaces_one_document_only() -> None:
    newer = InputFile("raw/a.pdf", "d" * 64)
    namesake = InputFile("raw/a.pdf", "e" * 64)
    need_all([[A]], [newer], ())
    need_all([[A, newer]], [namesake, newer], ())
    with pytest.raises(WouldLoseError) as caught:
        need_all([[A, namesake]], [newer], ())
    assert len(caught.value.lost) == 1


def test_a_new_version_that_the_newest_release_lists_replaces_that_of_the_current_one() -> None:
    """As when a publisher dies between its release and the pointer to it."""
    newer = InputFile("raw/a.pdf", "d" * 64)
    need_all([[A, B], [newer, B]], [newer, B], ())


def test_many_are_counted() -> None:
    with pytest.raises(WouldLoseError) as caught:
        need_all([[InputFile(f"raw/{n:02}.pdf", f"{n:064}") for n in range(14)]], [], ())
    assert "dan 4 lagi" in caught.value.pesan
    assert "raw/09.pdf" in caught.value.pesan
    assert "raw/10.pdf" not in caught.value.pesan
