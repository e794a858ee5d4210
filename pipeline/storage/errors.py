"""What can go wrong with object storage, said to the user in both languages and without a library's own words.

What libraries say may hold addresses with signatures and headers; it is never shown or logged.
"""

from __future__ import annotations

import copyreg
import errno
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_EXTRAS = {"s3": "s3", "s3a": "s3"}

# What only this machine's disk says, while it takes a copy.
_OF_THIS_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})

_REFUSED = 400
_TRY_AGAIN = frozenset({401, 408, 429})

# What servers say of the keys or the clock of who asks: it would be said of every object.
_OF_THE_KEYS = frozenset({
    "AccountProblem", "AuthorizationHeaderMalformed", "ExpiredToken", "ExpiredTokenException", "InvalidAccessKeyId",
    "InvalidSecurity", "InvalidToken", "NotSignedUp", "RequestTimeTooSkewed", "SignatureDoesNotMatch",
    "TokenRefreshRequired", "RequestTimeout",
})  # fmt: skip

# The codes that servers name their refusals by, such as XMinioStorageFull; what is none of these may tell more.
_CODE = re.compile(r"[A-Za-z]{3,40}")


class StorageError(Exception):
    """A foreseeable failure. `pesan` is the Indonesian sentence for the user, `english` the English one."""

    def __init__(self, pesan: str, english: str) -> None:
        super().__init__(english)
        self.pesan = pesan
        self.english = english

    def __reduce__(self) -> tuple[Any, ...]:
        """So that it comes whole out of a worker process, whatever a subclass is made from."""
        return copyreg.__newobj__, (type(self), self.english), self.__dict__  # type: ignore[attr-defined]


class ObjectError(StorageError):
    """One object cannot be had; others of its storage may. `reason` is what a disk would say, such as EACCES."""

    reason = "EIO"


class DeniedError(ObjectError):
    """The storage does not let us."""

    reason = "EACCES"

    def __init__(self, url: str, kind: str = "AccessDenied") -> None:
        super().__init__(
            f"{url}: akses ditolak ({kind}). Periksa kunci akses (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) dan "
            "izinnya.",
            f"{url}: access denied ({kind}). Check the access key (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) and its "
            "rights.",
        )


