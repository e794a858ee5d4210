from __future__ import annotations

import pytest

from pipeline.reference.differences import differing_words

KNOWN = frozenset({"ada", "ganda", "cetak", "barang", "sedia", "kebun", "awan", "angin"})


@pytest.mark.parametrize(
    ("printed", "official"),
    [
        ("PENYEDIAAN BARANG CETAKAN", "Penyediaan Barang Cetak"),
        ("Penyediaan Barang-Barang Cetakan & Awan", "Penyediaan Barang Cetakan dan Awan"),
        ("Sub Kegiatan Penyediaan Awan", "Penyediaan Awan"),
        ("Pembinaan Aparatur Sipil Negara", "Pembinaan ASN"),
        ("Pembahasan Rancangan Peraturan Langit", "Pembahasan Rancangan Perlang"),
        ("Pengelolaan BAL", "Pengelolaan Balai Awan Langit"),
        ("Penyelengaraan Pesta Kebun", "Penyelenggaraan Pesta Kebun"),
        ("Penyediaan Layang lay angan", "Penyediaan Layang Layangan"),
        ("Penyediaan Pakaian Lautdan Gunung", "Penyediaan Pakaian Laut dan Gunung"),
        ("Penyediaan Awan pada SKPD", "Penyediaan Awan"),
        ("Penyediaan Awan Langit", "Penyediaan Awan Langit Kabupaten/Kota"),
        ("Penyediaan Awan (1)", "Penyediaan Awan"),
    ],
)
def test_ways_of_writing_and_slips_are_no_difference(printed: str, official: str) -> None:
    assert not differing_words("sub_kegiatan", printed, official, KNOWN)


def test_another_word_is_a_difference_though_its_letters_are_near() -> None:
    words = differing_words("sub_kegiatan", "Pengadaan Barang", "Penggandaan Barang", KNOWN)
    assert (words.extra, words.missing) == (("pengadaan",), ("penggandaan",))


def test_words_too_many_or_too_few_are_named_as_the_name_has_them() -> None:
    assert differing_words("kegiatan", "Mutasi Awan", "Mutasi Awan ASN", KNOWN) == ((), ("ASN",))
    assert differing_words("kegiatan", "Mutasi Awan Gelap", "Mutasi Awan", KNOWN) == (("gelap",), ())


def test_an_office_may_add_its_region() -> None:
    assert differing_words("program", "Program Awan Kota Bulan", "Program Awan", KNOWN, frozenset({"bulan"})) == (
        (),
        (),
    )
    assert differing_words("program", "Program Awan Kota Bulan", "Program Awan", KNOWN).extra == ("bulan",)
