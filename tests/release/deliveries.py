"""Made-up plans that are delivered again: by another tool, as a scan with its slips, in part, or changed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pipeline.release.result import DocumentResult
from pipeline.release.validate import validate
from schemas.ledger import Ledger, Record

WORDS = [
    "penyusunan",
    "pengelolaan",
    "pelayanan",
    "pembinaan",
    "fasilitasi",
    "koordinasi",
    "evaluasi",
    "pendataan",
    "pemeliharaan",
    "penyediaan",
    "peningkatan",
    "pengawasan",
    "perpustakaan",
    "arsip",
    "koleksi",
    "pustakawan",
    "layanan",
    "keliling",
    "gedung",
    "peralatan",
    "kendaraan",
    "pegawai",
    "laporan",
    "dokumen",
    "masyarakat",
    "kecamatan",
    "sekolah",
    "naskah",
    "kuno",
    "minat",
    "baca",
    "taman",
    "bacaan",
    "literasi",
    "digital",
    "anggaran",
]
OFFICE = "Dinas Perpustakaan dan Kearsipan"
ROWS_PER_PAGE = 6

Amounts = Callable[[int], int]


@dataclass
class Delivery:
    """How a plan comes: its own words and figures follow from `plan`, what happened on the way from the rest.

    `slips`: share of words with a letter misread. `doubted` and `silent`: rows (counted over the plan) whose amount
    is misread with and without a finding. `kept`: rows that are in the file, None for all. `raised`: rows whose
    amount the office changed.
    """

    key: str
    plan: int = 1
    tahun: int | None = 2025
    rows: int = 40
    scanned: bool = False
    slips: float = 0.0
    doubted: frozenset[int] = frozenset()
    silent: frozenset[int] = frozenset()
    lost: frozenset[int] = frozenset()
    kept: range | None = None
    raised: frozenset[int] = frozenset()
    facts: dict[str, Any] = field(default_factory=dict)

    def result(self) -> DocumentResult:
        return validate(_Writer(self).write(), self.tahun)


def identity(key: str, tahun: int | None) -> dict[str, Any]:
    return {
        "berkas": f"rencana-{key[:4]}.pdf",
        "sha256": key * 4,
        "versi_pembaca": "1",
        "status": "lengkap",
        "jenis_dokumen": "rkt",
        "tahap": "murni",
        "judul": f"Rencana Kinerja Tahunan Tahun {tahun}",
        "perangkat_daerah": OFFICE,
        "wilayah": "Kabupaten Lampung Tengah",
        "tanggal": "2025-01-31",
    }


UNNAMED = {"jenis_dokumen": "lainnya"} | dict.fromkeys(("tahap", "judul", "perangkat_daerah", "wilayah", "tanggal"))
"""What a reader knows of a document whose title it does not read."""


class _Writer:
    def __init__(self, delivery: Delivery) -> None:
        self.of = delivery
        self.text = random.Random(f"kata {delivery.plan}")
        self.noise = random.Random(f"derau {delivery.key}")
        self.book = Ledger(delivery.key)
        self.cells = 0

    def write(self) -> Ledger:
        of = self.of
        self.book.add("dokumen", **(identity(of.key, of.tahun) | of.facts))
        program = self.phrase(5)
        prose = [self.phrase(40) for _ in range(4)]
        if of.kept is None:
            for text in prose:
                self.cell(1, text)
        for row in range(of.rows):
            self.row(row, program)
        jenis = "pindai" if of.scanned else "teks"
        for page in sorted({cell.halaman for cell in self.book.rows("sel")}):
            self.book.add("halaman", halaman=page, jenis=jenis, kata=50, kata_terpakai=50)
        return self.book

    def phrase(self, words: int) -> str:
        return " ".join(self.text.choice(WORDS) for _ in range(words))

    def row(self, row: int, program: str) -> None:
        """A sub kegiatan with its amount and an indicator with its target."""
        name, measure = f"{self.phrase(6)} {row}", self.phrase(6)
        amount, target = 1_000_000 + self.text.randrange(500_000) * 1_000, self.text.randrange(1, 400)
        of = self.of
        if (of.kept is not None and row not in of.kept) or row in of.lost:
            return
        page = 2 + row // ROWS_PER_PAGE
        amount += 1_275_000 * (row in of.raised)
        misread = row in of.doubted or row in of.silent
        amount += 600 * misread  # one digit read as another
        cells = [self.cell(page, text) for text in (name, f"{amount:,}".replace(",", "."), measure, str(target))]
        texts = [cell.values["teks"] for cell in cells]
        names = [cell.values["sel_id"] for cell in cells]
        node = self.book.add(
            "program_kegiatan", halaman=page, bukti=names[:2], node_id=f"{of.key}-n{row}", level="sub_kegiatan",
            nama=texts[0], program=program, pagu=Decimal(amount), pagu_teks=texts[1],
        )  # fmt: skip
        self.book.add(
            "indikator", halaman=page, bukti=names[2:], node_id=f"{of.key}-n{row}", level="sub_kegiatan",
            sub_kegiatan=texts[0], program=program, indikator=texts[2], target_teks=texts[3], target=float(target),
            target_min=float(target), target_maks=float(target),
        )  # fmt: skip
        if row in of.doubted:
            self.book.doubt_record(node, "pagu", "OCR_MERAGUKAN", "pembacaan", "peringatan", "Angka kurang jelas.")

    def cell(self, page: int, text: str) -> Record:
        self.cells += 1
        shown = " ".join(self.misread(word) for word in text.split())
        box = {"x0": 10.0, "y0": 20.0, "x1": 90.0, "y1": 32.0}
        sel_id = f"{self.of.key}-s{self.cells:04d}"
        return self.book.add("sel", halaman=page, bukti=[sel_id], sel_id=sel_id, jenis="sel", teks=shown, **box)

    def misread(self, word: str) -> str:
        if word[0].isdigit() or self.noise.random() >= self.of.slips:
            return word
        at = self.noise.randrange(len(word))
        return f"{word[:at]}{self.noise.choice('abcdeilnou')}{word[at + 1 :]}"
