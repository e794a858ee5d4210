"""A first release at an address: what a machine ingests into it, and how a reader finds what is there."""

from __future__ import annotations

import json
import shutil
import uuid
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from pipeline.release.copies import readable
from pipeline.release.remote import CHECKSUMS, checksums_of, look, push, read_pointer, release_path
from pipeline.storage import Objects, Place
from tests.faults.child import Fault
from tests.faults.machine import Machine, assert_like_undisturbed
from tests.storage.server import connect_to, s3_settings


@dataclass(frozen=True)
class There:
    """`folder` holds what lies on this disk: `state`, the ingests' cache, and what readers download."""

    machine: Machine
    curated: Place
    folder: Path
    environment: dict[str, str]

    @property
    def state(self) -> Path:
        return self.folder / "state"

    @property
    def objects(self) -> Objects:
        return Objects(str(self.curated))

    def by_way_of(self, endpoint: str) -> There:
        """The same, where ingests reach the storage at another endpoint."""
        return replace(self, environment={**self.environment, "AWS_ENDPOINT_URL": endpoint})

    def at(self, address: str) -> There:
        return replace(self, curated=Place.parse(address))

    def ingest(self, fault: Fault | None = None) -> int:
        return self.machine.ingest(self.curated, fault, **self.environment)

    def command(self, name: str, *arguments: str) -> tuple[int, str]:
        """Run a command of rkt for this address; returns its exit code, and all that it wrote."""
        return self.machine.command([name, *arguments, "--curated", str(self.curated)], self.environment)

    def resolve(self) -> Path:
        """Every file of the current release, downloaded anew, each held to its checksum."""
        objects = self.objects
        pointer = read_pointer(objects)
        assert pointer is not None
        shutil.rmtree(self.folder / "looked-at", ignore_errors=True)
        folder = self.folder / "looked-at" / release_path(pointer.number)
        objects.download(release_path(pointer.number, CHECKSUMS), folder / CHECKSUMS, pointer.checksums)
        for path, known in checksums_of((folder / CHECKSUMS).read_bytes(), "").items():
            objects.download(release_path(pointer.number, path), folder / path, known.sha256)
        return folder

    def current(self) -> int:
        pointer = read_pointer(self.objects)
        assert pointer is not None
        return pointer.number

    def assert_complete(self) -> None:
        """All is as if nothing had happened, there and on this disk."""
        assert_like_undisturbed(self.machine, readable(self.curated, lambda _: True))
        shelves = look(self.objects)
        assert set(shelves.whole()) == set(shelves.files), "nothing half-pushed is left"
        assert set(shelves.claims) <= set(shelves.whole()), "these stand in nobody's way, and go with the next release"
        assert not (self.state / "outbox").exists()
        assert json.loads(self.objects.read("status.json"))["last_run"]["ending"] == "lengkap"


def begun_there(machine: Machine, endpoint: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> There:
    """A bucket with the machine's first release. This process looks on with a cache of its own."""
    settings = s3_settings(endpoint, folder)
    for name, value in {**settings, "XDG_CACHE_HOME": str(folder / "reader")}.items():
        monkeypatch.setenv(name, value)
    connect_to(endpoint)
    import s3fs

    bucket = f"rkt-{uuid.uuid4().hex[:12]}"
    s3fs.S3FileSystem().mkdir(bucket)
    there = There(
        machine, Place.parse(f"s3://{bucket}/curated"), folder, {**settings, "RKT_STATE": str(folder / "state")}
    )
    shutil.copytree(machine.first / ".state", there.state)
    push(there.objects, machine.first / "releases" / "0001", 0, "first")
    return there
