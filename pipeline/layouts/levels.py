"""The levels of a table's rows, told together: evidence is added up over all rows, and the whole table is read at once.

A hidden Markov model over the levels, rows in reading order. A row's score is what it says itself, how it follows the
row above it, and how usual its look is for a level *in this table*. The last is not known at first: the table is read
by the other two, looks are counted, and it is read again. It may be read a level too high or too low as a whole: such
readings are tried too, and the best total wins. The weights are data, in `levels.yaml`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from pipeline.layouts.vocabulary import letters

Scores = NDArray[np.float64]

SURE = 0.99  # the share of a level among all readings; of rows below it, one in six was wrong, above it none
SMOOTH, LOWEST = 0.5, -4.0  # rows that a look is taken to have been seen on already; the least that a look may say
ROUNDS = 6  # readings until the looks no longer change
MOST_ROWS = 5_000  # in one table; beyond, rows are read in pieces so that time and memory stay bounded
FAR_UP = 2
FEWEST_WORDED = 2  # programs with their word in a table: one may be a heading
LONG_CODE = 3  # parts of a code: fewer are found in any numbering


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of a row that names something. `header` are the levels that its column's header names."""

    name: str
    header: tuple[str, ...] = ()
    word: str | None = None  # the level whose word the name begins with
    code: str | None = None
    code_depth: int = 0  # which of the code columns the last part stands in
    code_level: str | None = None  # what the form of its code stands for
    ordinal: str | None = None  # the style of its ordinal
    count: int = 0
    label_column: int = -1
    column: int = 0
    step: int = 0  # the leaf column of its name
    indent: int = 0  # from the left edge of its column, in steps
    bold: bool = False
    fill: object = None
    amount: int | None = None
    indicator: bool = False
    target: bool = False

    @property
    def capitals(self) -> bool:
        return len(letters(self.name)) > len("urusan") - 1 and self.name == self.name.upper()

    def look(self, sign: str) -> object:
        """What one sign of its look is; equal for rows that look alike."""
        match sign:
            case "code":
                return (self.code_depth, self.code.count(".")) if self.code else None
            case "column":
                return self.column, self.step
            case "ordinal":
                return self.ordinal, self.label_column
            case "filled":
                return self.amount is not None, self.indicator, self.target
        return getattr(self, sign)


@dataclass(frozen=True, slots=True)
class Told:
    """The level of a row, its share among all readings (0 to 1), and the runner-up."""

    level: str
    share: float
    second: str

    @property
    def sure(self) -> bool:
        return self.share >= SURE


@cache
def weights() -> Mapping[str, Any]:
    """The sections of `levels.yaml`."""
    loaded: Mapping[str, Any] = yaml.safe_load(files("pipeline.layouts").joinpath("levels.yaml").read_text("utf-8"))
    return loaded


def tell_levels(rows: Sequence[Row], scale: Sequence[str], *, below_kegiatan: bool = False) -> list[Told]:
    """The level of each row of a table, out of `scale` (coarsest first), by everything that the rows show.

    `below_kegiatan`: whether plans of its year have sub kegiatan, so that a header ending at the kegiatan may be short.
    """
    found: list[Told] = []
    for start in range(0, len(rows), MOST_ROWS):
        found += _tell(rows[start : start + MOST_ROWS], scale, below_kegiatan)
    return found


def _tell(rows: Sequence[Row], scale: Sequence[str], below_kegiatan: bool) -> list[Told]:
    own, pair = _row_scores(rows, scale, below_kegiatan), _pair_scores(rows, len(scale))
    first = _settle(own, pair, rows, _shares(own, pair))
    readings = [first] + [_settle(own, pair, rows, np.roll(first.share, by, axis=1)) for by in (-1, 1)]
    totals = np.array([reading.total for reading in readings])
    weight = np.exp((totals - totals.max()) * min(1.0, _looks(rows) / len(rows)))
    share = np.tensordot(weight / weight.sum(), np.array([reading.share for reading in readings]), 1)
    path = _best_path(readings[int(totals.argmax())].own, pair)
    return [_told(scale, share[row], level, _anchored(rows)) for row, level in enumerate(path)]


def _told(scale: Sequence[str], share: Scores, level: int, anchored: bool) -> Told:
    second = int(np.argsort(np.where(np.arange(len(scale)) == level, -1.0, share))[-1])
    return Told(scale[level], float(share[level]) if anchored else 0.0, scale[second])


