"""The `<name>.pdf.yaml` beside a document: where it came from."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

import yaml

from pipeline.files import write_atomically
from pipeline.intake.problems import Problem, ProblemCode, explain_reason, system_reason
from pipeline.storage import Place
from schemas.common import TIMESTAMP_PATTERN as _RETRIEVED

RAW = "raw"
MOST_BYTES = 1 << 16
_NO_TEXT = "bukan berkas teks biasa"
_DEEPEST = 20
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML may have been built without libyaml


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The fields of a sidecar; what it does not give is None. `retrieved` is an ISO date."""

    origin: str | None = None
    url: str | None = None
    publisher: str | None = None
    retrieved: str | None = None
    licence: str | None = None
    sha256: str | None = None


FIELDS = tuple(field.name for field in fields(Sidecar))


class SidecarError(ValueError):
    """A sidecar that cannot be used; its text says why, for the user."""


def sidecar_name(pdf: str) -> str:
    """What the sidecar of a document is called, by the document's name or address."""
    return f"{pdf}.yaml"


def sidecar_path(pdf: Path) -> Path:
    """Where the sidecar of a document lies: beside it."""
    return pdf.with_name(sidecar_name(pdf.name))


def in_raw(pdf: Place) -> bool:
    """Whether a document lies under a `raw` folder, the only place where sidecars are written."""
    return RAW in pdf.parts[:-1]


def read_origin(pdf: Path, berkas: str, sha256: str) -> tuple[Sidecar, tuple[Problem, ...]]:
    """The sidecar of a document and what is to be doubted about it.

    One is written for a document under `raw/` that has none. The doubts depend on the sidecar's content alone, so
    that a second run says the same as the first.
    """
    path = sidecar_path(pdf)
    if not os.path.lexists(path):  # Path.exists raises where the name is too long by its ending
        if not in_raw(Place(pdf.absolute())):
            return Sidecar(), ()
        try:
            write_sidecar(path, _unknown(sha256))
        except OSError as error:
            return Sidecar(), (Problem(ProblemCode.SIDECAR_TAK_TERTULIS, berkas, system_reason(error)),)
    return _read(lambda: load_sidecar(path), path.name, berkas, sha256)


def origin_at(
    pdf: Place, found: Callable[[], bytes] | None, berkas: str, sha256: str
) -> tuple[Sidecar, tuple[Problem, ...]]:
    """What `read_origin` gives, for a document at an address. `found` gives the content of its sidecar, or raises
    SidecarError; it is None where there is none.

    Nothing is written there: one that is missing counts as the one that would have been written.
    """
    if found is None and not in_raw(pdf):
        return Sidecar(), ()
    load = (lambda: _unknown(sha256)) if found is None else (lambda: parse_sidecar(found()))
    return _read(load, sidecar_name(pdf.parts[-1]), berkas, sha256)


def _unknown(sha256: str) -> Sidecar:
    """The sidecar of a document about which nothing is recorded."""
    return Sidecar(origin="manual", sha256=sha256)


def _read(load: Callable[[], Sidecar], name: str, berkas: str, sha256: str) -> tuple[Sidecar, tuple[Problem, ...]]:
    try:
        sidecar = load()
    except SidecarError as error:
        return Sidecar(), (Problem(ProblemCode.SIDECAR_RUSAK, berkas, str(error)),)
    return sidecar, tuple(_doubts(sidecar, name, berkas, sha256))


def _doubts(sidecar: Sidecar, name: str, berkas: str, sha256: str) -> list[Problem]:
    doubts = []
    if sidecar.sha256 is not None and sidecar.sha256.casefold() != sha256:
        doubts.append(Problem(ProblemCode.SIDECAR_BEDA, berkas, name))
    if sidecar.origin == "manual" and sidecar.url is None and sidecar.publisher is None:
        doubts.append(Problem(ProblemCode.ASAL_BELUM_DICATAT, berkas, name))
    return doubts


def load_sidecar(path: Path) -> Sidecar:
    """Read a sidecar. Raises SidecarError where it is no mapping of the known fields to texts or dates."""
    try:
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            raise SidecarError(_NO_TEXT)
        return parse_sidecar(path.read_bytes())
    except OSError as error:
        raise SidecarError(explain_reason(system_reason(error))) from error


def parse_sidecar(data: bytes) -> Sidecar:
    """The sidecar with this content. Raises SidecarError as `load_sidecar` does."""
    if len(data) > MOST_BYTES:
        raise SidecarError(_NO_TEXT)
    try:
        content = _loaded(data.decode("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise SidecarError("bukan YAML yang sah") from error
    if not isinstance(content, dict):
        raise SidecarError("tidak berisi pasangan nama: nilai")
    unknown = sorted(str(name) for name in content if name not in FIELDS)
    if unknown:
        raise SidecarError(f"nama yang tidak dikenal: {', '.join(unknown)}")
    sidecar = Sidecar(**{name: _as_text(name, value) for name, value in content.items()})
    if sidecar.retrieved is not None and not re.fullmatch(_RETRIEVED, sidecar.retrieved):
        raise SidecarError(f"retrieved bukan tanggal (tahun-bulan-hari): {sidecar.retrieved}")
    return sidecar


def _loaded(text: str) -> object:
    """What a text of YAML holds. Raises yaml.YAMLError, and RecursionError where it is nested too deep.

    libyaml is eight times as fast as PyYAML's own loader. It parses without recursion, but builds values by it: a
    text that is nested deep enough would end the process.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise RecursionError
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader


def _as_text(name: str, value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise SidecarError(f"nilai {name} bukan teks")


def write_sidecar(path: Path, sidecar: Sidecar) -> None:
    """Write a sidecar, whole or not at all. Raises OSError where the folder cannot be written."""
    content = yaml.safe_dump({name: getattr(sidecar, name) for name in FIELDS}, sort_keys=False, allow_unicode=True)
    write_atomically(path, content.encode())
