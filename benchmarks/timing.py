"""Paired measurements: every contestant runs once a round, so that what disturbs the machine disturbs them alike."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median


@dataclass(slots=True)
class Timings:
    """What one contestant took in each round, in seconds: on the clock, and of the processor."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def wall_ratio(self, base: Timings) -> float:
        """The median, over the rounds, of this contestant's time as a multiple of the base's."""
        return median(own / other for own, other in zip(self.wall, base.wall, strict=True))

    def cpu_ratio(self, base: Timings) -> float:
        return median(own / other for own, other in zip(self.cpu, base.cpu, strict=True))


def run_paired(contestants: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Timings]:
    """Run all contestants `rounds` times in turn, after one round that does not count (imports, file caches)."""
    timings = {name: Timings() for name in contestants}
    for counted in [False] + [True] * rounds:
        for name, contestant in contestants.items():
            gc.collect()  # nobody pays for what the one before left behind
            wall, cpu = time.perf_counter(), time.process_time()
            contestant()
            if counted:
                timings[name].wall.append(time.perf_counter() - wall)
                timings[name].cpu.append(time.process_time() - cpu)
    return timings


@dataclass(frozen=True, slots=True)
class Goal:
    """A measured figure and the most it may be."""

    name: str
    measured: float
    limit: float
    unit: str

    @property
    def met(self) -> bool:
        return self.measured <= self.limit

    def __str__(self) -> str:
        verdict = "met" if self.met else "MISSED"
        return f"{self.name:<58} {self.measured:>8.3f} {self.unit:<3} (at most {self.limit:g})  {verdict}"
