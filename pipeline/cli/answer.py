"""How an answer is written: a table in the terminal, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.console import note, print_table, write_raw
from pipeline.cli.messages import say

if TYPE_CHECKING:
    from pipeline.release.query import QueryResult


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help=say("opt.format"))]


def write_answer(result: QueryResult, form: Format, if_empty: str) -> None:
    """Write an answer to standard output; `if_empty` is the message where a table would have no row."""
    if form is not Format.TABLE:
        write_raw(answer_text(result, form))
    elif result.rows:
        print_table("", result.columns, result.rows)
    else:
        note(say(if_empty))


def answer_text(result: QueryResult, form: Format) -> str:
    """An answer as JSON, else as CSV."""
    if form is Format.JSON:
        return json.dumps(list(result.records()), ensure_ascii=False, indent=1, default=_as_json) + "\n"
    return _as_csv(result)


def _as_csv(result: QueryResult) -> str:
    """CSV with a comma and a decimal point. No text is a formula to a spreadsheet, as in the release's CSV."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows(_csv_row(row) for row in result.rows)
    return stream.getvalue()


def _csv_row(row: Iterable[Any]) -> list[str]:
    from pipeline.release.csvtext import escape

    cells = []
    for value in row:
        if isinstance(value, (list, dict)):
            value = json.dumps(value, ensure_ascii=False, default=_as_json)
        cells.append(escape(value) if isinstance(value, str) else _plain(value))
    return cells


def _plain(value: object) -> str:
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _as_json(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
