"""The manifest of a release: what it holds and what it was made from. Light enough for the fast commands."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.release.errors import DamagedReleaseError
from pipeline.release.views import VIEWS

NO_YEAR = "tanpa-tahun"


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A file of a release: its dataset and form, its path inside the release, its size and hash."""

    dataset: str
    form: str  # "parquet" or "csv"
    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class InputFile:
    """A document that a release was made from: its file name and the SHA-256 of its bytes."""

    berkas: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """How a release stands to those before it: the fingerprint by which a next one is told to be new, and the
    documents that an operator has withdrawn.
    """

    fingerprint: str = ""
    withdrawn: Sequence[InputFile] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release holds and what it was made from. It tells no time, so that equal input gives equal bytes."""

    contract: str
    reader_version: str
    nip_masked: bool
    documents: Mapping[str, int]  # by status
    counts: Mapping[str, int]  # rows by dataset
    inputs: Sequence[InputFile]
    files: Sequence[ReleaseFile]
    duplicates: int = 0  # documents that deliver another one again; releases of earlier readers do not tell
    nomenclature: Sequence[Mapping[str, Any]] = ()  # what rows were matched against: source, year, entries, hash
    fingerprint: str = ""  # of all that the content follows from (`fingerprint.py`); earlier releases have none
    withdrawn: Sequence[InputFile] = ()  # documents that an operator has taken out of this and later releases
    views: Sequence[str] = tuple(view.name for view in VIEWS)

    def to_json(self) -> str:
        return dump(asdict(self))

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """Read a release's manifest. Raises DamagedReleaseError where it is not what `to_json` wrote."""
        try:
            given = json.loads(path.read_text(encoding="utf-8"))
            inputs = [InputFile(**entry) for entry in given.pop("inputs")]
            files = [ReleaseFile(**entry) for entry in given.pop("files")]
            withdrawn = [InputFile(**entry) for entry in given.pop("withdrawn", [])]
            return cls(inputs=inputs, files=files, withdrawn=withdrawn, **given)
        except (ValueError, KeyError, TypeError, AttributeError) as error:  # no UTF-8, no JSON, or other fields
            raise DamagedReleaseError(path) from error


def dump(value: object) -> str:
    """JSON as releases hold it: readable, UTF-8, one final line break."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
