"""What `rkt ingest` of documents that are all known costs over an empty flow, both over the same state folder.

`python -m benchmarks.nothing_new PDFS CURATED [--rounds N]`, where `rkt ingest PDFS --curated CURATED` has run, and had
nothing to complain of. Needs /proc.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.ingest import EMPTY_FLOW, Run, run_process
from benchmarks.timing import Goal
from pipeline.release.store import release_numbers
from pipeline.worker.supervise import RKT

ROUNDS = 5
MOST_SECONDS = 3.0


class SomethingNewError(Exception):
    """A run that was to find nothing new has published."""


@dataclass(frozen=True, slots=True)
class Paired:
    """Runs with nothing new and empty flows, in turn."""

    again: Sequence[Run]
    empty: Sequence[Run]

    @property
    def seconds(self) -> float:
        """How much longer a run takes than an empty flow: the median of the rounds."""
        return median(own.seconds - other.seconds for own, other in zip(self.again, self.empty, strict=True))

    @property
    def cpu(self) -> float:
        """The same in seconds of the processor."""
        return median(own.cpu - other.cpu for own, other in zip(self.again, self.empty, strict=True))

    def goal(self) -> Goal:
        """Judged by the processor's seconds: what else the machine does counts for less in them."""
        return Goal("CPU seconds that a run with nothing new takes more", self.cpu, MOST_SECONDS, "s")

    def __str__(self) -> str:
        wall, cpu = median(run.seconds for run in self.empty), median(run.cpu for run in self.empty)
        return (
            f"nothing new: {self.seconds:.1f} s and {self.cpu:.1f} CPU s more than an empty flow, which takes "
            f"{wall:.1f} s and {cpu:.1f} CPU s; medians of {len(self.again)} pairs"
        )


def compare(pdfs: Path, curated: Path, rounds: int) -> Paired:
    """Run both in turn, the first round not counting. Raises SomethingNewError, ChildFailedError."""
    before = release_numbers(curated)
    runs = [
        (
            run_process(RKT, "ingest", str(pdfs), "--curated", str(curated)),
            run_process(EMPTY_FLOW, str(curated / ".state")),
        )
        for _ in range(rounds + 1)
    ]
    if release_numbers(curated) != before:
        raise SomethingNewError(f"{curated} has new releases")
    return Paired([again for again, _ in runs[1:]], [empty for _, empty in runs[1:]])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdfs", type=Path)
    parser.add_argument("curated", type=Path)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args()
    paired = compare(chosen.pdfs, chosen.curated, chosen.rounds)
    print(paired, paired.goal(), sep="\n")
    return 0 if paired.goal().met else 1


if __name__ == "__main__":
    raise SystemExit(main())
