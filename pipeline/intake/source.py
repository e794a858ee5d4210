"""What is known about a document before it is read."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.files import sha256_of
from pipeline.intake.problems import Problem
from schemas.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Source:
    """One PDF and its origin.

    `berkas` is its name as published: the path from its `raw` folder on, or the bare file name outside of one.
    `retrieved` is an ISO date. `notices` are doubts about the origin; they become findings.
    """

    berkas: str
    sha256: str
    origin: str | None = None
    url: str | None = None
    publisher: str | None = None
    retrieved: str | None = None
    licence: str | None = None
    notices: tuple[Problem, ...] = ()

    @property
    def dokumen_id(self) -> str:
        """The first 16 hex digits of the SHA-256, as the data contract has it."""
        return self.sha256[:16]

    def columns(self) -> dict[str, str | None]:
        """The columns of the `dokumen` dataset that come from here."""
        return {
            "berkas": self.berkas,
            "sha256": self.sha256,
            "sumber_url": self.url,
            "penerbit": self.publisher,
            "diambil": self.retrieved,
            "lisensi": self.licence,
        }

    def digest(self) -> str:
        """Eight hex digits over all that a reading takes from here besides the file's bytes."""
        text = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """How a document is read. `max_pages` bounds what one document may cost; `vocabulary` adds a user's own phrases."""

    max_pages: int = 2000
    vocabulary: Path | None = None

    def digest(self) -> str:
        """Eight hex digits over all settings, the content of the vocabulary included: another setting, another result.

        Raises OSError where the vocabulary cannot be read.
        """
        words = self.vocabulary.read_text("utf-8") if self.vocabulary else ""
        return hashlib.sha256(json.dumps([self.max_pages, words]).encode()).hexdigest()[:8]


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file, as 64 hex digits. Raises OSError where it cannot be read."""
    return sha256_of(path)


def note_origin(ledger: Ledger, source: Source) -> None:
    """Write the doubts about a document's origin into its ledger, as findings about its `dokumen` row."""
    for problem in source.notices:
        for record in ledger.rows("dokumen"):
            ledger.doubt_record(record, None, problem.kode, "isi", "peringatan", problem.message())
