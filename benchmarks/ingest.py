"""What `rkt ingest` of a file costs over an empty flow through the same Prefect, and the memory of its workers.

`python -m benchmarks.ingest [FILE.pdf] [--rounds N]`. Both runs start their own temporary Prefect server, unless
PREFECT_API_URL names one. Needs /proc for the memory.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.speed import DEFAULT_FILE
from benchmarks.timing import Goal
from pipeline.worker.supervise import RKT

ROUNDS = 3
MOST_SECONDS = 6.0
MOST_MEGABYTES = 600.0
LOOK_EVERY = 0.02
PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)
WORKER = b"multiprocessing.spawn"
EMPTY_FLOW = """
import sys
from pathlib import Path
from flows.environment import prepare_prefect
prepare_prefect(Path(sys.argv[1]))
from prefect import flow
@flow(name="kosong")
def nothing(): pass
nothing()
"""


class ChildFailedError(Exception):
    """A process that was to be measured failed; says what it wrote to standard error."""

    def __init__(self, arguments: tuple[str, ...], code: int, errors: str) -> None:
        super().__init__(f"{' '.join(arguments)} ended with {code}:\n{errors}")


@dataclass(frozen=True, slots=True)
class Run:
    """One process from start to end: `seconds` on the clock, `cpu` seconds of the processor, `peak` megabytes of its
    largest reader process, `own` those of the process itself.
    """

    seconds: float
    cpu: float
    peak: float
    own: float


def run_process(code: str, *arguments: str, look_every: float = LOOK_EVERY) -> Run:
    """Run Python code in a fresh process. Raises ChildFailedError where it fails."""
    started, used = time.perf_counter(), cpu_of_children()
    command = [sys.executable, "-c", code, *arguments]
    peaks: dict[int, float] = {}
    own = 0.0
    with tempfile.TemporaryFile() as errors:  # a pipe that nobody reads meanwhile would hold up the process
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors) as process:
            while process.poll() is None:
                peaks |= worker_peaks(process.pid)
                own = max(own, peak_of(process.pid))
                time.sleep(look_every)
            seconds = time.perf_counter() - started
        errors.seek(0)
        if process.returncode:
            raise ChildFailedError(arguments, process.returncode, errors.read().decode(errors="replace"))
    return Run(seconds, cpu_of_children() - used, max(peaks.values(), default=0.0), own)


def cpu_of_children() -> float:
    """Seconds of the processor that all ended child processes took."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def worker_peaks(parent: int) -> dict[int, float]:
    """The most memory, in megabytes of 10^6 bytes, that each living reader process below `parent` ever held."""
    peaks = {}
    for child in children(parent):
        try:
            if WORKER in Path(f"/proc/{child}/cmdline").read_bytes():
                peaks[child] = peak_of(child)
        except (FileNotFoundError, ProcessLookupError):  # it ended meanwhile
            continue
    return peaks


def peak_of(pid: int) -> float:
    """The most memory that a process ever held, in megabytes of 10^6 bytes; 0 where it has ended."""
    try:
        found = PEAK.search(Path(f"/proc/{pid}/status").read_text())
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return int(found[1]) * 1024 / 1e6 if found else 0.0


def children(parent: int) -> list[int]:
    """All living processes that descend from `parent`."""
    found = []
    try:
        for task in Path(f"/proc/{parent}/task").iterdir():
            found += [int(pid) for pid in (task / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return found
    return found + [below for child in found for below in children(child)]


def measure(path: Path, rounds: int) -> list[Goal]:
    """Run both in turn, the first round not counting: the median of the differences, and the highest peak."""
    empty, ingest = [], []
    for counted in [False] + [True] * rounds:
        with tempfile.TemporaryDirectory() as folder:
            nothing = run_process(EMPTY_FLOW, str(Path(folder) / "state"))
            own = run_process(RKT, "ingest", str(path), "--curated", str(Path(folder) / "curated"))
        if counted:
            empty.append(nothing)
            ingest.append(own)
    more = median(own.seconds - other.seconds for own, other in zip(ingest, empty, strict=True))
    more_cpu = median(own.cpu - other.cpu for own, other in zip(ingest, empty, strict=True))
    print(f"\n{path.name}: medians of {rounds} paired runs in fresh processes")
    print(f"an empty flow takes {median(run.seconds for run in empty):.1f} s, the ingest {more:.1f} s more", end=" ")
    print(f"({more_cpu:.1f} s of the processor)")
    return [
        Goal("seconds that the ingest takes more than an empty flow", more, MOST_SECONDS, "s"),
        Goal("most memory of a reader process", max(run.peak for run in ingest), MOST_MEGABYTES, "MB"),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT_FILE)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    arguments = parser.parse_args()
    reached = measure(arguments.file, arguments.rounds)
    print(*reached, sep="\n")
    return 0 if all(goal.met for goal in reached) else 1


if __name__ == "__main__":
    raise SystemExit(main())
