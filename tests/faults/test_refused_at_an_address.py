"""What an ingest says where its storage refuses, dies or is slow: one line, no key, and the next run completes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.conftest import looking_on
from tests.faults.there import There
from tests.storage.conftest import texts_below
from tests.storage.proxy import Proxy, Trouble
from tests.storage.server import KEY, SECRET, free_port, s3_server

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("faults-s3")]

_FAILED = 1

# What happens, and what is said of it.
ENDS = {
    "gone from the start": (Trouble("gone"), "tidak menjawab"),
    "gone at the claim": (Trouble("gone", "PUT", "/claims/"), "tidak menjawab"),
    "gone among the files": (Trouble("gone", "PUT", "/releases/0002/", first=9), "tidak menjawab"),
    "gone at the pointer": (Trouble("gone", "PUT", "/current.json"), "tidak menjawab"),
    "no answers among the files": (Trouble("broken", "PUT", "/releases/0002/", first=9), "tidak menjawab"),
    "busy among the files": (Trouble("busy", "PUT", "/releases/0002/", first=9), "sedang sibuk (SlowDown)"),
    "nothing allowed": (Trouble("denied"), "akses ditolak (AccessDenied)"),
    "no writing allowed": (Trouble("denied", "PUT"), "akses ditolak (AccessDenied)"),
    "no writing allowed any more": (
        Trouble("denied", "PUT", "/releases/0002/", first=9),
        "akses ditolak (AccessDenied)",
    ),
}
PASSES = {
    "slow": Trouble("slow", seconds=0.2),
    "the claim's answer lost": Trouble("lost", "PUT", "/claims/", times=1),
    "a file's answer lost": Trouble("lost", "PUT", "/releases/0002/", first=9, times=2),
    "the manifest's answer lost": Trouble("lost", "PUT", "/manifest.json", times=1),
    "the pointer's answer lost": Trouble("lost", "PUT", "/current.json", times=1),
    "busy for a moment": Trouble("busy", "PUT", "/releases/0002/", first=9, times=3),
    "listings cut short once": Trouble("cut", "GET", "list-type", times=1),
    "no deleting allowed": Trouble("denied", "DELETE"),
}


# How far the run is, a line each.
_PROGRESS = ("Membaca ", "[", "Menerbitkan ")


def assert_one_line(there: There, code: int, said: str, expected: str) -> None:
    """The documented exit code, a line that names the address and the reason, no traceback, and no key anywhere."""
    assert code == _FAILED, said
    last, *more = [line for line in said.splitlines() if not line.startswith(_PROGRESS)]
    assert expected in last
    assert str(there.curated).rsplit("/", 1)[0] in last
    assert "Traceback" not in said
    assert not more, said
    assert_no_key(there, said)


def assert_no_key(there: There, said: str) -> None:
    for name, content in [("output", said.encode()), *texts_below(there.folder, there.machine.folder)]:
        assert KEY.encode() not in content, name
        assert SECRET.encode() not in content, name


def the_next_run_completes(there: There) -> None:
    code, said = there.command("ingest", str(there.machine.raw))
    assert code == 0, said
    there.assert_complete()


@pytest.mark.parametrize(("trouble", "expected"), ENDS.values(), ids=ENDS)
def test_what_ends_an_ingest(there: There, endpoint: str, trouble: Trouble, expected: str) -> None:
    with looking_on(there.resolve):
        with Proxy(endpoint, trouble).serving() as proxy:
            code, said = there.by_way_of(proxy.address).command("ingest", str(there.machine.raw))
        assert proxy.met > 0
        assert_one_line(there, code, said, expected)
        assert there.current() == 1
        the_next_run_completes(there)


@pytest.mark.parametrize("trouble", PASSES.values(), ids=PASSES)
def test_what_an_ingest_lives_with(there: There, endpoint: str, trouble: Trouble) -> None:
    with looking_on(there.resolve):
        with Proxy(endpoint, trouble).serving() as proxy:
            code, said = there.by_way_of(proxy.address).command("ingest", str(there.machine.raw))
        assert proxy.met > 0
        assert code == 0, said
        assert "Traceback" not in said
        assert there.current() == 2
        there.assert_complete()
        the_next_run_completes(there)
    assert there.current() == 2


def test_nobody_answers_at_all(there: There) -> None:
    away = there.by_way_of(f"http://127.0.0.1:{free_port()}")
    code, said = away.command("ingest", str(there.machine.raw))
    assert_one_line(there, code, said, "tidak menjawab")
    the_next_run_completes(there)


def test_there_is_no_such_bucket(there: There) -> None:
    elsewhere = there.at("s3://tidak-ada-0000/curated")
    code, said = elsewhere.command("ingest", str(there.machine.raw))
    assert_one_line(elsewhere, code, said, "objek atau bucket ini tidak ada")
    the_next_run_completes(there)


@pytest.fixture(scope="module")
def strict_endpoint() -> Iterator[str]:
    """A server that knows no key at all."""
    with s3_server(INITIAL_NO_AUTH_ACTION_COUNT="0") as address:
        yield address


def test_a_key_that_the_server_does_not_know(there: There, strict_endpoint: str) -> None:
    code, said = there.by_way_of(strict_endpoint).command("ingest", str(there.machine.raw))
    assert_one_line(there, code, said, "akses ditolak (InvalidAccessKeyId)")
    the_next_run_completes(there)