def _anchored(rows: Sequence[Row]) -> bool:
    """Whether anything says which level the table is on at all: without, all of it may be one too high or low."""
    return _trusts_codes(rows) or any(row.word or len(row.header) == 1 for row in rows)


def _looks(rows: Sequence[Row]) -> int:
    """How many different looks a table has: rows that look alike are no independent witnesses."""
    signs = ("word", "code", "bold", "ordinal", "fill")
    return len({tuple(str(row.look(sign)) for sign in signs) for row in rows})


def _trusts_codes(rows: Sequence[Row]) -> bool:
    """Whether every code has the official form, one of them with three parts or more."""
    coded = [row for row in rows if row.code]
    long = any((row.code or "").count(".") + 1 >= LONG_CODE for row in coded)
    return long and all(row.code_level for row in coded)


def _row_scores(rows: Sequence[Row], scale: Sequence[str], below_kegiatan: bool) -> Scores:
    worth, trusted = weights()["row"], _trusts_codes(rows)
    worded = sum(row.word == "program" for row in rows) >= FEWEST_WORDED
    shown = {row.code_level for row in rows if row.code_level} if trusted else set()
    score = np.zeros((len(rows), len(scale)))
    for number, row in enumerate(rows):
        header = tuple(level for level in scale if level in row.header or (row.header and level in shown))
        for place, level in enumerate(scale):
            signs = [*_said(row, level, trusted), *_headed(row, level, header, below_kegiatan)]
            if worded and level == "program" and not row.word:
                signs.append("program without its word")
            if number == 0 and level in ("urusan", "program"):
                signs.append(f"first {level}")
            score[number, place] = sum(worth[sign] for sign in signs)
    return score


def _may_hold(header: Sequence[str], finer: bool) -> bool:
    """Whether a header of several levels, kegiatan the finest, leaves it open that sub kegiatan stand under it."""
    return finer and len(header) > 1 and header[-1] == "kegiatan"


def _said(row: Row, level: str, trusted: bool) -> Iterator[str]:
    if row.word:
        yield "word" if row.word == level else "other word"
    if trusted and row.code_level:
        yield "official code" if row.code_level == level else "other official code"


def _headed(row: Row, level: str, header: Sequence[str], below_kegiatan: bool) -> Iterator[str]:
    """What the header says; `header` are its levels and those that official codes show beside it."""
    if not header:
        return
    open_below = _may_hold(header, below_kegiatan)
    yield "in header" if level in header or (open_below and level == "sub_kegiatan") else "not in header"
    if len(header) == 1:
        yield "only one in header" if level in header else "beside only one"
        return
    if level == header[-1] and not open_below:
        yield "finest"
        if row.ordinal in ("number", "01"):
            yield "finest, numbered"
        if row.amount is not None:
            yield "finest, amount"
        if row.indicator:
            yield "finest, indicator"
    if level == header[0] and row.bold:
        yield "coarsest, bold"


def _pair_scores(rows: Sequence[Row], levels: int) -> Scores:
    """For each row, by level of the row above and its own; the first is all zeros."""
    worth, by = weights()["pair"], weights()["step"]
    step = np.arange(levels)[None, :] - np.arange(levels)[:, None]
    base = by["one finer"] * (step == 1) + by["skipped"] * (step > 1) + by["far up"] * (step < -FAR_UP)
    parents, siblings = printed_sums([row.amount for row in rows])
    score = np.zeros((len(rows), levels, levels))
    for i in range(1, len(rows)):
        signs = ["always", *_relations(rows[i - 1], rows[i])]
        signs += ["sum begins"] * (i - 1 in parents) + ["sum goes on"] * ((i - 1, i) in siblings)
        same, finer, coarser = np.sum([worth[sign] for sign in signs], axis=0)
        score[i] = base + same * (step == 0) + finer * (step > 0) + coarser * (step < 0)
    return score


def printed_sums(amounts: Sequence[int | None]) -> tuple[set[int], set[tuple[int, int]]]:
    """Rows whose amount is the sum of those after it, sums within sums counting once; and neighbours in such a sum."""
    end = list(range(1, len(amounts) + 1))
    parents: set[int] = set()
    siblings: set[tuple[int, int]] = set()
    for row in range(len(amounts) - 2, -1, -1):
        whole = amounts[row]
        total, parts, at = 0, [], row + 1
        while whole and at < len(amounts) and total < whole:
            if part := amounts[at]:
                total += part
                parts.append(at)
            at = end[at]
        if whole and total == whole and len(parts) > 1:
            end[row] = at
            parents.add(row)
            siblings |= set(itertools.pairwise(parts))
    return parents, siblings


