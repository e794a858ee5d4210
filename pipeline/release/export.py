"""A dataset of the current release as one file for Excel: XLSX, or CSV in the reader's own convention."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from pipeline.release.csvtext import escape
from pipeline.release.errors import DamagedReleaseError, ReleaseError
from pipeline.release.manifest import Manifest
from pipeline.release.store import MANIFEST, need_release
from schemas.fields import TEXTUAL, Dataset, Field, Kind
from schemas.registry import dataset

_SHEET_ROWS = 1_048_576  # limits of the XLSX format
_CELL_CHARACTERS = 32_767
_CUT = " … [dipotong]"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # not allowed in XML 1.0
_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_FORMATS: dict[Kind, str] = {
    Kind.TEXT: "@",
    Kind.DATE: "@",
    Kind.SMALL: "0",
    Kind.INTEGER: "0",
    Kind.NUMBER: "General",
    Kind.RUPIAH: "#,##0.00",
    Kind.EXACT: "#,##0.0000",
    Kind.TEXTS: "@",
}
_WIDTHS: dict[Kind, int] = {
    Kind.TEXT: 28,
    Kind.DATE: 12,
    Kind.SMALL: 9,
    Kind.INTEGER: 9,
    Kind.NUMBER: 12,
    Kind.RUPIAH: 20,
    Kind.EXACT: 20,
    Kind.TEXTS: 28,
}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written; `cut` counts the texts that were too long for a cell of Excel."""

    path: Path
    rows: int
    cut: int = 0


def export(curated: Path, name: str, target: Path, separator: str = ",") -> Exported:
    """Write a dataset of the current release to `target`, an .xlsx or a .csv file.

    In CSV, `separator` `;` goes with a decimal comma, as Indonesian spreadsheets expect. Raises UnknownDatasetError,
    ReleaseError (no release or a damaged one, another file type, too many rows for a sheet) and OSError.
    """
    entry = dataset(name)
    release = need_release(curated)
    suffix = target.suffix.lower()
    if suffix not in (".xlsx", ".csv"):
        raise ReleaseError(
            f"Nama berkas {target.name} harus berakhiran .xlsx atau .csv.",
            f"The file name {target.name} must end in .xlsx or .csv.",
        )
    rows = _count(entry, release)
    partial = target.with_name(f".{target.name}.part")
    try:
        if suffix == ".xlsx":
            written = _write_xlsx(entry, release, partial, rows)
        else:
            written = _write_csv(entry, release, partial, separator)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return Exported(target, written.rows, written.cut)


def _rows(entry: Dataset, release: Path) -> Iterator[list[Any]]:
    """The rows of a dataset, one batch in memory at a time."""
    for path in sorted((release / "parquet" / entry.name).glob("*.parquet")):
        with _undamaged(path), parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=10_000):
                columns = [column.to_pylist() for column in batch.columns]
                yield from (list(row) for row in zip(*columns, strict=True))


def _count(entry: Dataset, release: Path) -> int:
    """The rows that the files hold. Raises DamagedReleaseError where these are not those of the manifest."""
    folder = release / "parquet" / entry.name
    rows = 0
    for path in sorted(folder.glob("*.parquet")):
        with _undamaged(path):
            rows += int(parquet.read_metadata(path).num_rows)
    if Manifest.read(release / MANIFEST).counts.get(entry.name) != rows:
        raise DamagedReleaseError(folder)
    return rows


@contextmanager
def _undamaged(path: Path) -> Iterator[None]:
    """What cannot be read of a file of the release is the release's fault, and not that of the file to write."""
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        raise DamagedReleaseError(path) from error


def _write_csv(entry: Dataset, release: Path, target: Path, separator: str) -> Exported:
    comma = separator == ";"
    rows = 0
    with target.open("w", encoding="utf-8-sig", newline="") as stream:  # Excel knows UTF-8 by its mark only
        writer = csv.writer(stream, delimiter=separator)
        writer.writerow(entry.columns)
        for row in _rows(entry, release):
            writer.writerow(_csv_cell(field, value, comma) for field, value in zip(entry.fields, row, strict=True))
            rows += 1
    return Exported(target, rows)


def _csv_cell(field: Field, value: Any, decimal_comma: bool) -> str:
    if value is None:
        return ""
    if field.kind is Kind.TEXTS:
        return escape("; ".join(value))
    if field.kind in TEXTUAL:
        return escape(value)
    text = f"{value:f}" if isinstance(value, Decimal) else repr(value)
    return text.replace(".", ",") if decimal_comma else text


def _write_xlsx(entry: Dataset, release: Path, target: Path, rows: int) -> Exported:
    if rows >= _SHEET_ROWS:
        raise ReleaseError(
            f"Dataset {entry.name} memiliki {rows} baris, melebihi batas Excel. Gunakan berkas .csv.",
            f"Dataset {entry.name} has {rows} rows, more than Excel can hold. Use a .csv file.",
        )
    book = Workbook(write_only=True)
    cut = _write_data(book.create_sheet(entry.name), entry, _rows(entry, release), rows)
    _write_words(book.create_sheet("Keterangan"), entry)
    book.save(target)
    return Exported(target, rows, cut)


def _write_data(sheet: WriteOnlyWorksheet, entry: Dataset, rows: Iterator[list[Any]], count: int) -> int:
    last = get_column_letter(len(entry.fields))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{last}{count + 1}"  # type: ignore[attr-defined]
    for place, field in enumerate(entry.fields, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS[field.kind]  # type: ignore[attr-defined]
    sheet.append([_bold(sheet, name) for name in entry.columns])
    cut = 0
    for row in rows:
        sheet.append([_cell(sheet, field, value) for field, value in zip(entry.fields, row, strict=True)])
        cut += sum(isinstance(value, str) and len(value) > _CELL_CHARACTERS for value in row)
    return cut


def _write_words(sheet: WriteOnlyWorksheet, entry: Dataset) -> None:
    """What each column means, so that the workbook explains itself."""
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCD", (22, 26, 22, 100), strict=True):
        sheet.column_dimensions[letter].width = width  # type: ignore[attr-defined]
    sheet.append([_bold(sheet, title) for title in ("kolom", "judul", "satuan", "arti")])
    for field in entry.fields:
        words = (field.name, field.title, field.quantity, field.description)
        sheet.append([None if word is None else _text_cell(sheet, word) for word in words])


def _bold(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell = _text_cell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: WriteOnlyWorksheet, field: Field, value: Any) -> Cell | None:
    if value is None:
        return None
    if field.kind is Kind.TEXTS:
        return _text_cell(sheet, "; ".join(value))
    if field.kind is Kind.DATE and _FULL_DATE.fullmatch(value):
        return _date_cell(sheet, value)
    if field.kind in TEXTUAL:
        return _text_cell(sheet, value)
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = _FORMATS[field.kind]
    return cell


def _date_cell(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    try:
        day = datetime.fromisoformat(text)
    except ValueError:  # such as 30 February: printed is published
        return _text_cell(sheet, text)
    cell = WriteOnlyCell(sheet, day)
    cell.number_format = "yyyy-mm-dd"
    return cell


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    """A cell that stays text, whatever the text looks like: a code keeps its zeros, a formula is not run."""
    printable = _UNPRINTABLE.sub("\ufffd", text)
    if len(printable) > _CELL_CHARACTERS:
        printable = printable[: _CELL_CHARACTERS - len(_CUT)] + _CUT
    cell = WriteOnlyCell(sheet, printable)
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
