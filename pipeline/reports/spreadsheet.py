"""Tables in a workbook: header, filter, formats, sums, and print set-up. Text stays text, whatever it looks like."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pipeline.reports.texts import Words
from pipeline.reports.wording import printable

ColumnKind = Literal["text", "rupiah", "number", "page", "percent", "signed", "doubt"]
CELL_UNITS = 32_767  # of UTF-16, the most that a cell of Excel holds
_SHEET_ROWS = 1_000_000  # below the format's 1,048,576, so that header and sum fit
_A4 = 9
_SCREEN_ROW = 15
_MOST_LINES = 20  # Excel shows no row higher than 409 points
_SMALL_SHARE = 0.0005  # with one decimal it would read -0.0%
_LETTERS_PER_WIDTH = 0.95  # words do not fill a line to its end
_FORMATS: dict[str, dict[str, Any]] = {
    "text": {"num_format": "@", "text_wrap": True, "valign": "top"},
    "doubt": {"num_format": "@", "text_wrap": True, "valign": "top", "indent": 1, "bold": True},
    "rupiah": {"num_format": "#,##0", "valign": "top"},
    "cents": {"num_format": "#,##0.00", "valign": "top"},
    "signed": {"num_format": "+#,##0;-#,##0;0", "valign": "top"},
    "signed cents": {"num_format": "+#,##0.00;-#,##0.00;0", "valign": "top"},
    "number": {"num_format": "General", "valign": "top"},
    "page": {"num_format": "0", "valign": "top", "align": "center"},
    "percent": {"num_format": "+0.0%;-0.0%;0.0%", "valign": "top"},
    "small percent": {"num_format": "+0.0000%;-0.0000%;0.0%", "valign": "top"},
}
_HEADER = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#DCE6F1", "bottom": 1}
_TOTAL = {"bold": True, "top": 1, "text_wrap": False}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, the value of a row, how that is shown, its width in characters.

    `formula` makes a formula out of the row's number in the sheet (from 1); the value is then what a viewer that does
    not calculate shows. `total` asks for the sum of what the filter leaves. What is not `printed` stands last: keys,
    which would make the print too small to read.
    """

    title: str
    value: Callable[[Any], object]
    kind: ColumnKind = "text"
    width: int = 12
    formula: Callable[[int], str] | None = None
    total: bool = False
    printed: bool = True


