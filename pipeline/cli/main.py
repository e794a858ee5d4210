"""Where the console script `rkt` begins: the language, the exit code, and what is said when something goes wrong."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

import typer

from pipeline.cli.console import EXIT_INCOMPLETE, EXIT_USAGE, failure, note, words_of
from pipeline.cli.messages import LANGUAGES, language, language_from_environment, say, set_language
from pipeline.intake.problems import explain_reason
from pipeline.reference.editions import NotANomenclatureError
from pipeline.release.errors import ReleaseError
from pipeline.storage import StorageError
from pipeline.worker.last_run import StatusDamagedError
from pipeline.worker.runners import RunnerCode, RunnerError
from pipeline.worker.store import StateBusyError, StateDamagedError, StateError
from schemas.fields import UnknownDatasetError
from schemas.registry import DATASETS

# What Typer makes of Ctrl+C, and shells of a process that died of it.
_INTERRUPTED = 130

# Typer publishes this one usage error; the class above it is that of all of them.
_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]


def run() -> NoReturn:
    """Run the command line and end the process. 0: all read; 1: something was not; 2: wrong usage; 130: Ctrl+C."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code."""
    try:
        rest = _choose_language(list(arguments))
        return _run_command(rest)
    except typer.Exit as end:
        return int(end.exit_code)


def _choose_language(arguments: list[str]) -> list[str]:
    """Take `--lang` out of the arguments, wherever it stands: the help is written in that language too."""
    set_language(language_from_environment())
    rest: list[str] = []
    remaining = iter(arguments)
    for argument in remaining:
        if argument == "--":
            return [*rest, argument, *remaining]
        name, equals, value = argument.partition("=")
        if name != "--lang":
            rest.append(argument)
            continue
        chosen = value if equals else next(remaining, "")
        if chosen not in LANGUAGES:
            raise failure("usage.language", EXIT_USAGE)
        set_language("en" if chosen == "en" else "id")
    return rest


def _run_command(arguments: list[str]) -> int:
    from pipeline.cli.app import app

    try:
        code = app(arguments, prog_name="rkt", standalone_mode=False)
    except _USAGE_ERROR as error:
        return _explain_usage(error, arguments)
    except (ReleaseError, StorageError) as error:
        note(words_of(error))
    except UnknownDatasetError:
        note(say("error.dataset", name=" ".join(arguments[1:2]), known=", ".join(DATASETS)))
        return EXIT_USAGE
    except NotANomenclatureError as error:
        note(say("error.csv", path=error.path, reason=say(f"csv.{error.reason}", **error.values)))
    except StateError as error:
        _explain_state(error)
    except RunnerError as error:
        note(error.message(language()))
        return EXIT_USAGE if error.kode is RunnerCode.ALAMAT else EXIT_INCOMPLETE
    else:
        if code == _INTERRUPTED:
            note(say("error.interrupted"))
        return int(code or 0)
    return EXIT_INCOMPLETE


def _explain_state(error: StateError) -> None:
    """Say what is wrong with the state folder or the record of the last run."""
    keys: dict[type[StateError], str] = {
        StateBusyError: "error.busy",
        StateDamagedError: "error.state",
        StatusDamagedError: "error.status",
    }
    reason = explain_reason(error.reason, language())
    note(say(keys.get(type(error), "error.unwritable"), path=error.path, reason=reason))


def _explain_usage(error: Exception, arguments: list[str]) -> int:
    """Say in one line what is wrong with the arguments. Typer's own words are English."""
    from pipeline.cli.app import COMMANDS

    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        note(str(error))
        return EXIT_USAGE
    key = {"MissingParameter": "missing", "NoSuchOption": "option", "BadParameter": "value"}.get(kind, "other")
    command = [word for word in arguments[:1] if word in COMMANDS or word == "reference"]
    problem = say(f"usage.{key}", name=_name_at_fault(error))
    note(say("usage.line", problem=problem, help=" ".join(["rkt", *command, "--help"])))
    return EXIT_USAGE


def _name_at_fault(error: Exception) -> str:
    option = getattr(error, "option_name", None)
    if option is not None:
        return str(option)
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    flags = [flag for flag in parameter.opts if flag.startswith("--")]
    return flags[0] if flags else str(parameter.name).upper()
