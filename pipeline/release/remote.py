"""Releases on object storage: what lies where, the pointer, and how a release that was built here gets there.

    current.json                     the pointer: a number, and the hash of that release's checksums.json; written last
    releases/<number>/…              a release as on a disk, and checksums.json: bytes and SHA-256 of each of its files
    releases/<number>/manifest.json  comes after all other files: a number without it is no release
    claims/<number>.json             who publishes that number; made by create-only, so that only one publisher can

A number is never used twice, so whatever a publisher that died may still write lies under a number of its own.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path, PurePosixPath

from pipeline.files import sha256_of
from pipeline.release.errors import DamagedReleaseError
from pipeline.release.manifest import dump
from pipeline.release.store import MANIFEST, RELEASES, release_name
from pipeline.storage import Listed, ObjectExistsError, ObjectGoneError, Objects, StorageError

POINTER = "current.json"
CHECKSUMS = "checksums.json"
CLAIMS = "claims"
_FORMAT = 1
_LOG = logging.getLogger(__name__)

# A publisher renews its claim between files. Longer than the upload of the largest file may take.
LEASE = timedelta(hours=1)
_RENEW_SECONDS = 60.0


class MovedOnError(StorageError):
    """Another publisher took the number that this run was to publish."""

    def __init__(self, url: str, number: int) -> None:
        super().__init__(
            f"{url}: rilis {number} diterbitkan proses lain sejak proses ini mulai, jadi tidak ada yang ditimpa. "
            "Jalankan lagi; yang sudah dibaca tidak diulang.",
            f"{url}: another process has published release {number} since this run began, so nothing was overwritten. "
            "Run it again; what was read is not read again.",
        )


class ClaimedError(StorageError):
    """Another publisher is at work."""

    def __init__(self, url: str, number: int) -> None:
        hours = int(LEASE.total_seconds() // 3600)
        super().__init__(
            f"{url}: rilis {number} sedang diterbitkan proses lain. Tunggu sampai selesai. Jika proses itu mati, "
            f"klaimnya lepas sendiri setelah {hours} jam.",
            f"{url}: release {number} is being published by another process. Wait until it has ended. If that process "
            f"is dead, its claim lapses after {hours} hour.",
        )


@dataclass(frozen=True, slots=True)
class Checksum:
    """A file of a release: its size and hash."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Pointer:
    """The current release: its number, and the SHA-256 of its checksums.json.

    `newest` is the release that somebody went back from, or the number itself.
    """

    number: int
    checksums: str
    newest: int


@dataclass(slots=True)
class Shelves:
    """All that lies there by number: objects of releases, whole or not, and claims."""

    files: dict[int, list[Listed]] = field(default_factory=dict)
    claims: dict[int, Listed] = field(default_factory=dict)

    def whole(self) -> list[int]:
        """The numbers of complete releases, ascending."""
        return sorted(number for number, files in self.files.items() if _manifest_of(files) is not None)

    def highest(self) -> int:
        """The highest number that was ever taken, 0 where none was."""
        return max([*self.files, *self.claims], default=0)


def _manifest_of(files: Iterable[Listed]) -> Listed | None:
    return next((one for one in files if one.path.count("/") == 2 and one.path.endswith(f"/{MANIFEST}")), None)


def look(objects: Objects) -> Shelves:
    """What lies there now. Raises StorageError."""
    shelves = Shelves()
    for one in objects.below(RELEASES):
        number = one.path.split("/")[1]
        if number.isdecimal():
            shelves.files.setdefault(int(number), []).append(one)
    shelves.claims = _claims(objects)
    return shelves


def _claims(objects: Objects) -> dict[int, Listed]:
    named = {PurePosixPath(one.path).stem: one for one in objects.below(CLAIMS)}
    return {int(name): one for name, one in named.items() if name.isdecimal()}


def release_path(number: int, path: str = "") -> str:
    """Where a release, or a file of it, lies below the address."""
    return "/".join(part for part in (RELEASES, release_name(number), path) if part)


def read_pointer(objects: Objects) -> Pointer | None:
    """The current release, None where nothing was published. Raises DamagedReleaseError and StorageError."""
    try:
        content = json.loads(objects.read(POINTER))
        return Pointer(int(content["number"]), str(content["checksums"]), int(content["newest"]))
    except ObjectGoneError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedReleaseError(objects.address(POINTER)) from error


def write_pointer(objects: Objects, pointer: Pointer) -> None:
    """Make a release the current one, in one step. Raises StorageError."""
    objects.write(POINTER, dump({"format": _FORMAT, **asdict(pointer)}).encode())


