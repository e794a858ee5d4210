"""Two small made-up plans of one office in a release, whose names try to be formulas and markup."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.release.build import publish
from pipeline.release.manifest import InputFile
from pipeline.release.result import DocumentResult
from pipeline.release.validate import validate
from pipeline.reports.gather import read_document
from pipeline.reports.model import Pair
from schemas.ledger import Ledger

EARLIER, LATER = "a1" * 8, "b2" * 8
FORMULA = "=cmd|' /C calc'!A0"
MARKUP = "<script>document.title='diserang'</script><b>tebal</b>"
SUM = "@SUM(A1:A9)"
HOSTILE = (FORMULA, MARKUP, SUM, "+1", "-2+3", "http://contoh.invalid/", "0012", "$x^2$ {{ 7*7 }} & \u202egpj.exe")
LONG = "panjang " * 5_000
PAGU = {EARLIER: 1_000_000, LATER: 1_234_567}


def plan(key: str, tahun: int, **document: Any) -> DocumentResult:
    """A program with a sub kegiatan per hostile name, an indicator on each, one above them, and three findings."""
    book = Ledger(key)
    book.add(
        "dokumen", berkas=f"{tahun}/rencana.pdf", sha256=key * 4, versi_pembaca="1", jenis_dokumen="rkt",
        perangkat_daerah="Dinas <Contoh>", wilayah="Kabupaten Contoh", jumlah_halaman=9,
        **{"status": "lengkap"} | document,
    )  # fmt: skip
    table = {"tabel_id": f"{key}-t1"}
    book.add("tabel", halaman=3, **table, tata_letak="rencana_kinerja", halaman_akhir=4)
    common = {**table, "program": "Program Contoh"}
    book.add("program_kegiatan", halaman=3, node_id=f"{key}-n0", level="program", nama="Program Contoh", **common)
    for number, name in enumerate(HOSTILE, start=1):
        node = f"{key}-n{number}"
        book.add(
            "program_kegiatan", halaman=4, node_id=node, induk_id=f"{key}-n0", level="sub_kegiatan", nama=name,
            pagu=Decimal(PAGU[key]), **common,
        )  # fmt: skip
        book.add(
            "indikator", halaman=4, node_id=node, level="sub_kegiatan", sub_kegiatan=name, indikator=f"Jumlah {name}",
            jenis="keluaran", satuan="Dokumen", target_teks="=1+1", target=2.0, target_min=2.0, target_maks=2.0,
            **common,
        )  # fmt: skip
    above = book.add("indikator", halaman=2, level="sasaran", sasaran="Sasaran A", indikator="Indeks", target_teks="64")
    book.doubt_record(above, "target", "TARGET_BEDA", "isi", "peringatan", f"Target {MARKUP} ganjil.")
    book.doubt_record(above, "indikator", "TEKS_PANJANG", "isi", "info", LONG)
    book.doubt("TANPA_JUMLAH", "isi", "info", "Dokumen tidak mencetak jumlah.")
    return validate(book, tahun)


def release_of(folder: Path, *results: DocumentResult) -> Path:
    """The folder of a release of these documents."""
    inputs = [InputFile("rencana.pdf", "0" * 64)]
    publish(results, folder, inputs=inputs, reader_version="1")
    return (folder / "current").resolve()


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return release_of(tmp_path_factory.mktemp("rilis"), plan(EARLIER, 2023), plan(LATER, 2024))


def change(number: int = 1, **more: Any) -> dict[str, Any]:
    """A row of `perbandingan`: the pagu of a sub kegiatan, unless told otherwise."""
    given = {
        "baris_id": f"{LATER}-perbandingan-{number:05}", "dari_dokumen_id": EARLIER, "ke_dokumen_id": LATER,
        "dari_id": f"{EARLIER}-n1", "ke_id": f"{LATER}-n1", "level": "sub_kegiatan", "nama": FORMULA, "aspek": "pagu",
        "nilai_dari": "1000000", "nilai_ke": "1234567", "selisih": Decimal(234_567), "persen": 23.4567,
        "halaman_dari": 4, "halaman_ke": 5, "kemiripan": 1.0,
    }  # fmt: skip
    return given | more


CHANGES = (
    change(1),
    change(2, nama="Berkurang", nilai_ke="400000", selisih=Decimal(-600_000), persen=-60.0),
    change(3, aspek="baru", nama=MARKUP, nilai_dari=None, nilai_ke="9876543", selisih=None, persen=None),
    change(4, aspek="hilang", nama=SUM, nilai_dari="50", nilai_ke=None, selisih=None, persen=None),
    change(5, aspek="target", nama="Indeks", nilai_dari="=2+2", nilai_ke="210", selisih=Decimal(206), persen=None),
    change(6, aspek="nama", level="sub_kegiatan", nilai_dari="Lama", nilai_ke="Baru", selisih=None, persen=None),
)

MakePair = Callable[..., Pair]


@pytest.fixture(scope="session")
def make_pair(release: Path) -> MakePair:
    def make(changes: tuple[dict[str, Any], ...] = CHANGES) -> Pair:
        return Pair(read_document(release, EARLIER), read_document(release, LATER), changes)

    return make
