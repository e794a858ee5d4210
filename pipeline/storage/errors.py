"""What can go wrong with object storage, said to the user in both languages and without a library's own words.

What libraries say may hold addresses with signatures and headers; it is never shown or logged.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_EXTRAS = {"s3": "s3", "s3a": "s3"}

# What only this machine's disk says, while it takes a copy.
_OF_THIS_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})


class StorageError(Exception):
    """A foreseeable failure. `pesan` is the Indonesian sentence for the user, `english` the English one."""

    def __init__(self, pesan: str, english: str) -> None:
        super().__init__(english)
        self.pesan = pesan
        self.english = english


class ObjectError(StorageError):
    """One object cannot be had; others of its storage may. `reason` is what a disk would say, such as EACCES."""

    reason = "EIO"


class DeniedError(ObjectError):
    """The storage does not let us."""

    reason = "EACCES"

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{url}: akses ditolak. Periksa kunci akses (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) dan izinnya.",
            f"{url}: access denied. Check the access key (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) and its rights.",
        )


class ObjectChangedError(ObjectError):
    """An object has other bytes than when it was looked at."""

    reason = "ESTALE"

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{url}: isinya berubah sejak ditemukan. Jalankan lagi.",
            f"{url}: its content changed since it was found. Run again.",
        )


class ObjectGoneError(ObjectError):
    """There is no such object, or no such bucket."""

    reason = "ENOENT"

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{url}: objek atau bucket ini tidak ada. Periksa kembali alamatnya.",
            f"{url}: there is no such object or bucket. Check the address.",
        )


class ObjectExistsError(StorageError):
    """An object that was to be new is there already."""

    def __init__(self, url: str) -> None:
        super().__init__(f"{url}: objek ini sudah ada.", f"{url}: this object is there already.")


def missing_library(protocol: str) -> StorageError:
    """What is said where the library for a kind of storage is not installed."""
    extra = _EXTRAS.get(protocol)
    if extra is None:
        return StorageError(
            f"Alamat {protocol}:// memerlukan pustaka fsspec yang belum terpasang atau tidak dikenal.",
            f"Addresses with {protocol}:// need a library of fsspec that is not installed, or is not known.",
        )
    return StorageError(
        f"Alamat {protocol}:// memerlukan pustaka tambahan. Pasang dengan: make setup-s3 "
        f"(atau pip install 'rkt-pipeline[{extra}]').",
        f"Addresses with {protocol}:// need one more library. Install it with: make setup-s3 "
        f"(or pip install 'rkt-pipeline[{extra}]').",
    )


def other_bytes(url: str) -> StorageError:
    """What is said where an object does not have the bytes that it must have."""
    return StorageError(
        f"{url}: isinya tidak sesuai dengan daftar rilis. Terbitkan lagi dengan: rkt ingest",
        f"{url}: its bytes are not those that the release lists. Publish again with: rkt ingest",
    )


@contextmanager
def told(url: str) -> Iterator[None]:
    """Turn what storage libraries raise inside the block into a StorageError about `url`; see `_translated`.

    OSErrors of this machine's own disk pass.
    """
    try:
        yield
    except _failures() as error:
        if isinstance(error, OSError) and error.errno in _OF_THIS_DISK:
            raise
        raise _translated(url, error) from None  # its own text may tell more than it should


def _failures() -> tuple[type[Exception], ...]:
    """What storage libraries raise: OSError, and where botocore is loaded its errors that are none."""
    botocore = sys.modules.get("botocore.exceptions")
    return (OSError,) if botocore is None else (OSError, botocore.BotoCoreError, botocore.ClientError)


def _translated(url: str, error: Exception) -> StorageError:
    if isinstance(error, FileNotFoundError):
        return ObjectGoneError(url)
    if isinstance(error, FileExistsError):
        return ObjectExistsError(url)
    name = type(error).__name__
    if isinstance(error, PermissionError):
        return DeniedError(url)
    if "Credential" in name:
        return StorageError(
            f"{url}: tidak ada kunci akses. Isi AWS_ACCESS_KEY_ID dan AWS_SECRET_ACCESS_KEY, atau ~/.aws/credentials.",
            f"{url}: there is no access key. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or ~/.aws/credentials.",
        )
    if isinstance(error, ConnectionError | TimeoutError) or "Connect" in name or "Timeout" in name:
        return StorageError(
            f"{url}: server penyimpanan tidak menjawab. Periksa jaringan dan AWS_ENDPOINT_URL, lalu coba lagi.",
            f"{url}: the storage server does not answer. Check the network and AWS_ENDPOINT_URL, then try again.",
        )
    return StorageError(
        f"{url}: penyimpanan menolak atau gagal ({name}). Coba lagi; jika tetap gagal, tanyakan pengelolanya.",
        f"{url}: the storage refused or failed ({name}). Try again; if it keeps failing, ask who runs it.",
    )
