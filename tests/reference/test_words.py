from __future__ import annotations

import pytest

from pipeline.reference.words import expand, indicator_key, is_acronym_of, measure_of, related, same_name, stem


def test_abbreviations_are_written_out_longest_first():
    assert expand("IP ASN") == ("indeks", "profesionalitas", "aparatur", "sipil", "negara")
    assert same_name("Satuan Kerja Perangkat Daerah") == same_name("SKPD") == same_name("OPD")
    assert same_name("KABUPATEN/ KOTA") == same_name("Kabupaten/Kota")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pemeliharaan", "dipelihara"),
        ("penyusunan", "tersusun"),
        ("penyediaan", "disediakan"),
        ("pelaksanaan", "terlaksananya"),
        ("penilaian", "dinilai"),
        ("meningkatnya", "peningkatan"),
    ],
)
def test_inflections_meet_in_a_root(one, other):
    assert related(stem(one), stem(other))


def test_words_that_only_look_alike_do_not_meet():
    assert not related(stem("pengadaan"), stem("penggandaan"))
    assert not related(stem("gaji"), stem("rehabilitasi"))


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Nilai SAKIP", "skor"),
        ("Prosentase X", "persen"),
        ("Jumlah X", "cacah"),
        ("Terwujudnya X", "lain"),
        ("", "lain"),
    ],
)
def test_measures(text, measure):
    assert measure_of(text) == measure


@pytest.mark.parametrize(
    ("word", "name", "expected"),
    [
        ("BRTR", "Badan Riset dan Tata Ruang", True),
        ("Dishub", "Dinas Perhubungan", True),
        ("BP2TR", "Badan Penelitian, Pengembangan dan Tata Ruang", True),
        ("SAKIP", "Badan Riset dan Tata Ruang", False),
        ("ASN", "Badan Riset", False),
    ],
)
def test_acronyms(word, name, expected):
    assert is_acronym_of(word, name) is expected


def test_keys_of_indicators():
    office = "Badan Riset dan Tata Ruang"
    key = indicator_key("Nilai SAKIP SKPD", office)
    assert key == indicator_key("Nilai Evaluasi Sakip", office) == indicator_key("Nilai SAKIP BRTR", office)
    assert key != indicator_key("Nilai Evaluasi SAKIP Kabupaten", office)
    assert indicator_key("Indeks Nilai Sistem Merit") == indicator_key("Nilai Indeks Sistem Merit")
    assert indicator_key("Jumlah Dokumen X") != indicator_key("Persentase Dokumen X")
