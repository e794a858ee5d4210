"""What earlier runs saw of the objects at addresses, so that one that is the same need not be downloaded to know it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pipeline.files import write_atomically
from pipeline.intake.problems import ProblemCode


@dataclass(frozen=True, slots=True)
class Look:
    """An object as it was: its `version` (another one means other bytes), its SHA-256, what its first bytes show, and
    the version and content of the sidecar beside it, None where there was none; why it was `unreadable`, if it was.
    """

    version: str
    sha256: str
    problem: ProblemCode | None
    sidecar_version: str | None = None
    sidecar: bytes | None = None
    unreadable: str | None = None


@dataclass(slots=True)
class Seen:
    """Looks by address, kept in a file, or nowhere where `path` is None.

    Deleting the file costs time only. It names results by their document, so one that is damaged is not used at all.
    """

    path: Path | None = None
    _looks: dict[str, Look] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises OSError where the file is there and cannot be read."""
        if self.path is None or not self.path.exists():
            return
        checksum, _, content = self.path.read_bytes().partition(b"\n")
        if hashlib.sha256(content).hexdigest().encode() == checksum:
            self._looks = {url: _from_json(item) for url, item in json.loads(content).items()}

    def get(self, url: str) -> Look | None:
        """How an object was when it was last looked at."""
        return self._looks.get(url)

    def keep(self, looks: dict[str, Look]) -> None:
        """Remember these, and write it down where they are new. Raises OSError."""
        if any(self._looks.get(url) != look for url, look in looks.items()):
            self._looks |= looks
            self._write()

    def forget(self, gone: Iterable[str]) -> None:
        """Forget what is gone, and write it down. Raises OSError."""
        if stale := set(gone):
            self._looks = {url: look for url, look in self._looks.items() if url not in stale}
            self._write()

    def _write(self) -> None:
        if self.path is None:
            return
        items = {url: _to_json(look) for url, look in sorted(self._looks.items())}
        content = json.dumps(items).encode("ascii")
        write_atomically(self.path, hashlib.sha256(content).hexdigest().encode() + b"\n" + content)

    def addresses(self) -> set[str]:
        """All objects that are remembered."""
        return set(self._looks)


def _to_json(look: Look) -> dict[str, str | None]:
    content = None if look.sidecar is None else look.sidecar.decode("utf-8", "surrogateescape")
    return asdict(look) | {"sidecar": content}


def _from_json(item: dict[str, str | None]) -> Look:
    kode, content = item["problem"], item["sidecar"]
    return Look(
        version=str(item["version"]),
        sha256=str(item["sha256"]),
        problem=None if kode is None else ProblemCode(kode),
        sidecar_version=item["sidecar_version"],
        sidecar=None if content is None else content.encode("utf-8", "surrogateescape"),
        unreadable=item["unreadable"],
    )
