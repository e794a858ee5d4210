"""Documents as files of this disk, for as long as they are read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.files import sha256_of
from pipeline.storage import ObjectChangedError, Objects, Place


@contextmanager
def at_hand(place: Place, sha256: str, spool: Path) -> Iterator[Path]:
    """The document as a file: its own, or a copy below `spool` that is deleted after the block.

    A copy has the bytes that were found. Raises ObjectError where they are not to be had, other StorageErrors where the
    storage does not answer, and OSError where this disk refuses.
    """
    if place.path is not None:
        yield place.path
        return
    spool.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="rkt-", dir=spool, ignore_cleanup_errors=True) as folder:
        copy = Path(folder, f"{sha256[:16]}.pdf")
        Objects(str(place)).download("", copy)
        if sha256_of(copy) != sha256:
            raise ObjectChangedError(str(place))
        yield copy


def empty(spool: Path) -> None:
    """Delete the copies that a run left which was killed."""
    shutil.rmtree(spool, ignore_errors=True)
