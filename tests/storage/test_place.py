"""Addresses: what is one, what is refused, and that what is refused is not repeated."""

from __future__ import annotations

import errno
import pickle
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.release.copies import CopyError
from pipeline.release.remote import MovedOnError
from pipeline.storage import ObjectGoneError, Objects, Place, PlaceError, StorageError


def test_a_path_is_a_path_and_an_address_an_address() -> None:
    assert Place.parse("curated").path == Path("curated")
    assert Place.parse("file:///srv/rkt%20a").path == Path("/srv/rkt a")
    assert Place.parse("s3://bucket/curated/").url == "s3://bucket/curated"
    assert Place.parse("S3://bucket/a").url == "s3://bucket/a"


@pytest.mark.parametrize("name", ["~$rencana.pdf", "~bukan-pengguna/a.pdf"])
def test_a_name_that_only_begins_like_a_home_is_a_name(name: str) -> None:
    assert Place.parse(name).path == Path(name)
    assert Place.parse("~/a.pdf").path == Path.home() / "a.pdf"


def test_an_address_of_this_machine_names_a_whole_path() -> None:
    assert Place.parse("file:///data/a#b?.pdf".replace("?", "%3F")).path == Path("/data/a#b?.pdf")
    assert Place.parse("file://localhost/data").path == Path("/data")
    with pytest.raises(PlaceError, match="three slashes"):
        Place.parse("file://raw/a.pdf")


def test_each_address_has_a_folder_of_its_own() -> None:
    keys = {Place.parse(f"s3://bucket/{name}").key for name in ("a-b", "a/b", "a_b")}

    assert len(keys) == 3
    assert all("/" not in key for key in keys)


@pytest.mark.parametrize(
    "address", ["s3://AKIAPALSU:rahasia@bucket/a", "s3://bucket/a?X-Amz-Signature=rahasia", "simplecache::s3://b/a"]
)
def test_an_address_with_a_secret_is_refused_and_not_repeated(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(PlaceError):
        Place.parse(address)
    assert main(["status", "--curated", address]) == 1
    said = capsys.readouterr()
    assert "AWS_ACCESS_KEY_ID" in said.err
    assert said.err.count("\n") == 1
    assert "rahasia" not in said.err + said.out


def test_pages_are_for_fetch() -> None:
    with pytest.raises(PlaceError, match="rkt fetch"):
        Place.parse("https://example.go.id/rkt")


def test_a_kind_of_storage_whose_library_is_missing_is_said_in_a_line() -> None:
    with pytest.raises(StorageError, match="s3") as raised:
        raise _without_s3fs()
    assert "make setup-s3" in raised.value.pesan
    with pytest.raises(StorageError, match="nosuch"):
        Objects("nosuch://bucket")


def _without_s3fs() -> StorageError:
    from pipeline.storage.errors import missing_library

    return missing_library("s3")


@pytest.mark.parametrize("address", ["s3://", "s3:///curated"])
def test_an_address_names_a_bucket(address: str) -> None:
    with pytest.raises(PlaceError, match="bucket"):
        Place.parse(address)


@pytest.mark.parametrize(
    "error",
    [
        StorageError("tidak menjawab", "no answer"),
        ObjectGoneError("s3://bucket/a"),
        MovedOnError("s3://bucket/a", 7),
        PlaceError("alamat salah", "wrong address"),
        CopyError(Path("cache"), OSError(errno.ENOSPC, "")),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_comes_whole_out_of_a_worker_process(error: StorageError) -> None:
    there = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes

    assert type(there) is type(error)
    assert (there.pesan, there.english, str(there)) == (error.pesan, error.english, str(error))
