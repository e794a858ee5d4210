"""Runs the worked queries of docs/queries.md and writes their answers anew: `python -m benchmarks.queries [--check]`.

An example is a fenced block of SQL, Python or R that is followed by a fenced block of text, its answer. All run in a
folder that holds `curated/`, a release of the two plans in raw/ (`make demo`).
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "queries.md"
CATALOG = Path("curated/current/catalog.duckdb")
_EXAMPLE = re.compile(
    r"^```(?P<language>sql|python|r)\n(?P<code>.*?)^```\n\s*^```text\n(?P<shown>.*?)^```$", re.DOTALL | re.MULTILINE
)
_HEADING = re.compile(r"^## (\d+)\.", re.MULTILINE)
_FENCE = re.compile(r"^```(\w+)$", re.MULTILINE)
_SECONDS = 120


class ExampleError(Exception):
    """A block that failed; the message holds what it wrote to its standard error."""


@dataclass(frozen=True, slots=True)
class Example:
    """A block and its shown answer. `number` is that of the question it stands under."""

    number: int
    language: str
    code: str
    shown: str

    @property
    def name(self) -> str:
        return f"{self.number}-{self.language}"


def examples(text: str) -> list[Example]:
    """The examples of a Markdown document, in its order. Raises ValueError where a block has no answer below it."""
    found = list(_EXAMPLE.finditer(text))
    blocks = [language for language in _FENCE.findall(text) if language != "text"]
    if [match["language"] for match in found] != blocks:
        raise ValueError("every block of code needs a block of text below it")
    return [Example(_number(text, match.start()), match["language"], match["code"], match["shown"]) for match in found]


def _number(text: str, position: int) -> int:
    return int(_HEADING.findall(text, 0, position)[-1])


def runnable(example: Example) -> bool:
    """Whether this machine has what the block needs; only R may be missing."""
    return example.language != "r" or shutil.which("Rscript") is not None


def answer(example: Example, folder: Path) -> str:
    """What the block answers in a folder that holds `curated/`. Raises ExampleError."""
    if example.language == "sql":
        return _ask(example.code, folder)
    command = [sys.executable, "-"] if example.language == "python" else ["Rscript", "--vanilla", "-"]
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    ran = subprocess.run(
        command, input=example.code, cwd=folder, env=environment, capture_output=True, text=True, timeout=_SECONDS
    )
    if ran.returncode:
        raise ExampleError(f"{example.name}: {ran.stderr}")
    return _tidy(ran.stdout)


def _ask(sql: str, folder: Path) -> str:
    """A query over the Parquet files runs without the catalog, so that it is seen not to need it."""
    catalog = ":memory:" if "/parquet/" in sql else str(folder / CATALOG)
    with duckdb.connect(catalog, read_only=catalog != ":memory:") as connection:
        connection.execute("SET file_search_path = $folder", {"folder": str(folder)})
        cursor = connection.execute(sql)
        columns = [str(column[0]) for column in cursor.description or []]
        return "\n".join(_table(columns, cursor.fetchall())) + "\n"


def _table(columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> Iterator[str]:
    """Columns under their names, two spaces apart, numbers to the right."""
    cells = [list(columns), *([_cell(value) for value in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    numeric = [any(isinstance(value, (int, float, Decimal)) for value in column) for column in zip(*rows, strict=True)]
    right = numeric or [False] * len(columns)
    for place, row in enumerate(cells):
        padded = (
            text.rjust(width) if number else text.ljust(width)
            for text, width, number in zip(row, widths, right, strict=True)
        )
        yield "  ".join(padded).rstrip()
        if place == 0:
            yield "  ".join("-" * width for width in widths)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _tidy(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines()).strip("\n") + "\n"


def renewed(text: str, folder: Path) -> str:
    """The document with every answer that this machine can give written anew. Raises ExampleError."""
    found = iter(examples(text))

    def renew(match: re.Match[str]) -> str:
        example = next(found)
        shown = answer(example, folder) if runnable(example) else example.shown
        whole = match[0]
        start = match.start("shown") - match.start()
        return whole[:start] + shown + whole[start + len(match["shown"]) :]

    return _EXAMPLE.sub(renew, text)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.queries", description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=ROOT, help="the folder that holds curated/ (of `make demo`)")
    parser.add_argument("--check", action="store_true", help="fail where an answer is stale; write nothing")
    options = parser.parse_args(arguments)
    if not (options.folder / CATALOG).exists():
        parser.error(f"{options.folder / CATALOG} is missing: run `make demo` first")
    text = DOCUMENT.read_text(encoding="utf-8")
    new = renewed(text, options.folder.resolve())
    left = [example.name for example in examples(text) if not runnable(example)]
    if left:
        print(f"not run, for want of Rscript: {', '.join(left)}", file=sys.stderr)
    if not options.check:
        DOCUMENT.write_text(new, encoding="utf-8")
    elif new != text:
        print(f"{DOCUMENT} is stale: run `python -m benchmarks.queries`", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
