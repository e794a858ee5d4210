"""Publishes made-up releases at an address, as a run of the flow does."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pipeline.release.build import Release, publish
from pipeline.release.manifest import InputFile
from pipeline.release.validate import validate
from pipeline.storage import Place
from pipeline.worker.store import Store
from pipeline.worker.target import Target, target_of
from tests.release.conftest import plan

KEYS = ("a1" * 8, "b2" * 8, "c3" * 8)


def build(folder: Path, documents: int) -> Release:
    """A release of so many documents, built once: what is tested here is what happens to it afterwards."""
    built = _built(documents)
    shutil.copytree(built.path.parent.parent, folder, symlinks=True)
    return replace(built, path=folder / "releases" / "0001")


@cache
def _built(documents: int) -> Release:
    folder = Path(tempfile.mkdtemp(prefix="rkt-test-"))
    atexit.register(shutil.rmtree, folder)
    results = [validate(plan(key), 2023 + place) for place, key in enumerate(KEYS[:documents])]
    return publish(results, folder / "curated", inputs=[InputFile("rencana.pdf", "0" * 64)], reader_version="1")


@dataclass
class Machine:
    """A state folder that publishes to an address, as a run of the flow does."""

    curated: Place
    state: Path

    def target(self) -> Target:
        store = Store(self.state)
        store.prepare()
        return target_of(self.curated, store)

    def publish(self, documents: int) -> Release:
        return self.target().publish(lambda folder: build(folder, documents))
