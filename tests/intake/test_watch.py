"""A document is handed over once it is whole, and once only as it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.intake.find import find_documents, is_settled
from pipeline.intake.watch import Stamp, Watch, look
from pipeline.storage import Place

A = Place(Path("/raw/a.pdf"))
TODAY = 1_800_000_000.0


def stamp(size: int = 1, changed: float = TODAY - 1000, sidecar: tuple[int, int] | None = None) -> Stamp:
    return Stamp(size, int(changed * 1e9), 7, sidecar)


def test_a_document_is_ready_when_it_has_been_the_same_for_a_while() -> None:
    watch = Watch(10)
    assert watch.ready({A: stamp(1)}, 0, TODAY) == {}
    assert watch.ready({A: stamp(2)}, 8, TODAY) == {}
    assert watch.ready({A: stamp(2)}, 17, TODAY) == {}
    assert watch.ready({A: stamp(2)}, 18, TODAY) == {A: stamp(2)}


def test_a_document_that_is_still_young_by_its_own_time_waits() -> None:
    """So that a run that passes over young files takes all that is handed over."""
    watch = Watch(10)
    young = stamp(changed=TODAY - 5)
    watch.ready({A: young}, 0, TODAY)
    assert watch.ready({A: young}, 20, TODAY) == {}
    assert watch.ready({A: young}, 25, TODAY + 5) == {A: young}


def test_what_was_handed_over_comes_again_only_when_it_changes() -> None:
    watch = Watch(0)
    ready = watch.ready({A: stamp()}, 0, TODAY)
    watch.handed_over(ready, {A: stamp()})
    assert watch.ready({A: stamp()}, 100, TODAY) == {}
    assert watch.ready({A: stamp(9)}, 200, TODAY) == {A: stamp(9)}


def test_the_sidecar_that_a_run_writes_is_no_change_and_one_that_a_user_edits_is() -> None:
    watch = Watch(0)
    written, edited = stamp(sidecar=(50, 1)), stamp(sidecar=(60, 2))
    watch.handed_over(watch.ready({A: stamp()}, 0, TODAY), {A: written})
    assert watch.ready({A: written}, 1, TODAY) == {}
    assert watch.ready({A: edited}, 2, TODAY) == {A: edited}


def test_a_document_that_changed_while_it_was_read_comes_again() -> None:
    watch = Watch(0)
    watch.handed_over(watch.ready({A: stamp(1)}, 0, TODAY), {A: stamp(2)})
    assert watch.ready({A: stamp(2)}, 1, TODAY) == {A: stamp(2)}


def test_a_document_that_went_and_came_back_comes_again() -> None:
    watch = Watch(0)
    watch.handed_over(watch.ready({A: stamp()}, 0, TODAY), {A: stamp()})
    watch.handed_over({}, {})
    assert watch.ready({A: stamp()}, 2, TODAY) == {A: stamp()}


def test_what_is_seen_in_a_folder(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.PDF", ".c.pdf", "d.pdf.part", "e.txt", "tahun/f.pdf", ".g/h.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"%PDF-")
    (tmp_path / "a.pdf.yaml").write_text("origin: manual")
    seen = look([tmp_path])
    assert [place.file.relative_to(tmp_path).as_posix() for place in seen] == ["a.pdf", "b.PDF", "tahun/f.pdf"]
    assert seen[Place(tmp_path / "a.pdf")].sidecar is not None
    assert seen[Place(tmp_path / "b.PDF")].sidecar is None


@pytest.mark.parametrize(
    ("age", "settled"), [(0, False), (9, False), (10, True), (-5, False), (-3600, False), (-200_000, True)]
)
def test_an_age_tells_whether_a_file_is_whole(age: float, settled: bool) -> None:
    assert is_settled(TODAY - age, 10, TODAY) is settled
    assert is_settled(TODAY - age, 0, TODAY)


def test_young_files_are_left_for_a_later_run(tmp_path: Path) -> None:
    for name in ("lama.pdf", "baru.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.4 " + name.encode())
    os.utime(tmp_path / "lama.pdf", (TODAY / 2, TODAY / 2))
    found = find_documents([tmp_path], settle=60)
    assert [each.place.file.name for each in found.documents] == ["lama.pdf"]
    assert found.problems == []
    assert len(find_documents([tmp_path]).documents) == 2
