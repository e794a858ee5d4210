"""The commands of `rkt`, in the language that was chosen before this module was imported."""

from __future__ import annotations

import typer

from pipeline.cli import data, evidence, ingest, show
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

app.command("ingest", help=say("help.ingest"))(ingest.ingest)
app.command("show", help=say("help.show"))(show.show)
app.command("bukti", help=say("help.bukti"))(evidence.bukti)
app.command("ekspor", help=say("help.ekspor"))(data.ekspor)
app.command("query", help=say("help.query"))(data.query)
app.command("temuan", help=say("help.temuan"))(data.temuan)
app.command("status", help=say("help.status"))(data.status)
