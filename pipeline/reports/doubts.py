"""Which figures of a document are in doubt, by its findings of how it was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Figure = Literal["nama", "pagu", "target", "satuan"]

COLUMNS: Mapping[Figure, tuple[str, ...]] = {
    "nama": ("nama", "indikator"),
    "pagu": ("pagu", "pagu_teks"),
    "target": ("target", "target_teks", "target_min", "target_maks", "target_kategori"),
    "satuan": ("satuan",),
}
"""The columns of the contract that what a report shows as one figure or text was read into."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """Codes of findings by row and column; the column is "" where a finding doubts the whole row.

    A row goes by its `baris_id`, a node by its `node_id`, too, since that is what `perbandingan` names. Findings that
    are only said for information (`info`) doubt no figure, as in a comparison (`pipeline.release.comparing.plans`).
    """

    codes: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def of(self, key: str | None, *figures: Figure) -> tuple[str, ...]:
        """The codes of the findings that doubt one of these figures of a row, each once; none for no row."""
        if key is None:
            return ()
        columns = ("", *(column for figure in figures for column in COLUMNS[figure]))
        return distinct(self.codes.get((key, column), ()) for column in columns)

    def rows(self, figure: Figure) -> list[str]:
        """The keys of all rows whose figure is in doubt."""
        wanted = {"", *COLUMNS[figure]}
        return sorted({key for key, column in self.codes if column in wanted})


def distinct(groups: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """The codes of several groups, each once, in their order."""
    return tuple(dict.fromkeys(code for codes in groups for code in codes))
