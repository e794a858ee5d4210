"""`rkt explain`: how the header of every table of a PDF is read, and which phrases to add where it is not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.console import note, output, print_table
from pipeline.cli.messages import say
from pipeline.cli.options import FileArgument, VocabularyOption
from pipeline.cli.words import usable_words

if TYPE_CHECKING:
    from pipeline.layouts.columns import Column
    from pipeline.layouts.tables import TableReading
    from pipeline.storage import Place

UNKNOWN = "tak_dikenal"
_LONGEST = 400


def explain(
    file: FileArgument,
    vocabulary: VocabularyOption = None,
) -> None:
    """Show every table's header as read; exit code 1 where the PDF cannot be read."""
    words = usable_words(vocabulary)
    readings = _read(file, words)
    if not readings:
        note(say("explain.none"))
    for number, reading in enumerate(readings, start=1):
        _print_reading(number, reading)
    _print_missing(readings, words)


def _read(file: Place, words: Path | None) -> list[TableReading]:
    from pipeline.cli.single import find_one, on_this_disk, read_apart
    from pipeline.intake import ReadSettings
    from pipeline.worker.jobs import table_headers

    found = find_one(file)
    source = found.source
    with on_this_disk(found.place, source.sha256) as path:
        task = (table_headers, path, source.dokumen_id, words)
        readings: list[TableReading] = read_apart(path, source.berkas, ReadSettings(vocabulary=words), *task)
    return readings


def _print_reading(number: int, reading: TableReading) -> None:
    output.print(_title(number, reading), soft_wrap=True, markup=False)
    columns = reading.header.columns
    if not any(column.path for column in columns):
        from pipeline.layouts.tables import top_texts

        texts = " | ".join(top_texts(reading.table))
        output.print(say("explain.headless", texts=texts[:_LONGEST]), soft_wrap=True, markup=False)
        output.print()
        return
    print_table(
        "",
        [say(f"explain.{key}") for key in ("leaves", "header", "field", "why", "more")],
        [[_leaves(column), column.name, _field(column), _why(column), _more(column)] for column in columns],
    )
    output.print()


def _title(number: int, reading: TableReading) -> str:
    table = reading.table
    pages = str(table.first_page)
    if table.last_page != table.first_page:
        pages += f"–{table.last_page}"
    named = [column for column in reading.header.columns if column.path]
    known = sum(column.field != "unknown" for column in named)
    key = "explain.unknown_table" if reading.layout == UNKNOWN else "explain.table"
    values = {"pages": pages, "layout": reading.layout, "known": known, "named": len(named)}
    return say(key, number=number, title=table.title or say("explain.untitled"), **values)


def _leaves(column: Column) -> str:
    return str(column.start + 1) if column.end == column.start + 1 else f"{column.start + 1}–{column.end}"


def _field(column: Column) -> str:
    if column.field == "unknown":
        return say("explain.unknown") if column.path else say("explain.unnamed")
    if column.field == "level":
        return "/".join(column.levels)
    return f"periode {column.period}" if column.field == "periode" else column.field


def _why(column: Column) -> str:
    return "" if column.field == "unknown" else column.why


def _more(column: Column) -> str:
    """What the header says besides the field: whose year it is, the year, the unit, the scale of its figures."""
    said = [say(f"explain.role.{column.role}")] if column.role != "plan" else []
    said += [say("explain.year", year=column.year)] if column.year else []
    said += [say("explain.unit", unit=column.unit)] if column.unit else []
    said += [say("explain.scale", scale=column.scale)] if column.scale != 1 else []
    return ", ".join(said)


def _print_missing(readings: Sequence[TableReading], words: Path | None) -> None:
    """The phrases that the vocabulary lacks, as a file for `--vocabulary`, in which each may be moved to its field."""
    from pipeline.layouts.tables import unknown_phrases
    from pipeline.layouts.vocabulary import load_vocabulary, own_phrases

    known = load_vocabulary(words)
    phrases = list(dict.fromkeys(phrase for reading in readings for phrase in unknown_phrases(reading, known)))
    if not phrases:
        note(say("explain.complete"))
        return
    own = own_phrases()
    note(say("explain.missing", count=len(phrases)))
    output.print(
        say("explain.advice", fields=", ".join(own["fields"]), levels=", ".join(own["levels"])), soft_wrap=True
    )
    output.print(_snippet(phrases), soft_wrap=True, markup=False, end="")


def _snippet(phrases: Sequence[str]) -> str:
    import yaml

    return str(yaml.safe_dump({"ignored": list(phrases)}, allow_unicode=True, width=10_000))