class RefusedError(ObjectError):
    """The storage has the object and does not give it, whoever asks: a key of its own, an archive, an odd name."""

    reason = "EREMOTEIO"

    def __init__(self, url: str, kind: str) -> None:
        super().__init__(
            f"{url}: server penyimpanan tidak memberikan objek ini ({kind}). Tanyakan pengelolanya.",
            f"{url}: the storage server does not give this object ({kind}). Ask who runs it.",
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
            f"{url}: objek atau bucket ini tidak ada. Periksa alamatnya; bucket dibuat oleh pengelola penyimpanan.",
            f"{url}: there is no such object or bucket. Check the address; buckets are made by who runs the storage.",
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
def told(url: str, read: bool = False) -> Iterator[None]:
    """Turn what storage libraries raise inside the block into a StorageError about `url`; see `_translated`.

    Where one object is `read`, what the server says of a request that it has understood is about that object.
    OSErrors of this machine's own disk pass.
    """
    try:
        yield
    except _failures() as error:
        if isinstance(error, OSError) and error.errno in _OF_THIS_DISK:
            raise
        raise _translated(url, error, read) from None  # its own text may tell more than it should


def _failures() -> tuple[type[Exception], ...]:
    """What storage libraries raise: OSError, ValueError where they cannot use a setting, and where botocore or aiohttp
    are loaded their errors that are neither.
    """
    botocore, aiohttp = sys.modules.get("botocore.exceptions"), sys.modules.get("aiohttp")
    raised: tuple[type[Exception], ...] = (OSError, ValueError)
    if botocore is not None:
        raised += (botocore.BotoCoreError, botocore.ClientError)
    return raised if aiohttp is None else (*raised, aiohttp.ClientError)


def _translated(url: str, error: Exception, read: bool) -> StorageError:
    if isinstance(error, FileNotFoundError):
        return ObjectGoneError(url)
    if isinstance(error, FileExistsError):
        return ObjectExistsError(url)
    if type(error).__name__ == "FileExpired":  # s3fs asks for the version that it began to read
        return ObjectChangedError(url)
    kind = _kind_of(error)
    if isinstance(error, PermissionError):
        return _of_the_keys(DeniedError(url, kind)) if kind in _OF_THE_KEYS else DeniedError(url, kind)
    if read and _is_refusal(error) and kind not in _OF_THE_KEYS:
        return RefusedError(url, kind)
    indonesian, english = _explained(error, kind)
    return StorageError(f"{url}: {indonesian.format(kind=kind)}", f"{url}: {english.format(kind=kind)}")


def _of_the_keys(denied: DeniedError) -> StorageError:
    """The same words, where no object can be had with these keys."""
    return StorageError(denied.pesan, denied.english)


def _is_refusal(error: Exception) -> bool:
    """Whether the server answered that this request cannot be, and not that it is busy or has failed."""
    response = getattr(error.__cause__ or error, "response", None)
    metadata = response.get("ResponseMetadata") if isinstance(response, dict) else None
    status = metadata.get("HTTPStatusCode", 0) if isinstance(metadata, dict) else 0
    return status // 100 == _REFUSED // 100 and status not in _TRY_AGAIN


def _kind_of(error: Exception) -> str:
    """The code by which the server named its refusal, else the name of the exception."""
    response = getattr(error.__cause__ or error, "response", None)
    given = response.get("Error") if isinstance(response, dict) else None
    code = given.get("Code") if isinstance(given, dict) else None
    return code if isinstance(code, str) and _CODE.fullmatch(code) else type(error).__name__


def _explained(error: Exception, kind: str) -> tuple[str, str]:
    """What happened and what to do, in both languages."""
    if "Credential" in kind:
        return _TEXTS["no_key"]
    if isinstance(error, ValueError) or "ParamValidation" in kind or "InvalidBucketName" in kind:
        return _TEXTS["settings"]
    if "SSL" in kind:
        return _TEXTS["insecure"]
    if isinstance(error, OSError) and error.errno == errno.EBUSY:
        return _TEXTS["busy"]
    if isinstance(error, ConnectionError | TimeoutError) or any(part in kind for part in _SILENCES):
        return _TEXTS["silent"]
    return _TEXTS["other"]


# Parts of the names of what is raised where no answer comes, or half of one.
_SILENCES = ("Connect", "Timeout", "Payload", "IncompleteRead", "HTTPClient", "ResponseStreaming")

_TEXTS = {
    "no_key": (
        "tidak ada kunci akses. Isi AWS_ACCESS_KEY_ID dan AWS_SECRET_ACCESS_KEY, atau ~/.aws/credentials.",
        "there is no access key. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or ~/.aws/credentials.",
    ),
    "settings": (
        "alamat ini atau AWS_ENDPOINT_URL tidak dapat dipakai ({kind}). Tulis lengkap: s3://bucket/folder, dan "
        "AWS_ENDPOINT_URL dengan https:// atau http:// di depannya.",
        "this address or AWS_ENDPOINT_URL cannot be used ({kind}). Write them in full: s3://bucket/folder, and "
        "AWS_ENDPOINT_URL beginning with https:// or http://.",
    ),
    "insecure": (
        "sambungan aman (https) ke server penyimpanan gagal. Periksa AWS_ENDPOINT_URL dan sertifikat servernya.",
        "no secure connection (https) to the storage server. Check AWS_ENDPOINT_URL and the server's certificate.",
    ),
    "busy": (
        "server penyimpanan sedang sibuk ({kind}). Coba lagi nanti.",
        "the storage server is busy ({kind}). Try again later.",
    ),
    "silent": (
        "server penyimpanan tidak menjawab. Periksa jaringan dan AWS_ENDPOINT_URL, lalu coba lagi.",
        "the storage server does not answer. Check the network and AWS_ENDPOINT_URL, then try again.",
    ),
    "other": (
        "penyimpanan menolak atau gagal ({kind}). Coba lagi; jika tetap gagal, tanyakan pengelolanya.",
        "the storage refused or failed ({kind}). Try again; if it keeps failing, ask who runs it.",
    ),
}
