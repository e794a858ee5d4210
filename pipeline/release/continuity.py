"""A release drops no document that releases before it list, unless it was replaced, or withdrawn by an operator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from pathlib import Path

from pipeline.release.errors import DamagedReleaseError, WouldLoseError
from pipeline.release.keep import current_number
from pipeline.release.manifest import InputFile, Manifest
from pipeline.release.store import MANIFEST, release_folder, release_numbers


def newest_manifest(curated: Path) -> Manifest | None:
    """That of the release with the highest number whose manifest can be read, None where there is none."""
    for number in reversed(release_numbers(curated)):
        manifest = _manifest(curated, number)
        if manifest is not None:
            return manifest
    return None


def listed_inputs(curated: Path) -> set[InputFile]:
    """The documents that the current release lists, and the newest one.

    After `rkt rollback` those differ, and the next release is promised to hold what the newest one has, too.
    """
    number = current_number(curated)
    current = None if number is None else _manifest(curated, number)
    manifests = [manifest for manifest in (current, newest_manifest(curated)) if manifest is not None]
    return {each for manifest in manifests for each in manifest.inputs}


def need_all(listed: Iterable[InputFile], present: Iterable[InputFile], accounted: Container[str]) -> None:
    """Raise WouldLoseError where documents that are listed are neither present nor accounted for, by their SHA-256.

    A listed document is taken to be replaced by a present one of the same name that is not listed itself. One document
    replaces one other: outside of a `raw` folder two offices' files may have one name.
    """
    known = {each.sha256: each for each in listed}
    there = list(present)
    shas = {each.sha256 for each in there}
    new = Counter(each.berkas for each in there if each.sha256 not in known)
    lost = []
    for each in sorted(known.values(), key=lambda one: (one.berkas, one.sha256)):
        if each.sha256 in shas or each.sha256 in accounted:
            continue
        if new[each.berkas]:
            new[each.berkas] -= 1
            continue
        lost.append(each)
    if lost:
        raise WouldLoseError([(each.berkas, each.sha256[:16]) for each in lost])


def _manifest(curated: Path, number: int) -> Manifest | None:
    try:
        return Manifest.read(release_folder(curated, number) / MANIFEST)
    except (DamagedReleaseError, FileNotFoundError):
        return None
