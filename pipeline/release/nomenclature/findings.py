"""What users are told of rows that differ from the nomenclature: one finding per fault, however often it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from pipeline.checks.wording import LEVEL_NAMES, quote
from pipeline.reference.differences import Differing, differing_words
from pipeline.reference.nomenclature import (
    NAME_WITH_CODE,
    Entry,
    Match,
    bidang_of,
    code_under,
    comparable_code,
    region_of,
)
from pipeline.reference.words import same_name
from pipeline.release.nomenclature.listing import Row
from pipeline.release.nomenclature.matching import Matched
from schemas.ledger import Finding, Level

_SURE_OF_PARENT = 0.95
_ABSENT = "KODE_BUKAN_RESMI"
# So many codes that are not in the list, and such a share of all, say something about the list.
_MANY, _MANY_SHARE = 5, 0.1
_MOST_NAMED = 20


class _Fault(NamedTuple):
    kode: str
    tingkat: Level
    kolom: str
    pesan: str
    pembanding: str | None


def findings_of(matched: Matched) -> list[Finding]:
    """The findings on a document. None where its year is before the edition's: that edition did not bind it."""
    edition, year = matched.nomenclature.tahun, matched.listing.tahun
    if edition is not None and year is not None and edition > year:
        return []
    if not matched.in_use:
        return []
    return list(_Doubts(matched).findings())


