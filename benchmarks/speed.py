"""How fast tables are read, against pdfplumber and tablers alone, and how fast whole documents become records.

`python -m benchmarks.speed [FILE.pdf ...] [--rounds N] [--pages N]`. Without files: those of `real` and `corpus` in the
folder that RKT_SAMPLES names, else the facsimiles. Of each file the same pages, evenly spread, go to all three readers;
pages that are scans go to none. Ours includes words, cells, spans and the joins over pages. A file with a scanned page
is left out of the records' time, which would be that of the recogniser.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from statistics import median

import pdfplumber
import pypdfium2 as pdfium
import tablers

from benchmarks.timing import Goal, run_paired
from pipeline.intake.source import ReadSettings, Source, fingerprint
from pipeline.pages.kinds import settle_kind
from pipeline.pages.ocr_need import LAYER
from pipeline.pages.pdfium import read_or_blank, read_page
from pipeline.reader import read_document
from pipeline.tables.build import page_tables, set_surroundings
from pipeline.tables.stitch import stitch

RAW = Path(__file__).parents[1] / "raw"
DEFAULT_FILE = RAW / "2024" / "rkt-2024-bkpsdm-way-kanan.pdf"
ROUNDS = 1
PAGES = 10
OURS = "rkt-pipeline"
# Our time as a multiple of theirs: the median over the files, and the worst of them.
LIMITS = {"pdfplumber": (1 / 10, 1 / 5), "tablers": (4.0, 6.0)}
RECORDS = (40.0, 150.0)  # milliseconds of the processor a page


@dataclass(frozen=True, slots=True)
class Speed:
    """One file: our table time as a multiple of each other reader's, and its records in CPU ms a page, if measured."""

    name: str
    pages: int
    ratios: dict[str, float]
    records: float | None

    def __str__(self) -> str:
        shares = "".join(f"{self.ratios[name]:>12.3f}" for name in LIMITS)
        return f"{self.name[:32]:<32}{self.pages:>6}{shares}" + (f"{self.records:>12.1f}" if self.records else "")


def read_ours(path: Path, pages: Sequence[int]) -> int:
    """The logical tables of some pages, counted from 0; returns how many."""
    found = []
    with pdfium.PdfDocument(path) as document:
        for index in pages:
            page = read_page(document, index)
            tables, loose = page_tables(page)
            set_surroundings(tables, loose, page.number)
            found.append(tables)
    return len(stitch(found))


def read_pdfplumber(path: Path, pages: Sequence[int]) -> int:
    with pdfplumber.open(path, pages=[index + 1 for index in pages]) as document:
        count = 0
        for page in document.pages:
            count += len(page.extract_tables())
            page.close()
        return count


def read_tablers(path: Path, pages: Sequence[int]) -> int:
    with tablers.Document(str(path)) as document:
        return sum(len(tablers.find_tables(document.get_page(index), extract_text=True)) for index in pages)


READERS: dict[str, Callable[[Path, Sequence[int]], int]] = {
    OURS: read_ours,
    "pdfplumber": read_pdfplumber,
    "tablers": read_tablers,
}


def text_pages(path: Path) -> tuple[list[int], int]:
    """The pages of a file that are no scans, counted from 0, and how many pages it has."""
    with pdfium.PdfDocument(path) as document:
        pages = [read_or_blank(document, index) for index in range(len(document))]
    for page in pages:
        settle_kind(page)
    return [p.number - 1 for p in pages if p.kind != "pindai" and p.engine != LAYER], len(pages)


def spread(pages: Sequence[int], count: int) -> list[int]:
    """At most `count` of the pages, evenly spread."""
    return [pages[place * len(pages) // count] for place in range(count)] if len(pages) > count else list(pages)


def table_ratios(path: Path, pages: Sequence[int], rounds: int) -> dict[str, float]:
    """Our processor time as a multiple of each other reader's, after a round that does not count."""
    timings = run_paired({name: partial(reader, path, pages) for name, reader in READERS.items()}, rounds)
    return {name: timings[OURS].cpu_ratio(timings[name]) for name in LIMITS}


def records_time(path: Path) -> float:
    """CPU seconds from a file to its records."""
    started = time.process_time()
    read_document(path, Source(path.name, fingerprint(path)), ReadSettings())
    return time.process_time() - started


def measure(paths: Sequence[Path], rounds: int, most_pages: int) -> list[Speed]:
    """Every file of which at least half the pages are text; each is printed as it is done."""
    records_time(DEFAULT_FILE)  # a reader that is warm: imports, models of the schemas
    import_module("pipeline.pages.ocr")
    found = []
    for path in paths:
        pages, count = text_pages(path)
        if 2 * len(pages) <= count:
            continue
        records = 1000 * records_time(path) / count if len(pages) == count else None
        found.append(Speed(path.stem, count, table_ratios(path, spread(pages, most_pages), rounds), records))
        print(found[-1], flush=True)
    return found


def goals(speeds: Sequence[Speed]) -> list[Goal]:
    reached = []
    for name, (usual, most) in LIMITS.items():
        ratios = [speed.ratios[name] for speed in speeds]
        reached.append(
            Goal(f"tables, a multiple of {name}'s time, median of {len(ratios)} files", median(ratios), usual, "x")
        )
        reached.append(Goal(f"tables, a multiple of {name}'s time, worst file", max(ratios), most, "x"))
    records = [speed.records for speed in speeds if speed.records is not None]
    if records:
        reached.append(
            Goal(f"file to records, a page, median of {len(records)} files", median(records), RECORDS[0], "ms")
        )
        reached.append(Goal("file to records, a page, worst file", max(records), RECORDS[1], "ms"))
    return reached


def default_files() -> list[Path]:
    """The born-digital samples, or the facsimiles where there are none."""
    samples = os.environ.get("RKT_SAMPLES")
    if not samples:
        return sorted(RAW.glob("*/*.pdf"))
    return sorted(path for folder in ("real", "corpus") for path in Path(samples, folder).glob("*.pdf"))


def report(paths: Sequence[Path], rounds: int = ROUNDS, most_pages: int = PAGES) -> list[Goal]:
    """Measure files and print how they compare; returns what was to be reached."""
    print(f"{'file':<32}{'pages':>6}" + "".join(f"{'/ ' + name:>12}" for name in LIMITS) + f"{'ms a page':>12}")
    reached = goals(measure(paths, rounds, most_pages))
    print(*reached, sep="\n")
    return reached


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--pages", type=int, default=PAGES, help="at most so many of each file for the tables")
    arguments = parser.parse_args()
    reached = report(arguments.files or default_files(), arguments.rounds, arguments.pages)
    return 0 if all(goal.met for goal in reached) else 1


if __name__ == "__main__":
    raise SystemExit(main())