def _relations(above: Row, row: Row) -> Iterator[str]:
    """The signs that a row and the one above it show together."""
    if above.code and row.code:
        yield from _codes(above.code.split("."), row.code.split("."))
    if row.ordinal:
        on = above.ordinal == row.ordinal and row.count == above.count + 1
        yield "ordinal counts on" if on else "ordinal is first" if row.count == 1 else "ordinal is later"
    if above.bold != row.bold:
        yield "bold begins" if row.bold else "bold ends"
    if above.capitals != row.capitals:
        yield "capitals begin" if row.capitals else "capitals end"
    yield from _places(above, row)
    if all(row.look(sign) == above.look(sign) for sign in ("code", "ordinal", "bold", "capitals", "fill", "column")):
        yield "looks the same"
    if row.amount and above.amount and row.amount > above.amount:
        yield "amount grows"
    if above.word == "program" and not row.word:
        yield "after a program"
    if row.word and not above.word:
        yield "word again"


def _codes(above: Sequence[str], own: Sequence[str]) -> Iterator[str]:
    if above == own:
        yield "code repeats"
    elif len(above) == len(own):
        yield "code is sibling" if above[:-1] == own[:-1] else "code as long"
    elif len(own) < len(above):
        yield "code shorter"
    elif own[: len(above)] == above:
        yield "code extends"


def _places(above: Row, row: Row) -> Iterator[str]:
    if row.column != above.column:
        yield "column right" if row.column > above.column else "column left"
    elif row.step != above.step:
        yield "step right" if row.step > above.step else "step left"
    elif abs(row.indent - above.indent) > 1:
        yield "indent in" if row.indent > above.indent else "indent out"


def _look_scores(rows: Sequence[Row], share: Scores) -> Scores:
    """How usual a row's look is for each level in this table, the row itself left out."""
    score = np.zeros_like(share)
    for sign, weight in weights()["look"].items():
        number: dict[object, int] = {}
        which = np.array([number.setdefault(row.look(sign), len(number)) for row in rows])
        if len(number) < 2:
            continue
        count = np.zeros((len(number), share.shape[1]))
        np.add.at(count, which, share)
        usual = (count[which] - share + SMOOTH) / (share.sum(0) - share + SMOOTH * len(number))
        score += weight * np.maximum(np.log(usual), LOWEST)
    return score


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a table that agrees with itself: its total score, its rows' scores, and the levels' shares."""

    total: float
    own: Scores
    share: Scores


def _settle(own: Scores, pair: Scores, rows: Sequence[Row], share: Scores) -> _Reading:
    score = own
    for _ in range(ROUNDS):
        score = own + _look_scores(rows, share)
        share = _shares(score, pair)
    return _Reading(_total(score, pair), score, share)


def _log_sum(values: Scores, axis: int) -> Scores:
    top = values.max(axis, keepdims=True)
    summed: Scores = (top + np.log(np.exp(values - top).sum(axis, keepdims=True))).squeeze(axis)
    return summed


def _total(own: Scores, pair: Scores) -> float:
    ahead = own[0]
    for i in range(1, len(own)):
        ahead = own[i] + _log_sum(ahead[:, None] + pair[i], 0)
    return float(_log_sum(ahead, 0))


def _shares(own: Scores, pair: Scores) -> Scores:
    """The share of each level of each row among all readings: forward and backward sums."""
    ahead, back = own.copy(), np.zeros_like(own)
    for i in range(1, len(own)):
        ahead[i] += _log_sum(ahead[i - 1][:, None] + pair[i], 0)
    for i in range(len(own) - 2, -1, -1):
        back[i] = _log_sum(pair[i + 1] + (own[i + 1] + back[i + 1])[None, :], 1)
    shares: Scores = np.exp(ahead + back - _log_sum(ahead[-1], 0))
    return shares


def _best_path(own: Scores, pair: Scores) -> list[int]:
    score, came = own[0], np.zeros(own.shape, dtype=int)
    for i in range(1, len(own)):
        paths = score[:, None] + pair[i]
        came[i], score = paths.argmax(0), paths.max(0) + own[i]
    path = [int(score.argmax())]
    for i in range(len(own) - 1, 0, -1):
        path.append(int(came[i][path[-1]]))
    return path[::-1]
