"""Where a folder or file is: on this disk, or at an address such as `s3://bucket/curated`.

Light enough for the fast commands: fsspec is loaded where an address is opened, not where one is named.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from pipeline.storage.errors import StorageError

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.:-]+://")
_LOCAL = ("file", "local")
# Pages cannot be listed or written; `rkt fetch` takes documents from them.
_PAGES = ("http", "https")
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")
_LONGEST_NAME = 40


class PlaceError(StorageError):
    """An address that cannot be used as it is written. What was written is not repeated: it may hold a secret."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder or file. `path` is where it lies on this disk; `url` its address where it lies elsewhere, without a
    slash at its end. Exactly one of them is set.
    """

    path: Path | None = None
    url: str | None = None

    def __str__(self) -> str:
        return str(self.path) if self.url is None else self.url

    @classmethod
    def parse(cls, text: str | Path | Place) -> Place:
        """A place as a user writes it. Raises PlaceError for an address with a secret in it, or of web pages."""
        if isinstance(text, Place):  # Typer parses its defaults too
            return text
        if isinstance(text, Path) or not _ADDRESS.match(text):
            return cls(path=_at_home(str(text)))
        protocol, _, rest = text.partition("://")
        protocol = protocol.lower()
        _refuse_secrets(text)
        if not rest.partition("/")[0] and protocol not in _LOCAL:
            raise PlaceError(
                "Alamat penyimpanan harus menyebut bucket setelah '://', misalnya s3://bucket/folder",
                "An address of storage must name a bucket after '://', such as s3://bucket/folder",
            )
        if protocol in _LOCAL:
            return cls(path=_of_this_machine(rest))
        if protocol in _PAGES:
            raise PlaceError(
                "Alamat http(s) tidak dapat dipakai di sini. Ambil dokumennya dahulu dengan: rkt fetch",
                "Addresses of web pages cannot be used here. Take the documents first with: rkt fetch",
            )
        return cls(url=f"{protocol}://{rest.rstrip('/')}")

    def absolute(self) -> Place:
        """The place as one can name it from anywhere."""
        return self if self.path is None else Place(path=self.path.absolute())

    @classmethod
    def known(cls, text: str) -> Place:
        """The place whose `str` this is: an absolute path, or an address as it is listed, whatever its characters."""
        return cls(path=Path(text)) if text.startswith("/") else cls(url=text)

    @property
    def file(self) -> Path:
        """Where it lies on this disk. Raises ValueError where it lies elsewhere."""
        if self.path is None:
            raise ValueError(f"{self.url} is on no disk of this machine")
        return self.path

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of its folders, the bucket among them, and last its own."""
        return self.path.parts if self.path is not None else tuple(str(self.url).partition("://")[2].split("/"))

    def inside(self, folder: Place) -> bool:
        """Whether it is this folder or lies somewhere below it, by its name."""
        if self.path is not None:
            return folder.path is not None and self.path.is_relative_to(folder.path)
        return self.url == folder.url or str(self.url).startswith(f"{folder.url}/")

    @property
    def key(self) -> str:
        """A name for a folder on this disk that belongs to the address; readable, and different for each address."""
        text = str(self)
        readable = _UNSAFE.sub("-", text).strip("-")[:_LONGEST_NAME]
        return f"{readable}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _at_home(text: str) -> Path:
    """A path, of the user's own folder where it begins so; a name that only begins with `~` is a name."""
    return Path(text).expanduser() if text == "~" or text.startswith("~/") else Path(text)


def _of_this_machine(rest: str) -> Path:
    """The path of a `file://` address. Raises PlaceError where it names another machine."""
    path = unquote(rest).removeprefix("localhost")
    if not path.startswith("/"):
        raise PlaceError(
            "Alamat berkas di komputer ini ditulis dengan tiga garis miring, misalnya file:///data/raw",
            "An address of a file on this computer has three slashes, such as file:///data/raw",
        )
    return Path(path)


def _refuse_secrets(text: str) -> None:
    """Keys belong into the environment: an address is shown, logged and stored."""
    _, _, rest = text.partition("://")
    if "@" in rest.partition("/")[0] or "?" in rest or "::" in text:
        raise PlaceError(
            "Alamat penyimpanan tidak boleh berisi kunci akses, '@' atau '?'. Simpan kunci di variabel lingkungan, "
            "misalnya AWS_ACCESS_KEY_ID, dan tulis alamatnya saja: s3://bucket/folder",
            "An address of storage must not hold an access key, '@' or '?'. Keep keys in environment variables, such "
            "as AWS_ACCESS_KEY_ID, and write the address alone: s3://bucket/folder",
        )


def cache_home() -> Path:
    """Where copies of what lies elsewhere are kept: deleting them costs only time."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rkt"


def state_home() -> Path:
    """Where the state of addresses is kept, unless RKT_STATE says otherwise."""
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "rkt"
