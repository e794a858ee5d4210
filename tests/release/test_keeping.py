"""Releases are kept, listed, compared, gone back to and let go of; the current one and one being read never go."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.release import build, keep
from pipeline.release.difference import difference
from pipeline.release.errors import DamagedReleaseError, NoPointerError, NoReleaseError, NoSuchReleaseError
from pipeline.release.result import DocumentResult
from pipeline.release.store import CATALOG, MANIFEST, current_release, point_to, release_folder, release_numbers
from pipeline.release.validate import validate
from pipeline.worker.last_run import release_state
from tests.release.conftest import plan

MakeResult = Callable[..., DocumentResult]
Publish = Callable[..., build.Release]

A, B = "a1" * 8, "b2" * 8


@pytest.fixture
def four(make_result: MakeResult, publish_into: Publish, tmp_path: Path) -> Path:
    """Four releases of one, two, two and one documents."""
    one, two = make_result(A), make_result(B)
    for results in ([one], [one, two], [one, two], [two]):
        publish_into(*results)
    return tmp_path / "curated"


def test_all_are_listed_and_the_current_one_is_marked(four: Path) -> None:
    listed = keep.kept_releases(four)
    assert [(one.number, one.current) for one in listed] == [(4, True), (3, False), (2, False), (1, False)]
    assert [sum(one.manifest.documents.values()) for one in listed if one.manifest] == [1, 2, 2, 1]


def test_a_release_without_a_manifest_is_listed_as_damaged(four: Path) -> None:
    (release_folder(four, 2) / MANIFEST).unlink()
    assert [one.number for one in keep.kept_releases(four) if one.manifest is None] == [2]
    with pytest.raises(NoSuchReleaseError):
        keep.roll_back(four, 2)


def test_going_back_deletes_nothing_and_numbers_go_on(
    four: Path, make_result: MakeResult, publish_into: Publish
) -> None:
    was, manifest = keep.roll_back(four, 2)
    assert (was, sum(manifest.documents.values())) == (4, 2)
    assert keep.current_number(four) == 2
    assert release_numbers(four) == [1, 2, 3, 4]
    assert publish_into(make_result(A)).number == 5
    assert keep.current_number(four) == 5


def test_nobody_goes_back_to_a_damaged_release(four: Path) -> None:
    path = release_folder(four, 2) / "csv" / "dokumen.csv"
    content = path.read_bytes()
    path.write_bytes(content[:-2] + b"x\n")
    with pytest.raises(DamagedReleaseError) as caught:
        keep.roll_back(four, 2)
    assert "dokumen.csv" in caught.value.pesan
    assert keep.current_number(four) == 4


def test_old_releases_go_but_never_the_current_one(four: Path) -> None:
    point_to(four, 1)
    assert keep.remove_old(four, 2) == [2]
    assert release_numbers(four) == [1, 3, 4]
    current = current_release(four)
    assert current is not None
    keep.need_whole(current)
    assert keep.remove_old(four, 9) == []
    with pytest.raises(ValueError, match="0 releases"):
        keep.remove_old(four, 0)


def test_one_that_another_process_has_open_stays(four: Path) -> None:
    code = "import duckdb,sys; c = duckdb.connect(sys.argv[1], read_only=True); print('open', flush=True); input()"
    catalog = str(release_folder(four, 2) / CATALOG)
    reader = subprocess.Popen(
        [sys.executable, "-c", code, catalog], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == "open\n"
    try:
        assert keep.remove_old(four, 1) == [1, 3]
    finally:
        reader.communicate("\n")
    assert keep.remove_old(four, 1) == [2]


def test_what_a_killed_process_left_is_cleared(four: Path, make_result: MakeResult, publish_into: Publish) -> None:
    release_folder(four, 1).rename(four / "releases" / ".removing-0001")
    (four / ".current-12345").symlink_to("releases/0009")
    publish_into(make_result(A))
    assert sorted(path.name for path in (four / "releases").iterdir()) == ["0002", "0003", "0004", "0005"]
    assert not list(four.glob(".current-*"))


def test_no_release_and_no_such_release_are_told(tmp_path: Path, four: Path) -> None:
    with pytest.raises(NoReleaseError):
        keep.kept_releases(tmp_path / "none")
    with pytest.raises(NoSuchReleaseError) as caught:
        difference(four, 1, 7)
    assert "1, 2, 3, 4" in caught.value.pesan


def test_documents_that_came_and_went_are_counted(four: Path) -> None:
    rows = {(row[0], row[1]): row[2:] for row in difference(four, 1, 4).rows}
    assert rows["program_kegiatan", A] == ("rencana-a1.pdf", 0, 3, 0)
    assert rows["program_kegiatan", B] == ("rencana-b2.pdf", 3, 0, 0)
    assert rows["sel", B] == ("rencana-b2.pdf", 4, 0, 0)
    assert difference(four, 2, 3).rows == []


def test_a_changed_value_and_one_row_more_are_told(
    publish_into: Publish, tmp_path: Path, make_result: MakeResult
) -> None:
    publish_into(make_result(A), make_result(B))
    book = plan(A, judul="Judul yang lain")
    book.add("dasar_hukum", halaman=3, nomor_urut=1, jenis="Undang-Undang", nomor="1", tahun_peraturan=2020, teks="x")
    publish_into(validate(book, 2024), make_result(B))
    assert sorted(difference(tmp_path / "curated", 1, 2).rows) == [
        ("dasar_hukum", A, "rencana-a1.pdf", 1, 0, 0),
        ("dokumen", A, "rencana-a1.pdf", 0, 0, 1),
    ]
    assert sorted(difference(tmp_path / "curated", 2, 1).rows)[0] == ("dasar_hukum", A, "rencana-a1.pdf", 0, 1, 0)


def test_a_row_that_moves_to_another_year_is_changed(
    publish_into: Publish, tmp_path: Path, make_result: MakeResult
) -> None:
    publish_into(make_result(A, 2024))
    publish_into(make_result(A, 2023))
    rows = {row[0]: row[3:] for row in difference(tmp_path / "curated", 1, 2).rows}
    assert rows["program_kegiatan"] == (0, 0, 3)
    assert rows["dokumen"] == (0, 0, 1)


def test_a_damaged_file_is_told(publish_into: Publish, tmp_path: Path, make_result: MakeResult) -> None:
    publish_into(make_result(A))
    release = publish_into(make_result(B))
    (release.path / "parquet" / "sel" / "2024.parquet").write_bytes(b"PAR1")
    with pytest.raises(DamagedReleaseError):
        difference(tmp_path / "curated", 1, 2)


def test_a_copy_in_place_of_the_pointer_is_named_and_can_be_put_right(four: Path, tmp_path: Path) -> None:
    copied = shutil.copytree(four, tmp_path / "salinan")  # follows links, as cp -rL does
    for look in (keep.current_number, keep.kept_releases, release_state):
        with pytest.raises(NoPointerError, match="rkt rollback"):
            look(copied)

    shutil.rmtree(copied / "current")
    keep.roll_back(copied, 3)

    assert keep.current_number(copied) == 3
