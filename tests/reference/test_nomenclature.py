from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.reference.editions import read_csv, year_in_name
from pipeline.reference.nomenclature import Match, Nomenclature, code_under, comparable_code

ROWS = """level,kode,nama,jenis_pemda,status
program,5.03.02,PROGRAM KEPEGAWAIAN DAERAH,,aktif
kegiatan,5.03.02.1.02,Mutasi dan Promosi ASN,,aktif
kegiatan,5.03.02.2.02,Mutasi dan Promosi ASN,,aktif
kegiatan,5.03.02.2.09,Pembinaan ASN,,nonaktif
kegiatan,5.03.02.2.08,Pembinaan ASN,,aktif
sub_kegiatan,X.XX.01.2.02.01,Penyediaan Gaji dan Tunjangan ASN,kabupaten/kota,aktif
sub_kegiatan,5.03.02.2.02.0001,Pengelolaan Mutasi ASN,,aktif
sub_kegiatan,1.01.02.2.01.0001,Pembangunan Gedung,,aktif
sub_kegiatan,1.02.02.2.01.0001,Pembangunan Gedung,,aktif
"""


@pytest.fixture
def nomenclature(tmp_path: Path) -> Nomenclature:
    path = tmp_path / "nomenklatur.csv"
    path.write_text(ROWS, encoding="utf-8")
    return load(path)


def load(path: Path) -> Nomenclature:
    [(year, entries)] = read_csv(path, year_in_name(path)).editions.items()
    return Nomenclature(entries, year)


def test_codes_compare_without_leading_zeros():
    assert comparable_code("5.03.02.2.01.0001") == comparable_code("5.03.02.2.01.01") == "5.3.2.2.1.1"


def test_code_and_name(nomenclature):
    assert nomenclature.match("sub_kegiatan", "5.03.02.2.02.01", "Pengelolaan Mutasi Aparatur Sipil Negara") == Match(
        "5.03.02.2.02.0001", "Pengelolaan Mutasi ASN", 1.0
    )


def test_a_general_code_keeps_the_printed_one(nomenclature):
    match = nomenclature.match("sub_kegiatan", "4.02.01.2.02.01", "Penyediaan Gaji dan Tunjangan ASN")
    assert match is not None
    assert match.kode == "4.02.01.2.02.01"


def test_name_alone_prefers_the_region_level_and_active_entries(nomenclature):
    mutasi = nomenclature.match("kegiatan", None, "Mutasi dan Promosi ASN", "kabupaten/kota")
    assert mutasi == Match("5.03.02.2.02", "Mutasi dan Promosi ASN", 1.0, oleh="nama")
    assert nomenclature.match("kegiatan", None, "Mutasi dan Promosi ASN", "provinsi").kode == "5.03.02.1.02"
    assert nomenclature.match("kegiatan", None, "Pembinaan ASN").kode == "5.03.02.2.08"


def test_a_name_of_several_codes_gives_no_code_unless_the_printed_one_tells(nomenclature):
    assert nomenclature.match("sub_kegiatan", None, "Pembangunan Gedung").kode is None
    assert nomenclature.match("sub_kegiatan", "1.02.02.2.01.77", "Pembangunan Gedung").kode == "1.02.02.2.01.0001"


def test_what_is_not_official_stays_unmatched(nomenclature):
    assert nomenclature.match("sub_kegiatan", None, "Lomba Burung Berkicau") is None
    assert nomenclature.match("sub_kegiatan", "5.03.02.2.02.01", "Lomba Burung Berkicau") is None
    assert nomenclature.match("program", "5.03.02", None) is None
    assert nomenclature.match("urusan", "5", "Unsur Penunjang") is None


def test_a_code_lies_below_another_whatever_the_general_parts_stand_for():
    assert code_under("5.3.2.2.1", "5.3.2")
    assert code_under("5.3.1.2.1", "X.XX.1")
    assert not code_under("5.3.2", "5.3.2")
    assert not code_under("5.4.2.2.1", "5.3.2")


def test_the_parent_decides_between_several_codes_of_one_name(nomenclature):
    assert nomenclature.match("sub_kegiatan", None, "Pembangunan Gedung", near="1.01.02.2.01").kode == (
        "1.01.02.2.01.0001"
    )
    assert nomenclature.match("sub_kegiatan", None, "Pembangunan Gedung", near="3.01").kode is None


def test_a_general_entry_gets_the_bidang_of_the_parent(nomenclature):
    match = nomenclature.match("sub_kegiatan", None, "Penyediaan Gaji dan Tunjangan ASN", near="2.07.01.2.02")
    assert match.kode == "2.07.01.2.02.01"
    assert nomenclature.match("sub_kegiatan", None, "Penyediaan Gaji dan Tunjangan ASN").kode == "X.XX.01.2.02.01"


def test_a_word_for_the_level_is_no_part_of_the_name(nomenclature):
    match = nomenclature.match("program", None, "Kepegawaian Daerah")
    assert (match.kode, match.nama, match.kemiripan) == ("5.03.02", "PROGRAM KEPEGAWAIAN DAERAH", 1.0)


def test_an_entry_that_is_written_out_in_several_bidang_holds_in_all(tmp_path):
    lines = [f"kegiatan,{bidang}.01.2.05,Pengelolaan Arsip Kantor" for bidang in ("1.01", "1.02", "2.07")]
    path = tmp_path / "daftar.csv"
    path.write_text("\n".join(["level,kode,nama", *lines]), encoding="utf-8")
    match = load(path).match("kegiatan", "4.02.01.2.05", "Pengelolaan Arsip Kantor")
    assert (match.kode, match.oleh) == ("4.02.01.2.05", "kode")


def test_files_to_try_with(samples):
    files = sorted((samples.parent / "reference").glob("*nomenklatur*.csv"))
    if not files:
        pytest.skip("no files of the nomenclature lie beside the samples")
    for path in files:
        match = load(path).match("program", "5.03.02", "Program Kepegawaian Daerah", "kabupaten/kota")
        assert match is not None
        assert match.kode == "5.03.02"
        assert match.kemiripan == 1.0


def test_a_name_of_the_other_region_level_alone_gives_no_code(nomenclature):
    assert nomenclature.match("sub_kegiatan", None, "Penyediaan Gaji dan Tunjangan ASN", "provinsi") == Match(
        None, "Penyediaan Gaji dan Tunjangan ASN", 1.0, oleh="nama"
    )
    printed = nomenclature.match("sub_kegiatan", "X.XX.01.2.02.01", "Penyediaan Gaji dan Tunjangan ASN", "provinsi")
    assert printed.kode == "X.XX.01.2.02.01"
