"""pdfium's functions with plain numbers for pointers: making an object for each pointer costs as much as the call.

`native.FPDFPage_GetObject` and so on are those of `pypdfium2.raw`, and take what they take; a pointer that one gives is
its address as a number, None where it leads nowhere. What is no function is as it is in `pypdfium2.raw`.
"""

from __future__ import annotations

import ctypes
from array import array
from typing import Any

import pypdfium2.raw as raw

_POINTER = type(ctypes.POINTER(ctypes.c_int))


class Numbers:
    """Numbers of four bytes that pdfium writes and Python reads, of a type as `array` names it; `at` are their places.

    They are written anew by every call: pdfium does one thing at a time.
    """

    def __init__(self, kind: str, count: int) -> None:
        self.values: array[Any] = array(kind, bytes(4 * count))
        start, _ = self.values.buffer_info()
        self.at = tuple(start + 4 * place for place in range(count))


def address(pointer: Any) -> int:
    """Where a pointer of `pypdfium2.raw` leads."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def __getattr__(name: str) -> Any:
    found: Any = getattr(raw, name)
    if hasattr(found, "argtypes"):  # a function
        types: list[Any] = [found.restype, *found.argtypes]
        plain = [ctypes.c_void_p if isinstance(one, _POINTER) else one for one in types]
        found = ctypes.CFUNCTYPE(*plain)(address(found))
    globals()[name] = found
    return found
