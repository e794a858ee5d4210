"""Two years of plans by code, published and compared: what `perbandingan` costs at release, and `rkt compare`.

`python -m benchmarks.compare [--documents N]`: so many documents in each of two years.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pipeline.release.build as build
from benchmarks.timing import Goal
from pipeline.release.comparing.filling import Comparisons
from pipeline.release.manifest import InputFile
from pipeline.release.validate import validate
from schemas.ledger import Ledger

DOCUMENTS = 1000
MOST_SECONDS = 60.0
YEARS = (2023, 2024)
VERBS = ["Penyusunan", "Pengelolaan", "Pembinaan", "Fasilitasi", "Evaluasi", "Pendataan", "Pemeliharaan", "Pengawasan"]
THINGS = [
    "Kapal",
    "Kolam",
    "Jaring",
    "Pasar",
    "Tambak",
    "Gudang",
    "Dermaga",
    "Rumput",
    "Pakan",
    "Bibit",
    "Bakau",
    "Alat",
]
COMMAND = """
import resource, sys
from pipeline.cli.main import main
code = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
sys.exit(code)
"""


def plan(office: int, year: int) -> Ledger:
    """A plan of 3 programs, 12 kegiatan and 48 sub kegiatan with two indicators each; a tenth changes each year."""
    key = f"{office * 10 + year % 10:016x}"
    dice, changes = random.Random(office), random.Random(office * 10_000 + year)
    book = Ledger(key)
    book.add(
        "dokumen", berkas=f"raw/{year}/{office}.pdf", sha256=key * 4, versi_pembaca="1", status="lengkap",
        jenis_dokumen="rkt", perangkat_daerah=f"Dinas Nomor {office}", wilayah="Kabupaten Contoh",
    )  # fmt: skip
    names = [f"{verb} {thing} dan {other}" for verb in VERBS for thing in THINGS for other in THINGS if thing != other]
    dice.shuffle(names)
    for number in range(3):
        top = _node(book, key, "program", f"Program {names.pop()}", None, None)
        for _ in range(4):
            middle = _node(book, key, "kegiatan", names.pop(), top, None)
            for _ in range(4):
                name, amount, target = names.pop(), dice.randrange(10**6, 10**9), float(dice.randrange(1, 50))
                fate = changes.random()
                if fate < 0.02:
                    continue
                if fate < 0.05:
                    name = f"{name} Terpadu"
                if fate < 0.1:
                    amount += 1_000_000
                node = _node(book, key, "sub_kegiatan", name, middle, amount)
                for kind, unit, value in (("masukan", "Rupiah", float(amount)), ("keluaran", "Unit", target)):
                    text = "Dana" if kind == "masukan" else f"Jumlah {name}"
                    book.add(
                        "indikator", halaman=number + 1, tabel_id=f"{key}-t1", node_id=node, level="sub_kegiatan",
                        jenis=kind, indikator=text, satuan=unit, target_teks=f"{value:g}", target=value,
                        target_min=value, target_maks=value,
                    )  # fmt: skip
    return book


def _node(book: Ledger, key: str, level: str, name: str, parent: str | None, amount: int | None) -> str:
    node = f"{key}-n{len(book.rows('program_kegiatan'))}"
    pagu = None if amount is None else Decimal(amount)
    book.add(
        "program_kegiatan", halaman=1, tabel_id=f"{key}-t1", node_id=node, induk_id=parent, level=level, nama=name,
        pagu=pagu,
    )  # fmt: skip
    return node


def stored(folder: Path, documents: int) -> Iterator[Path]:
    """The results of all documents, as files."""
    for year in YEARS:
        for office in range(documents):
            path = folder / f"{year}-{office}.zip"
            path.write_bytes(validate(plan(office, year), year).to_bytes())
            yield path


class _Clock:
    """Counts the seconds that a release spends on comparing."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def timed(self, method: Any) -> Any:
        def run(*arguments: Any) -> Any:
            started = time.perf_counter()
            try:
                return method(*arguments)
            finally:
                self.seconds += time.perf_counter() - started

        return run


def measure(documents: int) -> list[Goal]:
    """Publish, then compare in a fresh process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "results").mkdir()
        results = list(stored(folder / "results", documents))
        clock = _Clock()
        for method in ("__init__", "rows", "findings"):
            setattr(Comparisons, method, clock.timed(getattr(Comparisons, method)))
        before = _peak()
        started = time.perf_counter()
        release = build.publish(results, folder / "cur", inputs=[InputFile("raw", "0" * 64)], reader_version="1")
        whole = time.perf_counter() - started
        rows, after = release.counts["perbandingan"], _peak()
        print(f"release of {len(results)} documents: {whole:.1f} s, comparing {clock.seconds:.1f} s ({rows} rows)")
        print(f"peak memory of the process: {before:.0f} MB before the release, {after:.0f} MB after it")
        common = [*map(str, YEARS), "--curated", str(folder / "cur"), "--output", str(folder / "x.csv")]
        seconds, with_report = (_compare(common, more) for more in ([], ["--laporan", str(folder / "laporan")]))
    return [
        Goal(f"seconds of rkt compare, {documents} pairs", seconds, MOST_SECONDS, "s"),
        Goal(f"seconds of rkt compare --laporan, {documents} pairs", with_report, MOST_SECONDS, "s"),
    ]


def _compare(common: list[str], more: list[str]) -> float:
    """The seconds of `rkt compare` in a process of its own; prints the memory that it took."""
    started = time.perf_counter()
    command = [sys.executable, "-c", COMMAND, "compare", *common, *more]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, close_fds=False)
    seconds = time.perf_counter() - started
    print(f"peak memory of rkt compare {' '.join(more[:1])}: {int(done.stdout) * 1024 / 1e6:.0f} MB at most")
    return seconds


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    reached = measure(parser.parse_args().documents)
    print(*reached, sep="\n")
    return 0 if all(goal.met for goal in reached) else 1


if __name__ == "__main__":
    raise SystemExit(main())
