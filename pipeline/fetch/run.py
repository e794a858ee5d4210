"""Goes through a list of sources and stores what is new."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path

from pipeline.fetch.client import NOT_MODIFIED, Answer, Client
from pipeline.fetch.failures import FailureCode, FetchError
from pipeline.fetch.links import document_links
from pipeline.fetch.memory import Known, Memory
from pipeline.fetch.shelf import Download, Shelf
from pipeline.fetch.sources import PAGE, Listed
from pipeline.fetch.urls import document_name, shown
from pipeline.intake.problems import system_reason
from pipeline.intake.sidecar import Sidecar

ORIGIN = "fetch"


class Status(StrEnum):
    """What became of a URL."""

    BARU = "baru"
    BERUBAH = "berubah"
    TETAP = "tetap"
    KEMBAR = "kembar"
    AKAN_DIAMBIL = "akan diambil"
    GAGAL = "gagal"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One URL, fit to be shown, and what became of it.

    `path` is where its document lies; `earlier` where the version before it does (BERUBAH). `error` is why there is
    none (GAGAL).
    """

    url: str
    status: Status
    path: Path | None = None
    earlier: Path | None = None
    error: FetchError | None = None


@dataclass(slots=True)
class Fetcher:
    """What one run needs: who asks, where documents go, what is remembered. A dry run writes nothing."""

    client: Client
    raw: Path
    memory: Memory
    dry_run: bool = False
    _shelf: Shelf | None = None
    _seen: set[str] = field(default_factory=set)

    def run(self, sources: Iterable[Listed]) -> Iterator[Outcome]:
        """The outcome of each document, one by one; what fails costs only itself."""
        for listed in sources:
            if listed.jenis != PAGE:
                yield from self._documents(listed, [listed.url])
                continue
            try:
                links = self.client.patiently(partial(self._links, listed))
            except FetchError as error:
                yield Outcome(shown(listed.url), Status.GAGAL, error=error)
                continue
            yield from self._documents(listed, links)

    def _documents(self, listed: Listed, urls: Iterable[str]) -> Iterator[Outcome]:
        """A document that two pages link to is asked for once."""
        for url in urls:
            if url in self._seen:
                continue
            self._seen.add(url)
            yield self._outcome(listed, url)

    def _links(self, listed: Listed) -> list[str]:
        with self.client.ask(listed.url, {}) as answer:
            html = b"".join(answer.pieces(self.client.limits.page))
            links = document_links(html.decode("utf-8", errors="replace"), answer.url, listed.pola)
        if not links:
            raise FetchError(FailureCode.TANPA_TAUTAN)
        return links

    def _outcome(self, listed: Listed, url: str) -> Outcome:
        try:
            return self.client.patiently(partial(self._fetch, listed, url))
        except FetchError as error:
            return Outcome(shown(url), Status.GAGAL, error=error)
        except OSError as error:
            failed = FetchError(FailureCode.TAK_TERTULIS, system_reason(error))
            return Outcome(shown(url), Status.GAGAL, error=failed)

    def _fetch(self, listed: Listed, url: str) -> Outcome:
        known = self.memory.recall(url)
        if known is not None and not (self.raw / known.path).is_file():
            known = None  # it was taken away: ask for it whole
        with self.client.ask(url, known.conditions() if known else {}) as answer:
            if answer.status == NOT_MODIFIED:
                if known is None:  # nothing was asked that this could answer
                    raise FetchError(FailureCode.STATUS, str(NOT_MODIFIED))
                return Outcome(shown(url), Status.TETAP, self.raw / known.path)
            if self.dry_run:
                return Outcome(shown(url), Status.AKAN_DIAMBIL)
            with self._open_shelf().receive(answer.pieces(self.client.limits.document)) as download:
                return self._store(listed, url, answer, download, known)

    def _open_shelf(self) -> Shelf:
        """Looked through once, and only when something comes."""
        if self._shelf is None:
            self._shelf = Shelf(self.raw)
        return self._shelf

    def _store(self, listed: Listed, url: str, answer: Answer, download: Download, known: Known | None) -> Outcome:
        shelf = self._open_shelf()
        path = twin = shelf.twin(download)
        if path is None:
            otherwise = f"{listed.perangkat_daerah}-{listed.tahun}"
            stem = document_name(url, answer.headers.get("content-disposition"), otherwise)
            path = shelf.put(download, listed.tahun, stem, _sidecar(listed, url, download))
        place = path.relative_to(self.raw).as_posix()
        headers = answer.headers
        self.memory.keep(url, Known(place, download.sha256, headers.get("etag"), headers.get("last-modified")))
        if known is not None and known.sha256 == download.sha256:
            return Outcome(shown(url), Status.TETAP, path)
        if known is not None:
            return Outcome(shown(url), Status.BERUBAH, path, self.raw / known.path)
        return Outcome(shown(url), Status.KEMBAR if twin else Status.BARU, path)


def _sidecar(listed: Listed, url: str, download: Download) -> Sidecar:
    return Sidecar(
        origin=ORIGIN,
        url=shown(url),
        publisher=listed.penerbit,
        retrieved=datetime.datetime.now(datetime.UTC).date().isoformat(),
        licence=listed.lisensi,
        sha256=download.sha256,
    )
