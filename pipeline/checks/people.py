"""Who signs: the number of a civil servant (NIP) holds dates that must be possible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipeline.checks.book import Book
from pipeline.checks.registry import Doubt, check

_YOUNGEST, _OLDEST = 15, 65  # age at appointment; older rules knew entries at 15 or 16


def _date(year: str, month: str, day: str = "01") -> date | None:
    if not (1 <= int(month) <= 12 and 1900 <= int(year) <= 2100):
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def nip_fault(nip: str, plan_year: int | None) -> str | None:
    """Why a NIP cannot be right, in Indonesian; None when nothing is wrong with it.

    Form (Peraturan Kepala BKN 22/2007): birth date YYYYMMDD, appointment YYYYMM, sex 1 or 2, serial of three digits.
    """
    digits = re.sub(r"\D", "", nip)
    if len(digits) != 18:
        return f"jumlah angkanya {len(digits)}, seharusnya 18"
    born, started = _date(digits[:4], digits[4:6], digits[6:8]), _date(digits[8:12], digits[12:14])
    if born is None:
        return f"tanggal lahir {digits[6:8]}-{digits[4:6]}-{digits[:4]} tidak ada"
    if started is None:
        return f"bulan pengangkatan {digits[12:14]}-{digits[8:12]} tidak ada"
    if not _YOUNGEST <= started.year - born.year <= _OLDEST:
        return f"umur saat diangkat menjadi {started.year - born.year} tahun"
    if digits[14] not in "12":
        return f"angka jenis kelamin {digits[14]}, seharusnya 1 atau 2"
    if plan_year is not None and started.year > plan_year:
        return f"tahun pengangkatan {started.year} sesudah tahun rencana {plan_year}"
    return None


@check(
    "NIP_TIDAK_VALID",
    "peringatan",
    "isi",
    judul="NIP tidak wajar",
    datasets=["dokumen"],
    example="19801312 200003 1 003 has no such birth date.",
)
def nip(book: Book) -> Iterator[Doubt]:
    """The signatory's NIP with its form: 18 digits, a birth date, a month of appointment, sex."""
    for record in book.rows("dokumen"):
        number = record.get("nip")
        fault = nip_fault(number, book.context.tahun) if number else None
        if fault:
            yield Doubt(f"NIP penanda tangan tidak wajar: {fault}.", record=record, kolom="nip", nilai=number)
