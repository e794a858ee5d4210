"""`status.json` in a curated folder: what is published, whether a run is under way and how the last one ended, for
whoever watches the pipeline.

docs/operations.md lists its fields. Light enough for the fast commands: neither Prefect nor DuckDB.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path
from typing import Any, Literal

from pipeline.files import write_atomically
from pipeline.intake.problems import system_reason
from pipeline.release.copies import readable
from pipeline.release.errors import NoReleaseError
from pipeline.release.manifest import Manifest
from pipeline.release.store import MANIFEST, current_release, number_of
from pipeline.storage import ObjectGoneError, Objects, Place
from pipeline.storage.place import cache_home
from pipeline.worker.store import StateError

STATUS_FILE = "status.json"
_FORMAT = 1

# lengkap: all was read in full; sebagian: a release is out, something was not read in full; gagal: no new release;
# terhenti: the process died or was stopped.
Ending = Literal["lengkap", "sebagian", "gagal", "terhenti"]


class StatusDamagedError(StateError):
    """`status.json` is not what this code writes."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong with one file (`berkas` empty: with the run itself), in one line with what to do, twice."""

    berkas: str
    pesan: str
    message: str


@dataclass(frozen=True, slots=True)
class LastRun:
    """A run that has ended. `documents` counts what it handled by status; `release` is null where it published none.

    `problems` holds the first of `problem_count` troubles. Of a run that died, `ended` is when that was noticed.
    """

    started: datetime | None
    ended: datetime
    ending: Ending
    release: int | None
    documents: Mapping[str, int]
    problem_count: int
    problems: Sequence[Trouble]

    def to_json(self) -> dict[str, Any]:
        """Plain data; times in ISO 8601 with their offset, in UTC."""
        content = asdict(self)
        content["documents"] = dict(self.documents)
        content["started"] = None if self.started is None else _written(self.started)
        content["ended"] = _written(self.ended)
        return content

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> LastRun:
        """The reverse of `to_json`. Raises KeyError, TypeError or ValueError for anything else."""
        started = given["started"]
        return cls(
            **{
                **given,
                "started": None if started is None else datetime.fromisoformat(started),
                "ended": datetime.fromisoformat(given["ended"]),
                "problems": [Trouble(**trouble) for trouble in given["problems"]],
            }
        )


@dataclass(frozen=True, slots=True)
class Running:
    """A run that has begun and not ended, or died: by process number and host one can look."""

    started: datetime
    pid: int
    host: str

    def to_json(self) -> dict[str, Any]:
        """Plain data, as in LastRun."""
        return {**asdict(self), "started": _written(self.started)}

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> Running:
        """The reverse of `to_json`. Raises KeyError, TypeError or ValueError for anything else."""
        return cls(datetime.fromisoformat(given["started"]), int(given["pid"]), str(given["host"]))


@dataclass(frozen=True, slots=True)
class NextRun:
    """When the next run is due, by which schedule, as it was known at the time `asked`. For `rkt serve`: when it looks
    next, from then on `every` so many seconds while it lives, and on which `host` that is.
    """

    at: datetime
    schedule: str
    asked: datetime
    every: float | None = None
    host: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain data, as in LastRun."""
        return {**asdict(self), "at": _written(self.at), "asked": _written(self.asked)}

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> NextRun:
        """The reverse of `to_json`. Raises KeyError, TypeError or ValueError for anything else. What an earlier version
        wrote has neither `every` nor `host`.
        """
        at, asked = (datetime.fromisoformat(given[name]) for name in ("at", "asked"))
        every, host = given.get("every"), given.get("host")
        rhythm = None if every is None else float(every)
        return cls(at, str(given["schedule"]), asked, rhythm, None if host is None else str(host))

    def upcoming(self, now: datetime) -> datetime:
        """The first time from `now` on; what is past stays so where nothing comes after it."""
        if self.every is None or self.at >= now:
            return self.at
        return self.at + ceil((now - self.at).total_seconds() / self.every) * timedelta(seconds=self.every)


@dataclass(frozen=True, slots=True)
class RunStatus:
    """What is known about the runs into a curated folder; each null where there is nothing to know."""

    last: LastRun | None = None
    running: Running | None = None
    next: NextRun | None = None


def status_folder(curated: Place) -> Path:
    """A folder on this disk with the current release and `status.json` of a curated folder: itself, or copies of both.

    Raises StorageError, and StateError where the copy cannot be written.
    """
    if curated.path is not None:
        return curated.path
    objects = Objects(str(curated))
    try:
        folder = readable(curated)
    except NoReleaseError:
        folder = cache_home() / "unpublished" / curated.key
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / STATUS_FILE, objects.read(STATUS_FILE))
    except ObjectGoneError:
        (folder / STATUS_FILE).unlink(missing_ok=True)
    except OSError as error:
        raise StateError(folder, system_reason(error)) from error
    return folder


def tell_status(curated: Place, status: RunStatus) -> None:
    """Replace `status.json` in a curated folder, wherever that is. Raises StateError and StorageError."""
    if curated.path is not None:
        write_status(curated.path, status)
        return
    folder = status_folder(curated)
    write_status(folder, status)
    Objects(str(curated)).write(STATUS_FILE, (folder / STATUS_FILE).read_bytes())


def write_status(curated: Path, status: RunStatus) -> None:
    """Replace `status.json`, whole or not at all. Raises StateError where it cannot be written."""
    text = json.dumps(status_content(curated, status), ensure_ascii=False, indent=1) + "\n"
    try:
        curated.mkdir(parents=True, exist_ok=True)
        write_atomically(curated / STATUS_FILE, text.encode(errors="backslashreplace"))
    except OSError as error:
        raise StateError(curated / STATUS_FILE, system_reason(error)) from error


def status_content(curated: Path, status: RunStatus) -> dict[str, Any]:
    """What `status.json` holds."""
    return {
        "format": _FORMAT,
        "release": release_state(curated),
        "running": None if status.running is None else status.running.to_json(),
        "last_run": None if status.last is None else status.last.to_json(),
        "next_run": None if status.next is None else status.next.to_json(),
    }


def read_status(curated: Path) -> RunStatus:
    """What `status.json` tells of runs. Raises StatusDamagedError where the file is not ours, StateError."""
    path = curated / STATUS_FILE
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        last, running, due = content["last_run"], content.get("running"), content["next_run"]
        return RunStatus(
            None if last is None else LastRun.from_json(last),
            None if running is None else Running.from_json(running),
            None if due is None else NextRun.from_json(due),
        )
    except FileNotFoundError:
        return RunStatus()
    except OSError as error:
        raise StateError(path, system_reason(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StatusDamagedError(path, "damaged") from error


def release_state(curated: Path) -> dict[str, Any] | None:
    """The current release: number, when it was published, documents by status, rows by dataset. None without one."""
    folder = current_release(curated)
    if folder is None:
        return None
    manifest = Manifest.read(folder / MANIFEST)
    return {
        "number": number_of(folder),
        "published": _written(datetime.fromtimestamp((folder / MANIFEST).stat().st_mtime, UTC)),
        "documents": dict(manifest.documents),
        "duplicates": manifest.duplicates,
        "counts": dict(manifest.counts),
        "reader_version": manifest.reader_version,
    }


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
