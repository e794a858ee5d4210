"""What a server does wrong becomes one line that says what to do; what it does wrong once is tried again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.release.copies import readable, remove_old_remotely
from pipeline.release.query import query
from pipeline.release.remote import MovedOnError, begin, look, push, read_pointer
from pipeline.storage import Objects, StorageError
from tests.storage.proxy import Proxy, Trouble
from tests.storage.publishing import Machine, build
from tests.storage.server import forget_connections

pytestmark = pytest.mark.xdist_group("s3")

Ask = Callable[[Objects], object]


@pytest.fixture
def objects(bucket: str) -> Objects:
    """An address with one object."""
    objects = Objects(f"{bucket}/curated")
    objects.write("a/b", b"isi " * 1000)
    return objects


def through(proxy: Proxy, objects: Objects, monkeypatch: pytest.MonkeyPatch) -> Objects:
    """The same address by way of the proxy."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", proxy.address)
    forget_connections()
    return Objects(objects.url)


REFUSALS = {
    "denied: write": (Trouble("denied", "PUT"), lambda objects: objects.write("c", b""), "akses ditolak"),
    "cut: read": (Trouble("cut", "GET", "/a/b"), lambda objects: objects.read("a/b"), "tidak menjawab"),
}


@pytest.mark.parametrize(("trouble", "ask", "said"), REFUSALS.values(), ids=REFUSALS)
def test_what_is_refused_is_said(
    endpoint: str, objects: Objects, monkeypatch: pytest.MonkeyPatch, trouble: Trouble, ask: Ask, said: str
) -> None:
    with Proxy(endpoint, trouble).serving() as proxy, pytest.raises(StorageError) as raised:
        ask(through(proxy, objects, monkeypatch))
    assert said in raised.value.pesan
    assert objects.url in raised.value.pesan
    assert proxy.met > 0


@pytest.mark.long
@pytest.mark.parametrize(("kind", "said"), [("busy", "sedang sibuk (SlowDown)"), ("broken", "tidak menjawab")])
def test_what_stays_out_of_order_is_given_up_within_a_minute(
    endpoint: str, objects: Objects, monkeypatch: pytest.MonkeyPatch, kind: str, said: str
) -> None:
    with Proxy(endpoint, Trouble(kind)).serving() as proxy, pytest.raises(StorageError) as raised:
        through(proxy, objects, monkeypatch).write("c", b"")
    assert said in raised.value.pesan
    assert 3 < proxy.met <= 16


@pytest.mark.long
def test_a_server_that_takes_connections_and_says_nothing_is_given_up(
    endpoint: str, objects: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = {"read_timeout": 0.2, "retries": {"total_max_attempts": 1}}
    monkeypatch.setattr("pipeline.storage.objects._OPTIONS", {"s3": {"config_kwargs": config}})
    with Proxy(endpoint, Trouble("hangs")).serving() as proxy, pytest.raises(StorageError, match="does not answer"):
        through(proxy, objects, monkeypatch).read("a/b")


@pytest.mark.long
def test_a_download_that_is_cut_once_is_whole_in_the_end(
    endpoint: str, objects: Objects, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with Proxy(endpoint, Trouble("cut", "GET", "/a/b", times=1)).serving() as proxy:
        through(proxy, objects, monkeypatch).download("a/b", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"isi " * 1000
    assert proxy.met == 1


def test_a_claim_whose_answer_is_lost_is_ones_own(
    endpoint: str, objects: Objects, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The library asks again, and is told that the claim is there already."""
    built = build(tmp_path / "built", 1)
    with Proxy(endpoint, Trouble("lost", "PUT", "/claims/", times=1)).serving() as proxy:
        there = through(proxy, objects, monkeypatch)
        assert push(there, built.path, begin(there, "ours"), "ours").number == 1
    assert proxy.met == 1
    assert look(objects).whole() == [1]


@pytest.mark.long
def test_a_publisher_that_may_not_delete_publishes_all_the_same(
    endpoint: str, objects: Objects, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    built = build(tmp_path / "built", 1)
    with Proxy(endpoint, Trouble("denied", "DELETE")).serving() as proxy:
        there = through(proxy, objects, monkeypatch)
        pointers = [push(there, built.path, began, "ours") for began in (0, 1)]
    assert proxy.met > 1
    assert read_pointer(objects) == pointers[1]
    assert begin(objects, "another") == 2, "a claim on a release that is out stands in nobody's way"
    with pytest.raises(MovedOnError):
        push(objects, built.path, 1, "another")


@pytest.mark.long
def test_a_deletion_that_is_cut_short_leaves_whole_releases_and_ends_with_the_next_one(
    endpoint: str, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for count in (1, 2):
        machine.publish(count)
    objects = Objects(str(machine.curated))
    with Proxy(endpoint, Trouble("denied", "DELETE", first=3)).serving() as proxy:
        through(proxy, objects, monkeypatch)
        with pytest.raises(StorageError):
            remove_old_remotely(machine.curated, 1)
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    forget_connections()
    shelves = look(objects)
    assert shelves.whole() == [2]
    assert 1 in shelves.files, "some of its files are still there"
    assert query(readable(machine.curated), "SELECT count(*) FROM dokumen").rows == [(2,)]
    assert machine.publish(3).number == 3
    assert sorted(look(objects).files) == [2, 3]


def test_an_endpoint_that_is_none_is_said(
    objects: Objects, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "localhost:9000")
    forget_connections()
    assert main(["query", "SELECT 1", "--curated", objects.url]) == 1
    said = capsys.readouterr().err
    assert "AWS_ENDPOINT_URL" in said
    assert said.count("\n") == 1


def test_a_copy_that_this_disk_refuses_is_said(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.publish(1)
    (tmp_path / "in-the-way").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "in-the-way"))
    for command in (["query", "SELECT 1"], ["temuan"], ["status"], ["releases"]):
        assert main([*command, "--curated", str(machine.curated)]) == 1
        said = capsys.readouterr().err
        assert "XDG_CACHE_HOME" in said, command
        assert said.count("\n") == 1, command
