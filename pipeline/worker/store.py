"""The state folder: results by content and reader version, and the list of all documents that a release holds.

    <state>/documents.json     every document known: where it lies, its origin, which result is its own
    <state>/documents.copy.json  the same again, for the day on which the list is damaged or gone
    <state>/cache/<key>.rkt    a result, and <key>.json its outcome, with the SHA-256 of the result
    <state>/cache-perbandingan/  what former releases compared (pipeline/release/comparing/kept.py); may be deleted
    <state>/objects.json       what the objects at addresses of documents were when last seen; may be deleted
    <state>/spool/             copies of those that are being read
    <state>/lock               held while an ingest runs; serve.lock while `rkt serve` watches

The cache alone says what was read; the list says what is published. Both are replaced file by file, never edited.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from filelock import FileLock, Timeout

from pipeline.files import sha256_of, write_atomically
from pipeline.intake import ReadSettings, Source
from pipeline.intake.problems import system_reason
from pipeline.release.manifest import InputFile
from pipeline.storage import Place
from pipeline.storage.place import state_home
from pipeline.version import reader_version
from pipeline.worker.model import Outcome, source_from_json

STATE_VARIABLE = "RKT_STATE"
_FORMAT = 1
_RESULT_SHA256 = "result_sha256"
_LOCK = "lock"
_SERVE_LOCK = "serve.lock"
_LOCK_SECONDS = 0.5  # who only looks whether the lock is held, holds it for a moment


class StateError(Exception):
    """The state folder cannot be used; `path` says where."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason

    def __reduce__(self) -> tuple[type[StateError], tuple[Path, str]]:
        """So that it comes whole out of a worker process."""
        return type(self), (self.path, self.reason)


class StateDamagedError(StateError):
    """The list of documents is not what this code writes."""


class StateBusyError(StateError):
    """Another ingest into the same folder is running."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A known document. `key` is the cache key of the result that is published for it."""

    place: Place
    source: Source
    key: str


@dataclass(frozen=True, slots=True)
class Known:
    """The list: documents that are published, and those that an operator has withdrawn, by SHA-256.

    `copied` where it is out of the copy, because the list itself is damaged or gone.
    """

    documents: dict[str, Entry]
    withdrawn: dict[str, InputFile]
    copied: bool = False


def state_folder(curated: Place | Path) -> Path:
    """Where the state of a curated folder lies: where RKT_STATE says, else in it, or in the user's own state folder
    for one that is an address.
    """
    elsewhere = os.environ.get(STATE_VARIABLE)
    if elsewhere:
        return Path(elsewhere)
    place = Place.parse(curated) if isinstance(curated, Path) else curated
    return state_home() / place.key if place.path is None else place.path / ".state"


def result_key(source: Source, settings: ReadSettings) -> str:
    """The name of a result: another file, reader, origin or setting is another result."""
    return f"{source.sha256}-{reader_version()}-{source.digest()}{settings.digest()}"


