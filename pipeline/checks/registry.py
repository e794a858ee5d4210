"""The catalogue of checks: what each one compares, and the machinery that runs them all."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pipeline.checks.book import Book
from schemas.ledger import Finding, Kind, Level, Record


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """One check of the catalogue.

    `kode` is stable, `judul` its Indonesian title; `compares` (the check's docstring) and `example` are English and for
    the documentation.
    """

    kode: str
    tingkat: Level
    jenis: Kind
    judul: str
    datasets: tuple[str, ...]
    compares: str
    example: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a check found: one Indonesian sentence, the record in question and the others that it was compared with.

    `record` is None for what belongs to no record; then `halaman`, `tabel_id` and `bukti` say where it is.
    """

    pesan: str
    record: Record | None = None
    kolom: str | None = None
    nilai: str | None = None
    pembanding: str | None = None
    others: tuple[Record, ...] = ()
    halaman: int | None = None
    tabel_id: str | None = None
    bukti: tuple[str, ...] = ()


Check = Callable[[Book], Iterable[Doubt]]

_checks: dict[str, tuple[CheckInfo, Check]] = {}


def check(
    kode: str, tingkat: Level, jenis: Kind, *, judul: str, datasets: Iterable[str], example: str
) -> Callable[[Check], Check]:
    """Enter a check into the catalogue; its docstring says what it compares.

    Raises ValueError when its code is taken or its docstring is missing.
    """

    def enter(function: Check) -> Check:
        if kode in _checks:
            raise ValueError(f"check code {kode} is taken")
        compares = inspect.getdoc(function)
        if not compares:
            raise ValueError(f"check {kode} does not say what it compares")
        _checks[kode] = (
            CheckInfo(kode, tingkat, jenis, judul, tuple(datasets), " ".join(compares.split()), example),
            function,
        )
        return function

    return enter


def catalogue() -> list[CheckInfo]:
    """Every check, by code."""
    return [_checks[kode][0] for kode in sorted(_checks)]


def findings_of(book: Book) -> Iterator[Finding]:
    """Run every check over a book, by code, so that the order of findings never depends on the order of imports."""
    for kode in sorted(_checks):
        info, function = _checks[kode]
        for doubt in function(book):
            yield _finding(info, doubt)


def _finding(info: CheckInfo, doubt: Doubt) -> Finding:
    record = doubt.record
    cells = [*(record.bukti if record else ()), *doubt.bukti, *(cell for other in doubt.others for cell in other.bukti)]
    return Finding(
        kode=info.kode,
        jenis=info.jenis,
        tingkat=info.tingkat,
        pesan=doubt.pesan,
        dataset=record.dataset if record else None,
        baris_id=record.baris_id if record else None,
        kolom=doubt.kolom,
        nilai=doubt.nilai,
        pembanding=doubt.pembanding,
        halaman=record.halaman if record else doubt.halaman,
        tabel_id=record.tabel_id if record else doubt.tabel_id,
        bukti=tuple(dict.fromkeys(cells)),
    )
