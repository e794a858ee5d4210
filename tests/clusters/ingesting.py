"""An ingest in a process of its own: the parameters of the flow as JSON in its argument, how it went on its output."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from flows.environment import prepare_prefect


def main() -> None:
    """Run it; prints the status and the message of each document, and a RunnerError as its message alone."""
    parameters = json.loads(sys.argv[1])
    prepare_prefect(Path(parameters["curated"], "prefect"))
    from flows.run import run_ingest
    from flows.summary import Unwatched
    from pipeline.worker.runners import RunnerError

    try:
        summary = run_ingest(Unwatched(), **parameters)
    except RunnerError as error:
        sys.exit(error.message("en"))
    told = {
        report.berkas: (report.outcome.status, report.outcome.problem and report.outcome.problem.message("en"))
        for report in summary.handled()
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
