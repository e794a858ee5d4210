"""What the answers of a server mean: of one object, of the keys, or of the server."""

from __future__ import annotations

import errno

import pytest

from pipeline.storage import DeniedError, ObjectChangedError, ObjectError, RefusedError, StorageError
from pipeline.storage.errors import told

URL = "s3://bucket/raw/a.pdf"


class AnswerError(Exception):
    """As botocore's ClientError."""

    def __init__(self, code: str, status: int) -> None:
        super().__init__(code)
        self.response = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}


class FileExpired(OSError):  # noqa: N818 - it is known by this name
    """As s3fs raises it where the object is another one by now."""


def raised(error: Exception, cause: Exception | None = None, read: bool = True) -> StorageError:
    with pytest.raises(StorageError) as caught, told(URL, read):
        raise error from cause
    return caught.value


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        ("AccessDenied", 403, DeniedError),
        ("InvalidObjectState", 403, DeniedError),
        ("ExpiredToken", 400, StorageError),
        ("InvalidAccessKeyId", 403, StorageError),
        ("SignatureDoesNotMatch", 403, StorageError),
        ("RequestTimeTooSkewed", 403, StorageError),
    ],
)
def test_a_refusal_is_of_the_object_or_of_the_keys(code: str, status: int, kind: type[StorageError]) -> None:
    error = raised(PermissionError(code), AnswerError(code, status))

    assert type(error) is kind
    assert f"akses ditolak ({code})" in error.pesan


@pytest.mark.parametrize("code", ["InvalidRequest", "KeyTooLongError", "KMS.DisabledException"])
def test_what_a_server_says_while_one_object_is_read_is_about_that_object(code: str) -> None:
    error = OSError(errno.EINVAL, code)
    assert type(raised(error, AnswerError(code, 400))) is RefusedError
    assert type(raised(error, AnswerError(code, 400), read=False)) is StorageError


@pytest.mark.parametrize(("code", "status"), [("InternalError", 500), ("SlowDown", 503), ("RequestTimeout", 400)])
def test_a_server_that_fails_or_is_busy_is_no_matter_of_one_object(code: str, status: int) -> None:
    assert not isinstance(raised(OSError(errno.EIO, code), AnswerError(code, status)), ObjectError)


def test_an_object_that_changed_while_it_was_read_has_changed() -> None:
    assert type(raised(FileExpired(errno.EBUSY, "changed"))) is ObjectChangedError
