"""Which documents of a folder are new and no longer being written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.intake.find import candidates
from pipeline.intake.found import is_settled
from pipeline.intake.objects import Candidate, list_address
from pipeline.intake.sidecar import sidecar_path
from pipeline.storage import Place


@dataclass(frozen=True, slots=True)
class Stamp:
    """What changes with a document's content: size, time of change (nanoseconds) and number of its file or version of
    its object, the same of its sidecar.
    """

    size: int
    changed: int
    identity: int | str
    sidecar: tuple[int, int | str] | None

    def with_sidecar_of(self, other: Stamp) -> bool:
        """Whether `other` is this document, for which a sidecar was written meanwhile."""
        return self.sidecar is None and (self.size, self.changed, self.identity) == (
            other.size,
            other.changed,
            other.identity,
        )


def look(places: Iterable[Path | Place]) -> dict[Place, Stamp]:
    """The documents under `places` as they are now; what vanishes meanwhile or may not be seen is passed over.

    Raises StorageError where an address cannot be looked through.
    """
    every = [Place.parse(place) for place in places]
    stamps = {}
    for path in sorted(candidates([place.path for place in every if place.path is not None], [])):
        try:
            known = path.stat()
        except OSError:
            continue
        stamps[Place(path)] = Stamp(known.st_size, known.st_mtime_ns, known.st_ino, _sidecar(path))
    remote = [place for place in every if place.path is None]
    return stamps | {one.place: _stamp(one) for place in remote for one in list_address(place)}


def _stamp(one: Candidate) -> Stamp:
    changed = int(one.listed.written.timestamp() * 1e9)
    sidecar = None if one.sidecar is None else (one.sidecar.size, one.sidecar.version)
    return Stamp(one.listed.size, changed, one.listed.version, sidecar)


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
    _seen: dict[Place, tuple[Stamp, float]] = field(default_factory=dict)
    _handed: dict[Place, Stamp] = field(default_factory=dict)

    def ready(self, stamps: Mapping[Place, Stamp], now: float, today: float) -> dict[Place, Stamp]:
        """The documents to be read, by what was seen `now` (seconds of a clock that only goes forward), which is
        `today` (seconds since 1970).
        """
        seen: dict[Place, tuple[Stamp, float]] = {}
        for place, stamp in stamps.items():
            before = self._seen.get(place)
            seen[place] = (stamp, before[1] if before is not None and before[0] == stamp else now)
        self._seen = seen
        same = {place: stamp for place, (stamp, since) in seen.items() if now - since >= self.settle}
        return {
            place: stamp
            for place, stamp in same.items()
            if self._handed.get(place) != stamp and is_settled(stamp.changed / 1e9, self.settle, today)
        }

    def handed_over(self, documents: Mapping[Place, Stamp], after: Mapping[Place, Stamp]) -> None:
        """These were read. `after` is what was seen then: the run may have written their sidecars."""
        for place, stamp in documents.items():
            later = after.get(place)
            written = later is not None and stamp.with_sidecar_of(later)
            self._handed[place] = later if written and later is not None else stamp
        self._handed = {place: stamp for place, stamp in self._handed.items() if place in after}
