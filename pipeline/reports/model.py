"""What a report is made of: the rows of a document, and the rows in which two documents differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from pipeline.reports.doubts import Doubts, distinct
from schemas.ledger import Finding

LEVELS = ("galat", "peringatan", "info")
"""How grave a finding is, the gravest first."""

ASPECTS = ("baru", "hilang", "nama", "induk", "pagu", "target", "satuan")
"""The kinds of change, in the order of the contract's `perbandingan`."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Program:
    """A program's pagu by `v_pagu_program`, in rupiah; null where none of its amounts could be read.

    `printed` is what stands on its own row, null where nothing. `unread` counts the amounts that `pagu` leaves out.
    `doubts` holds the codes of the findings that doubt an amount of this sum, `printed_doubts` those of `printed`.
    """

    name: str
    pagu: Decimal | None
    printed: Decimal | None
    rows: int
    page: int | None
    doubts: tuple[str, ...] = ()
    printed_doubts: tuple[str, ...] = ()
    unread: int = 0

    def counting(self, unread: int) -> Program:
        """The same with so many amounts left out."""
        return replace(self, unread=unread)


@dataclass(frozen=True, slots=True)
class Node:
    """A row of the plan's tree with its depth (0 at the top of its table) and its indicators (`indikator` rows).

    `counted` is the pagu that `v_pagu` counts at this row, in rupiah; null where it counts none here.
    """

    row: Row
    depth: int
    counted: Decimal | None
    indicators: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """One table of a document that lists nodes, in the order of the page."""

    table: Row | None
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A document of a release: its `dokumen` row, and what a report says about it.

    `indicators` holds all its indicators; `loose` are those that hang on no node of a listing. Where it is not `whole`,
    its rows were not asked for: listings and indicators are empty, whatever the document has, and of the findings there
    are only those that doubt a figure. `levels` counts all findings of each level.
    """

    facts: Row
    programs: tuple[Program, ...]
    listings: tuple[Listing, ...]
    indicators: tuple[Row, ...]
    loose: tuple[Row, ...]
    findings: tuple[Row, ...]
    levels: Mapping[str, int]
    doubts: Doubts = field(default_factory=Doubts)
    whole: bool = True

    @property
    def pagu(self) -> Decimal | None:
        """The sum of `v_pagu` in rupiah; null where no pagu is printed or read, or the document is a duplicate."""
        amounts = [program.pagu for program in self.programs if program.pagu is not None]
        return sum(amounts, Decimal(0)) if amounts else None

    @property
    def unread(self) -> int:
        """How many printed amounts this sum leaves out, for they could not be read or stand in quarantine."""
        return sum(program.unread for program in self.programs)

    @property
    def pagu_doubts(self) -> tuple[str, ...]:
        """The codes of the findings that doubt an amount of this sum."""
        return distinct(program.doubts for program in self.programs)


@dataclass(frozen=True, slots=True)
class Uncertain:
    """What a comparison cannot tell for certain.

    `findings`: changes whose reading is in doubt, what could not be compared, documents not read in full. `only_before`
    and `only_after`: levels and columns that only one document has, as `pipeline.compare.model.Scope` names them.
    """

    findings: Sequence[Finding] = ()
    only_before: Sequence[str] = ()
    only_after: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents, the earlier one first, their rows of `perbandingan`, and what these leave open."""

    before: PlanDocument
    after: PlanDocument
    changes: Sequence[Row]
    uncertain: Uncertain = field(default_factory=Uncertain)

    @property
    def difference(self) -> Decimal | None:
        """The later pagu minus the earlier in rupiah; null where one of them has none."""
        if self.before.pagu is None or self.after.pagu is None:
            return None
        return self.after.pagu - self.before.pagu
