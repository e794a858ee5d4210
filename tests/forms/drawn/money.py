"""Amounts and targets as offices print them."""

from __future__ import annotations

from tests.forms.drawn.content import Aim

STEP = {"rupiah": 1_000, "ribuan": 1_000, "juta": 100_000}
UNIT = {"rupiah": 1, "ribuan": 1_000, "juta": 1_000_000}
MARKS = {"rupiah": ("(Rp)", "(Rp.)", "", ""), "ribuan": ("(Rp. 000)", "(dalam ribuan)", "(Ribuan)"),
         "juta": ("(dlm juta)", "(juta rupiah)", "(Rp. Juta)")}  # fmt: skip


def rounded(amount: int, scale: str) -> int:
    """An amount that the scale shows exactly."""
    return max(1, round(amount / STEP[scale])) * STEP[scale]


def shown(amount: int, scale: str, notation: str) -> str:
    """The amount in rupiah as a form of that scale and notation prints it."""
    value = amount / UNIT[scale]
    decimals = {"juta": 2, "rupiah": 2 if notation in ("decimals", "english") else 0}.get(scale, 0)
    text = f"{value:,.{decimals}f}"
    if notation != "english":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"Rp {text}" if notation == "rp" else text


def number(value: float) -> str:
    """A target as printed: dots between thousands, a comma before decimals."""
    text = f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    whole, _, decimals = text.partition(",")
    decimals = decimals.rstrip("0")
    return f"{whole},{decimals}" if decimals else whole


def target(aim: Aim, with_unit: bool) -> str:
    """What the target's cell holds."""
    if aim.value is None:
        return aim.grade or ""
    if not with_unit or aim.unit is None:
        return number(aim.value)
    return f"{number(aim.value)}%" if aim.unit == "%" else f"{number(aim.value)} {aim.unit}"
