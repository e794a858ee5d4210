"""The few operations on objects below one address that the pipeline needs; every failure is a StorageError.

Whole objects only: closing a stream publishes what it holds, even after an exception in the middle.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.files import sha256_of
from pipeline.storage.errors import missing_library, other_bytes, told

# Keys, endpoint and region come from the environment of each process, as boto has it. None are ever passed around.
_OPTIONS: dict[str, dict[str, Any]] = {
    "s3": {
        "config_kwargs": {
            "connect_timeout": 10,
            "read_timeout": 30,
            "retries": {"mode": "standard", "total_max_attempts": 4},
        }
    }
}
# s3fs tries again what botocore has given up: five times unless told, which is 10 minutes where a server takes
# connections and answers nothing.
_RETRIES = {"s3": 2}
_PIECE = 8 << 20
_TAGS = ("ETag", "etag", "generation")
_OTHERWISE = ("LastModified", "last_modified", "mtime", "created")
# s3fs takes what follows in a name for the version of another object.
_NO_NAME = "?versionId="


@dataclass(frozen=True, slots=True)
class Listed:
    """An object: its path below the address, its size in bytes, when it was written, and its `version`: another one
    means other bytes.
    """

    path: str
    size: int
    written: datetime
    version: str


class Objects:
    """The objects below an address such as `s3://bucket/curated`. Thread-safe."""

    def __init__(self, url: str) -> None:
        """Raises StorageError where the library for this kind of storage is missing."""
        import fsspec

        self.url = url
        protocol, _, root = url.partition("://")
        self._root = root.strip("/")
        options = _OPTIONS.get(protocol, {})
        try:
            self._fs = fsspec.filesystem(protocol, use_listings_cache=False, **options)
        except (ImportError, ValueError):
            raise missing_library(protocol) from None
        if protocol in _RETRIES:
            self._fs.retries = _RETRIES[protocol]
        if protocol == "memory":
            self._root = f"/{self._root}"

    def __reduce__(self) -> tuple[type[Objects], tuple[str]]:
        return Objects, (self.url,)

    def address(self, path: str) -> str:
        """The full address of an object below."""
        return f"{self.url}/{path}" if path else self.url

    def names(self, path: str) -> bool:
        """Whether the library can name that object: some names would give another one."""
        return _NO_NAME not in self._key(path)

    def _key(self, path: str) -> str:
        return f"{self._root}/{path}" if path else self._root

    def below(self, folder: str = "") -> list[Listed]:
        """All objects below a folder, sorted by path; none where there is no such folder. Raises StorageError."""
        with told(self.address(folder)):
            found: Mapping[str, Mapping[str, Any]] = self._fs.find(self._key(folder), detail=True)
        cut = len(self._root) + 1
        # Where something appears in this moment, s3fs gives the folder itself; what ends in a slash marks a folder.
        files = [
            _listed(name[cut:], info)
            for name, info in found.items()
            if info["type"] == "file" and not name.endswith("/")
        ]
        return sorted(files, key=lambda one: one.path)

    def itself(self) -> Listed | None:
        """The object whose address this is, by the path ""; None where it is that of no object. Raises StorageError."""
        with told(self.url, read=True):
            try:
                info: Mapping[str, Any] = self._fs.info(self._root)
            except FileNotFoundError:
                return None
        return _listed("", info) if info["type"] == "file" and info["name"] == self._root else None

    def read(self, path: str) -> bytes:
        """An object's bytes. Raises ObjectGoneError and StorageError."""
        with told(self.address(path), read=True):
            data: bytes = self._fs.cat_file(self._key(path))
        return data

    def chunks(self, path: str, most: int | None = None) -> Iterator[bytes]:
        """An object's bytes in pieces, no more than `most`: it may be larger than memory. Raises as `read` does."""
        with told(self.address(path), read=True), self._fs.open(self._key(path), "rb", cache_type="none") as stream:
            while piece := stream.read(_PIECE if most is None else min(most, _PIECE)):
                most = None if most is None else most - len(piece)
                yield piece

    def write(self, path: str, data: bytes) -> None:
        """Replace an object, or make it, in one step. Raises StorageError."""
        with told(self.address(path)):
            self._fs.pipe_file(self._key(path), data)

    def create(self, path: str, data: bytes) -> None:
        """Make an object that is not there yet. Raises ObjectExistsError where another was first, and StorageError."""
        with told(self.address(path)):
            self._fs.pipe_file(self._key(path), data, mode="create")

    def upload(self, source: Path, path: str) -> None:
        """Make an object of a file; large ones in parts, which appear as one object. Raises StorageError."""
        with told(self.address(path)):
            self._fs.put_file(str(source), self._key(path))

    def download(self, path: str, target: Path, sha256: str | None = None) -> None:
        """Make a file of an object, whole or not at all; its bytes must have the hash where one is given.

        Raises ObjectGoneError, StorageError, and OSError where this disk refuses.
        """
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".unduh-")
        os.close(handle)
        temporary = Path(name)
        try:
            with told(self.address(path), read=True):
                self._fs.get_file(self._key(path), name)
            if sha256 is not None and sha256_of(temporary) != sha256:
                raise other_bytes(self.address(path))
            temporary.chmod(0o644)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)

    def delete(self, paths: list[str]) -> None:
        """Delete objects; one that is gone already is no failure. Raises StorageError."""
        for path in paths:
            with told(self.address(path)):
                try:
                    self._fs.rm_file(self._key(path))
                except FileNotFoundError:
                    continue


def _listed(path: str, info: Mapping[str, Any]) -> Listed:
    written = info.get("LastModified") or info.get("last_modified") or info.get("created") or info.get("mtime")
    if isinstance(written, int | float):
        written = datetime.fromtimestamp(written, UTC)
    if not isinstance(written, datetime):
        raise TypeError(f"{path}: this storage does not tell when an object was written")
    # Listings and looks at one object tell the same time differently, and only some tell a version.
    known = [info[name] for name in _TAGS if info.get(name)] or [info[name] for name in _OTHERWISE if info.get(name)]
    version = "|".join(map(str, known))
    return Listed(path, int(info["size"]), written.astimezone(UTC), f"{version}|{info['size']}")
