"""A reader for tests: what it does follows from the file's name. Imported in worker processes."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

from pipeline.intake import ReadSettings, Source
from pipeline.intake.source import note_origin
from pipeline.release.result import DocumentResult
from pipeline.release.validate import validate
from pipeline.threads import in_threads
from pipeline.version import reader_version
from schemas.ledger import Ledger


class ForeignError(Exception):
    """Cannot be rebuilt from its own arguments, as errors of many libraries."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def read(path: Path, source: Source, settings: ReadSettings) -> DocumentResult:
    """One page, one program, one finding; or, by the first word of the name, one of the ways to go wrong."""
    behaviour = path.stem.split("-")[0]
    if behaviour == "mati":
        os.kill(os.getpid(), signal.SIGKILL)
    if behaviour == "matisekali" and not _seen(path):
        os.kill(os.getpid(), signal.SIGKILL)
    if behaviour == "macet":
        time.sleep(600)
    if behaviour == "memori":
        bytearray(64 << 30)
    if behaviour == "asing":
        raise ForeignError("kode", "tidak dapat dikirim")
    if behaviour == "galat":
        raise ValueError("tabel tanpa kolom")
    return _result(source, "sebagian" if behaviour == "sebagian" else "lengkap", plan=behaviour != "surat")


def _seen(path: Path) -> bool:
    """Whether this is not the first time; the first call leaves a mark beside the file."""
    mark = path.with_suffix(".tanda")
    seen = mark.exists()
    mark.touch()
    return seen


def _result(source: Source, status: str, plan: bool) -> DocumentResult:
    ledger = Ledger(source.dokumen_id)
    columns = {**source.columns(), "status": status, "versi_pembaca": reader_version(), "jumlah_halaman": 1}
    document = ledger.add("dokumen", **columns)
    ledger.add("halaman", halaman=1, jenis="teks", mesin="pdfium", kata=4, kata_terpakai=4)
    if plan:
        ledger.add(
            "program_kegiatan",
            halaman=1,
            node_id=f"{source.dokumen_id}-node-1",
            level="program",
            nama=source.berkas,
        )
    ledger.doubt_record(document, "tahun", "TAHUN_TIDAK_DISEBUT", "pembacaan", "peringatan", "Tahun tidak disebut.")
    note_origin(ledger, source)
    return validate(ledger, 2024)


def modules_loaded(path: Path, source: Source, settings: ReadSettings) -> DocumentResult:
    """Tells through its error which of the modules that a worker must not know it knows."""
    raise ValueError(",".join(name for name in ("prefect", "rich", "typer") if name in sys.modules) or "none")


def process_number(path: Path, source: Source, settings: ReadSettings) -> DocumentResult:
    """Tells through its error which process it is, and leaves a temporary file."""
    tempfile.mkstemp(prefix="sisa-")
    raise ValueError(f"{os.getpid()}")


def meet(parties: int) -> int:
    """Comes to its end once so many threads may read at once; returns how many that were."""
    meeting = threading.Barrier(parties)
    return len(in_threads(lambda _number: meeting.wait(30), range(parties)))
