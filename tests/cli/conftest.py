from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.intake import ReadSettings, Source, find_documents
from pipeline.release.build import publish
from pipeline.release.manifest import InputFile
from pipeline.release.result import DocumentResult
from pipeline.release.validate import validate
from pipeline.version import reader_version
from pipeline.worker.plan import Planner, entries
from pipeline.worker.store import Store, state_folder
from schemas.ledger import Ledger, Record
from tests.conftest import MakePdf


@dataclass(frozen=True)
class Published:
    """A release of one small document, and the keys of what is in it."""

    curated: Path
    pdf: Path
    program: str
    document: str


def write_plan(source: Source) -> tuple[DocumentResult, Record]:
    """A plan with one program, whose pagu stands in a cell at (72, 60, 300, 80) of page 1, and two findings."""
    ledger = Ledger(source.dokumen_id)
    status = {"status": "lengkap", "versi_pembaca": reader_version(), "jumlah_halaman": 1}
    document = ledger.add("dokumen", **{**source.columns(), **status, "judul": "=HYPERLINK(1)"})
    ledger.add("halaman", halaman=1, jenis="teks", mesin="pdfium", orientasi=0, kata=4, kata_terpakai=4)
    box = {"x0": 72.0, "y0": 60.0, "x1": 300.0, "y1": 80.0}
    ledger.add("sel", halaman=1, sel_id=f"{source.dokumen_id}-sel-1", jenis="teks", teks="Program 1.250.000", **box)
    program = ledger.add(
        "program_kegiatan",
        halaman=1,
        bukti=[f"{source.dokumen_id}-sel-1"],
        node_id=f"{source.dokumen_id}-node-1",
        level="program",
        kode="5.03",
        nama="Program Kepegawaian",
        pagu=Decimal(1250000),
        pagu_teks="1.250.000",
    )
    ledger.doubt_record(program, "pagu", "PAGU_ANEH", "isi", "peringatan", "Pagu ini ganjil.")
    ledger.doubt_record(document, "judul", "JUDUL_ANEH", "pembacaan", "info", "Judul ini ganjil.")
    return validate(ledger, 2024), program


@pytest.fixture
def published(tmp_path: Path, make_pdf: MakePdf) -> Published:
    """A release of one document, published as the flow does it, without the flow."""
    pdf = make_pdf(tmp_path / "raw" / "2024" / "rkt.pdf")
    curated = tmp_path / "curated"
    store = Store(state_folder(curated))
    store.prepare()
    plan = Planner(store, ReadSettings()).plan(find_documents([pdf]))
    source = plan.documents[0].entry.source
    result, program = write_plan(source)
    store.save_documents(entries(plan.documents))
    publish([result], curated, inputs=[InputFile(source.berkas, source.sha256)], reader_version=reader_version())
    return Published(curated, pdf, program.baris_id, source.dokumen_id)
