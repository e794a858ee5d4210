"""Where a run publishes: into a folder on this disk, or by way of one in the state folder to an address."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.release.copies import adopt, remove_old_remotely, standing_remotely
from pipeline.release.fingerprint import Standing, standing_release
from pipeline.release.keep import remove_old
from pipeline.release.remote import begin, push
from pipeline.storage import Objects, Place
from pipeline.worker.store import Store

if TYPE_CHECKING:
    from pipeline.release.build import Release


@dataclass(frozen=True, slots=True)
class Target:
    """A curated folder as a run found it when it began: `began` is the highest number taken at an address then.

    `working` is the folder on this disk into which a release is built.
    """

    curated: Place
    working: Path
    began: int | None
    publisher: str

    def publish(self, build: Callable[[Path], Release]) -> Release:
        """Let `build` publish into the working folder, and bring that to its address, where it has one.

        Raises what `build` raises, StorageError where the storage refuses; the last release then stays current.
        """
        if self.began is None:
            return build(self.working)
        try:
            release = build(self.working)
            objects = Objects(str(self.curated))
            pointer = push(objects, release.path, self.began, self.publisher)
            adopt(self.curated, objects, pointer, release.path)
        finally:
            shutil.rmtree(self.working, ignore_errors=True)
        return replace(release, number=pointer.number)

    def standing(self, fingerprint: str) -> Standing | None:
        """The current release, where it says all that one with this fingerprint would. Raises StorageError."""
        if self.began is None:
            return standing_release(self.working, fingerprint)
        return standing_remotely(self.curated, fingerprint)

    def remove_old(self, keep: int) -> list[int]:
        """Delete all but the newest `keep` releases, never the current one; returns their numbers."""
        return remove_old(self.working, keep) if self.began is None else remove_old_remotely(self.curated, keep)


def target_of(curated: Place, store: Store) -> Target:
    """Where the run that holds `store` publishes. Raises StorageError where an address cannot be reached, and
    ClaimedError while another publisher is at work there.
    """
    if curated.path is not None:
        return Target(curated, curated.path, None, "")
    publisher = store.publisher()
    outbox = store.folder / "outbox"
    shutil.rmtree(outbox, ignore_errors=True)  # of a run that was killed while it published
    return Target(curated, outbox, begin(Objects(str(curated)), publisher), publisher)
