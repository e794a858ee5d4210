"""Printed ordinals: they are never keys, but a gap or a repeat is worth a look, for a row may be missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.checks.book import Book, Node
from pipeline.checks.registry import Doubt, check
from pipeline.checks.wording import LEVEL_NAMES, pages

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN_FORM = re.compile(r"(?=[ivxlc])c{0,3}(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE)
Style = str


def _roman(text: str) -> int:
    digits = [_ROMAN[char] for char in text.lower()]
    return sum(-d if i + 1 < len(digits) and d < digits[i + 1] else d for i, d in enumerate(digits))


def ordinal(text: str | None) -> int | None:
    """The number that an ordinal counts: `3`, `c` and `III` are 3. None for what counts nothing (`1.2`, `-`)."""
    if not text:
        return None
    plain = text.strip().strip("().")
    if plain.isascii() and plain.isdigit():
        return int(plain)
    if _ROMAN_FORM.fullmatch(plain) and (len(plain) > 1 or plain.lower() in "iv"):
        return _roman(plain)
    return ord(plain.lower()) - ord("a") + 1 if len(plain) == 1 and plain.isascii() and plain.isalpha() else None


def _numbered(nodes: Sequence[Node]) -> list[tuple[int, Node]]:
    return [(number, node) for node in nodes if (number := ordinal(node.nomor)) is not None]


def _sequences(book: Book) -> Iterator[list[tuple[int, Node]]]:
    """The runs of ordinals that should be whole: siblings, or all rows of a level where the count goes on."""
    tables: dict[tuple[str | None, str], list[list[Node]]] = {}
    for family in book.families:
        tables.setdefault((family[0].record.tabel_id, family[0].level), []).append(family)
    for families in tables.values():
        runs = [run for run in map(_numbered, families) if run]
        firsts = [min(number for number, _ in run) for run in runs]
        counts_on = len(runs) > 1 and all(later > earlier for earlier, later in pairwise(firsts))
        yield from [[pair for run in runs for pair in run]] if counts_on else runs


def _goes_on(run: Sequence[tuple[int, Node]], missing: Sequence[int]) -> bool:
    """Whether a table's topmost rows begin with a later number and miss no other: it may go on from another table."""
    return run[0][1].parent is None and run[0][0] == len(missing) + 1 == missing[-1] + 1


@check(
    "NOMOR_LONCAT",
    "info",
    "isi",
    judul="Nomor meloncat",
    datasets=["program_kegiatan"],
    example="Kegiatan are numbered 1, 2, 4, 5, 6.",
)
def gaps(book: Book) -> Iterator[Doubt]:
    """The ordinals of rows that are numbered together: every number from 1 to the last should be there."""
    for run in _sequences(book):
        numbers = {number for number, _ in run}
        missing = sorted(set(range(1, max(numbers))) - numbers)
        # A list that starts late or has more gaps than rows is numbered by something else.
        if not missing or len(run) < 3 or len(missing) >= len(numbers) or _goes_on(run, missing):
            continue
        after = next(node for number, node in run if number > missing[0])
        yield Doubt(
            f"Nomor {LEVEL_NAMES[after.level]} {_where(after)}meloncat: nomor {', '.join(map(str, missing))} tidak ada "
            f"(tercetak {', '.join(str(number) for number, _ in run)}){pages(after.record.halaman)}.",
            record=after.record,
            kolom="nomor",
            nilai=after.nomor,
            pembanding=", ".join(map(str, missing)),
        )


@check(
    "NOMOR_BERULANG",
    "info",
    "isi",
    judul="Nomor dipakai lebih dari sekali",
    datasets=["program_kegiatan"],
    example="Two sub kegiatan of one kegiatan both carry the number 3.",
)
def repeats(book: Book) -> Iterator[Doubt]:
    """The ordinals of rows that are numbered together: no number should stand before two different names."""
    for run in _sequences(book):
        named = {(number, node.key): node for number, node in reversed(run)}
        counts = Counter(number for number, _ in named)
        for number, count in counts.items():
            if count < 2:
                continue
            nodes = [node for (other, _), node in reversed(named.items()) if other == number]
            yield Doubt(
                f"Nomor {nodes[0].nomor} dipakai {count} kali {_where(nodes[0])}untuk {LEVEL_NAMES[nodes[0].level]} "
                f"yang berbeda: " + "; ".join(f"“{node.label}”" for node in nodes) + ".",
                record=nodes[-1].record,
                kolom="nomor",
                nilai=nodes[-1].nomor,
                others=tuple(node.record for node in nodes[:-1]),
            )


def _where(node: Node) -> str:
    return f"di bawah {LEVEL_NAMES[node.parent.level]} “{node.parent.label}” " if node.parent else ""
