"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.messages import say

CuratedOption = Annotated[Path, typer.Option("--curated", envvar="RKT_CURATED", help=say("opt.curated"))]
DEFAULT_CURATED = Path("curated")
VocabularyOption = Annotated[Path | None, typer.Option("--vocabulary", help=say("opt.vocabulary"))]
