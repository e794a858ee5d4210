"""Finds the documents under the paths that a user names."""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.intake.problems import Problem, ProblemCode, system_reason
from pipeline.intake.sidecar import RAW, in_raw, read_origin
from pipeline.intake.source import Source, fingerprint

# Producers may put a few bytes before the header; readers look in the first 1024 (PDF 1.7, note 13).
_HEADER_WINDOW = 1024

# A scan of 500 pages in colour has half a gigabyte; four times that is no plan, and hashing it would hold up the rest.
MOST_BYTES = 2 << 30

_A_DAY = 86_400.0

# What no name should hold but may: control characters, and bytes that are no text in the encoding of file names.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Found:
    """A document: where it lies, what is known about it, and what already shows that it cannot be read."""

    path: Path
    source: Source
    problem: Problem | None = None


@dataclass(slots=True)
class Intake:
    """All that was found: one entry per document, and problems of paths that led to none.

    `twins` maps a second file with the same bytes to the first: the same document.
    """

    documents: list[Found] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    twins: dict[Path, Path] = field(default_factory=dict)


def find_documents(paths: Iterable[Path], settle: float = 0.0) -> Intake:
    """Look for PDFs in files and, recursively, in folders; sorted by path. Raises nothing about the files found.

    In a folder a document is what ends in .pdf, in any case; a file that is named outright may have any name.
    Folders and files whose name begins with a dot are passed over, and files that changed less than `settle` seconds
    ago: they may still be written.
    """
    intake = Intake()
    first: dict[str, Path] = {}
    now = time.time()
    for path in sorted(candidates(paths, intake.problems)):
        try:
            if not is_settled(path.stat().st_mtime, settle, now):
                continue
            obstacle = _obstacle(path)
            found = _examine(path) if obstacle is None else None
        except OSError as error:
            obstacle, found = Problem(ProblemCode.TIDAK_TERBUKA, str(path), system_reason(error)), None
        if found is None:
            intake.problems.extend([obstacle] if obstacle else [])
            continue
        sha256 = found.source.sha256
        if sha256 in first:
            intake.twins[path] = first[sha256]
            continue
        first[sha256] = path
        intake.documents.append(found)
    return intake


def is_settled(changed: float, settle: float, now: float) -> bool:
    """Whether a file that changed at one time is surely whole by another; both in seconds since 1970.

    A file server's clock may be ahead of ours by minutes; a time that is days ahead tells nothing of when it changed.
    """
    return now - changed >= settle or changed - now > _A_DAY or not settle


def candidates(paths: Iterable[Path], problems: list[Problem]) -> set[Path]:
    """The files that may be documents; adds to `problems` what leads to none."""
    candidates: set[Path] = set()
    for path in paths:
        if path.is_dir():
            inside = set(_walk(path, problems))
            if not inside:
                problems.append(Problem(ProblemCode.FOLDER_KOSONG, str(path)))
            candidates |= inside
        elif path.exists():
            candidates.add(path.absolute())
        else:
            problems.append(Problem(ProblemCode.TIDAK_ADA, str(path)))
    return candidates


def _walk(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    def refused(error: OSError) -> None:
        problems.append(Problem(ProblemCode.TIDAK_TERBUKA, str(error.filename), system_reason(error)))

    for root, folders, names in os.walk(folder.absolute(), onerror=refused):
        folders[:] = [name for name in folders if not name.startswith(".")]
        linked = [name for name in folders if Path(root, name).is_symlink()]  # os.walk does not enter these
        for name in [*names, *linked]:
            if name.lower().endswith(".pdf") and not name.startswith("."):
                yield Path(root, name)


def _obstacle(path: Path) -> Problem | None:
    """Why a path is not even opened: opening a pipe waits for ever, and a device never ends. Raises OSError."""
    known = path.stat()
    if not stat.S_ISREG(known.st_mode):
        return Problem(ProblemCode.BUKAN_BERKAS, str(path))
    if known.st_size > MOST_BYTES:
        return Problem(ProblemCode.TERLALU_BESAR, str(path), str(known.st_size >> 20))
    return None


def published_name(path: Path) -> str:
    """How a document is called in the datasets: its path from the last `raw` folder on, else its file name.

    Names nothing of the machine, so that the same documents give the same bytes anywhere. What cannot be printed is
    replaced: every name is text in one line.
    """
    parts = path.absolute().parts
    if not in_raw(path):
        return _UNPRINTABLE.sub("\ufffd", path.name)
    last = max(index for index, part in enumerate(parts[:-1]) if part == RAW)
    return _UNPRINTABLE.sub("\ufffd", "/".join(parts[last:]))


def _examine(path: Path) -> Found:
    sha256 = fingerprint(path)
    berkas = published_name(path)
    sidecar, notices = read_origin(path, berkas, sha256)
    source = Source(
        berkas=berkas,
        sha256=sha256,
        origin=sidecar.origin,
        url=sidecar.url,
        publisher=sidecar.publisher,
        retrieved=sidecar.retrieved,
        licence=sidecar.licence,
        notices=notices,
    )
    return Found(path, source, _visible_problem(path, berkas))


def _visible_problem(path: Path, berkas: str) -> Problem | None:
    """What the first bytes show; whatever needs a PDF library is left to the worker that reads the document."""
    with path.open("rb") as stream:
        head = stream.read(_HEADER_WINDOW)
    if not head:
        return Problem(ProblemCode.KOSONG, berkas)
    if b"%PDF-" not in head:
        return Problem(ProblemCode.BUKAN_PDF, berkas)
    return None
