"""Keeping releases: which there are, whether one is whole, going back to one, and letting go of old ones."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.files import sha256_of, write_atomically
from pipeline.release.errors import DamagedReleaseError, NoReleaseError, NoSuchReleaseError
from pipeline.release.manifest import Manifest
from pipeline.release.store import (
    CATALOG,
    MANIFEST,
    REMOVING,
    current_release,
    number_of,
    point_to,
    publishing,
    release_folder,
    release_numbers,
)

_LOCK_SECONDS = 10.0
_WENT_BACK = ".rollback.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """A release on disk. `manifest` is null where it is damaged; `published` is when its manifest was written."""

    number: int
    current: bool
    published: datetime | None
    manifest: Manifest | None


def kept_releases(curated: Path) -> list[Kept]:
    """All releases on disk, the newest first. Raises NoReleaseError where there is none."""
    numbers = release_numbers(curated)
    if not numbers:
        raise NoReleaseError(curated)
    current = current_number(curated)
    return [_kept(curated, number, number == current) for number in reversed(numbers)]


def current_number(curated: Path) -> int | None:
    """The number of the current release, null where there is none."""
    folder = current_release(curated)
    return None if folder is None else number_of(folder)


def find_release(curated: Path, number: int) -> Path:
    """The folder of a release that is there with its manifest. Raises NoSuchReleaseError."""
    folder = release_folder(curated, number)
    if not (folder / MANIFEST).is_file():
        raise NoSuchReleaseError(curated, number, release_numbers(curated))
    return folder


def need_whole(folder: Path) -> Manifest:
    """The manifest of a release every file of which is there with the bytes it names. Raises DamagedReleaseError."""
    manifest = Manifest.read(folder / MANIFEST)
    for file in manifest.files:
        path = folder / file.path
        if not path.is_file() or path.stat().st_size != file.bytes or sha256_of(path) != file.sha256:
            raise DamagedReleaseError(path)
    if not (folder / CATALOG).is_file():
        raise DamagedReleaseError(folder / CATALOG)
    return manifest


def roll_back(curated: Path, number: int) -> tuple[int | None, Manifest]:
    """Make an earlier (or later) release the current one; returns the number that was current, and its manifest.

    Nothing is deleted, and the next ingest still takes the number after the highest. Raises NoSuchReleaseError,
    DamagedReleaseError where a file of the release is not what its manifest says, ReleaseError while another process
    publishes, OSError where the pointer cannot be written; the release that was current then stays so.
    """
    with publishing(curated, _LOCK_SECONDS):
        manifest = need_whole(find_release(curated, number))
        before = current_number(curated)
        _note_going_back(curated, number)
        point_to(curated, number)
    return before, manifest


def went_back_from(curated: Path, number: int) -> int | None:
    """The newest release, where `number` is current because somebody went back to it; None where that is not so.

    A release that was built but never pointed to, because its process died, is not gone back from.
    """
    try:
        noted = json.loads((curated / _WENT_BACK).read_text(encoding="utf-8"))
        to, newest = int(noted["to"]), int(noted["newest"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):  # nobody did, or the note cannot be used
        return None
    return newest if to == number and release_numbers(curated)[-1:] == [newest] else None


def _note_going_back(curated: Path, number: int) -> None:
    """Before the pointer moves: a note that the pointer does not follow counts for nothing."""
    note = {"to": number, "newest": release_numbers(curated)[-1]}
    write_atomically(curated / _WENT_BACK, (json.dumps(note) + "\n").encode())


def remove_old(curated: Path, keep: int) -> list[int]:
    """Delete all but the newest `keep` (1 or more) releases; returns the numbers of those that went, ascending.

    The current release stays, and so does one whose catalog another process has open. Who reads the Parquet or CSV
    files cannot be known. Raises ReleaseError while another process publishes, OSError where the disk refuses.
    """
    if keep < 1:
        raise ValueError(f"{keep} releases cannot be kept")
    with publishing(curated, _LOCK_SECONDS):
        old = list(_removable(curated, keep))
        for number in old:
            _remove(curated, number)
    return old


def _removable(curated: Path, keep: int) -> Iterator[int]:
    current = current_number(curated)
    for number in release_numbers(curated)[:-keep]:
        if number != current and not _is_open(release_folder(curated, number) / CATALOG):
            yield number


def _remove(curated: Path, number: int) -> None:
    """Out of sight in one step, so that no reader finds half of it; then deleted."""
    folder = release_folder(curated, number)
    hidden = folder.with_name(f"{REMOVING}{folder.name}")
    folder.rename(hidden)
    shutil.rmtree(hidden)


def _is_open(catalog: Path) -> bool:
    """Whether another process has the catalog open: DuckDB holds a shared lock on what it reads."""
    try:
        with catalog.open("r+b") as stream:
            fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _kept(curated: Path, number: int, current: bool) -> Kept:
    path = release_folder(curated, number) / MANIFEST
    try:
        manifest = Manifest.read(path)
        published = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (DamagedReleaseError, FileNotFoundError):
        return Kept(number, current, None, None)
    return Kept(number, current, published, manifest)
