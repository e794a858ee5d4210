"""Where releases lie, how the last complete one is found, and how a new one takes its place.

A release is built in a hidden sibling folder, renamed to its number, and only then pointed to; a reader that resolves
the pointer once never sees half a release.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.release.errors import NoPointerError, NoReleaseError, ReleaseError

RELEASES = "releases"
CURRENT = "current"
MANIFEST = "manifest.json"
CATALOG = "catalog.duckdb"
PACKAGE = "datapackage.json"
_LOCK = ".publish.lock"
_BUILDING = ".building-"
REMOVING = ".removing-"
_DIGITS = 4


def current_release(curated: Path) -> Path | None:
    """The folder of the last complete release, null where there is none. Keep it: the pointer may move on."""
    pointer = curated / CURRENT
    folder = curated / pointer.readlink() if pointer.is_symlink() else pointer
    return folder if (folder / MANIFEST).is_file() else None


def need_release(curated: Path) -> Path:
    """The folder of the last complete release. Raises NoReleaseError."""
    folder = current_release(curated)
    if folder is None:
        raise NoReleaseError(curated)
    return folder


def release_numbers(curated: Path) -> list[int]:
    """The numbers of the releases on disk, ascending."""
    folder = curated / RELEASES
    if not folder.is_dir():
        return []
    return sorted(int(entry.name) for entry in folder.iterdir() if entry.name.isdecimal() and entry.is_dir())


def number_of(release: Path) -> int:
    """The number of a release, by its folder or what points to it. Raises NoPointerError for a copy of a release."""
    name = release.resolve().name
    if not name.isdecimal():
        raise NoPointerError(release)
    return int(name)


def release_folder(curated: Path, number: int) -> Path:
    """The folder of a release of that number, which need not exist."""
    return curated / RELEASES / release_name(number)


def release_name(number: int) -> str:
    """The name of a release's folder."""
    return f"{number:0{_DIGITS}d}"


@contextmanager
def publishing(curated: Path, timeout: float) -> Iterator[None]:
    """Hold the only right to publish into `curated`; waits up to `timeout` seconds. Raises ReleaseError."""
    (curated / RELEASES).mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(curated / _LOCK, timeout=timeout):
            _clear_leftovers(curated)
            yield
    except Timeout as error:
        raise ReleaseError(
            f"Proses lain sedang menerbitkan rilis di {curated}. Tunggu sampai selesai, lalu coba lagi.",
            f"Another process is publishing into {curated}. Wait for it to end and try again.",
        ) from error


def _clear_leftovers(curated: Path) -> None:
    """Delete what a publisher that was killed left behind: nobody else holds the lock."""
    for prefix in (_BUILDING, REMOVING):
        for leftover in (curated / RELEASES).glob(f"{prefix}*"):
            shutil.rmtree(leftover)
    for link in curated.glob(f".{CURRENT}-*"):
        link.unlink(missing_ok=True)


@contextmanager
def building(curated: Path) -> Iterator[Path]:
    """A hidden folder beside the releases; it is gone afterwards unless it was renamed."""
    folder = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=curated / RELEASES))
    folder.chmod(0o755)  # readers are other users
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def install(curated: Path, built: Path) -> tuple[int, Path]:
    """Give a built release the next number and point to it; returns both. A failure leaves the last one current."""
    _sync_tree(built)
    number = max(release_numbers(curated), default=0) + 1
    folder = release_folder(curated, number)
    built.rename(folder)
    try:
        _sync(curated / RELEASES)
        point_to(curated, number)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return number, folder


def point_to(curated: Path, number: int) -> None:
    """Make a release the current one, in one step."""
    target = Path(RELEASES) / release_folder(curated, number).name
    link = curated / f".{CURRENT}-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(target)
    try:
        link.replace(curated / CURRENT)
    except OSError:
        link.unlink(missing_ok=True)
        raise
    _sync(curated)


def _sync_tree(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
