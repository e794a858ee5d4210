"""Writes the table of checks in docs/checks.md from the catalogue: `python -m pipeline.checks.document [--check]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.checks import catalogue

TARGET = Path(__file__).resolve().parents[2] / "docs" / "checks.md"
START, END = "<!-- catalogue: start -->", "<!-- catalogue: end -->"


def table() -> str:
    """The catalogue as a Markdown table, a row per check."""
    return "\n".join(_rows())


def _rows() -> Iterator[str]:
    yield "| code | title (Indonesian) | level | kind | datasets | compares | example |"
    yield "|---|---|---|---|---|---|---|"
    for info in catalogue():
        datasets = ", ".join(f"`{name}`" for name in info.datasets)
        cells = (f"`{info.kode}`", info.judul, info.tingkat, info.jenis, datasets, info.compares, info.example)
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def updated(page: str) -> str:
    """The page with its table renewed. Raises ValueError when the marks around the table are missing."""
    head, start, rest = page.partition(START)
    _, end, tail = rest.partition(END)
    if not start or not end:
        raise ValueError(f"{TARGET.name} has no marks around its table of checks")
    return f"{head}{START}\n{table()}\n{END}{tail}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Renew the page, or with `--check` return 1 when it is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when the page is stale")
    page = TARGET.read_text("utf-8")
    renewed = updated(page)
    if parser.parse_args(arguments).check:
        if page != renewed:
            print("docs/checks.md is stale: run python -m pipeline.checks.document", file=sys.stderr)
        return int(page != renewed)
    TARGET.write_text(renewed, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
