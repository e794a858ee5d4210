"""Finds the documents at addresses such as `s3://bucket/raw`: by listing them, and by downloading only what is new."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from pipeline.intake.found import (
    HEADER_WINDOW,
    MOST_BYTES,
    Found,
    Intake,
    is_settled,
    published_name,
    source_of,
    visible_problem,
)
from pipeline.intake.problems import Problem, ProblemCode, explain_reason
from pipeline.intake.seen import Look, Seen
from pipeline.intake.sidecar import MOST_BYTES as MOST_OF_A_SIDECAR
from pipeline.intake.sidecar import SidecarError, origin_at, sidecar_name
from pipeline.storage import Listed, ObjectError, Objects, Place

# Downloads at once: enough to hide the distance to the server, few enough not to be taken for an attack.
_AT_ONCE = 16
_KEPT_EVERY = 60.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """An object that may be a document, and what lies beside it as its sidecar."""

    url: str
    listed: Listed
    sidecar: Listed | None

    @property
    def place(self) -> Place:
        return Place(url=self.url)


def find_objects(addresses: Iterable[Place], intake: Intake, seen: Seen, settle: float, now: float) -> Iterator[Found]:
    """The documents at addresses, sorted; what is as it was when it was `seen` is not downloaded.

    Adds to `intake` what leads to none. Raises StorageError where a storage does not answer, and OSError where what was
    seen cannot be written down.
    """
    listed = _list_all(addresses, intake)
    settled = [one for one in listed if is_settled(one.listed.written.timestamp(), settle, now)]
    looks = _look_at(settled, seen, intake.problems)
    seen.forget(url for url in seen.addresses() if intake.lacks(Place(url=url)))
    for one in settled:
        if one.url in looks:
            yield _found(one.place, looks[one.url])


def find_known(places: Iterable[Place], seen: Seen) -> dict[Place, Found]:
    """Those of these objects that are there, whatever lies beside them. Raises as `find_objects` does."""
    wanted = {str(place) for place in places}
    listed: list[Candidate] = []
    for folder in _outermost({url.rpartition("/")[0] for url in wanted}):
        try:
            listed += [one for one in _candidates(Objects(folder)) if one.url in wanted]
        except ObjectError:  # as if they were not there
            continue
    looks = _look_at(listed, seen, [])
    return {one.place: _found(one.place, looks[one.url]) for one in listed if one.url in looks}


def list_address(address: Place) -> list[Candidate]:
    """The objects below an address that may be documents, and the object itself where it is that of one, whatever its
    name. Raises ObjectError where the address cannot be looked through, StorageError where nobody answers.
    """
    return _documents(str(address), _candidates(Objects(str(address))))


def _list_all(addresses: Iterable[Place], intake: Intake) -> list[Candidate]:
    """What may be documents at all addresses, sorted; adds to `intake` what leads to none, and what was there."""
    found: dict[str, Candidate] = {}
    for address in addresses:
        try:
            every = _candidates(Objects(str(address)))
        except ObjectError as error:
            intake.problems.append(Problem(ProblemCode.TIDAK_TERBUKA, str(address), error.reason))
            continue
        documents = _documents(str(address), every)
        if not documents:
            intake.problems.append(Problem(ProblemCode.FOLDER_KOSONG, str(address)))
        intake.listed.append(address)
        intake.objects.update(one.url for one in every)
        found |= {one.url: one for one in documents}
    return [found[url] for url in sorted(found)]


def _candidates(objects: Objects) -> list[Candidate]:
    """Every object at and below an address, each with what would be its sidecar."""
    every = {one.path: one for one in objects.below() if one.path}
    found = [Candidate(objects.address(path), one, every.get(sidecar_name(path))) for path, one in every.items()]
    try:
        own = objects.itself()
        sidecar = None if own is None else Objects(sidecar_name(objects.url)).itself()
    except ObjectError:
        if not found:
            raise
        return found
    return found if own is None else [*found, Candidate(objects.url, own, sidecar)]


def _documents(address: str, every: Iterable[Candidate]) -> list[Candidate]:
    return [one for one in every if one.url == address or _may_be_document(one.url[len(address) + 1 :])]


def _may_be_document(path: str) -> bool:
    return path.lower().endswith(".pdf") and not any(part.startswith(".") for part in path.split("/"))


def _outermost(folders: set[str]) -> list[str]:
    """The folders that lie in none of the others."""
    kept: list[str] = []
    for folder in sorted(folders, key=lambda url: url + "/"):
        if not kept or not f"{folder}/".startswith(f"{kept[-1]}/"):
            kept.append(folder)
    return kept


def _look_at(candidates: Sequence[Candidate], seen: Seen, problems: list[Problem]) -> dict[str, Look]:
    """A look at each, several at a time; adds to `problems` what cannot be looked at.

    What was seen is kept every minute and where an error ends it: a run that ends early need not begin anew.
    """
    looks: dict[str, Look] = {}
    kept = time.monotonic()
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        looked = threads.map(lambda one: _look(one, seen.get(one.url)), candidates)
        try:
            for one, look in zip(candidates, looked, strict=True):
                if isinstance(look, Problem):
                    problems.append(look)
                    continue
                looks[one.url] = look
                if time.monotonic() - kept > _KEPT_EVERY:
                    seen.keep(looks)
                    kept = time.monotonic()
        finally:
            seen.keep(looks)
    return looks


def _look(one: Candidate, before: Look | None) -> Look | Problem:
    """How an object is now. Raises StorageError where its storage does not answer."""
    if not Objects(one.url).names(""):
        return Problem(ProblemCode.TIDAK_TERBUKA, one.url, "EINVAL")
    if one.listed.size > MOST_BYTES:
        return Problem(ProblemCode.TERLALU_BESAR, one.url, str(one.listed.size >> 20))
    try:
        if before is None or before.version != one.listed.version:
            before = _downloaded(one)
    except ObjectError as error:
        return Problem(ProblemCode.TIDAK_TERBUKA, one.url, error.reason)
    return _with_sidecar(before, one)


def _downloaded(one: Candidate) -> Look:
    """What the bytes of an object show; they are not kept."""
    hashed, head = hashlib.sha256(), b""
    for piece in Objects(one.url).chunks(""):
        hashed.update(piece)
        head = head or piece[:HEADER_WINDOW]
    return Look(one.listed.version, hashed.hexdigest(), visible_problem(head))


def _with_sidecar(look: Look, one: Candidate) -> Look:
    version = None if one.sidecar is None else one.sidecar.version
    if version == look.sidecar_version and look.unreadable is None:
        return look
    if version is None:
        return replace(look, sidecar_version=None, sidecar=None, unreadable=None)
    try:
        content = b"".join(Objects(sidecar_name(one.url)).chunks("", most=MOST_OF_A_SIDECAR + 1))
    except ObjectError as error:  # without its version: the next run tries again
        return replace(look, sidecar_version=None, sidecar=None, unreadable=error.reason)
    return replace(look, sidecar_version=version, sidecar=content, unreadable=None)


def _found(place: Place, look: Look) -> Found:
    def sidecar() -> bytes:
        if look.unreadable is not None:
            raise SidecarError(explain_reason(look.unreadable))
        return look.sidecar or b""

    berkas = published_name(place)
    recorded = look.sidecar is not None or look.unreadable is not None
    origin = origin_at(place, sidecar if recorded else None, berkas, look.sha256)
    problem = None if look.problem is None else Problem(look.problem, berkas)
    return Found(place, source_of(berkas, look.sha256, *origin), problem)
