"""The commands of `rkt`, in the language that was chosen before this module was imported."""

from __future__ import annotations

from collections.abc import Callable

import typer

from pipeline.cli import (
    compare,
    data,
    evidence,
    explain,
    fetch,
    ingest,
    laporan,
    reference,
    releases,
    serve,
    show,
    status,
    withdraw,
)
from pipeline.cli.messages import say

app = typer.Typer(
    name="rkt",
    help=say("help.app"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

COMMANDS: dict[str, Callable[..., None]] = {
    "fetch": fetch.fetch,
    "ingest": ingest.ingest,
    "serve": serve.serve,
    "show": show.show,
    "explain": explain.explain,
    "bukti": evidence.bukti,
    "ekspor": data.ekspor,
    "laporan": laporan.laporan,
    "query": data.query,
    "compare": compare.compare,
    "temuan": data.temuan,
    "releases": releases.releases,
    "diff": releases.diff,
    "rollback": releases.rollback,
    "withdraw": withdraw.withdraw,
    "status": status.status,
}

for name, command in COMMANDS.items():
    app.command(name, help=say(f"help.{name}"))(command)

app.add_typer(reference.app, name="reference", help=say("help.reference"))
