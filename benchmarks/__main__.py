"""All benchmarks with their goals, one after the other; exit code 1 where a goal is missed."""

from __future__ import annotations

from benchmarks import ingest, speed


def main() -> int:
    reached = speed.report(speed.default_files())
    more = ingest.measure(speed.DEFAULT_FILE, ingest.ROUNDS)
    print(*more, sep="\n")
    return 0 if all(goal.met for goal in [*reached, *more]) else 1


if __name__ == "__main__":
    raise SystemExit(main())
