"""The folder `raw`: documents are put there whole, under a free name, and none is ever changed."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.fetch.failures import FailureCode, FetchError
from pipeline.files import sha256_of
from pipeline.intake.sidecar import Sidecar, sidecar_path, write_sidecar

# As intake does: producers may put a few bytes before the header (PDF 1.7, note 13).
_HEADER_WINDOW = 1024
# Behind the end of a PDF some servers and mail gateways leave text of their own.
_TAIL_WINDOW = 1 << 16
_PREFIX, _SUFFIX = ".fetch-", ".part"
_READABLE = 0o644


@dataclass(frozen=True, slots=True)
class Download:
    """A whole PDF in a file that nobody else sees yet: its size in bytes, and its SHA-256 in hex digits."""

    part: Path
    size: int
    sha256: str


class Shelf:
    """The documents under one `raw` folder, found by content. One process at a time puts documents there."""

    def __init__(self, raw: Path) -> None:
        self.raw = raw
        self._by_size: dict[int, list[Path]] = {}
        self._hashes: dict[Path, str] = {}
        for path in sorted(raw.rglob("*")) if raw.is_dir() else ():
            if path.name.startswith(_PREFIX) and path.name.endswith(_SUFFIX):
                path.unlink()  # what a killed run left
            elif path.suffix.lower() == ".pdf" and path.is_file():
                self._by_size.setdefault(path.stat().st_size, []).append(path)

    @contextmanager
    def receive(self, pieces: Iterator[bytes]) -> Iterator[Download]:
        """Take a body down into a hidden file, which is gone afterwards unless `put` has moved it.

        Raises FetchError where it is no PDF or not a whole one, and OSError where it cannot be written.
        """
        self.raw.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.raw, prefix=_PREFIX, suffix=_SUFFIX)
        part = Path(name)
        try:
            yield _write_pdf(handle, part, pieces)
        finally:
            part.unlink(missing_ok=True)

    def twin(self, download: Download) -> Path | None:
        """A document with the same bytes."""
        for path in self._by_size.get(download.size, []):
            if path not in self._hashes:
                self._hashes[path] = sha256_of(path)
            if self._hashes[path] == download.sha256:
                return path
        return None

    def put(self, download: Download, tahun: int, stem: str, sidecar: Sidecar) -> Path:
        """Give a download its name in the folder of its year. Raises OSError, and leaves nothing behind then.

        The sidecar comes first: a document that is seen without one would be taken for one of unknown origin.
        """
        folder = self.raw / str(tahun)
        folder.mkdir(exist_ok=True)
        path = _free_name(folder, stem, download.sha256)
        write_sidecar(sidecar_path(path), sidecar)
        try:
            download.part.chmod(_READABLE)
            download.part.rename(path)
        except OSError:
            sidecar_path(path).unlink(missing_ok=True)
            raise
        self._by_size.setdefault(download.size, []).append(path)
        self._hashes[path] = download.sha256
        return path


def _free_name(folder: Path, stem: str, sha256: str) -> Path:
    """`<stem>.pdf`, or with as much of its hash as it takes where that is another document's name."""
    for length in (0, 8, 64):
        path = folder / f"{stem}{'-' if length else ''}{sha256[:length]}.pdf"
        if not os.path.lexists(path) and not os.path.lexists(sidecar_path(path)):
            return path
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def _write_pdf(handle: int, part: Path, pieces: Iterator[bytes]) -> Download:
    digest, size, head, tail = hashlib.sha256(), 0, b"", b""
    with os.fdopen(handle, "wb") as stream:
        for piece in pieces:
            stream.write(piece)
            digest.update(piece)
            size += len(piece)
            tail = (tail + piece)[-_TAIL_WINDOW:]
            head += piece[: _HEADER_WINDOW - len(head)]
            if len(head) == _HEADER_WINDOW:
                _need_header(head)
        _need_header(head)
        if b"%%EOF" not in tail:
            raise FetchError(FailureCode.TERPOTONG, again=True)
        stream.flush()
        os.fsync(stream.fileno())
    return Download(part, size, digest.hexdigest())


def _need_header(head: bytes) -> None:
    if b"%PDF-" not in head:
        raise FetchError(FailureCode.BUKAN_PDF)
