"""Figures and quotations as messages print them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from schemas.ledger import Record

LEVEL_NAMES = {
    "urusan": "urusan",
    "bidang": "bidang urusan",
    "program": "program",
    "kegiatan": "kegiatan",
    "sub_kegiatan": "sub kegiatan",
}
_LONGEST_QUOTE = 110


def rupiah(amount: Decimal) -> str:
    """`Rp1.250.000`, with cents only where there are any."""
    whole = f"{int(abs(amount)):,}".replace(",", ".")
    cents = int(abs(amount) % 1 * 100)
    return f"{'-' if amount < 0 else ''}Rp{whole}" + (f",{cents:02d}" if cents else "")


def figure(value: float) -> str:
    """A number as Indonesian readers write it: `61,1`, `1.250`."""
    text = f"{value:,.10f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def quote(text: Any) -> str:
    """A text in quotation marks, shortened at a word when it is long."""
    words = " ".join(str(text).split())
    if len(words) > _LONGEST_QUOTE:
        words = words[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    return f"“{words}”"


def section_title(section: Record) -> str:
    """How a message calls a row of `bagian`: its number and heading."""
    parts = [part for part in (section.get("nomor"), section.get("judul")) if part]
    return " ".join(parts) or "tanpa judul"


def pages(*numbers: int | None) -> str:
    """` (halaman 7 dan 19)`, or nothing where no page is known."""
    known = sorted({number for number in numbers if number is not None})
    if not known:
        return ""
    last = f" dan {known[-1]}" if len(known) > 1 else ""
    return f" (halaman {', '.join(map(str, known[:-1] if last else known))}{last})"
