"""Tables that print the coarser names again in each row, and what stands between a name and its indicators."""

from __future__ import annotations

from pathlib import Path

from pipeline.layouts.labels import read_level_word, split_ordinal
from pipeline.layouts.vocabulary import load_vocabulary
from tests.forms.sheet import cell
from tests.layouts.test_columns import read


def test_names_printed_in_each_row_are_context_and_the_code_is_the_rows(tmp_path: Path) -> None:
    head = [cell(0, column, text) for column, text in enumerate(("Kode", "Program", "Kegiatan", "Pagu (Rp)"))]
    rows = [["1.20.59", "Program Hutan Rakyat", f"Pembibitan {n}", f"{n}50.000.000"] for n in range(1, 5)]
    rows += [["1.20.60", "Program Hasil Hutan", f"Pemasaran {n}", f"{n}20.000.000"] for n in range(1, 4)]
    nodes = read(tmp_path, [20, 40, 40, 30], head, rows).table("program_kegiatan").to_pylist()
    assert [(node["level"], node["kode"], node["nama"]) for node in nodes] == [
        ("kegiatan", code, name) for code, _, name, _ in rows
    ]
    assert [node["program"] for node in nodes] == [program for _, program, _, _ in rows]
    assert nodes[0]["pagu"] == 150_000_000


def test_a_program_printed_once_for_its_rows_is_a_row(tmp_path: Path) -> None:
    head = [cell(0, column, text) for column, text in enumerate(("Program", "Kegiatan", "Pagu (Rp)"))]
    rows = [["Program Hutan Rakyat", "Pembibitan", "150.000.000"], ["", "Penanaman", "80.000.000"]]
    rows += [["Program Hasil Hutan", "Pemasaran", "70.000.000"], ["", "Pameran", "60.000.000"]]
    nodes = read(tmp_path, [40, 40, 30], head, rows).table("program_kegiatan").to_pylist()
    assert [node["level"] for node in nodes] == ["program", "kegiatan", "kegiatan", "program", "kegiatan", "kegiatan"]


def test_a_sasaran_between_a_kegiatan_and_its_indicator_does_not_take_the_indicator(tmp_path: Path) -> None:
    names = ("Program/Kegiatan", "Sasaran", "Indikator Kinerja", "Target")
    head = [cell(0, column, text) for column, text in enumerate(names)]
    rows = [["Program Hutan Rakyat", "", "", ""]]
    rows += [[f"Kegiatan {n}", "Petani hutan", f"Jumlah bibit {n}", f"{n} batang"] for n in ("sengon", "jati")]
    found = read(tmp_path, [40, 30, 40, 20], head, rows).table("indikator").to_pylist()
    assert {row["level"] for row in found} == {"kegiatan"}
    assert len(found) == 2


def test_level_words_with_numbers_and_long_ordinals_are_labels() -> None:
    word = read_level_word("MISI 1 MEWUJUDKAN HUTAN LESTARI", load_vocabulary())
    assert word is not None
    assert (word.name, word.rest) == ("misi", "MEWUJUDKAN HUTAN LESTARI")
    assert split_ordinal("101. Program Hutan Rakyat") == ("101", "Program Hutan Rakyat")
    assert split_ordinal("1.250 Orang") == (None, "1.250 Orang")
