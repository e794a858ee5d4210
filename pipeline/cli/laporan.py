"""`rkt laporan`: one document of the last release as a page to read and print, and as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.console import failure, note, reason_of
from pipeline.cli.messages import language, say
from pipeline.cli.options import DEFAULT_CURATED, CuratedOption


def laporan(
    document: Annotated[str, typer.Argument(help=say("arg.document"), show_default=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help=say("opt.output_folder"))] = Path(),
    curated: CuratedOption = DEFAULT_CURATED,
) -> None:
    """Write the report of one document: a PDF that is in the release, or the key of one."""
    from pipeline.release.copies import readable
    from pipeline.release.store import need_release
    from pipeline.reports.gather import earlier_pair, read_document
    from pipeline.reports.write import document_paths, write_document_reports

    release = need_release(readable(curated)).resolve()
    plan = read_document(release, _key(release, document))
    previous = earlier_pair(release, plan)
    write_told(output, document_paths(plan, output), lambda: write_document_reports(plan, previous, output, language()))


def write_told(folder: Path, paths: Sequence[Path], write: Callable[[], object]) -> None:
    """Write a report's files into a folder and name each, and whether it takes the place of an earlier one."""
    earlier = {path for path in paths if path.exists()}
    try:
        write()
    except OSError as error:
        raise failure("error.target", path=folder, reason=reason_of(error)) from error
    for path in paths:
        note(say("laporan.replaced" if path in earlier else "laporan.written", path=path))


def _key(release: Path, document: str) -> str:
    """The key of the document that the user means. A file on this disk is known by its content, whatever its name."""
    from pipeline.intake.source import fingerprint
    from pipeline.release.comparing.choice import find_document

    path = Path(document).expanduser()
    try:
        sha256 = fingerprint(path) if path.is_file() else None
    except OSError as error:
        raise failure("error.unreadable", name=document, reason=reason_of(error)) from error
    found = find_document(release, document, sha256)
    if found is None:
        raise failure("error.not_published", name=document)
    return found
