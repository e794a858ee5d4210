"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.messages import say
from pipeline.storage import Place

CuratedOption = Annotated[
    Place, typer.Option("--curated", envvar="RKT_CURATED", parser=Place.parse, metavar="PATH", help=say("opt.curated"))
]
DEFAULT_CURATED = Place.parse("curated")
FileArgument = Annotated[Place, typer.Argument(parser=Place.parse, help=say("arg.file"), show_default=False)]
VocabularyOption = Annotated[Path | None, typer.Option("--vocabulary", help=say("opt.vocabulary"))]
