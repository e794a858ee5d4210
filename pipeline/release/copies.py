"""Releases on object storage, read: a copy of what is needed on this disk, in the form of an ordinary curated folder.

    <cache>/<address>/<hash of checksums.json>/releases/<number>/…    with `current` beside `releases`

A copy holds one release and only the files that were asked for; it never changes. The four that were
used last are kept.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from pipeline.files import write_atomically
from pipeline.release.errors import DamagedReleaseError, NoReleaseError, NoSuchReleaseError
from pipeline.release.fingerprint import Standing
from pipeline.release.keep import Kept, find_release
from pipeline.release.manifest import Manifest
from pipeline.release.remote import (
    CHECKSUMS,
    Checksum,
    Pointer,
    checksums_of,
    look,
    need_sizes,
    read_pointer,
    release_path,
    write_pointer,
)
from pipeline.release.store import CATALOG, MANIFEST, PACKAGE, point_to, release_folder
from pipeline.storage import ObjectGoneError, Objects, Place, StorageError
from pipeline.storage.place import cache_home

_KEPT_COPIES = 4

Wanted = Callable[[str], bool]


class CopyError(StorageError):
    """What was downloaded cannot be kept on this disk."""

    def __init__(self, folder: Path, error: OSError) -> None:
        reason = errno.errorcode.get(error.errno or 0, type(error).__name__)
        said = {"ENOSPC": "disk penuh", "EACCES": "izin ditolak", "EROFS": "hanya dapat dibaca"}.get(reason, reason)
        super().__init__(
            f"{folder}: salinan rilis tidak dapat disimpan di sini ({said}). Beri ruang dan izin menulis, atau tunjuk "
            "folder lain dengan XDG_CACHE_HOME.",
            f"{folder}: a release cannot be copied to this folder ({reason}). Make room and let it be written, or name "
            "another folder in XDG_CACHE_HOME.",
        )


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CopyError(folder, error) from error


def catalog_only(path: str) -> bool:
    """What the fast commands need of a release."""
    return path in (MANIFEST, CATALOG)


def with_parquet(path: str) -> bool:
    """What comparing two releases, or exporting, needs besides."""
    return catalog_only(path) or path.startswith("parquet/")


def readable(curated: Place, wanted: Wanted = catalog_only) -> Path:
    """A folder on this disk that holds the current release of `curated`, resolved once.

    That is the folder itself where it is on this disk, whatever it holds. Raises NoReleaseError where nothing was
    published at the address, StorageError, and CopyError, which is one, where the copy cannot be written.
    """
    if curated.path is not None:
        return curated.path
    objects = Objects(str(curated))
    pointer = read_pointer(objects)
    if pointer is None:
        look(objects)  # where there is no such bucket, that is what to say
        raise NoReleaseError(curated)
    return copy_of(curated, objects, pointer, wanted)


def copy_of(curated: Place, objects: Objects, pointer: Pointer, wanted: Wanted) -> Path:
    """The copy of one release; what is not there yet is downloaded. Raises what `readable` raises."""
    home = cache_home() / curated.key / pointer.checksums[:16]
    with _writing(home):
        return _filled(home, objects, pointer, wanted)


def _filled(home: Path, objects: Objects, pointer: Pointer, wanted: Wanted) -> Path:
    folder = release_folder(home, pointer.number)
    listing = folder / CHECKSUMS
    if not listing.is_file():
        objects.download(release_path(pointer.number, CHECKSUMS), listing, pointer.checksums)
    for path, known in checksums_of(listing.read_bytes(), str(listing)).items():
        if wanted(path) and not _is_there(folder / path, known):
            objects.download(release_path(pointer.number, path), folder / path, known.sha256)
            if path == MANIFEST:
                _date(objects, pointer.number, folder)
    if not (home / "current").is_symlink():
        point_to(home, pointer.number)
    _prune(home)
    return home


def _is_there(path: Path, known: Checksum) -> bool:
    """Whether a file was copied. Its hash was right then; a size that is not tells of a damaged disk."""
    return path.is_file() and path.stat().st_size == known.bytes


def _date(objects: Objects, number: int, folder: Path) -> None:
    """When a release was published is told by its manifest's time."""
    for one in objects.below(release_path(number)):
        if one.path == release_path(number, MANIFEST):
            moment = one.written.timestamp()
            os.utime(folder / MANIFEST, (moment, moment))


def _prune(home: Path) -> None:
    """Keep the copies that were used last. Whoever reads one of the others has its files open already."""
    os.utime(home)
    for old in sorted(home.parent.iterdir(), key=_last_used, reverse=True)[_KEPT_COPIES:]:
        shutil.rmtree(old, ignore_errors=True)


def _last_used(home: Path) -> float:
    try:
        return home.stat().st_mtime
    except FileNotFoundError:  # another reader lets go of the same
        return 0.0


def adopt(curated: Place, objects: Objects, pointer: Pointer, built: Path) -> Path:
    """Make a release that was just pushed the copy of itself, so that it need not be downloaded."""
    folder = release_folder(cache_home() / curated.key / pointer.checksums[:16], pointer.number)
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name in (MANIFEST, CATALOG, PACKAGE):
            shutil.copyfile(built / name, folder / name)
    _date(objects, pointer.number, folder)
    return copy_of(curated, objects, pointer, catalog_only)


