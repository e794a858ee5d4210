"""What the content of a release follows from, in one hash: an equal one means that a new release would say the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from pipeline.reference.editions import Edition
from pipeline.release.errors import DamagedReleaseError
from pipeline.release.keep import current_number, went_back_from
from pipeline.release.manifest import InputFile, Manifest
from pipeline.release.store import CATALOG, MANIFEST, release_folder
from pipeline.version import release_version


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A document of a release: how it is called, its bytes, the name of its result, and the result's bytes."""

    berkas: str
    sha256: str
    key: str
    result_sha256: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The current release, where nothing is new. `newest` is the release gone back from, or the current one itself."""

    number: int
    newest: int
    manifest: Manifest


def fingerprint(
    documents: Iterable[Ingredient],
    *,
    nip_masked: bool,
    nomenclature: Iterable[Edition],
    withdrawn: Sequence[InputFile],
) -> str:
    """64 hex digits over the documents and their results, what is asked of the release, and the code that makes it."""
    content = {
        "code": release_version(),
        "documents": sorted(astuple(document) for document in documents),
        "nip_masked": nip_masked,
        "nomenclature": sorted(edition.sha256 for edition in nomenclature),
        "withdrawn": sorted(astuple(document) for document in withdrawn),
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode(errors="surrogatepass")).hexdigest()


def standing_release(curated: Path, wanted: str) -> Standing | None:
    """The current release, if a new one of that fingerprint would say nothing new; else None.

    After `rkt rollback` a run that has nothing beyond the release gone back from leaves the operator's choice alone.
    A release that is damaged, or so old that it has no fingerprint, says nothing about itself: None.
    """
    number = current_number(curated)
    if number is None:
        return None
    newest = went_back_from(curated, number) or number
    try:
        manifest = _whole(release_folder(curated, number))
        known = {manifest.fingerprint, Manifest.read(release_folder(curated, newest) / MANIFEST).fingerprint}
    except (DamagedReleaseError, FileNotFoundError):
        return None
    return Standing(number, newest, manifest) if wanted in known else None


def _whole(folder: Path) -> Manifest:
    """The manifest of a release whose files are there in full length: a glance, where `need_whole` reads every byte.

    Raises DamagedReleaseError, FileNotFoundError.
    """
    manifest = Manifest.read(folder / MANIFEST)
    (folder / CATALOG).stat()
    for file in manifest.files:
        if (folder / file.path).stat().st_size != file.bytes:
            raise DamagedReleaseError(folder / file.path)
    return manifest
