"""Draws documents in forms that nobody chose by hand, reads them, and says what each choice of a form costs.

`python -m benchmarks.forms --seeds N [--first K]`; `--show SEED --output FILE.pdf` draws one again and says what was
read wrongly. Contents: one made by code, and those of the truth files in RKT_SAMPLES, where that is set.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
import traceback
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.forms_judge import Verdict, judge
from pipeline.intake.source import ReadSettings, Source, fingerprint
from pipeline.reader import read_document
from tests.forms.drawn.content import Content, made, of_truth
from tests.forms.drawn.document import Drawing, draw_seed

SEEDS, WORST = 100, 15
# A content with fewer rows than this says nothing about a form.
LEAST_ROWS = 4
# A choice that fewer drawings made than this is not in the table: its mean is chance.
LEAST_DRAWINGS = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a seed; `failure` is what the reader raised, where it did."""

    drawing: Drawing
    verdict: Verdict
    seconds: float
    failure: str | None = None


def contents(samples: Path | None) -> list[Content]:
    """Everything that can be drawn: the content made by code first, then the truth files' that have enough rows."""
    folders = [samples / name for name in ("facsimile", "real")] if samples else []
    files = [path for folder in folders for path in sorted(folder.glob("*.truth.json"))]
    return [made()] + [content for content in map(of_truth, files) if _rows(content) >= LEAST_ROWS]


def _rows(content: Content) -> int:
    nodes = sum(1 for root in content.nodes for _ in root.walk())
    return max(nodes, sum(len(objective.aims) for objective in content.objectives))


def try_seed(seed: int, found: Sequence[Content], path: Path) -> Outcome:
    """Draw a seed at `path`, read it, judge it."""
    drawing = draw_seed(seed, found)
    drawing.write(path)
    started = time.perf_counter()
    try:
        result = read_document(path, Source(path.name, fingerprint(path)), ReadSettings())
    except Exception:  # noqa: BLE001 - a reader that falls over a drawing is what is counted here
        lost = Verdict(truth=len(drawing.truth["program_kegiatan"]) + len(drawing.truth["indikator"]))
        return Outcome(drawing, lost, time.perf_counter() - started, traceback.format_exc(limit=-3))
    return Outcome(drawing, judge(result, drawing.truth), time.perf_counter() - started)


def total(outcomes: Iterable[Outcome]) -> Verdict:
    """All verdicts as one."""
    found = Verdict()
    for outcome in outcomes:
        found.add(outcome.verdict)
    return found


def line(verdict: Verdict) -> str:
    """The counts of a verdict in a line."""
    return (
        f"records {verdict.exact}/{verdict.truth} of {verdict.out} out "
        f"(recall {verdict.recall:.3f}, precision {verdict.precision:.3f}); "
        f"figures {verdict.figures_right}/{verdict.figures} ({verdict.figures_share:.3f}); "
        f"doubted {verdict.doubted}, silent {verdict.silent}, omitted {verdict.omitted}, "
        f"right but doubted {verdict.doubted_right}"
    )


def by_factor(outcomes: Sequence[Outcome]) -> list[str]:
    """A line per choice of each factor, the dearest first: mean recall with and without it, and the silent figures."""
    groups: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        for factor in outcome.drawing.form.factors().items():
            groups[factor].append(outcome)
    rows = []
    for (factor, choice), mine in groups.items():
        others = [o for o in outcomes if o.drawing.form.factors()[factor] != choice]
        if min(len(mine), len(others)) < LEAST_DRAWINGS:
            continue
        mean, rest = (sum(o.verdict.recall for o in group) / len(group) for group in (mine, others))
        silent = sum(o.verdict.silent for o in mine)
        rows.append((mean - rest, f"{factor}={choice}", len(mine), mean, rest, silent))
    return [
        f"{cost:+.3f}  {name:24} {count:4} drawings  recall {mean:.3f}, others {rest:.3f}, silent {silent}"
        for cost, name, count, mean, rest, silent in sorted(rows)
    ]


def worst(outcomes: Sequence[Outcome]) -> list[str]:
    """The seeds that lost most, each with what its form is."""
    lost = sorted(outcomes, key=lambda o: (o.verdict.exact - o.verdict.truth - 3 * o.verdict.silent, o.drawing.seed))
    return [f"seed {o.drawing.seed}: {line(o.verdict)}\n    {_told(o)}" for o in lost[:WORST] if o.verdict.errors]


def _told(outcome: Outcome) -> str:
    plain = {"False", "none", "stroke", "rupiah", "usual", "rows"}
    factors = outcome.drawing.form.factors().items()
    return outcome.drawing.content.name[:24] + " " + " ".join(f"{k}={v}" for k, v in factors if v not in plain)


def show(seed: int, found: Sequence[Content], path: Path) -> None:
    """Draw a seed at `path`, and print its form and every fault of its reading."""
    outcome = try_seed(seed, found, path)
    print(_told(outcome))
    print(line(outcome.verdict))
    print(*outcome.verdict.errors, sep="\n")
    if outcome.failure:
        print(outcome.failure)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--show", type=int)
    parser.add_argument("--output", type=Path, default=Path("form.pdf"))
    wanted = parser.parse_args()
    samples = Path(os.environ["RKT_SAMPLES"]) if os.environ.get("RKT_SAMPLES") else None
    if samples is None:
        print("RKT_SAMPLES is not set: only the content made by code is drawn; the contents of samples are skipped.")
    found = contents(samples)
    if wanted.show is not None:
        show(wanted.show, found, wanted.output)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        seeds = range(wanted.first, wanted.first + wanted.seeds)
        outcomes = [try_seed(seed, found, Path(folder) / f"s{seed}.pdf") for seed in seeds]
    _report(outcomes, len(found))
    return 1 if any(o.failure for o in outcomes) else 0


def _report(outcomes: Sequence[Outcome], count: int) -> None:
    whole = sum(not o.verdict.errors for o in outcomes)
    seconds = sum(o.seconds for o in outcomes)
    print(f"{len(outcomes)} drawings of {count} contents in {seconds:.0f} s; {whole} read without a fault")
    print(line(total(outcomes)), end="\n\n")
    print(*by_factor(outcomes), sep="\n")
    print("\nWorst (draw one again: python -m benchmarks.forms --show SEED --output FILE.pdf)")
    print(*worst(outcomes), sep="\n")
    for outcome in outcomes:
        if outcome.failure:
            print(f"seed {outcome.drawing.seed} failed: {outcome.failure}")


if __name__ == "__main__":
    raise SystemExit(main())