class Store:
    """The state folder of one curated folder. Raises StateError where it cannot be written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.cache = self.folder / "cache"
        self.comparisons = self.folder / "cache-perbandingan"
        self.index = self.folder / "documents.json"
        self.copy = self.folder / "documents.copy.json"
        self.objects = self.folder / "objects.json"
        self.spool = self.folder / "spool"
        self._whole: dict[str, str] = {}  # results that were found whole, with the SHA-256 that their outcomes note

    def prepare(self) -> None:
        """Make the folders. Raises StateError where that is not allowed."""
        try:
            self.cache.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder):
                pass
        except OSError as error:
            raise StateError(self.folder, system_reason(error)) from error

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Held by one ingest at a time; frees itself when its holder dies. Raises StateBusyError in half a second."""
        try:
            with FileLock(self.folder / _LOCK, timeout=_LOCK_SECONDS):
                yield
        except Timeout as error:
            raise StateBusyError(self.folder, "busy") from error

    @contextmanager
    def watch_lock(self) -> Iterator[None]:
        """Held by one `rkt serve` at a time; frees itself when its holder dies. Raises StateBusyError in half a second,
        StateError where it cannot be made; what is raised while it is held passes.
        """
        path = self.folder / _SERVE_LOCK
        try:
            held = FileLock(path).acquire(timeout=_LOCK_SECONDS)
        except Timeout as error:
            raise StateBusyError(path, "busy") from error
        except OSError as error:
            raise StateError(path, system_reason(error)) from error
        with held:
            yield

    def publisher(self) -> str:
        """The name under which this folder's runs publish to an address; made once. Raises StateError."""
        path = self.folder / "publisher"
        try:
            if not path.exists():
                write_atomically(path, uuid4().hex.encode())
            return path.read_text(encoding="ascii")
        except OSError as error:
            raise StateError(path, system_reason(error)) from error

    def is_busy(self) -> bool:
        """Whether a living process runs an ingest. Raises StateError where that cannot be seen."""
        return self._is_held(_LOCK)

    def is_watched(self) -> bool:
        """Whether a living `rkt serve` watches. Raises StateError where that cannot be seen."""
        return self._is_held(_SERVE_LOCK)

    def _is_held(self, name: str) -> bool:
        try:
            with (self.folder / name).open("rb") as stream:
                fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        except OSError as error:
            raise StateError(self.folder / name, system_reason(error)) from error
        return False

    def result_path(self, key: str) -> Path:
        return self.cache / f"{key}.rkt"

    def outcome(self, key: str) -> Outcome | None:
        """The outcome of a result in the cache, None where it is not there whole, byte by byte.

        Raises StateError where the disk does not give it.
        """
        result = self.result_path(key)
        try:
            content = json.loads(outcome_path(result).read_text(encoding="utf-8"))
            # An outcome that an earlier version wrote does not say which result is its own.
            noted = content.pop(_RESULT_SHA256, None)
            whole = result.exists() if noted is None else sha256_of(result) == noted
            outcome = Outcome.from_json(content) if whole else None
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StateError(result, system_reason(error)) from error
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
        if outcome is not None:
            self._whole[key] = noted or ""
        return outcome

    def result_sha256(self, key: str) -> str:
        """What the outcome of a result in the cache says of its bytes; empty where an earlier version wrote it."""
        if key in self._whole:
            return self._whole[key]
        content = json.loads(outcome_path(self.result_path(key)).read_text(encoding="utf-8"))
        return str(content.get(_RESULT_SHA256, ""))

    def is_damaged(self, key: str) -> bool:
        """Whether there is a result that is not the one that was read, and so of no use."""
        return self.result_path(key).exists() and self.outcome(key) is None

    def documents(self) -> dict[str, Entry]:
        """The documents known, by SHA-256. Raises what `known` raises."""
        known = self.known()
        return {} if known is None else known.documents

    def known(self) -> Known | None:
        """The list, out of the copy where it is damaged or gone; None where there is neither.

        Raises StateDamagedError where the copy does not help either, StateError where they cannot be read.
        """
        try:
            listed = _listed(self.index)
        except StateDamagedError:
            copied = _listed(self.copy)
            if copied is None:
                raise
            return replace(copied, copied=True)
        if listed is not None:
            return listed
        copied = _listed(self.copy)
        return None if copied is None else replace(copied, copied=True)

    def save_documents(self, documents: dict[str, Entry], withdrawn: Iterable[InputFile] = ()) -> None:
        """Replace the list of documents, whole or not at all, then its copy; what is equal stays. Raises StateError.

        What is in a release is in both: a run publishes only after this.
        """
        items = [_entry_to_json(documents[sha256]) for sha256 in sorted(documents)]
        gone = [asdict(each) for each in sorted(withdrawn, key=lambda each: each.sha256)]
        content = _dump({"format": _FORMAT, "documents": items, "withdrawn": gone})
        for path in (self.index, self.copy):
            try:
                if not path.exists() or path.read_bytes() != content:
                    write_atomically(path, content)
            except OSError as error:
                raise StateError(path, system_reason(error)) from error

    def prune(self, keep: Iterable[str]) -> int:
        """Delete the results that no document is published from; returns how many files went."""
        wanted = set(keep)
        stale = [path for path in self.cache.iterdir() if path.name.rsplit(".", 1)[0] not in wanted]
        for path in stale:
            path.unlink(missing_ok=True)
        return len(stale)


def _listed(path: Path) -> Known | None:
    """What a list holds, null where there is no such file. Raises StateDamagedError and StateError."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        withdrawn = [InputFile(**item) for item in content.get("withdrawn", [])]
        return Known(
            {item["source"]["sha256"]: _entry_from_json(item) for item in content["documents"]},
            {each.sha256: each for each in withdrawn},
        )
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StateError(path, system_reason(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StateDamagedError(path, "damaged") from error


def outcome_path(result: Path) -> Path:
    """Where the outcome of a result lies: beside it."""
    return result.with_name(result.name.removesuffix(".rkt") + ".json")


def save_result(target: Path, data: bytes, outcome: Outcome) -> None:
    """Put a result into the cache. Its outcome goes first, so that a result that is there is there whole.

    The outcome names the result by its bytes: a disk may give back others, long after. Raises StateError.
    """
    noted = {_RESULT_SHA256: hashlib.sha256(data).hexdigest()}
    try:
        write_atomically(outcome_path(target), _dump(outcome.to_json() | noted))
        write_atomically(target, data)
    except OSError as error:
        raise StateError(target, system_reason(error)) from error


def _dump(content: Any) -> bytes:
    # The path of a file may hold bytes that are no text: they become escapes of JSON.
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode(errors="backslashreplace")


def _entry_to_json(entry: Entry) -> dict[str, Any]:
    return {"path": str(entry.place), "source": asdict(entry.source), "key": entry.key}


def _entry_from_json(item: dict[str, Any]) -> Entry:
    return Entry(Place.known(item["path"]), source_from_json(item["source"]), item["key"])
