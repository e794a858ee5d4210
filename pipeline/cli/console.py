"""Where the command line writes: data to standard output, everything said about it to standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.cli.messages import language, say
from pipeline.intake.problems import explain_reason, system_reason
from pipeline.release.errors import ReleaseError
from pipeline.storage import StorageError
from pipeline.values.written import group_thousands

EXIT_INCOMPLETE = 1
EXIT_USAGE = 2

# What steers a terminal or turns the direction of a line: in the name of a file or the text of a PDF it is only text.
# Surrogates are bytes of a name that are no text, and cannot be written.
_STEERING = [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)]
_PLAIN = {code: "\ufffd" for code in _STEERING if chr(code) not in "\t\n"}

output = Console(highlight=False)
notes = Console(stderr=True, highlight=False)


def failure(key: str, code: int = EXIT_INCOMPLETE, **values: object) -> typer.Exit:
    """Say one line about what is wrong; raise what this returns to end the command."""
    note(say(key, **values))
    return typer.Exit(code)


def reason_of(error: OSError) -> str:
    """Why the operating system refused, in the language in use."""
    return explain_reason(system_reason(error), language())


def words_of(error: ReleaseError | StorageError) -> str:
    """What a foreseeable failure says to the user, in the language in use."""
    return error.pesan if language() == "id" else error.english


def note(text: str) -> None:
    """One line to standard error, unbroken however narrow the terminal is."""
    notes.print(_plain(text), soft_wrap=True)


def _plain(text: str) -> Text:
    """Text, never markup and never a command: what a document prints is not ours to interpret."""
    return Text(text.translate(_PLAIN))


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table in the terminal; wider than it when standard output is a file. Numbers stand to the right."""
    body = [list(row) for row in rows]
    table = Table(title=_plain(title) if title else None, title_justify="left", header_style="bold")
    for index, name in enumerate(columns):
        numeric = all(row[index] is None or isinstance(row[index], (int, float, Decimal)) for row in body)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in body:
        table.add_row(*(_plain(format_value(value)) for value in row))
    if not output.is_terminal:
        output.width = 250
    output.print(table)


def format_value(value: object) -> str:
    """A value as an Indonesian reader writes it: 1.234,5; nothing for null; lists over several lines."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, Decimal):
        return group_thousands(f"{value:,f}")
    if isinstance(value, float):
        return group_thousands(f"{value:,.10f}")
    if isinstance(value, (list, tuple)):
        return "\n".join(format_value(item) for item in value)
    return str(value)


def write_raw(text: str) -> None:
    """Machine-readable output: as it is, in UTF-8."""
    sys.stdout.write(text)
    sys.stdout.flush()
