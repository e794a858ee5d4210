"""What can go wrong with a release, said to the user in both languages."""

from __future__ import annotations


class ReleaseError(Exception):
    """A foreseeable failure. `pesan` is the Indonesian sentence for the user, `english` the English one."""

    def __init__(self, pesan: str, english: str) -> None:
        super().__init__(english)
        self.pesan = pesan
        self.english = english


class NoReleaseError(ReleaseError):
    """There is no complete release yet."""

    def __init__(self, curated: object) -> None:
        super().__init__(
            f"Belum ada rilis di {curated}. Jalankan `rkt ingest` lebih dahulu.",
            f"There is no release in {curated} yet. Run `rkt ingest` first.",
        )


class QueryError(ReleaseError):
    """The SQL was refused or failed."""


class CorruptResultError(ReleaseError):
    """A stored result is not what this code writes."""
