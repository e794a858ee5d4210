"""`rkt bukti`: the page that a row came from, as a picture with the row's cells boxed, and their text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import failure, note, print_table, words_of
from pipeline.cli.messages import say
from pipeline.cli.options import DEFAULT_CURATED, CuratedOption
from pipeline.storage import ObjectChangedError, ObjectGoneError, Place, StorageError

if TYPE_CHECKING:
    from PIL.Image import Image

    from pipeline.release.evidence import Evidence


def bukti(
    baris_id: Annotated[str, typer.Argument(help=say("arg.baris_id"), show_default=False)],
    output: Annotated[Path | None, typer.Option("--output", "-o", help=say("opt.output"))] = None,
    pdf: Annotated[list[Place] | None, typer.Option(parser=Place.parse, metavar="FILE", help=say("opt.pdf"))] = None,
    curated: CuratedOption = DEFAULT_CURATED,
) -> None:
    """Show where a row comes from: its values, its cells, and a picture of each page that they stand on."""
    from pipeline.release.copies import readable
    from pipeline.release.evidence import evidence
    from pipeline.release.store import need_release

    release = need_release(readable(curated))
    found = evidence(release, baris_id)
    parts = [one for one in (*found.elsewhere, found) if one.pages]
    _print_row(found)
    _print_cells(parts)
    if not parts:
        raise failure("error.no_evidence", name=baris_id)
    several = sum(len(one.pages) for one in parts) > 1
    for one in parts:
        turns = _turns(release, one)
        mark = "" if len(parts) == 1 else f"-{one.document['dokumen_id']}"
        with _found_pdf(one, pdf or [], curated, alone=len(parts) == 1) as document:
            for page in one.pages:
                path = _picture_path(output, baris_id, f"{mark}-h{page}", several)
                _draw(document, one, page, turns[page], path)


def _print_row(found: Evidence) -> None:
    values = [(name, value) for name, value in found.record.items() if value is not None and name != "bukti"]
    print_table(f"{found.document['berkas']}: {found.dataset}", ["", ""], values)


def _print_cells(parts: Sequence[Evidence]) -> None:
    for one in parts:
        if one.cells:
            title = say("bukti.cells") if len(parts) == 1 else f"{say('bukti.cells')}: {one.document['berkas']}"
            rows = [(cell.halaman, cell.sel_id, cell.teks) for cell in one.cells]
            print_table(title, ["halaman", "sel_id", "teks"], rows)


@contextmanager
def _found_pdf(found: Evidence, named: list[Place], curated: Place, alone: bool) -> Iterator[Path]:
    """The row's PDF, known by its content: the one that the user names, else where it was read, else by its name.

    Where the row is `alone` in having one document, a PDF that the user names must be this one.
    """
    sha256 = found.document["sha256"]
    places = named if named and alone else [*named, *_likely_places(found, curated)]
    with ExitStack() as opened:
        for place in places:
            path = _whole(place, sha256, opened)
            if path is not None:
                yield path
                return
    wrong = next((place for place in named if place.path is None or place.path.is_file()), None)
    if wrong is not None and alone:
        raise failure("error.other_pdf", name=wrong)
    raise failure("error.no_pdf", name=named[0] if named and alone else found.document["berkas"])


def _whole(place: Place, sha256: str, opened: ExitStack) -> Path | None:
    """The PDF with these bytes at a place, None where it is not there; where a storage does not tell, that is said."""
    from pipeline.cli.single import on_this_disk
    from pipeline.intake.source import fingerprint

    if place.path is not None:
        return place.path if place.path.is_file() and fingerprint(place.path) == sha256 else None
    try:
        return opened.enter_context(on_this_disk(place, sha256))
    except (ObjectGoneError, ObjectChangedError):
        return None
    except StorageError as error:
        note(words_of(error))
        return None


def _likely_places(found: Evidence, curated: Place) -> list[Place]:
    from pipeline.worker.store import Store, state_folder

    entry = Store(state_folder(curated)).documents().get(found.document["sha256"])
    berkas = Path(found.document["berkas"])
    beside = [Path.cwd() / berkas] + ([curated.path.absolute().parent / berkas] if curated.path else [])
    return [*([] if entry is None else [entry.place]), *map(Place, beside)]


def _turns(release: Path, found: Evidence) -> dict[int, int]:
    """The clockwise turn in degrees that makes each page upright, as `halaman` has it."""
    from pipeline.release.query import fetch, open_catalog

    sql = "SELECT halaman, orientasi FROM halaman WHERE dokumen_id = $dokumen"
    with open_catalog(release) as connection:
        rows = fetch(connection, sql, {"dokumen": found.document["dokumen_id"]}).rows
    return {page: turn or 0 for page, turn in rows}


def _picture_path(output: Path | None, baris_id: str, mark: str, several: bool) -> Path:
    """Where a page's picture goes. `mark` is its document, where the row has two, and its page; only the one picture of
    a file that the user names does without.
    """
    if output is None:
        return Path(f"{baris_id}{mark}.png")
    return output.with_name(f"{output.stem}{mark}{output.suffix}") if several else output


def _draw(document: Path, found: Evidence, page: int, turn: int, path: Path) -> None:
    from pipeline.cli.picture import page_with_boxes, save_picture
    from pipeline.cli.single import read_apart
    from pipeline.intake import ReadSettings

    berkas: str = found.document["berkas"]
    boxes = [(cell.x0, cell.y0, cell.x1, cell.y1) for cell in found.cells if cell.halaman == page]
    task = (page_with_boxes, document, page, boxes, turn)
    picture: Image = read_apart(document, berkas, ReadSettings(), *task)
    save_picture(picture, path, berkas, page)
