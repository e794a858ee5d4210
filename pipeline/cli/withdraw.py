"""`rkt withdraw`: takes documents out of the releases to come."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from pipeline.cli.console import EXIT_USAGE, failure, note, reason_of
from pipeline.cli.messages import say
from pipeline.cli.options import DEFAULT_CURATED, CuratedOption
from pipeline.release.manifest import InputFile
from pipeline.storage import Place

# How a name may be cut: the whole dokumen_id has 16 hex digits, and fewer than four fit too much.
_SHORTEST = 4


def withdraw(
    documents: Annotated[list[str], typer.Argument(help=say("arg.withdraw"), show_default=False)],
    curated: CuratedOption = DEFAULT_CURATED,
) -> None:
    """Withdraw all documents named, or none where one of them is not known."""
    try:
        with TemporaryDirectory(prefix="rkt-") as folder:
            _withdraw(documents, curated, Path(folder) / "manifests")
    except OSError as error:
        raise failure("error.unwritable", path=error.filename or curated, reason=reason_of(error)) from error
    note(say("withdraw.next"))


def _withdraw(documents: Iterable[str], curated: Place, folder: Path) -> None:
    """Note the withdrawal. `folder` is for copies of manifests: that of the state folder is the run's under way."""
    from pipeline.release.continuity import listed_inputs, newest_manifest
    from pipeline.release.copies import manifests_folder
    from pipeline.worker.store import Known, Store, state_folder

    store = Store(state_folder(curated))
    listing = manifests_folder(curated, folder)
    listed = listed_inputs(listing)
    if not listed and store.known() is None:
        from pipeline.release.errors import NoReleaseError

        raise NoReleaseError(curated)
    store.prepare()
    with store.lock():
        newest = newest_manifest(listing)
        known = store.known() or Known({}, {each.sha256: each for each in newest.withdrawn} if newest else {})
        sources = (entry.source for entry in known.documents.values())
        at_hand = {*listed, *(InputFile(one.berkas, one.sha256) for one in sources), *known.withdrawn.values()}
        chosen = [_find(name, at_hand) for name in documents]
        _tell(chosen, known.withdrawn)
        withdrawn = known.withdrawn | {each.sha256: each for each in chosen}
        kept = {sha256: entry for sha256, entry in known.documents.items() if sha256 not in withdrawn}
        store.save_documents(kept, withdrawn.values())


def _find(name: str, at_hand: Iterable[InputFile]) -> InputFile:
    """The one document that a name or the beginning of a key means. Ends the command where there is not just one."""
    long_enough = len(name) >= _SHORTEST
    fitting = {
        each.sha256: each
        for each in at_hand
        if each.berkas == name or (long_enough and each.sha256.startswith(name.lower()))
    }
    if not fitting:
        raise failure("withdraw.unknown", EXIT_USAGE, name=name)
    if len(fitting) > 1:
        found = ", ".join(f"{each.berkas} ({each.sha256[:16]})" for each in fitting.values())
        raise failure("withdraw.ambiguous", EXIT_USAGE, name=name, found=found)
    return next(iter(fitting.values()))


def _tell(chosen: Iterable[InputFile], withdrawn: dict[str, InputFile]) -> None:
    for each in chosen:
        key = "withdraw.already" if each.sha256 in withdrawn else "withdraw.done"
        note(say(key, berkas=each.berkas, dokumen_id=each.sha256[:16]))
