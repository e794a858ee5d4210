"""Finds the documents at addresses such as `s3://bucket/raw`: by listing them, and by downloading only what is new."""

from __future__ import annotations

import hashlib
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
    listed = list_objects(addresses, intake)
    settled = [one for one in listed if is_settled(one.listed.written.timestamp(), settle, now)]
    looks = dict(_look_at(settled, seen, intake.problems))
    there = {str(place) for place in intake.objects}
    seen.keep(looks, {url for url in seen.addresses() if url not in there and intake.lacks(Place(url=url))})
    for one in settled:
        if one.url in looks:
            yield _found(one.place, looks[one.url])


def list_objects(addresses: Iterable[Place], intake: Intake) -> list[Candidate]:
    """The objects that may be documents, sorted by address; adds to `intake` what leads to none, and what was looked
    through. Raises StorageError where a storage does not answer.
    """
    found: dict[str, Candidate] = {}
    for address in addresses:
        try:
            inside = _list(str(address))
        except ObjectError as error:
            intake.problems.append(Problem(ProblemCode.TIDAK_TERBUKA, str(address), error.reason))
            continue
        if not inside:
            intake.problems.append(Problem(ProblemCode.FOLDER_KOSONG, str(address)))
        intake.listed.append(address)
        found |= {each.url: each for each in inside}
    intake.objects |= {each.place for each in found.values()}
    return [found[url] for url in sorted(found)]


def _list(url: str) -> list[Candidate]:
    """What may be documents below an address; the object itself where it is that of one, whatever its name."""
    objects = Objects(url)
    every = {one.path: one for one in objects.below()}
    if set(every) == {""}:
        beside = Objects(sidecar_name(url)).below()
        return [Candidate(url, every[""], beside[0] if beside and not beside[0].path else None)]
    return [
        Candidate(objects.address(path), one, every.get(sidecar_name(path)))
        for path, one in every.items()
        if _may_be_document(path)
    ]


def _may_be_document(path: str) -> bool:
    return path.lower().endswith(".pdf") and not any(part.startswith(".") for part in path.split("/"))


def _look_at(candidates: Sequence[Candidate], seen: Seen, problems: list[Problem]) -> Iterator[tuple[str, Look]]:
    """A look at each, several at a time; adds to `problems` what cannot be looked at."""
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        looked = threads.map(lambda one: _look(one, seen.get(one.url)), candidates)
        for one, look in zip(candidates, looked, strict=True):
            if isinstance(look, Problem):
                problems.append(look)
            else:
                yield one.url, look


def _look(one: Candidate, before: Look | None) -> Look | Problem:
    """How an object is now. Raises StorageError where its storage does not answer."""
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
    if version == look.sidecar_version:
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
