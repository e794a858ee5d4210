"""Publishes the results of a state folder again, in a process of its own, and says what each part of it costs.

`python -m benchmarks.corpus_release CURATED` prints the parts in CPU seconds, and the memory, as JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pipeline.release.build as build
from pipeline.release.comparing.filling import Comparisons
from pipeline.release.manifest import InputFile
from pipeline.release.nomenclature.apply import Official


def parts(curated: Path) -> dict[str, float]:
    """CPU seconds by part of a first publishing, and of one more with the comparisons that the first has kept."""
    spent: Counter[str] = Counter()

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **named: Any) -> Any:
            started = time.process_time()
            try:
                return function(*arguments, **named)
            finally:
                spent[name] += time.process_time() - started

        return run

    for name, part in (("find_duplicates", "duplicates"), ("write_catalog", "catalog"), ("files_of", "hashes"),
                       ("write_dataset", "tables"), ("install", "sync and pointer")):  # fmt: skip
        setattr(build, name, timed(part, getattr(build, name)))
    Comparisons.prepare = timed("comparing", Comparisons.prepare)  # type: ignore[method-assign]
    Official.__init__ = timed("nomenclature", Official.__init__)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, clock = time.process_time(), time.perf_counter()
    results = sorted((curated / ".state" / "cache").glob("*.rkt"))
    with tempfile.TemporaryDirectory(dir=curated) as folder:
        _publish(results, Path(folder))
        whole = {"all": time.process_time() - started, "wall": time.perf_counter() - clock}
        first, started = dict(spent), time.process_time()
        _publish(results, Path(folder))
        whole["all again"] = time.process_time() - started
    peaks = {"MB before": before, "MB at most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}
    return first | whole | {name: kilobytes * 1024 / 1e6 for name, kilobytes in peaks.items()}


def _publish(results: list[Path], folder: Path) -> None:
    inputs = [InputFile("raw", "0" * 64)]
    build.publish(results, folder, inputs=inputs, reader_version="1", kept=folder / "kept")


if __name__ == "__main__":
    print(json.dumps(parts(Path(sys.argv[1]))))
