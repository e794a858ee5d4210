"""What is remembered of each URL, so that only what is new is asked for."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.files import write_atomically

_LONGEST_TAG = 1024


@dataclass(frozen=True, slots=True)
class Known:
    """The last version of a URL that was stored: where (relative to `raw`), its SHA-256, and how to ask for a newer.

    `etag` and `last_modified` are None where the server gave none.
    """

    path: str
    sha256: str
    etag: str | None
    last_modified: str | None

    def conditions(self) -> dict[str, str]:
        """The headers of a conditional request (RFC 9110, 13.1)."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value is not None and _can_be_sent(value)}


def _can_be_sent(value: str) -> bool:
    """Servers may give what no request may hold: bytes outside ASCII, or a tag without end."""
    return len(value) <= _LONGEST_TAG and value.isascii() and value.isprintable()


class Memory:
    """A folder with a small file per URL, named by a hash: addresses may hold what must not be seen."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def recall(self, url: str) -> Known | None:
        """What is known of a URL. A damaged file is as none: the document is asked for again, and nothing is lost."""
        path = self._path(url)
        if not path.is_file():
            return None
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            known = Known(**content)
        except (ValueError, TypeError):
            return None
        texts = (known.path, known.sha256, known.etag or "", known.last_modified or "")
        return known if all(isinstance(text, str) for text in texts) else None

    def keep(self, url: str, known: Known) -> None:
        """Remember a version. Raises OSError where the folder cannot be written."""
        self._folder.mkdir(parents=True, exist_ok=True)
        write_atomically(self._path(url), json.dumps(asdict(known), sort_keys=True).encode())

    def _path(self, url: str) -> Path:
        return self._folder / f"{hashlib.sha256(url.encode()).hexdigest()[:32]}.json"
