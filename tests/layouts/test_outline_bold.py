"""Program and kegiatan in one column, told apart by a word and by bold print alone."""

from __future__ import annotations

from pathlib import Path

from pipeline.intake.source import ReadSettings, Source, fingerprint
from pipeline.reader import read_document
from tests.forms.case import Family, Records, titled
from tests.forms.sheet import Look, Sheet, cell

ROWS = [
    ("**Program Hutan Rakyat", ""),
    ("Pembibitan sengon", "120.000.000"),
    ("Pelatihan penyuluh", "80.500.000"),
    ("**Program Hasil Hutan", ""),
    ("Pemasaran madu", "45.250.000"),
]


def _levels(folder: Path, rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    header = [cell(0, 0, "Program dan Kegiatan"), cell(0, 1, "Anggaran (Rp)")]
    body = [cell(row, column, text) for row, texts in enumerate(rows) for column, text in enumerate(texts)]
    family = Family("tebal", Look(size=9), titled(Sheet([60, 30], header, body)), Records().truth())
    path = family.draw(folder / "rencana.pdf")
    result = read_document(path, Source(path.name, fingerprint(path)), ReadSettings())
    return [(row["level"], row["nama"]) for row in result.table("program_kegiatan").to_pylist()]


def test_plain_names_under_bold_programs_are_kegiatan(tmp_path: Path) -> None:
    assert _levels(tmp_path, ROWS) == [
        ("program", "Program Hutan Rakyat"),
        ("kegiatan", "Pembibitan sengon"),
        ("kegiatan", "Pelatihan penyuluh"),
        ("program", "Program Hasil Hutan"),
        ("kegiatan", "Pemasaran madu"),
    ]


def test_without_bold_print_names_without_the_word_are_finer_than_those_with_it(tmp_path: Path) -> None:
    plain = [(name.removeprefix("**"), amount) for name, amount in ROWS]
    assert [level for level, _ in _levels(tmp_path, plain)] == [
        "program",
        "kegiatan",
        "kegiatan",
        "program",
        "kegiatan",
    ]
