"""Requests lead only where they may, whatever a server or a name says."""

from __future__ import annotations

import pytest

from pipeline.fetch import FailureCode, Gate, Status
from pipeline.fetch.network import is_public
from tests.fetch.conftest import Fetching, Server, failed, pdf, source


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("/a.pdf", FailureCode.TERLALU_BANYAK_ALIHAN),
        ("file:///etc/hostname", FailureCode.SKEMA),
        ("ftp://example.org/a.pdf", FailureCode.SKEMA),
        ("http://127.0.0.2/a.pdf", FailureCode.ALAMAT_PRIBADI),
        ("http://[::1]/a.pdf", FailureCode.ALAMAT_PRIBADI),
        ("http://169.254.169.254/latest", FailureCode.ALAMAT_PRIBADI),
        ("http://[::ffff:10.0.0.1]/a.pdf", FailureCode.ALAMAT_PRIBADI),
        ("http://dalam.contoh/a.pdf", FailureCode.ALAMAT_PRIBADI),
        ("http://[", FailureCode.ALAMAT_RUSAK),
        ("http://a b/a.pdf", FailureCode.ALAMAT_RUSAK),
    ],
)
def test_a_redirect_leads_only_where_it_may(fetching: Fetching, server: Server, target: str, code: FailureCode) -> None:
    def resolve(host: str, port: int) -> list[str]:
        return ["10.1.2.3"] if host == "dalam.contoh" else [host]

    fetching.gate = Gate(resolve, lambda address: address == "127.0.0.1" or is_public(address))
    assert failed(fetching.run(source(server.gives("/a.pdf", b"", 302, location=target)))) is code
    assert fetching.files() == []


def test_a_good_redirect_is_followed_without_the_password(fetching: Fetching, server: Server) -> None:
    server.gives("/b.pdf", pdf())
    target = server.base.replace("http://", "http://orang:rahasia@") + "/b.pdf"
    (outcome,) = fetching.run(source(server.gives("/a.pdf", b"", 301, location=target)))
    assert outcome.status is Status.BARU
    assert "authorization" not in server.seen[1][1]


def test_a_name_is_resolved_once_and_led_to_that_address(fetching: Fetching, server: Server) -> None:
    """DNS rebinding: had the name been looked up again to connect, it would have led to another address."""
    answers = iter([["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]])  # for robots.txt, the document, and no third
    fetching.gate = Gate(lambda host, port: next(answers), lambda address: address == "127.0.0.1")
    server.gives("/a.pdf", pdf())
    (outcome,) = fetching.run(source(server.base.replace("127.0.0.1", "umum.contoh") + "/a.pdf"))
    assert outcome.status is Status.BARU
    assert server.seen[0][1]["host"].startswith("umum.contoh:")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("10.0.0.1", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public
