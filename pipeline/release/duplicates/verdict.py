"""What is decided about documents that were delivered again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from schemas.ledger import Finding


@dataclass(frozen=True, slots=True)
class Verdict:
    """About one document: the one that it delivers again, null where it stands for itself, and the findings."""

    duplikat_dari: str | None
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Duplicates:
    """The verdicts of a release by `dokumen_id`; most documents have none."""

    verdicts: Mapping[str, Verdict] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many documents deliver another one again."""
        return sum(verdict.duplikat_dari is not None for verdict in self.verdicts.values())
