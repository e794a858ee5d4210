"""The links of an HTML page that lead to documents."""

from __future__ import annotations

import contextlib
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

from pipeline.fetch.failures import FetchError
from pipeline.fetch.urls import checked

MOST_LINKS = 2000
_PDF = re.compile(r"\.pdf$", re.IGNORECASE)


class _Links(HTMLParser):
    """Collects the address and the text of every `<a href>`, and the `<base href>` that they are relative to."""

    def __init__(self) -> None:
        super().__init__()
        self.base = ""
        self.found: list[tuple[str, str]] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href")
        if tag == "base" and target and not self.base:
            self.base = target
        if tag == "a":
            self._open = bool(target)
            if target:
                self.found.append((target, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            target, text = self.found[-1]
            self.found[-1] = (target, text + data)


def document_links(html: str, url: str, pattern: re.Pattern[str] | None) -> list[str]:
    """The addresses that a page at `url` links to, each once, in its order; at most `MOST_LINKS`.

    With a pattern those whose address or text it is found in, without one those whose path ends in `.pdf`. Links that
    are no http or https addresses (mail, scripts) are none.
    """
    parser = _Links()
    # The parser gives up in the middle of some broken declarations; the links before them are links all the same.
    with contextlib.suppress(AssertionError):
        parser.feed(html)
        parser.close()
    chosen: dict[str, None] = {}
    for target, text in parser.found:
        try:
            link = checked(urljoin(urljoin(url, parser.base), target))
        except (FetchError, ValueError):
            continue
        if _fits(link, " ".join(text.split()), pattern):
            chosen[link] = None
    return list(chosen)[:MOST_LINKS]


def _fits(link: str, text: str, pattern: re.Pattern[str] | None) -> bool:
    if pattern is None:
        return _PDF.search(unquote(urlsplit(link).path)) is not None
    return any(pattern.search(where) for where in (unquote(link), text))
