"""Publishes a release: all of it, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipeline.reference.editions import Edition
from pipeline.release.catalog import write_catalog
from pipeline.release.comparing.filling import Comparisons
from pipeline.release.comparing.kept import KeptComparisons
from pipeline.release.duplicates.apply import with_findings, with_origin
from pipeline.release.duplicates.resolve import find_duplicates
from pipeline.release.duplicates.verdict import Duplicates
from pipeline.release.files import Part, files_of, write_dataset
from pipeline.release.frames import Origin
from pipeline.release.manifest import InputFile, Lineage, Manifest, dump
from pipeline.release.masking import mask_table
from pipeline.release.nomenclature.apply import Official, describe
from pipeline.release.package import Provenance, data_package
from pipeline.release.result import DocumentResult, ResultSource, StoredResult
from pipeline.release.store import MANIFEST, PACKAGE, building, install, publishing
from schemas.registry import CONTRACT_VERSION, DATASETS, dataset

_LOCK_SECONDS = 600.0
_NO_LINEAGE = Lineage()


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


def publish(  # noqa: PLR0913 - all that a release is made of, nearly all of it by name
    results: Iterable[DocumentResult | Path],
    curated: Path,
    *,
    inputs: Sequence[InputFile],
    reader_version: str,
    nip_masked: bool = False,
    nomenclature: Sequence[Edition] = (),
    lineage: Lineage = _NO_LINEAGE,
    kept: Path | None = None,
    lock_timeout: float = _LOCK_SECONDS,
) -> Release:
    """Publish all documents of `results` as the next release below `curated`, and make it the current one.

    A path is a file that holds `DocumentResult.to_bytes()`. The order of results does not matter: rows are sorted by
    year and document. One dataset of one document is in memory at a time. Which documents deliver another one again
    is decided here, for it takes all of them to tell, and so is which official entry a row has, by the editions of the
    `nomenclature` or, without any, by what the documents agree on, and what changed from one document to another.
    `lineage` goes into the manifest as it is. `kept` is a folder for comparisons: those that a former release left
    there are not computed again, and what this one does not need goes. It changes no byte of a release.

    Raises ReleaseError where another publisher holds the lock for `lock_timeout` seconds or a stored result is damaged,
    OSError where the disk refuses, and ValueError where a document comes twice; whatever happens, the last release
    stays current and nothing half-built is left behind.
    """
    sources = _ordered(results)
    with publishing(curated, lock_timeout), building(curated) as folder:
        duplicates = find_duplicates(sources)
        official = Official(nomenclature, _standing(sources, duplicates))
        comparisons = KeptComparisons(kept) if kept is not None else None
        tables = _Tables(sources, duplicates, official, nip_masked, comparisons)
        tables.comparisons.prepare()
        counts = {name: write_dataset(name, tables.parts(name, sources), folder) for name in DATASETS}
        write_catalog(folder)
        files = [file for name in DATASETS for file in files_of(name, folder)]
        manifest = Manifest(
            contract=CONTRACT_VERSION,
            reader_version=reader_version,
            nip_masked=nip_masked,
            documents=dict(sorted(tables.statuses.items())),
            duplicates=duplicates.count,
            counts=counts,
            inputs=sorted(inputs, key=lambda entry: (entry.berkas, entry.sha256)),
            files=files,
            nomenclature=official.used(),
            fingerprint=lineage.fingerprint,
            withdrawn=sorted(lineage.withdrawn, key=lambda entry: (entry.berkas, entry.sha256)),
        )
        notes = {"program_kegiatan": describe(official.used())}
        (folder / PACKAGE).write_text(dump(data_package(files, tables.provenance, notes)), encoding="utf-8")
        (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
        number, path = install(curated, folder)
        tables.comparisons.prune()
    return Release(number, path, manifest)


def _ordered(results: Iterable[DocumentResult | Path]) -> list[ResultSource]:
    sources: list[ResultSource] = [StoredResult(each) if isinstance(each, Path) else each for each in results]
    for dokumen_id, times in Counter(source.dokumen_id for source in sources).items():
        if times > 1:
            raise ValueError(f"document {dokumen_id} comes {times} times")
    return sorted(sources, key=lambda source: (source.tahun is None, source.tahun or 0, source.dokumen_id))


def _standing(sources: Iterable[ResultSource], duplicates: Duplicates) -> Iterator[ResultSource]:
    """The documents that deliver no other one again."""
    for source in sources:
        verdict = duplicates.verdicts.get(source.dokumen_id)
        if verdict is None or verdict.duplikat_dari is None:
            yield source


class _Tables:
    """The documents' tables as they are published: with the verdicts on duplicates, the official entries of their rows
    and what changed in them, masked where asked.

    Notes what `dokumen` says of each as it passes.
    """

    def __init__(
        self,
        sources: Sequence[ResultSource],
        duplicates: Duplicates,
        official: Official,
        nip_masked: bool,
        kept: KeptComparisons | None,
    ) -> None:
        self._verdicts = duplicates.verdicts
        self._official = official
        self._nip_masked = nip_masked
        again = [key for key, verdict in duplicates.verdicts.items() if verdict.duplikat_dari is not None]
        self.comparisons = Comparisons(sources, again, self._with_official, kept)
        self.provenance: list[Provenance] = []
        self.statuses: Counter[str] = Counter()

    def parts(self, name: str, sources: Iterable[ResultSource]) -> Iterator[Part]:
        for source in sources:
            table = self._judged(name, source)
            if table is None:
                continue
            if self._nip_masked:
                table = mask_table(dataset(name), table)
            if name == "dokumen":
                self._note(table)
            yield Part(source.tahun, table)

    def _judged(self, name: str, source: ResultSource) -> pa.Table | None:
        """The table of a document with what the release adds to it, null where it has no rows."""
        verdict = self._verdicts.get(source.dokumen_id)
        if name == "temuan":
            added = [*(verdict.findings if verdict else ()), *self._official.findings(source)]
            added += self.comparisons.findings(source)
            if added:
                origin = Origin(source.dokumen_id, source.tahun)
                return with_findings(source.table(name), source.table("karantina"), origin, added)
        if name == "perbandingan":
            return self.comparisons.rows(source)
        if not source.counts[name]:
            return None
        table = self._with_official(name, source)
        return with_origin(table, verdict) if verdict is not None and name == "dokumen" else table

    def _with_official(self, name: str, source: ResultSource) -> pa.Table:
        """A table of a document, `program_kegiatan` with its official columns."""
        return self._official.rows(source) if name == "program_kegiatan" else source.table(name)

    def _note(self, documents: pa.Table) -> None:
        for row in documents.to_pylist():
            self.statuses[row["status"]] += 1
            self.provenance.append(Provenance(row["berkas"], row["sumber_url"], row["penerbit"], row["lisensi"]))
