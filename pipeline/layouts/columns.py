"""What a column of a table is, once its header has been read."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.layouts.vocabulary import NODE_LEVELS


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a table: leaf columns `start`..`end`, read from the header texts in `path`, top first.

    `field` is a field name of the vocabulary, or `level` (one level, or several in outline), `periode`, `ignored`,
    `past`, `not_ours` or `unknown`. `role` is plan, next or past; `indikator` for the ordinals of an indicator column.
    `why` says by which phrase, or by what else. `margin` is the distance to the role that fits second best (`second`)
    in nats, 0 where nothing was weighed; `doubted` columns are published with a doubt about each of their figures.
    """

    start: int
    end: int
    field: str
    path: tuple[str, ...]
    levels: tuple[str, ...] = ()
    role: str = "plan"
    year: int | None = None
    unit: str | None = None
    scale: int = 1
    period: str | None = None
    confidence: float = 1.0
    why: str = ""
    worded: bool = False  # its levels are told by words in its cells; a cell without one names nothing
    source: str | None = None  # of `pendanaan`: where the money comes from, as the header says
    versi: str | None = None  # of two versions side by side
    jenis: str | None = None  # the kind of indicators that its header names
    margin: float = 0.0
    second: str = ""
    doubted: bool = False
    evidence: tuple[str, ...] = ()  # what spoke for the role, the heaviest first
    steps: tuple[int, ...] = ()  # of a staircase: the leaf column at which each of its levels begins

    @property
    def name(self) -> str:
        return " > ".join(self.path)


def is_node_column(column: Column) -> bool:
    """Whether a level column holds levels of the nomenclature, urusan to sub kegiatan."""
    return column.field == "level" and any(level in NODE_LEVELS for level in column.levels)
