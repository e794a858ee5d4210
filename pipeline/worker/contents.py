"""What a release is made of: all documents known, their results, and what is asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.reference.editions import Edition, load_editions, reference_folder
from pipeline.release.fingerprint import Ingredient, fingerprint
from pipeline.release.manifest import Lineage
from pipeline.version import reader_version
from pipeline.worker.plan import Document, Plan
from pipeline.worker.store import Store

if TYPE_CHECKING:
    from pipeline.release.build import Release


@dataclass(slots=True)
class Contents:
    """The documents of the next release, each with its outcome, and those that it goes without."""

    plan: Plan
    store: Store
    nip_masked: bool
    nomenclature: Sequence[Edition] = field(init=False)
    _fingerprint: str | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.nomenclature = load_editions(reference_folder(self.store.folder))

    def fingerprint(self) -> str:
        """The hash of all that the release's content follows from. Loads no result."""
        if self._fingerprint is None:
            self._fingerprint = fingerprint(
                map(self._ingredient, self.plan.documents),
                nip_masked=self.nip_masked,
                nomenclature=self.nomenclature,
                withdrawn=list(self.plan.withdrawn.values()),
            )
        return self._fingerprint

    def publish(self, curated: Path) -> Release:
        """Publish them as the next release. Raises what `publish` raises; the last release then stands."""
        from pipeline.release.build import publish  # a second of imports, which a run with nothing new does without

        return publish(
            [self.store.result_path(document.entry.key) for document in self.plan.documents],
            curated,
            inputs=self.plan.inputs(),
            reader_version=reader_version(),
            nip_masked=self.nip_masked,
            nomenclature=self.nomenclature,
            lineage=Lineage(self.fingerprint(), list(self.plan.withdrawn.values())),
            kept=self.store.comparisons,
        )

    def _ingredient(self, document: Document) -> Ingredient:
        source, key = document.entry.source, document.entry.key
        return Ingredient(source.berkas, source.sha256, key, self.store.result_sha256(key))
