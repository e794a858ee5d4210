"""Reads and publishes a corpus made by code, checks what was read, and prints what it cost as a Markdown table.

`python -m benchmarks.corpus [--documents N] [--pairs N] [--rounds N] [--corpus FOLDER] [--seed N]`. Needs /proc. The
start of a run (Prefect, and the readers' imports) is measured by a run over two short documents, and is taken out of
the times per page.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import mean, median

from benchmarks.corpus_made import check, make, take
from benchmarks.corpus_pages import Made
from benchmarks.ingest import ChildFailedError, Run, run_process
from benchmarks.nothing_new import Paired, compare
from pipeline.worker.supervise import RKT

DOCUMENTS, PAIRS, ROUNDS, SEED = 1000, 100, 2, 1
SMALLEST, SMALL_CORPORA = 10, 6
LOOK_EVERY = 0.5
LEAST_SPEEDUP = 1.7
MOST_UNEVEN = 1.15


@dataclass(frozen=True, slots=True)
class Taken:
    """Runs over the same documents; times are medians over the rounds."""

    made: Sequence[Made]
    workers: int
    runs: Sequence[Run]

    @property
    def pages(self) -> int:
        return sum(one.pages for one in self.made)

    @property
    def wall(self) -> float:
        return median(run.seconds for run in self.runs)

    @property
    def cpu(self) -> float:
        return median(run.cpu for run in self.runs)

    def row(self, start: Taken) -> str:
        """A row of the table; `start` is what a run costs whatever it reads."""
        minutes = (self.wall - start.wall) / 60
        cells = [
            len(self.made), self.pages, self.workers, f"{self.wall:.0f}", f"{self.cpu:.0f}",
            f"{len(self.made) / minutes:.0f}", f"{self.pages / minutes:.0f}", f"{1000 * self.per_page(start):.1f}",
            f"{max(run.own for run in self.runs):.0f}", f"{max(run.peak for run in self.runs):.0f}",
        ]  # fmt: skip
        return "| " + " | ".join(map(str, cells)) + " |"

    def per_page(self, start: Taken) -> float:
        """CPU seconds per page beyond the start."""
        return (self.cpu - start.cpu) / (self.pages - start.pages)


class Bench:
    """Runs over parts of one corpus; `folder` holds what is made on the way."""

    def __init__(self, corpus: Path, made: Sequence[Made], folder: Path) -> None:
        self._corpus = corpus
        self._made = made
        self._folder = folder

    @contextmanager
    def fresh(self, made: Sequence[Made], workers: int) -> Iterator[tuple[Path, Run]]:
        """A run into an empty folder, whose release is checked; yields the folder, with raw/ and curated/ in it."""
        with tempfile.TemporaryDirectory(dir=self._folder) as name:
            folder = Path(name)
            take(self._corpus, made, folder / "raw")
            run = ingest(folder, workers)
            check(folder / "curated", made)
            yield folder, run

    def taken(self, made: Sequence[Made], workers: int, rounds: int) -> Taken:
        runs = []
        for _ in range(rounds):
            with self.fresh(made, workers) as (_, run):
                runs.append(run)
        return Taken(made, workers, runs)

    def small(self, made: Sequence[Made]) -> list[Taken]:
        """Corpora of ten documents, each of others out of the whole, so that no one form stands for all."""
        step = max(1, len(made) // SMALL_CORPORA)
        return [self.taken(made[first::step][:SMALLEST], 2, 1) for first in range(min(step, SMALL_CORPORA))]

    def pairs(self, made: Sequence[Made], rounds: int) -> tuple[Taken, Taken]:
        """One process and two in turn, so that what disturbs the machine disturbs both."""
        both = [(self.taken(made, 1, 1).runs[0], self.taken(made, 2, 1).runs[0]) for _ in range(rounds)]
        return Taken(made, 1, [one for one, _ in both]), Taken(made, 2, [two for _, two in both])

    def whole(self, made: Sequence[Made], new: Made, rounds: int) -> tuple[Taken, Paired, list[str]]:
        """The whole corpus once, then runs with nothing and with one document new, and the parts of a release."""
        with self.fresh(made, 2) as (folder, run):
            again = compare(folder / "raw", folder / "curated", rounds)
            told = [str(again)]
            take(self._corpus, [new], folder / "raw")
            night = ingest(folder, 2)
            check(folder / "curated", [*made, new])
            told.append(f"one new document: {night.seconds:.1f} s, {night.cpu:.1f} s of the processor")
            told += sizes(folder / "curated")
            told.append("release, CPU seconds by part: " + released(folder / "curated"))
        return Taken(made, 2, [run]), again, told


def ingest(folder: Path, workers: int) -> Run:
    arguments = ["ingest", str(folder / "raw"), "--curated", str(folder / "curated"), "--workers", str(workers)]
    return run_process(RKT, *arguments, look_every=LOOK_EVERY)


def sizes(curated: Path) -> Iterator[str]:
    """How large the release and the cache of results are, and the largest files."""
    current = (curated / "current").resolve()
    files = {path.relative_to(current): path.stat().st_size for path in current.rglob("*") if path.is_file()}
    cache = sum(path.stat().st_size for path in (curated / ".state" / "cache").iterdir())
    sel = sum(size for path, size in files.items() if path.parts[:2] == ("parquet", "sel"))
    catalog = files[Path("catalog.duckdb")]
    yield (
        f"release {sum(files.values()) / 1e6:.0f} MB (catalog {catalog / 1e6:.0f}, sel {sel / 1e6:.0f}), "
        f"cache {cache / 1e6:.0f} MB"
    )


def released(curated: Path) -> str:
    command = [sys.executable, "-m", "benchmarks.corpus_release", str(curated)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return ", ".join(f"{name} {value:.1f}" for name, value in json.loads(done.stdout).items())


def measure(corpus: Path, documents: int, pairs: int, rounds: int, seed: int) -> bool:
    """Run everything and print it; whether all goals were met. Raises WrongReadingError where a release is wrong."""
    *made, new = make(corpus, documents + 1, seed)
    # The two agreements of the first two offices have five pages each.
    short = sorted(made[:SMALLEST], key=lambda one: (one.pages, one.berkas))[:2]
    with tempfile.TemporaryDirectory(dir=corpus) as name:
        bench = Bench(corpus, made, Path(name))
        start = bench.taken(short, 2, rounds + 1)
        small = bench.small(made)
        one, two = bench.pairs(made[:pairs], rounds)
        whole, again, told = bench.whole(made, new, rounds)
    print("| documents | pages | processes | wall s | CPU s | documents/min | pages/min | CPU ms/page", end="")
    print(" | MB run | MB reader |\n|---|---|---|---|---|---|---|---|---|---|")
    print(f"| {len(short)} (start) | {start.pages} | 2 | {start.wall:.0f} | {start.cpu:.0f} | | | | | |")
    print(*(taken.row(start) for taken in (*small, one, two, whole)), *told, sep="\n")
    print(again.goal())
    return goals(start, [small, [two], [whole]], (one, two)) and again.goal().met


def goals(start: Taken, growing: Sequence[Sequence[Taken]], pair: tuple[Taken, Taken]) -> bool:
    """Print the goals of reading; whether both were met.

    `growing` are runs over corpora of one size each, the smallest first.

    What a further page costs from one size to the next: so the start of a run, which is more than half of a small one
    and differs by a second from run to run, is in none of the figures.
    """
    sizes = [(mean(one.pages for one in runs), mean(one.cpu for one in runs)) for runs in growing]
    further = [(more[1] - less[1]) / (more[0] - less[0]) for less, more in pairwise(sizes)]
    uneven = max(further) / min(further)
    print("CPU ms per further page, from size to size: " + ", ".join(f"{1000 * each:.1f}" for each in further))
    faster = median(
        (one.seconds - start.wall) / (two.seconds - start.wall)
        for one, two in zip(pair[0].runs, pair[1].runs, strict=True)
    )
    met = (uneven <= MOST_UNEVEN, faster >= LEAST_SPEEDUP)
    verdicts = ["met" if goal else "MISSED" for goal in met]
    print(f"the same, most to least: {uneven:.3f} (at most {MOST_UNEVEN})  {verdicts[0]}")
    print(f"documents per minute of two processes to one: {faster:.2f} (at least {LEAST_SPEEDUP})  {verdicts[1]}")
    return all(met)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--pairs", type=int, default=PAIRS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        corpus = chosen.corpus or Path(temporary)
        corpus.mkdir(parents=True, exist_ok=True)
        try:
            return 0 if measure(corpus, chosen.documents, chosen.pairs, chosen.rounds, chosen.seed) else 1
        except ChildFailedError as error:
            print(error, file=sys.stderr)
            return 1


if __name__ == "__main__":
    raise SystemExit(main())
