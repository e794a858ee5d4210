"""Addresses of documents: which are fetched, how they are shown, and what a file is named after one."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, quote, unquote, urldefrag, urlencode, urlsplit, urlunsplit

from pipeline.fetch.failures import FailureCode, FetchError

SCHEMES = ("http", "https")
_SECRET = re.compile(
    r"token|secret|passw|passwd|pwd|signature|credential|session|auth|(^|[_-])(api)?key$|^sig$|^sid$|^code$", re.I
)
_HIDDEN = "***"
_MOST_BYTES_OF_NAME = 100
# Names that Windows gives to devices, with any ending: archives are copied there.
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.I)
_KEPT_IN_URL = "!#$%&'()*+,/:;=?@[]~"


def checked(url: str) -> str:
    """The address as it is requested: without fragment and without a user's name and password.

    Raises FetchError where it is not http or https (SKEMA_DITOLAK), or no address at all (ALAMAT_RUSAK).
    """
    try:
        parts = urlsplit(urldefrag(url.strip()).url)
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise FetchError(FailureCode.ALAMAT_RUSAK) from error
    if parts.scheme not in SCHEMES:
        raise FetchError(FailureCode.SKEMA, parts.scheme or "?")
    if not host or re.search(r"[\s\x00-\x1f\x7f\\]", host):
        raise FetchError(FailureCode.ALAMAT_RUSAK)
    try:
        name = host if ":" in host else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise FetchError(FailureCode.ALAMAT_RUSAK) from error
    place = f"[{name}]" if ":" in name else name
    place = place if port is None else f"{place}:{port}"
    path, query = quote(parts.path or "/", safe=_KEPT_IN_URL), quote(parts.query, safe=_KEPT_IN_URL)
    return urlunsplit((parts.scheme, place, path, query, ""))


def shown(url: str) -> str:
    """The address as it may be logged and published: without a password, a token or a signature."""
    try:
        parts = urlsplit(url)
        place = parts.netloc.rpartition("@")[2]
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return _HIDDEN
    query = parts.query
    if any(_SECRET.search(name) for name, _ in pairs):
        query = urlencode([(name, _HIDDEN if _SECRET.search(name) else value) for name, value in pairs], safe="*")
    return urlunsplit((parts.scheme, place, parts.path, query, ""))


def document_name(url: str, disposition: str | None, otherwise: str) -> str:
    """The stem of the file that a document is stored as: what the server calls it, else the address, else `otherwise`.

    Whatever was given, the result is one name of letters, digits, `.`, `_` and `-`, at most 100 bytes long, without
    a leading dot, and none that a system reserves.
    """
    for name in (_named_by_server(disposition), unquote(urlsplit(url).path), otherwise):
        stem = _safe_stem(name)
        if stem:
            return stem
    return "dokumen"


def _named_by_server(disposition: str | None) -> str:
    """`filename` of a Content-Disposition (RFC 6266); what the extended form says goes before the plain one."""
    if not disposition:
        return ""
    extended = re.search(r"filename\*\s*=\s*[\w-]+'[\w-]*'([^;\s]+)", disposition, re.I)
    if extended:
        return unquote(extended[1])
    plain = re.search(r'filename\s*=\s*(?:"([^"]*)"|([^;\s]+))', disposition, re.I)
    return unquote(plain[1] or plain[2] or "") if plain else ""


def _safe_stem(name: str) -> str:
    last = re.split(r"[/\\]", unicodedata.normalize("NFKC", name))[-1]
    last = re.sub(r"\.pdf\s*$", "", last, flags=re.I)
    stem = re.sub(r"[^\w.-]+", "-", last)
    stem = re.sub(r"\.{2,}", ".", stem)
    stem = stem.encode()[:_MOST_BYTES_OF_NAME].decode(errors="ignore").strip(".-_")
    return f"dokumen-{stem}" if _RESERVED.match(stem) else stem
