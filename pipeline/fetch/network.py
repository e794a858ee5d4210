"""Connections that lead only where they may, and end when their time is over."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ssl import SSLCertVerificationError, SSLContext
from typing import Any

import httpcore

from pipeline.fetch.failures import FailureCode, FetchError

# NAT64 (RFC 6052): an IPv4 address inside an IPv6 one that the ipaddress module takes for a public address.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet: not private, loopback, link-local, reserved or multicast.

    An IPv4 address that is wrapped into an IPv6 one (mapped, 6to4, Teredo, NAT64) is judged by what it wraps.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    return all(one.is_global and not one.is_multicast for one in (ip, *_wrapped(ip)))


def _wrapped(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> Iterable[ipaddress.IPv4Address]:
    if isinstance(ip, ipaddress.IPv4Address):
        return ()
    inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in _NAT64:
        inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return [one for one in inner if one is not None]


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host, in the order of the system. Raises FetchError where it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(FailureCode.NAMA_TAK_DIKENAL, host, again=True) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Gate:
    """Where connections may lead: how names are resolved, and which addresses are let through."""

    resolve: Callable[[str, int], list[str]] = resolve
    lets: Callable[[str], bool] = is_public

    def addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a host. Raises FetchError (ALAMAT_PRIBADI) where any of them is not let through."""
        found = self.resolve(host, port)
        for address in found:
            if not self.lets(address):
                raise FetchError(FailureCode.ALAMAT_PRIBADI, address)
        return found


def anywhere(address: str) -> bool:
    """Lets every address through: `--allow-private`."""
    return bool(address)


class GatedBackend(httpcore.NetworkBackend):
    """Connects to the very addresses that the gate has seen, so that a name cannot lead elsewhere a moment later.

    All that is read and written over its connections must be done within `seconds` from its making.
    """

    def __init__(self, gate: Gate, seconds: float) -> None:
        self._gate = gate
        self._until = time.monotonic() + seconds
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception = FetchError(FailureCode.NAMA_TAK_DIKENAL, host)
        for address in self._gate.addresses(host, port):
            try:
                stream = self._inner.connect_tcp(
                    address, port, remaining(self._until, timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
                continue
            return _TimedStream(stream, self._until)
        raise failed


def remaining(until: float, timeout: float | None) -> float:
    """The seconds that a single step may take. Raises httpcore.ReadTimeout where all time is spent."""
    left = until - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("total")
    return left if timeout is None else min(left, timeout)


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every step is held to what is left of the whole time."""

    def __init__(self, inner: httpcore.NetworkStream, until: float) -> None:
        self._inner = inner
        self._until = until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, remaining(self._until, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, remaining(self._until, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            stream = self._inner.start_tls(ssl_context, server_hostname, remaining(self._until, timeout))
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, SSLCertVerificationError):
                raise FetchError(FailureCode.SERTIFIKAT, error.__cause__.verify_message) from error
            raise
        return _TimedStream(stream, self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
