from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.reference.editions import (
    MOST_BYTES,
    Editions,
    NotANomenclatureError,
    load_editions,
    read_csv,
    remove_edition,
    save_edition,
    twice_named,
    year_in_name,
)
from pipeline.reference.nomenclature import Entry


def given(tmp_path: Path, text: str, name: str = "daftar.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return path


def test_other_headers_separators_and_marks_make_no_difference(tmp_path: Path) -> None:
    header = "\ufeffTingkat;Kode Asli;KODE;Uraian;Status;Jenis Pemda"
    text = f"{header}\r\nBidang Urusan;9.01;9.01;Bidang  Langit;dihapus;Kab / Kota\r\n"
    assert read_csv(given(tmp_path, text)).editions == {
        None: (Entry("bidang", "9.01", "Bidang Langit", False, "kabupaten/kota"),)
    }


def test_rows_go_to_the_edition_that_they_name(tmp_path: Path) -> None:
    rows = ["9.01.02,A,2020", "9.01.02,B,2023", "9.01.03,C,", "9.01.03,C,"]
    text = "\n".join(["level,kode,nama,vintage", *(f"program,{row}" for row in rows)])
    found = read_csv(given(tmp_path, text), 2021)
    assert {year: [entry.nama for entry in entries] for year, entries in found.editions.items()} == {
        2020: ["A"],
        2023: ["B"],
        2021: ["C"],
    }
    assert found.duplicates == 1


def test_the_last_year_in_a_file_name(tmp_path: Path) -> None:
    assert year_in_name(Path("daftar_050-3708_2020.csv")) == 2020
    assert year_in_name(Path("daftar 120245.csv")) is None


@pytest.mark.parametrize(
    ("text", "reason", "values"),
    [
        ("kode,uraian\n1,x\n", "columns", {"names": "level", "found": "kode, uraian"}),
        ("DAFTAR KODE 2025,,\nlevel,kode,nama\n", "columns", {"found": "DAFTAR KODE 2025"}),
        ("x" * 900, "columns", {"found": "x" * 80 + "…"}),
        ("", "empty", {}),
        (",,\n", "empty", {}),
        ("level,kode,nama\nprogram,9.01.02,A\0B\n", "encoding", {}),
        ("sep=,\nlevel,kode,nama\nprogram,sembilan,B\n", "kode", {"line": 3}),
        ("level,kode,nama\n", "empty", {}),
        ("level,kode,nama\nprogram,9.01.02,A\n\nprogram,sembilan,B\n", "kode", {"line": 4, "value": "sembilan"}),
        ("level,kode,nama\nproyek,9.01.02,A\n", "level", {"line": 2, "value": "proyek"}),
        ("level,kode,nama\nprogram,9.01.02,\n", "nama", {"line": 2}),
        ("level,kode,nama,vintage\nprogram,9.01.02,A,lama\n", "vintage", {"line": 2, "value": "lama"}),
        ("level,kode,nama,jenis_pemda\nprogram,9.01.02,A,desa\n", "jenis_pemda", {"line": 2, "value": "desa"}),
        ('level,kode,nama\nprogram,9.01.02,"A"B\n', "line", {"line": 2}),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, text: str, reason: str, values: dict[str, object]) -> None:
    path = given(tmp_path, text)
    with pytest.raises(NotANomenclatureError) as caught:
        read_csv(path)
    assert (caught.value.path, caught.value.reason) == (path, reason)
    assert values.items() <= caught.value.values.items()


def test_other_bytes_than_utf8_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "daftar.csv"
    path.write_bytes("level,kode,nama\nprogram,9.01.02,Caf\u00e9\n".encode("latin-1"))
    with pytest.raises(NotANomenclatureError, match="encoding"):
        read_csv(path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_other_unicode_is_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "daftar.csv"
    path.write_bytes("level,kode,nama\nprogram,9.01.02,Awan\n".encode(encoding))
    with pytest.raises(NotANomenclatureError, match="encoding"):
        read_csv(path)


@pytest.mark.parametrize("mark", ["sep=;\r\n", "\ufeffsep=;\n", '"sep=;"\r\n'])
def test_what_excel_puts_before_the_header_is_passed_over(tmp_path: Path, mark: str) -> None:
    found = read_csv(given(tmp_path, f"{mark}level;kode;nama\r\nprogram;9.01.02;Awan, Angin\r\n"))
    assert found.editions == {None: (Entry("program", "9.01.02", "Awan, Angin"),)}


def test_a_file_too_large_for_a_list_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "daftar.csv"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(NotANomenclatureError, match="size") as caught:
        read_csv(path)
    assert caught.value.values == {"size": 32, "most": 32}
    assert caught.value.path == path


def test_editions_are_stored_by_year_and_replaced(tmp_path: Path) -> None:
    old, new = Entry("program", "9.01.02", "Lama, dan lain"), Entry("program", "9.01.02", "Baru", False, "provinsi")
    assert save_edition(tmp_path / "ref", 2020, [old])[1] is False
    assert save_edition(tmp_path / "ref", 2020, [new])[1] is True
    save_edition(tmp_path / "ref", None, [old])
    assert [(one.tahun, one.entries) for one in load_editions(tmp_path / "ref")] == [(None, (old,)), (2020, (new,))]
    assert remove_edition(tmp_path / "ref", 2020)
    assert not remove_edition(tmp_path / "ref", 2020)
    assert [one.tahun for one in load_editions(tmp_path / "ref")] == [None]


def test_the_newest_edition_not_after_the_plan_binds_it(tmp_path: Path) -> None:
    for year in (2020, 2023):
        save_edition(tmp_path, year, [Entry("program", "9.01.02", f"Edisi {year}")])
    editions = Editions(load_editions(tmp_path))
    assert {year: editions.for_year(year).tahun for year in (2016, 2020, 2022, 2027, None)} == {
        2016: 2020,
        2020: 2020,
        2022: 2020,
        2027: 2023,
        None: 2023,
    }
    assert Editions([]).for_year(2020) is None


def test_codes_of_several_names_are_counted_per_region_level() -> None:
    names = [("A", ""), ("B", ""), ("C", "provinsi"), ("D", "kabupaten/kota")]
    assert twice_named(Entry("program", "9.1.02", nama, True, region) for nama, region in names) == 1
