"""Whether rows and figures of the truth files stand in one row and one cell of our tables, whatever they mean.

`RKT_SAMPLES=… python -m benchmarks.geometry [PATTERN …] [--errors N]`. Needs no roles: a record's *row* is right where
one row of one table holds its name and all its figures; a *figure* is right where it stands, whole, in the column of
that row in which other figures of its kind stand. *Shared* counts names whose cell holds another record of the same
level too: stacked cells do, and so do rows that were not told apart. *Tables* counts the logical tables with such rows.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.scoring import TRUTH
from pipeline.document import Document, open_document
from pipeline.tables.model import Cell, Table

NAMES = {"program_kegiatan": "nama", "indikator": "indikator", "arah_kebijakan": "uraian", "rekening": "uraian"}
FIGURES = ("pagu_teks", "target_teks", "prakiraan_target_teks", "jumlah_teks")
NUMBER = re.compile(r"\d[\d.,]*\d|\d")
BLANK = re.compile(r"\s+")
NO_LETTER = re.compile(r"[\W_]")
OCR = "rapidocr"
OWN_COLUMN = 0.1  # the least share of a kind's figures in a column that is theirs; a form may have two or three such


@dataclass(slots=True)
class Sought:
    """A record of a truth file: the ways in which its name may read, and its printed figures by field."""

    key: str
    kind: tuple[str, ...]
    names: list[str]
    figures: dict[str, str]
    page: int | None


@dataclass(slots=True)
class _Row:
    """A row of a logical table: by column, the text of each cell, and its letters and digits alone."""

    table: int
    number: int
    pages: frozenset[int]
    cells: list[tuple[int, str, str]]


@dataclass(slots=True)
class Geometry:
    """What was found of one document's truth."""

    stem: str
    rows: int = 0
    rows_right: int = 0
    figures: int = 0
    figures_right: int = 0
    shared: int = 0
    tables: int = 0
    errors: list[str] = field(default_factory=list)


def letters(text: str) -> str:
    """A text's letters and digits in lower case."""
    return NO_LETTER.sub("", text).casefold()


def sought(truth: dict[str, Any]) -> list[Sought]:
    """The records of a truth file that must be found, in order."""
    found = []
    for dataset, name in NAMES.items():
        for number, record in enumerate(truth.get(dataset, [])):
            key = f"{dataset}[{number}]"
            if key in truth.get("optional", []) or not record.get(name):
                continue
            names = [record[name], *truth.get("accept", {}).get(f"{key}.{name}", [])]
            figures = {f: number[0] for f in FIGURES if (number := NUMBER.search(record.get(f) or ""))}
            kind = (dataset, record.get("level") or "", record.get("jenis") or "")
            found.append(Sought(key, kind, [letters(one) for one in names if one], figures, record.get("halaman")))
    return found


def measure(document: Document, truth: dict[str, Any], stem: str) -> Geometry:
    """Look for each record of the truth in the tables of a document."""
    records, rows = sought(truth), list(_rows(document.tables))
    result = Geometry(stem, rows=len(records), figures=sum(len(record.figures) for record in records))
    taken: set[tuple[int, int, str]] = set()
    placed: list[tuple[Sought, _Row]] = []
    for record in records:
        row = _best_row(record, rows, taken)
        if row is None:
            result.errors.append(f"p. {record.page} {record.key}: no row holds «{record.names[0][:60]}»")
            continue
        taken.add((row.table, row.number, record.kind[0] + record.names[0]))
        placed.append((record, row))
    _judge(placed, result)
    result.shared = _shared(placed)
    result.tables = len({row.table for _, row in placed})
    return result


def _rows(tables: Sequence[Table]) -> Iterator[_Row]:
    for number, table in enumerate(tables):
        texts: dict[int, tuple[str, str]] = {}
        for row in range(len(table.rows)):
            cells = []
            for cell in table.row_cells(row):
                if id(cell) not in texts:
                    texts[id(cell)] = cell.text, letters(cell.text)
                cells.append((cell.column, *texts[id(cell)]))
            yield _Row(number, row, _pages(table.row_cells(row), table.rows[row].page), cells)


