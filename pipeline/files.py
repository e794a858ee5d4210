"""Files written so that no reader ever sees half of one, and told apart by their content."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

_READABLE = 0o644


def write_atomically(path: Path, data: bytes) -> None:
    """Replace a file: whoever opens it sees the old content or the new. Readable by all users, as PDFs and data are.

    Raises OSError where the folder cannot be written or the disk is full, and leaves nothing behind.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_READABLE)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, as 64 hex digits. Raises OSError where it cannot be read."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
