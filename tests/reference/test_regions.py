from __future__ import annotations

import pytest

from pipeline.reference.regions import find_regions, region_by_code, region_by_name, region_from_text


@pytest.mark.parametrize(
    ("text", "nama", "kode"),
    [
        ("PEMERINTAH KABUPATEN WAY KANAN", "Kabupaten Way Kanan", "18.08"),
        ("Kab. Way Kanan", "Kabupaten Way Kanan", "18.08"),
        ("Bupati Way Kanan,", "Kabupaten Way Kanan", "18.08"),
        ("Dinas Contoh Provinsi Jawa Barat Tahun 2030", "Provinsi Jawa Barat", "32"),
        ("DINAS CONTOH KOTA\nBANDUNG", "Kota Bandung", "32.73"),
        ("Wali Kota Bandung", "Kota Bandung", "32.73"),
        ("Kabupaten Bandung Barat", "Kabupaten Bandung Barat", "32.17"),
        ("Kab. Labuhan Batu Selatan", "Kabupaten Labuhanbatu Selatan", "12.22"),
        ("Provinsi DKI Jakarta", "Provinsi Daerah Khusus Ibukota Jakarta", "31"),
        ("Inspektorat Kepulauan Riau", "Provinsi Kepulauan Riau", "21"),
        ("Provinsi Lampung, Kabupaten Way Kanan", "Kabupaten Way Kanan", "18.08"),
        ("Jalan Raya Kota Bandung\nPEMERINTAH PROVINSI JAWA BARAT", "Provinsi Jawa Barat", "32"),
    ],
)
def test_regions_in_titles(text, nama, kode):
    region = region_from_text(text)
    assert region is not None
    assert (region.nama, region.kode) == (nama, kode)


@pytest.mark.parametrize(
    "text", ["", "Kabupaten/Kota", "Kota Layak Anak", "Provinsi dan Kabupaten", "Jawa Barat, Banten"]
)
def test_texts_without_one_region(text):
    assert region_from_text(text) is None


def test_places_in_the_text():
    text = "antara Kabupaten Bogor dan Kota Depok"
    found = find_regions(text)
    assert [text[f.start : f.end] for f in found] == ["Kabupaten Bogor", "Kota Depok"]


def test_look_ups():
    region = region_by_code("18.08")
    assert region is not None
    assert region == region_by_name("kabupaten", "WAY KANAN")
    assert region.jenis == "kabupaten"
    assert region_by_code("1807") is None
    assert region_by_name("kota", "Way Kanan") is None
