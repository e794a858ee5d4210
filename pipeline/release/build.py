"""Publishes a release: all of it, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipeline.release.catalog import write_catalog
from pipeline.release.files import Part, files_of, write_dataset
from pipeline.release.manifest import InputFile, Manifest, dump
from pipeline.release.masking import mask_table
from pipeline.release.package import Provenance, data_package
from pipeline.release.result import DocumentResult, ResultSource, StoredResult
from pipeline.release.store import MANIFEST, PACKAGE, building, install, publishing
from schemas.registry import CONTRACT_VERSION, DATASETS, dataset

_LOCK_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Release:
    """A complete release: its number, its folder, and what its manifest says."""

    number: int
    path: Path
    manifest: Manifest

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows by dataset."""
        return self.manifest.counts


def publish(
    results: Iterable[DocumentResult | Path],
    curated: Path,
    *,
    inputs: Sequence[InputFile],
    reader_version: str,
    nip_masked: bool = False,
    lock_timeout: float = _LOCK_SECONDS,
) -> Release:
    """Publish all documents of `results` as the next release below `curated`, and make it the current one.

    A path is a file that holds `DocumentResult.to_bytes()`. The order of results does not matter: rows are sorted by
    year and document. One dataset of one document is in memory at a time. Raises ReleaseError where another publisher
    holds the lock for `lock_timeout` seconds or a stored result is damaged, OSError where the disk refuses, and
    ValueError where a document comes twice; whatever happens, the last release stays current and nothing half-built
    is left behind.
    """
    sources = _ordered(results)
    with publishing(curated, lock_timeout), building(curated) as folder:
        masked = _Masked(nip_masked)
        counts = {name: write_dataset(name, masked.parts(name, sources), folder) for name in DATASETS}
        write_catalog(folder)
        files = [file for name in DATASETS for file in files_of(name, folder)]
        manifest = Manifest(
            contract=CONTRACT_VERSION,
            reader_version=reader_version,
            nip_masked=nip_masked,
            documents=dict(sorted(masked.statuses.items())),
            counts=counts,
            inputs=sorted(inputs, key=lambda entry: (entry.berkas, entry.sha256)),
            files=files,
        )
        (folder / PACKAGE).write_text(dump(data_package(files, masked.provenance)), encoding="utf-8")
        (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
        number, path = install(curated, folder)
    return Release(number, path, manifest)


def _ordered(results: Iterable[DocumentResult | Path]) -> list[ResultSource]:
    sources: list[ResultSource] = [StoredResult(each) if isinstance(each, Path) else each for each in results]
    for dokumen_id, times in Counter(source.dokumen_id for source in sources).items():
        if times > 1:
            raise ValueError(f"document {dokumen_id} comes {times} times")
    return sorted(sources, key=lambda source: (source.tahun is None, source.tahun or 0, source.dokumen_id))


class _Masked:
    """The documents' tables, masked where asked; notes what `dokumen` says of each as it passes."""

    def __init__(self, nip_masked: bool) -> None:
        self._nip_masked = nip_masked
        self.provenance: list[Provenance] = []
        self.statuses: Counter[str] = Counter()

    def parts(self, name: str, sources: Iterable[ResultSource]) -> Iterator[Part]:
        for source in sources:
            if not source.counts[name]:
                continue
            table = source.table(name)
            if self._nip_masked:
                table = mask_table(dataset(name), table)
            if name == "dokumen":
                self._note(table)
            yield Part(source.tahun, table)

    def _note(self, documents: pa.Table) -> None:
        for row in documents.to_pylist():
            self.statuses[row["status"]] += 1
            self.provenance.append(Provenance(row["berkas"], row["sumber_url"], row["penerbit"], row["lisensi"]))
