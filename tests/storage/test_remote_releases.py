"""Releases on object storage: published, read, gone back to, deleted; two publishers at once."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.release.copies import readable, release_copy, remove_old_remotely, with_parquet
from pipeline.release.errors import DamagedReleaseError, NoReleaseError, NoSuchReleaseError
from pipeline.release.query import query
from pipeline.release.remote import ClaimedError, MovedOnError, begin, look, push, read_pointer
from pipeline.storage import ObjectExistsError, Objects, StorageError
from tests.storage.publishing import Machine, build
from tests.storage.server import forget_connections, free_port

pytestmark = pytest.mark.xdist_group("s3")


def documents(folder: Path) -> int:
    return int(query(folder, "SELECT count(*) FROM dokumen").rows[0][0])


def test_what_is_published_there_is_what_is_published_here(machine: Machine, tmp_path: Path) -> None:
    with pytest.raises(NoReleaseError):
        readable(machine.curated)
    assert machine.publish(1).number == 1
    assert machine.publish(2).number == 2

    here = build(tmp_path / "here", 2)
    folder = release_copy(machine.curated, 2, lambda path: True)
    assert (folder / "manifest.json").read_bytes() == (here.path / "manifest.json").read_bytes()
    for file in here.manifest.files:
        assert (folder / file.path).read_bytes() == (here.path / file.path).read_bytes()
    assert documents(readable(machine.curated)) == 2
    assert look(Objects(str(machine.curated))).claims == {}
    assert not (machine.state / "outbox").exists()


def test_a_reader_takes_only_what_it_needs_and_only_once(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.publish(1)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))

    folder = readable(machine.curated)
    release = (folder / "current").resolve()
    assert sorted(path.name for path in release.iterdir()) == ["catalog.duckdb", "checksums.json", "manifest.json"]
    taken: list[str] = []
    monkeypatch.setattr(Objects, "download", lambda self, path, *_: taken.append(path))
    assert readable(machine.curated) == folder
    assert taken == []


def test_ekspor_takes_the_parquet_files_too(machine: Machine, tmp_path: Path) -> None:
    machine.publish(1)

    assert main(["ekspor", "dokumen", str(tmp_path / "d.csv"), "--curated", str(machine.curated)]) == 0
    assert (tmp_path / "d.csv").read_text(encoding="utf-8-sig").count("\n") == 2


@pytest.mark.long
def test_old_releases_go_but_never_the_current_one(machine: Machine) -> None:
    for count in (1, 2, 3):
        machine.publish(count)
    assert main(["rollback", "1", "--curated", str(machine.curated)]) == 0

    assert remove_old_remotely(machine.curated, 1) == [2]
    assert look(Objects(str(machine.curated))).whole() == [1, 3]
    with pytest.raises(NoSuchReleaseError):
        release_copy(machine.curated, 2, with_parquet)
    assert machine.publish(2).number == 4


def test_of_two_that_began_from_the_same_release_one_publishes(machine: Machine, tmp_path: Path) -> None:
    machine.publish(1)
    other = Machine(machine.curated, tmp_path / "state-b")
    mine, theirs = machine.target(), other.target()
    mine.publish(lambda folder: build(folder, 2))

    with pytest.raises(MovedOnError) as refused:
        theirs.publish(lambda folder: build(folder, 3))
    assert "Jalankan lagi" in refused.value.pesan
    assert documents(readable(machine.curated)) == 2
    assert other.publish(3).number == 3


@pytest.mark.long
def test_of_many_that_claim_at_once_one_publishes(machine: Machine, tmp_path: Path) -> None:
    release = build(tmp_path / "built", 2)
    objects = Objects(str(machine.curated))
    ended: list[object] = []
    start = threading.Barrier(6)

    def race(name: str) -> None:
        start.wait()
        try:
            ended.append(push(objects, release.path, 0, name))
        except MovedOnError as error:
            ended.append(error)

    racers = [threading.Thread(target=race, args=(str(number),)) for number in range(6)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(60)
    assert sum(isinstance(one, MovedOnError) for one in ended) == 5
    assert [one for one in ended if not isinstance(one, MovedOnError)] == [read_pointer(objects)]
    assert look(objects).whole() == [1]


def test_a_claim_of_another_holds_until_it_lapses(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.publish(1)
    objects = Objects(str(machine.curated))
    objects.create("claims/0002.json", b'{"publisher": "somebody", "number": 2}')
    objects.write("releases/0002/datapackage.json", b"half")

    with pytest.raises(ClaimedError):
        machine.target()
    assert begin(objects, "somebody") == 2, "a run that died does not stand in its own way"
    monkeypatch.setattr("pipeline.release.remote.LEASE", timedelta(0))
    assert machine.publish(2).number == 3
    assert look(objects).whole() == [1, 3]
    assert 2 not in look(objects).files


@pytest.mark.long
def test_a_publisher_taken_for_dead_does_not_move_the_pointer(machine: Machine, tmp_path: Path) -> None:
    machine.publish(1)
    objects = Objects(str(machine.curated))
    slow = build(tmp_path / "slow", 3)
    fast = build(tmp_path / "fast", 2)
    upload = Objects.upload

    def overtaken(self: Objects, source: Path, path: str) -> None:
        patch.undo()
        upload(self, source, path)
        assert push(objects, fast.path, 2, "another").number == 3

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Objects, "upload", overtaken)
        with pytest.raises((MovedOnError, DamagedReleaseError)):
            push(objects, slow.path, 1, "slow")
    pointer = read_pointer(objects)
    assert pointer is not None
    assert pointer.number == 3
    assert documents(readable(machine.curated)) == 2


def test_an_object_that_is_to_be_new_is_not_overwritten(bucket: str) -> None:
    objects = Objects(bucket)
    objects.create("a", b"1")

    with pytest.raises(ObjectExistsError):
        objects.create("a", b"2")
    assert objects.read("a") == b"1"


def test_a_damaged_copy_there_is_said(machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.publish(1)
    objects = Objects(str(machine.curated))
    objects.write("releases/0001/catalog.duckdb", b"not a catalog")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))

    with pytest.raises(StorageError, match=r"catalog\.duckdb"):
        readable(machine.curated)
    machine.publish(2)
    assert main(["rollback", "1", "--curated", str(machine.curated)]) == 1
    assert documents(readable(machine.curated)) == 2


def test_what_storage_refuses_is_one_line(
    bucket: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["query", "SELECT 1", "--curated", "s3://tidak-ada-0000/curated"]) == 1
    assert "s3://tidak-ada-0000" in capsys.readouterr().err
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    forget_connections()
    assert main(["query", "SELECT 1", "--curated", f"{bucket}/curated"]) == 1
    said = capsys.readouterr()
    assert "tidak menjawab" in said.err
    assert said.err.count("\n") == 1
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    forget_connections()
    assert main(["query", "SELECT 1", "--curated", f"{bucket}/curated"]) == 1
    assert "tidak ada kunci akses" in capsys.readouterr().err
