"""The figures of a document's records, whether they were surely read, and which of two documents' belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from rapidfuzz import fuzz, process

from pipeline.reference.words import tokens

# The figures of each dataset: the column that a finding names, and the columns that make up its value.
_FIGURES: dict[str, dict[str, tuple[str, ...]]] = {
    "program_kegiatan": {"pagu": ("pagu",), "prakiraan_pagu": ("prakiraan_pagu",)},
    "indikator": {
        "target": ("target", "target_min", "target_maks", "target_kategori"),
        "kondisi_awal": ("kondisi_awal",),
        "prakiraan_target": ("prakiraan_target",),
    },
    "target_periode": {"target": ("target",), "anggaran": ("anggaran",)},
    "rekening": {"jumlah": ("jumlah",)},
}
# Where a figure could not be made a number, what is printed stands for it.
_PRINTED = {
    "target": "target_teks",
    "kondisi_awal": "kondisi_awal_teks",
    "prakiraan_target": "prakiraan_target_teks",
    "pagu": "pagu_teks",
    "jumlah": "jumlah_teks",
}
_NAMES: dict[str, tuple[str, ...]] = {
    "program_kegiatan": ("program", "kegiatan", "nama"),
    "indikator": ("sasaran", "program", "kegiatan", "sub_kegiatan", "jenis", "indikator"),
    "rekening": ("kode", "uraian"),
}
_ALIKE = 90.0
_ALIKE_WITH_EQUAL_FIGURES = 80.0

Table = Callable[[str], pa.Table]
Doubted = Callable[[Mapping[str, Any], str], bool]
Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Item:
    """A record as far as it is compared: where it stands, how it is called, and its figures by column.

    `figures` holds canonical texts, `printed` what a reader is shown, `unsure` the columns whose reading is in doubt.
    """

    dataset: str
    baris_id: str
    halaman: int | None
    tabel_id: str | None
    bukti: tuple[str, ...]
    level: str | None
    name: str
    title: str
    figures: Mapping[str, str]
    printed: Mapping[str, str]
    unsure: frozenset[str]


Likeness = Callable[[Sequence[Item], Sequence[Item]], Scores]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Records of two documents that belong together, and those that only one of them has."""

    pairs: Sequence[tuple[Item, Item]]
    only_first: Sequence[Item]
    only_second: Sequence[Item]


def items_of(table: Table, doubted: Doubted) -> list[Item]:
    """The records of a document that may carry figures, in reading order."""
    indicators = {row["baris_id"]: row for row in table("indikator").to_pylist()}
    items: list[Item] = []
    for dataset in _FIGURES:
        rows = indicators.values() if dataset == "indikator" else table(dataset).to_pylist()
        for row in rows:
            about = indicators.get(row["indikator_id"]) if dataset == "target_periode" else None
            items.append(_item(dataset, row, _label(dataset, row, about), doubted))
    return items


def _label(dataset: str, row: Mapping[str, Any], indicator: Mapping[str, Any] | None) -> tuple[str, str]:
    """The name that a record is matched by, and the last part of it, which names it to a reader."""
    if dataset == "target_periode":
        name, title = ("", "") if indicator is None else _label("indikator", indicator, None)
        return f"{row['periode']} {name}", f"{title} ({row['periode']})"
    parts = [row[column] for column in _NAMES[dataset] if row[column]]
    return " ".join(tokens(" ".join(parts))), parts[-1] if parts else ""


def _item(dataset: str, row: Mapping[str, Any], label: tuple[str, str], doubted: Doubted) -> Item:
    figures: dict[str, str] = {}
    printed: dict[str, str] = {}
    for column, parts in _FIGURES[dataset].items():
        text = row[_PRINTED[column]] if _PRINTED.get(column) in row else None
        values = [str(row[part]).casefold() for part in parts if row[part] is not None]
        if values or (text and any(character.isdigit() for character in text)):
            figures[column] = " ".join(values) or " ".join(tokens(text or ""))
            printed[column] = text or values[0]
    return Item(
        dataset, row["baris_id"], row["halaman"], row["tabel_id"], tuple(row["bukti"]),
        row.get("level"), *label, figures, printed,
        frozenset(column for column in _FIGURES[dataset] if doubted(row, column)),
    )  # fmt: skip


def pair_items(first: Sequence[Item], second: Sequence[Item]) -> Pairing:
    """Pair the records of two documents: by name, equal figures first, then those whose names are nearly alike."""
    pairs: list[tuple[Item, Item]] = []
    here, there = _by_name(first), _by_name(second)
    left: list[Item] = []
    right: list[Item] = []
    for key in {**here, **there}:
        found, lone, other = _pair_group(here.get(key, []), there.get(key, []))
        pairs += found
        left += lone
        right += other
    for how in (_like_in_name, _like_in_title):
        pairs += _pair_alike(left, right, how)
        taken = {id(item) for pair in pairs for item in pair}
        left = [item for item in left if id(item) not in taken]
        right = [item for item in right if id(item) not in taken]
    return Pairing(pairs, left, right)


def _by_name(items: Iterable[Item]) -> dict[tuple[str, str | None, str], list[Item]]:
    groups: dict[tuple[str, str | None, str], list[Item]] = defaultdict(list)
    for item in items:
        groups[item.dataset, item.level, item.name].append(item)
    return groups


def _pair_group(first: list[Item], second: list[Item]) -> tuple[list[tuple[Item, Item]], list[Item], list[Item]]:
    """Rows of one name: a plan may list one several times, and one print may have been lost in one reading."""
    pairs: list[tuple[Item, Item]] = []
    left: list[Item] = []
    right = list(second)
    for item in first:
        equal = next((other for other in right if other.figures == item.figures), None)
        if equal is None:
            left.append(item)
        else:
            pairs.append((item, equal))
            right.remove(equal)
    both = min(len(left), len(right))
    pairs += zip(left[:both], right[:both], strict=True)
    return pairs, left[both:], right[both:]


def _pair_alike(first: Sequence[Item], second: Sequence[Item], how: Likeness) -> Iterator[tuple[Item, Item]]:
    """Leftover rows whose names differ in a few letters, the likest first."""
    if not first or not second:
        return
    scores = how(first, second)
    found = [
        (-float(scores[row, column]), row, column)
        for row, column in zip(*scores.nonzero(), strict=True)
        if (first[row].dataset, first[row].level) == (second[column].dataset, second[column].level)
        and (first[row].figures == second[column].figures or scores[row, column] >= _ALIKE)
    ]
    rows: set[int] = set()
    columns: set[int] = set()
    for _, row, column in sorted(found):
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            yield first[row], second[column]


def _like_in_name(first: Sequence[Item], second: Sequence[Item]) -> Scores:
    """Whole names, with those of the rows above; equal figures will make up for letters."""
    names = ([item.name for item in items] for items in (first, second))
    return process.cdist(*names, scorer=fuzz.ratio, score_cutoff=_ALIKE_WITH_EQUAL_FIGURES)


def _like_in_title(first: Sequence[Item], second: Sequence[Item]) -> Scores:
    """Names of their own beside equal figures: an excerpt may not show what stands above its first rows."""
    titles = ([item.title.casefold() for item in items] for items in (first, second))
    scores = process.cdist(*titles, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    for row, column in zip(*scores.nonzero(), strict=True):
        if not first[row].figures or first[row].figures != second[column].figures:
            scores[row, column] = 0.0
    return scores
