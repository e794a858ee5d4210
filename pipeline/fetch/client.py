"""One exchange with a server: redirects, retries, limits; what comes out is an answer whose body is read in pieces."""

from __future__ import annotations

import datetime
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import httpcore

from pipeline.fetch.failures import FailureCode, FetchError
from pipeline.fetch.network import Gate, GatedBackend
from pipeline.fetch.robots import AGENT, MOST_BYTES, Rules, rules_address
from pipeline.fetch.urls import checked
from pipeline.version import package_version

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 500, 502, 503, 504})
OK, NOT_MODIFIED = 200, 304
_PIECE = 1 << 16

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a source may cost: times in seconds, sizes in bytes."""

    connect: float = 15.0
    read: float = 30.0
    total: float = 600.0
    document: int = 512 << 20
    page: int = 5 << 20
    redirects: int = 5
    tries: int = 4
    first_wait: float = 1.0
    longest_wait: float = 120.0
    between: float = 1.0


@dataclass(slots=True)
class Answer:
    """A server's answer. `url` is where the redirects ended; the body is read with `pieces`, once."""

    status: int
    url: str
    headers: Mapping[str, str]
    _body: Iterator[bytes]

    def pieces(self, most: int) -> Iterator[bytes]:
        """The body, unpacked, in pieces. Raises FetchError where it is larger than `most` bytes or badly packed."""
        size = 0
        for piece in _unpacked(self._body, self.headers.get("content-encoding", "identity").strip().lower()):
            size += len(piece)
            if size > most:
                raise FetchError(FailureCode.TERLALU_BESAR, str(most >> 20))
            yield piece


def _unpacked(body: Iterator[bytes], packing: str) -> Iterator[bytes]:
    """Unpack gzip piece by piece: a bomb is noticed by the size of what came out of it, long before its end."""
    if packing in ("", "identity"):
        yield from body
        return
    if packing not in ("gzip", "x-gzip"):
        raise FetchError(FailureCode.KEMASAN, packing)
    inflate = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        for packed in body:
            rest = packed
            while rest and not inflate.eof:
                yield inflate.decompress(rest, _PIECE)
                rest = inflate.unconsumed_tail
    except zlib.error as error:
        raise FetchError(FailureCode.KEMASAN, packing) from error
    if not inflate.eof:
        raise FetchError(FailureCode.TERPUTUS, again=True)


