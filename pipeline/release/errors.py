"""What can go wrong with a release, said to the user in both languages."""

from __future__ import annotations

from collections.abc import Sequence

_MOST_NAMES = 10


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


class NoSuchReleaseError(ReleaseError):
    """No release of that number is kept."""

    def __init__(self, curated: object, number: int, known: Sequence[int]) -> None:
        numbers = ", ".join(map(str, known)) or "-"
        super().__init__(
            f"Tidak ada rilis {number} yang utuh di {curated}. Yang disimpan: {numbers}.",
            f"There is no complete release {number} in {curated}. Kept are: {numbers}.",
        )


class DamagedReleaseError(ReleaseError):
    """A file of a release is missing, cut short or not what its manifest says."""

    def __init__(self, path: object) -> None:
        super().__init__(
            f"{path}: rilis ini rusak atau tidak lengkap. Terbitkan lagi dengan: rkt ingest",
            f"{path}: this release is damaged or incomplete. Publish it again with: rkt ingest",
        )


class NoPointerError(ReleaseError):
    """What should point to the current release is a release itself: somebody copied the folder, links and all."""

    def __init__(self, pointer: object) -> None:
        super().__init__(
            f"{pointer}: ini folder salinan, bukan tautan ke salah satu rilis. Hapus folder itu, lalu jalankan: "
            "rkt rollback NOMOR (nomornya ada di folder releases).",
            f"{pointer}: this is a copied folder and no link to a release. Delete it, then run: rkt rollback NUMBER "
            "(the numbers are in the folder releases).",
        )


class WouldLoseError(ReleaseError):
    """A new release would go without documents that earlier ones list. `lost` holds their `berkas` and `dokumen_id`."""

    def __init__(self, lost: Sequence[tuple[str, str]]) -> None:
        shown = ", ".join(f"{berkas} ({dokumen_id})" for berkas, dokumen_id in lost[:_MOST_NAMES])
        rest = len(lost) - _MOST_NAMES
        more = (f", dan {rest} lagi", f", and {rest} more") if rest > 0 else ("", "")
        super().__init__(
            f"Tidak ada yang diterbitkan: {len(lost)} dokumen yang sudah terbit tidak ditemukan: {shown}{more[0]}. "
            "Kembalikan berkasnya dan sebut juga foldernya pada rkt ingest, kembalikan folder .state yang hilang, atau "
            "tarik dokumennya dengan: rkt withdraw DOKUMEN",
            f"Nothing was published: {len(lost)} published documents are not found any more: {shown}{more[1]}. "
            "Put their files back and name their folder to rkt ingest, too, put the lost folder .state back, or "
            "withdraw them with: rkt withdraw DOCUMENT",
        )
        self.lost = lost


class QueryError(ReleaseError):
    """The SQL was refused or failed."""


class CorruptResultError(ReleaseError):
    """A stored result is not what this code writes."""
