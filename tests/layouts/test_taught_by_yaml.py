"""A form that no sample shows, taught by a YAML file alone: unknown without it, right with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.intake.source import ReadSettings, Source, fingerprint
from pipeline.reader import read_document
from pipeline.release.result import DocumentResult
from tests.forms.case import YEAR, Family, Records, titled
from tests.forms.reading import differences
from tests.forms.sheet import Look, Sheet, cell

WORDS = """
levels:
  program: [payung karya]
  kegiatan: [gawe]
fields:
  nomor: [urut ke]
  indikator: [tanda berhasil]
  satuan: [takaran]
  target: [bidikan]
  pagu: [isi kantong]
groups:
  next: ["ancang-ancang*"]
"""

ROWS = [
    ("Penataan Arsip Daerah", "Penyelamatan arsip lama", "Jumlah arsip yang dialihkan", "Berkas", 1200, 84_500_000),
    ("Penataan Arsip Daerah", "Pelatihan arsiparis", "Jumlah arsiparis yang dilatih", "Orang", 35, 41_250_000),
    ("Gemar Membaca", "Perpustakaan keliling", "Jumlah desa yang dilayani", "Desa", 64, 120_000_000),
    ("Gemar Membaca", "Lomba bercerita", "Jumlah peserta lomba", "Peserta", 210, 17_800_000),
]


def dotted(value: float) -> str:
    return f"{value:,.0f}".replace(",", ".")


def invented_form() -> Family:
    """Two header rows of words that no form has; the right-hand block is the next year's."""
    tops = ("Urut Ke", "Payung Karya", "Gawe", "Tanda Berhasil", "Takaran", "Bidikan", "Isi Kantong (Rp)")
    header = [cell(0, column, text, row_span=2, align="center") for column, text in enumerate(tops)]
    header.append(cell(0, 7, f"Ancang-ancang Tahun {YEAR + 1}", column_span=2, align="center"))
    header += [cell(1, 7, "Bidikan", align="center"), cell(1, 8, "Isi Kantong (Rp)", align="center")]
    body, records = [], Records()
    for row, (program, activity, measure, unit, target, amount) in enumerate(ROWS):
        if row % 2 == 0:
            body.append(cell(row, 1, program, row_span=2))
            records.node("program", program)
        texts = (str(row + 1), None, activity, measure, unit, dotted(target), dotted(amount), dotted(target + 10))
        texts = (*texts, dotted(amount + 5_000_000))
        body += [cell(row, column, text) for column, text in enumerate(texts) if text is not None]
        records.node("kegiatan", activity, float(amount), prakiraan_pagu=float(amount + 5_000_000))
        records.indicator(
            "kegiatan", measure, unit, dotted(target), float(target), prakiraan_target_teks=dotted(target + 10)
        )
    sheet = Sheet([5, 14, 16, 18, 8, 8, 11, 8, 11], header, body)
    return Family("ajar", Look(size=9), titled(sheet), records.truth())


def read_with(path: Path, words: Path | None) -> DocumentResult:
    return read_document(path, Source(path.name, fingerprint(path)), ReadSettings(vocabulary=words))


@pytest.fixture
def drawn(tmp_path: Path) -> tuple[Family, Path]:
    family = invented_form()
    return family, family.draw(tmp_path / "rencana.pdf")


def test_without_the_words_the_form_stays_visible_and_yields_nothing(drawn: tuple[Family, Path]) -> None:
    result = read_with(drawn[1], None)

    assert [table["tata_letak"] for table in result.table("tabel").to_pylist()] == ["tak_dikenal"]
    assert result.counts["program_kegiatan"] == result.counts["indikator"] == 0
    cells = [row["teks"] for row in result.table("sel").to_pylist() if row["jenis"] == "sel"]
    assert {"Tanda Berhasil", "84.500.000", "Lomba bercerita"} <= set(cells)
    (finding,) = [row for row in result.table("temuan").to_pylist() if row["kode"] == "TABEL_TAK_DIKENAL"]
    assert "Payung Karya" in finding["pesan"]
    assert result.status == "sebagian"


def test_with_the_words_every_record_is_right(drawn: tuple[Family, Path], tmp_path: Path) -> None:
    family, path = drawn
    words = tmp_path / "kosakata.yaml"
    words.write_text(WORDS, "utf-8")

    result = read_with(path, words)

    problems = differences(result, family.truth)
    assert not problems, "\n".join(problems)
    assert result.quarantined == 0
    assert result.status == "lengkap"
    assert not [row for row in result.table("temuan").to_pylist() if row["jenis"] == "pembacaan"]


def test_the_words_of_one_reading_do_not_reach_the_next(drawn: tuple[Family, Path], tmp_path: Path) -> None:
    words = tmp_path / "kosakata.yaml"
    words.write_text(WORDS, "utf-8")
    read_with(drawn[1], words)

    assert read_with(drawn[1], None).counts["program_kegiatan"] == 0
