"""The one PDF that a command reads in this process."""

from __future__ import annotations

from pathlib import Path

import typer

from pipeline.cli.console import EXIT_INCOMPLETE, note
from pipeline.cli.messages import language
from pipeline.intake import Found, ReadSettings, find_documents, inspect_file


def find_one(file: Path, settings: ReadSettings) -> Found:
    """The document in a file; says why and ends the command with exit code 1 where it cannot be read."""
    intake = find_documents([file])
    for problem in intake.problems:
        note(problem.message(language()))
    if not intake.documents:
        raise typer.Exit(EXIT_INCOMPLETE)
    found = intake.documents[0]
    obstacle = found.problem or inspect_file(found.path, found.source.berkas, settings)
    if obstacle is not None:
        note(obstacle.message(language()))
        raise typer.Exit(EXIT_INCOMPLETE)
    return found
