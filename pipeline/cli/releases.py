"""`rkt releases`, `rkt diff` and `rkt rollback`: what was published before, and going back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.answer import Format, FormatOption, write_answer
from pipeline.cli.console import EXIT_USAGE, failure, format_value, note, print_table, reason_of
from pipeline.cli.messages import say
from pipeline.cli.options import DEFAULT_CURATED, CuratedOption

if TYPE_CHECKING:
    from pipeline.release.keep import Kept
    from pipeline.release.manifest import Manifest
    from pipeline.storage import Place

_COLUMNS = ("nomor", "terbit", "dokumen", "baris", "versi_pembaca", "keadaan")
_TYPES = ("INTEGER", "VARCHAR", "INTEGER", "INTEGER", "VARCHAR", "VARCHAR")


def releases(curated: CuratedOption = DEFAULT_CURATED, form: FormatOption = Format.TABLE) -> None:
    """List the releases that are kept, the newest first."""
    from pipeline.release.copies import kept_remotely
    from pipeline.release.keep import kept_releases
    from pipeline.release.query import QueryResult

    found = kept_remotely(curated) if curated.path is None else kept_releases(curated.path)
    rows = [_row(kept) for kept in found]
    if form is not Format.TABLE:
        write_answer(QueryResult(_COLUMNS, _TYPES, rows), form, "diff.none")
        return
    print_table("", [say(f"releases.{name}") for name in _COLUMNS], [_shown(row) for row in rows])


def diff(
    before: Annotated[int, typer.Argument(metavar="A", min=1, help=say("arg.release.before"), show_default=False)],
    after: Annotated[int, typer.Argument(metavar="B", min=1, help=say("arg.release.after"), show_default=False)],
    curated: CuratedOption = DEFAULT_CURATED,
    form: FormatOption = Format.TABLE,
) -> None:
    """Count the rows that are new, gone and changed from release A to release B."""
    from pipeline.release.copies import release_copy, with_parquet
    from pipeline.release.difference import difference_of

    if before == after:
        raise failure("usage.same_release", EXIT_USAGE, number=before)
    found = difference_of(*(release_copy(curated, number, with_parquet) for number in (before, after)))
    write_answer(found, form, "diff.none")
    if found.rows:
        totals = [sum(int(row[place]) for row in found.rows) for place in (3, 4, 5)]
        numbers = dict(zip(("added", "removed", "changed"), map(format_value, totals), strict=True))
        documents = len({row[1] for row in found.rows})
        note(say("diff.total", before=before, after=after, documents=format_value(documents), **numbers))


def rollback(
    number: Annotated[int, typer.Argument(metavar="N", min=1, help=say("arg.release"), show_default=False)],
    curated: CuratedOption = DEFAULT_CURATED,
) -> None:
    """Make release N the current one."""
    try:
        was, manifest, highest = _roll_back(curated, number)
    except OSError as error:
        raise failure("error.unwritable", path=error.filename or curated, reason=reason_of(error)) from error
    if was == number:
        note(say("rollback.already", number=number))
        return
    documents = format_value(sum(manifest.documents.values()))
    note(say("rollback.done", number=number, was=was or "-", documents=documents))
    note(say("rollback.next", number=highest + 1))


def _roll_back(curated: Place, number: int) -> tuple[int | None, Manifest, int]:
    """The number that was current, the manifest of the one that is now, and the highest number taken."""
    from pipeline.release.copies import roll_back_remotely
    from pipeline.release.errors import NoReleaseError
    from pipeline.release.keep import roll_back
    from pipeline.release.store import release_numbers

    if curated.path is None:
        return roll_back_remotely(curated, number)
    if not curated.path.is_dir():  # publishing makes the folder, which going back must not
        raise NoReleaseError(curated)
    return *roll_back(curated.path, number), max(release_numbers(curated.path))


def _row(kept: Kept) -> tuple[object, ...]:
    state = "berlaku" if kept.current else ""
    if kept.manifest is None or kept.published is None:
        return (kept.number, None, None, None, None, "rusak")
    manifest = kept.manifest
    published = kept.published.astimezone().isoformat(timespec="minutes")
    return (
        kept.number,
        published,
        sum(manifest.documents.values()),
        sum(manifest.counts.values()),
        manifest.reader_version,
        state,
    )


def _shown(row: tuple[object, ...]) -> list[object]:
    *values, state = row
    return [*values, say(f"releases.{state}") if state else ""]
