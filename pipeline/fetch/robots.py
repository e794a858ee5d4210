"""What a host lets programs ask for: its robots.txt (RFC 9309)."""

from __future__ import annotations

from urllib.parse import urlsplit

from protego import Protego

from pipeline.fetch.failures import FailureCode, FetchError

AGENT = "rkt-pipeline"
MOST_BYTES = 500 << 10


class Rules:
    """The rules of one robots.txt, of which an empty text allows everything. `delay`: the seconds it asks for between
    two requests, 0 where it asks for none.
    """

    def __init__(self, text: str) -> None:
        self._parsed = Protego.parse(text)
        self.delay = float(self._parsed.crawl_delay(AGENT) or 0)

    def need(self, url: str) -> None:
        """Raises FetchError (DILARANG_SITUS) where the rules forbid to ask for this address."""
        if not self._parsed.can_fetch(url, AGENT):
            raise FetchError(FailureCode.DILARANG)


def rules_address(url: str) -> str:
    """Where the rules for a URL are found: at the top of its host."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"
