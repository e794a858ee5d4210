"""`rkt query`, `rkt ekspor` and `rkt temuan`: they read the last release, and start nothing."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.answer import Format, FormatOption, write_answer
from pipeline.cli.console import EXIT_USAGE, failure, format_value, note, print_table, reason_of
from pipeline.cli.messages import say
from pipeline.cli.options import DEFAULT_CURATED, CuratedOption

_MOST_FINDINGS = 200
_SHOWN_FINDINGS = ("tingkat", "kode", "berkas", "halaman", "pesan", "baris_id")


class Level(StrEnum):
    """How grave a finding is."""

    GALAT = "galat"
    PERINGATAN = "peringatan"
    INFO = "info"


class Doubt(StrEnum):
    """Whether a finding doubts our reading or the document."""

    PEMBACAAN = "pembacaan"
    ISI = "isi"


def query(
    sql: Annotated[str, typer.Argument(help=say("arg.sql"), show_default=False)],
    curated: CuratedOption = DEFAULT_CURATED,
    form: FormatOption = Format.TABLE,
) -> None:
    """Run one SELECT over the last release."""
    from pipeline.release.copies import readable
    from pipeline.release.query import query as run

    write_answer(run(readable(curated), sql), form, "query.none")


def temuan(
    curated: CuratedOption = DEFAULT_CURATED,
    kode: Annotated[str | None, typer.Option(help=say("opt.kode"))] = None,
    tingkat: Annotated[Level | None, typer.Option(help=say("opt.tingkat"))] = None,
    jenis: Annotated[Doubt | None, typer.Option(help=say("opt.jenis"))] = None,
    dataset: Annotated[str | None, typer.Option(help=say("arg.dataset"))] = None,
    dokumen: Annotated[str | None, typer.Option(help=say("opt.dokumen"))] = None,
    limit: Annotated[int, typer.Option(min=0, help=say("opt.limit"))] = _MOST_FINDINGS,
    form: FormatOption = Format.TABLE,
) -> None:
    """List the findings of the last release, the gravest first."""
    from pipeline.release.copies import readable
    from pipeline.release.query import QueryResult
    from pipeline.release.reports import FindingFilter, findings

    found = findings(readable(curated), FindingFilter(kode, tingkat, jenis, dataset, dokumen))
    total = len(found.rows)
    shown = QueryResult(found.columns, found.types, found.rows[: limit or total])
    if form is Format.TABLE and total:
        places = [shown.columns.index(name) for name in _SHOWN_FINDINGS]
        print_table("", _SHOWN_FINDINGS, [[row[place] for place in places] for row in shown.rows])
    else:
        write_answer(shown, form, "temuan.none")
    if total:
        note(say("temuan.count", count=format_value(total)))
    if len(shown.rows) < total:
        note(say("show.more", count=format_value(total - len(shown.rows))))


def ekspor(
    dataset: Annotated[str, typer.Argument(help=say("arg.dataset"), show_default=False)],
    target: Annotated[Path, typer.Argument(help=say("arg.target"), show_default=False)],
    curated: CuratedOption = DEFAULT_CURATED,
    pemisah: Annotated[str, typer.Option(help=say("opt.pemisah"))] = ",",
) -> None:
    """Write one dataset of the last release for Excel."""
    from pipeline.release.copies import readable, with_parquet
    from pipeline.release.export import export

    if target.suffix.lower() not in {".xlsx", ".csv"}:
        raise failure("usage.target", EXIT_USAGE, path=target)
    if len(pemisah) != 1 or pemisah in '"\r\n':
        raise failure("usage.separator", EXIT_USAGE)
    try:
        written = export(readable(curated, with_parquet), dataset, target, pemisah)
    except OSError as error:
        raise failure("error.target", path=target, reason=reason_of(error)) from error
    note(say("ekspor.written", path=target, count=format_value(written.rows), name=dataset))
    if written.cut:
        note(say("ekspor.cut", count=format_value(written.cut)))
