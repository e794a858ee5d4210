"""What a host forbids to programs is not asked for, and told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.fetch import FailureCode, Status
from tests.fetch.conftest import ROBOTS, Fetching, Handler, Server, failed, pdf, source

RULES = b"""
User-agent: *
Disallow: /rahasia/
Allow: /rahasia/terbuka
Disallow: /*.php$

User-agent: lain
Disallow: /
"""


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/a.pdf", Status.BARU),
        ("/rahasia/a.pdf", Status.GAGAL),
        ("/rahasia/terbuka.pdf", Status.BARU),
        ("/unduh.php", Status.GAGAL),
    ],
)
def test_what_is_forbidden_is_not_asked_for(fetching: Fetching, server: Server, path: str, status: Status) -> None:
    server.gives(ROBOTS, RULES)
    (outcome,) = fetching.run(source(server.gives(path, pdf())))
    assert outcome.status is status
    if status is Status.GAGAL:
        assert outcome.error is not None
        assert outcome.error.code is FailureCode.DILARANG
        assert "robots.txt" in outcome.error.message(outcome.url)
        assert [seen for seen, _ in server.seen] == [ROBOTS]


def test_a_redirect_leads_to_nothing_forbidden(fetching: Fetching, server: Server) -> None:
    server.gives(ROBOTS, RULES)
    server.gives("/rahasia/a.pdf", pdf())
    url = server.gives("/a.pdf", b"", 302, location="/rahasia/a.pdf")
    assert failed(fetching.run(source(url))) is FailureCode.DILARANG
    assert [seen for seen, _ in server.seen] == [ROBOTS, "/a.pdf"]


def test_our_own_rules_go_before_those_for_all(fetching: Fetching, server: Server) -> None:
    server.gives(ROBOTS, b"User-agent: *\nDisallow: /\n\nUser-agent: rkt-pipeline\nAllow: /\n")
    (outcome,) = fetching.run(source(server.gives("/a.pdf", pdf())))
    assert outcome.status is Status.BARU


def test_the_rules_are_asked_for_once_a_run(fetching: Fetching, server: Server) -> None:
    server.gives(ROBOTS, RULES)
    fetching.run(source(server.gives("/a.pdf", pdf("a"))), source(server.gives("/b.pdf", pdf("b"))))
    assert [seen for seen, _ in server.seen] == [ROBOTS, "/a.pdf", "/b.pdf"]


def loops(handler: Handler) -> None:
    handler.answer(302, location=ROBOTS)


def endless(handler: Handler) -> None:
    handler.answer(200, b"User-agent: *\n" + b"# lagi\n" * 200_000 + b"Disallow: /\n")


@pytest.mark.parametrize("route", [loops, endless])
def test_a_useless_file_forbids_nothing(fetching: Fetching, server: Server, route) -> None:  # type: ignore[no-untyped-def]
    server.routes[ROBOTS] = route
    (outcome,) = fetching.run(source(server.gives("/a.pdf", pdf())))
    assert outcome.status is Status.BARU


def test_a_server_in_trouble_is_left_alone(fetching: Fetching, server: Server) -> None:
    server.gives(ROBOTS, b"", 503)
    assert failed(fetching.run(source(server.gives("/a.pdf", pdf())))) is FailureCode.SIBUK
    assert {seen for seen, _ in server.seen} == {ROBOTS}


def test_the_rules_of_a_server_that_recovers_are_kept(fetching: Fetching, server: Server) -> None:
    answers = iter([503])
    server.routes[ROBOTS] = lambda handler: handler.answer(next(answers, 200), b"User-agent: *\nDisallow: /\n")
    assert failed(fetching.run(source(server.gives("/a.pdf", pdf())))) is FailureCode.DILARANG


@pytest.mark.parametrize(("asked", "waited"), [(b"7", 7), (b"100000", 120)])
def test_the_delay_that_is_asked_for_is_kept(fetching: Fetching, server: Server, asked: bytes, waited: int) -> None:
    fetching.limits = replace(fetching.limits, between=1)
    server.gives(ROBOTS, b"User-agent: *\nCrawl-delay: " + asked)
    fetching.run(source(server.gives("/a.pdf", pdf("a"))))
    assert fetching.slept == [pytest.approx(waited, abs=1)]