def checksums_of(content: bytes, url: str) -> dict[str, Checksum]:
    """The files of a release by their path, out of its checksums.json. Raises DamagedReleaseError."""
    try:
        return {path: Checksum(**given) for path, given in json.loads(content)["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedReleaseError(url) from error


def begin(objects: Objects, publisher: str) -> int:
    """The highest number taken so far, as a run begins; `push` refuses where it has changed by then.

    `publisher` names the state folder that the run holds: a claim of its own is that of a run that died. Raises
    ClaimedError while another publisher is at work, StorageError where the storage cannot be reached.
    """
    shelves = look(objects)
    whole = set(shelves.whole())
    for number, claim in shelves.claims.items():
        fresh = datetime.now(UTC) - claim.written < LEASE
        if number not in whole and fresh and _holder(objects, claim) != publisher:
            raise ClaimedError(objects.url, number)
    return shelves.highest()


def _holder(objects: Objects, claim: Listed) -> str | None:
    """Who made a claim, None where it is gone meanwhile or not ours to understand."""
    try:
        content = json.loads(objects.read(claim.path))
    except (ObjectGoneError, ValueError):
        return None
    return str(content.get("publisher")) if isinstance(content, dict) else None


def push(objects: Objects, folder: Path, began: int, publisher: str) -> Pointer:
    """Upload the release in `folder` under the number after `began` and make it the current one.

    Raises MovedOnError where another publisher took a number since, StorageError where the storage refuses; the
    pointer then still names the release that it named.
    """
    number = began + 1
    claim = _Claim(objects, number, publisher)
    claim.make()
    _clear(objects, number)
    checksums = _measure(folder)
    for path in checksums:
        if path != MANIFEST:
            objects.upload(folder / path, release_path(number, path))
            claim.renew()
    listed = dump({"format": _FORMAT, "files": {path: asdict(one) for path, one in checksums.items()}}).encode()
    objects.write(release_path(number, CHECKSUMS), listed)
    need_sizes(objects, number, {path: one for path, one in checksums.items() if path != MANIFEST})
    claim.need()
    objects.upload(folder / MANIFEST, release_path(number, MANIFEST))
    claim.need()
    pointer = Pointer(number, sha256(listed).hexdigest(), number)
    write_pointer(objects, pointer)
    _tidy(objects, [claim.path])
    return pointer


class _Claim:
    """The right to publish one number."""

    def __init__(self, objects: Objects, number: int, publisher: str) -> None:
        self.path = f"{CLAIMS}/{release_name(number)}.json"
        self._objects = objects
        self._number = number
        self._content = dump({"publisher": publisher, "number": number}).encode()
        self._renewed = 0.0

    def make(self) -> None:
        """Raises MovedOnError where this number, or a higher one, is taken."""
        self._refuse(look(self._objects).highest(), self._number)
        try:
            self._objects.create(self.path, self._content)
        except ObjectExistsError:
            if not self._is_ours():
                raise MovedOnError(self._objects.url, self._number) from None
        self._renewed = time.monotonic()

    def _is_ours(self) -> bool:
        """Whether the request was answered, the answer lost, and the request made again. Nobody has had this number
        before, and of one state folder only one run publishes.
        """
        try:
            return self._objects.read(self.path) == self._content
        except ObjectGoneError:
            return False

    def renew(self) -> None:
        if time.monotonic() - self._renewed > _RENEW_SECONDS:
            self._objects.write(self.path, self._content)
            self._renewed = time.monotonic()

    def need(self) -> None:
        """Raises MovedOnError where another took us for dead."""
        self._refuse(max(_claims(self._objects), default=0), self._number + 1)

    def _refuse(self, highest: int, least: int) -> None:
        if highest >= least:
            raise MovedOnError(self._objects.url, highest)


def _clear(objects: Objects, number: int) -> None:
    """Delete what publishers that died, or a deletion that was cut short, left below lower numbers."""
    shelves = look(objects)
    whole = set(shelves.whole())
    left = [
        one.path for lower, files in shelves.files.items() if lower < number and lower not in whole for one in files
    ]
    _tidy(objects, left + [claim.path for lower, claim in shelves.claims.items() if lower < number])


def _tidy(objects: Objects, paths: list[str]) -> None:
    """Delete what counts for nothing any more. Where that fails it takes space, and goes with a later release."""
    try:
        objects.delete(paths)
    except StorageError as error:
        _LOG.warning("not deleted: %s", error)


def _measure(folder: Path) -> dict[str, Checksum]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): Checksum(path.stat().st_size, sha256_of(path)) for path in files}


def need_sizes(objects: Objects, number: int, checksums: Mapping[str, Checksum]) -> None:
    """Raises DamagedReleaseError where a file of a release is missing there or has another size."""
    root = release_path(number)
    sizes = {one.path.removeprefix(f"{root}/"): one.size for one in objects.below(root)}
    for path, one in checksums.items():
        if sizes.get(path) != one.bytes:
            raise DamagedReleaseError(objects.address(f"{root}/{path}"))