def _pages(cells: Iterable[Cell], own: int) -> frozenset[int]:
    return frozenset(part.page for cell in cells for part in cell.parts) | {own}


def _best_row(record: Sought, rows: Sequence[_Row], taken: set[tuple[int, int, str]]) -> _Row | None:
    """The row with the record's name that holds most of its figures, one that no like record has if there is any."""
    holding = [row for row in rows if record.page in {None, *row.pages} and _holds_name(row, record)]
    if not holding:
        return None
    own = record.kind[0] + record.names[0]
    return max(
        holding,
        key=lambda row: (
            sum(bool(_columns(row, figure)) for figure in record.figures.values()),
            (row.table, row.number, own) not in taken,
        ),
    )


def _holds_name(row: _Row, record: Sought) -> bool:
    return any(name in text for _, _, text in row.cells for name in record.names)


def _columns(row: _Row, figure: str) -> list[int]:
    """The columns of a row in whose cells a printed figure stands by itself, not as a piece of a longer one."""
    whole = re.compile(rf"(?<!\d)(?<!\d[.,]){re.escape(figure)}(?![.,]?\d)")
    return [column for column, text, _ in row.cells if whole.search(text) or whole.search(BLANK.sub("", text))]


def _judge(placed: Sequence[tuple[Sought, _Row]], result: Geometry) -> None:
    """Count the rows that hold all figures, and the figures that stand in the column of their kind."""
    columns: dict[tuple[Any, ...], Counter[int]] = defaultdict(Counter)
    for record, row in placed:
        for name, figure in record.figures.items():
            columns[row.table, record.kind, name].update(_columns(row, figure))
    for record, row in placed:
        missing = []
        for name, figure in record.figures.items():
            own, found = columns[row.table, record.kind, name], _columns(row, figure)
            result.figures_right += any(own[column] >= OWN_COLUMN * own.total() for column in found)
            if not found:
                missing.append(figure)
        result.rows_right += not missing
        if missing:
            which = ", ".join(missing)
            result.errors.append(f"p. {record.page} {record.key}: «{record.names[0][:40]}» without {which}")


def _shared(placed: Sequence[tuple[Sought, _Row]]) -> int:
    names: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for record, row in placed:
        column = next(c for c, _, text in row.cells if any(name in text for name in record.names))
        names[row.table, row.number, column, record.kind].add(record.names[0])
    return sum(len(found) for found in names.values() if len(found) > 1)


def is_scan(document: Document) -> bool:
    """Whether most of a document's pages were read from pictures."""
    return 2 * sum(page.engine == OCR for page in document.pages) > len(document.pages)


def _line(name: str, found: Geometry) -> str:
    rows, figures = _share(found.rows_right, found.rows), _share(found.figures_right, found.figures)
    return f"{name[:34]:34} rows {rows}  figures {figures}  shared {found.shared:4}  tables {found.tables:3}"


def _share(right: int, of: int) -> str:
    return f"{right:5} of {of:5} ({right / max(1, of):.3f})"


def main() -> None:
    """Measure the documents whose names begin with one of the patterns, all with a truth file by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("patterns", nargs="*", default=[""])
    parser.add_argument("--errors", type=int, default=0)
    arguments = parser.parse_args()
    samples = Path(os.environ["RKT_SAMPLES"])
    whole = Geometry("all")
    for folder in ("facsimile", "real"):
        for file in sorted((samples / folder).glob(f"*{TRUTH}")):
            path = file.with_name(file.name.removesuffix(TRUTH) + ".pdf")
            if not path.name.startswith(tuple(arguments.patterns)) or _says_scan(path):
                continue
            found = measure(open_document(path, "0" * 16), json.loads(file.read_text()), path.stem)
            print(_line(found.stem, found), flush=True)
            for error in found.errors[: arguments.errors]:
                print("   ", error)
            for name in ("rows", "rows_right", "figures", "figures_right", "shared", "tables"):
                setattr(whole, name, getattr(whole, name) + getattr(found, name))
    print(_line("all", whole))


def _says_scan(path: Path) -> bool:
    """Whether a sample's name says that it is a scan: reading those takes minutes."""
    return "scan" in path.stem or "pindai" in path.stem


if __name__ == "__main__":
    main()
