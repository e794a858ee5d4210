"""Budget annexes: accounts against their parts, and printed totals against the accounts that they add up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.checks.book import Book
from pipeline.checks.context import PrintedTotal
from pipeline.checks.registry import Doubt, check
from pipeline.checks.sums import code_within
from pipeline.checks.wording import rupiah
from schemas.ledger import Record

REVENUE, SPENDING, FINANCING = "4", "5", "6"  # akun pendapatan, belanja dan pembiayaan, Permendagri 90/2019
OWNER = "daerah"  # `Jumlah Pendapatan` totals the account `PENDAPATAN DAERAH`
BALANCE = re.compile(r"surplus|defisit", re.IGNORECASE)  # pendapatan less belanja, PP 12/2019 article 28


@check(
    "REKENING_TIDAK_COCOK",
    "galat",
    "isi",
    judul="Rekening tidak sama dengan jumlah rincian",
    datasets=["rekening"],
    example="Account 4.1 prints Rp100, 4.1.1 and 4.1.2 add up to Rp90.",
)
def accounts(book: Book) -> Iterator[Doubt]:
    """The amount of an account against the sum of the accounts printed under it, the finest ones counted once."""
    rows = [row for row in book.rows("rekening") if row.get("kode")]
    for index, row in enumerate(rows):
        parts = _parts(rows, index)
        sums = _sums(row, parts)
        printed = row.get("jumlah")
        if printed is None or not sums or printed in sums:
            continue
        yield Doubt(
            f"Rekening {row.values['kode']} mencetak {rupiah(printed)}, tetapi {len(parts)} rekening di bawahnya "
            f"berjumlah {rupiah(sums[0])}.",
            record=row,
            kolom="jumlah",
            nilai=str(printed),
            pembanding=str(sums[0]),
            others=tuple(parts),
        )


def _parts(rows: Sequence[Record], index: int) -> list[Record]:
    """The rows right after a row whose codes lie below its own, those under one of them left out.

    The same code may head several sections of a table, and be printed again at the top of a page.
    """
    parts: list[Record] = []
    for row in rows[index + 1 :]:
        if row.tabel_id != rows[index].tabel_id or not _goes_on(row, rows[index]):
            break
        if row.values["kode"] == rows[index].values["kode"]:
            continue
        if not any(_goes_on(row, part) for part in parts):
            parts.append(row)
    return parts


def _goes_on(row: Record, above: Record) -> bool:
    """Whether a row lies below another, or is that row printed again."""
    same = [row.get(name) == above.get(name) for name in ("kode", "uraian", "jumlah")]
    return all(same) or code_within(row.values["kode"], above.values["kode"])


def _sums(row: Record, parts: Sequence[Record]) -> list[Decimal]:
    """What the parts come to; financing may be printed net, receipts less expenses (pembiayaan netto)."""
    signs = [[1] * len(parts)]
    if row.values["kode"] == FINANCING and len(parts) == 2:
        signs.append([1, -1])
    sums = [_sum(list(zip(choice, parts, strict=True))) for choice in signs if parts]
    return [amount for amount in sums if amount is not None]


@check(
    "TOTAL_REKENING_TIDAK_COCOK",
    "galat",
    "isi",
    judul="Jumlah tercetak tidak sama dengan rekeningnya",
    datasets=["rekening"],
    example="JUMLAH PENDAPATAN prints Rp500, the account 4 PENDAPATAN DAERAH Rp520.",
)
def account_total(book: Book) -> Iterator[Doubt]:
    """A printed total (`Jumlah Belanja`, `Surplus/(Defisit)`) against the account of its name, or revenue less
    spending."""
    for total in book.context.totals:
        rows = [row for row in book.rows("rekening") if row.tabel_id == total.tabel_id and row.get("kode")]
        parts = _balanced(rows) if BALANCE.search(total.label) else _named(rows, total)
        sums = {amount for signed in parts if (amount := _sum(signed)) is not None}
        if total.kolom != "jumlah" or not sums or total.nilai in sums:
            continue
        own = max(sums)
        yield Doubt(
            f"{total.label} mencetak {rupiah(total.nilai)}, tetapi menurut rekeningnya {rupiah(own)} "
            f"(selisih {rupiah(total.nilai - own)}).",
            kolom="jumlah",
            nilai=str(total.nilai),
            pembanding=str(own),
            halaman=total.halaman,
            tabel_id=total.tabel_id,
            bukti=total.bukti,
            others=tuple(row for signed in parts for _, row in signed),
        )


def _key(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text).casefold().removesuffix(OWNER)


def _named(rows: Sequence[Record], total: PrintedTotal) -> list[list[tuple[int, Record]]]:
    """Each account by whose name the total's label ends."""
    label = _key(total.label)
    names = [(row, _key(row.get("uraian") or "")) for row in rows]
    return [[(1, row)] for row, name in names if name and label != name and label.endswith(name)]


def _balanced(rows: Sequence[Record]) -> list[list[tuple[int, Record]]]:
    revenue = [row for row in rows if row.values["kode"] == REVENUE]
    spending = [row for row in rows if row.values["kode"] == SPENDING]
    return [[(1, revenue[0]), (-1, spending[0])]] if len(revenue) == len(spending) == 1 else []


def _sum(signed: Sequence[tuple[int, Record]]) -> Decimal | None:
    """The sum of signed accounts; None where one has no amount."""
    amounts = [(sign, row.get("jumlah")) for sign, row in signed]
    if any(amount is None for _, amount in amounts):
        return None
    return sum((sign * amount for sign, amount in amounts), Decimal(0))