class Book:
    """A workbook with formats that are made once."""

    def __init__(self, path: Path, words: Words) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._book = Workbook(str(path), options)
        self._book.set_calc_mode("auto")
        self._formats: dict[tuple[str, bool, int, bool], Format] = {}
        self._header = self._book.add_format(_HEADER)
        self.words = words

    def close(self) -> None:
        """Write the file. Raises OSError where it cannot be written."""
        try:
            self._book.close()
        except FileCreateError as error:
            raise OSError(*error.args[0].args) from error

    def table(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Any],
        depth: Callable[[Any], int] | None = None,
        strong: Callable[[Any], bool] | None = None,
    ) -> None:
        """A sheet with one row per item, or as many as it takes; `depth` indents the name, `strong` makes it bold."""
        left = iter(rows)
        part = 1
        chunk = list(islice(left, _SHEET_ROWS))
        while chunk or part == 1:
            sheet = self._sheet(name if part == 1 else f"{name} ({part})", columns)
            for number, row in enumerate(chunk, start=1):
                level = depth(row) if depth else 0
                bold = strong(row) if strong else False
                self._row(sheet, number, columns, row, level, bold)
                sheet.set_row(number, _height(columns, row))
            self._finish(sheet, columns, chunk)
            chunk = list(islice(left, _SHEET_ROWS))
            part += 1

    def _sheet(self, name: str, columns: Sequence[Column]) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.title, self._header)
        sheet.set_row(0, 2 * _SCREEN_ROW)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def _row(self, sheet: Worksheet, number: int, columns: Sequence[Column], row: Any, depth: int, bold: bool) -> None:
        indented = next((place for place, column in enumerate(columns) if column.width >= 40), 0)
        for place, column in enumerate(columns):
            value = column.value(row)
            indent = depth if place == indented else 0
            formula = column.formula(number + 1) if column.formula else None
            self._cell(sheet, (number, place), value, column.kind, bold, indent, formula)

    def _cell(
        self,
        sheet: Worksheet,
        at: tuple[int, int],
        value: object,
        kind: ColumnKind,
        bold: bool = False,
        indent: int = 0,
        formula: str | None = None,
        total: bool = False,
    ) -> None:
        if value is None or value == "":
            sheet.write_blank(*at, None, self._format("text", bold, 0, total))
        elif isinstance(value, (int, float, Decimal)):
            shown = self._format(_number_format(kind, value), bold, 0, total)
            if formula is None:
                sheet.write_number(*at, float(value), shown)
            else:
                sheet.write_formula(*at, formula, shown, float(value))
        else:
            shown = self._format("doubt" if kind == "doubt" else "text", bold, indent, total)
            sheet.write_string(*at, self._fitting(str(value)), shown)

    def _finish(self, sheet: Worksheet, columns: Sequence[Column], rows: Sequence[Any]) -> None:
        """The filter over the rows, and under them the sums of what it leaves."""
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
        sheet.print_area(0, 0, len(rows) + 1, sum(column.printed for column in columns) - 1)
        if not rows or not any(column.total for column in columns):
            return
        last = len(rows) + 1
        for place, column in enumerate(columns):
            letter = xl_col_to_name(place)
            value: object = self.words("total") if place == 0 else None
            formula = None
            if column.total:
                amounts = (item for item in map(column.value, rows) if isinstance(item, (int, float, Decimal)))
                value = sum((Decimal(str(amount)) for amount in amounts), Decimal(0))
                formula = f"=SUBTOTAL(109,{letter}2:{letter}{last})"
            self._cell(sheet, (last, place), value, column.kind, formula=formula, total=True)

    def _fitting(self, text: str) -> str:
        """Printable text that a cell holds, with a mark where it was cut."""
        text = printable(text)
        encoded = text.encode("utf-16-le")
        if len(encoded) <= 2 * CELL_UNITS:
            return text
        cut = self.words("cut")
        return encoded[: 2 * (CELL_UNITS - len(cut))].decode("utf-16-le", "ignore") + cut

    def _format(self, name: str, bold: bool, indent: int, total: bool) -> Format:
        key = (name, bold, indent, total)
        if key not in self._formats:
            more: dict[str, Any] = {"indent": min(indent, 15), "align": "left"} if indent else {}
            wanted = {**_FORMATS[name], **more, **({"bold": True} if bold else {}), **(_TOTAL if total else {})}
            self._formats[key] = self._book.add_format(wanted)
        return self._formats[key]


def _height(columns: Sequence[Column], row: Any) -> float:
    """The height in points that the row's longest text needs: no viewer but Excel finds it by itself."""
    lines = 1
    for column in columns:
        value = column.value(row)
        if isinstance(value, str) and column.printed:
            breadth = max(1, int(column.width * _LETTERS_PER_WIDTH))
            lines = max(lines, sum(-(-len(line) // breadth) or 1 for line in value.split("\n")))
    return float(_SCREEN_ROW * min(lines, _MOST_LINES))


def _number_format(kind: ColumnKind, value: float | Decimal) -> str:
    """The format's name: sen are shown only where there are any, and small shares with more decimals."""
    if kind in ("text", "number", "doubt"):
        return "number"
    if kind == "percent":
        return "small percent" if value and -_SMALL_SHARE < value < _SMALL_SHARE else kind
    if kind == "page":
        return kind
    cents = value != int(value)
    if kind == "signed":
        return "signed cents" if cents else "signed"
    return "cents" if cents else "rupiah"
