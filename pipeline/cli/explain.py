"""`rkt explain`: how the header of every table of a PDF is read, which phrases to add where it is not, and a page drawn
as it was read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import EXIT_USAGE, failure, note, output, print_table
from pipeline.cli.messages import language, say
from pipeline.cli.options import FileArgument, VocabularyOption
from pipeline.cli.words import usable_words

if TYPE_CHECKING:
    from pipeline.cli.explained import PageExplained
    from pipeline.intake import Found
    from pipeline.layouts.columns import Column
    from pipeline.layouts.tables import TableReading

UNKNOWN = "tak_dikenal"
OPEN_SCALE = 0
_LONGEST = 400


def explain(
    file: FileArgument,
    halaman: Annotated[int | None, typer.Option("--halaman", min=1, help=say("opt.page"))] = None,
    gambar: Annotated[bool, typer.Option("--gambar", help=say("opt.picture"))] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help=say("opt.picture_output"))] = None,
    vocabulary: VocabularyOption = None,
) -> None:
    """Show how headers are read, of all tables or those on a page; exit code 1 where the PDF or page cannot be read."""
    from pipeline.cli.single import find_one

    if halaman is None and (gambar or output):
        raise failure("explain.picture_needs_page", EXIT_USAGE, name=file)
    words = usable_words(vocabulary)
    found = find_one(file)
    if halaman is None:
        _print_readings(_read(found, words), words, say("explain.none"))
    else:
        _explain_page(found, words, halaman, _target(found, halaman, output) if gambar or output else None)


def _print_readings(readings: Mapping[int, TableReading], words: Path | None, none: str) -> None:
    if not readings:
        note(none)
        return
    for number, reading in readings.items():
        _print_reading(number, reading)
    _print_missing(list(readings.values()), words)


def _read(found: Found, words: Path | None) -> dict[int, TableReading]:
    from pipeline.cli.single import on_this_disk, read_apart
    from pipeline.intake import ReadSettings
    from pipeline.worker.jobs import table_headers

    source = found.source
    with on_this_disk(found.place, source.sha256) as path:
        task = (table_headers, path, source.dokumen_id, words)
        readings: list[TableReading] = read_apart(path, source.berkas, ReadSettings(vocabulary=words), *task)
    return dict(enumerate(readings, start=1))


def _explain_page(found: Found, words: Path | None, page: int, target: Path | None) -> None:
    """Print the tables of a page, and write its picture to `target` where there is one."""
    explained = _read_page(found, words, page, target is not None)
    name = found.source.berkas
    if page > explained.pages:
        raise failure("explain.no_page", name=name, page=page, pages=explained.pages)
    if explained.damaged:
        raise failure("explain.damaged_page", name=name, page=page)
    none = say("explain.none_on_page", page=page)
    if explained.copy_of is not None:
        none = say("explain.copy", page=page, original=explained.copy_of)
    _print_readings(explained.readings, words, none)
    if target is not None and explained.picture is not None:
        from pipeline.cli.picture import save_picture

        save_picture(explained.picture, target, name, page)


def _read_page(found: Found, words: Path | None, page: int, drawn: bool) -> PageExplained:
    from pipeline.cli.explained import Wanted, explain_page
    from pipeline.cli.single import on_this_disk, read_apart
    from pipeline.intake import ReadSettings

    source = found.source
    wanted = Wanted(source.berkas, page, drawn, language())
    with on_this_disk(found.place, source.sha256) as path:
        task = (explain_page, path, source.dokumen_id, words, wanted)
        explained: PageExplained = read_apart(path, source.berkas, ReadSettings(vocabulary=words), *task)
    return explained


def _target(found: Found, page: int, output: Path | None) -> Path:
    """Where a page's picture goes: the file that the user names, else one named after the PDF and the page."""
    named = Path(f"{Path(found.source.berkas).stem}-h{page:03d}.png")
    if output is None:
        return named
    return output / named if output.is_dir() else output


def _print_reading(number: int, reading: TableReading) -> None:
    from pipeline.cli.page_marks import leaves, read_as

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
        [[leaves(column), column.name, read_as(column), _why(column), _more(column)] for column in columns],
    )
    output.print()


def _title(number: int, reading: TableReading) -> str:
    from pipeline.cli.page_marks import pages_of

    table = reading.table
    named = [column for column in reading.header.columns if column.path]
    known = sum(column.field != "unknown" for column in named)
    key = "explain.unknown_table" if reading.layout == UNKNOWN else "explain.table"
    values = {"pages": pages_of(table), "layout": reading.layout, "known": known, "named": len(named)}
    return say(key, number=number, title=table.title or say("explain.untitled"), **values)


def _why(column: Column) -> str:
    if column.field == "unknown" or not column.evidence:
        return "" if column.field == "unknown" else column.why
    return f"{column.why} [{', '.join(column.evidence)}]"


def _more(column: Column) -> str:
    """What is known besides the field: whose year, the year, the unit, the scale of its figures, and the runner-up."""
    said = [say(f"explain.role.{column.role}")] if column.role != "plan" else []
    said += [say("explain.year", year=column.year)] if column.year else []
    said += [say("explain.unit", unit=column.unit)] if column.unit else []
    said += [say("explain.scale", scale=column.scale)] if column.scale > 1 else []
    said += [say("explain.open_scale")] if column.scale == OPEN_SCALE else []
    said += [say("explain.doubted")] if column.doubted else []
    said += [say("explain.second", role=column.second, margin=column.margin)] if column.second else []
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
