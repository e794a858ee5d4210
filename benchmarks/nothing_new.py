"""What a run over documents that are all known costs over an empty flow, both over the same state folder.

`python -m benchmarks.nothing_new FOLDER [--rounds N]`: FOLDER holds `raw/`, and `curated/` into which all of it was
ingested, such as the folder that `python -m benchmarks.corpus --keep FOLDER` leaves. Needs /proc.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.ingest import EMPTY_FLOW, INGEST, LOOK_EVERY, Run, run_process
from benchmarks.timing import Goal

ROUNDS = 5
MOST_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Paired:
    """Runs with nothing new and empty flows, one of each a round."""

    again: list[Run]
    empty: list[Run]

    @property
    def seconds(self) -> float:
        """By how much a run takes longer than an empty flow: the median of the rounds."""
        return median(own.seconds - other.seconds for own, other in zip(self.again, self.empty, strict=True))

    @property
    def cpu(self) -> float:
        """The same in seconds of the processor."""
        return median(own.cpu - other.cpu for own, other in zip(self.again, self.empty, strict=True))

    def goal(self) -> Goal:
        return Goal("CPU seconds of a run with nothing new over an empty flow", self.cpu, MOST_SECONDS, "s")

    def __str__(self) -> str:
        empty = median(run.seconds for run in self.empty), median(run.cpu for run in self.empty)
        return (
            f"nothing new: {self.seconds:.1f} s and {self.cpu:.1f} CPU s more than an empty flow "
            f"({empty[0]:.1f} s, {empty[1]:.1f} CPU s), medians of {len(self.again)} pairs"
        )


def ingest_again(folder: Path, *options: str) -> Run:
    """`rkt ingest` of the documents in a folder's `raw`, into its `curated`."""
    arguments = ["ingest", str(folder / "raw"), "--curated", str(folder / "curated"), *options]
    return run_process(INGEST, *arguments, look_every=LOOK_EVERY)


def measure(folder: Path, rounds: int) -> Paired:
    """Both in turn, the first round not counting. Raises NewReleaseError where there was something new after all."""
    paired = Paired([], [])
    current = (folder / "curated" / "current").readlink()
    for counted in [False] + [True] * rounds:
        empty = run_process(EMPTY_FLOW, str(folder / "curated" / ".state"))
        again = ingest_again(folder)
        if counted:
            paired.empty.append(empty)
            paired.again.append(again)
    if (folder / "curated" / "current").readlink() != current:
        raise RuntimeError("something was new")
    return paired


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args()
    paired = measure(chosen.folder, chosen.rounds)
    print(paired, paired.goal(), sep="\n")
    return 0 if paired.goal().met else 1


if __name__ == "__main__":
    raise SystemExit(main())
