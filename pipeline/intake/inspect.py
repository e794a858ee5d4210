"""Says why a PDF cannot be read, before anybody tries. Opens it with pdfium: call it in a worker process."""

from __future__ import annotations

import mmap
import os
import re
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from pipeline.intake.problems import Problem, ProblemCode
from pipeline.intake.source import ReadSettings

# A PDF ends in %%EOF; readers accept it anywhere in the last 1024 bytes (PDF 1.7, implementation note 18). Servers
# add line ends and markup behind it, hence twice that.
_TAIL = 2048
_HEAD = 1024
_EMPTY_TREE = re.compile(rb"/Count\s+0\b")
_ENCRYPTED = re.compile(rb"/Encrypt\b")
_END = re.compile(rb"%%EOF")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_LINEARIZED_LENGTH = re.compile(rb"/Linearized\b.{0,200}?/L\s+(\d+)", re.DOTALL)


def inspect_file(path: Path, berkas: str, settings: ReadSettings) -> Problem | int:
    """The first thing that keeps a PDF from being read, else its number of pages. Raises OSError if it has vanished."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        return _why_closed(path, berkas, error)
    try:
        pages = len(document)
    finally:
        document.close()
    if is_cut_off(path):
        return Problem(ProblemCode.TERPOTONG, berkas)
    if pages == 0:
        return Problem(ProblemCode.TANPA_HALAMAN, berkas)
    if pages > settings.max_pages:
        return Problem(ProblemCode.TERLALU_BANYAK_HALAMAN, berkas, str(pages))
    return pages


def _why_closed(path: Path, berkas: str, error: pypdfium2.PdfiumError) -> Problem:
    locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
    if locked and _holds(path, _ENCRYPTED):  # the code may be that of the file before this one
        return Problem(ProblemCode.TERKUNCI, berkas)
    if is_cut_off(path):
        return Problem(ProblemCode.TERPOTONG, berkas)
    # pdfium refuses a file whose page tree is empty without saying why.
    empty = _holds(path, _EMPTY_TREE) and not _holds(path, _PAGE)
    return Problem(ProblemCode.TANPA_HALAMAN if empty else ProblemCode.RUSAK, berkas)


def _holds(path: Path, pattern: re.Pattern[bytes]) -> bool:
    """Whether a file holds a pattern anywhere; it is not loaded into memory for that."""
    if not path.stat().st_size:
        return False
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return pattern.search(content) is not None


def is_cut_off(path: Path) -> bool:
    """Whether the end of a PDF is missing.

    A linearized file has an %%EOF near its beginning as well, but says how long it should be. An %%EOF that is not at
    the end of another file closes an earlier version of it, which is whole.
    """
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
        stream.seek(max(0, size - _TAIL), os.SEEK_SET)
        if b"%%EOF" in stream.read():
            return False
        linearized = _LINEARIZED_LENGTH.search(head)
        if linearized is not None:
            return size < int(linearized.group(1))
    return not _holds(path, _END)
