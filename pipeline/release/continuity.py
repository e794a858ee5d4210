"""A release drops no document that releases before it list, unless it was replaced, or withdrawn by an operator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
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


def listings(curated: Path) -> list[frozenset[InputFile]]:
    """The documents that the current release lists, and those that the newest one does.

    After `rkt rollback`, or a publisher that died before it pointed to its release, these differ, and the next release
    is promised to hold what the newest one has, too.
    """
    number = current_number(curated)
    current = None if number is None else _manifest(curated, number)
    manifests = [manifest for manifest in (current, newest_manifest(curated)) if manifest is not None]
    return [frozenset(manifest.inputs) for manifest in manifests]


def listed_inputs(curated: Path) -> set[InputFile]:
    """All documents of these two releases."""
    return set().union(*listings(curated))


def need_all(listed: Iterable[Iterable[InputFile]], present: Iterable[InputFile], accounted: Container[str]) -> None:
    """Raise WouldLoseError where documents of a listing are neither present nor accounted for, by their SHA-256."""
    there = list(present)
    lost = {each for listing in listed for each in _lost(listing, there, accounted)}
    if lost:
        ordered = sorted(lost, key=lambda one: (one.berkas, one.sha256))
        raise WouldLoseError([(each.berkas, each.sha256[:16]) for each in ordered])


def _lost(listing: Iterable[InputFile], present: Iterable[InputFile], accounted: Container[str]) -> Iterator[InputFile]:
    """What one listing has and nothing present stands for.

    A listed document is taken to be replaced by a present one of the same name that this listing does not have. One
    document replaces one other: outside of a `raw` folder two offices' files may have one name.
    """
    known = {each.sha256: each for each in listing}
    shas = {each.sha256 for each in present}
    new = Counter(each.berkas for each in present if each.sha256 not in known)
    for each in sorted(known.values(), key=lambda one: (one.berkas, one.sha256)):
        if each.sha256 in shas or each.sha256 in accounted:
            continue
        if new[each.berkas]:
            new[each.berkas] -= 1
            continue
        yield each


def _manifest(curated: Path, number: int) -> Manifest | None:
    try:
        return Manifest.read(release_folder(curated, number) / MANIFEST)
    except (DamagedReleaseError, FileNotFoundError):
        return None
