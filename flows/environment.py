"""Prefect's settings for a run of ours; they count only if they are set before Prefect is imported."""

from __future__ import annotations

import os
from pathlib import Path


def prepare_prefect(state: Path) -> None:
    """Make the folder, and keep what Prefect writes in it; keep it quiet. What the user has set stays as it is.

    Where PREFECT_API_URL names a server, that one is used; else a server is started for the run, which takes longer
    than its default limit when two runs start at once. Raises OSError where the folder cannot be made.
    """
    home = state.absolute() / "prefect"
    home.mkdir(parents=True, exist_ok=True)
    defaults = {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
        "PREFECT_CLI_PROMPT": "false",
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
