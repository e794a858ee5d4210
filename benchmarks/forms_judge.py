"""A drawn document's reading set against its truth, by the definitions of the samples' `score.py`, without a release.

Used where that script is not at hand: tests, and content that is made by code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from benchmarks.scoring import Shares
from pipeline.reference.units import find_unit
from pipeline.release.result import DocumentResult

FIGURES = ("pagu", "prakiraan_pagu", "target", "target_min", "target_maks")
FIELDS = {
    "program_kegiatan": ("level", "nama", "kode", "program", "kegiatan"),
    "indikator": (
        "level", "indikator", "jenis", "satuan", "target_kategori", "misi", "tujuan", "sasaran", "program", "kegiatan",
        "sub_kegiatan",
    ),
}  # fmt: skip
IDENTITY = {
    "program_kegiatan": ("level", "kode", "nama", "program"),
    "indikator": ("jenis", "program", "kegiatan", "sub_kegiatan", "sasaran", "indikator"),
}
# Two texts are of one record from this likeness on, in percent.
ALIKE = 70
Row = Mapping[str, Any]


@dataclass(slots=True)
class Verdict(Shares):
    """Counts of records and figures, and what went wrong in words."""

    truth: int = 0
    out: int = 0
    exact: int = 0
    figures: int = 0
    figures_right: int = 0
    doubted: int = 0
    silent: int = 0
    omitted: int = 0
    doubted_right: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, other: Verdict) -> None:
        for name in ("truth", "out", "exact", "figures", "figures_right", "doubted", "silent", "omitted"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.doubted_right += other.doubted_right
        self.errors += other.errors


def judge(result: DocumentResult, truth: Mapping[str, Any]) -> Verdict:
    """What the reading of a document is worth."""
    found = Verdict()
    for dataset in FIELDS:
        optional = {i for i in range(len(truth[dataset])) if f"{dataset}[{i}]" in truth.get("optional", [])}
        rows = result.table(dataset).to_pylist()
        _judge(found, dataset, truth[dataset], optional, [_tidy(row) for row in rows], _doubts(result, dataset))
    return found


def _doubts(result: DocumentResult, dataset: str) -> set[tuple[str, str | None, bool]]:
    """Row, column, and whether it is our reading that the finding doubts."""
    found = result.table("temuan").to_pylist()
    return {
        (row["baris_id"], row["kolom"], row["jenis"] == "pembacaan")
        for row in found
        if row["tingkat"] != "info" and row["dataset"] == dataset
    }


def _tidy(row: dict[str, Any]) -> dict[str, Any]:
    """A point target may be given with or without its two equal ends."""
    same = {name: None for name in ("target_min", "target_maks") if _same(row.get(name), row.get("target"))}
    return row | same


def _same(left: Any, right: Any) -> bool:
    if left is None or right is None:
        return left is right
    return abs(float(left) - float(right)) < 1e-4


def _plain(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == "satuan":
        unit = find_unit(value)
        return (unit.name if unit else str(value)).casefold()
    if name == "kode":
        return re.sub(r"\s", "", str(value)).strip(".")
    return re.sub(r"[^0-9a-z]", "", str(value).casefold())


def _wrong(dataset: str, wanted: Row, got: Row) -> list[str]:
    names = [n for n in FIELDS[dataset] if n in wanted and _plain(n, wanted[n]) != _plain(n, got.get(n))]
    return names + [n for n in FIGURES if n in wanted and not _same(wanted[n], got.get(n))]


def _text(dataset: str, row: Row) -> str:
    return "|".join(_plain(name, row.get(name)) for name in IDENTITY[dataset])


def _pairs(dataset: str, wanted: Sequence[Row], rows: Sequence[Row]) -> list[tuple[int, int]]:
    """One to one: those without a fault first, then the closest."""
    likeness = []
    for i, truth in enumerate(wanted):
        for j, row in enumerate(rows):
            faults = len(_wrong(dataset, truth, row))
            alike = 100.0 if not faults else fuzz.ratio(_text(dataset, truth), _text(dataset, row)) - faults
            if alike >= ALIKE:
                likeness.append((-alike, i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(likeness):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return list(pairs.items())


def _judge(
    found: Verdict,
    dataset: str,
    wanted: Sequence[Row],
    optional: set[int],
    rows: Sequence[Row],
    doubts: set[tuple[str, str | None, bool]],
) -> None:
    pairs = dict(_pairs(dataset, wanted, rows))
    found.truth += len(wanted) - len(optional)
    found.out += len(rows) - len(optional & pairs.keys())
    for index, truth in enumerate(wanted):
        if index in pairs:
            _judge_pair(found, dataset, truth, rows[pairs[index]], index in optional, doubts)
        elif index not in optional:
            lost = [n for n in FIGURES if truth.get(n) is not None]
            found.figures += len(lost)
            found.omitted += len(lost)
            found.errors.append(f"{dataset}: missing {_text(dataset, truth)[:150]}")
    for index in sorted(set(range(len(rows))) - set(pairs.values())):
        row = rows[index]
        found.errors.append(f"{dataset}: too many {_text(dataset, row)[:150]}")
        for name in FIGURES:
            if row.get(name) is not None:
                kind = "doubted" if _flagged(row, name, doubts) else "silent"
                setattr(found, kind, getattr(found, kind) + 1)


def _judge_pair(
    found: Verdict, dataset: str, truth: Row, row: Row, optional: bool, doubts: set[tuple[str, str | None, bool]]
) -> None:
    wrong = _wrong(dataset, truth, row)
    if wrong:
        told = {name: (truth.get(name), row.get(name)) for name in wrong}
        found.errors.append(f"{dataset}: {told} in {_text(dataset, truth)[:120]}")
    found.exact += not wrong and not optional
    for name in FIGURES:
        there = truth.get(name) is not None and not optional
        found.figures += there
        flagged = _flagged(row, name, doubts)
        if name not in wrong:
            found.figures_right += there
            found.doubted_right += there and _flagged(row, name, {d for d in doubts if d[2]})
        elif flagged:
            found.doubted += 1
        elif row.get(name) is None:
            found.omitted += 1
        else:
            found.silent += 1


def _flagged(row: Row, name: str, doubts: set[tuple[str, str | None, bool]]) -> bool:
    stem = "target" if name.startswith("target") else name
    if row.get(f"{stem}_keyakinan") == "diragukan":
        return True
    columns = {name, None, stem, f"{stem}_teks"}
    return any(row["baris_id"] == d[0] and d[1] in columns for d in doubts)
