"""Prefect's settings for a run of ours; they count only if they are set before Prefect is imported."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import closing
from pathlib import Path

_DATABASE = "prefect.db"
_LOG = logging.getLogger("pipeline")


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
    if not ({"PREFECT_API_URL", "PREFECT_SERVER_DATABASE_CONNECTION_URL"} & os.environ.keys()):
        _set_aside_damaged(Path(os.environ["PREFECT_HOME"]) / _DATABASE)


def _set_aside_damaged(database: Path) -> None:
    """Rename the temporary server's database where it is damaged: the server makes a new one.

    It holds only what earlier runs looked like in Prefect; what was read and published is not in it. Prefect itself
    would wait in vain for minutes.
    """
    if not database.is_file() or not _is_damaged(database):
        return
    for part in (database, *(database.with_name(f"{database.name}-{suffix}") for suffix in ("wal", "shm"))):
        if part.exists():
            part.replace(part.with_name(f"{part.name}.rusak"))
    _LOG.warning("%s: the database of Prefect's temporary server was damaged and is set aside", database)


def _is_damaged(database: Path) -> bool:
    try:
        with closing(sqlite3.connect(database)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",))
    except sqlite3.OperationalError:
        return False  # locked, or the disk refuses: that is no damage
    except sqlite3.DatabaseError:
        return True
