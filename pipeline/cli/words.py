"""A user's own file of phrases (`--vocabulary`): what may stand in it, and in one line what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer

from pipeline.cli.console import EXIT_USAGE, failure, reason_of
from pipeline.cli.messages import say


def usable_words(path: Path | None) -> Path | None:
    """The absolute path of a file of phrases that can be used; ends the command with exit code 2 where it cannot."""
    if path is None:
        return None
    from pipeline.layouts.vocabulary import own_phrases

    own = own_phrases()
    for section, content in _parsed(path, own).items():
        _check_section(path, own, str(section), content)
    return path.expanduser().absolute()


def _parsed(path: Path, own: Mapping[str, object]) -> dict[object, object]:
    import yaml

    try:
        words = yaml.safe_load(path.expanduser().read_text("utf-8"))
    except OSError as error:
        raise _unusable(path, reason_of(error)) from error
    except UnicodeDecodeError as error:
        raise _unusable(path, say("words.encoding")) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _unusable(path, say("words.yaml", line=mark.line + 1 if mark else 1)) from error
    if not isinstance(words, dict):
        raise _unusable(path, say("words.sections", known=", ".join(own)))
    return words


def _check_section(path: Path, own: Mapping[str, Any], section: str, content: object) -> None:
    if section not in own:
        raise _unusable(path, say("words.section", name=section, known=", ".join(own)))
    if not isinstance(own[section], dict):
        _check_phrases(path, section, content)
        return
    if not isinstance(content, dict):
        raise _unusable(path, say("words.names", name=section, known=", ".join(own[section])))
    for name, phrases in content.items():
        if name not in own[section]:
            raise _unusable(path, say("words.name", section=section, name=name, known=", ".join(own[section])))
        _check_phrases(path, f"{section}: {name}", phrases)


def _check_phrases(path: Path, place: str, phrases: object) -> None:
    if not isinstance(phrases, list):
        raise _unusable(path, say("words.list", name=place))
    # YAML makes a truth value of a bare `no`, and a number of a bare year.
    strange = [phrase for phrase in phrases if not isinstance(phrase, str)]
    if strange:
        raise _unusable(path, say("words.text", name=place, value=strange[0]))


def _unusable(path: Path, reason: str) -> typer.Exit:
    return failure("error.words", EXIT_USAGE, path=path, reason=reason)