def manifests_folder(curated: Place, folder: Path) -> Path:
    """A curated folder with no more than the manifests of the current release and of the newest one: the folder
    itself where it is on this disk, else `folder`, which is made anew. Raises StorageError and OSError.
    """
    if curated.path is not None:
        return curated.path
    objects = Objects(str(curated))
    pointer = read_pointer(objects)
    numbers = {*look(objects).whole()[-1:], *([] if pointer is None else [pointer.number])}
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number in numbers:
        with suppress(ObjectGoneError):  # a damaged release is replaced by the next, as on a disk
            objects.download(release_path(number, MANIFEST), release_folder(folder, number) / MANIFEST)
    if pointer is not None:
        point_to(folder, pointer.number)
    return folder


def pointer_to(curated: Place, objects: Objects, number: int) -> Pointer:
    """A pointer that goes back to a complete release of that number. Raises NoSuchReleaseError and StorageError."""
    whole = look(objects).whole()
    if number not in whole:
        raise NoSuchReleaseError(curated, number, whole)
    try:
        checksums = sha256(objects.read(release_path(number, CHECKSUMS))).hexdigest()
    except ObjectGoneError as error:
        raise DamagedReleaseError(objects.address(release_path(number, CHECKSUMS))) from error
    return Pointer(number, checksums, whole[-1])


def release_copy(curated: Place, number: int, wanted: Wanted) -> Path:
    """The folder of a release of that number, a copy where it lies elsewhere. Raises NoSuchReleaseError and more."""
    if curated.path is not None:
        return find_release(curated.path, number)
    objects = Objects(str(curated))
    home = copy_of(curated, objects, pointer_to(curated, objects, number), wanted)
    return release_folder(home, number)


def kept_remotely(curated: Place) -> list[Kept]:
    """All complete releases at an address, the newest first. Raises NoReleaseError and StorageError."""
    objects = Objects(str(curated))
    shelves, pointer = look(objects), read_pointer(objects)
    if not shelves.whole():
        raise NoReleaseError(curated)
    home = cache_home() / "manifests" / curated.key
    kept = []
    for number in reversed(shelves.whole()):
        (listed,) = [one for one in shelves.files[number] if one.path == release_path(number, MANIFEST)]
        copy = home / f"{sha256(listed.version.encode()).hexdigest()[:16]}-{number}.json"
        current = pointer is not None and pointer.number == number
        try:
            with _writing(home):
                if not copy.is_file():
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    write_atomically(copy, objects.read(listed.path))
            kept.append(Kept(number, current, listed.written, Manifest.read(copy)))
        except (DamagedReleaseError, ObjectGoneError):
            kept.append(Kept(number, current, None, None))
    return kept


def roll_back_remotely(curated: Place, number: int) -> tuple[int | None, Manifest, int]:
    """Make another release the current one; returns the number that was, its manifest, and the highest number taken.

    Every file must be there in its size. Raises NoSuchReleaseError, DamagedReleaseError and StorageError.
    """
    objects = Objects(str(curated))
    pointer = pointer_to(curated, objects, number)
    manifest = _whole(curated, objects, pointer)
    before = read_pointer(objects)
    if before != pointer:
        write_pointer(objects, pointer)
    return None if before is None else before.number, manifest, look(objects).highest()


def standing_remotely(curated: Place, wanted: str) -> Standing | None:
    """What `standing_release` tells of a folder: the current release, if one of that fingerprint would say nothing new.

    Raises StorageError.
    """
    objects = Objects(str(curated))
    pointer = read_pointer(objects)
    if pointer is None:
        return None
    try:
        manifest = _whole(curated, objects, pointer)
        known = {manifest.fingerprint}
        if pointer.newest != pointer.number and look(objects).whole()[-1] == pointer.newest:
            known.add(_whole(curated, objects, pointer_to(curated, objects, pointer.newest)).fingerprint)
    except (DamagedReleaseError, ObjectGoneError):
        return None
    return Standing(pointer.number, pointer.newest, manifest) if wanted in known else None


def _whole(curated: Place, objects: Objects, pointer: Pointer) -> Manifest:
    """The manifest of a release whose files are there in their sizes. Raises DamagedReleaseError, ObjectGoneError."""
    home = copy_of(curated, objects, pointer, lambda path: path == MANIFEST)
    folder = release_folder(home, pointer.number)
    need_sizes(objects, pointer.number, checksums_of((folder / CHECKSUMS).read_bytes(), str(folder / CHECKSUMS)))
    return Manifest.read(folder / MANIFEST)


def remove_old_remotely(curated: Place, keep: int) -> list[int]:
    """Delete all but the newest `keep` (1 or more) releases, never the current one; returns the numbers that went.

    The manifest goes first: without it a number is no release. A reader that resolved such a release before may find
    files gone. Raises StorageError; the next publisher deletes what then is left.
    """
    if keep < 1:
        raise ValueError(f"{keep} releases cannot be kept")
    objects = Objects(str(curated))
    shelves, pointer = look(objects), read_pointer(objects)
    old = [number for number in shelves.whole()[:-keep] if pointer is None or number != pointer.number]
    for number in old:
        manifest = release_path(number, MANIFEST)
        objects.delete([manifest, *(one.path for one in shelves.files[number] if one.path != manifest)])
    return old
