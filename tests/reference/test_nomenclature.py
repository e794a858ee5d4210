from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.reference.nomenclature import Match, Nomenclature, comparable_code

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
    return Nomenclature.load(path)


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
    assert mutasi == Match("5.03.02.2.02", "Mutasi dan Promosi ASN", 1.0)
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


def test_a_file_that_is_no_nomenclature_is_refused_by_name(tmp_path):
    path = tmp_path / "salah.csv"
    path.write_text("kode,uraian\n1,x\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"salah\.csv.*level, nama"):
        Nomenclature.load(path)


def test_files_to_try_with(samples):
    files = sorted((samples.parent / "reference").glob("*nomenklatur*.csv"))
    if not files:
        pytest.skip("no files of the nomenclature lie beside the samples")
    for path in files:
        match = Nomenclature.load(path).match("program", "5.03.02", "Program Kepegawaian Daerah", "kabupaten/kota")
        assert match is not None
        assert match.kode == "5.03.02"
        assert match.kemiripan == 1.0
