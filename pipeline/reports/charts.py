"""Pagu as bars, drawn by matplotlib as SVG: no display, no network, the same bytes for the same figures."""

from __future__ import annotations

import io
import textwrap
import warnings
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from pipeline.reports.summary import Beside
from pipeline.reports.texts import Words
from pipeline.values.written import write_amount

MOST_BARS = 15
_NAME_WIDTH, _NAME_LINES = 44, 3
_INCHES_WIDE, _INCHES_PER_ROW, _INCHES_AROUND = 7.4, 0.48, 0.8
_BAR = 0.38
_DOUBTED = " \u26a0"
_COLOURS = ("#9fb3c8", "#1f4e79")  # told apart in grey, too
# A `$` in a name is no formula, and letters are drawn, whichever fonts the reader has.
_STYLE: Any = {
    "text.parse_math": False,
    "svg.hashsalt": "rkt",
    "svg.fonttype": "path",
    "font.size": 8,
    "font.family": "DejaVu Sans",
}
_SCALES = ((Decimal(10) ** 9, "axis.billion"), (Decimal(10) ** 6, "axis.million"), (Decimal(1), "axis.rupiah"))


def pagu_chart(rows: Sequence[Beside], labels: Sequence[str], words: Words) -> bytes:
    """An SVG of horizontal bars, a pair of them per row, the largest on top; amounts in rupiah, scaled.

    `labels` names the two documents, or the one of a report on a single document (`after` is drawn). Only the first
    fifteen are drawn: the rest added up would dwarf them.
    """
    shown = _largest(rows)
    unit, unit_key = next(scale for scale in _SCALES if scale[0] <= max(row.size for row in shown) or scale[0] == 1)
    with rc_context(_STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # a letter that the font lacks is a box
        figure = Figure(figsize=(_INCHES_WIDE, _INCHES_AROUND + _INCHES_PER_ROW * len(shown)), layout="constrained")
        axes = figure.add_subplot()
        _draw_bars(axes, shown, labels, unit)
        _dress(axes, shown, words(unit_key))
        stream = io.BytesIO()
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    return stream.getvalue()


def _largest(rows: Sequence[Beside]) -> list[Beside]:
    return sorted(rows, key=lambda row: -row.size)[:MOST_BARS]


def _draw_bars(axes: Axes, rows: Sequence[Beside], labels: Sequence[str], unit: Decimal) -> None:
    before, after = (
        [(row.before, row.doubts_before or row.unread_before) for row in rows],
        [(row.after, row.doubts_after or row.unread_after) for row in rows],
    )
    series = [before, after][2 - len(labels) :]
    colours = _COLOURS[2 - len(labels) :]
    for number, (values, label, colour) in enumerate(zip(series, labels, colours, strict=True)):
        offset = (number - (len(labels) - 1) / 2) * _BAR
        places = [place + offset for place in range(len(rows))]
        bars = axes.barh(
            places, [float((value or 0) / unit) for value, _ in values], _BAR, color=colour, label=_plain(label)
        )
        texts = ["" if value is None else _amount(value / unit) + _DOUBTED * bool(doubts) for value, doubts in values]
        axes.bar_label(bars, labels=texts, padding=3, fontsize=7)


def _dress(axes: Axes, rows: Sequence[Beside], unit: str) -> None:
    axes.set_yticks(range(len(rows)), [_wrapped(row.name) for row in rows])
    axes.set_xlim(left=0)
    axes.margins(x=0.12)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _amount(Decimal(str(value)))))
    axes.set_xlabel(unit)
    axes.grid(axis="x", color="#e3e8ee", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.figure.legend(loc="outside upper right", ncols=2, frameon=False)


def _amount(value: Decimal) -> str:
    return write_amount(round(value, 1 if abs(value) >= 10 else 2))


def _wrapped(name: str) -> str:
    lines = textwrap.wrap(_plain(name), _NAME_WIDTH) or [""]
    if len(lines) > _NAME_LINES:
        lines = [*lines[: _NAME_LINES - 1], lines[_NAME_LINES - 1][: _NAME_WIDTH - 2] + " …"]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Without control characters, which an SVG may not hold."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
