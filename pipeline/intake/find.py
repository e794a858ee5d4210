"""Finds the documents under the paths that a user names."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.intake.found import (
    HEADER_WINDOW,
    MOST_BYTES,
    Found,
    Intake,
    is_settled,
    published_name,
    source_of,
    visible_problem,
)
from pipeline.intake.objects import find_objects
from pipeline.intake.problems import Problem, ProblemCode, system_reason
from pipeline.intake.seen import Seen
from pipeline.intake.sidecar import read_origin
from pipeline.intake.source import fingerprint
from pipeline.storage import Place


def find_documents(paths: Iterable[Path | Place], settle: float = 0.0, seen: Seen | None = None) -> Intake:
    """Look for PDFs in files and, recursively, in folders, on this disk or at an address; sorted by path, those of this
    disk first. Raises nothing about the files found, and StorageError where a storage does not answer.

    In a folder a document is what ends in .pdf, in any case; a file that is named outright may have any name.
    Folders and files whose name begins with a dot are passed over, and files that changed less than `settle` seconds
    ago: they may still be written. `seen` is what earlier runs saw at addresses.
    """
    intake = Intake()
    places = [Place.parse(path) for path in paths]
    now = time.time()
    for found in _on_disk([place.path for place in places if place.path is not None], intake, settle, now):
        intake.add(found)
    remote = [place for place in places if place.path is None]
    for found in find_objects(remote, intake, Seen() if seen is None else seen, settle, now) if remote else ():
        intake.add(found)
    return intake


def _on_disk(paths: Iterable[Path], intake: Intake, settle: float, now: float) -> Iterator[Found]:
    for path in sorted(candidates(paths, intake.problems)):
        try:
            if not is_settled(path.stat().st_mtime, settle, now):
                continue
            obstacle = _obstacle(path)
            found = _examine(path) if obstacle is None else None
        except OSError as error:
            obstacle, found = Problem(ProblemCode.TIDAK_TERBUKA, str(path), system_reason(error)), None
        if found is not None:
            yield found
        elif obstacle is not None:
            intake.problems.append(obstacle)


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


def _examine(path: Path) -> Found:
    place = Place(path)
    sha256 = fingerprint(path)
    berkas = published_name(place)
    source = source_of(berkas, sha256, *read_origin(path, berkas, sha256))
    with path.open("rb") as stream:
        kode = visible_problem(stream.read(HEADER_WINDOW))
    return Found(place, source, None if kode is None else Problem(kode, berkas))
