"""How fast all tables of a file are read, against pdfplumber, camelot's default lattice and tablers alone.

`python -m benchmarks.speed [FILE.pdf ...] [--rounds N]`. Ours includes words, cells, spans and the joins over pages.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

import camelot
import pdfplumber
import pypdfium2 as pdfium
import tablers

from benchmarks.timing import Goal, Timings, run_paired
from pipeline.pages.pdfium import read_page
from pipeline.tables.build import page_tables, set_surroundings
from pipeline.tables.stitch import stitch

DEFAULT_FILE = Path(__file__).parents[1] / "raw" / "2024" / "rkt-2024-bkpsdm-way-kanan.pdf"
ROUNDS = 5
# Our time as a share of theirs.
LIMITS = {"pdfplumber": 1 / 10, "camelot": 1 / 25, "tablers": 5.0}
OURS = "rkt-pipeline"


def read_ours(path: Path) -> int:
    """All logical tables of all pages; returns how many."""
    found = []
    with pdfium.PdfDocument(path) as document:
        for index in range(len(document)):
            page = read_page(document, index)
            tables, loose = page_tables(page)
            set_surroundings(tables, loose, page.number)
            found.append(tables)
    return len(stitch(found))


def read_pdfplumber(path: Path) -> int:
    with pdfplumber.open(path) as document:
        count = 0
        for page in document.pages:
            count += len(page.extract_tables())
            page.close()
        return count


def read_camelot(path: Path) -> int:
    return len(camelot.read_pdf(str(path), pages="all", flavor="lattice"))


def read_tablers(path: Path) -> int:
    with tablers.Document(str(path)) as document:
        return sum(len(tablers.find_tables(page, extract_text=True)) for page in document.pages())


READERS: dict[str, Callable[[Path], int]] = {
    OURS: read_ours,
    "pdfplumber": read_pdfplumber,
    "camelot": read_camelot,
    "tablers": read_tablers,
}


def measure(path: Path, rounds: int) -> dict[str, Timings]:
    return run_paired({name: partial(reader, path) for name, reader in READERS.items()}, rounds)


def goals(timings: dict[str, Timings]) -> list[Goal]:
    ours = timings[OURS]
    return [
        Goal(f"our time as a multiple of {name}'s", ours.wall_ratio(timings[name]), limit, "x")
        for name, limit in LIMITS.items()
    ]


def report(path: Path, rounds: int) -> list[Goal]:
    """Measure one file and print how the readers compare; returns what was to be reached."""
    timings = measure(path, rounds)
    with pdfium.PdfDocument(path) as document:
        pages = len(document)
    print(f"\n{path.name}: {pages} pages, medians of {rounds} paired rounds, as multiples of our time")
    print(f"{'reader':<14}{'clock':>9}{'processor':>11}")
    for name, timing in timings.items():
        print(f"{name:<14}{timing.wall_ratio(timings[OURS]):>9.2f}{timing.cpu_ratio(timings[OURS]):>11.2f}")
    reached = goals(timings)
    print(*reached, sep="\n")
    return reached


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=[DEFAULT_FILE])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    arguments = parser.parse_args()
    reached = [goal for path in arguments.files for goal in report(path, arguments.rounds)]
    return 0 if all(goal.met for goal in reached) else 1


if __name__ == "__main__":
    raise SystemExit(main())
