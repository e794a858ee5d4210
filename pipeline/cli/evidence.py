"""`rkt bukti`: the page that a row came from, as a picture with the row's cells boxed, and their text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import failure, note, print_table, reason_of
from pipeline.cli.messages import say
from pipeline.cli.options import DEFAULT_CURATED, CuratedOption

if TYPE_CHECKING:
    from PIL.Image import Image

    from pipeline.release.evidence import Evidence


def bukti(
    baris_id: Annotated[str, typer.Argument(help=say("arg.baris_id"), show_default=False)],
    output: Annotated[Path | None, typer.Option("--output", "-o", help=say("opt.output"))] = None,
    pdf: Annotated[Path | None, typer.Option(help=say("opt.pdf"))] = None,
    curated: CuratedOption = DEFAULT_CURATED,
) -> None:
    """Show where a row comes from: its values, its cells, and a picture of each page that they stand on."""
    from pipeline.release.evidence import evidence
    from pipeline.release.store import need_release

    release = need_release(curated)
    found = evidence(release, baris_id)
    _print_row(found)
    if not found.pages:
        raise failure("error.no_evidence", name=baris_id)
    document = _find_pdf(found, pdf, curated)
    turns = _turns(release, found)
    for page in found.pages:
        path = _picture_path(output, baris_id, page, first=page == found.pages[0])
        _draw(document, found, page, turns[page], path)
        note(say("bukti.written", path=path, page=page))


def _print_row(found: Evidence) -> None:
    values = [(name, value) for name, value in found.record.items() if value is not None and name != "bukti"]
    print_table(f"{found.document['berkas']}: {found.dataset}", ["", ""], values)
    if found.cells:
        rows = [(cell.halaman, cell.sel_id, cell.teks) for cell in found.cells]
        print_table(say("bukti.cells"), ["halaman", "sel_id", "teks"], rows)


def _find_pdf(found: Evidence, named: Path | None, curated: Path) -> Path:
    """The row's PDF, known by its content: the one that the user names, else where it was read, else by its name."""
    from pipeline.intake.source import fingerprint

    sha256 = found.document["sha256"]
    places = [named] if named is not None else _likely_places(found, curated)
    existing = [path for path in places if path.is_file()]
    for path in existing:
        if fingerprint(path) == sha256:
            return path
    if named is not None and existing:
        raise failure("error.other_pdf", name=named)
    raise failure("error.no_pdf", name=named or found.document["berkas"])


def _likely_places(found: Evidence, curated: Path) -> list[Path]:
    from pipeline.worker.store import Store, state_folder

    entry = Store(state_folder(curated)).documents().get(found.document["sha256"])
    berkas = Path(found.document["berkas"])
    beside = [Path.cwd() / berkas, curated.absolute().parent / berkas]
    return beside if entry is None else [entry.path, *beside]


def _turns(release: Path, found: Evidence) -> dict[int, int]:
    """The clockwise turn in degrees that makes each page upright, as `halaman` has it."""
    from pipeline.release.query import fetch, open_catalog

    sql = "SELECT halaman, orientasi FROM halaman WHERE dokumen_id = $dokumen"
    with open_catalog(release) as connection:
        rows = fetch(connection, sql, {"dokumen": found.document["dokumen_id"]}).rows
    return {page: turn or 0 for page, turn in rows}


def _picture_path(output: Path | None, baris_id: str, page: int, first: bool) -> Path:
    """Where a page's picture goes; the pages after the first get their number into the name."""
    if output is None:
        return Path(f"{baris_id}-h{page}.png")
    return output if first else output.with_name(f"{output.stem}-h{page}{output.suffix}")


def _draw(document: Path, found: Evidence, page: int, turn: int, path: Path) -> None:
    from pipeline.cli.picture import page_with_boxes
    from pipeline.cli.single import read_apart
    from pipeline.intake import ReadSettings

    boxes = [(cell.x0, cell.y0, cell.x1, cell.y1) for cell in found.cells if cell.halaman == page]
    task = (page_with_boxes, document, page, boxes, turn)
    picture: Image = read_apart(document, found.document["berkas"], ReadSettings(), *task)
    try:
        picture.save(path, format="PNG")
    except OSError as error:
        raise failure("error.target", path=path, reason=reason_of(error)) from error
