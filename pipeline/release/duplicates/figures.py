"""The figures of a document's records, whether they were surely read, and which of two documents' belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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


Fits = Callable[[Item, Item], bool]


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
    """Pair the records of two documents: by name, equal figures first, then those whose names are nearly alike.

    A plan lists a row in several tables, with its figures in one of them: a row without any comes last.
    """
    pairs: list[tuple[Item, Item]] = []
    left, right = list(first), list(second)
    for fits in _NAMED:
        left, right = _pair_named(left, right, fits, pairs)
    for how in _NEARLY:
        left, right = _pair_alike(left, right, how, pairs)
    return Pairing(pairs, left, right)


def _equal(one: Item, other: Item) -> bool:
    return one.figures == other.figures


def _same_columns(one: Item, other: Item) -> bool:
    return one.figures.keys() == other.figures.keys()


def _equal_and_some(one: Item, other: Item) -> bool:
    return bool(one.figures) and one.figures == other.figures


def _any(_one: Item, _other: Item) -> bool:
    return True


def _name(item: Item) -> str:
    return item.name


def _title(item: Item) -> str:
    return item.title.casefold()


# What must hold of the figures of two rows of one name, in this order.
_NAMED: tuple[Fits, ...] = (_equal, _same_columns)
# What is compared of two leftover rows, how like it must be, and what must hold of their figures besides. An excerpt
# may not show what stands above its first rows, so their own names must do beside equal figures.
_NEARLY: tuple[tuple[Callable[[Item], str], float, Fits], ...] = (
    (_name, _ALIKE_WITH_EQUAL_FIGURES, _equal_and_some),
    (_name, _ALIKE, _same_columns),
    (_title, _ALIKE, _equal_and_some),
    (_name, _ALIKE, _any),
)


def _pair_named(
    first: Sequence[Item], second: Sequence[Item], fits: Fits, pairs: list[tuple[Item, Item]]
) -> tuple[list[Item], list[Item]]:
    """Pair rows of one name in their order, as long as they fit; returns those of each side that are left."""
    there: dict[tuple[str, str | None, str], list[Item]] = defaultdict(list)
    for item in second:
        there[item.dataset, item.level, item.name].append(item)
    left: list[Item] = []
    for item in first:
        group = there[item.dataset, item.level, item.name]
        found = next((other for other in group if fits(item, other)), None)
        if found is None:
            left.append(item)
        else:
            pairs.append((item, found))
            group.remove(found)
    return left, [item for group in there.values() for item in group]


def _pair_alike(
    first: list[Item],
    second: list[Item],
    how: tuple[Callable[[Item], str], float, Fits],
    pairs: list[tuple[Item, Item]],
) -> tuple[list[Item], list[Item]]:
    """Pair leftover rows, the likest first; returns those of each side that are left."""
    if not first or not second:
        return first, second
    text, least, fits = how
    scores = process.cdist(list(map(text, first)), list(map(text, second)), scorer=fuzz.ratio, score_cutoff=least)
    found = [
        (-float(scores[row, column]), int(row), int(column))
        for row, column in zip(*scores.nonzero(), strict=True)
        if (first[row].dataset, first[row].level) == (second[column].dataset, second[column].level)
        and fits(first[row], second[column])
    ]
    rows: set[int] = set()
    columns: set[int] = set()
    for _, row, column in sorted(found):
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            pairs.append((first[row], second[column]))
    return (
        [item for row, item in enumerate(first) if row not in rows],
        [item for column, item in enumerate(second) if column not in columns],
    )
