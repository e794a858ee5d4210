"""What is asked of a worker process and what it answers; both cross a process boundary."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from pipeline.intake import Problem, ProblemCode, ReadSettings, Source
from pipeline.storage import Place

Status = Literal["lengkap", "sebagian", "gagal"]

DEFAULT_READER = "pipeline.reader:read_document"


@dataclass(frozen=True, slots=True)
class Job:
    """One document to read. The result goes to the file `target`, its outcome beside it.

    `reader` names a function `(path, source, settings) -> DocumentResult` as `module:function`.
    """

    place: Place
    source: Source
    settings: ReadSettings
    target: Path
    reader: str = DEFAULT_READER


@dataclass(frozen=True, slots=True)
class Outcome:
    """How reading a document went. `records` counts rows per domain dataset, `findings` per level; `copies` counts
    pages that repeat another. `problem` says why nothing was read.
    """

    status: Status
    pages: int = 0
    copies: int = 0
    records: dict[str, int] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)
    quarantine: int = 0
    unknown_tables: int = 0
    unread_pages: int = 0
    seconds: float = 0.0
    problem: Problem | None = None

    @classmethod
    def failed(cls, kode: ProblemCode, berkas: str, detail: str = "") -> Outcome:
        """The outcome of a document that was not read, and why."""
        return cls(status="gagal", problem=Problem(kode, berkas, detail))

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Outcome:
        """Raises KeyError, TypeError or ValueError where the content is not what `to_json` gave."""
        problem = content["problem"]
        return cls(**(content | {"problem": None if problem is None else problem_from_json(problem)}))


def problem_from_json(content: dict[str, str]) -> Problem:
    """Raises KeyError or ValueError where the content is no problem."""
    return Problem(ProblemCode(content["kode"]), content["berkas"], content["detail"])


def source_from_json(content: dict[str, Any]) -> Source:
    """Raises KeyError, TypeError or ValueError where the content is no source."""
    return Source(**(content | {"notices": tuple(problem_from_json(notice) for notice in content["notices"])}))
