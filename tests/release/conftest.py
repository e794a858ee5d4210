"""A small made-up plan, validated, for the tests of the release."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.release.build import Release, publish
from pipeline.release.manifest import InputFile
from pipeline.release.result import DocumentResult
from pipeline.release.validate import validate
from schemas.ledger import Ledger

NIP = "198004122000031003"

MakeResult = Callable[..., DocumentResult]
Publish = Callable[..., Release]


def facts(key: str, **more: Any) -> dict[str, Any]:
    given = {
        "berkas": f"rencana-{key[:2]}.pdf",
        "sha256": key * 4,
        "versi_pembaca": "1",
        "status": "lengkap",
        "jenis_dokumen": "rkt",
        "perangkat_daerah": "Dinas Contoh",
        "wilayah": "Kabupaten Contoh",
        "nip": NIP,
        "tanggal": "2024-01-31",
    }
    return given | more


def plan(key: str, **document: Any) -> Ledger:
    """A program with two kegiatan, their cells, an indicator, prose and a finding."""
    book = Ledger(key)
    book.add("dokumen", **facts(key, **document))
    texts = ["Program Contoh", "=CMD()", "300", f"NIP. 19800412 200003 1 003 {key}"]
    for row, text in enumerate(texts):
        where = {"x0": 10.0, "y0": 20.0 * row, "x1": 200.0, "y1": 20.0 * row + 12}
        book.add(
            "sel", halaman=2, tabel_id=f"{key}-t1", sel_id=f"{key}-s{row}", jenis="sel", baris=row, teks=text, **where
        )
    book.add("tabel", halaman=2, tabel_id=f"{key}-t1", tata_letak="program", halaman_akhir=2)
    book.add("halaman", halaman=2, jenis="teks", kata=9, kata_terpakai=9)
    common = {"halaman": 2, "tabel_id": f"{key}-t1"}
    program = {"program": "Program Contoh"}
    book.add(
        "program_kegiatan", **common, bukti=[f"{key}-s0"], node_id=f"{key}-n1", level="program",
        nama="Program Contoh", kode="5.03.02", pagu=Decimal(300), pagu_teks="300", **program,
    )  # fmt: skip
    for number, amount in ((2, 100), (3, 200)):
        book.add(
            "program_kegiatan", **common, bukti=[f"{key}-s1", f"{key}-s2"], node_id=f"{key}-n{number}",
            induk_id=f"{key}-n1", level="kegiatan", nama=f"=Kegiatan {number}", kegiatan=f"=Kegiatan {number}",
            kode=f"5.03.02.2.0{number}", pagu=Decimal(amount), **program,
        )  # fmt: skip
    indicator = book.add(
        "indikator", **common, bukti=[f"{key}-s2"], node_id=f"{key}-n1", level="program", indikator="Indeks Contoh",
        target_teks="-0,81", target=-0.81, target_min=-0.81, target_maks=-0.81, **program,
    )  # fmt: skip
    book.doubt_record(indicator, "target", "TARGET_BERTENTANGAN", "isi", "peringatan", f"Ditandatangani NIP {NIP}.")
    book.doubt("TANPA_JUMLAH", "isi", "info", "Dokumen tidak mencetak jumlah.")
    return book


@pytest.fixture(scope="session")
def make_result() -> MakeResult:
    def make(key: str = "a1" * 8, tahun: int | None = 2024, **document: Any) -> DocumentResult:
        return validate(plan(key, **document), tahun)

    return make


@pytest.fixture
def publish_into(tmp_path: Path) -> Publish:
    def run(*results: DocumentResult | Path, curated: Path = tmp_path / "curated", **options: Any) -> Release:
        inputs = [InputFile("rencana.pdf", "0" * 64)]
        return publish(results, curated, inputs=inputs, reader_version="1", **options)

    return run