@dataclass(slots=True)
class Client:
    """Asks servers for documents, politely: one request at a time, with a pause between two to the same host, and only
    for what the host's robots.txt lets everybody or us ask for.

    `sleep` is given so that tests need not wait.
    """

    gate: Gate
    limits: Limits
    sleep: Callable[[float], None] = time.sleep
    _asked: dict[str, float] = field(default_factory=dict)
    _rules: dict[str, Rules] = field(default_factory=dict)

    def patiently(self, attempt: Callable[[], T]) -> T:
        """Do what `attempt` does, again where that may help: after 1, 2, 4 … seconds, or when the server says.

        Raises the FetchError of the last try.
        """
        for done in range(1, self.limits.tries + 1):
            try:
                return attempt()
            except FetchError as error:
                wait = self.limits.first_wait * 2 ** (done - 1) if error.wait is None else error.wait
                if not error.again or done == self.limits.tries or wait > self.limits.longest_wait:
                    raise
                self.sleep(wait)
        raise ValueError("a client must try at least once")

    @contextmanager
    def ask(self, url: str, headers: Mapping[str, str]) -> Iterator[Answer]:
        """Follow a URL to its answer, 200 or 304. Raises FetchError for all others, and while the body is read."""
        with self._follow(url, headers, self._rules_for) as answer:
            _refuse_status(answer)
            yield answer

    @contextmanager
    def _follow(self, url: str, headers: Mapping[str, str], rules_for: Callable[[str], Rules]) -> Iterator[Answer]:
        """The answer where the redirects end; each step of the way must be allowed."""
        target = url
        for _ in range(self.limits.redirects + 1):
            rules = rules_for(target)
            rules.need(target)
            self._pause(target, min(rules.delay, self.limits.longest_wait))
            with self._exchange(target, headers) as answer:
                if answer.status not in _REDIRECTS:
                    yield answer
                    return
                target = _next_target(answer)
        raise FetchError(FailureCode.TERLALU_BANYAK_ALIHAN, str(self.limits.redirects))

    def _rules_for(self, url: str) -> Rules:
        """What the host of a URL allows: asked once a run. Raises FetchError where the host cannot say just now."""
        address = rules_address(url)
        if address not in self._rules:
            self._rules[address] = self._read_rules(address)
        return self._rules[address]

    def _read_rules(self, address: str) -> Rules:
        """RFC 9309, 2.3.1: without such a file, or lost in redirects, all is allowed; in trouble, nothing."""
        try:
            with self._follow(address, {}, lambda _: Rules("")) as answer:
                _refuse_status(answer)
                return Rules(_first_bytes(answer, self.limits.page).decode("utf-8", errors="replace"))
        except FetchError as error:
            if error.code in (FailureCode.STATUS, FailureCode.TERLALU_BANYAK_ALIHAN):
                return Rules("")
            raise

    def _pause(self, url: str, least: float) -> None:
        host = urlsplit(url).netloc
        now = time.monotonic()
        between = max(self.limits.between, least)
        early = between - (now - self._asked[host]) if host in self._asked else 0.0
        if early > 0:
            self.sleep(early)
        self._asked[host] = time.monotonic()

    @contextmanager
    def _exchange(self, url: str, headers: Mapping[str, str]) -> Iterator[Answer]:
        """One request. A pool of its own gives each its own time, and its own look at where the name leads."""
        limits = self.limits
        timeout = {"connect": limits.connect, "read": limits.read, "write": limits.read, "pool": limits.connect}
        with (
            _translated(limits),
            httpcore.ConnectionPool(network_backend=GatedBackend(self.gate, limits.total)) as pool,
            pool.stream("GET", url, headers=_request_headers(headers), extensions={"timeout": timeout}) as response,
        ):
            named = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            yield Answer(response.status, url, named, response.iter_stream())


def _first_bytes(answer: Answer, most: int) -> bytes:
    """What counts of a robots.txt; the rest need not be read (RFC 9309, 2.5)."""
    body = b""
    for piece in answer.pieces(most):
        body += piece
        if len(body) >= MOST_BYTES:
            break
    return body[:MOST_BYTES]


def _request_headers(headers: Mapping[str, str]) -> list[tuple[str, str]]:
    agent = f"{AGENT}/{package_version()} (rkt fetch; public performance plans)"
    return list({"User-Agent": agent, "Accept-Encoding": "identity", "Accept": "*/*", **headers}.items())


@contextmanager
def _translated(limits: Limits) -> Iterator[None]:
    """What httpcore raises, as FetchError."""
    try:
        yield
    except httpcore.TimeoutException as error:
        seconds = limits.total if str(error) == "total" else limits.read
        raise FetchError(FailureCode.WAKTU_HABIS, f"{seconds:g}", again=True) from error
    except httpcore.ConnectError as error:
        raise FetchError(FailureCode.TAK_TERHUBUNG, again=True) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise FetchError(FailureCode.TERPUTUS, again=True) from error


def _next_target(answer: Answer) -> str:
    if "location" not in answer.headers:
        raise FetchError(FailureCode.ALAMAT_RUSAK)
    try:
        target = urljoin(answer.url, answer.headers["location"])
    except ValueError as error:
        raise FetchError(FailureCode.ALAMAT_RUSAK) from error
    return checked(target)


def _refuse_status(answer: Answer) -> None:
    status = answer.status
    if status in (OK, NOT_MODIFIED):
        return
    if status in _BUSY:
        raise FetchError(FailureCode.SIBUK, str(status), again=True, wait=_retry_after(answer.headers))
    raise FetchError(FailureCode.STATUS, str(status))


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds that a server asks to wait (RFC 9110, 10.2.3): a number, or a date. None where it says neither."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=datetime.UTC)
    return max(0.0, (when - datetime.datetime.now(datetime.UTC)).total_seconds())
