"""A document as it is compared with others: a light header first, all of its content only where it comes to that."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.pages.trust import SURE
from pipeline.release.duplicates.figures import Item, items_of
from pipeline.release.duplicates.identity import Identity, identity_of
from pipeline.release.duplicates.keys import words_of

Table = Callable[[str], pa.Table]

OUTLINE = 512
"""How many numbers an outline has."""

_FROM_IMAGE = frozenset({"pindai", "campuran"})
_BY_STATUS = {"lengkap": 0, "sebagian": 1, "gagal": 2}


@dataclass(frozen=True, slots=True)
class Header:
    """What tells which of two deliveries is the better one: the smaller `rank`, the same on every machine.

    `scanned` are the pages that stand there as pictures; their figures may be misread.
    """

    dokumen_id: str
    berkas: str
    baris_id: str
    bukti: tuple[str, ...]
    identity: Identity
    tanggal: str | None
    scanned: frozenset[int]
    rank: tuple[float, int, int, int, str, str, str]


@dataclass(frozen=True, slots=True)
class Portrait:
    """The content of a document: its words, the records with their figures, and the numbers of no record.

    `unsure_numbers` counts numbers of cells that were not surely read.
    """

    header: Header
    words: Counter[str]
    items: Sequence[Item]
    loose: Counter[str]
    unsure_numbers: int

    @property
    def scanned(self) -> bool:
        return bool(self.header.scanned)

    @property
    def size(self) -> int:
        """How many words and numbers it holds."""
        return self.words.total()


def header_of(table: Table) -> Header:
    """The header of a document, out of three small tables."""
    document = table("dokumen").to_pylist()[0]
    pages = [page for page in table("halaman").to_pylist() if page["salinan_dari"] is None]
    scanned = frozenset(page["halaman"] for page in pages if page["jenis"] in _FROM_IMAGE)
    unread = sum(page["halaman"] in scanned and not page["kata"] for page in pages)
    findings = table("temuan").select(["jenis", "tingkat"]).to_pylist()
    doubts = sum(finding["jenis"] == "pembacaan" and finding["tingkat"] != "info" for finding in findings)
    return Header(
        document["dokumen_id"],
        document["berkas"],
        document["baris_id"],
        tuple(document["bukti"]),
        identity_of(document),
        document["tanggal"],
        scanned,
        (
            len(scanned) / len(pages) if pages else 0.0,
            _BY_STATUS[document["status"]],
            unread,
            doubts,
            document["diambil"] or "~",  # after every date
            document["berkas"],
            document["dokumen_id"],
        ),
    )


def portrait_of(header: Header, table: Table) -> Portrait:
    """The content of a document."""
    cells = table("sel").select(["sel_id", "halaman", "teks", "keyakinan"]).to_pylist()
    items = items_of(table, _doubts(header, table("temuan").to_pylist()))
    held = {sel_id for item in items for sel_id in item.bukti}
    return Portrait(
        header,
        words_of(cell["teks"] for cell in cells if cell["teks"]),
        items,
        _numbers(cell for cell in cells if cell["sel_id"] not in held),
        _numbers(cell for cell in cells if _is_unsure(cell, header)).total(),
    )


def outline_of(table: Table) -> np.ndarray:
    """How many words of a document fall into each of `OUTLINE` heaps, of uint32.

    The smaller of two heaps, summed up, is never less than the number of words that two documents share.
    """
    texts = table("sel")["teks"].to_pylist()
    heaps = np.zeros(OUTLINE, dtype=np.uint32)
    for word, times in words_of(text for text in texts if text).items():
        heaps[zlib.crc32(word.encode("utf-8", "backslashreplace")) % OUTLINE] += times
    return heaps


def _is_unsure(cell: Mapping[str, Any], header: Header) -> bool:
    sure = cell["keyakinan"] is None or cell["keyakinan"] >= SURE
    return cell["halaman"] in header.scanned and not sure


def _numbers(cells: Iterable[Mapping[str, Any]]) -> Counter[str]:
    words = words_of(cell["teks"] for cell in cells if cell["teks"])
    return Counter({word: times for word, times in words.items() if word.isdigit()})


def _doubts(header: Header, findings: Sequence[Mapping[str, Any]]) -> Callable[[Mapping[str, Any], str], bool]:
    """Whether a figure of a row is in doubt: by a finding about its reading, or on a scan by any finding on its cells.

    A sum that does not hold on a scan may be a misread part of it.
    """
    about = {(finding["baris_id"], finding["kolom"]) for finding in findings if finding["jenis"] == "pembacaan"}
    grave = [finding for finding in findings if finding["tingkat"] != "info"]
    cells = frozenset(sel_id for finding in grave for sel_id in finding["bukti"])

    def doubted(row: Mapping[str, Any], column: str) -> bool:
        names = (None, column, f"{column}_teks", f"{column}_min", f"{column}_maks", f"{column}_kategori")
        if any((row["baris_id"], name) in about for name in names):
            return True
        return row["halaman"] in header.scanned and not cells.isdisjoint(row["bukti"])

    return doubted
