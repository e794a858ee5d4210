"""Which documents of a folder are new and no longer being written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.intake.find import candidates
from pipeline.intake.found import is_settled
from pipeline.intake.sidecar import sidecar_path


@dataclass(frozen=True, slots=True)
class Stamp:
    """What changes with a document's content: size, time of change and number of its file, the same of its sidecar."""

    size: int
    changed: int
    inode: int
    sidecar: tuple[int, int] | None

    def with_sidecar_of(self, other: Stamp) -> bool:
        """Whether `other` is this document, for which a sidecar was written meanwhile."""
        return self.sidecar is None and (self.size, self.changed, self.inode) == (
            other.size,
            other.changed,
            other.inode,
        )


def look(paths: Iterable[Path]) -> dict[Path, Stamp]:
    """The documents under `paths` as they are now; what vanishes meanwhile or may not be seen is passed over."""
    stamps = {}
    for path in sorted(candidates(paths, [])):
        try:
            known = path.stat()
        except OSError:
            continue
        stamps[path] = Stamp(known.st_size, known.st_mtime_ns, known.st_ino, _sidecar(path))
    return stamps


def _sidecar(path: Path) -> tuple[int, int] | None:
    try:
        known = sidecar_path(path).stat()
    except OSError:
        return None
    return known.st_size, known.st_mtime_ns


@dataclass(slots=True)
class Watch:
    """Remembers what was seen and what was handed over to be read. A document is ready when it has been the same for
    `settle` seconds, by our clock and by the time of its file, and was not handed over as it is; so one that cannot be
    read is not handed over again and again.
    """

    settle: float
    _seen: dict[Path, tuple[Stamp, float]] = field(default_factory=dict)
    _handed: dict[Path, Stamp] = field(default_factory=dict)

    def ready(self, stamps: Mapping[Path, Stamp], now: float, today: float) -> dict[Path, Stamp]:
        """The documents to be read, by what was seen `now` (seconds of a clock that only goes forward), which is
        `today` (seconds since 1970).
        """
        seen: dict[Path, tuple[Stamp, float]] = {}
        for path, stamp in stamps.items():
            before = self._seen.get(path)
            seen[path] = (stamp, before[1] if before is not None and before[0] == stamp else now)
        self._seen = seen
        same = {path: stamp for path, (stamp, since) in seen.items() if now - since >= self.settle}
        return {
            path: stamp
            for path, stamp in same.items()
            if self._handed.get(path) != stamp and is_settled(stamp.changed / 1e9, self.settle, today)
        }

    def handed_over(self, documents: Mapping[Path, Stamp], after: Mapping[Path, Stamp]) -> None:
        """These were read. `after` is what was seen then: the run may have written their sidecars."""
        for path, stamp in documents.items():
            later = after.get(path)
            written = later is not None and stamp.with_sidecar_of(later)
            self._handed[path] = later if written and later is not None else stamp
        self._handed = {path: stamp for path, stamp in self._handed.items() if path in after}
