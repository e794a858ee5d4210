"""What a run of the ingest flow tells: the operator reads it in the terminal, and Prefect keeps it as artifacts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol

from pipeline.intake import Problem, ProblemCode
from pipeline.release.fingerprint import Standing
from pipeline.release.manifest import InputFile
from pipeline.worker.model import Outcome
from pipeline.worker.plan import Document
from schemas.registry import PLAN_DATASETS


@dataclass(frozen=True, slots=True)
class Report:
    """One document of a run. `asked`: the user named it; `cached`: its result was at hand."""

    dokumen_id: str
    berkas: str
    asked: bool
    cached: bool
    outcome: Outcome


@dataclass(slots=True)
class Summary:
    """A run. `release` is the number of the release it published, None where it published none.

    `documents` holds all documents of the release, `duplicates` counts those of them that deliver another one again;
    `problems` are paths that led to no document. `published_findings` counts the findings of the release, None where
    there is none. `removed` are the numbers of the old releases that were deleted. `standing` is the release that still
    says all there is to say, None where something was new: a run publishes, finds nothing new, or has read nothing.
    `withdrawn` are the documents that this run took out because their files are gone.
    """

    documents: list[Report] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    twins: int = 0
    release: int | None = None
    duplicates: int = 0
    published_findings: int | None = None
    removed: list[int] = field(default_factory=list)
    standing: Standing | None = None
    withdrawn: list[InputFile] = field(default_factory=list)

    def current(self) -> int | None:
        """The number of the release that holds what this run was about, None where there is none."""
        return self.release if self.standing is None else self.standing.number

    def added_findings(self) -> int:
        """How many findings the release has beside those of each document: what takes several of them to tell."""
        if self.published_findings is None:
            return 0
        return self.published_findings - sum(sum(one.outcome.findings.values()) for one in self.documents)

    def handled(self) -> list[Report]:
        """The documents that this run was about: those the user named, and those that it read again."""
        return [report for report in self.documents if report.asked or not report.cached]

    def incomplete(self) -> list[Report]:
        """Those of them that were not read, or not in full."""
        return [report for report in self.handled() if report.outcome.status != "lengkap"]

    def without_plan(self) -> list[Problem]:
        """A notice for each of them that was read in full and holds no table of a plan."""
        read = (report for report in self.handled() if report.outcome.status == "lengkap")
        silent = (report for report in read if not any(map(report.outcome.records.get, PLAN_DATASETS)))
        return [Problem(ProblemCode.TANPA_TABEL, report.berkas) for report in silent]

    def all_failed(self) -> bool:
        """Whether nothing at all was read of what this run was about."""
        return all(report.outcome.status == "gagal" for report in self.handled())

    def records(self) -> Counter[str]:
        return _total(report.outcome.records for report in self.handled())

    def findings(self) -> Counter[str]:
        return _total(report.outcome.findings for report in self.handled())


def _total(counts: Iterable[dict[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return total


def report(document: Document) -> Report:
    """Raises ValueError for a document that has no outcome yet."""
    if document.outcome is None:
        raise ValueError(f"{document.berkas} has not been read")
    return Report(
        dokumen_id=document.entry.source.dokumen_id,
        berkas=document.berkas,
        asked=document.asked,
        cached=document.cached,
        outcome=document.outcome,
    )


class Watcher(Protocol):
    """Somebody who looks on while a run goes; the terminal's progress bar."""

    def planned(self, total: int) -> None:
        """So many documents are to be read."""

    def read(self, done: Report) -> None:
        """One of them is done, well or not."""

    def publishing(self) -> None:
        """All are done; the release is being written."""


class Unwatched:
    """Nobody looks on, as in a scheduled run."""

    def planned(self, total: int) -> None:
        pass

    def read(self, done: Report) -> None:
        pass

    def publishing(self) -> None:
        pass


_NOBODY = Unwatched()
_WATCHER: ContextVar[Watcher] = ContextVar("watcher", default=_NOBODY)


def watcher() -> Watcher:
    """Whoever looks on at this run."""
    return _WATCHER.get()


@contextmanager
def watched_by(somebody: Watcher) -> Iterator[None]:
    """Runs inside the block tell `somebody` how far they are. A flow's parameters cannot: they must be plain data."""
    token = _WATCHER.set(somebody)
    try:
        yield
    finally:
        _WATCHER.reset(token)