class _Doubts:
    """The doubts about the rows of one document; what was said of a row is not said again of those below it."""

    def __init__(self, matched: Matched) -> None:
        self._matched = matched
        self._official = matched.nomenclature
        self._region = matched.listing.region_level
        self._by_node = matched.by_node
        self._unofficial: set[str] = set()

    def findings(self) -> Iterator[Finding]:
        said: dict[tuple[str, str, str, str], tuple[Row, _Fault]] = {}
        for row, match in zip(self._matched.listing.rows, self._matched.matches, strict=True):
            for fault in self._faults(row, match):
                key = fault.kode, row.level, comparable_code(row.kode or ""), same_name(row.nama or "")
                said.setdefault(key, (row, fault))
        absent = [row for row, fault in said.values() if fault.kode == _ABSENT and fault.pembanding is None]
        many = len(absent) >= _MANY and len(absent) > _MANY_SHARE * self._count_coded()
        for row, fault in said.values():
            if not many or row not in absent:
                yield _finding(row, fault)
        if many:
            yield self._about_list(absent)

    def _count_coded(self) -> int:
        return len(
            {(row.level, comparable_code(row.kode)) for row in self._matched.listing.rows if row.own_code and row.kode}
        )

    def _about_list(self, absent: list[Row]) -> Finding:
        """So many codes are not in the list that it may be the list that is not complete: one finding for all."""
        codes = ", ".join(row.kode or "" for row in absent[:_MOST_NAMED])
        more = f" dan {len(absent) - _MOST_NAMED} lainnya" if len(absent) > _MOST_NAMED else ""
        told = (
            f"{len(absent)} dari {self._count_coded()} kode tidak ada dalam {self._source()}: {codes}{more}. "
            "Periksa juga apakah nomenklatur itu lengkap."
        )
        finding = _finding(absent[0], _Fault(_ABSENT, "info", "kode", told, None))
        cells = dict.fromkeys(cell for row in absent for cell in row.bukti)
        return replace(finding, nilai=str(len(absent)), bukti=tuple(cells))

    def _faults(self, row: Row, match: Match | None) -> Iterator[_Fault]:
        if not row.nama or row.level not in self._official.levels:
            return
        if not (row.own_code and row.kode):
            if match is not None:
                yield from self._other_words(row, match.nama)
            return
        entries = self._official.with_code(row.level, row.kode)
        if entries:
            yield from self._with_official_code(row, row.nama, row.kode, match, entries)
        else:
            yield from self._without_official_code(row, row.kode, match)
        yield from self._other_parent(row, row.kode)

    def _with_official_code(
        self, row: Row, nama: str, kode: str, match: Match | None, entries: list[Entry]
    ) -> Iterator[_Fault]:
        entry = max(entries, key=lambda one: (self._official.likeness(one, nama), not self._elsewhere(one)))
        words = self._words(row, entry.nama)
        by_name = match is not None and match.oleh == "nama"
        if (by_name or self._official.likeness(entry, nama) < NAME_WITH_CODE) and words.extra and words.missing:
            yield self._other_name(nama, kode, match if by_name else None, entry)
        elif not entry.aktif and not any(one.aktif and not self._elsewhere(one) for one in entries):
            yield self._inactive(row, nama, kode)
        else:
            yield from self._other_words(row, entry.nama)

    def _elsewhere(self, entry: Entry) -> bool:
        region = region_of(entry)
        return bool(self._region and region and region != self._region)

    def _words(self, row: Row, official: str) -> Differing:
        own = self._matched.listing.own
        return differing_words(row.level, row.nama or "", official, self._official.vocabulary, own)

    def _other_words(self, row: Row, official: str) -> Iterator[_Fault]:
        words = self._words(row, official)
        if words:
            told = (
                f"Nama {quote(row.nama)} berbeda dari {self._named('nama')} {quote(official)}: {_differences(words)}."
            )
            yield _Fault("NAMA_MIRIP_RESMI", "info", "nama", told, official)

    def _other_name(self, nama: str, kode: str, match: Match | None, entry: Entry) -> _Fault:
        theirs = f"; kode nama itu {match.kode}" if match and match.kode else ""
        told = (
            f"Kode {kode} menurut {self._source()} berarti {quote(entry.nama)}, tetapi tercetak {quote(nama)}{theirs}."
        )
        level: Level = "info" if self._official.dari_dokumen else "peringatan"
        return _Fault("NAMA_TIDAK_SESUAI_KODE", level, "nama", told, f"{entry.kode} {entry.nama}")

    def _inactive(self, row: Row, nama: str, kode: str) -> _Fault:
        others = self._official.with_name(row.level, nama, self._region)
        codes = sorted({other.kode for other in others if other.aktif})
        instead = f" Nama itu sekarang berkode {codes[0]}." if len(codes) == 1 else ""
        told = f"Kode {kode} ({quote(nama)}) tidak aktif lagi menurut {self._source()}.{instead}"
        return _Fault("KODE_NONAKTIF", "peringatan", "kode", told, codes[0] if len(codes) == 1 else None)

    def _without_official_code(self, row: Row, kode: str, match: Match | None) -> Iterator[_Fault]:
        plain = comparable_code(kode)
        above = next((code for code in sorted(self._unofficial) if code_under(plain, code)), None)
        if self._official.dari_dokumen or above is not None or not self._official.has_siblings(plain):
            return
        self._unofficial.add(plain)
        start = f"Kode {LEVEL_NAMES[row.level]} {kode} ({quote(row.nama)}) tidak ada dalam {self._source()}"
        theirs = match.kode if match is not None and bidang_of(match.kode or "") == bidang_of(kode) else None
        if match is None or theirs is None:
            yield _Fault(_ABSENT, "info", "kode", f"{start}.", None)
        elif theirs.replace(".", "") != kode.replace(".", ""):
            told = f"{start}, yang memuat kode {theirs} untuk {quote(match.nama)}."
            yield _Fault(_ABSENT, "peringatan", "kode", told, theirs)

    def _other_parent(self, row: Row, kode: str) -> Iterator[_Fault]:
        """A code under a parent that prints none of its own, but whose name has one."""
        parent, official = self._by_node.get(row.induk_id or "", (None, None))
        if parent is None or official is None or parent.kode or not official.kode or not parent.nama:
            return
        known = self._official.with_name(parent.level, parent.nama, self._region)
        plain = comparable_code(kode)
        if official.kemiripan < _SURE_OF_PARENT or any(code_under(plain, comparable_code(one.kode)) for one in known):
            return
        told = (
            f"Kode {kode} ({quote(row.nama)}) tidak cocok dengan kode resmi {LEVEL_NAMES[parent.level]} di atasnya, "
            f"{official.kode} ({quote(parent.nama)})."
        )
        yield _Fault("KODE_TIDAK_COCOK_INDUK", "peringatan", "kode", told, official.kode)

    def _source(self) -> str:
        if self._official.dari_dokumen:
            return "dokumen perangkat daerah lain"
        return f"nomenklatur edisi {self._official.tahun}" if self._official.tahun else "nomenklatur"

    def _named(self, what: str) -> str:
        return f"{what} di dokumen perangkat daerah lain" if self._official.dari_dokumen else f"{what} resmi"


def _differences(words: Differing) -> str:
    parts = [(words.extra, "hanya tercetak di sini"), (words.missing, "tidak tercetak di sini")]
    return "; ".join(f"{', '.join(map(quote, found))} {where}" for found, where in parts if found)


def _finding(row: Row, fault: _Fault) -> Finding:
    return Finding(
        fault.kode,
        "pembacaan" if row.scanned else "isi",
        fault.tingkat,
        fault.pesan,
        dataset="program_kegiatan",
        baris_id=row.baris_id,
        kolom=fault.kolom,
        nilai=row.kode if fault.kolom == "kode" else row.nama,
        pembanding=fault.pembanding,
        halaman=row.halaman,
        tabel_id=row.tabel_id,
        bukti=row.bukti,
    )
