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


class DamagedReleaseError(ReleaseError):
    """A file of a release is missing, cut short or not what its manifest says."""

    def __init__(self, path: object) -> None:
        super().__init__(
            f"{path}: rilis ini rusak atau tidak lengkap. Terbitkan lagi dengan: rkt ingest",
            f"{path}: this release is damaged or incomplete. Publish it again with: rkt ingest",
        )


class QueryError(ReleaseError):
    """The SQL was refused or failed."""


class CorruptResultError(ReleaseError):
    """A stored result is not what this code writes."""
