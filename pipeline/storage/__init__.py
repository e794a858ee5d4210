"""Folders that lie elsewhere: where they are, and the few operations on objects that the rest needs."""

from pipeline.storage.errors import (
    DeniedError,
    ObjectChangedError,
    ObjectError,
    ObjectExistsError,
    ObjectGoneError,
    RefusedError,
    StorageError,
)
from pipeline.storage.objects import Listed, Objects
from pipeline.storage.place import Place, PlaceError

__all__ = [
    "DeniedError",
    "Listed",
    "ObjectChangedError",
    "ObjectError",
    "ObjectExistsError",
    "ObjectGoneError",
    "Objects",
    "Place",
    "PlaceError",
    "RefusedError",
    "StorageError",
]
