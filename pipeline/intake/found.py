"""What is found of a document before it is read, wherever it lies: its name, its origin, what its first bytes show."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.intake.problems import Problem, ProblemCode
from pipeline.intake.sidecar import RAW, Sidecar, in_raw
from pipeline.intake.source import Source
from pipeline.storage import Place

# Producers may put a few bytes before the header; readers look in the first 1024 (PDF 1.7, note 13).
HEADER_WINDOW = 1024

# A scan of 500 pages in colour has half a gigabyte; four times that is no plan, and hashing it would hold up the rest.
MOST_BYTES = 2 << 30

_A_DAY = 86_400.0

# What no name should hold but may: control characters, and bytes that are no text in the encoding of file names.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Found:
    """A document: where it lies, what is known about it, and what already shows that it cannot be read."""

    place: Place
    source: Source
    problem: Problem | None = None


@dataclass(slots=True)
class Intake:
    """All that was found: one entry per document, and problems of paths that led to none.

    `twins` maps a second file with the same bytes to the first: the same document. `listed` are the addresses that
    were looked through to the end, `objects` the addresses of all that was there, documents or not.
    """

    documents: list[Found] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    twins: dict[Place, Place] = field(default_factory=dict)
    listed: list[Place] = field(default_factory=list)
    objects: set[str] = field(default_factory=set)
    _first: dict[str, Place] = field(default_factory=dict)

    def add(self, found: Found) -> None:
        """Take in a document, or remember it as a twin of one with the same bytes."""
        sha256 = found.source.sha256
        if sha256 in self._first:
            self.twins[found.place] = self._first[sha256]
            return
        self._first[sha256] = found.place
        self.documents.append(found)

    def lacks(self, place: Place) -> bool:
        """Whether an object is not where it would have been found."""
        return place.url not in self.objects and any(place.inside(address) for address in self.listed)


def is_settled(changed: float, settle: float, now: float) -> bool:
    """Whether a file that changed at one time is surely whole by another; both in seconds since 1970.

    A file server's clock may be ahead of ours by minutes; a time that is days ahead tells nothing of when it changed.
    """
    return now - changed >= settle or changed - now > _A_DAY or not settle


def published_name(place: Place) -> str:
    """How a document is called in the datasets: its path from the last `raw` folder on, else its file name.

    Names nothing of the machine, so that the same documents give the same bytes anywhere. What cannot be printed is
    replaced: every name is text in one line.
    """
    parts = place.absolute().parts
    if not in_raw(place.absolute()):
        return _UNPRINTABLE.sub("\ufffd", parts[-1])
    last = max(index for index, part in enumerate(parts[:-1]) if part == RAW)
    return _UNPRINTABLE.sub("\ufffd", "/".join(parts[last:]))


def source_of(berkas: str, sha256: str, sidecar: Sidecar, notices: tuple[Problem, ...]) -> Source:
    """A document with the origin that its sidecar tells."""
    return Source(
        berkas=berkas,
        sha256=sha256,
        origin=sidecar.origin,
        url=sidecar.url,
        publisher=sidecar.publisher,
        retrieved=sidecar.retrieved,
        licence=sidecar.licence,
        notices=notices,
    )


def visible_problem(head: bytes) -> ProblemCode | None:
    """What the first bytes show; whatever needs a PDF library is left to the worker that reads the document."""
    if not head:
        return ProblemCode.KOSONG
    return None if b"%PDF-" in head[:HEADER_WINDOW] else ProblemCode.BUKAN_PDF
