"""`rkt reference`: the official nomenclature that a user has, stored beside what was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.console import EXIT_USAGE, failure, format_value, note, print_table, reason_of
from pipeline.cli.messages import say
from pipeline.cli.options import DEFAULT_CURATED, CuratedOption
from pipeline.reference import editions
from pipeline.reference.nomenclature import Entry
from pipeline.storage import Place
from pipeline.values.codes import code_level

_MOST_CODES = 200
# Codes as documents print them, without regard to their leading zeros.
_SEEN = """
SELECT p.level, min(p.kode) AS kode, mode(p.nama) AS nama,
  count(DISTINCT coalesce(d.perangkat_daerah || ' ' || coalesce(d.wilayah, ''), d.dokumen_id)) AS offices,
  count(DISTINCT d.dokumen_id) AS documents
FROM program_kegiatan p JOIN dokumen d USING (dokumen_id)
WHERE p.kode IS NOT NULL AND p.nama IS NOT NULL AND d.duplikat_dari IS NULL
GROUP BY p.level, regexp_replace(p.kode, '(^|\\.)0+([0-9])', '\\1\\2', 'g')
ORDER BY offices DESC, documents DESC, kode
"""

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.command("import", help=say("help.reference.import"))
def import_file(
    file: Annotated[Path, typer.Argument(help=say("arg.csv"), show_default=False)],
    edisi: Annotated[int | None, typer.Option(min=1900, max=2099, help=say("opt.edisi"))] = None,
    curated: CuratedOption = DEFAULT_CURATED,
) -> None:
    """Store the editions that a CSV holds, each in place of the one of its year."""
    folder = _folder(curated)
    try:
        given = editions.read_csv(file, edisi or editions.year_in_name(file))
    except OSError as error:
        raise failure("error.csv", path=file, reason=say("csv.unreadable", reason=reason_of(error))) from error
    for year, entries in given.editions.items():
        try:
            path, replaced = editions.save_edition(folder, year, entries)
        except OSError as error:
            raise failure("error.unwritable", path=error.filename or folder, reason=reason_of(error)) from error
        note(say("reference.imported", edition=_name(year), count=format_value(len(entries)), path=path))
        if replaced:
            note(say("reference.replaced", edition=_name(year)))
        _tell_oddities(entries)
    if given.duplicates:
        note(say("reference.duplicates", count=format_value(given.duplicates)))
    _print_counts(given.editions.items())
    note(say("reference.next"))


def _tell_oddities(entries: Sequence[Entry]) -> None:
    """What a careful reader would ask about the list; it is used all the same."""
    twice = editions.twice_named(entries)
    if twice:
        note(say("reference.twice", count=format_value(twice)))
    odd = [entry.kode for entry in entries if code_level(entry.kode) != entry.level]
    if odd:
        note(say("reference.misshaped", count=format_value(len(odd)), example=odd[0]))


@app.command("list", help=say("help.reference.show"), hidden=True)
@app.command("show", help=say("help.reference.show"))
def show(
    curated: CuratedOption = DEFAULT_CURATED,
    limit: Annotated[int, typer.Option(min=0, help=say("opt.limit"))] = _MOST_CODES,
) -> None:
    """What is stored, or the codes that documents use where nothing is."""
    stored = editions.load_editions(_folder(curated))
    if stored:
        _print_counts((edition.tahun, edition.entries) for edition in stored)
    else:
        _print_seen(curated, limit)


def _print_seen(curated: Place, limit: int) -> None:
    from pipeline.release.copies import readable
    from pipeline.release.errors import NoReleaseError
    from pipeline.release.query import query

    try:
        rows = query(readable(curated), _SEEN).rows
    except NoReleaseError:
        rows = []
    if not rows:
        note(say("reference.none"))
        return
    columns = ["level", "kode", "nama", say("reference.offices"), say("reference.documents")]
    print_table(say("reference.seen"), columns, rows[: limit or len(rows)])
    if limit and len(rows) > limit:
        note(say("show.more", count=format_value(len(rows) - limit)))


@app.command("remove", help=say("help.reference.remove"))
def remove(
    edisi: Annotated[str, typer.Argument(help=say("arg.edisi"), show_default=False)],
    curated: CuratedOption = DEFAULT_CURATED,
) -> None:
    """Forget one edition."""
    if edisi != editions.UNDATED and not (edisi.isdecimal() and len(edisi) == len("2025")):
        raise failure("error.edition", EXIT_USAGE, name=edisi)
    year = None if edisi == editions.UNDATED else int(edisi)
    try:
        known = editions.remove_edition(_folder(curated), year)
    except OSError as error:
        raise failure("error.unwritable", path=error.filename or curated, reason=reason_of(error)) from error
    if not known:
        raise failure("error.edition", name=edisi)
    note(say("reference.removed", edition=_name(year)))
    note(say("reference.next"))


def _folder(curated: Place) -> Path:
    from pipeline.worker.store import state_folder

    return editions.reference_folder(state_folder(curated).absolute())


def _name(year: int | None) -> str:
    return say("reference.undated") if year is None else str(year)


def _print_counts(stored: Iterable[tuple[int | None, Sequence[Entry]]]) -> None:
    rows = []
    for year, entries in stored:
        counts = Counter(entry.level for entry in entries)
        inactive = sum(not entry.aktif for entry in entries)
        rows.append([_name(year), *(counts[level] for level in editions.LEVELS), inactive])
    print_table("", [say("reference.edition"), *editions.LEVELS, say("reference.inactive")], rows)
